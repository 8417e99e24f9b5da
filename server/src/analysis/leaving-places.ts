/** Finds by its text alone where a file may let an uncleared object leave, so that headers are read for few files. */
import type { ByteNames } from '../flow/byte-facts';

/** Calls and stores of which one of a few names is the callee or the member. */
interface Found {
  readonly at: number;
  readonly name: string;
}

/** Offsets in the functions that are worth following: of what lets bytes go, or of a call of a function that does. */
export function leavingPlaces(text: string, names: ByteNames): readonly number[] {
  const patterns = patternsOf(names);
  const places: number[] = [];
  const handing = new Set<string>();
  const look = (found: Found): void => {
    const { at, name } = found;
    const { start, end } = functionAround(text, at);
    const body = text.slice(start, end);
    const given = argumentsAt(text, at + name.length);
    const isOpen = names.storeSinks.has(name)
      ? patterns.room.test(body)
      : !names.macroSinks.has(name) && patterns.uncleared.test(body);
    const isRecord = names.macroSinks.has(name);
    if (isOpen || hasOpenLocal(body, at - start, given, patterns, isRecord)) places.push(at);
    const own = /(\w+)\s*\(/.exec(body);
    if (own) handing.add(own[1]);
  };
  for (const found of allOf(text, patterns.leaving)) look(found);
  if (places.length === 0 && handing.size === 0) return [];
  // What a function lets go for its caller, the caller may have left open.
  const helpers = [...handing].filter((name) => /^\w+$/.test(name));
  if (helpers.length > 0) for (const found of allOf(text, wordsPattern(helpers))) look(found);
  return [...new Set(places)];
}

/** The text of the function around an offset, by the line at the margin that it begins with. */
function functionAround(text: string, at: number): { start: number; end: number } {
  let start = at;
  do start = text.lastIndexOf('\n', start - 1);
  while (start > 0 && !/^[A-Za-z_][^\n]*[^:\n]$/m.test(text.slice(start + 1, text.indexOf('\n', start + 1))));
  start = Math.max(0, start + 1);
  const lineEnd = text.indexOf('\n', at);
  const isOneLine = lineEnd >= 0 && text.lastIndexOf('\n', at) + 1 === start && text[lineEnd - 1] === '}';
  const end = isOneLine ? lineEnd : text.indexOf('\n}', at);
  return { start, end: end < 0 ? text.length : end };
}

interface Patterns {
  readonly leaving: RegExp;
  readonly uncleared: RegExp;
  readonly room: RegExp;
  readonly stores: string;
}

const known = new WeakMap<ByteNames, Patterns>();

function patternsOf(names: ByteNames): Patterns {
  let patterns = known.get(names);
  if (!patterns) {
    patterns = {
      leaving: wordsPattern(names.leaving),
      uncleared: new RegExp(`\\b(?:${[...names.uncleared.keys()].join('|')})\\b`),
      room: new RegExp(`\\b(?:${[...names.rooms.keys()].join('|')})\\b`),
      stores: [...names.stores.keys()].join('|'),
    };
    known.set(names, patterns);
  }
  return patterns;
}

function wordsPattern(words: readonly string[]): RegExp {
  return new RegExp(`\\b(${words.join('|')})\\b`, 'g');
}

function* allOf(text: string, pattern: RegExp): Iterable<Found> {
  for (const { index, 1: name } of text.matchAll(pattern)) yield { at: index, name };
}

/** What stands in the parentheses behind a name; empty where there are none. */
function argumentsAt(text: string, from: number): string {
  const open = /^\s*\(/.exec(text.slice(from, from + 20));
  if (!open) return '';
  let depth = 0;
  for (let at = from; at < Math.min(text.length, from + 2000); at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return text.slice(from, at);
  }
  return '';
}

/** Whether a variable of the function is given away that it declares without a value, and does not clear first of all. */
function hasOpenLocal(body: string, at: number, given: string, patterns: Patterns, isRecord: boolean): boolean {
  const names = new Set([...given.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name));
  // What is given may be a pointer to it.
  for (const name of [...names])
    for (const [, of] of body.matchAll(
      new RegExp(`\\b${name}\\s*=\\s*(?:\\([^()]*\\)\\s*)?&?\\s*([A-Za-z_]\\w*)`, 'g'),
    ))
      names.add(of);
  for (const name of names) {
    const attributes = '(?:__\\w+(?:\\(\\w*\\))?\\s*)*';
    const sizes = '(?:\\[[^\\];]*\\]\\s*)';
    const behind = `(?:[^;()]*,\\s*)?${name}\\s*`;
    const record = `(?:\\b(?:struct|union)\\s+\\w+|\\})\\s+${attributes}${behind}${sizes}*${attributes}[;,]`;
    const typedef = `\\b[A-Za-z_]\\w*[A-Za-z_]\\s+${behind}${sizes}*${attributes}[;,]`;
    const array = `\\b[A-Za-z_]\\w*\\s+${behind}${sizes}+${attributes}[;,]`;
    const declared = new RegExp(isRecord ? record : `${record}|${typedef}|${array}`);
    if (!declared.test(body)) continue;
    const cleared = new RegExp(
      `\\n\\t(?!\\s)[^\\n]*\\b(?:${patterns.stores})\\s*\\(\\s*&?${name}\\s*,[^;]*\\bsizeof\\b(?!\\s*\\(?\\s*${name}\\s*(?:\\.|->))`,
    );
    const before = body.slice(0, at);
    const clears = cleared.exec(before);
    if (!clears || isJumpedOver(before, clears.index)) return true;
  }
  return false;
}

/** Whether a jump from before an offset leads behind it. */
function isJumpedOver(body: string, at: number): boolean {
  const behind = body.slice(at);
  return [...body.slice(0, at).matchAll(/\bgoto\s+(\w+)/g)].some(([, label]) =>
    new RegExp(`\\n\\s*${label}\\s*:`).test(behind),
  );
}
