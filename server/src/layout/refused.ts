/** What no compiler takes behind a pointer: such a member has no layout, though the size of a pointer is known. */
import { type CType, type EnumDeclaration, isIncompleteArray, type RecordDeclaration, strip } from '../types/model';

/** Types that nest deeper than this are no C that a compiler takes. */
const DEEPEST_NESTING = 500;

/**
 * Why a type is refused by what it points to, what functions behind it return or take, or what it has elements of; undefined
 * where that may be.
 *
 * @param isOpen Whether a record is being defined where the type stands, so that it is incomplete there.
 */
export function whyRefused(type: CType, isOpen: (record: RecordDeclaration) => boolean, depth = 0): string | undefined {
  if (depth > DEEPEST_NESTING) return 'a type is nested too deeply';
  const bare = strip(type);
  switch (bare.kind) {
    case 'unknown':
      return bare.reason;
    case 'pointer':
      if (bare.isOfArray && hasNoElements(bare.to, isOpen)) return INCOMPLETE;
      return whyRefused(bare.to, isOpen, depth + 1);
    case 'array':
      if (typeof bare.length === 'number' && bare.length < 0) return 'the length of an array is negative';
      return hasNoElements(bare.of, isOpen) ? INCOMPLETE : whyRefused(bare.of, isOpen, depth + 1);
    case 'function': {
      const { kind } = strip(bare.returns);
      if (kind === 'array' || kind === 'function') return `a function returns no ${kind}`;
      const ofResult = whyRefused(bare.returns, isOpen, depth + 1);
      if (ofResult !== undefined) return ofResult;
      for (const { type: taken } of bare.parameters) {
        const why = whyRefused(taken, isOpen, depth + 1);
        if (why !== undefined) return why;
      }
      return undefined;
    }
    case 'enum':
      return bare.enumeration.unknown ?? bare.enumeration.whyRefused?.();
    default:
      return undefined;
  }
}

/** Why a type can't be part of a record: it is defined only behind that. */
export function whyBehind(type: CType, outer: RecordDeclaration): string | undefined {
  let bare = strip(type);
  while (bare.kind === 'array') bare = strip(bare.of);
  if (bare.kind === 'record' && isBehind(bare.record, outer))
    return `${bare.record.kind} ${bare.record.tag} is defined only behind it`;
  return bare.kind === 'enum' && isBehind(bare.enumeration, outer)
    ? `enum ${bare.enumeration.tag} is defined only behind it`
    : undefined;
}

/** Whether a record or enum is defined behind a record of the same file. */
export function isBehind({ place, tag }: RecordDeclaration | EnumDeclaration, outer: RecordDeclaration): boolean {
  if (tag === undefined || !place || !outer.place) return false;
  return place.start >= outer.place.end && place.path === outer.place.path;
}

const INCOMPLETE = 'the elements of an array are incomplete';

/** C11 6.2.5p20: elements are of a complete object type. */
function hasNoElements(of: CType, isOpen: (record: RecordDeclaration) => boolean): boolean {
  const bare = strip(of);
  switch (bare.kind) {
    case 'void':
    case 'function':
      return true;
    case 'array':
      return isIncompleteArray(bare);
    case 'record':
      return isOpen(bare.record) || bare.record.members === undefined;
    case 'enum':
      return bare.enumeration.enumerators === undefined;
    default:
      return false;
  }
}
