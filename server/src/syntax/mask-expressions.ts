/**
 * Expressions: an automaton that expects operands and operators by turns, and mends what stands where neither can.
 *
 * The masking is one object, so that statements, expressions and declarations can hold one another; its classes, each
 * over the one before, are Canvas, WordMask, ExpressionMask, ArgumentMask, InitializerMask, RoleMask, DeclarationMask,
 * MacroMask and StatementMask.
 */
import { WordMask } from './mask-words';
import { Shape } from './shapes';
import { BINARY, CLOSERS, OPERAND_KEYWORDS, PREFIX, TYPE_START } from './symbol-sets';
import { Punct } from './tokens';
import { Word } from './words';

/** Numbers as C has them (C11 6.4.4.1 and 6.4.4.2, and GNU's binary ones). */
const NUMBER = /^(?:0[xX][\da-fA-F]*\.?[\da-fA-F]*(?:[pP][+-]?\d+)?|0[bB][01]+|\d*\.?\d*(?:[eE][+-]?\d+)?)[uUlLfF]*$/;

/** Where an expression ends besides at closers and semicolons. */
export enum Until {
  /** At nothing else: commas join. */
  Closer,
  /** At a comma: an argument, an initializer. */
  Comma,
  /** At a comma, and at a line's start where no operator joins it to the line before: an initializer's element. */
  Element,
  /** At a line's start where no operator joins it to the line before. */
  Statement,
}

export abstract class ExpressionMask extends WordMask {
  /** Masks the statements of a block; returns the index past its brace. */
  protected abstract block(open: number): number;
  /** Masks a type's name, as in a cast, that ends at `end`. */
  protected abstract typeName(from: number, end: number): void;
  /** Masks `( … )` after an operand. */
  protected abstract arguments(open: number): void;
  /** Masks `{ … }` as an argument; returns the index past it. */
  protected abstract braceArgument(open: number): number;
  /** Masks an initializer's braces; returns the index past them. */
  protected abstract initializerList(open: number): number;
  /** Masks `offsetof(…)`; returns the index past it. */
  protected abstract offsetOf(at: number): number;
  /** Masks `asm …`; returns the index past what of it is no call. */
  protected abstract assembly(at: number): number;

  /** Masks one expression; returns the index of the token that ends it, which may be `from`. */
  protected expression(from: number, until: Until): number {
    let at = from;
    let ternaries = 0;
    for (;;) {
      at = this.trailingAnnotations(this.postfix(this.operand(at, until)));
      const sym = this.sym[at];
      if (CLOSERS.has(sym)) return at;
      if (sym === Punct.Comma) {
        if (until === Until.Comma || until === Until.Element) return at;
        at++;
      } else if (sym === Punct.Colon) {
        if (ternaries === 0) return at;
        ternaries--;
        at++;
      } else if (sym === Punct.Question) {
        at++;
        if (this.sym[at] === Punct.Colon) at++;
        else ternaries++;
      } else if (BINARY.has(sym)) at++;
      else if (sym === Punct.Ellipsis || sym === Punct.Hash || sym === Punct.HashHash) {
        this.write(at, '+');
        at++;
      } else if (sym === Punct.LeftBrace || (sym > Word.Extension && !OPERAND_KEYWORDS.has(sym))) return at;
      else if (until >= Until.Element && this.startsLine(at) && sym !== Word.String) return at;
      else if (!this.insertBetween(at - 1, at, '+')) return at;
    }
  }

  /** Masks an opening bracket's content as expressions, whatever else stands in it. */
  protected enclosed(open: number): void {
    const close = this.match[open];
    for (let at = open + 1; at < close; at++) at = this.expression(at, Until.Closer);
  }

  /** Blanks annotations that follow an operand. */
  private trailingAnnotations(from: number): number {
    let at = from;
    while (this.sym[at] === Word.Identifier && this.shapes.of(this.id(at)) === Shape.Annotation) {
      const past = this.sym[at + 1] === Punct.LeftParen ? this.past(at + 1) : at + 1;
      this.blank(at, past - 1);
      at = past;
    }
    return at;
  }

  /** Masks prefix operators, casts and one primary; returns the index past it. */
  private operand(from: number, until: Until): number {
    if (!this.enter()) return this.past(from);
    const past = this.prefixed(from, until);
    this.leave();
    return past;
  }

