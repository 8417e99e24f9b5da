/** `overlint layout NAME… --arch LIST`: the same records on several targets, each with its own configuration, as one table. */
import { type LayoutJson, layoutJson } from '../drawing/json';
import { Disk } from '../files/disk';
import { MODELS } from '../layout/models';
import { TARGET_NAMES, targetName, targetsByOptions } from '../layout/target';
import { archFolder, archNamed } from '../project/arch';
import { hasKconfig } from '../project/configuration';
import { whyUnfit } from '../project/fitting';
import { namedFile } from '../project/listing';
import { RecordFinder } from '../project/record-finder';
import { findTree, type Tree, type TreeRequest } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { HeaderIndex } from '../store/header-index';
import { ResultMemory } from '../store/result-memory';
import { TracedFiles } from '../store/trace';
import { lineAt, lineStarts } from '../text/text';
import type { LayoutFormat } from './choices';
import { type CommandContext, EXIT, type ExitCode, UsageError, writeAll } from './command-context';
import { withoutControls } from './printable';
import { progressBar } from './progress';
import { type RecordName, spelled } from './record-names';
import { type TargetAnswer, tablesOf } from './target-table';

/** The flags of `overlint layout` that count for several targets. */
interface TargetsFlags {
  readonly kernel?: string;
  readonly build?: string;
  readonly config?: string;
  readonly module?: string;
  readonly format: LayoutFormat;
  readonly cache: boolean;
}

/** What `--arch all` stands for. */
const ALL = ['x86_64', 'i386', 'arm64', 'arm', 'riscv', 's390', 'm68k'];

/** The targets that a flag names, where it names several; undefined where it names one or none. */
export function severalTargets(arch: string | undefined): readonly string[] | undefined {
  if (arch === 'all') return ALL;
  if (!arch?.includes(',')) return undefined;
  const names = arch.split(',').map((name) => name.trim());
  return [...new Set(names.filter((name) => name !== ''))];
}

/** @throws UsageError where a name or a target means nothing. */
export async function layoutTargets(
  names: readonly RecordName[],
  targets: readonly string[],
  flags: TargetsFlags,
  context: CommandContext,
): Promise<ExitCode> {
  if (flags.format === 'svg' || flags.format === 'html')
    throw new UsageError(`--format ${flags.format} draws a record for one target.`);
  const member = names.find((name) => name.member !== undefined);
  if (member)
    throw new UsageError(`Several targets take whole records: ${member.name}, not ${member.name}.${member.member}.`);
  refuseTargets(targets, flags.build);
  const bar = progressBar(context.err);
  const answers: TargetAnswer[] = [];
  try {
    for (const [done, name] of targets.entries()) {
      bar.update({ step: 'targets', done, total: targets.length });
      // The bar is drawn between two targets.
      await new Promise((resolve) => setImmediate(resolve));
      answers.push(answerOf(name, names, flags, context));
    }
  } finally {
    bar.stop();
  }
  if (answers.every(({ problem }) => problem !== undefined)) throw new UsageError(answers[0].problem!);
  for (const [index, name] of names.entries())
    if (answers.every(({ found }) => !found[index]?.length))
      throw new UsageError(`On none of these targets does a file define ${spelled(name)}.`);
  writeAll(context.out, flags.format === 'json' ? jsonOf(names, answers) : textOf(names, answers));
  const isExact = answers.every(
    ({ problem, found }) => problem === undefined && found.flat().every(({ status }) => status === 'exact'),
  );
  return isExact ? EXIT.clean : EXIT.findings;
}

/** @throws UsageError where one of several targets means nothing, or what else was said is for one of them. */
export function refuseTargets(targets: readonly string[], build: string | undefined): void {
  if (targets.length === 0)
    throw new UsageError('--arch names no target. "overlint layout --arch list" names them all.');
  const unknown = targets.find((name) => targetName(name) === undefined && !isFolder(name));
  if (unknown !== undefined)
    throw new UsageError(`There is no target ${unknown}. "overlint layout --arch list" names them all.`);
  if (build !== undefined)
    throw new UsageError(
      `--build ${build} is for one architecture. Without it, each of several has its own defconfig.`,
    );
}

function isFolder(name: string): boolean {
  return targetsByOptions().some(({ folder }) => folder === name);
}

