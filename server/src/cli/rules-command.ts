/** The flags of `overlint rules`. */
import { type Command, Option } from 'commander';
import { DERIVED_FORMATS } from './choices';
import type { ColourFlags } from './colours';
import type { CommandContext, ExitCode } from './command-context';
import type { DerivedFlags } from './derived';

interface RulesFlags extends DerivedFlags, ColourFlags {
  readonly test?: string;
  readonly words?: boolean;
  readonly derived?: string | true;
}

/** @param framed Adds the flags that say which tree is meant, and how text is shown. */
export function addRules(
  program: Command,
  framed: (command: Command) => Command,
  context: CommandContext,
  done: (code: ExitCode) => void,
): void {
  const command = program
    .command('rules')
    .description('list the rules, run the examples of a pack, or list what headers say by themselves')
    .option('--test <pack>', 'run the examples in this pack: a file, or the name of one that ships')
    .option('--words', 'print instead for which words files are looked through')
    .option('--derived [where]', 'what a header, a folder of them, or all headers that any file may include say')
    .optionsGroup('With --derived:');
  framed(command)
    .addOption(new Option('--format <name>', 'how it is printed').choices(DERIVED_FORMATS).default('text'))
    .option('--no-cache', 'neither use nor keep what earlier runs worked out')
    .addHelpText('after', '\nExit code: 0; with --test 1 where an example does not hold, 2 where the pack is none.')
    .action(async (flags: RulesFlags) => {
      const { test, words, derived } = flags;
      const { listRules, listWords } = await import('./rules');
      if (derived !== undefined) {
        const { listDerived } = await import('./derived');
        done(await listDerived(derived === true ? undefined : derived, flags, context));
      } else if (test !== undefined) done((await import('./test-pack')).testPack(test, context));
      else if (words) listWords(context);
      else listRules(flags, context);
    });
}
