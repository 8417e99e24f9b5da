/** Splits a byte string into preprocessing tokens (C11 6.4), comments and directives; never fails. */
import { hashWith, nameId, nameIdIn, nameText } from './names';
import { type Directive, Punct, TokenFlag, TokenKind, type TokenList } from './tokens';

const SPACE = 1;
const LETTER = 2;
const DIGIT = 4;

/** What a byte can be; bytes above 127 and `$` count as letters, as gcc takes them. */
const CLASS = new Uint8Array(256);
for (const byte of [9, 11, 12, 13, 32]) CLASS[byte] = SPACE;
for (let byte = 48; byte <= 57; byte++) CLASS[byte] = DIGIT;
for (let byte = 65; byte <= 90; byte++) CLASS[byte] = CLASS[byte + 32] = LETTER;
for (let byte = 128; byte <= 255; byte++) CLASS[byte] = LETTER;
CLASS[95] = CLASS[36] = LETTER;

/** Punctuators by their spelling; the lexer tries three, two, then one byte. */
const PUNCTUATORS: Readonly<Record<string, Punct>> = {
  '(': Punct.LeftParen,
  ')': Punct.RightParen,
  '[': Punct.LeftBracket,
  ']': Punct.RightBracket,
  '<:': Punct.LeftBracket,
  ':>': Punct.RightBracket,
  '{': Punct.LeftBrace,
  '}': Punct.RightBrace,
  '<%': Punct.LeftBrace,
  '%>': Punct.RightBrace,
  ';': Punct.Semicolon,
  ',': Punct.Comma,
  ':': Punct.Colon,
  '?': Punct.Question,
  '.': Punct.Dot,
  '->': Punct.Arrow,
  '...': Punct.Ellipsis,
  '+': Punct.Plus,
  '-': Punct.Minus,
  '*': Punct.Star,
  '/': Punct.Slash,
  '%': Punct.Percent,
  '&': Punct.Ampersand,
  '|': Punct.Pipe,
  '^': Punct.Caret,
  '~': Punct.Tilde,
  '!': Punct.Exclamation,
  '<': Punct.Less,
  '>': Punct.Greater,
  '<=': Punct.LessEqual,
  '>=': Punct.GreaterEqual,
  '==': Punct.EqualEqual,
  '!=': Punct.ExclamationEqual,
  '<<': Punct.ShiftLeft,
  '>>': Punct.ShiftRight,
  '&&': Punct.AndAnd,
  '||': Punct.OrOr,
  '++': Punct.PlusPlus,
  '--': Punct.MinusMinus,
  '=': Punct.Equal,
  '+=': Punct.PlusEqual,
  '-=': Punct.MinusEqual,
  '*=': Punct.StarEqual,
  '/=': Punct.SlashEqual,
  '%=': Punct.PercentEqual,
  '&=': Punct.AmpersandEqual,
  '|=': Punct.PipeEqual,
  '^=': Punct.CaretEqual,
  '<<=': Punct.ShiftLeftEqual,
  '>>=': Punct.ShiftRightEqual,
  '#': Punct.Hash,
  '##': Punct.HashHash,
};

/** Punctuators by their bytes, packed little-endian into one number; filled from the table above. */
const BY_BYTES = new Map<number, Punct>();
const SINGLE = new Uint8Array(256);
const STARTS_LONGER = new Uint8Array(256);
for (const [spelling, punct] of Object.entries(PUNCTUATORS)) {
  if (spelling.length === 1) SINGLE[spelling.charCodeAt(0)] = punct;
  else {
    STARTS_LONGER[spelling.charCodeAt(0)] = 1;
    let packed = 0;
    for (let at = spelling.length - 1; at >= 0; at--) packed = packed * 256 + spelling.charCodeAt(at);
    BY_BYTES.set(packed, punct);
  }
}

/** Spellings of the encoding prefixes of a string or character (C11 6.4.5). */
const PREFIXES = new Set(['L', 'u', 'U', 'u8'].map(nameId));

