/** `overlint verify`: how the layout model compares with what the compiler of a built kernel made, by its BTF. */
import path from 'node:path';
import { BtfProblem } from '../workers/built-btf';
import type { Definition } from '../workers/verify-job';
import { type VerifyReport, verifyTree } from '../workers/verify-run';
import type { VerifyFormat } from './choices';
import { type CommandContext, EXIT, type ExitCode, threadsFor, UsageError, writeAll } from './command-context';
import { type TreeFlags, treeOf } from './layout';
import { jobsOf } from './number-flags';
import { printable } from './printable';
import { progressBar } from './progress';
import { sayProblems } from './say-problems';

export interface VerifyFlags extends TreeFlags {
  readonly btf: string;
  readonly modules?: string;
  readonly sources: boolean;
  readonly format: VerifyFormat;
  readonly jobs?: string;
}

/** @throws UsageError where the BTF or the tree can't be read. */
export async function verify(flags: VerifyFlags, context: CommandContext): Promise<ExitCode> {
  const jobs = jobsOf(flags.jobs);
  const tree = treeOf(flags, context);
  const btf = path.resolve(context.folder, flags.btf);
  const modules = flags.modules === undefined ? undefined : path.resolve(context.folder, flags.modules);
  const threads = threadsFor(context, jobs);
  const bar = progressBar(context.err);
  try {
    const onProgress = bar.update;
    const report = await verifyTree({ tree, btf, modules, sources: flags.sources, threads, onProgress });
    bar.stop();
    writeAll(context.out, flags.format === 'json' ? [asJson(report)] : asText(report));
    if (sayProblems(report.problems, tree, context)) return EXIT.trouble;
    return report.named.some(({ verdict }) => verdict === 'wrong') ? EXIT.findings : EXIT.clean;
  } catch (error) {
    bar.stop();
    if (error instanceof BtfProblem) throw new UsageError(`${error.file}: ${error.message}. Check ${error.flag}.`);
    throw error;
  }
}

/** Counts by verdict; the share of exact ones is of those that can be compared, namesakes apart. */
function counts({ named, total }: VerifyReport) {
  const count = (verdict: Definition['verdict']): number => named.filter((one) => one.verdict === verdict).length;
  const [exact, unknown, wrong, namesakes] = [count('exact'), count('unknown'), count('wrong'), count('namesake')];
  const compared = exact + unknown + wrong;
  return { total, named: named.length, compared, exact, unknown, wrong, namesakes };
}

function asJson(report: VerifyReport): string {
  const records = report.named.filter(({ verdict }) => verdict !== 'exact');
  return `${JSON.stringify({ ...counts(report), records })}\n`;
}

function* asText(report: VerifyReport): Generator<string> {
  const { total, named, compared, exact, unknown, wrong, namesakes } = counts(report);
  const share = compared === 0 ? 100 : (100 * exact) / compared;
  // Rounded down: what is not all must not look like all.
  yield `${exact} of ${compared} records are exact (${(Math.floor(share * 100) / 100).toFixed(2)} %), `;
  yield `${unknown} unknown, ${wrong} wrong.\n`;
  yield `BTF has ${total} records by name; the files that were read define ${named} of them`;
  yield namesakes > 0 ? `, ${namesakes} only as another record of the same name.\n` : '.\n';
  yield* wrongOnes(report.named.filter(({ verdict }) => verdict === 'wrong'));
  yield* unknownOnes(report.named.filter(({ verdict }) => verdict === 'unknown'));
  yield* listed(
    'Another record of the same name:',
    report.named.filter(({ verdict }) => verdict === 'namesake'),
  );
}

/** Differences that are printed of one record. */
const SHOWN = 8;

function* wrongOnes(wrong: readonly Definition[]): Generator<string> {
  if (wrong.length > 0) yield '\nWrong:\n';
  for (const { record, file, line, differences } of wrong) {
    yield `  ${record} (${printable(file)}:${line})\n`;
    for (const { what, member, ours, theirs } of differences.slice(0, SHOWN))
      yield `    ${what}${member ? ` of ${printable(member)}` : ''}: ${printable(ours)}, in BTF ${printable(theirs)}\n`;
    if (differences.length > SHOWN) yield `    and ${differences.length - SHOWN} more\n`;
  }
}

/** Unknown ones, those of one reason together, the most frequent first. */
function* unknownOnes(unknown: readonly Definition[]): Generator<string> {
  if (unknown.length > 0) yield '\nUnknown:\n';
  const groups = new Map<string, Definition[]>();
  for (const definition of unknown) {
    const root = (definition.reason ?? '').replace(/^(?:member [^:]*: |(?:struct|union) \w+: )+/, '');
    groups.set(root, [...(groups.get(root) ?? []), definition]);
  }
  for (const [reason, members] of [...groups].sort((a, b) => b[1].length - a[1].length)) {
    yield `  ${printable(reason)}\n`;
    for (const { record, file, line } of members) yield `    ${record} (${printable(file)}:${line})\n`;
  }
}

function* listed(heading: string, definitions: readonly Definition[]): Generator<string> {
  if (definitions.length > 0) yield `\n${heading}\n`;
  for (const { record, file, line } of definitions) yield `  ${record} (${printable(file)}:${line})\n`;
}