  private prefixed(from: number, until: Until): number {
    let at = from;
    for (;;) {
      const sym = this.sym[at];
      if (PREFIX.has(sym)) {
        if (this.isLoneOperator(at)) {
          this.weld(at, at);
          return at + 1;
        }
        at++;
      } else if (sym === Word.Extension) this.blank(at++);
      else if (sym === Punct.LeftParen) {
        at = this.parenthesized(at);
        if (!this.isCast) return at;
      } else if (sym === Word.Sizeof || sym === Word.Alignof) {
        if (this.sym[at + 1] !== Punct.LeftParen) {
          at++;
          continue;
        }
        const close = this.match[at + 1];
        if (this.isTypeName(at + 2, close)) {
          this.typeName(at + 2, close);
          return this.past(at + 1);
        }
        if (sym === Word.Alignof) this.renameKeyword(at);
        at++;
      } else if (sym === Word.Identifier && this.annotates(at)) this.blank(at++);
      else break;
    }
    // Half-typed code: what starts a new line is no operand of this one.
    const isKeyword = this.sym[at] > Word.Character && !OPERAND_KEYWORDS.has(this.sym[at]);
    if (isKeyword && until >= Until.Element && this.startsLine(at)) return at;
    return this.primary(at, until);
  }

  /** Whether an annotation stands before an operand: `__force` in a macro's arguments. */
  private annotates(at: number): boolean {
    const next = this.sym[at + 1];
    return this.isOperandWord(next) && this.shapes.of(this.id(at)) === Shape.Annotation;
  }

  private isOperandWord(sym: number): boolean {
    return sym === Word.Identifier || sym === Word.Number || sym === Word.String || TYPE_START.has(sym);
  }

  private isLoneOperator(at: number): boolean {
    const next = this.sym[at + 1];
    return (next === Punct.Comma || CLOSERS.has(next)) && !this.isOperandEnd(at - 1);
  }

  private isOperandEnd(at: number): boolean {
    const sym = this.sym[at];
    return sym >= Word.Identifier || sym === Punct.RightParen || sym === Punct.RightBracket;
  }

  private primary(at: number, until: Until): number {
    const sym = this.sym[at];
    switch (sym) {
      case Word.Identifier:
        return this.sym[at + 1] === Word.String ? this.strings(at) : at + 1;
      case Word.String:
        return this.strings(at);
      case Word.Number:
        if (this.isBadNumber(at)) this.weld(at, at);
        return at + 1;
      case Word.Character:
        return at + 1;
      case Word.Offsetof:
        return this.offsetOf(at);
      case Word.Typeof:
        if (this.sym[at + 1] !== Punct.LeftParen) return at + 1;
        this.weld(at, this.past(at + 1) - 1);
        return this.past(at + 1);
      case Word.Generic:
        this.renameKeyword(at);
        return at + 1;
      case Word.Asm:
        return this.assembly(at);
      case Word.Attribute:
        this.blank(at, this.past(at + 1) - 1);
        return this.operand(this.past(at + 1), until);
      case Word.Record:
      case Word.Enum:
      case Word.Type:
      case Word.Qualifier:
      case Word.Storage:
        return this.weldType(at);
      case Punct.LeftBrace:
        return this.strayBrace(at);
      case Punct.Dot:
        // A designator as a macro's argument.
        if (!this.isWord(at + 1)) return at + 1;
        this.blank(at);
        return at + 2;
      case Punct.LeftBracket:
        if (BINARY.has(this.sym[at - 1])) {
          // An assembler's text as a macro's argument, `insn %[name]`.
          this.weld(at, this.past(at) - 1);
          return this.past(at);
        }
        return this.operand(this.blankDesignator(at), until);
      case Punct.Ellipsis:
        this.weld(at, at);
        return at + 1;
      default:
        break;
    }
    if (!BINARY.has(sym)) return at;
    this.weld(at, at);
    return at + 1;
  }

  /** A number to the preprocessor alone, as `1k` for a macro to paste. */
  private isBadNumber(at: number): boolean {
    return this.length(at) > 1 && !NUMBER.test(this.spelling(at));
  }

  /** `[index] =` as a macro's argument, or an asm operand's `[name]`; returns the index past it. */
  private blankDesignator(open: number): number {
    const past = this.past(open);
    const end = this.sym[past] === Punct.Equal ? past : past - 1;
    this.blank(open, end);
    return end + 1;
  }

