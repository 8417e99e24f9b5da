/** How a record that a change adds comes to lie alike for 32-bit programs: aligned types, or its holes as members. */
import type { Surface, SurfaceMember, SurfaceRecord } from '../facts/surface';
import uapi from '../packs/predefined/uapi.json';
import type { Fix, TextEdit } from './finding';
import type { HeaderChange } from './header-change';

/** A 64-bit kernel's view of a header, and that of the 32-bit programs that it runs. */
interface Sides {
  readonly kernel: Surface;
  readonly program: Surface;
}

const ALIGNED: Readonly<Record<string, string | undefined>> = uapi.alignedTypes;
/** Types of padding by their bytes. */
const PAD_TYPES = new Map([
  [1, '__u8'],
  [2, '__u16'],
  [4, '__u32'],
]);

/**
 * Fixes for the record that a number holds the size of; none where the change does not add it, or where more differs than
 * how 64-bit members are aligned.
 */
export function ioctlFixes(change: HeaderChange, name: string | undefined, sides: Sides): Fix[] {
  const record = name === undefined ? undefined : newRecord(change, sides.kernel, (one) => one.name === name);
  if (!record) return [];
  const fixes: Fix[] = [];
  const aligned = alignedEdits(change, record, sides);
  if (aligned?.edits.length && aligned.moves)
    fixes.push({ title: 'Align 64-bit members alike on all targets', safe: true, edits: once(aligned.edits) });
  const pads = padEdits(change, record, sides);
  // A new member between others takes the place of theirs in an initializer without names; one behind all does not.
  const safe = pads?.every(({ isTail }) => isTail) === true;
  if (pads?.length)
    fixes.push({ title: 'Spell the padding out as members', safe, edits: once(pads.map(({ edit }) => edit)) });
  return fixes;
}

function newRecord(
  { pairs }: HeaderChange,
  kernel: Surface,
  isMeant: (record: SurfaceRecord) => boolean,
): SurfaceRecord | undefined {
  const record = kernel.records.find(isMeant);
  const isOld = pairs.some(({ before }) => before?.records.some(({ title }) => title === record?.title));
  return isOld ? undefined : record;
}

