/** What is known of the bytes that members share, on every way to a point: by which member they were stored last. */
import type { Expression } from '../types/ast';
import type { RecordDeclaration } from '../types/model';
import type { Lattice } from './lattice';
import { isWithin } from './member-names';
import type { MemberOfObject } from './object-paths';

/** A member that was stored last over its bytes. */
export interface ViewMark {
  readonly record: RecordDeclaration;
  readonly path: string;
  readonly offsetBits: number;
  readonly sizeBits: number;
  /** The first token of the expression that did it. */
  readonly site: number;
  /** Nothing but 0 was stored, which says little of whose the bytes are. */
  readonly isZero: boolean;
  /** Others may reach the object since: it was put on a list. */
  readonly isShared: boolean;
  /** Others use it later: nothing is to be stored over it until then. */
  readonly isPending?: boolean;
  /** It was put on a list. */
  readonly isListed?: boolean;
}

/** A member is used while its bytes hold another one. */
export interface StaleUse {
  readonly expression: Expression;
  readonly member: MemberOfObject;
  readonly mark: ViewMark;
  /** The function that uses it, where the expression is a call. */
  readonly by: string | undefined;
  /** It is stored over what others use later. */
  readonly isOver?: boolean;
}

/** Marks by object. */
export type Views = ReadonlyMap<string, readonly ViewMark[]>;

export const viewLattice: Lattice<Views> = {
  initial: () => new Map(),
  equals: (one, other) => {
    if (one.size !== other.size) return false;
    for (const [object, marks] of one) {
      const others = other.get(object);
      if (others?.length !== marks.length) return false;
      for (const [index, mark] of marks.entries()) if (!isSame(mark, others[index])) return false;
    }
    return true;
  },
  // Only what holds on both ways is kept, so that there is ever less.
  merge: (one, other) => {
    const merged = new Map<string, readonly ViewMark[]>();
    for (const [object, marks] of one) {
      const others = other.get(object);
      const kept = marks.flatMap((mark) => {
        const twin = others?.find(({ path, record }) => path === mark.path && record === mark.record);
        return twin ? [meeting(mark, twin)] : [];
      });
      if (kept.length > 0) merged.set(object, kept);
    }
    return merged;
  },
};

function meeting(one: ViewMark, other: ViewMark): ViewMark {
  const first = one.site <= other.site ? one : other;
  return {
    ...first,
    isZero: one.isZero || other.isZero,
    isShared: one.isShared || other.isShared,
    isPending: one.isPending && other.isPending,
    isListed: one.isListed && other.isListed,
  };
}

function isSame(one: ViewMark, other: ViewMark): boolean {
  return (
    one.path === other.path &&
    one.record === other.record &&
    one.site === other.site &&
    one.isZero === other.isZero &&
    one.isShared === other.isShared &&
    one.isPending === other.isPending &&
    one.isListed === other.isListed
  );
}

/** Whether two places in a record share bytes. */
export function meets(
  one: { offsetBits: number; sizeBits: number },
  other: { offsetBits: number; sizeBits: number },
): boolean {
  return one.offsetBits < other.offsetBits + other.sizeBits && other.offsetBits < one.offsetBits + one.sizeBits;
}

/**
 * What others use later of the bytes at a place, other than by this member.
 *
 * @param isHanded The member is itself handed to whoever uses it later: what others have on a list is gone for them as well.
 */
export function pendingUnder(
  marks: readonly ViewMark[],
  { record, path }: Pick<MemberOfObject, 'record' | 'path'>,
  place: { offsetBits: number; sizeBits: number },
  isHanded: boolean,
): ViewMark | undefined {
  return marks.find(
    (mark) =>
      (mark.isPending === true || (isHanded && mark.isListed)) &&
      mark.record === record &&
      meets(mark, place) &&
      !isWithin(mark.path, path),
  );
}
