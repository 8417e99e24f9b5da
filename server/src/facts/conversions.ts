/** What headers say of conversions: which predicate tells whether one may be made, and which words come unasked. */
import { type CType, strip } from '../types/model';

/** What must hold before a function is called, by its name or by what it asserts. */
export interface Condition {
  /** Who answers; a member, where it is compared with a constant. */
  readonly predicate: string;
  readonly holds: boolean;
  /** The constant that the answer is, or is not. */
  readonly constant?: string;
  /** Further constants of which one is as good. */
  readonly others?: readonly string[];
  /** The constant is one bit among others, or is compared with what no member has as it is. */
  readonly isBit?: boolean;
}

/** `is_car()` beside `to_car()`, `part_is_leaf()` beside `part_to_leaf()`, `IS_BAD()` beside `PTR_BAD()`. */
export function predicateBeside(converter: string): string | undefined {
  const name = converter.replace(/(^|_)to_/, '$1is_').replace(/^PTR_/, 'IS_');
  return name === converter ? undefined : name;
}

export function converterBeside(predicate: string): string | undefined {
  const name = predicate.replace(/(^|_)is_/, '$1to_').replace(/^IS_/, 'PTR_');
  return name === predicate ? undefined : name;
}

/** What the text of a function asserts of its first parameter. */
export function assertedIn(text: string): Condition[] {
  const parameter = /^[^(]*?\w+\(\s*(?:[\w\s*]*?[\s*])(\w+)\s*[,)]/.exec(text)?.[1];
  if (parameter === undefined) return [];
  const given = String.raw`(\w+)\(\s*${parameter}\s*\)`;
  const asserts = new RegExp(
    String.raw`\b(\w*(?:BUG_ON|WARN_ON|ASSERT)\w*)\(\s*(!?)\s*(?:${given}|${parameter}->(\w+))\s*(?:([!=]=)\s*([A-Z]\w+)\s*)?[,)]`,
    'g',
  );
  // What only some ways assert says nothing of the others.
  const isAlways = (before: string): boolean =>
    !/\b(?:case|else)\b|\bif\s*\(/.test(before.replace(/\bif\s*\((?:\s*(?:un)?likely\()?\s*$/, ''));
  return [...text.matchAll(asserts)].flatMap((match) => {
    const [, name, not, predicate, member, operator, constant] = match;
    if (!isAlways(text.slice(0, match.index))) return [];
    // What complains says when it does, what asserts says what holds.
    const isComplaint = /(?:BUG|WARN)_ON/.test(name);
    const isSame = operator === undefined ? not === '' : operator === '==' && not === '';
    if (operator === undefined) return predicate === undefined ? [] : [{ predicate, holds: isSame !== isComplaint }];
    return not === '' ? [{ predicate: predicate ?? member, constant, holds: isSame !== isComplaint }] : [];
  });
}

export function isInteger(type: CType | undefined): boolean {
  return type !== undefined && strip(type).kind === 'integer';
}

/** Functions that give words of several kinds, by name, with the question that their header offers. */
export function rawGivers(text: string): ReadonlyMap<string, string> {
  const found = documentedGivers(text);
  if (!text.includes('const void *')) return found;
  const questions = new Map<string, string>();
  for (const [, name, tag] of text.matchAll(
    /\bbool\s+(\w+)\(\s*struct\s+(\w+)\s*\*\s*\w*,\s*const\s+void\s*\*\s*\w*\s*\)/g,
  ))
    questions.set(tag, name);
  if (questions.size === 0) return found;
  for (const [, name, tag] of text.matchAll(/\bvoid\s*\*\s*(\w+)\(\s*struct\s+(\w+)\s*\*/g)) {
    const question = questions.get(tag);
    if (question !== undefined) found.set(name, question);
  }
  return found;
}

/**
 * Those of which the kernel-doc of a question speaks: `@word: pointer returned by shelf_load` above `int shelf_again(void *word)`. Its
 * first question is a header's own.
 */
function documentedGivers(text: string): Map<string, string> {
  const found = new Map<string, string>();
  if (!text.includes('returned by')) return found;
  for (const { 1: giver, index } of text.matchAll(/\*[ \t]*@\w+:\s+(?:\w+\s+){0,3}returned by (\w+)/g)) {
    const close = text.indexOf('*/', index);
    const question = /^\*\/\s*(?:static\s+inline\s+)?(?:int|bool)\s+(\w+)\(\s*(?:const\s+)?void\s*\*\s*\w+\s*\)/.exec(
      text.slice(close, close + 200),
    )?.[1];
    if (question === undefined || found.has(giver)) continue;
    if (new RegExp(`\\bvoid\\s*\\*\\s*${giver}\\(`).test(text)) found.set(giver, question);
  }
  return found;
}

/**
 * Structs for whose pointers a header has a question: a low bit says that there is no struct but the end of a chain, an odd number.
 * The structs may be another header's. By tag, with the question.
 */
export function askedPointers(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, name, tag] of text.matchAll(QUESTION)) if (!found.has(tag)) found.set(tag, name);
  return found;
}

/** `bool is_end(const struct node *p) { return (unsigned long)p & 1; }` */
const QUESTION =
  /\b(?:int|_?[Bb]ool)\s+(\w+)\(\s*(?:const\s+)?struct\s+(\w+)\s*\*\s*(\w+)\s*\)\s*\{\s*return\s+(?:!!)?\(*\s*\((?:unsigned\s+long|long|u?intptr_t)\)\s*\(?\3\)?\s*&\s*\w+\s*\)*\s*;\s*\}/g;

/** A word that headers hand around as `void *`, with a tag in it: who asks for the tag, and who takes it off. */
export interface CarriedWord {
  readonly question: string;
  readonly untagging: string;
}

const INTEGER = String.raw`\(\s*(?:unsigned\s+long|long|u?intptr_t)\s*\)`;

/** `bool is_frame(void *p) { return (unsigned long)p & FRAME; }` */
const CARRIED_QUESTION = new RegExp(
  String.raw`\b(?:int|_?[Bb]ool)\s+(\w+)\(\s*(?:const\s+)?void\s*\*\s*(\w+)\s*\)\s*\{\s*return\s+(?:!!)?\(*\s*${INTEGER}\s*\2\s*&\s*(\w+)\s*\)*\s*;\s*\}`,
  'g',
);

/** `struct frame *to_frame(void *p) { return (void *)((unsigned long)p & ~FRAME); }` */
const UNTAGGING = new RegExp(
  String.raw`\bstruct\s+\w+\s*\*\s*(\w+)\(\s*(?:const\s+)?void\s*\*\s*(\w+)\s*\)\s*\{\s*return\s+\([^()]*\*\s*\)\s*\(\s*${INTEGER}\s*\2\s*&\s*~\s*(\w+)\s*\)\s*;\s*\}`,
  'g',
);

/** The words that a header hands around as `void *`, where it asks for a tag and takes the same one off. */
export function carriedWords(text: string): readonly CarriedWord[] {
  if (!text.includes('void *')) return [];
  const untagging = new Map([...text.matchAll(UNTAGGING)].map(([, name, , mask]) => [mask, name]));
  if (untagging.size === 0) return [];
  return [...text.matchAll(CARRIED_QUESTION)].flatMap(([, question, , mask]) => {
    const name = untagging.get(mask);
    return name === undefined ? [] : [{ question, untagging: name }];
  });
}
