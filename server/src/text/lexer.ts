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

/** Punctuators of one byte, of two and of three, which are packed little-endian into one number; filled from the table above. */
const SINGLE = new Uint8Array(256);
const DOUBLE = new Uint8Array(1 << 16);
const TRIPLE = new Map<number, Punct>();
const STARTS_LONGER = new Uint8Array(256);
/** By the first two bytes, whether a third may belong to them. */
const STARTS_TRIPLE = new Uint8Array(1 << 16);
for (const [spelling, punct] of Object.entries(PUNCTUATORS)) {
  const [first, second, third] = Buffer.from(spelling, 'latin1');
  if (second === undefined) {
    SINGLE[first] = punct;
    continue;
  }
  STARTS_LONGER[first] = 1;
  const two = first + second * 256;
  if (third === undefined) DOUBLE[two] = punct;
  else {
    STARTS_TRIPLE[two] = 1;
    TRIPLE.set(two + third * 65536, punct);
  }
}

/** Spellings of the encoding prefixes of a string or character (C11 6.4.5). */
const PREFIXES = new Set(['L', 'u', 'U', 'u8'].map(nameId));

/** A text with tokens of all kinds, well formed and not. */
export const ALL_KINDS = [
  '#ifndef A /* b */ // c \\\nd\n# \n#define F(x, ...) x ## __VA_ARGS__ %:%: <: :> <% %> \\\n #x\n#endif\n',
  'L"a\\"b" u8"" \'\\\'\' U\'c\' 0x1p-3 1e+4 .5f 1...2 a->b++ >>= <<= <= != && || | ^= ~ ? : @ ` $x \xe9 \x01 \\ 1\n',
  '"open\n\'open\n/*open',
].join('');

/**
 * Has the runtime see every way through the lexer before it is compiled for what comes most often: what it has not seen
 * by then makes it throw the code away and compile it again, up to a dozen times in a run. For whoever lexes a lot.
 */
export function warmUp(): void {
  for (let turn = 0; turn < 20; turn++) for (const text of [ALL_KINDS, '('.repeat(400), '#define A']) lex(text);
}

/** Lexes a whole text. Unterminated strings end at their line, an unterminated comment at the text's end. */
export function lex(text: string): TokenList {
  // A byte order mark says nothing to a compiler.
  const start = text.startsWith('\xef\xbb\xbf') ? 3 : 0;
  return lexPart(text, start, TokenFlag.LineStart, text.includes('*\\'), text.length, NEVER);
}

const NEVER = (): boolean => false;

/**
 * Lexes a text from a token that begins a line, or from its start.
 *
 * @param flag Flags of that token.
 * @param isStarSpliced Whether a `*` with a line splice behind it stands anywhere in the text.
 * @param endFrom,isEnd From that offset on, whether a token that begins a line, with these flags, is to be left out with all behind it.
 */
export function lexPart(
  text: string,
  at: number,
  flag: number,
  isStarSpliced: boolean,
  endFrom: number,
  isEnd: (start: number, flag: number) => boolean,
): TokenList {
  let capacity = ((text.length - at) >> (endFrom < text.length ? 6 : 2)) + 64;
  let kinds = new Uint8Array(capacity);
  let flags = new Uint8Array(capacity);
  let starts = new Uint32Array(capacity);
  let ends = new Uint32Array(capacity);
  let ids = new Int32Array(capacity);
  const directives: Directive[] = [];
  const comments: number[] = [];
  const length = text.length;

  let count = 0;
  /** First token of the directive that is open, or -1. */
  let open = -1;

  while (at < length) {
    const byte = text.charCodeAt(at);
    const kindOfByte = CLASS[byte];
    if (kindOfByte === SPACE) {
      at++;
      while (at < length && CLASS[text.charCodeAt(at)] === SPACE) at++;
      flag |= TokenFlag.SpaceBefore;
      continue;
    }
    if (byte === 10) {
      if (open >= 0) {
        directives.push(directiveAt(open, count, kinds, ids, starts, at));
        open = -1;
      }
      at++;
      flag = TokenFlag.LineStart | TokenFlag.SpaceBefore;
      continue;
    }
    if (byte === 92) {
      const splice = spliceLength(text, at);
      if (splice > 0) {
        at += splice;
        continue;
      }
    }
    if (byte === 47) {
      const second = behindSplices(text, at + 1);
      const next = byteAt(text, second);
      if (next === 42 || next === 47) {
        const end = next === 42 ? blockCommentEnd(text, second + 1, isStarSpliced) : lineCommentEnd(text, second);
        comments.push(at, end);
        at = end;
        flag |= TokenFlag.SpaceBefore;
        continue;
      }
    }

    if (at >= endFrom && flag & TokenFlag.LineStart && isEnd(at, flag)) break;
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
      const quote = byteAt(text, at);
      if ((quote === 34 || quote === 39) && PREFIXES.has(id)) {
        at = quotedEnd(text, at);
        kind = quote === 34 ? TokenKind.String : TokenKind.Character;
        id = -1;
      }
    } else if (kindOfByte === DIGIT || (byte === 46 && CLASS[byteAt(text, at + 1)] === DIGIT)) {
      at = numberEnd(text, at);
      kind = TokenKind.Number;
    } else if (byte === 34 || byte === 39) {
      at = quotedEnd(text, at);
      kind = byte === 34 ? TokenKind.String : TokenKind.Character;
    } else {
      let punct: number = SINGLE[byte];
      let size = punct ? 1 : 0;
      if (STARTS_LONGER[byte]) {
        const two = byte + (byteAt(text, at + 1) & 0xff) * 256;
        const three = STARTS_TRIPLE[two] ? TRIPLE.get(two + byteAt(text, at + 2) * 65536) : undefined;
        const found = three ?? DOUBLE[two];
        if (found) {
          punct = found;
          size = three ? 3 : 2;
        }
      }
      at += size || 1;
      kind = punct ? TokenKind.Punctuator : TokenKind.Other;
      if (punct) id = punct;
    }
    // Of `...` two dots are no token.
    const behind = byteAt(text, at);
    const stop = byte === 46 && behind === 46 && at === start + 1 ? at + 1 : at;
    if ((behind === 92 || stop > at) && byteAt(text, stop) === 92 && byte !== 34 && byte !== 39) {
      const whole = splicedToken(text, start, stop);
      if (whole) {
        ({ kind, id, end: at } = whole);
        flag |= TokenFlag.Spliced;
      }
    } else if (kind >= TokenKind.String && kind <= TokenKind.Character && hasSplice(text, start, at)) {
      flag |= TokenFlag.Spliced;
    }
    if (id === Punct.Hash && kind === TokenKind.Punctuator && flag & TokenFlag.LineStart && open < 0) open = count;
    kinds[count] = kind;
    flags[count] = flag;
    starts[count] = start;
    ends[count] = at;
    ids[count] = id;
    count++;
    flag = 0;
  }
  if (open >= 0) directives.push(directiveAt(open, count, kinds, ids, starts, length));
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

