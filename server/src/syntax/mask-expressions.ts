/**
 * Expressions: an automaton that expects operands and operators by turns, and rewrites what stands where neither can:
 * types as macro arguments, annotations, operators as arguments, asm operands, statements in parentheses.
 */
import { Canvas } from './canvas';
import { Shape } from './shapes';
import { Punct } from './tokens';
import { Word } from './words';

/** Punctuators that join two operands. */
const BINARY = new Set<number>([
  Punct.Plus,
  Punct.Minus,
  Punct.Star,
  Punct.Slash,
  Punct.Percent,
  Punct.Ampersand,
  Punct.Pipe,
  Punct.Caret,
  Punct.Less,
  Punct.Greater,
  Punct.LessEqual,
  Punct.GreaterEqual,
  Punct.EqualEqual,
  Punct.ExclamationEqual,
  Punct.ShiftLeft,
  Punct.ShiftRight,
  Punct.AndAnd,
  Punct.OrOr,
  Punct.Equal,
  Punct.PlusEqual,
  Punct.MinusEqual,
  Punct.StarEqual,
  Punct.SlashEqual,
  Punct.PercentEqual,
  Punct.AmpersandEqual,
  Punct.PipeEqual,
  Punct.CaretEqual,
  Punct.ShiftLeftEqual,
  Punct.ShiftRightEqual,
]);

/** Punctuators that may open an operand; `&&` takes a label's address (GCC manual, "Labels as Values"). */
const PREFIX = new Set<number>([
  Punct.Plus,
  Punct.Minus,
  Punct.Star,
  Punct.Ampersand,
  Punct.Exclamation,
  Punct.Tilde,
  Punct.PlusPlus,
  Punct.MinusMinus,
  Punct.AndAnd,
]);

const CLOSERS = new Set<number>([Punct.RightParen, Punct.RightBracket, Punct.RightBrace, Punct.Semicolon, 0]);
export const TYPE_START = new Set<number>([
  Word.Type,
  Word.Record,
  Word.Enum,
  Word.Qualifier,
  Word.Storage,
  Word.Typeof,
]);
const STATEMENT_START = new Set<number>([Word.If, Word.While, Word.For, Word.Do, Word.Switch, Word.Else]);
const OPERAND_KEYWORDS = new Set<number>([
  Word.Typeof,
  Word.Sizeof,
  Word.Alignof,
  Word.Offsetof,
  Word.Generic,
  Word.Asm,
]);

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

export abstract class ExpressionMask extends Canvas {
  /** Masks the statements of a block and returns the index past its brace. */
  protected abstract block(open: number): number;
  /** Masks statements up to an index. */
  protected abstract statements(from: number, end: number): void;
  /** Masks a type name, `struct x *` as in a cast, which ends at `end`. */
  protected abstract typeName(from: number, end: number): void;

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

  /** Whether the tokens before `end` can only be a type's name (a lone identifier may be anything). */
  protected isTypeName(from: number, end: number): boolean {
    let at = from;
    while (this.sym[at] === Word.Attribute || this.sym[at] === Word.Extension) {
      at = this.sym[at] === Word.Attribute ? this.past(at + 1) : at + 1;
    }
    if (TYPE_START.has(this.sym[at])) return !(this.sym[at] === Word.Storage);
    if (this.sym[at] !== Word.Identifier) return false;
    let words = 0;
    let stars = 0;
    for (; at < end; at++) {
      const sym = this.sym[at];
      if (sym === Word.Identifier) {
        if (stars === 0) words++;
        else if (this.shapes.of(this.id(at)) !== Shape.Annotation && this.shapes.of(this.id(at)) !== Shape.Type) {
          return false;
        }
      } else if (TYPE_START.has(sym) || sym === Word.Attribute) {
        if (sym !== Word.Qualifier && sym !== Word.Attribute) return true;
        if (sym === Word.Attribute) at = this.past(at + 1) - 1;
        words++;
      } else if (sym === Punct.Star) stars++;
      else if (sym === Punct.LeftParen && words === 1 && this.sym[at + 1] === Punct.Star) {
        return this.sym[at + 2] === Punct.RightParen && this.sym[at + 3] === Punct.LeftParen;
      } else if (sym === Punct.LeftParen && this.shapes.of(this.id(at - 1)) === Shape.Annotation) {
        at = this.past(at) - 1;
      } else return false;
    }
    return stars > 0 || words > 1;
  }

