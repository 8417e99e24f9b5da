/** Lexes a text that an edit made out of another: only the lines that it touched, the rest is taken over. */
import { lex, lexPart } from './lexer';
import { type Directive, TokenFlag, type TokenList, tokenAt } from './tokens';

/** Bytes that an edit leaves alone in front of what is lexed anew, so that no token looked at a byte behind them. */
const MARGIN = 4;

/** What `lex` gives for a text, worked out from the tokens of a similar one. */
export function relex(before: TokenList, text: string): TokenList {
  const first = lineBefore(before, sameStart(before.text, text) - MARGIN);
  const isStarSpliced = text.includes('*\\');
  if (first <= 0 || isStarSpliced !== before.text.includes('*\\')) return lex(text);
  const start = before.starts[first];
  const delta = text.length - before.text.length;
  const end = text.length - sameEnd(before.text, text, start);
  let rest = before.count;
  const isEnd = (at: number, flag: number): boolean => {
    const old = tokenAt(before, at - delta);
    if (old < first || old >= before.count || before.starts[old] !== at - delta) return false;
    if ((before.flags[old] & ~TokenFlag.Spliced) !== flag) return false;
    rest = old;
    return true;
  };
  const middle = lexPart(text, start, before.flags[first] & ~TokenFlag.Spliced, isStarSpliced, end, isEnd);
  return joined(text, before, first, middle, rest, delta);
}

/** The tokens [0, first) of one list, all of another, and those from `rest` on of the first list, moved by so many bytes. */
function joined(
  text: string,
  before: TokenList,
  first: number,
  middle: TokenList,
  rest: number,
  delta: number,
): TokenList {
  const count = first + middle.count + before.count - rest;
  const kinds = new Uint8Array(count);
  const flags = new Uint8Array(count);
  const starts = new Uint32Array(count);
  const ends = new Uint32Array(count);
  const ids = new Int32Array(count);
  const columns: [ArrayColumn, ArrayColumn, ArrayColumn, number][] = [
    [kinds, before.kinds, middle.kinds, 0],
    [flags, before.flags, middle.flags, 0],
    [starts, before.starts, middle.starts, delta],
    [ends, before.ends, middle.ends, delta],
    [ids, before.ids, middle.ids, 0],
  ];
  for (const [to, old, made, moved] of columns) {
    to.set(old.subarray(0, first));
    to.set(made.subarray(0, middle.count), first);
    to.set(old.subarray(rest), first + middle.count);
    if (moved !== 0) for (let token = first + middle.count; token < count; token++) to[token] += moved;
  }
  const from = before.starts[first];
  const behind = rest < before.count ? before.starts[rest] : before.text.length;
  const directives: Directive[] = [
    ...before.directives.filter(({ firstToken }) => firstToken < first),
    ...middle.directives.map((directive) => shifted(directive, first, 0)),
    ...before.directives
      .filter(({ firstToken }) => firstToken >= rest)
      .map((directive) => shifted(directive, first + middle.count - rest, delta)),
  ];
  const comments: number[] = [];
  for (const offset of before.comments) if (offset <= from) comments.push(offset);
  for (const offset of middle.comments) comments.push(offset);
  if (rest < before.count)
    for (let at = 0; at < before.comments.length; at += 2)
      if (before.comments[at] >= behind) comments.push(before.comments[at] + delta, before.comments[at + 1] + delta);
  return { text, count, kinds, flags, starts, ends, ids, directives, comments: Uint32Array.from(comments) };
}

type ArrayColumn = Uint8Array | Uint32Array | Int32Array;

function shifted({ name, firstToken, endToken, start, end }: Directive, tokens: number, bytes: number): Directive {
  return { name, firstToken: firstToken + tokens, endToken: endToken + tokens, start: start + bytes, end: end + bytes };
}

/** The last token that begins a line at or before an offset; -1 where there is none. */
function lineBefore(tokens: TokenList, offset: number): number {
  const { count, starts, flags } = tokens;
  if (offset <= 0) return -1;
  let token = Math.min(tokenAt(tokens, offset), count - 1);
  while (token >= 0 && (starts[token] > offset || !(flags[token] & TokenFlag.LineStart))) token--;
  return token;
}

/** How many bytes two texts begin with alike. */
function sameStart(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  let at = 0;
  // Whole blocks are compared by the runtime.
  while (at + BLOCK <= length && one.substring(at, at + BLOCK) === other.substring(at, at + BLOCK)) at += BLOCK;
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at++;
  return at;
}

/** How many bytes two texts end with alike, not counting those before an offset of both. */
function sameEnd(one: string, other: string, from: number): number {
  const length = Math.min(one.length, other.length) - from;
  let at = 0;
  while (
    at + BLOCK <= length &&
    one.substring(one.length - at - BLOCK, one.length - at) ===
      other.substring(other.length - at - BLOCK, other.length - at)
  )
    at += BLOCK;
  while (at < length && one.charCodeAt(one.length - at - 1) === other.charCodeAt(other.length - at - 1)) at++;
  return at;
}

const BLOCK = 1024;