/** Lexes a whole text. Unterminated strings end at their line, an unterminated comment at the text's end. */
export function lex(text: string): TokenList {
  let capacity = (text.length >> 2) + 64;
  let kinds = new Uint8Array(capacity);
  let flags = new Uint8Array(capacity);
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  let ids = new Int32Array(capacity);
  const directives: Directive[] = [];
  const comments: number[] = [];
  const length = text.length;

  let count = 0;
  let at = 0;
  let flag: number = TokenFlag.LineStart;
  /** First token of the directive that is open, or -1. */
  let open = -1;

  const closeDirective = (end: number): void => {
    const named = count > open + 1 && kinds[open + 1] === TokenKind.Identifier;
    const name = named ? nameText(ids[open + 1]) : '';
    directives.push({ name, firstToken: open, endToken: count, start: starts[open], end });
    open = -1;
  };

  while (at < length) {
    const byte = text.charCodeAt(at);
    const kindOfByte = CLASS[byte];
    if (kindOfByte === SPACE) {
      at++;
      flag |= TokenFlag.SpaceBefore;
      continue;
    }
    if (byte === 10) {
      if (open >= 0) closeDirective(at);
      at++;
      flag = TokenFlag.LineStart | TokenFlag.SpaceBefore;
      continue;
    }
    if (byte === 92) {
      const splice = spliceLength(text, at);
      if (splice > 0) {
        at += splice;
        flag |= TokenFlag.SpaceBefore;
        continue;
      }
    }
    if (byte === 47) {
      const next = text.charCodeAt(at + 1);
      if (next === 42 || next === 47) {
        const end = next === 42 ? blockCommentEnd(text, at) : lineCommentEnd(text, at);
        comments.push(at, end);
        at = end;
        flag |= TokenFlag.SpaceBefore;
        continue;
      }
    }

    if (count === capacity) {
      capacity *= 2;
      kinds = grow(kinds, new Uint8Array(capacity));
      flags = grow(flags, new Uint8Array(capacity));
      starts = grow(starts, new Uint32Array(capacity));
      ends = grow(ends, new Uint32Array(capacity));
      ids = grow(ids, new Int32Array(capacity));
    }
    const start = at;
    let kind: TokenKind;
    let id = -1;
    if (kindOfByte === LETTER) {
      let hash = hashWith(0, byte);
      for (at++; at < length; at++) {
        const next = text.charCodeAt(at);
        if (!(CLASS[next] & (LETTER | DIGIT))) break;
        hash = hashWith(hash, next);
      }
      id = nameIdIn(text, start, at, hash);
      kind = TokenKind.Identifier;
      const quote = text.charCodeAt(at);
      if ((quote === 34 || quote === 39) && PREFIXES.has(id)) {
        at = quotedEnd(text, at);
        kind = quote === 34 ? TokenKind.String : TokenKind.Character;
        id = -1;
      }
    } else if (kindOfByte === DIGIT || (byte === 46 && CLASS[text.charCodeAt(at + 1)] === DIGIT)) {
      at = numberEnd(text, at);
      kind = TokenKind.Number;
    } else if (byte === 34 || byte === 39) {
      at = quotedEnd(text, at);
      kind = byte === 34 ? TokenKind.String : TokenKind.Character;
    } else {
      let punct: number = SINGLE[byte];
      let size = punct ? 1 : 0;
      if (STARTS_LONGER[byte]) {
        const two = byte + text.charCodeAt(at + 1) * 256;
        const three = BY_BYTES.get(two + text.charCodeAt(at + 2) * 65536);
        const found = three ?? BY_BYTES.get(two);
        if (found) {
          punct = found;
          size = three ? 3 : 2;
        }
      }
      at += size || 1;
      kind = punct ? TokenKind.Punctuator : TokenKind.Other;
      if (punct) id = punct;
      if (punct === Punct.Hash && flag & TokenFlag.LineStart && open < 0) open = count;
    }
    kinds[count] = kind;
    flags[count] = flag;
    starts[count] = start;
    ends[count] = at;
    ids[count] = id;
    count++;
    flag = 0;
  }
  if (open >= 0) closeDirective(length);
  return {
    text,
    count,
    kinds: kinds.slice(0, count),
    flags: flags.slice(0, count),
    starts: starts.slice(0, count),
    ends: ends.slice(0, count),
    ids: ids.slice(0, count),
    directives,
    comments: Uint32Array.from(comments),
  };
}

function grow<T extends Uint8Array | Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Length of a backslash and line end at `at` (gcc allows blanks between them), or 0. */
function spliceLength(text: string, at: number): number {
  let end = at + 1;
  while (CLASS[text.charCodeAt(end)] === SPACE) end++;
  return text.charCodeAt(end) === 10 ? end + 1 - at : 0;
}

function blockCommentEnd(text: string, at: number): number {
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

function lineCommentEnd(text: string, at: number): number {
  let end = text.indexOf('\n', at);
  while (end > 0 && text.charCodeAt(end - 1) === 92) end = text.indexOf('\n', end + 1);
  return end < 0 ? text.length : end;
}

function numberEnd(text: string, at: number): number {
  for (;;) {
    const byte = text.charCodeAt(++at);
    if (CLASS[byte] & (LETTER | DIGIT) || byte === 46) continue;
    // An exponent's sign belongs to the number: 1e-3, 0x1p+4.
    if (byte === 43 || byte === 45) {
      const before = text.charCodeAt(at - 1) | 32;
      if (before === 101 || before === 112) continue;
    }
    return at;
  }
}

/** Offset past a string or character that opens at `at`; it ends at its line where it isn't closed. */
function quotedEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let end = at + 1; end < text.length; end++) {
    const byte = text.charCodeAt(end);
    if (byte === quote) return end + 1;
    if (byte === 10) return end;
    if (byte === 92) {
      const splice = spliceLength(text, end);
      end += splice > 0 ? splice - 1 : 1;
    }
  }
  return text.length;
}