  /** Masks `( … )` after an operand: a call's or a macro's arguments. */
  protected arguments(open: number): void {
    const close = this.match[open];
    let at = open + 1;
    while (at < close) {
      if (this.sym[at] === Punct.Comma || this.sym[at] === Punct.Colon) {
        this.emptyArgument(at++);
        continue;
      }
      const statements = this.statementArgument(at, close);
      const end = statements >= 0 ? statements : this.argument(at, close);
      if (end >= close) return;
      const next = this.sym[end];
      // A colon sets apart an asm's operand lists or a _Generic's associations.
      if (next === Punct.Colon) this.put(end, ',');
      else if (next === Punct.Semicolon) this.put(end, end + 1 < close ? ',' : ' ');
      at = end + 1;
    }
    const last = this.sym[close - 1];
    if (close > open + 1 && close < this.count && (last === Punct.Comma || last === Punct.Colon)) {
      if (!this.insertBetween(close - 1, close, '0')) this.blank(close - 1);
    }
  }

  /** An argument that is empty: `0` in the white space before its end, or one separator less. */
  private emptyArgument(separator: number): void {
    if (this.insertBetween(separator - 1, separator, '0')) this.put(separator, ',');
    else this.blank(separator);
  }

  /** Masks one argument; returns the index of what ends it. */
  private argument(from: number, close: number): number {
    const typeEnd = this.typeArgumentEnd(from, close);
    if (typeEnd > from) {
      this.weldTypeArgument(from, typeEnd - 1);
      return this.sym[typeEnd] === Punct.Equal ? this.expression(typeEnd + 1, Until.Comma) : typeEnd;
    }
    const sym = this.sym[from];
    if (sym === Punct.LeftBrace) return this.braceArgument(from);
    if (sym === Word.Goto && this.sym[from + 1] === Word.Identifier) {
      this.weld(from, from + 1);
      return from + 2;
    }
    if (sym === Word.Return && from + 1 < close && this.sym[from + 1] !== Punct.Comma) {
      this.blank(from);
      return this.expression(from + 1, Until.Comma);
    }
    if (sym > Word.Extension && !OPERAND_KEYWORDS.has(sym) && sym !== Word.Alignas) {
      this.renameKeyword(from);
      this.sym[from] = Word.Identifier;
    }
    return this.expression(from, Until.Comma);
  }

  /**
   * Where an argument is a type, or a declaration of a name without initializer, the index past it; else -1. Types
   * that are one plain name need no care.
   */
  private typeArgumentEnd(from: number, close: number): number {
    let end = from;
    let certain = false;
    let words = 0;
    for (; end < close; end++) {
      const sym = this.sym[end];
      if (sym === Punct.Comma || sym === Punct.Colon || sym === Punct.Equal || sym === Punct.Semicolon) break;
      if (sym === Word.Typeof) {
        certain = true;
        end = this.past(end + 1) - 1;
      } else if (sym === Word.Attribute) end = this.past(end + 1) - 1;
      else if (TYPE_START.has(sym)) certain = true;
      else if (sym === Word.Identifier) words++;
      else if (sym === Punct.LeftParen) {
        if (!certain && !this.isFunctionTypeAhead(end, from)) return -1;
        certain = true;
        end = this.past(end) - 1;
      } else if (sym === Punct.LeftBracket || sym === Punct.LeftBrace) {
        if (!certain) return -1;
        end = this.past(end) - 1;
      } else if (sym === Punct.Ellipsis && certain) continue;
      else if (sym !== Punct.Star) return -1;
    }
    if (end === from) return -1;
    const first = this.sym[from];
    if (certain) return TYPE_START.has(first) || first === Word.Identifier || first === Word.Attribute ? end : -1;
    // `foo *` and `foo **`: an operator without its right operand; `u32 name`: two names side by side.
    if (first !== Word.Identifier) return -1;
    if (this.sym[end - 1] === Punct.Star) return end;
    return words === end - from && words > 1 && !this.hasOperatorMacro(from, end) ? end : -1;
  }

  /** Annotations among names are blanked by the expression's automaton, not welded. */
  private hasOperatorMacro(from: number, end: number): boolean {
    for (let at = from; at < end; at++) if (this.shapes.of(this.id(at)) === Shape.Annotation) return true;
    return false;
  }

