/** Records that are laid over one another, known from the shape of the asserts that tie their members. */
import type { UnitGlobals } from '../parser/globals';
import type { RecordDeclaration } from '../types/model';
import { asserting, type LayoutAssert, matchesOf } from './asserts';

/** A member of a family, with the byte in the asked record at which it starts (a folio's second page is at 64). */
export interface Relative {
  readonly record: RecordDeclaration;
  readonly at: number;
}

const known = new WeakMap<UnitGlobals, readonly LayoutAssert[]>();

/** All asserts of a unit that say two members lie at one place; worked out once. */
export function ties(globals: UnitGlobals): readonly LayoutAssert[] {
  let found = known.get(globals);
  if (!found) {
    found = asserting(globals).flatMap((path) => matchesOf(globals, path));
    known.set(globals, found);
  }
  return found;
}

/** The records that asserts lay over one, itself first, at offset 0. */
export function familyOf(globals: UnitGlobals, record: RecordDeclaration): Relative[] {
  const found: Relative[] = [{ record, at: 0 }];
  for (const { record: current, at } of found) {
    for (const { verdict, match } of ties(globals)) {
      if (verdict !== 'holds' || !match) continue;
      for (const [one, other] of [match, [match[1], match[0]] as const]) {
        if (one.record !== current || other.record === current) continue;
        // offsetof(page, x) + 64 == offsetof(folio, y): page lies at 64 of folio.
        const start = at + one.plus - other.plus;
        if (start < 0 || found.some((relative) => relative.record === other.record)) continue;
        found.push({ record: other.record, at: start });
      }
    }
  }
  return found;
}
