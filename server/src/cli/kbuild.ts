/** `overlint kbuild`: the checker that `make C=1 CHECK="overlint kbuild"` starts for each file that it compiles. */
import path from 'node:path';
import { realPath } from '../files/disk';
import { workerScript } from '../files/entry-points';
import { readCommandLine } from '../kbuild/command-line';
import { findTree } from '../project/tree';
import { rules as allRules } from '../rules/index';
import { type RunReport, run } from '../workers/run';
import type { RunRequest } from '../workers/run-request';
import { PoolBroken } from '../workers/worker-pool';
import { countsAs, FAIL_ON, type FailOn } from './choices';
import { type CommandContext, EXIT, type ExitCode, UsageError, writeAll } from './command-context';
import { printGcc } from './gcc';
import { pathFrom, withoutControls } from './printable';
import { ruleNamed } from './rules';

interface OwnFlags {
  readonly rules: ReadonlySet<string> | undefined;
  readonly failOn: FailOn | undefined;
  readonly cache: boolean;
  /** What Kbuild wrote: flags for sparse, flags for the compiler, and the file. */
  readonly words: readonly string[];
}

/**
 * Checks one file as the build compiles it: its macros, folders, forced headers and architecture come from the command
 * line, the tree from the headers that are forced in. Findings go to stderr, as a compiler's do.
 *
 * @param args All that stands behind `kbuild`.
 * @returns 0, so that a build goes on; with `--fail-on` 1 where there are such findings, and 2 where the file or its
 *   tree could not be read.
 * @throws UsageError for flags of its own that are none.
 */
export async function kbuild(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const { folder, err, execution, early } = context;
  const { rules, failOn, cache, words } = ownFlags(args);
  const trouble = (message: string): ExitCode => {
    err.write(`overlint: ${withoutControls(message)}\n`);
    return failOn === undefined ? EXIT.clean : EXIT.trouble;
  };
  const { flags, file: named, kernel, arch } = readCommandLine(words, folder);
  if (named === undefined) return trouble('kbuild: no C file is named. It is for make C=1 CHECK="overlint kbuild".');
  // Assembly is checked by others.
  if (named.endsWith('.S')) return EXIT.clean;
  const file = realPath(named) ?? named;
  const { tree, errors } = findTree({ folder, paths: [file], kernel, build: kernel && folder, arch });
  if (!tree) return trouble(errors.join('\n'));
  const report = await runSafely({
    tree: {
      ...tree,
      compile: { sets: [flags], of: { [file]: 0 } },
      // A module of one's own stands outside the tree, and so may the folders that its Makefile names.
      roots: [...tree.roots, path.dirname(file), ...flags.folders.flatMap((each) => realPath(each) ?? [])],
    },
    paths: [file],
    options: { ahead: false, rules },
    fix: 'no',
    unsafeFixes: false,
    cache,
    // A worker of its own, so that a file that hangs or eats the memory costs its message, and not the build.
    execution: execution ?? { script: workerScript(), jobs: 1, early },
  });
  if (typeof report === 'string') return trouble(report);
  const nameOf = pathFrom(folder, tree.kernel);
  writeAll(err, printGcc(report, report.findings, nameOf));
  for (const { path: failed, message } of report.problems) trouble(`${nameOf(failed)}: ${message}`);
  if (failOn === undefined) return EXIT.clean;
  if (report.problems.length > 0) return EXIT.trouble;
  return report.findings.some(({ severity }) => countsAs(severity, failOn)) ? EXIT.findings : EXIT.clean;
}

/** As `run`; where there are no threads, that is what it says in place of a report. */
async function runSafely(request: RunRequest): Promise<RunReport | string> {
  try {
    return await run(request);
  } catch (error) {
    if (error instanceof PoolBroken) return error.message;
    throw error;
  }
}

/** Our own flags stand first, as CHECK has them; all that follows is Kbuild's. */
function ownFlags(args: readonly string[]): OwnFlags {
  const rules = new Set<string>();
  let failOn: FailOn | undefined;
  let cache = true;
  let at = 0;
  for (; at < args.length; at++) {
    const [, name, joined] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(args[at]) ?? [];
    if (name === '--no-cache') cache = false;
    else if (name === '--all-rules') for (const { id } of allRules) rules.add(id);
    else if (name === '--rule' || name === '--fail-on') {
      const value = joined ?? args[++at] ?? '';
      if (name === '--rule') rules.add(ruleNamed(value).id);
      else if (!(failOn = FAIL_ON.find((severity) => severity === value)))
        throw new UsageError(`--fail-on takes ${FAIL_ON.join(', ')}, not "${value}".`);
    } else break;
  }
  return { rules: rules.size > 0 ? rules : undefined, failOn, cache, words: args.slice(at) };
}
