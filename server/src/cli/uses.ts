/** `overlint uses`: every access to any byte that a member shares, reads and writes apart. */
import { counted } from '../drawing/diagram';
import { namedFile, relativeTo } from '../project/listing';
import type { Tree } from '../project/tree';
import { findUses, type LocatedUse, NoSuchMember, type UsesReport } from '../workers/uses-run';
import type { VerifyFormat } from './choices';
import { type CommandContext, EXIT, type ExitCode, threadsFor, UsageError, writeAll } from './command-context';
import { type TreeFlags, treeOf } from './layout';
import { jobsOf } from './number-flags';
import { printable } from './printable';
import { progressBar } from './progress';
import { recordNames } from './record-names';
import { sayProblems } from './say-problems';

export interface UsesFlags extends TreeFlags {
  readonly format: VerifyFormat;
  readonly stats?: boolean;
  readonly jobs?: string;
  readonly cache: boolean;
}

/** The groups in the order of print, with their headings. */
const GROUPS: readonly (readonly [mode: LocatedUse['mode'], heading: string, one: string])[] = [
  ['read', 'reads', 'read'],
  ['write', 'writes', 'write'],
  ['address', 'addresses taken, or named for a macro', 'address'],
];

/** @throws UsageError where the name, the record or the member means nothing. */
export async function uses(given: readonly string[], flags: UsesFlags, context: CommandContext): Promise<ExitCode> {
  const [name, ...others] = recordNames(given);
  if (!name?.member || others.length > 0)
    throw new UsageError('Name one member of a record, as in "overlint uses page.lru".');
  const jobs = jobsOf(flags.jobs);
  const tree = treeOf(flags, context);
  const { err } = context;
  const bar = progressBar(err);
  try {
    const report = await findUses({
      tree,
      record: name,
      member: name.member,
      cache: flags.cache,
      threads: threadsFor(context, jobs),
      onProgress: (done, total) => bar.update({ step: 'scan', done, total }),
    });
    bar.stop();
    const isTrouble = sayProblems(report.problems, tree, context);
    writeAll(
      context.out,
      flags.format === 'json' ? [asJson(report, tree)] : asText(report, tree, flags.stats === true),
    );
    return isTrouble ? EXIT.trouble : EXIT.clean;
  } catch (error) {
    bar.stop();
    throw error instanceof NoSuchMember ? new UsageError(error.message) : error;
  }
}

function asJson({ query, uses: found, stats }: UsesReport, tree: Tree): string {
  const records = query.sharing.map(({ kind, tag, path, members }) => {
    return { kind, name: tag, ...namedFile(tree, path), members: members.map((member) => member.name) };
  });
  const places = found.map(({ mode, record, member, within, path, line, column, text }) => {
    return { ...namedFile(tree, path), line, column, mode, record, member, within, text: printable(text.trim()) };
  });
  return `${JSON.stringify({ record: query.record, member: query.member, shared: records, uses: places, stats })}\n`;
}

function* asText({ query, uses: found, stats }: UsesReport, tree: Tree, withStats: boolean): Iterable<string> {
  yield `${query.record} ${query.member} shares its bytes with\n`;
  for (const { kind, tag, path, members } of query.sharing)
    yield `  ${kind} ${tag} (${printable(relativeTo(tree, path))}): ${members.map(({ name }) => name).join(', ')}\n`;
  for (const [mode, heading] of GROUPS) {
    const group = found.filter((use) => use.mode === mode);
    if (group.length === 0) continue;
    yield `\n${group.length} ${group.length === 1 ? GROUPS.find(([own]) => own === mode)![2] : heading}:\n`;
    for (const { path, line, column, record, member, text } of group)
      yield `${printable(relativeTo(tree, path))}:${line}:${column}: [${record} ${member}] ${printable(text.trim())}\n`;
  }
  const unknown = Object.entries(stats).filter(([name]) => name.startsWith('unresolved'));
  const count = unknown.reduce((total, [, number]) => total + number, 0);
  yield `\n${counted(found.length, 'use')}; ${counted(count, 'place')} of the same names left out, as their record is not known\n`;
  if (withStats)
    for (const [name, number] of Object.entries(stats)) yield `${number.toString().padStart(8)}  ${printable(name)}\n`;
}