/** The type that a member is, or is an array of, as C writes it. */
function elementType({ type }: SurfaceMember): string {
  return type.replace(/\s*\[.*$/, '');
}

/** The new record of the same header that a member is, or is an array of. */
function heldBy(change: HeaderChange, { kernel }: Sides, member: SurfaceMember): SurfaceRecord | undefined {
  const type = elementType(member);
  return newRecord(change, kernel, ({ title }) => title === type);
}

/** Whether both sides have a member's type alike, its alignment apart. */
function isAlike(here: SurfaceMember, there: SurfaceMember, sides: Sides): boolean {
  if (here.size !== there.size) return false;
  const type = elementType(here);
  const record = sides.kernel.records.find(({ title }) => title === type);
  // What a record of another header holds is not known here.
  if (!record) return !/^(?:struct|union)\b/.test(type);
  return (
    membersOf(record, sides)?.every(([one, other]) => one.offset === other.offset && isAlike(one, other, sides)) ===
    true
  );
}

/** Both sides of a record's members; undefined where the program has other ones. */
function membersOf(record: SurfaceRecord, { program }: Sides): [SurfaceMember, SurfaceMember][] | undefined {
  const there = program.records.find(({ title }) => title === record.title);
  if (!there || there.members.length !== record.members.length) return undefined;
  return record.members.map((member, index) => [member, there.members[index]]);
}

/**
 * What makes 64-bit members of a record, and of the new records in it, as aligned for the program as they are here. With
 * the same alignment a member stands at the same distance behind the one before it, so that each member behind which the
 * sides drift apart has to be one of these.
 */
function alignedEdits(
  change: HeaderChange,
  record: SurfaceRecord,
  sides: Sides,
): { readonly edits: TextEdit[]; readonly moves: boolean } | undefined {
  const edits: TextEdit[] = [];
  let drift = 0;
  let moves = false;
  const members = membersOf(record, sides);
  if (!members) return undefined;
  for (const [here, there] of members) {
    const held = heldBy(change, sides, here);
    const inner = held && alignedEdits(change, held, sides);
    if (held && !inner) return undefined;
    const own = inner?.edits ?? alignedEdit(change, here);
    if (own.length === 0 && (!isAlike(here, there, sides) || here.offset - there.offset !== drift)) return undefined;
    if (inner?.moves || here.offset !== there.offset) moves = true;
    // What follows a record that lies otherwise inside is as far off as its size says.
    drift = here.offset + here.size - there.offset - there.size;
    edits.push(...own);
  }
  return { edits, moves };
}

function alignedEdit({ path, textAfter }: HeaderChange, member: SurfaceMember): TextEdit[] {
  const { start, size } = member;
  const bare = elementType(member);
  const text = ALIGNED[bare];
  if (text === undefined || start === undefined || size === 0) return [];
  const before = /(?:^|[;{}]|\*\/)([^;{}]*)$/.exec(textAfter.slice(0, start));
  const at = before ? before[1].lastIndexOf(bare) : -1;
  if (at < 0) return [];
  const first = start - before![1].length + at;
  return [{ path, start: first, end: first + bare.length, text }];
}

interface Pad {
  readonly edit: TextEdit;
  readonly isTail: boolean;
}

/** Members for all holes of a record and of the new records in it; undefined where they would not make the sides alike. */
function padEdits(change: HeaderChange, record: SurfaceRecord, sides: Sides): Pad[] | undefined {
  const pads: Pad[] = [];
  const members = membersOf(record, sides);
  if (!members || record.kind === 'union') return undefined;
  for (const [here, there] of members) {
    const held = heldBy(change, sides, here);
    const inner = held && padEdits(change, held, sides);
    if (held ? !inner : !isAlike(here, there, sides)) return undefined;
    pads.push(...(inner ?? []));
  }
  const names = new Set(record.members.map(({ name }) => name));
  for (const { offset, size } of record.holes) {
    const before = record.members.filter((one) => one.offset + one.size === offset);
    const pad = before.length === 1 ? padBehind(change, before[0], { offset, size }, names) : undefined;
    if (!pad) return undefined;
    pads.push({ edit: pad, isTail: before[0] === record.members.at(-1) });
  }
  return pads;
}

function padBehind(
  { path, textAfter }: HeaderChange,
  { start }: SurfaceMember,
  hole: { readonly offset: number; readonly size: number },
  names: Set<string>,
): TextEdit | undefined {
  const [offset, size] = [hole.offset / 8, hole.size / 8];
  if (start === undefined || !Number.isInteger(offset) || !Number.isInteger(size)) return undefined;
  const end = /[^;{}]*;/y;
  end.lastIndex = start;
  const line = textAfter.slice(textAfter.lastIndexOf('\n', start) + 1, start);
  // Only behind a declaration of this member alone.
  const rest = end.exec(textAfter)?.[0];
  if (rest === undefined || /,(?![^[]*\])/.test(rest)) return undefined;
  let name = 'pad';
  for (let count = 2; names.has(name); count++) name = `pad${count}`;
  names.add(name);
  const type = offset % size === 0 ? PAD_TYPES.get(size) : undefined;
  const declared = type ? `${type} ${name};` : `__u8 ${name}[${size}];`;
  // A comment on the member stays on its line.
  const behind = /[ \t]*(?:\/\*(?:(?!\*\/).)*\*\/|\/\/.*)?[ \t]*(?=\n)/y;
  behind.lastIndex = start + rest.length;
  const at = start + rest.length + (behind.exec(textAfter)?.[0].length ?? 0);
  return { path, start: at, end: at, text: `\n${/^\s*/.exec(line)![0]}${declared}` };
}

/** Edits in order, each once. */
function once(edits: readonly TextEdit[]): TextEdit[] {
  const sorted = [...edits].sort((one, other) => one.start - other.start);
  return sorted.filter(({ start, text }, at) => start !== sorted[at - 1]?.start || text !== sorted[at - 1].text);
}
