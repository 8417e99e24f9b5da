/** Initializers in braces, with GNU's designators and the macros that bring a designator or a comma. */
import { ArgumentMask } from './mask-arguments';
import { Until } from './mask-expressions';
import { CLOSERS } from './symbol-sets';
import { Punct } from './tokens';
import { Word } from './words';

export abstract class InitializerMask extends ArgumentMask {
  /** Masks an initializer's braces (C11 6.7.9 and GNU's old designators); returns the index past them. */
  protected initializerList(open: number): number {
    if (this.enter()) {
      this.elements(open);
      this.leave();
    }
    return this.past(open);
  }

  private elements(open: number): void {
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
