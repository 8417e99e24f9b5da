/**
 * Runs the patterns of packs over comments. Those of a user's own packs run in linear time, whatever they are, so that
 * none can freeze an editor; what would need more than that is no pattern.
 */
import { RE2JS } from 're2js';
import { type ClaimPattern, shippedPacks } from './pack';

/** What a pattern matched, and its first group: the bit as it is written. */
interface ClaimMatch {
  readonly text: string;
  readonly bit: string;
}

type Search = (text: string) => readonly ClaimMatch[];

const searches = new WeakMap<ClaimPattern, Search>();
const shipped = new Set(shippedPacks.flatMap((pack) => pack.claims ?? []));

/** Every match of a pattern, in order; none for a pattern that can't be read. */
export function claimMatches(claim: ClaimPattern, text: string): readonly ClaimMatch[] {
  let search = searches.get(claim);
  if (!search) searches.set(claim, (search = shipped.has(claim) ? natively(claim.pattern) : linearly(claim.pattern)));
  return search(text);
}

/** How a pattern has the bit as a number or a word. */
const NAMED = 'bit (zero|one|two|\\d+)';
const NAMES = ['zero', 'one', 'two', ...Array.from({ length: 64 }, (_, bit) => String(bit))];

/**
 * What stands in the texts that claims on bits are looked for in: of the shipped patterns one of these, as it opens a
 * sentence, since lower case names bits of registers, by the thousand; of a user's own the word in either case.
 */
export function claimWords(claims: readonly ClaimPattern[]): readonly string[] {
  if (claims.some((claim) => !shipped.has(claim))) return ['Bit', 'bit'];
  return claims.every(({ pattern }) => pattern.includes(NAMED)) ? NAMES.map((name) => `Bit ${name}`) : ['Bit'];
}

/** Whether any of some patterns matches. */
export function speaksOfBits(claims: readonly ClaimPattern[], text: string): boolean {
  let test = tests.get(claims);
  if (!test) {
    const own = claims.filter((claim) => !shipped.has(claim));
    const others = claims.filter((claim) => shipped.has(claim)).map(({ pattern }) => `(?:${pattern})`);
    // All at once: many a text is looked through for nothing.
    const expression = others.length > 0 ? new RegExp(others.join('|'), 'i') : undefined;
    test = (asked) => expression?.test(asked) || own.some((claim) => claimMatches(claim, asked).length > 0);
    tests.set(claims, test);
  }
  return test(text);
}

const tests = new WeakMap<readonly ClaimPattern[], (text: string) => boolean>();

/**
 * Whether any of some patterns may match in a comment of a text, by the text as it is: what a line of a comment begins with
 * counts as a blank in it. Most texts hold none, and need not be cut into tokens to tell.
 */
export function maySpeakOfBits(claims: readonly ClaimPattern[], text: string): boolean {
  let all = rawTests.get(claims);
  if (all === undefined) {
    const isPlain = claims.every((claim) => shipped.has(claim) && !claim.pattern.includes('['));
    // What all of them hold is looked for by itself first, which takes a third of the time.
    const parts = claims.every(({ pattern }) => pattern.includes(NAMED)) ? [[NAMED]] : [];
    parts.push(claims.map(({ pattern }) => pattern));
    all = isPlain ? parts.map((patterns) => new RegExp(patterns.map(inComments).join('|'), 'i')) : [];
    rawTests.set(claims, all);
  }
  return all.every((test) => test.test(text));
}

/** A pattern that matches across the lines of a comment. */
function inComments(pattern: string): string {
  return pattern.replace(/ |\\s/g, (blank) => (blank === ' ' ? '[\\s*]+' : '[\\s*]'));
}

/** By patterns: what must match where one of them may; nothing where only each comment can tell. */
const rawTests = new WeakMap<readonly ClaimPattern[], readonly RegExp[]>();

/**
 * Why a pattern can't be used, as a sentence without its full stop; undefined for one that can.
 *
 * @param leastGroups How many groups it must have.
 */
export function whyNoPattern(pattern: string, leastGroups = 1): string | undefined {
  try {
    const groups = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).groupCount();
    return groups >= leastGroups ? undefined : 'pattern must have a group that is the bit, as in "bit ([0-9]+) is set"';
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return `pattern is no regular expression in RE2 syntax: ${reason}`;
  }
}

function natively(pattern: string): Search {
  const expression = new RegExp(pattern, 'gi');
  return (text) => [...text.matchAll(expression)].map((match) => ({ text: match[0], bit: match[1] ?? '' }));
}

function linearly(pattern: string): Search {
  if (whyNoPattern(pattern) !== undefined) return () => [];
  const expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  return (text) => {
    const found: ClaimMatch[] = [];
    const matcher = expression.matcher(text);
    while (matcher.find()) found.push({ text: matcher.group(0) ?? '', bit: matcher.group(1) ?? '' });
    return found;
  };
}
