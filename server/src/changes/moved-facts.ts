/** What the headers say of records that a commit moved: claims on bits and static asserts, and the bytes they stand on now. */
import { C_ASSERTS } from '../facts/assert-macros';
import { assertsOf } from '../facts/asserts';
import { type Claim, claimsOf } from '../facts/claims';
import { contextOf } from '../facts/context';
import type { LayoutAssert } from '../facts/layout-assert';
import type { FoundRecord } from '../project/record-finder';
import { filesHolding, type Pair } from './changed-records';
import type { Side } from './sides';

/** A claim of one owner on a bit; a side that does not have it has none. */
export interface MovedClaim {
  readonly before: Claim | undefined;
  readonly after: Claim | undefined;
}

/** The claims on a record's bits that are new, gone, or on another word or bit than before. */
export function movedClaims(pair: Pair, before: Side, after: Side): MovedClaim[] {
  const ours = claimsOn(before, pair.before);
  const theirs = claimsOn(after, pair.after);
  const key = ({ owner, kind, bit }: Claim): string => `${owner} ${kind} ${bit}`;
  const open = new Map(ours.map((claim) => [key(claim), claim]));
  const moved: MovedClaim[] = [];
  for (const claim of theirs) {
    const earlier = open.get(key(claim));
    open.delete(key(claim));
    if (earlier?.word !== claim.word) moved.push({ before: earlier, after: claim });
  }
  for (const claim of open.values()) moved.push({ before: claim, after: undefined });
  return moved;
}

function claimsOn({ finder }: Side, found: FoundRecord | undefined): readonly Claim[] {
  if (found?.layout.status !== 'exact') return [];
  const { record, globals } = finder.withAccessors(found);
  return claimsOf(globals, record, finder.target, finder.facts.claims);
}

/** An assert with the side's own place and verdict. */
export interface StandingAssert {
  readonly path: string;
  /** As it is written, on one line; a byte string. */
  readonly text: string;
  readonly assert: LayoutAssert;
}

export interface MovedAssert {
  readonly before: StandingAssert | undefined;
  readonly after: StandingAssert;
}

/** The asserts over these records whose offsets or verdicts are others on the second side, in the order of the files. */
export function movedAsserts(pairs: readonly Pair[], before: Side, after: Side): MovedAssert[] {
  const tags = [...new Set(pairs.flatMap(({ name, after: there }) => (there ? [name.name] : [])))];
  if (tags.length === 0) return [];
  const measures = new RegExp(
    `(?:offsetof|sizeof|sizeof_field)\\s*\\(\\s*(?:(?:struct|union)\\s+)?(?:${tags.join('|')})\\b`,
  );
  const asserts = new RegExp(`\\b(?:${[...C_ASSERTS, ...after.finder.facts.buildBugs].join('|')})\\b`);
  const files = filesHolding(tags, after, (text) => asserts.test(text) && measures.test(text));
  return files.flatMap((file) => {
    const open = new Map(standingIn(file, before).map((one) => [one.text, one]));
    return standingIn(file, after)
      .map((one): MovedAssert => ({ before: open.get(one.text), after: one }))
      .filter((one) => one.before && standing(one.before) !== standing(one.after));
  });
}

function standingIn(path: string, { finder, files }: Side): StandingAssert[] {
  if (!files.exists(path)) return [];
  const { globals } = contextOf(finder.tree, finder.target, path);
  const text = finder.tree.textOf(path) ?? '';
  return assertsOf(globals, path, finder.facts.buildBugs).map((assert) => {
    const { start, end } = assert.place;
    return { path, text: text.slice(start, end).replace(/\s+/g, ' '), assert };
  });
}

/** What there is to compare of an assert. */
function standing({ assert: { verdict, match } }: StandingAssert): string {
  const offsets = match?.map(({ offset, plus }) => `${offset}+${plus}`).join(' ') ?? '';
  return `${typeof verdict === 'string' ? verdict : 'unknown'} ${offsets}`;
}
