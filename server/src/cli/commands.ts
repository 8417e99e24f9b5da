/** The commands and their flags; what each does stands in a file of its own. */
import { Command, Option } from 'commander';
import { version } from '../../../package.json';
import { startServer } from '../files/entry-points';
import { STAGES } from '../queries/dump';
import type { CheckFlags } from './check';
import { COLOUR_WHEN, EXPLAIN_FORMATS, FAIL_ON, FORMATS, LAYOUT_FORMATS, VERIFY_FORMATS } from './choices';

import { type CommandContext, type ExitCode, UsageError } from './command-context';
import type { CompareFlags } from './compared';
import { addConfig } from './config-command';
import type { DumpFlags } from './dump';
import { addHousekeeping } from './housekeeping';
import type { LayoutFlags } from './layout';
import type { ExplainFlags } from './rules';
import { addRules } from './rules-command';
import type { UsesFlags } from './uses';
import type { VerifyFlags } from './verify';

const EXAMPLES = `
Examples:
  overlint check                                the whole tree that you stand in
  overlint check mm/gup.c drivers/dax           a file and a folder
  overlint check --kernel ~/linux ~/my-module   a module that is built out of the tree
  overlint check --kernel ~/linux --build ~/out --fix-dry-run mm | patch -p1 -d ~/linux
  overlint check --newer-kernels --rule raw-pgmap   what will need page_pgmap() one day
  overlint layout page folio.lru                how records lie in memory, what shares whose bytes
  overlint uses page.lru                        who reads and writes the bytes of a member, under any name
  overlint config defconfig --explain NUMA      why an option has its value, without a build
  overlint explain raw-pgmap                    why a rule speaks, and what to do
`;

const NO_PAGER = ['--no-pager', 'print all at once, also on a terminal'] as const;

const OUTPUT_HELP =
  'write the findings to this file instead of stdout; with FORMAT=, write the file as well; may be given several times';

/** A change is judged in memory, where there is nothing to fix. */
const FIXES = ['fix', 'fixDryRun'];

/**
 * All commands, with what they do.
 *
 * @param done Is told the exit code of the command that ran; one that says nothing ends with 0.
 */
export function commandTree(context: CommandContext, done: (code: ExitCode) => void): Command {
  const { out, err } = context;
  const program = new Command('overlint')
    .description(
      'Memory-layout linter for Linux kernel C: overlays, tag bits and accessors of struct page and friends.',
    )
    .version(version, '-V, --version', 'print the version')
    .option(...NO_PAGER)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', EXAMPLES)
    .showHelpAfterError('(overlint --help shows what there is.)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => out.write(text),
      writeErr: (text) => err.write(text.replace(/^error: /, 'overlint: ')),
    });
  // What a command needs is loaded for whoever gives it.
  addCheck(program, async (paths, flags) => {
    const { check } = await import('./check');
    const { watchCheck } = await import('./watch');
    done(await (flags.watch ? watchCheck : check)(paths, flags, context));
  });
  addRules(program, (command) => addPager(addColour(addModule(addTree(command)))), context, done);
  const explain = program
    .command('explain')
    .description('say what a rule is about, with examples')
    .argument('[rule]', 'its name, as in error[NAME]; without it, the rules are listed')
    .addOption(new Option('--format <name>', 'how it is printed').choices(EXPLAIN_FORMATS).default('markdown'));
  addPager(addColour(explain)).action(async (name: string | undefined, flags: ExplainFlags) =>
    (await import('./rules')).explainRule(name, flags, context),
  );
  program
    .command('lsp')
    .description('start the language server (editors do this)')
    .option('--stdio', 'speak over standard input and output (the only way there is)')
    .action(() => startServer());
  addKbuild(program, async (args) => {
    const { kbuild } = await import('./kbuild');
    done(await kbuild(args, context));
  });
  addLayout(program, async (names, flags) => {
    const { layout } = await import('./layout');
    done(await layout(names, flags, context));
  });
  addConfig(program, context, done);
  addVerify(program, async (flags) => {
    const { verify } = await import('./verify');
    done(await verify(flags, context));
  });
  addCompare(program, async (a, b, names, flags) => {
    const { compare } = await import('./compare');
    done(compare([a, b], names, flags, context));
  });
  addClaims(program, async (names, flags) => {
    const { claims } = await import('./claims');
    done(claims(names, flags, context));
  });
  addUses(program, async (names, flags) => {
    const { uses } = await import('./uses');
    done(await uses(names, flags, context));
  });
  addDump(program, async (paths, flags) => {
    const { dump } = await import('./dump');
    done(dump(paths, flags, context));
  });
  addHousekeeping(program, context, done);
  return program;
}

