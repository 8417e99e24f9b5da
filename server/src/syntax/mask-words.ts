/** Words and what surrounds them: annotations, types' names, macros that fill a line. */
import { Canvas } from './canvas';
import { Shape } from './shapes';
import { AFTER_NAME, END, TYPE_START } from './symbol-sets';
import { Punct } from './tokens';
import { RESPELLED, Word } from './words';

export abstract class WordMask extends Canvas {
  /** Past a word and its arguments; an annotation that takes none leaves a parenthesis alone. */
  protected pastArguments(at: number): number {
    if (this.sym[at + 1] !== Punct.LeftParen) return at + 1;
    const id = this.id(at);
    const isBare = this.shapes.of(id) === Shape.Annotation && !this.shapes.takesArguments(id);
    return isBare ? at + 1 : this.past(at + 1);
  }

  protected blankCall(at: number): number {
    const past = this.pastArguments(at);
    this.blank(at, past - 1);
    return past;
  }

  protected isAnnotation(at: number): boolean {
    const id = this.id(at);
    if (this.sym[at] !== Word.Identifier || this.shapes.of(id) !== Shape.Annotation) return false;
    return this.sym[at + 1] === Punct.LeftParen || !this.shapes.takesArguments(id);
  }

  protected pastAnnotations(from: number): number {
    let at = from;
    while (this.isAnnotation(at)) at = this.pastArguments(at);
    return at;
  }

  /** Whether annotations from a token on lead to the declaration's end or its initializer. */
  protected annotationsEnd(from: number): boolean {
    const at = this.pastAnnotations(from);
    return AFTER_NAME.has(this.sym[at]) || this.sym[at] === Punct.LeftBrace;
  }

  /** `NAME (*name)(…)` and `NAME (*name)[…]`: a type before a pointer's declarator. */
  protected isPointerType(at: number): boolean {
    if (this.sym[at + 1] !== Punct.LeftParen) return false;
    const first = this.isAnnotation(at + 2) ? at + 3 : at + 2;
    const after = this.sym[this.past(at + 1)];
    return this.sym[first] === Punct.Star && (after === Punct.LeftParen || after === Punct.LeftBracket);
  }

  /** `NAME (*name)(int a)`, which may also begin a statement, where `call(*name)(a)` has no types among the arguments. */
  protected declaresFunctionPointer(at: number): boolean {
    return this.isPointerType(at) && this.hasTypedParameter(this.past(at + 1));
  }

  /** A macro without arguments that stands for whole items, members or statements. */
  protected isWholeWord(at: number): boolean {
    const next = this.sym[at + 1];
    if (this.sym[at] !== Word.Identifier || next === Punct.LeftParen || next === Punct.Semicolon) return false;
    if (next === END) return true;
    if (!this.startsLine(at + 1)) return false;
    if (this.shapes.of(this.id(at)) === Shape.Whole) return true;
    // Words that fill their lines, one below the other.
    const isLone = this.startsLine(at) && next === Word.Identifier;
    return isLone && (this.sym[at + 2] === END || (this.startsLine(at + 2) && !this.isAnnotation(at)));
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

  /**
   * Where an argument is a type, or a declaration of a name without initializer, the index past it; else -1. Types
   * that are one plain name need no care.
   */
  protected typeArgumentEnd(from: number, close: number): number {
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

  protected hasTypedParameter(open: number): boolean {
    const close = this.match[open];
    for (let at = open + 1; at < close; at++) {
      if (TYPE_START.has(this.sym[at])) return true;
      if (this.sym[at] === Word.Identifier && this.sym[at + 1] === Word.Identifier) return true;
    }
    return false;
  }

  protected areParameters(open: number, close: number): boolean {
    for (let at = open + 1; at < close; at = this.past(at)) {
      const sym = this.sym[at];
      const fits = this.isWord(at) || sym === Punct.Star || sym === Punct.Comma || sym === Punct.Ellipsis;
      if (!fits && sym !== Punct.LeftParen && sym !== Punct.LeftBracket) return false;
      if (sym > Word.Alignas) return false;
    }
    return true;
  }

  protected respell(at: number): void {
    const spelling = RESPELLED.get(this.id(at));
    if (spelling !== undefined) this.write(at, spelling);
  }

  /** Column of the first token on a token's line. */
  protected indentation(index: number): number {
    let first = index;
    while (first > 0 && !this.startsLine(first)) first--;
    return this.column(first);
  }
}