function answerOf(
  name: string,
  names: readonly RecordName[],
  flags: TargetsFlags,
  { folder }: CommandContext,
): TargetAnswer {
  const { kernel, config, module } = flags;
  const request: TreeRequest = { folder, paths: module === undefined ? [] : [module], kernel, arch: name, config };
  const { tree, errors } = treeOnTarget(request);
  if (!tree?.target) {
    const problem = tree ? `there is no data model for ${name}` : withoutControls(errors.join(' '));
    return { name, configuration: '', found: [], problem };
  }
  const configuration = tree.configuration?.name ?? tree.configFile ?? `${tree.build}/.config`;
  return { name, configuration, found: layoutsOn(tree, names, flags.cache) };
}

/**
 * The tree with the configuration that was named, or else its own one where that is for this architecture, or else the
 * architecture's default.
 *
 * @throws UsageError where one architecture's configuration was named for several.
 */
export function treeOnTarget(request: TreeRequest): ReturnType<typeof findTree> {
  const answer = findTree(request);
  const { tree } = answer;
  if (!tree || whyUnfit(tree, new Disk(tree.roots)) === undefined) return answer;
  if (request.config !== undefined)
    throw new UsageError(
      `${request.config} is a configuration of one architecture, and ${request.arch} is another. Without --config, each ` +
        'has its own defconfig; names that all have are defconfig, tinyconfig, allnoconfig, allmodconfig, allyesconfig.',
    );
  return hasKconfig(tree.kernel) ? findTree({ ...request, config: 'defconfig' }) : answer;
}

function layoutsOn(tree: Tree, names: readonly RecordName[], keeps: boolean): LayoutJson[][] {
  const memory = keeps ? new ResultMemory(tree) : undefined;
  const question = ['layout', 'targets', names];
  const known = memory?.recall<LayoutJson[][]>(question);
  if (known) return known;
  const groups = new FileGroups(tree);
  const files = new TracedFiles(new Disk(tree.roots), groups, tree.kernel);
  const headers = keeps ? new HeaderIndex() : undefined;
  const finder = new RecordFinder(tree, files, groups, { expected: names.map(({ name }) => name), lex: headers?.lex });
  const found = names.map((name) =>
    // What other architectures have for themselves is theirs alone.
    finder.find(name).flatMap(({ layout, path, start, typedefName }) => {
      if (finder.tree.isForeign(path)) return [];
      const line = lineAt(lineStarts(finder.tree.textOf(path) ?? ''), start) + 1;
      const own = layout.record.tag ?? typedefName ?? name.name;
      return layoutJson(layout, { name: own, ...namedFile(tree, path), line });
    }),
  );
  headers?.keep();
  memory?.keep(question, files.trace(), found);
  return found;
}

/** A line for each definition on each target. */
function* jsonOf(names: readonly RecordName[], answers: readonly TargetAnswer[]): Generator<string> {
  for (const [index, name] of names.entries())
    for (const { name: target, configuration, found, problem } of answers) {
      const head = { target, configuration };
      const layouts = found[index] ?? [];
      for (const layout of layouts) yield `${JSON.stringify({ ...head, ...layout })}\n`;
      const reason = problem ?? `no file defines ${spelled(name)}`;
      if (layouts.length === 0)
        yield `${JSON.stringify({ ...head, name: name.name, size: null, align: null, status: 'unknown', reason })}\n`;
    }
}

function* textOf(names: readonly RecordName[], answers: readonly TargetAnswer[]): Generator<string> {
  for (const [index, name] of names.entries()) {
    if (index > 0) yield '\n';
    yield tablesOf(name, index, answers);
  }
}

/** `--arch list`: every target, and what its layouts were checked by. */
export function listTargets(flags: TargetsFlags, { out }: CommandContext): ExitCode {
  const rows = TARGET_NAMES.map((name) => {
    const { builtBy, checkedBy } = MODELS[name];
    return { name, folder: archFolder(archNamed(name)), builtBy, checkedBy };
  });
  if (flags.format === 'json') {
    writeAll(
      out,
      rows.map((row) => `${JSON.stringify(row)}\n`),
    );
    return EXIT.clean;
  }
  const lines = rows.map(({ name, folder, checkedBy }) => {
    const checked = checkedBy.length > 0 ? `checked by ${checkedBy.join(' and ')}` : 'unchecked, by its ABI document';
    return `${name.padEnd(14)}${`arch/${folder}`.padEnd(18)}${checked}\n`;
  });
  const choices = targetsByOptions().map(({ folder, targets }) => `${folder.padEnd(14)}${targets.join(', ')}\n`);
  writeAll(out, [...lines, '\nAn architecture with several is one of them by its configuration:\n', ...choices]);
  return EXIT.clean;
}
