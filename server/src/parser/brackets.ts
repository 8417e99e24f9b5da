/** Which bracket of a token list closes which. */
import type { PToken } from '../preprocessor/ptoken';
import { Punct, TokenKind } from '../text/tokens';

/** Deeper nesting than this is given up: no kernel code has it, hostile text may. */
const DEEPEST = 400;

export class Brackets {
  /** For each opening bracket the index of its partner; where that is missing, of the token that ends what is open. */
  readonly partner: Int32Array;
  /** Whether nothing nests deeper than anybody writes. */
  readonly isShallow: boolean;
  /** Index of a token in no bracket that is none of C's, as `@`; -1 where there is none. */
  readonly stray: number;

  constructor(readonly tokens: readonly PToken[]) {
    const partner = new Int32Array(tokens.length).fill(-1);
    const open: number[] = [];
    let deepest = 0;
    let stray = -1;
    for (let at = 0; at < tokens.length; at++) {
      const token = tokens[at];
      if (token.kind !== TokenKind.Punctuator) {
        if (token.kind === TokenKind.Other && open.length === 0) stray = at;
        continue;
      }
      switch (token.id) {
        case Punct.LeftParen:
        case Punct.LeftBracket:
        case Punct.LeftBrace:
          open.push(at);
          if (open.length > deepest) deepest = open.length;
          break;
        case Punct.RightParen:
        case Punct.RightBracket:
        case Punct.RightBrace: {
          // A closing brace ends parentheses that were left open in half-typed code; another bracket ends no braces.
          let depth = open.length - 1;
          while (depth >= 0 && CLOSES[(tokens[open[depth]] as { id: Punct }).id] !== token.id) {
            if (tokens[open[depth]].id === Punct.LeftBrace) depth = -1;
            else depth--;
          }
          if (depth < 0) break;
          for (const other of open.splice(depth)) partner[other] = at;
        }
      }
    }
    for (const other of open) partner[other] = tokens.length;
    this.partner = partner;
    this.stray = stray;
    this.isShallow = deepest <= DEEPEST;
  }

  /** Index of the bracket that closes the one at an index, or of what ends it. */
  closeOf(open: number): number {
    const close = this.partner[open];
    return close < 0 ? this.tokens.length : close;
  }
}

const CLOSES: Readonly<Record<number, Punct>> = {
  [Punct.LeftParen]: Punct.RightParen,
  [Punct.LeftBracket]: Punct.RightBracket,
  [Punct.LeftBrace]: Punct.RightBrace,
};
