/** `overlint diff`: records on two sides, which are folders, git revisions, configurations or architectures. */

import { unifiedDiff } from '../changes/diff';
import { GitProblem } from '../changes/git';
import { NoSide, type Side, sideOf } from '../changes/sides';
import { layoutJson } from '../drawing/json';
import type { RecordLayout } from '../layout/record';
import { relativeTo } from '../project/listing';
import type { FoundRecord } from '../project/record-finder';
import { nearest } from '../text/nearest';
import { lineAt, lineStarts } from '../text/text';
import type { VerifyFormat } from './choices';
import { type ColourFlags, coloursFor } from './colours';
import { compareAll } from './compare-all';
import type { TreeFlags } from './layout';
import { changesBetween, memberLines } from './member-changes';
import { paintedDiff } from './painted';
import { printable, withoutControls } from './printable';
import { type RecordName, recordNames, spelled } from './record-names';
import { EXIT, type ExitCode, type Surroundings, UsageError } from './surroundings';

export interface CompareFlags extends TreeFlags, ColourFlags {
  readonly format: VerifyFormat;
}

/** @throws UsageError where a side or a name means nothing, before anything is printed. */
export function compare(
  sides: readonly [string, string],
  given: readonly string[],
  flags: CompareFlags,
  surroundings: Surroundings,
): ExitCode {
  const names = recordNames(given);
  const { kernel, build, arch, config } = flags;
  const base = { folder: surroundings.folder, paths: [], kernel, build, arch, config };
  const expected = names.map(({ name }) => name);
  try {
    const [before, after] = sides.map((side) => sideOf(side, base, expected));
    for (const side of [before, after])
      for (const warning of side.warnings)
        surroundings.err.write(`overlint: warning: ${withoutControls(`${side.name}: ${warning}`)}\n`);
    if (names.length === 0) return compareAll(before, after, flags, surroundings);
    const compared = names.map((name) => compareRecord(name, before, after));
    if (flags.format === 'json')
      surroundings.out.write(compared.map((one) => `${JSON.stringify(comparedJson(one))}\n`).join(''));
    else surroundings.out.write(paintedDiff(compared.map(asText).join('\n'), coloursFor(flags, surroundings)));
    return compared.every(isSame) ? EXIT.clean : EXIT.findings;
  } catch (error) {
    if (error instanceof NoSide || error instanceof GitProblem) throw new UsageError(error.message);
    throw error;
  }
}

/** A record on one side; undefined where that side does not define it. */
export interface Half {
  readonly side: Side;
  readonly found: FoundRecord | undefined;
}

export interface Compared {
  readonly name: RecordName;
  readonly before: Half;
  readonly after: Half;
}

function compareRecord(name: RecordName, before: Side, after: Side): Compared {
  const ours = before.finder.find(name);
  const theirs = after.finder.find(name);
  if (ours.length === 0 && theirs.length === 0) {
    const meant = nearest(name.name, after.finder.names());
    throw new UsageError(`Neither side defines ${spelled(name)}.${meant ? ` Did you mean ${meant}?` : ''}`);
  }
  // Of several definitions, those that stand in the same file belong together.
  const fileOf = (side: Side, found: FoundRecord): string => relativeTo(side.tree.kernel, found.path);
  const paired = ours.find((one) => theirs.some((other) => fileOf(before, one) === fileOf(after, other))) ?? ours[0];
  const partner = theirs.find((other) => paired && fileOf(before, paired) === fileOf(after, other)) ?? theirs[0];
  return { name, before: { side: before, found: paired }, after: { side: after, found: partner } };
}

/** Whether both sides are exact, and lie alike. */
function isSame({ before, after }: Compared): boolean {
  const [ours, theirs] = [before.found?.layout, after.found?.layout];
  if (ours?.status !== 'exact' || theirs?.status !== 'exact') return false;
  return ours.size === theirs.size && ours.align === theirs.align && changesBetween(ours, theirs).length === 0;
}

function placeOf({ side, found }: Half, name: RecordName) {
  const { path, start, layout, typedefName } = found!;
  const line = lineAt(lineStarts(side.finder.tree.textOf(path) ?? ''), start) + 1;
  return { name: layout.record.tag ?? typedefName ?? name.name, file: relativeTo(side.tree.kernel, path), line };
}

/** What `--format json` says of a record. */
export function comparedJson({ name, before, after }: Compared) {
  const half = (one: Half) => ({
    side: one.side.name,
    layout: one.found ? layoutJson(one.found.layout, placeOf(one, name)) : null,
  });
  const [ours, theirs] = [before.found?.layout, after.found?.layout];
  const changes = ours && theirs ? changesBetween(ours, theirs) : [];
  return { name: name.name, a: half(before), b: half(after), changes };
}

export function asText({ name, before, after }: Compared): string {
  const heading = (mark: string, half: Half): string => {
    const side = printable(half.side.name);
    if (!half.found) return `${mark} ${side}: does not define ${spelled(name)}\n`;
    const { file, line } = placeOf(half, name);
    return `${mark} ${side}: ${printable(file)}:${line}, ${summary(half.found.layout)}\n`;
  };
  const { layout } = (before.found ?? after.found) as FoundRecord;
  const title = `${layout.record.kind} ${layout.record.tag ?? name.name}\n`;
  const headings = title + heading('-', before) + heading('+', after);
  const lines = (half: Half): string => (half.found ? memberLines(half.found.layout) : '');
  const body = unifiedDiff(name.name, lines(before), lines(after)).split('\n').slice(2).join('\n');
  return headings + (body || '  no member differs\n');
}

function summary(layout: RecordLayout): string {
  if (layout.status === 'unknown') return `layout unknown: ${printable(layout.reason)}`;
  const holes = layout.holes.length === 0 ? 'no holes' : `holes: ${layout.holes.length}`;
  return `${layout.size} bytes, align ${layout.align}, ${holes} (${layout.target.name})`;
}
