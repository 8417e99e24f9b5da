/** Records that are laid over one another, known from the shape of the asserts that tie their members. */
import type { UnitGlobals } from '../parser/globals';
import type { SourceFile } from '../preprocessor/source';
import type { RecordDeclaration } from '../types/model';
import { asserting, matchesOf } from './asserts';
import type { LayoutAssert } from './layout-assert';

/** A member of a family, with the byte in the asked record at which it starts (a folio's second page is at 64). */
export interface Relative {
  readonly record: RecordDeclaration;
  readonly at: number;
}

interface Known {
  /** The files that may tie members. */
  readonly files: readonly SourceFile[];
  readonly matches: Map<SourceFile, readonly LayoutAssert[]>;
}

const known = new WeakMap<UnitGlobals, Known>();

/**
 * The asserts of a unit that say two members lie at one place; those of each file are worked out once.
 *
 * @param names Where only ties of members with such names matter: files that spell none of them are passed over.
 */
export function ties(globals: UnitGlobals, names?: readonly string[]): readonly LayoutAssert[] {
  let kept = known.get(globals);
  if (!kept) known.set(globals, (kept = { files: asserting(globals), matches: new Map() }));
  const { files, matches } = kept;
  return files.flatMap((file) => {
    if (names && !names.some((name) => file.text.includes(name))) return [];
    let found = matches.get(file);
    if (!found) matches.set(file, (found = matchesOf(globals, file.path)));
    return found;
  });
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