function addCheck(program: Command, action: (paths: string[], flags: CheckFlags) => Promise<void>): void {
  const command = program
    .command('check')
    .description('look for misuse of shared storage in files, folders or the whole tree')
    .argument('[path...]', 'files and folders; without any, the whole kernel tree')
    .optionsGroup('What is read:')
    .option(
      '--kernel <dir>',
      'source tree (found by walking up from the paths when absent; a module out of the tree may name it in overlint.json)',
    )
    .option(
      '--build <dir>',
      'folder with .config and include/generated; /lib/modules/VERSION/build works (default: the source tree)',
    )
    .option(
      '--arch <name>',
      'architecture as under arch/; i386 is 32-bit x86 (default: that of the configuration); several joined by commas, or ' +
        '"all", say on which targets a finding holds',
    )
    .option(
      '--config <name>',
      "a .config in place of the build folder's, or a configuration by name: defconfig, tinyconfig",
    )
    .optionsGroup('What is asked:')
    .option('--rule <rule>', 'only this rule; may be given several times', collect)
    .addOption(new Option('--all-rules', 'every rule, also those that are off by default').conflicts('rule'))
    .option('--newer-kernels', 'also report what newer kernels moved behind an accessor that this tree lacks')
    .addOption(
      new Option('--patch <file>', 'only what this patch causes, applied in memory; - reads one').conflicts([
        'diff',
        'staged',
        ...FIXES,
      ]),
    )
    .addOption(
      new Option('--diff <rev>', 'only what changed since a git revision causes').conflicts(['patch', ...FIXES]),
    )
    .addOption(new Option('--staged', 'only what the staged change causes').conflicts(['patch', ...FIXES]))
    .option('--changed-files-only', 'with a change of headers: only the changed files, not what it causes in others')
    .optionsGroup('What comes out:');
  addColour(command)
    .addOption(new Option('--format <name>', 'how findings are printed').choices(FORMATS).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'the least that makes the exit code 1').choices(FAIL_ON).default('warning'),
    )
    .addOption(new Option('--output <[format=]file>', OUTPUT_HELP).argParser(collect).conflicts('fixDryRun'))
    .option('--max-findings <n>', 'print at most so many findings, and say how many are left; the exit code is of all')
    .option('--baseline <file>', 'leave out what this file has from an earlier --write-baseline')
    .option('--write-baseline <file>', 'keep what is found in this file')
    .option('--stats', 'also print what was resolved and what stayed unknown')
    .optionsGroup('Fixes:')
    .option('--fix', 'apply the fixes that are proven to keep the meaning')
    .addOption(new Option('--fix-dry-run', 'print them as a patch instead, and nothing else').conflicts('fix'))
    .option('--unsafe-fixes', 'take also fixes that you have to look through')
    .optionsGroup('How it runs:')
    .addOption(
      new Option('--watch', 'check again when something changed, until Ctrl-C').conflicts([
        'patch',
        'staged',
        ...FIXES,
      ]),
    )
    .option('--jobs <n>', 'worker threads (default: one for each processor)')
    .addOption(
      new Option('--shard <i/n>', 'only share I of N of the files; merge-sarif puts the shares together').conflicts([
        'patch',
        'diff',
        'staged',
      ]),
    )
    .option(
      '--timeout <seconds>',
      'stop starting new files after so long; report the unchecked files, with exit code 2',
    )
    .option('--no-cache', 'neither use nor keep what earlier runs read of headers')
    .addHelpText(
      'after',
      '\nExit code: 0 nothing at or above --fail-on; 1 findings; 2 bad usage, or a file that could not be read\n' +
        '(named on stderr; the others are still checked).',
    )
    .action(action);
  refuseRenamed(command);
}

/** Flags of `check` by the name that they had before, with the one that they have now. */
const RENAMED_FLAGS = {
  '--ahead': '--newer-kernels',
  '--no-reach': '--changed-files-only',
  '--also': '--output FORMAT=FILE',
} as const;

/** Makes a command answer flags of an earlier name with the present one. */
function refuseRenamed(command: Command): void {
  for (const [before, now] of Object.entries(RENAMED_FLAGS)) {
    command.addOption(new Option(before === '--also' ? `${before} [value]` : before).hideHelp());
    command.on(`option:${before.slice(2)}`, () => {
      throw new UsageError(`the flag ${before} is now ${now}.`);
    });
  }
}

