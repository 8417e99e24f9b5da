/** Who owns which bit of which word: mined from the comments on members and from the masks in their accessors. */

import { layoutRecord } from '../layout/record';
import type { Target } from '../layout/target';
import type { ClaimPattern } from '../packs/pack';
import { claimMatches } from '../packs/patterns';
import type { UnitGlobals } from '../parser/globals';
import type { Place } from '../text/text';
import type { RecordDeclaration } from '../types/model';
import { type AccessorMask, accessorMasks } from './accessor-masks';
import { commentsAround } from './comments';
import { familyOf } from './families';
import { type FlatMember, flatten } from './overlay';

export interface Claim {
  /** Byte offset of the word, in the record that was asked about. */
  readonly word: number;
  /** Counted from the least significant. */
  readonly bit: number;
  /** `sets`: the owner tells itself by the bit; `keeps clear`: it relies on the bit being zero. */
  readonly kind: 'sets' | 'keeps clear';
  /** Who claims it, in one word: `compound_head`, `pfmemalloc`. */
  readonly owner: string;
  /** The constant that the accessors know the bit by: `PAGE_MAPPING_ANON`. */
  readonly constant?: string;
  /** The kernel's own words: a comment, or the accessor's name. */
  readonly quote: string;
  readonly place: Place;
  /** The quote is a comment's. */
  readonly isComment: boolean;
  /** It goes by a member of its own, and is known from its accessors alone. */
  readonly isOwn: boolean;
  /** Another owner sets the same bit. */
  readonly clashes: boolean;
}

/** What people call the bit: its constant, where it has one. */
export function claimName({ constant, owner }: Pick<Claim, 'constant' | 'owner'>): string {
  return constant ?? owner;
}

/** `bit 0 is PAGE_MAPPING_ANON`, `bit 0: compound_head sets it`. */
export function claimWords(claim: Pick<Claim, 'bit' | 'kind' | 'constant' | 'owner'>, name = claimName(claim)): string {
  return claim.constant === undefined
    ? `bit ${claim.bit}: ${name} ${claim.kind === 'sets' ? 'sets it' : 'keeps it clear'}`
    : `bit ${claim.bit} is ${name}`;
}

const known = new WeakMap<object, WeakMap<readonly ClaimPattern[], Map<RecordDeclaration, readonly Claim[]>>>();

/**
 * The claims on a record's words, those of its family included; ordered by word, bit and place. Worked out once for a
 * file, as long as only function bodies change in it.
 */
export function claimsOf(
  globals: UnitGlobals,
  record: RecordDeclaration,
  target: Target,
  patterns: readonly ClaimPattern[],
): readonly Claim[] {
  let byPatterns = known.get(globals.lineage);
  if (!byPatterns) known.set(globals.lineage, (byPatterns = new WeakMap()));
  let byRecord = byPatterns.get(patterns);
  if (!byRecord) byPatterns.set(patterns, (byRecord = new Map()));
  let claims = byRecord.get(record);
  if (!claims) byRecord.set(record, (claims = mine(globals, record, target, patterns)));
  return claims;
}

function mine(
  globals: UnitGlobals,
  record: RecordDeclaration,
  target: Target,
  patterns: readonly ClaimPattern[],
): Claim[] {
  const found: Omit<Claim, 'clashes'>[] = [];
  const family = familyOf(globals, record).filter(({ at }) => at >= 0);
  for (const { record: relative, at } of family) {
    for (const member of flatten(layoutRecord(relative, target))) {
      for (const claim of commentClaims(globals, member, patterns))
        found.push({ ...claim, word: wordOf(member, at, target) });
    }
  }
  const tags = new Set(family.map(({ record: { tag } }) => tag));
  for (const mask of accessorMasks(globals, family, target)) {
    // Whoever reaches into a list head for a tag has no member of its own; its functions say whose tag it is.
    const owner = mask.isWhole ? mask.member : ownerIn(mask, tags);
    const { word, bit, place, constant } = mask;
    found.push({
      word,
      bit,
      kind: 'sets',
      owner,
      ...(constant !== undefined && { constant }),
      quote: `${mask.within}()`,
      place,
      isOwn: mask.isWhole,
      isComment: false,
    });
  }
  return withClashes(foldAccessors(found));
}

