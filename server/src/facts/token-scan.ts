/** Reads parentheses, casts and operands off the tokens of a file, without types. */
import typeWords from '../packs/predefined/integer-words.json';
import type { SourceFile } from '../preprocessor/source';
import { Punct, TokenKind, tokenText } from '../text/tokens';

const INTEGER_WORDS: ReadonlySet<string> = new Set(typeWords.words);

export abstract class TokenScan {
  constructor(protected readonly file: SourceFile) {}

  protected isPunct(at: number, punct: Punct): boolean {
    const { kinds, ids } = this.file.tokens;
    return at >= 0 && kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  }

  /** Whether the parentheses hold a type alone, as far as tokens say it. */
  protected isCast(open: number, close: number): boolean {
    const { tokens } = this.file;
    if (open < 0 || close - open < 2) return false;
    if (this.isPunct(close - 1, Punct.Star)) return tokens.kinds[open + 1] === TokenKind.Identifier;
    for (let at = open + 1; at < close; at++) if (!INTEGER_WORDS.has(tokenText(tokens, at))) return false;
    return true;
  }

  protected hasIntegerCast(from: number, to: number): boolean {
    for (let at = from; at < to; at++) {
      if (!this.isPunct(at, Punct.LeftParen)) continue;
      const close = this.closing(at, Math.min(to, at + 6));
      if (close < to && !this.isPunct(close - 1, Punct.Star) && this.isCast(at, close)) return true;
    }
    return false;
  }

  /** Whether a pointer cast ends at a token. */
  protected isPointerCastAt(close: number): boolean {
    return this.isPunct(close, Punct.RightParen) && this.isPunct(close - 1, Punct.Star);
  }

  protected operandEnd(from: number, end: number): number {
    let depth = 0;
    for (let at = from; at < end; at++) {
      if (this.isPunct(at, Punct.LeftParen) || this.isPunct(at, Punct.LeftBracket)) depth++;
      else if (this.isPunct(at, Punct.RightParen) || this.isPunct(at, Punct.RightBracket)) {
        if (depth-- === 0) return at;
      } else if (depth === 0 && (this.isPunct(at, Punct.Semicolon) || this.isPunct(at, Punct.Comma))) return at;
    }
    return end;
  }

  protected opening(close: number): number {
    let depth = 0;
    for (let at = close; at >= 0; at--) {
      if (this.isPunct(at, Punct.RightParen)) depth++;
      else if (this.isPunct(at, Punct.LeftParen) && --depth === 0) return at;
    }
    return -1;
  }

  protected closing(open: number, end: number): number {
    let depth = 0;
    for (let at = open; at < end; at++) {
      if (this.isPunct(at, Punct.LeftParen)) depth++;
      else if (this.isPunct(at, Punct.RightParen) && --depth === 0) return at;
    }
    return end;
  }
}
