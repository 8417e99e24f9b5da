/** Every access to the bytes that a member shares with others: through all views of its union and all of its family. */
import { familyOf } from '../facts/families';
import { type BitRange, flatten, intersection } from '../facts/overlay';
import { offsetOf } from '../layout/member';
import { layoutRecord, title } from '../layout/record';
import type { Target } from '../layout/target';
import type { UnitGlobals } from '../parser/globals';
import { StepKind } from '../preprocessor/source';
import type { WordNeed } from '../search/word-search';
import { nameId, nameText } from '../text/names';
import type { Place } from '../text/text';
import { TokenKind } from '../text/tokens';
import { isUnknownValue, type RecordDeclaration, strip } from '../types/model';

/** A member that holds some of the bytes; its range is in bits from the start of its own record. */
export interface SharingMember extends BitRange {
  readonly name: string;
}

/** A record that holds some of the bytes; plain data, as it goes to worker threads. */
export interface SharingRecord {
  readonly kind: 'struct' | 'union';
  readonly tag: string;
  /** The file that defines it; a record of the same tag elsewhere is another one. */
  readonly path: string;
  /** The bytes that are asked for, in bits from this record's start. */
  readonly asked: BitRange;
  readonly members: readonly SharingMember[];
}

/** Whose uses are looked for; plain data. */
export interface UsesQuery {
  /** As people write it: `struct page`. */
  readonly record: string;
  readonly member: string;
  readonly sharing: readonly SharingRecord[];
  /** Macros of headers that name one of the members in their bodies. */
  readonly macros: readonly string[];
  /** What a file must hold to be worth reading. */
  readonly needs: readonly WordNeed[];
}

/**
 * The query for a member of a record, or the reason why there is none.
 *
 * @param isGeneral Whether any file may include a header; a private one's members are looked for only where its record
 *   or itself is named.
 */
export function usesQuery(
  globals: UnitGlobals,
  record: RecordDeclaration,
  member: string,
  target: Target,
  isGeneral: (path: string) => boolean,
): UsesQuery | { readonly unknown: string } {
  const place = offsetOf(record, member, target);
  if (isUnknownValue(place)) return place;
  const family = familyOf(globals, record);
  const isFamily = (other: RecordDeclaration): boolean => family.some((relative) => relative.record === other);
  const sharing: SharingRecord[] = [];
  for (const { record: other, at } of family) {
    if (other.tag === undefined || other.place === undefined) continue;
    // A flexible array has no bits of its own; its place is asked for all the same.
    const asked = { offsetBits: place.offsetBits - at * 8, sizeBits: Math.max(1, place.sizeBits) };
    const members = flatten(layoutRecord(other, target)).filter(({ type, ...range }) => {
      const bare = strip(type);
      // What embeds a member of the family is a way to it, not a use of its bytes.
      return intersection(range, asked) !== undefined && !(bare.kind === 'record' && isFamily(bare.record));
    });
    if (members.length === 0) continue;
    sharing.push({
      kind: other.kind,
      tag: other.tag,
      path: other.place.path,
      asked,
      members: members.map(({ name, offsetBits, sizeBits }) => ({ name, offsetBits, sizeBits })),
    });
  }
  const general = new Set(sharing.filter(({ path }) => isGeneral(path)).flatMap(namesOf));
  const macros = macrosNaming(globals, general);
  return { record: title(record), member, sharing, macros, needs: needsOf(sharing, general, macros) };
}

function namesOf({ members }: SharingRecord): string[] {
  return members.map(({ name }) => name);
}

/** Names of macros in headers whose bodies hold one of some words. */
function macrosNaming(globals: UnitGlobals, words: ReadonlySet<string>): string[] {
  const ids = new Set([...words].map(nameId));
  const found = new Set<string>();
  for (const { table } of globals.tables) {
    const { tokens, steps } = table.file;
    for (const { kind, definition } of steps) {
      if (kind !== StepKind.Define || !definition) continue;
      for (let token = definition.bodyFirst; token < definition.bodyEnd; token++)
        if (tokens.kinds[token] === TokenKind.Identifier && ids.has(tokens.ids[token])) {
          if (!definition.parameters?.includes(tokens.ids[token])) found.add(nameText(definition.id));
          break;
        }
    }
  }
  return [...found].sort();
}

function needsOf(
  sharing: readonly SharingRecord[],
  general: ReadonlySet<string>,
  macros: readonly string[],
): WordNeed[] {
  const needs = new Map<string, WordNeed>();
  const add = (need: WordNeed): void => void needs.set(String(need), need);
  for (const name of [...general, ...macros]) add(name);
  for (const { tag, path, members } of sharing)
    for (const { name } of members) {
      if (general.has(name)) continue;
      const stem = /([A-Za-z_]\w*)[^/]*$/.exec(path)?.[1];
      add([tag, name]);
      if (stem) add([stem, name]);
    }
  return [...needs.keys()].sort().map((key) => needs.get(key)!);
}

/** How an access touches the bytes. Who takes an address, or names the member for a list macro, may do either. */
export type UseMode = 'read' | 'write' | 'address';

export interface Use extends Place {
  readonly mode: UseMode;
  /** The record and the member that the access goes through: `struct folio`, `lru`. */
  readonly record: string;
  readonly member: string;
  /** The function, variable or macro that it is spelled in. */
  readonly within: string;
}
