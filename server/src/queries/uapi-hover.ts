/** What a hover adds to a record of a header for programs: the bytes of its holes, its ioctl numbers, how it lies elsewhere. */
import type { FileAnalysis } from '../analysis/analysis';
import { namedBytes } from '../analysis/hole-names';
import { surfaceOfFile } from '../analysis/program-view';
import { code } from '../drawing/markdown';
import type { SurfaceMember, SurfaceRecord } from '../facts/surface';
import { isUapi } from '../facts/uapi-names';
import type { RecordLayout } from '../layout/record';

/** So many numbers are named, and so many members of one target. */
const MOST_NUMBERS = 4;
const MOST_MEMBERS = 3;

/** The record as programs see it; undefined where the file is no header for them, or does not define it. */
export function sharedRecord(file: FileAnalysis, { record }: RecordLayout): SurfaceRecord | undefined {
  const { path } = file.main;
  if (record.place?.path !== path || !isUapi(file.relative(path))) return undefined;
  return surfaceOfFile(file).records.find(({ start }) => start === record.place!.start);
}

/** Whole sentences: which bytes belong to no member, and which numbers hold the record's size. */
export function sharedFacts(file: FileAnalysis, shared: SurfaceRecord, layout: RecordLayout): string[] {
  const missing = shared.holes.flatMap(({ offset, size }) => [offset, offset + size]);
  const holes = namedBytes({ kind: 'record', record: layout.record }, missing, file.target).map(
    ({ from, to, name }) => {
      const bytes = from === to ? `${from}` : `${from}..${to}`;
      return name === undefined ? bytes : `${bytes} (${name})`;
    },
  );
  const numbers = surfaceOfFile(file)
    .numbers.filter(({ record }) => record === shared.name)
    .map(({ name, value }) => `${code(name)} (0x${value.toString(16)})`);
  return [
    ...(holes.length > 0 ? [`**Bytes of no member**: ${holes.join(', ')}.`] : []),
    ...(numbers.length > 0 ? [`**Ioctl numbers** that hold it: ${shortened(numbers, MOST_NUMBERS)}.`] : []),
  ];
}

/**
 * One line for all targets on which a record lies otherwise; empty where it lies alike on all that are known.
 *
 * @param others What each target's headers make of it; undefined where they do not define it.
 */
export function elsewhereLine(shared: SurfaceRecord, others: ReadonlyMap<string, SurfaceRecord | undefined>): string {
  const said = new Map<string, string[]>();
  for (const [target, other] of others) {
    const differs = other ? differsText(shared, other) : 'not there';
    if (differs !== '') said.set(differs, [...(said.get(differs) ?? []), target]);
  }
  const parts = [...said].map(([text, targets]) => `${targets.join(', ')}: ${text}`);
  return parts.length === 0 ? '' : `It differs on ${parts.join('; ')}.`;
}

function differsText(here: SurfaceRecord, there: SurfaceRecord): string {
  if (there.size === undefined) return 'unknown';
  if (here.size === undefined) return `size ${there.size}`;
  const known = new Map(here.members.map((member) => [member.name, member]));
  const moved = there.members.flatMap((member) => placeText(known.get(member.name), member));
  const size = here.size === there.size ? [] : [`size ${there.size}`];
  return [...size, ...(moved.length > 0 ? [shortened(moved, MOST_MEMBERS)] : [])].join(', ');
}

function placeText(here: SurfaceMember | undefined, { name, offset, size }: SurfaceMember): string[] {
  if (here?.offset === offset && here.size === size) return [];
  const at = `${name} at ${offset % 8 === 0 ? offset / 8 : `bit ${offset}`}`;
  const isResized = here?.size !== size;
  return [isResized ? `${at} with ${size % 8 === 0 ? `${size / 8} bytes` : `${size} bits`}` : at];
}

function shortened(list: readonly string[], most: number): string {
  const rest = list.length - most;
  return rest > 0 ? `${list.slice(0, most).join(', ')} and ${rest} more` : list.join(', ');
}
