/** Bodies of functions that an expansion leaves as they are: what is asked is what it declares at file scope. */
import { TAG_WORDS } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import type { PToken } from './ptoken';

/** What an expansion leaves as it is written. */
export interface Leaves {
  /** Whether a name is no macro now. */
  readonly stays?: (id: number) => boolean;
  readonly left?: LeftBodies;
}

/**
 * Follows the tokens that come out of an expansion. A body is what stands in braces behind a parenthesis; where a record or
 * an enum is named in front, the braces may be its own, and nothing is left. What a macro declares that closes the body in which
 * it is used, and opens another, is not seen.
 */
export class LeftBodies {
  private at = 0;
  private braces = 0;
  private parens = 0;
  private isTagged = false;
  private isLeft = false;
  private hasLeft = false;

  /** Whether the token that comes next stands in such a body. */
  isInside(out: readonly PToken[]): boolean {
    for (; this.at < out.length; this.at++) {
      const { kind, id } = out[this.at];
      if (kind === TokenKind.Punctuator) this.punctuator(id, out[this.at - 1]);
      else if (kind === TokenKind.Identifier && TAG_WORDS.has(id) && this.isOutside) this.isTagged = true;
    }
    return this.isLeft;
  }

  /** Whether all that came out shows that what was left stood in a body: without its macros, a body may seem to end later. */
  isSure(out: readonly PToken[]): boolean {
    this.isInside(out);
    return !this.hasLeft || (this.isOutside && !this.isLeft);
  }

  private get isOutside(): boolean {
    return this.braces === 0 && this.parens === 0;
  }

  private punctuator(id: number, before: PToken | undefined): void {
    if (id === Punct.LeftParen) this.parens++;
    else if (id === Punct.RightParen) this.parens--;
    else if (id === Punct.LeftBrace) {
      const isBehind = before?.kind === TokenKind.Punctuator && before.id === Punct.RightParen;
      if (this.isOutside && !this.isTagged && isBehind) this.isLeft = this.hasLeft = true;
      this.braces++;
    } else if (id === Punct.RightBrace) {
      this.braces--;
      if (this.isOutside && this.isLeft) this.isLeft = false;
    } else if (id === Punct.Semicolon && this.isOutside) this.isTagged = false;
  }
}
