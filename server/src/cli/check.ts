/** `overlint check`: reads the flags, runs, prints, and says with which code the program ends. */
import type { Finding } from '../rules/finding';
import { toByteString } from '../syntax/text';
import { unifiedDiff } from '../workspace/diff';
import { workerScript } from '../workspace/entry-points';
import { pathNamed, relativeTo } from '../workspace/listing';
import { PoolBroken } from '../workspace/pool';
import { type FixMode, type RunReport, run } from '../workspace/run';
import { findTree, type Tree } from '../workspace/tree';
import { countsAs, type FailOn, type Format } from './choices';
import { coloursOf } from './colours';
import { printGcc } from './gcc';
import { jobsOf } from './jobs';
import { printJson } from './json';
import { pathFrom, withoutControls } from './printable';
import { progressBar } from './progress';
import { ruleNamed } from './rules';
import { EXIT, type ExitCode, mayColour, type Surroundings, UsageError, writeAll } from './surroundings';
import { printStats, printText, summary } from './text';

/** The flags as the command line's parser gives them. */
export interface CheckFlags {
  readonly kernel?: string;
  readonly build?: string;
  readonly arch?: string;
  readonly config?: string;
  readonly rule?: readonly string[];
  readonly ahead?: boolean;
  readonly format: Format;
  readonly failOn: FailOn;
  readonly stats?: boolean;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly unsafeFixes?: boolean;
  readonly jobs?: string;
  readonly cache: boolean;
}

/** @throws UsageError before anything is read; troubles with single files are said on stderr. */
export async function check(
  paths: readonly string[],
  flags: CheckFlags,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const rules = flags.rule && new Set(flags.rule.map((name) => ruleNamed(name).id));
  const jobs = jobsOf(flags.jobs);
  if (flags.unsafeFixes && !flags.fix && !flags.fixDryRun)
    throw new UsageError('--unsafe-fixes goes with --fix or --fix-dry-run.');
  const { tree, lacksPacks } = treeFor(paths, flags, surroundings);
  const bar = progressBar(surroundings.err);
  try {
    const report = await run({
      tree,
      paths: paths.map((name) => pathNamed(name, surroundings.folder, tree.kernel)),
      options: { rules, ahead: flags.ahead === true },
      fix: fixMode(flags),
      unsafeFixes: flags.unsafeFixes === true,
      cache: flags.cache,
      staff: surroundings.staff ?? { script: workerScript(), jobs },
      onProgress: (progress) => bar.update(progress),
    });
    bar.stop();
    const code = print(report, tree, flags, surroundings);
    return lacksPacks ? EXIT.trouble : code;
  } catch (error) {
    bar.stop();
    throw error instanceof PoolBroken ? new UsageError(error.message) : error;
  }
}

function fixMode({ fix, fixDryRun }: CheckFlags): FixMode {
  if (fixDryRun) return 'show';
  return fix ? 'write' : 'no';
}

function treeFor(
  paths: readonly string[],
  flags: CheckFlags,
  { folder, err }: Surroundings,
): { tree: Tree; lacksPacks: boolean } {
  const { kernel, build, arch, config } = flags;
  const { tree, errors, warnings, lacksPacks = false } = findTree({ folder, paths, kernel, build, arch, config });
  if (!tree) throw new UsageError(errors.join('\n'));
  for (const warning of warnings) err.write(`overlint: warning: ${withoutControls(warning)}\n`);
  return { tree, lacksPacks };
}

function print(report: RunReport, tree: Tree, flags: CheckFlags, surroundings: Surroundings): ExitCode {
  const { folder, err } = surroundings;
  const nameOf = pathFrom(folder, tree.kernel);
  for (const { path, message } of report.problems)
    err.write(`overlint: ${nameOf(path)}: ${withoutControls(message)}\n`);
  for (const named of report.empty) err.write(`overlint: warning: ${nameOf(named)}: no .c or .h file in it\n`);
  // Hints mark code that is right on this tree; they are there only where `--ahead` asked for them.
  const { findings } = report;
  if (flags.fixDryRun) printPatch(report, tree, surroundings);
  else printFindings(report, findings, tree, flags, surroundings);
  if (report.problems.length > 0) return EXIT.trouble;
  return findings.some((finding) => countsAs(finding.severity, flags.failOn)) ? EXIT.findings : EXIT.clean;
}

function printPatch(report: RunReport, tree: Tree, { out }: Surroundings): void {
  for (const { path, before, after } of report.changes)
    out.writeBytes(unifiedDiff(toByteString(relativeTo(tree.kernel, path)), before, after));
}

function printFindings(
  report: RunReport,
  findings: readonly Finding[],
  tree: Tree,
  flags: CheckFlags,
  { folder, out, err, environment }: Surroundings,
): void {
  const nameOf = pathFrom(folder, tree.kernel);
  if (flags.format === 'json') {
    writeAll(out, printJson(report, findings, tree.kernel));
  } else if (flags.format === 'gcc') {
    writeAll(out, printGcc(report, findings, nameOf));
    if (flags.stats) err.write(printStats(report.stats));
  } else {
    const colours = coloursOf(mayColour(out, environment));
    writeAll(out, printText(report, findings, { colours, nameOf }));
    out.write(summary(report, findings, flags.unsafeFixes === true));
    if (flags.stats) out.write(`\n${printStats(report.stats)}`);
  }
}
