/** `overlint check`: reads the flags, runs, prints, and says with which code the program ends. */
import path from 'node:path';
import type { Finding } from '../analysis/finding';
import { levelsForChanges, levelsOverMany } from '../analysis/levels';
import { runOverChange, TimeOver } from '../changes/change-run';
import { unifiedDiff } from '../changes/diff';
import { workerScript } from '../files/entry-points';
import { writeResult } from '../files/result-file';
import type { LintOptions } from '../linter';
import { pathNamed, relativeTo } from '../project/listing';
import type { Settings } from '../project/settings';
import { findTree, type Tree } from '../project/tree';
import { rules as allRules } from '../rules/index';
import { KeptConfigurations } from '../store/kept-configurations';
import { toByteString } from '../text/text';
import { type RunReport, run } from '../workers/run';
import type { FixMode, RunRequest, WorkRequest } from '../workers/run-request';
import { isOverMany } from '../workers/sources';
import { PoolBroken } from '../workers/worker-pool';
import { type Baseline, beyond, readBaseline, writeBaseline } from './baseline';
import { type ChangeFlags, changeOf, isAboutChange } from './change';
import { mergeTargets, type TargetReport } from './check-targets';
import { printCheckpatch } from './checkpatch';
import { countsAs, type FailOn, FORMATS, type Format } from './choices';
import { type ColourFlags, coloursFor } from './colours';
import { type CommandContext, EXIT, type ExitCode, type Output, UsageError, writeAll } from './command-context';
import { costlyNote, leftOutNote } from './costly-rules';
import { fittedOutput } from './fitted-output';
import { printGcc } from './gcc';
import { printGithub } from './github';
import { printJson } from './json';
import { refuseTargets, severalTargets, treeOnTarget } from './layout-targets';
import { noTree } from './no-tree';
import { jobsOf, mostFindingsOf, secondsOf, shardOf } from './number-flags';
import { pathFrom, withoutControls } from './printable';
import { progressBar } from './progress';
import { ruleNamed } from './rules';
import { printSarif } from './sarif';
import { settingsAround } from './settings-around';
import { printStats, printText, summary } from './text';

/** The flags as the command line's parser gives them. */
export interface CheckFlags extends ChangeFlags, ColourFlags {
  readonly kernel?: string;
  readonly build?: string;
  readonly arch?: string;
  readonly config?: string;
  readonly rule?: readonly string[];
  readonly allRules?: boolean;
  readonly newerKernels?: boolean;
  readonly format: Format;
  readonly failOn: FailOn;
  /** `FILE` or `FORMAT=FILE`, each of them. */
  readonly output?: readonly string[];
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly stats?: boolean;
  readonly fix?: boolean;
  readonly fixDryRun?: boolean;
  readonly unsafeFixes?: boolean;
  readonly jobs?: string;
  readonly shard?: string;
  readonly timeout?: string;
  readonly maxFindings?: string;
  readonly watch?: boolean;
  readonly cache: boolean;
}