/** Its own flags are read by itself, as they end where Kbuild's begin; they stand here for those who ask for help. */
function addKbuild(program: Command, action: (args: string[]) => Promise<void>): void {
  program
    .command('kbuild')
    .description('check each file that a build compiles: make C=1 CHECK="overlint kbuild"')
    .argument('[flags...]', 'what Kbuild writes')
    .option('--rule <rule>', 'only this rule; may be given several times', collect)
    .option('--all-rules', 'every rule, also those that are off by default')
    .addOption(
      new Option('--fail-on <severity>', 'the least that stops the build (default: nothing does)').choices(FAIL_ON),
    )
    .option('--no-cache', 'neither use nor keep what earlier runs read of headers')
    .addHelpText(
      'after',
      '\nFlags of its own stand first: make C=1 CHECK="overlint kbuild --fail-on error" M=drivers/dax\n' +
        'Exit code: 0; with --fail-on 1 for such findings, 2 for a file that could not be read.',
    )
    .action(action);
}

function addTree(command: Command, arch = 'architecture as under arch/ (default: that of the configuration)'): Command {
  return command
    .option('--kernel <dir>', 'source tree (found by walking up when absent)')
    .option('--build <dir>', 'folder with .config and include/generated (default: the source tree)')
    .option('--arch <name>', arch)
    .option(
      '--config <name>',
      "a .config in place of the build folder's, or a configuration by name: defconfig, tinyconfig",
    );
}

/** What else is read: a module that is built out of the tree. */
function addModule(command: Command): Command {
  return command.option('--module <dir>', 'module out of the tree, to be read as well (default: the one you stand in)');
}

function addColour(command: Command): Command {
  return command
    .addOption(
      new Option('--color <when>', 'colour the text; auto: on terminals, unless NO_COLOR is set')
        .choices(COLOUR_WHEN)
        .default('auto'),
    )
    .addOption(new Option('--no-color', 'as --color never').hideHelp());
}

/** Marks a command whose text is for people to read at length; see Paging. */
function addPager(command: Command): Command {
  return command.option(...NO_PAGER);
}

const TARGETS_HELP =
  'architecture as under arch/ (default: that of the configuration); several joined by commas, or "all" for the most ' +
  'common seven, make one table; "list" names all, with the compilers that they were checked by';

function addLayout(program: Command, action: (names: string[], flags: LayoutFlags) => Promise<void>): void {
  const command = program
    .command('layout')
    .description('show how records lie in memory: offsets, holes, and what shares which bytes')
    .argument('[name...]', 'a struct, union or typedef: page, "struct page"; page.lru marks the bytes of a member')
    .option('--all', "every record that the tree's headers define")
    .option('--uapi', 'records of headers for programs, a line each: sizes on every target, holes, ioctl numbers')
    .optionsGroup('What is read:');
  addPager(addColour(addModule(addTree(command, TARGETS_HELP)).optionsGroup('What comes out:')))
    .addOption(new Option('--format <name>', 'how records are printed').choices(LAYOUT_FORMATS).default('text'))
    .option('--stats', 'also say which build of the parser ran; with --all, how long it took, and how much memory')
    .optionsGroup('How it runs:')
    .option('--jobs <n>', 'worker threads for --all (default: one for each processor)')
    .option('--no-cache', 'neither use nor keep what earlier runs worked out')
    .addHelpText(
      'after',
      '\nExit code: 0 the layouts are known (with --all, always); 1 one that was named is unknown, for the reason that\n' +
        'is printed; 2 bad usage, or no file defines the name.',
    )
    .action(action);
}

type CompareAction = (a: string, b: string, names: string[], flags: CompareFlags) => Promise<void>;

