/** Which predicate or constant is for which conversion, as names, the bodies of macros and comments have it. */
import type { Condition } from '../facts/conversions';
import type { UnitGlobals } from '../parser/globals';
import { nameId, nameText } from '../text/names';
import { type FunctionType, type RecordDeclaration, recordBehind, strip, VOID } from '../types/model';
import { commonPrefix } from './kind-cover';

/** The type of a function; undefined where a name is none's. */
export function functionType(globals: UnitGlobals, name: string): FunctionType | undefined {
  const type = strip(globals.ordinary(name)?.type ?? VOID);
  return type.kind === 'function' ? type : undefined;
}

/** Whether a function takes a pointer to a record, and nothing else. */
export function asksOf(globals: UnitGlobals, name: string, record: RecordDeclaration): boolean {
  const [asked, ...more] = functionType(globals, name)?.parameters ?? [];
  return asked !== undefined && more.length === 0 && recordBehind(asked.type) === record;
}

/** A macro of one parameter, with the text of its body. */
export function macroOfOne(
  { unit }: UnitGlobals,
  name: string,
): { readonly parameter: string; readonly body: string } | undefined {
  const found = unit.definitions(nameId(name)).at(-1);
  if (found?.parameters?.length !== 1 || found.bodyEnd <= found.bodyFirst) return undefined;
  const { text, tokens } = found.file;
  const body = text.slice(tokens.starts[found.bodyFirst], tokens.ends[found.bodyEnd - 1]);
  return { parameter: nameText(found.parameters[0]), body };
}

/** `part_is_leaf()`, `leaf_is_part()` and, beside `to_part_leaf()`, `part_leaf()`. */
export function predicateNames(converter: string): readonly string[] {
  const words = converter.replace(/^to_/, '').split('_');
  const within = words.map((_, at) => [...words.slice(0, at), 'is', ...words.slice(at)].join('_'));
  const turned = words.slice(1).map((_, at) => [...words.slice(at + 1), 'is', ...words.slice(0, at + 1)].join('_'));
  return [...within, ...turned, ...(converter.startsWith('to_') ? [words.join('_')] : [])];
}

/** What is left of a converter's name without the words of the record's: `leaf` of `to_part_leaf_node` or `leaf_of_part`. */
export function kindLeft(converter: string, tag: string): string {
  const own = new Set([...tag.split('_'), 'of']);
  const words = converter.replace(/^to_/, '').split('_');
  return words.filter((word) => !own.has(word)).join('_');
}

/** The names of conversions that a predicate is for: `part_leaf()`, `leaf_part()`, `to_leaf()`, `part_to_leaf()`. */
export function converterNames(predicate: string): readonly string[] {
  const [, what, kind] = /^(?:(\w+)_)?is_(\w+)$/.exec(predicate) ?? [];
  if (kind === undefined) return [];
  if (what === undefined) return [`to_${kind}`];
  return [
    `${kind}_${what}`,
    `${what}_${kind}`,
    `to_${kind}`,
    `${what}_to_${kind}`,
    `to_${what}_${kind}`,
    `to_${kind}_${what}`,
  ];
}

/** The tag of the record that a macro gives for its parameter, and does nothing else: `container_of(p, struct leaf, part)`, or a cast. */
export function convertedBy(body: string, parameter: string): string | undefined {
  const given = String.raw`\(?\s*${parameter}\s*\)?`;
  const around = new RegExp(String.raw`^\(*\s*\w+\(\s*${given}\s*,\s*struct\s+(\w+)\s*,[^;{}]*\)\s*\)*$`);
  const cast = new RegExp(String.raw`^\(*\s*\(\s*struct\s+(\w+)\s*\*\s*\)\s*${given}\s*\)*$`);
  return around.exec(body)?.[1] ?? cast.exec(body)?.[1];
}

const CONSTANT = '[A-Z][A-Z0-9]*_[A-Z0-9_]+';

/** What the body of a macro asks of its parameter: a bit of a member, or its value. */
export function questionIn(body: string, parameter: string): Condition | undefined {
  const given = String.raw`\(?\s*${parameter}\s*\)?`;
  const bit = new RegExp(
    String.raw`^[(\s]*(!{0,2})\s*\(*\s*(?:\w*test_bit\(\s*(${CONSTANT})\s*,\s*&\s*\(?${given}->\w+\)?\s*|${given}->\w+\s*&\s*(${CONSTANT})\s*)[)\s]*$`,
  );
  const [asked, not, numbered, masked] = bit.exec(body) ?? [];
  const constant = numbered ?? masked;
  if (asked !== undefined) return { predicate: '', constant, isBit: true, holds: not !== '!' };
  const value = new RegExp(
    String.raw`^[(\s]*(?:${given}->(\w+)|\w+\(\s*${given}\s*\))\s*==\s*(${CONSTANT})[)\s]*$`,
  ).exec(body);
  if (!value) return undefined;
  const [, member, kind] = value;
  return { predicate: member ?? '', constant: kind, holds: true, ...(member === undefined && { isBit: true }) };
}

/** The words of a converter's name that may be those of a kind, as constants have them. */
export function kindWords(converter: string, tag: string): readonly string[] {
  const named = /(?:^|_)to_(\w+)$/.exec(converter)?.[1];
  const before = converter.endsWith(`_${tag}`) ? converter.slice(0, -tag.length - 1) : undefined;
  const behind = converter.startsWith(`${tag}_`) ? converter.slice(tag.length + 1) : undefined;
  return [named, named === undefined ? before : undefined, named === undefined ? behind : undefined].flatMap((word) =>
    word === undefined || word === '' ? [] : [word.replace(/^to_/, '').toUpperCase()],
  );
}