/** One line a claim: of the accessors of one owner, the first stands for all. */
function foldAccessors(claims: readonly Omit<Claim, 'clashes'>[]): Omit<Claim, 'clashes'>[] {
  const sorted = [...claims].sort(
    (a, b) => a.word - b.word || a.bit - b.bit || Number(b.isComment) - Number(a.isComment),
  );
  const placeOf = ({ word, bit, kind }: Omit<Claim, 'clashes'>): string => `${word} ${bit} ${kind}`;
  const keyOf = (claim: Omit<Claim, 'clashes'>): string => `${placeOf(claim)} ${claim.owner}`;
  const constants = new Map<string, string>();
  for (const claim of claims) if (claim.constant !== undefined) constants.set(keyOf(claim), claim.constant);
  const named = firstOfEach(sorted, keyOf).map((claim) => {
    const constant = claim.isComment ? undefined : constants.get(keyOf(claim));
    return constant === undefined ? claim : { ...claim, constant };
  });
  // Members that asserts tie together have one constant for one bit.
  return firstOfEach(named, (claim) =>
    claim.isOwn && claim.constant !== undefined ? `${placeOf(claim)}=${claim.constant}` : keyOf(claim),
  );
}

function firstOfEach<T>(list: readonly T[], keyOf: (one: T) => string): T[] {
  const seen = new Set<string>();
  return list.filter((one) => !seen.has(keyOf(one)) && seen.add(keyOf(one)));
}

function withClashes(claims: readonly Omit<Claim, 'clashes'>[]): Claim[] {
  const setting = new Map<string, Setters>();
  for (const { kind, word, bit, owner, isOwn } of claims) {
    if (kind !== 'sets') continue;
    const key = `${word} ${bit}`;
    let setters = setting.get(key);
    if (!setters) setting.set(key, (setters = { all: new Set(), others: new Set() }));
    setters.all.add(owner);
    if (!isOwn) setters.others.add(owner);
  }
  return claims.map((claim) => {
    const setters = claim.kind === 'sets' ? setting.get(`${claim.word} ${claim.bit}`) : undefined;
    // Members that asserts tie together (memcg_data, obj_exts) carry one tag under several names.
    const rivals = claim.isOwn ? setters?.others : setters?.all;
    return { ...claim, clashes: rivals !== undefined && rivals.size > (rivals.has(claim.owner) ? 1 : 0) };
  });
}

/** Owners that set one bit; `others` are those that are not tied to the member by asserts. */
interface Setters {
  readonly all: Set<string>;
  readonly others: Set<string>;
}

function wordOf(member: FlatMember, at: number, target: Target): number {
  const size = target.pointer.size;
  return Math.floor((at + member.offsetBits / 8) / size) * size;
}

function* commentClaims(
  globals: UnitGlobals,
  member: FlatMember,
  patterns: readonly ClaimPattern[],
): Iterable<Omit<Claim, 'clashes' | 'word'>> {
  const place = member.member.place;
  const file = place && globals.files.find((other) => other.path === place.path);
  if (!file || !place) return;
  const lineStart = file.text.lastIndexOf('\n', place.start) + 1;
  const lineEnd = file.text.indexOf('\n', place.end);
  for (const { start, end } of commentsAround(file.tokens.comments, lineStart, lineEnd)) {
    // Behind the member on its line, or alone on the lines right above it.
    const isBehind = start >= place.end && start < lineEnd && !/;.*;/.test(file.text.slice(place.end, start));
    const startsLine = /^\s*$/.test(file.text.slice(file.text.lastIndexOf('\n', start) + 1, start));
    const isAbove = startsLine && end <= lineStart && /^[ \t]*\n?[ \t]*$/.test(file.text.slice(end, lineStart));
    if (!isBehind && !isAbove) continue;
    const text = file.text
      .slice(start, end)
      .replace(/^\/[*/]+|\*\/$/g, '')
      .replace(/\s*\n\s*\*?\s*/g, ' ')
      .trim();
    for (const pattern of patterns) {
      for (const match of claimMatches(pattern, text)) {
        const bit = BIT_WORDS[match.bit.toLowerCase()] ?? Number(match.bit);
        if (!Number.isInteger(bit) || bit < 0 || bit > 63) continue;
        const quote = text.length > 60 ? match.text : text;
        yield { bit, kind: pattern.kind, owner: member.name, quote, place, isOwn: false, isComment: true };
      }
    }
  }
}

const BIT_WORDS: Readonly<Record<string, number>> = { zero: 0, one: 1, two: 2, three: 3 };

/** Words in an accessor's name that say what it does, not whose bit it is. */
const PLAIN_WORDS = new Set(['is', 'set', 'clear', 'test', 'get', 'put', 'has', 'to', 'of']);

/** `page_is_pfmemalloc` speaks of `pfmemalloc`: neither of what is done nor of the records that are laid over one another. */
function ownerIn({ within }: AccessorMask, tags: ReadonlySet<string | undefined>): string {
  const words = within.split('_').filter((word) => {
    const plain = word.toLowerCase();
    return plain && !PLAIN_WORDS.has(plain) && !tags.has(plain);
  });
  return words.join('_') || within;
}