/** @throws UsageError before anything is read; troubles with single files are said on stderr. */
export async function check(paths: readonly string[], flags: CheckFlags, context: CommandContext): Promise<ExitCode> {
  const named = rulesAskedFor(flags);
  const jobs = jobsOf(flags.jobs);
  const shard = shardOf(flags.shard);
  const seconds = secondsOf(flags.timeout);
  mostFindingsOf(flags.maxFindings);
  if (flags.unsafeFixes && !flags.fix && !flags.fixDryRun)
    throw new UsageError('--unsafe-fixes goes with --fix or --fix-dry-run.');
  for (const given of flags.output ?? []) outputOf(given);
  const around = settingsAround(context);
  const { settings } = around;
  const targets = severalTargets(flags.arch);
  const { trees, lacksPacks } = treesFor(paths, { ...settings, ...flags }, targets, context);
  const [{ tree }] = trees;
  const baseline = flags.baseline === undefined ? undefined : readBaseline(flags.baseline, context.folder);
  const bar = progressBar(context.err);
  const noteCost = costlyNote(named, context.err);
  try {
    if (isAboutChange(flags) && paths.length > 0)
      throw new UsageError('a change names its files itself: leave the paths out.');
    if (isAboutChange(flags) && tree.module !== undefined)
      throw new UsageError(
        `a change of the kernel tree is judged, not one of the module in ${tree.module}: check that.`,
      );
    const files = paths.map((name) => pathNamed(name, context.folder, tree.kernel));
    const wide = !isAboutChange(flags) && isOverMany(tree, files);
    const options = optionsOf(settings, named, flags, wide);
    const work: WorkRequest = {
      tree,
      options,
      cache: flags.cache,
      deadline: seconds && Date.now() + seconds * 1000,
      execution: context.execution ?? { script: workerScript(), jobs, early: context.early },
      onProgress: (progress) => {
        noteCost(progress);
        bar.update(progress);
      },
    };
    const change = isAboutChange(flags) ? changeOf(flags, tree, context.folder) : undefined;
    const reachesOut = !flags.changedFilesOnly;
    const request: Omit<RunRequest, 'tree'> = {
      ...work,
      paths: files,
      shard,
      fix: fixMode(flags),
      unsafeFixes: flags.unsafeFixes === true,
    };
    const report = await runOn(
      trees,
      (one) =>
        change
          ? runOverChange({ ...work, tree: one, change, reachesOut, comparesSides: one === tree })
          : run({ ...request, tree: one }),
      wide ? 1 : Math.max(1, Math.floor(jobs / Math.max(1, paths.length))),
    );
    bar.stop();
    if (flags.writeBaseline !== undefined && report.skipped)
      throw new UsageError(`${flags.writeBaseline}: not written: the time was over before all was checked.`);
    if (flags.writeBaseline !== undefined) writeBaseline(flags.writeBaseline, context.folder, report, tree);
    const rest = baseline ? withoutKnown(baseline, report, paths, flags, tree, context) : report;
    const code = print(rest, tree, flags, context);
    if (wide && options.rules === undefined && flags.format === 'text') context.err.write(leftOutNote(settings.levels));
    return lacksPacks || around.isUnread ? EXIT.trouble : code;
  } catch (error) {
    bar.stop();
    throw error instanceof PoolBroken || error instanceof TimeOver ? new UsageError(error.message) : error;
  }
}

/**
 * One run a target; several make one report.
 *
 * @param atOnce Runs that go on at the same time: those of few files leave processors idle.
 */
async function runOn(
  trees: readonly TargetTree[],
  runFor: (tree: Tree) => Promise<RunReport>,
  atOnce: number,
): Promise<RunReport> {
  if (trees.length === 1) return runFor(trees[0].tree);
  const reports: TargetReport[] = [];
  const waiting = trees.entries();
  const runNext = async (): Promise<void> => {
    for (const [index, { target, tree }] of waiting) reports[index] = { target, tree, report: await runFor(tree) };
  };
  await Promise.all(Array.from({ length: atOnce }, runNext));
  return mergeTargets(reports);
}

interface TargetTree {
  readonly target: string;
  readonly tree: Tree;
}