  /** Calls, subscripts, member accesses, `++` and `--` after an operand. */
  private postfix(from: number): number {
    let at = from;
    for (;;) {
      const sym = this.sym[at];
      if (sym === Punct.LeftParen) {
        this.arguments(at);
        at = this.past(at);
        if (this.sym[at] === Word.String) {
          this.weld(this.match[at - 1] - 1, at - 1);
          at = this.strings(at);
        }
      } else if (sym === Punct.LeftBracket) {
        this.enclosed(at);
        at = this.past(at);
      } else if (sym === Punct.Dot || sym === Punct.Arrow) {
        at += this.isWord(at + 1) ? 2 : 1;
      } else if (sym === Punct.PlusPlus || sym === Punct.MinusMinus) at++;
      else return at;
    }
  }

  /** Whether the parenthesis read last was a cast, so that its operand still follows. */
  private isCast = false;

  /** Masks `( … )` where an operand is expected, with a compound literal's braces; returns the index past it. */
  private parenthesized(open: number): number {
    const close = this.match[open];
    const past = this.past(open);
    if (this.sym[open + 1] === Punct.LeftBrace) this.block(open + 1);
    else if (this.isTypeName(open + 1, close)) this.typeName(open + 1, close);
    else if (close !== open + 2 || this.sym[open + 1] !== Word.Identifier) {
      this.enclosed(open);
      this.isCast = false;
      // `(name[3]) { … }`.
      return this.sym[past] === Punct.LeftBrace ? this.initializerList(past) : past;
    } else {
      // `(name)` before an operand that nothing joins to it is a cast to a typedef's name.
      const next = this.sym[past];
      const isChain = next === Punct.LeftParen && this.isCastChain(past);
      this.isCast = next >= Word.Identifier || next === Punct.Exclamation || next === Punct.Tilde || isChain;
      return next === Punct.LeftBrace ? this.initializerList(past) : past;
    }
    const isType = this.sym[open + 1] !== Punct.LeftBrace;
    if (isType && this.sym[past] === Punct.LeftBrace) {
      const end = this.initializerList(past);
      this.isCast = false;
      return end;
    }
    this.isCast = isType && this.canStartOperand(past);
    return past;
  }

  /** `(u64)(long)x`: the second parenthesis is a cast, so the first is one too. */
  private isCastChain(open: number): boolean {
    const close = this.match[open];
    if (close >= this.count || this.sym[open + 1] === Punct.LeftBrace) return false;
    const next = this.sym[close + 1];
    if (this.isTypeName(open + 1, close)) return this.canStartOperand(close + 1);
    return close === open + 2 && next >= Word.Identifier && next <= Word.Character;
  }

  private canStartOperand(at: number): boolean {
    const sym = this.sym[at];
    return sym >= Word.Identifier || PREFIX.has(sym) || sym === Punct.LeftParen;
  }

  /** A type's words where an expression stands, as after a macro operator. */
  private weldType(from: number): number {
    let end = from + 1;
    while (TYPE_START.has(this.sym[end]) || this.sym[end] === Word.Identifier || this.sym[end] === Punct.Star) end++;
    if (end === from + 1) this.renameKeyword(from);
    else this.weld(from, end - 1);
    return end;
  }

  /** `{ … }` as an operand, `.name = { 1, 2 }` among a macro's arguments: its elements stand for themselves. */
  private strayBrace(open: number): number {
    const close = this.match[open];
    if (close >= this.count) return this.past(open);
    if (close === open + 1) {
      this.put(open, '0');
      this.blank(close);
      return close + 1;
    }
    return this.braceArgument(open);
  }

  /** Strings side by side, with macros among them that stand for strings. */
  private strings(from: number): number {
    let at = from;
    for (;;) {
      const sym = this.sym[at];
      if (sym === Word.String) at++;
      else if (sym === Word.Identifier) {
        if (this.sym[at + 1] === Punct.LeftParen) {
          const past = this.past(at + 1);
          if (this.match[at + 1] < this.count) this.weld(at, past - 1);
          at = past;
        } else at++;
      } else if (sym === Punct.Hash) {
        this.blank(at++);
      } else return at;
    }
  }
}
