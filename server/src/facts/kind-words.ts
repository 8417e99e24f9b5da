/** Mines from comments at the alternatives of a union for which objects each is there, in plain words: "for polled bios". */

import { plain } from './member-text';
import { membersBeside } from './members-beside';
import { armOf, armsIn } from './union-arms';

/** What a comment says of the objects that an alternative of a union is there for. */
export interface ForObjects {
  /** By which accesses go to the alternative. */
  readonly members: ReadonlySet<string>;
  /** Which union of the record it stands in. */
  readonly union: number;
  /** Stems of the words that tell them from others, without a noun that is there for all of them: `poll` of `polled bios`. */
  readonly stems: readonly string[];
  readonly quote: string;
  /** Where the comment stands. */
  readonly start: number;
  readonly end: number;
}

const PHRASE = String.raw`((?:[a-z][\w-]*\s+){1,3}[a-z][\w-]*s)`;

/** A comment that says no more: `for polled bios:`, `only used for zoned writes`, `hashed ones only`. */
const FOR = new RegExp(
  String.raw`^(?:only\s+)?(?:used\s+|valid\s+)?(?:only\s+)?(?:for|by|in)\s+(?:the\s+)?${PHRASE}(?:\s+only)?\s*[.:!]?$|^(?:the\s+)?${PHRASE}\s+only\s*[.:!]?$`,
  'i',
);

/** Words that tell no kind of object, and what lists and refusals are made of. */
const NO_KIND =
  /\b(?:not?|all|any|some|other|most|few|and|or|both|but|of|various|different|internal|private|these|those|its)\b/i;

/** Nouns that stand for objects of any kind. */
const ANY_NOUN = new Set(['ones', 'objects', 'entries', 'items', 'cases', 'users'].map(stem));

/**
 * What the comments at the unions of a record say of the objects that each alternative is there for; the record stands between two offsets.
 *
 * @param tag The record's: `bios` stands for all of `struct bio`.
 */
export function objectsFor(text: string, from: number, to: number, tag: string): readonly ForObjects[] {
  const part = text.slice(from, to);
  const arms = armsIn(part.replace(/\/\*[\s\S]*?\*\//g, ''));
  if (arms.length === 0) return [];
  return [...part.matchAll(/\/\*[\s\S]*?\*\/|\/\/.*/g)].flatMap(({ 0: comment, index }) => {
    const quote = plain(comment.replace(/^\/[*/]+|\*+\/$/g, ''));
    const [, first, second] = FOR.exec(quote) ?? [];
    const phrase = first ?? second;
    if (phrase === undefined || NO_KIND.test(phrase)) return [];
    const place = { start: from + index, end: from + index + comment.length };
    const arm = armOf(arms, membersBeside(text, place.start, place.end));
    const words = stemsOf(phrase);
    const noun = words[words.length - 1];
    const stems = ANY_NOUN.has(noun) || stemsOf(tag).includes(noun) ? words.slice(0, -1) : words;
    return arm && stems.length > 0 ? [{ members: arm.all, union: arm.union, stems, quote, ...place }] : [];
  });
}

/** The stems of words, be they apart by blanks, hyphens or underscores. */
function stemsOf(words: string): readonly string[] {
  return words
    .toLowerCase()
    .split(/[\s_-]+/)
    .flatMap((word) => (word === '' ? [] : [stem(word)]));
}

/** `plugged` and `plugging` of `plug`, `zoned` and `zones` of `zone`. */
function stem(word: string): string {
  const bare = word.length > 3 ? word.replace(/(?:ie)?s$/, '') : word;
  const root = bare.length > 4 ? bare.replace(/(?:ing|ed)$/, '') : bare;
  return root.length > 2 ? root.replace(/([bdgmnprt])\1$/, '$1').replace(/[ey]$/, '') : root;
}

/** Whether the name of a flag, or of a question, is made of the words for some objects: `REQ_POLLED` for `polled bios`. */
export function asksForThem(name: string, { stems }: ForObjects): boolean {
  const parts = stemsOf(name.replace(/\(\)$/, ''));
  const meant = new Set(stems);
  return parts.some((_, index) => {
    const rest = new Set(parts.slice(index));
    const isTold = index > 0 && [...rest].some((one) => one.length > 2);
    return isTold && meant.size === rest.size && [...meant].every((one) => rest.has(one));
  });
}