/** The tree, once for each target. @throws UsageError where there is none for any. */
function treesFor(
  paths: readonly string[],
  flags: Pick<CheckFlags, 'kernel' | 'build' | 'arch' | 'config' | 'cache' | 'fix' | 'fixDryRun'> & ChangeFlags,
  targets: readonly string[] | undefined,
  context: CommandContext,
): { trees: readonly TargetTree[]; lacksPacks: boolean } {
  if (!targets) {
    const { tree, lacksPacks } = treeFor(paths, flags, context);
    return { trees: [{ target: tree.arch, tree }], lacksPacks };
  }
  refuseTargets(targets, flags.build);
  if (flags.fix || flags.fixDryRun) throw new UsageError('--arch names several targets: fixes are made for one.');
  const memory = flags.cache ? new KeptConfigurations() : undefined;
  const { kernel, config } = flags;
  const answers = targets.map((arch) => ({
    arch,
    ...treeOnTarget({ folder: context.folder, paths, kernel, arch, config, memory }),
  }));
  const trees = answers.flatMap(({ arch, tree }) => (tree?.target ? [{ target: arch, tree }] : []));
  for (const { arch, tree, errors } of answers)
    if (!tree?.target)
      context.err.write(`overlint: warning: ${arch}: ${withoutControls(errors.join(' ') || 'has no data model')}\n`);
  if (trees.length === 0) {
    const errors = answers.flatMap((answer) => answer.errors);
    throw noTree(errors, paths, context.folder);
  }
  return { trees, lacksPacks: answers.some((answer) => answer.lacksPacks) };
}

/** What goes beyond a baseline. Only a run over the whole tree can tell which of its entries are stale. */
function withoutKnown(
  baseline: Baseline,
  report: RunReport,
  paths: readonly string[],
  flags: CheckFlags,
  tree: Tree,
  { err }: CommandContext,
): RunReport {
  const { fresh, known, stale } = beyond(baseline, report, tree);
  if (paths.length === 0 && flags.shard === undefined && !report.skipped && !isAboutChange(flags))
    for (const { rule, file } of stale)
      err.write(`overlint: ${withoutControls(`${baseline.name}: ${file}: ${rule} is found no more`)}\n`);
  return { ...report, findings: fresh, known: { baseline: baseline.name, findings: known } };
}

/** The setting `ahead` is for editors, where it gives faint dots; on the command line it is asked for each time. */
function optionsOf(
  settings: Partial<Settings>,
  named: ReadonlySet<string> | undefined,
  flags: CheckFlags,
  isWide: boolean,
): LintOptions {
  const { rules = [], levels: said = {}, overrides = [] } = settings;
  const levels = isWide
    ? levelsOverMany(allRules, said)
    : isAboutChange(flags)
      ? levelsForChanges(allRules, said)
      : said;
  const only = named ?? (rules.length > 0 ? new Set(rules) : undefined);
  return { rules: only, ahead: flags.newerKernels === true, levels: { levels, overrides } };
}

function fixMode({ fix, fixDryRun }: CheckFlags): FixMode {
  if (fixDryRun) return 'show';
  return fix ? 'write' : 'no';
}

function treeFor(
  paths: readonly string[],
  { kernel, build, arch, config, cache }: Pick<CheckFlags, 'kernel' | 'build' | 'arch' | 'config' | 'cache'>,
  { folder, err }: CommandContext,
): { tree: Tree; lacksPacks: boolean } {
  const memory = cache ? new KeptConfigurations() : undefined;
  const {
    tree,
    errors,
    warnings,
    lacksPacks = false,
  } = findTree({ folder, paths, kernel, build, arch, config, memory });
  if (!tree) throw noTree(errors, paths, folder);
  for (const warning of warnings) err.write(`overlint: warning: ${withoutControls(warning)}\n`);
  return { tree, lacksPacks };
}

