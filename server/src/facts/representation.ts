/** Whether two members that share bytes are two ways to see one value, or hold values of two owners. */
import { layoutRecord, sizeOf } from '../layout/record';
import type { Target } from '../layout/target';
import { type Bits, type CType, isUnknownValue, strip } from '../types/model';
import { flatten, intersection } from './overlay';

/** A member's type, and where it lies. */
export interface Stored {
  readonly type: CType;
  readonly offsetBits: Bits;
  readonly sizeBits: Bits;
}

/** A number or pointer that lies in a member. */
interface Leaf {
  readonly offsetBits: Bits;
  readonly sizeBits: Bits;
  /** `integer`, `any` for bytes and `void *`, else what it points to. */
  readonly holds: string;
}

/** Members of more parts are not compared. */
const MOST_LEAVES = 64;

/**
 * Whether what was stored as one is no value of the other. Numbers of any width are views of one another, and so are pointers to the
 * same type; records of one type under two names are not: whoever gave them two names has two meanings for them.
 */
export function areOfTwoOwners(one: Stored, other: Stored, target: Target): boolean {
  if (areOneRecord(one, other)) return true;
  const [left, right] = [leavesOf(one, target), leavesOf(other, target)];
  if (!left || !right) return false;
  return left.some((a) => right.some((b) => differ(a, b)));
}

/** Whether two members of one struct type lie at one place, under two names. */
export function areOneRecord(one: Stored, other: Stored): boolean {
  const record = recordOf(one.type);
  return record !== undefined && record === recordOf(other.type) && one.offsetBits === other.offsetBits;
}

/** Whether two members are structs of which some part is no value of the other's, so that no part is meant to be. */
export function areStructsOfTwoOwners(one: Stored, other: Stored, target: Target): boolean {
  return recordOf(one.type) !== undefined && recordOf(other.type) !== undefined && areOfTwoOwners(one, other, target);
}

function recordOf(type: CType): unknown {
  const bare = strip(type);
  return bare.kind === 'record' && bare.record.kind === 'struct' ? bare.record : undefined;
}

function differ(one: Leaf, other: Leaf): boolean {
  if (!intersection(one, other) || one.holds === 'any' || other.holds === 'any') return false;
  if (one.holds === 'integer' && other.holds === 'integer') return false;
  return one.holds !== other.holds || one.offsetBits !== other.offsetBits;
}

/** The leaves of a member; undefined where they can't be told. */
function leavesOf({ type, offsetBits, sizeBits }: Stored, target: Target): readonly Leaf[] | undefined {
  const found: Leaf[] = [];
  return collect(type, offsetBits, sizeBits, target, found) ? found : undefined;
}

function collect(type: CType, offsetBits: Bits, sizeBits: Bits, target: Target, into: Leaf[]): boolean {
  if (into.length > MOST_LEAVES) return false;
  const bare = strip(type);
  switch (bare.kind) {
    case 'integer':
    case 'enum':
      // One bit pattern of bytes can be anything.
      into.push({ offsetBits, sizeBits, holds: sizeBits === 8 ? 'any' : 'integer' });
      return true;
    case 'pointer':
      into.push({ offsetBits, sizeBits, holds: pointee(bare.to) });
      return true;
    case 'array': {
      const size = sizeOf(bare.of, target);
      const { length } = bare;
      if (isUnknownValue(size) || typeof length !== 'number') return false;
      for (let index = 0; index < length; index++)
        if (!collect(bare.of, offsetBits + index * size * 8, size * 8, target, into)) return false;
      return true;
    }
    case 'record': {
      const layout = layoutRecord(bare.record, target);
      if (layout.status === 'unknown') return false;
      for (const member of flatten(layout))
        if (!collect(member.type, offsetBits + member.offsetBits, member.sizeBits, target, into)) return false;
      return true;
    }
    default:
      return false;
  }
}

function pointee(type: CType): string {
  const bare = strip(type);
  if (bare.kind === 'record') return `${bare.record.kind} ${bare.record.tag ?? '?'}`;
  if (bare.kind === 'function') return 'function';
  // What points to numbers is some owner's raw view.
  if (bare.kind === 'void' || bare.kind === 'integer') return 'any';
  return bare.kind;
}
