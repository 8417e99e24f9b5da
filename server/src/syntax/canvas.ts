/** The tokens that stay, seen as bytes of C's grammar, and the copy of the text that the masking rewrites in place. */
import type { Shapes } from './shapes';
import { Punct, TokenFlag, TokenKind, type TokenList } from './tokens';
import { Word, wordOfName } from './words';

const SPACE = 32;
const TAB = 9;
const NEWLINE = 10;
const UNDERSCORE = 95;

/** Far beyond what the kernel has (C11 5.2.4.1 asks compilers for 127 nested blocks), well within the call stack. */
const DEEPEST = 250;

/** Bytes that can stand inside an identifier as tree-sitter-c reads it. */
const NAME_BYTE = new Uint8Array(256);
for (const byte of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_') NAME_BYTE[byte.charCodeAt(0)] = 1;

/**
 * Indices here count live tokens, from 0 to `count`; `sym[count]` is 0, the end. A rewrite never changes the text's
 * length, a newline or a comment.
 */
export class Canvas {
  readonly count: number;
  /** `Punct` or `Word` of every live token. */
  readonly sym: Uint8Array;
  /** The partner of every bracket that has one; for an opener without, the place where its content ends. */
  readonly match: Int32Array;
  protected readonly output: Buffer;
  /** How many constructs that hold one another are being masked. */
  private nesting = 0;

  constructor(
    protected readonly tokens: TokenList,
    protected readonly live: Int32Array,
    protected readonly shapes: Shapes,
  ) {
    this.count = live.length;
    this.sym = symbols(tokens, live);
    this.output = Buffer.from(tokens.text, 'latin1');
    this.match = this.matchBrackets();
    this.blankDeadTokens();
  }

  /** Name id of an identifier-like token. */
  protected id(index: number): number {
    return index < this.count ? this.tokens.ids[this.live[index]] : -1;
  }

  protected start(index: number): number {
    return this.tokens.starts[this.live[index]];
  }

  protected end(index: number): number {
    return this.tokens.ends[this.live[index]];
  }

  protected startsLine(index: number): boolean {
    return index < this.count && (this.tokens.flags[this.live[index]] & TokenFlag.LineStart) !== 0;
  }

  /** Offset of a token from its line's start; a tab counts one. */
  protected column(index: number): number {
    const start = this.start(index);
    return start - (this.tokens.text.lastIndexOf('\n', start - 1) + 1);
  }

  protected isWord(index: number): boolean {
    const sym = this.sym[index];
    return sym === Word.Identifier || sym > Word.Character;
  }

  protected spelling(index: number): string {
    return this.tokens.text.slice(this.start(index), this.end(index));
  }

  /** Whether the spelling opens with an underscore, as the names of annotations mostly do. */
  protected isReserved(index: number): boolean {
    return this.output[this.start(index)] === UNDERSCORE;
  }

  /** Index past the bracket that opens at `index`; past `index` itself where no bracket opens. */
  protected past(index: number): number {
    return this.match[index] > index ? Math.min(this.match[index] + 1, this.count) : index + 1;
  }

  /**
   * Goes into a construct that can hold itself; false where code is nested deeper than anyone writes it, so that it is
   * left as it is. Who got true leaves again.
   */
  protected enter(): boolean {
    if (this.nesting >= DEEPEST) return false;
    this.nesting++;
    return true;
  }

  protected leave(): void {
    this.nesting--;
  }

  // Rewrites.

  protected blank(from: number, to = from): void {
    for (let index = from; index <= to; index++) this.output.fill(SPACE, this.start(index), this.end(index));
  }

  /** Writes a one-byte spelling in place of a token. */
  protected put(index: number, spelling: string): void {
    this.write(index, spelling);
  }

  /** Writes a spelling that is no longer than the token's, and blanks what is left of it. */
  protected write(index: number, spelling: string): void {
    const start = this.start(index);
    if (spelling.length > this.end(index) - start) throw new RangeError(`'${spelling}' is longer than the token`);
    this.output.fill(SPACE, start, this.end(index));
    this.output.write(spelling, start, 'latin1');
  }

  protected length(index: number): number {
    return this.end(index) - this.start(index);
  }

  /** Makes an identifier of one keyword. */
  protected renameKeyword(index: number): void {
    this.output[this.start(index) + (this.length(index) > 1 ? 1 : 0)] = 88;
  }

  /** Turns the tokens `from` to `to` into one identifier; over a line end or a comment, one word of them stays. */
  protected weld(from: number, to: number): void {
    const start = this.start(from);
    const end = this.end(to);
    if (this.staysOnLine(start, end)) {
      for (let at = start; at < end; at++) if (!NAME_BYTE[this.output[at]]) this.output[at] = UNDERSCORE;
      if (isDigit(this.output[start])) this.output[start] = UNDERSCORE;
      if (from === to && this.sym[from] > Word.Character) this.renameKeyword(from);
      return;
    }
    let kept = from;
    while (kept < to && this.sym[kept] !== Word.Identifier) kept++;
    for (let index = from; index <= to; index++) if (index !== kept) this.blank(index);
    if (this.sym[kept] !== Word.Identifier) this.weld(kept, kept);
  }

  private staysOnLine(start: number, end: number): boolean {
    const newline = this.tokens.text.indexOf('\n', start);
    if (newline >= 0 && newline < end) return false;
    return !/\/[*/]/.test(this.tokens.text.slice(start, end));
  }

  /** Writes one byte into white space between two neighbours; false where there is only a line end or nothing. */
  protected insertBetween(left: number, right: number, spelling: string): boolean {
    const at = this.gap(left, right);
    if (at >= 0) this.output.write(spelling, at, 'latin1');
    return at >= 0;
  }

  /** Puts a semicolon after a token, in place of its last byte where there is no blank. */
  protected terminate(index: number): void {
    if (!this.insertBetween(index, index + 1, ';')) this.overwriteEnd(index, ';');
  }

  /** Writes one byte over a token's last one. */
  protected overwriteEnd(index: number, spelling: string): void {
    this.output.write(spelling, this.end(index) - 1, 'latin1');
  }

  /** Offset of a blank between two neighbouring tokens, outside comments; -1 where there is none. */
  protected gap(left: number, right: number): number {
    const from = left < 0 ? 0 : this.end(left);
    const to = right >= this.count ? this.tokens.text.length : this.start(right);
    const { comments } = this.tokens;
    let comment = firstCommentAfter(comments, from);
    for (let at = from; at < to; at++) {
      if (comment < comments.length && at === comments[comment]) {
        at = comments[comment + 1] - 1;
        comment += 2;
      } else if (this.output[at] === SPACE || this.output[at] === TAB) return at;
    }
    return -1;
  }

  /**
   * Pairs brackets. Where braces don't add up, the text is half-typed, and a brace in the first column is taken to end
   * a function whatever is still open in it.
   */
  private matchBrackets(): Int32Array {
    const match = new Int32Array(this.count + 1);
    if (!this.pairBrackets(match, false)) this.pairBrackets(match, true);
    return match;
  }

  /** Fills in the pairs; says whether every brace found its partner. */
  private pairBrackets(match: Int32Array, trustsColumns: boolean): boolean {
    const stack: number[] = [];
    let balanced = true;
    match.fill(-1);
    for (let index = 0; index < this.count; index++) {
      const sym = this.sym[index];
      if (sym === Punct.LeftParen || sym === Punct.LeftBracket || sym === Punct.LeftBrace) stack.push(index);
      else if (sym === Punct.RightParen || sym === Punct.RightBracket || sym === Punct.RightBrace) {
        const wanted = sym - 1;
        if (sym === Punct.RightBrace) {
          const closesAll = trustsColumns && stack.length > 1 && this.closesFunction(index, stack[0]);
          while (stack.length > (closesAll ? 1 : 0)) {
            if (!closesAll && this.sym[stack[stack.length - 1]] === wanted) break;
            match[stack.pop()!] = index;
          }
        }
        if (stack.length > 0 && this.sym[stack[stack.length - 1]] === wanted) {
          const opener = stack.pop()!;
          match[opener] = index;
          match[index] = opener;
        } else balanced = false;
      }
    }
    for (const opener of stack) match[opener] = this.count;
    return balanced && stack.length === 0;
  }

  /** A brace in the first column closes a function's: whatever else is open was left half-typed. */
  private closesFunction(brace: number, outermost: number): boolean {
    if (!this.startsLine(brace) || this.column(brace) !== 0) return false;
    return this.startsLine(outermost) && this.column(outermost) === 0 && this.sym[brace + 1] !== Punct.Comma;
  }

  /** Blanks all tokens that are not live, and backslashes that splice a directive's lines. */
  private blankDeadTokens(): void {
    const { tokens, live, output } = this;
    let next = 0;
    for (let token = 0; token < tokens.count; token++) {
      if (next < live.length && live[next] === token) next++;
      else blankBytes(output, tokens.starts[token], tokens.ends[token]);
    }
    for (const directive of tokens.directives) this.blankSplices(directive.start, directive.end);
  }

  private blankSplices(start: number, end: number): void {
    const { text, comments } = this.tokens;
    for (let at = text.indexOf('\\', start); at >= 0 && at < end; at = text.indexOf('\\', at + 1)) {
      const comment = firstCommentAfter(comments, at);
      const inside = comment < comments.length && comments[comment] <= at;
      if (!inside) this.output[at] = SPACE;
    }
  }
}

/** Index of the first comment (of its start) that ends after an offset. */
function firstCommentAfter(comments: Uint32Array, offset: number): number {
  let low = 0;
  let high = comments.length >> 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[middle * 2 + 1] > offset) high = middle;
    else low = middle + 1;
  }
  return low * 2;
}

/** Blanks a range that may hold line ends (a spliced string). */
function blankBytes(output: Buffer, start: number, end: number): void {
  for (let at = start; at < end; at++) if (output[at] !== NEWLINE) output[at] = SPACE;
}

function isDigit(byte: number): boolean {
  return byte >= 48 && byte <= 57;
}

const WORD_OF_KIND: Readonly<Record<TokenKind, number>> = {
  [TokenKind.Identifier]: Word.Identifier,
  [TokenKind.Number]: Word.Number,
  [TokenKind.String]: Word.String,
  [TokenKind.Character]: Word.Character,
  [TokenKind.Punctuator]: 0,
  [TokenKind.Other]: 0,
};

function symbols(tokens: TokenList, live: Int32Array): Uint8Array {
  const { kinds, ids } = tokens;
  const sym = new Uint8Array(live.length + 1);
  for (let index = 0; index < live.length; index++) {
    const token = live[index];
    const kind = kinds[token];
    if (kind === TokenKind.Punctuator) sym[index] = ids[token];
    else if (kind === TokenKind.Identifier) sym[index] = wordOfName(ids[token]);
    else sym[index] = WORD_OF_KIND[kind as TokenKind];
  }
  return sym;
}