function print(report: RunReport, tree: Tree, flags: CheckFlags, context: CommandContext): ExitCode {
  const { folder, err } = context;
  const nameOf = pathFrom(folder, tree.kernel);
  for (const { path: file, message } of report.problems)
    err.write(`overlint: ${nameOf(file)}: ${withoutControls(message)}\n`);
  for (const { path: file, message } of report.notes ?? [])
    err.write(`overlint: warning: ${nameOf(file)}: ${withoutControls(message)}\n`);
  for (const named of report.empty) err.write(`overlint: warning: ${nameOf(named)}: no .c or .h file in it\n`);
  // Hints mark code that is right on this tree; they are there only where `--newer-kernels` asked for them.
  const { findings: all } = report;
  const findings = all.slice(0, mostFindingsOf(flags.maxFindings));
  if (findings.length < all.length)
    err.write(
      `overlint: warning: ${all.length - findings.length} of ${all.length} findings are not shown (--max-findings)\n`,
    );
  if (flags.fixDryRun) printPatch(report, tree, context);
  const outputs = flags.output?.map(outputOf) ?? [];
  if (!flags.fixDryRun && outputs.every(({ format }) => format)) printFindings(report, findings, tree, flags, context);
  for (const { format, file } of outputs) {
    const own = format ? { ...flags, format, stats: false } : flags;
    printInto(file, report, findings, tree, own, context);
  }
  if (report.problems.length > 0) return EXIT.trouble;
  return all.some((finding) => countsAs(finding.severity, flags.failOn)) ? EXIT.findings : EXIT.clean;
}

function printPatch(report: RunReport, tree: Tree, { out }: CommandContext): void {
  for (const { path: file, before, after } of report.changes)
    out.writeBytes(unifiedDiff(toByteString(relativeTo(tree, file)), before, after));
}

/**
 * Reads `--output [FORMAT=]FILE`. A word and `=` always name a format, so that a misspelled one makes no odd file.
 *
 * @throws UsageError where the format or the file is none.
 */
function outputOf(given: string): { format?: Format; file: string } {
  const [, name, rest] = /^(\w*)=(.*)$/s.exec(given) ?? [];
  const format = FORMATS.find((each) => each === name);
  if (name !== undefined && !format)
    throw new UsageError(`--output ${given}: there is no format "${name}"; there are ${FORMATS.join(', ')}.`);
  const file = name === undefined ? given : rest;
  if (file === '') throw new UsageError(`--output ${given}: the name of the file is missing.`);
  return { format, file };
}

/** The rules that the flags name; undefined where they name none. @throws UsageError where one is none. */
function rulesAskedFor({ rule, allRules: all }: CheckFlags): ReadonlySet<string> | undefined {
  if (all) return new Set(allRules.map(({ id }) => id));
  return rule && new Set(rule.map((name) => ruleNamed(name).id));
}

/** @throws UsageError where the file can't be written; then it is as it was. */
function printInto(
  name: string,
  report: RunReport,
  findings: readonly Finding[],
  tree: Tree,
  flags: CheckFlags,
  context: CommandContext,
): void {
  const pieces: string[] = [];
  const file: Output = {
    write: (text) => void pieces.push(toByteString(text)),
    writeBytes: (text) => void pieces.push(text),
    isTerminal: false,
  };
  const out = fittedOutput(file, { isColoured: flags.color === 'always', givesOrders: flags.format === 'github' });
  printFindings(report, findings, tree, flags, { ...context, out });
  const problem = writeResult(path.resolve(context.folder, name), pieces.join(''));
  if (problem !== undefined) throw new UsageError(`${name}: not written: ${problem}.`);
}

function printFindings(
  report: RunReport,
  findings: readonly Finding[],
  tree: Tree,
  flags: CheckFlags,
  { folder, out, err, environment }: CommandContext,
): void {
  const nameOf = pathFrom(folder, tree.kernel);
  const formats: Partial<Record<Format, () => Iterable<string>>> = {
    json: () => printJson(report, findings, tree),
    sarif: () => printSarif(report, findings, tree),
    github: () => printGithub(report, findings, tree),
    gcc: () => printGcc(report, findings, nameOf),
    checkpatch: () => printCheckpatch(report, findings, nameOf),
  };
  const pieces = formats[flags.format];
  if (pieces) {
    writeAll(out, pieces());
    if (flags.stats && flags.format !== 'json') err.write(printStats(report.stats));
  } else {
    const colours = coloursFor(flags, { out, environment });
    writeAll(out, printText(report, findings, { colours, nameOf }));
    out.write(summary(report, findings, flags.unsafeFixes === true));
    if (flags.stats) out.write(`\n${printStats(report.stats)}`);
  }
}
