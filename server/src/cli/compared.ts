/** Two layouts of a record side by side, as text and as JSON: what `overlint diff` prints, with names and without. */
import { unifiedDiff } from '../changes/diff';
import type { Side } from '../changes/sides';
import { layoutJson } from '../drawing/json';
import type { RecordLayout } from '../layout/record';
import { namedFile } from '../project/listing';
import type { FoundRecord } from '../project/record-finder';
import { lineAt, lineStarts } from '../text/text';
import type { VerifyFormat } from './choices';
import type { ColourFlags } from './colours';
import type { TreeFlags } from './layout';
import { changesBetween, memberLines } from './member-changes';
import { printable } from './printable';
import { type RecordName, spelled } from './record-names';

export interface CompareFlags extends TreeFlags, ColourFlags {
  readonly format: VerifyFormat;
  /** What changed for programs is asked. */
  readonly uapi?: boolean;
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

function placeOf({ side, found }: Half, name: RecordName) {
  const { path, start, layout, typedefName } = found!;
  const line = lineAt(lineStarts(side.finder.tree.textOf(path) ?? ''), start) + 1;
  return { name: layout.record.tag ?? typedefName ?? name.name, ...namedFile(side.tree, path), line };
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
  return headings + (body || unknownSides([before, after]) || '  no member differs\n');
}

/** Which sides are not known, and so may differ; empty where both are. */
function unknownSides(halves: readonly Half[]): string {
  const lines = halves.flatMap(({ side, found }) =>
    found?.layout.status === 'unknown'
      ? [
          `  not known whether members differ: the layout of ${printable(side.name)} is unknown: ${printable(found.layout.reason)}\n`,
        ]
      : [],
  );
  return [...new Set(lines)].join('');
}

function summary(layout: RecordLayout): string {
  if (layout.status === 'unknown') return `layout unknown: ${printable(layout.reason)}`;
  const holes = layout.holes.length === 0 ? 'no holes' : `holes: ${layout.holes.length}`;
  return `${layout.size} bytes, align ${layout.align}, ${holes} (${layout.target.name})`;
}