function addCompare(program: Command, action: CompareAction): void {
  const command = program
    .command('diff')
    .description('compare records on two sides: folders, git revisions, build folders, configurations or architectures')
    .argument('<a>', 'a folder, a build folder, a .config, a git revision of the tree, or arch:NAME')
    .argument('<b>', 'likewise; several joined by commas: rev:v6.12,build:DIR or rev:v6.12,config:defconfig')
    .argument('[name...]', 'a struct, union or typedef; without any, all that lies otherwise in two git revisions')
    .option('--uapi', 'what changed for programs that were built before, on every target')
    .optionsGroup('What the sides have in common:');
  addPager(addColour(addModule(addTree(command)).optionsGroup('What comes out:')))
    .addOption(new Option('--format <name>', 'how differences are printed').choices(VERIFY_FORMATS).default('text'))
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  overlint diff v6.11 v6.12 page folio          two revisions of the tree that you stand in\n' +
        '  overlint diff HEAD~1 HEAD                     what a commit moved, and the claims and asserts over it\n' +
        '  overlint diff config:a.config config:b.config task_struct\n' +
        '  overlint diff arch:x86 arch:arm64,config:arm64.config page\n' +
        '  overlint diff build:../out-debug build:../out page\n' +
        'Where a name could mean several things, arch:, build:, config:, rev: or dir: says which. A revision without a .config or a\n' +
        'build folder has the default configuration that its own Kconfig files make.\n' +
        'Exit code: 0 the layouts are the same; 1 they differ, or one is unknown; 2 bad usage.',
    )
    .action(action);
}

function addClaims(program: Command, action: (names: string[], flags: CompareFlags) => Promise<void>): void {
  const command = program
    .command('claims')
    .description('say who owns which bit of which word of a record, and where that stands')
    .argument('<name...>', 'a record: page; one word of it by its offset or by a member: page.8, page.lru')
    .optionsGroup('What is read:');
  addPager(addModule(addTree(command)).optionsGroup('What comes out:'))
    .addOption(new Option('--format <name>', 'how claims are printed').choices(VERIFY_FORMATS).default('text'))
    .addHelpText('after', '\nExit code: 0 the record was found, with or without claims; 2 bad usage.')
    .action(action);
}

function addUses(program: Command, action: (names: string[], flags: UsesFlags) => Promise<void>): void {
  const command = program
    .command('uses')
    .description('find every access to any byte that a member shares, through all views and all records laid over it')
    .argument('<name...>', 'a member of a record: page.lru, "struct page.pgmap"')
    .optionsGroup('What is read:');
  addPager(addModule(addTree(command)).optionsGroup('What comes out:'))
    .addOption(new Option('--format <name>', 'how uses are printed').choices(VERIFY_FORMATS).default('text'))
    .option('--stats', 'also print why places of the same names were left out')
    .optionsGroup('How it runs:')
    .option('--jobs <n>', 'worker threads (default: one for each processor)')
    .option('--no-cache', 'do not use what earlier runs read of headers')
    .addHelpText('after', '\nExit code: 0 the tree was searched; 2 bad usage, or a file that could not be read.')
    .action(action);
}

function addVerify(program: Command, action: (flags: VerifyFlags) => Promise<void>): void {
  const command = program
    .command('verify')
    .description("compare layouts with a built kernel's BTF, record by record")
    .requiredOption('--btf <file>', 'a vmlinux with BTF, or /sys/kernel/btf/vmlinux')
    .option(
      '--modules <dir>',
      "also what that kernel's modules have: a folder of .ko, packed or not, /lib/modules/VERSION, or /sys/kernel/btf",
    )
    .optionsGroup('What is read:');
  addTree(command)
    .option('--sources', 'also what sources and their own headers define, where there are any (the default)', true)
    .option('--no-sources', 'only the headers that any file may include')
    .optionsGroup('What comes out:')
    .addOption(new Option('--format <name>', 'how the comparison is printed').choices(VERIFY_FORMATS).default('text'))
    .optionsGroup('How it runs:')
    .option('--jobs <n>', 'worker threads (default: one for each processor)')
    .addHelpText(
      'after',
      '\nA record counts as exact where any definition of its name is, member by member, what BTF has. A definition that\n' +
        'shares fewer than half of its member names with BTF is of another record that goes by the same name.\n' +
        'Exit code: 0 none is wrong; 1 some are; 2 bad usage, or a file that could not be read.',
    )
    .action(action);
}

function addDump(program: Command, action: (paths: string[], flags: DumpFlags) => Promise<void>): void {
  const command = program
    .command('dump')
    .description('print what is made of files after a step (for developers)')
    .argument('<path...>', 'files, or folders');
  addTree(command)
    .addOption(new Option('--after <step>', 'the step').choices(STAGES).makeOptionMandatory())
    .addHelpText(
      'after',
      '\nSteps: tokens (of the file itself), unit (the expanded tokens of the whole translation unit, a blank between,\n' +
        'as gcc -E -P), items (of file scope), tree (what tree-sitter reads), ast, flow (control-flow graphs).',
    )
    .action(action);
}

function collect(value: string, earlier: readonly string[] = []): string[] {
  return [...earlier, value];
}