/** The byte at an offset; 0 behind the end, where asking the string would make the runtime compile its caller anew. */
function byteAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : 0;
}

/** The directive that stands between two tokens, the first of which is its `#`, and ends at this byte offset. */
export function directiveAt(
  firstToken: number,
  endToken: number,
  kinds: Uint8Array,
  ids: Int32Array,
  starts: Uint32Array,
  end: number,
): Directive {
  const isNamed = endToken > firstToken + 1 && kinds[firstToken + 1] === TokenKind.Identifier;
  const name = isNamed ? nameText(ids[firstToken + 1]) : '';
  return { name, firstToken, endToken, start: starts[firstToken], end };
}

function grow<T extends Uint8Array | Uint32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Length of a backslash and line end at `at` (gcc allows blanks between them), or 0. */
function spliceLength(text: string, at: number): number {
  let end = at + 1;
  while (CLASS[byteAt(text, end)] === SPACE) end++;
  return byteAt(text, end) === 10 ? end + 1 - at : 0;
}

/** Offset of the first byte at or behind `at` that no splice takes away. */
function behindSplices(text: string, at: number): number {
  while (byteAt(text, at) === 92) {
    const splice = spliceLength(text, at);
    if (splice === 0) break;
    at += splice;
  }
  return at;
}

/** Whether a line end stands in a string: only a splice brings one there. */
function hasSplice(text: string, start: number, end: number): boolean {
  const line = text.indexOf('\n', start);
  return line >= 0 && line < end;
}

/** A token that goes on behind a splice at `at` (C11 5.1.1.2p1: lines are joined first); undefined where it ends there. */
function splicedToken(text: string, start: number, at: number): { kind: number; id: number; end: number } | undefined {
  const next = behindSplices(text, at);
  if (next === at || next >= text.length || CLASS[byteAt(text, next)] === SPACE || byteAt(text, next) === 10)
    return undefined;
  const offsets: number[] = [];
  let joined = '';
  for (let from = start; from < text.length && joined.length < LONGEST_SPLICED; from++) {
    from = behindSplices(text, from);
    if (from >= text.length || byteAt(text, from) === 10) break;
    offsets.push(from);
    joined += text[from];
  }
  const first = lex(joined);
  const end = first.count > 0 ? offsets[first.ends[0] - 1] + 1 : at;
  return end > at ? { kind: first.kinds[0], id: first.ids[0], end } : undefined;
}

/** More of a line is not joined for the sake of one token. */
const LONGEST_SPLICED = 512;

/**
 * @param at Behind the two bytes that open it.
 * @param isStarSpliced Whether a `*` with a line splice behind it stands anywhere in the text: `*` and `/` may stand on two lines.
 */
function blockCommentEnd(text: string, at: number, isStarSpliced: boolean): number {
  const end = text.indexOf('*/', at);
  if (isStarSpliced) {
    const last = end < 0 ? text.length : end;
    for (let star = at; star < last; star++) {
      if (text.charCodeAt(star) !== 42 || text.charCodeAt(star + 1) !== 92) continue;
      const slash = behindSplices(text, star + 1);
      if (byteAt(text, slash) === 47) return slash + 1;
    }
  }
  return end < 0 ? text.length : end + 2;
}

function lineCommentEnd(text: string, at: number): number {
  for (let end = text.indexOf('\n', at); end >= 0; end = text.indexOf('\n', end + 1)) {
    let last = end - 1;
    while (last > at && CLASS[text.charCodeAt(last)] === SPACE) last--;
    if (text.charCodeAt(last) !== 92) return end;
  }
  return text.length;
}

function numberEnd(text: string, at: number): number {
  for (;;) {
    const byte = byteAt(text, ++at);
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
