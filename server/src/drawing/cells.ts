/** Cuts a layout into the cells of a picture: members, holes and padding, each in a lane of its view. */

import type { FlatMember } from '../facts/overlay';
import { anonymousRecord } from '../layout/member';
import { type FieldLayout, layoutRecord, type RecordLayout } from '../layout/record';
import type { Bits } from '../types/model';

export interface Cell {
  readonly kind: 'member' | 'hole' | 'padding';
  readonly offsetBits: Bits;
  readonly sizeBits: Bits;
  /** Views of a union lie in lanes below one another; from 0. */
  readonly lane: number;
  /** Set for members. */
  readonly member?: FlatMember;
}

/**
 * The cells of a layout, lane by lane and in order. Members without bits have none. Of an unknown layout, what is known
 * has cells, and there is no padding.
 */
export function cellsOf(layout: RecordLayout): Cell[] {
  const cells: Cell[] = [];
  addRecord(layout, 0, 0, [], cells);
  return cells
    .filter((cell) => cell.sizeBits > 0)
    .sort((one, other) => one.lane - other.lane || one.offsetBits - other.offsetBits);
}

/** Adds a record's cells and gives the number of lanes that they take. */
function addRecord(layout: RecordLayout, base: Bits, lane: number, parents: FlatMember['path'], into: Cell[]): number {
  const isUnion = layout.record.kind === 'union';
  let height = 0;
  let longest = { end: 0, lane };
  for (const field of layout.fields) {
    const at = isUnion ? lane + height : lane;
    const taken = addField(field, layout, base, at, parents, into);
    const end = field.offsetBits + field.sizeBits;
    if (end > longest.end) longest = { end, lane: at };
    height = isUnion ? height + taken : Math.max(height, taken);
  }
  if (layout.status === 'exact') {
    for (const hole of layout.holes) into.push({ kind: 'hole', ...hole, offsetBits: base + hole.offsetBits, lane });
    const { paddingBits, size } = layout;
    into.push({
      kind: 'padding',
      offsetBits: base + size * 8 - paddingBits,
      sizeBits: paddingBits,
      lane: longest.lane,
    });
  }
  return height;
}

function addField(
  field: FieldLayout,
  layout: RecordLayout,
  base: Bits,
  lane: number,
  parents: FlatMember['path'],
  into: Cell[],
): number {
  const { member, sizeBits, isBitField } = field;
  const offsetBits = base + field.offsetBits;
  const path = [...parents, member];
  const inner = anonymousRecord(member);
  if (inner !== undefined) return addRecord(layoutRecord(inner, layout.target), offsetBits, lane, path, into);
  if (member.name === undefined || sizeBits === 0) return 0;
  const flat: FlatMember = { name: member.name, member, type: member.type, offsetBits, sizeBits, isBitField, path };
  into.push({ kind: 'member', offsetBits, sizeBits, lane, member: flat });
  return 1;
}