  /** `name (*)(…)` with a name before it. */
  private isFunctionTypeAhead(open: number, from: number): boolean {
    if (open === from || this.sym[open + 1] !== Punct.Star) return false;
    const close = this.match[open];
    return (close === open + 2 || close === open + 3) && this.sym[close + 1] === Punct.LeftParen;
  }

  /** One identifier for a type argument; a lone keyword is fine as it is, tree-sitter reads it as a name there. */
  private weldTypeArgument(from: number, to: number): void {
    if (from === to) {
      if (this.sym[from] === Word.Record || this.sym[from] === Word.Enum) this.renameKeyword(from);
      return;
    }
    this.weld(from, to);
  }

  /** A type's words where an expression stands, as after a macro operator. */
  private weldType(from: number): number {
    let end = from + 1;
    while (TYPE_START.has(this.sym[end]) || this.sym[end] === Word.Identifier || this.sym[end] === Punct.Star) end++;
    if (end === from + 1) this.renameKeyword(from);
    else this.weld(from, end - 1);
    return end;
  }

  /** `{ … }` as an argument: a block stays, an initializer's braces go where something is in them. */
  private braceArgument(open: number): number {
    const close = this.match[open];
    if (close === open + 1) return this.past(open);
    for (let at = open + 1; at < close; at = this.past(at)) {
      if (this.sym[at] === Punct.Semicolon || STATEMENT_START.has(this.sym[at])) return this.block(open);
    }
    this.blank(open);
    this.arguments(open);
    if (close < this.count) {
      if (this.sym[close - 1] === Punct.Comma) this.blank(close - 1);
      this.blank(close);
    }
    return this.past(open);
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

  /**
   * Where an argument is statements, `{` and `}` go into the white space around it, which makes it a compound
   * argument. Returns the index of what ends it, or -1 where it isn't so.
   */
  private statementArgument(from: number, close: number): number {
    const end = this.statementsEnd(from, close);
    if (end < 0 || this.gap(from - 1, from) < 0 || this.gap(end - 1, end) < 0) return -1;
    this.insertBetween(from - 1, from, '{');
    this.statements(from, end);
    this.insertBetween(end - 1, end, '}');
    return end;
  }

  /** Where an argument is whole statements, the index past them; else -1. */
  protected statementsEnd(from: number, close: number): number {
    let holds = STATEMENT_START.has(this.sym[from]);
    let end = from;
    for (; end < close; end = this.past(end)) {
      const sym = this.sym[end];
      if (sym === Punct.Semicolon) holds = true;
      else if (sym === Punct.Comma) {
        const before = this.sym[end - 1];
        if (!holds || before === Punct.Semicolon || before === Punct.RightBrace) break;
      }
    }
    const last = this.sym[end - 1];
    const isHeader = last === Punct.RightBrace && this.sym[this.match[end - 1] - 1] === Punct.RightParen;
    if (close >= this.count || (last !== Punct.Semicolon && last !== Punct.RightBrace)) return -1;
    return holds || (isHeader && this.sym[from] === Word.Identifier) ? end : -1;
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

  /** `offsetof(type, member.designator[3])`: tree-sitter-c takes one member name. */
  private offsetOf(at: number): number {
    const open = at + 1;
    if (this.sym[open] !== Punct.LeftParen) {
      this.renameKeyword(at);
      return at + 1;
    }
    const close = this.match[open];
    let comma = open + 1;
    while (comma < close && this.sym[comma] !== Punct.Comma) comma = this.past(comma);
    if (comma >= close) return this.past(open);
    const isKeyword = this.length(at) === 'offsetof'.length;
    if (isKeyword) this.typeName(open + 1, comma);
    else if (comma > open + 2) this.weld(open + 1, comma - 1);
    if (close > comma + 2 && close < this.count) this.weld(comma + 1, close - 1);
    return this.past(open);
  }

  /** GNU asm: kept where tree-sitter-c's grammar has it, else written as a call whose arguments are the operands. */
  private assembly(at: number): number {
    let open = at + 1;
    while (this.sym[open] === Word.Qualifier || this.sym[open] === Word.Storage || this.sym[open] === Word.Goto) open++;
    if (this.sym[open] !== Punct.LeftParen) return open;
    if (this.isPlainAssembly(open)) {
      for (let operand = open + 1; operand < this.match[open]; operand = this.past(operand)) {
        if (this.sym[operand] === Punct.LeftParen) this.enclosed(operand);
      }
      return this.past(open);
    }
    this.renameKeyword(at);
    for (let word = at + 1; word < open; word++) this.blank(word);
    return open;
  }

  /** Whether template, constraints and clobbers are strings alone. */
  private isPlainAssembly(open: number): boolean {
    const close = this.match[open];
    let section = 0;
    for (let at = open + 1; at < close; at++) {
      const sym = this.sym[at];
      if (sym === Punct.Colon) section++;
      else if (section === 0) {
        if (sym !== Word.String) return false;
      } else if (section < 3) {
        if (sym === Punct.LeftBracket) {
          if (this.sym[at + 1] !== Word.Identifier || this.match[at] !== at + 2) return false;
          at += 2;
          if (this.sym[at + 1] !== Word.String) return false;
        } else if (sym === Word.String) {
          if (this.sym[at + 1] !== Punct.LeftParen) return false;
          at = this.match[at + 1];
          if (this.sym[at + 1] !== Punct.Comma && this.sym[at + 1] !== Punct.Colon && at + 1 < close) return false;
        } else if (sym !== Punct.Comma || this.sym[at + 1] === Punct.Colon) return false;
      } else if (section === 3) {
        if (sym !== Word.String && sym !== Punct.Comma) return false;
      } else if (sym !== Word.Identifier && sym !== Punct.Comma) return false;
    }
    return this.sym[open + 1] === Word.String;
  }

  /** Masks an initializer's braces (C11 6.7.9 and GNU's old designators); returns the index past them. */
  protected initializerList(open: number): number {
    const close = this.match[open];
    let at = open + 1;
    while (at < close) {
      const before = at;
      at = this.designators(at);
      at = this.sym[at] === Punct.LeftBrace ? this.initializerList(at) : this.expression(at, Until.Element);
      if (at >= close) break;
      const sym = this.sym[at];
      if (sym === Punct.Comma) {
        if (at === before) this.blank(at);
        at++;
      } else if (sym === Punct.Semicolon || sym === Punct.Colon) this.blank(at++);
      else if (!this.separateElements(at) || at === before) at++;
    }
    return this.past(open);
  }

  /** Where a macro brings the comma, one goes before the next element, if need be in place of the macro's arguments. */
  private separateElements(at: number): boolean {
    if (this.insertBetween(at - 1, at, ',')) return true;
    if (this.sym[at - 1] !== Punct.RightParen) return false;
    this.blank(this.match[at - 1], at - 1);
    this.put(at - 1, ',');
    return true;
  }

  private designators(from: number): number {
    let at = from;
    for (;;) {
      const sym = this.sym[at];
      if (sym === Punct.LeftBracket) {
        const inside = this.expressionBeforeEllipsis(at + 1);
        if (this.sym[inside] === Punct.Ellipsis) this.expressionBeforeEllipsis(inside + 1);
        at = this.past(at);
      } else if (sym === Punct.Dot && this.isWord(at + 1)) at += 2;
      else break;
    }
    if (at === from) {
      // GNU's old `name: value`.
      if (this.isWord(at) && this.sym[at + 1] === Punct.Colon) return at + 2;
      return this.designatorMacro(at);
    }
    if (this.sym[at] === Punct.Equal) return at + 1;
    // GNU's obsolete `[index] value`.
    for (let index = from; index < at; index++) this.blank(index);
    return at;
  }

  /** `NAME(…) = { … }`: the macro makes the designator. */
  private designatorMacro(at: number): number {
    if (this.sym[at] !== Word.Identifier || this.sym[at + 1] !== Punct.LeftParen) return at;
    const past = this.past(at + 1);
    if (this.sym[past] !== Punct.Equal || this.sym[past + 1] !== Punct.LeftBrace) return at;
    this.blank(at, past);
    return past + 1;
  }

  private expressionBeforeEllipsis(from: number): number {
    let end = from;
    while (this.sym[end] !== Punct.Ellipsis && !CLOSERS.has(this.sym[end])) end = this.past(end);
    if (this.sym[end] !== Punct.Ellipsis) return this.expression(from, Until.Closer);
    // The ellipsis stays: the grammar has it here.
    const saved = this.sym[end];
    this.sym[end] = Punct.Semicolon;
    this.expression(from, Until.Closer);
    this.sym[end] = saved;
    return end;
  }
}