/** Functions and macros of a header that give the record around what they are given. */
export function convertersOf(text: string, tag: string): readonly string[] {
  const functions = new RegExp(
    String.raw`\bstruct\s+\w+\s*\*\s*(\w+)\(\s*(?:const\s+)?struct\s+${tag}\s*\*\s*\w+\s*\)\s*\{[^{}]*\w\([^;]*,\s*struct\s`,
    'g',
  );
  return [...text.matchAll(functions)].map(([, name]) => name);
}

/**
 * The constants that have the name of one of several converters, which begin or end alike: `deleg` of `delegstate()`, `open` and `lock` of
 * `openlockstate()`, beside `layoutstate()`.
 */
export function kindsOfFamily(
  name: string,
  converters: readonly string[],
  constants: readonly string[],
): readonly string[] {
  if (converters.length < 2 || !converters.includes(name)) return [];
  const parts = new Map<string, string>();
  const prefix = commonPrefix(constants);
  for (const constant of constants) parts.set(constant.slice(prefix.length).toLowerCase(), constant);
  for (const isEnd of [true, false]) {
    const rests = converters.map((one) => restOf(one, converters, isEnd));
    const meant = rests.map((rest) => split(rest, [...parts.keys()]));
    // All of them are to be of kinds.
    if (meant.every((words) => words !== undefined && words.length > 0))
      return meant[converters.indexOf(name)]!.map((word) => parts.get(word)!);
  }
  return [];
}

/** A name without what all of them end with, or begin with. */
function restOf(name: string, names: readonly string[], isEnd: boolean): string {
  let length = 0;
  const at = (one: string, index: number): string | undefined => (isEnd ? one.at(-1 - index) : one[index]);
  while (length < name.length && names.every((one) => at(one, length) === at(name, length))) length++;
  return isEnd ? name.slice(0, name.length - length) : name.slice(length);
}

/** The words that one is put together of; undefined where it is not. */
function split(whole: string, words: readonly string[]): string[] | undefined {
  const rest = whole.replace(/^_|_$/g, '');
  if (rest === '') return [];
  for (const word of words) {
    if (word === '' || !rest.startsWith(word)) continue;
    const more = split(rest.slice(word.length), words);
    if (more) return [word, ...more];
  }
  return undefined;
}

/** The macros that are defined right above a member of a record, or that the comment at it names: `short kind; /* PART_KIND_* *\/`. */
export function macrosOf(
  body: string,
  text: string,
): readonly { readonly predicate: string; readonly names: readonly string[] }[] {
  const found: { predicate: string; names: readonly string[] }[] = [];
  const above =
    /((?:^[ \t]*#[ \t]*define[ \t]+[A-Z]\w*[ \t][^\n]*\n)+)^[ \t]*(?:unsigned |signed )?\w+[ \t]+(\w+)\s*(?::\s*\w+\s*)?;/gm;
  for (const [, defines, predicate] of body.matchAll(above))
    found.push({ predicate, names: [...defines.matchAll(/define[ \t]+([A-Z]\w*)/g)].map(([, name]) => name) });
  for (const [, predicate, prefix] of body.matchAll(
    /\b(\w+)\s*(?::\s*\w+\s*)?;[ \t]*\/\*[^*]*?\b([A-Z][A-Z0-9_]*_)\*/g,
  ))
    found.push({
      predicate,
      names: [...text.matchAll(new RegExp(`^[ \\t]*#[ \\t]*define[ \\t]+(${prefix}\\w+)[ \\t]+\\S`, 'gm'))].map(
        ([, name]) => name,
      ),
    });
  return found.filter(({ names }) => names.length > 1);
}

/** The one question or constant that a comment right above a declaration asks for. @param at An offset in the declaration. */
export function askedAbove(
  text: string,
  at: number,
): { readonly predicate: string } | { readonly constant: string; readonly member: string | undefined } | undefined {
  const end = text.lastIndexOf('*/', at);
  // No other declaration stands between.
  if (end < 0 || /[;{}]|\n[ \t]*\n|\n[ \t]*#[ \t]*(?!define)/.test(text.slice(end, at))) return undefined;
  const comment = text
    .slice(text.lastIndexOf('/*', end), end)
    .replace(/\n[ \t]*\*?/g, ' ')
    .replace(/\s+/g, ' ');
  const said = comment
    .split(/(?<=[.;])\s+/)
    .filter((one) => /\b(?:only|must|caller|callers|valid|requires?|make sure|check(?:ed)?|ask|asked)\b/i.test(one));
  if (said.length !== 1 || /\b(?:not|unless|without|\w+n't|never|or)\b/i.test(said[0])) return undefined;
  const [predicate, ...more] = said[0].match(/\b[a-z]\w*(?=\(\w*\))/g) ?? [];
  if (predicate !== undefined) return more.length === 0 ? { predicate } : undefined;
  const [constant, ...others] = said[0].match(new RegExp(`\\b${CONSTANT}\\b`, 'g')) ?? [];
  if (constant === undefined || others.length > 0) return undefined;
  const member = new RegExp(`(?:->|@|\\b\\w+\\.)?\\b(\\w+)\\s*(?:==|is)\\s*%?${constant}`).exec(said[0])?.[1];
  return { constant, member };
}

/** Whether a record has another one in it, at any depth. */
export function contains(whole: RecordDeclaration, part: RecordDeclaration, depth = 0): boolean {
  if (depth > 6) return false;
  return (whole.members ?? []).some(({ type }) => {
    const bare = strip(type);
    return bare.kind === 'record' && (bare.record === part || contains(bare.record, part, depth + 1));
  });
}
