/** Statements and a file's items: finds the macros that stand for loops and for whole statements. */
import { Until } from './mask-expressions';
import { MacroMask } from './mask-macros';
import { Place } from './mask-roles';
import { Shape } from './shapes';
import { AFTER_DECLARED, TYPE_START } from './symbol-sets';
import { Punct } from './tokens';
import { Word } from './words';

export class StatementMask extends MacroMask {
  /** Masks the whole text and returns it. */
  file(): string {
    for (let at = 0; at < this.count; ) at = Math.max(this.item(at), at + 1);
    return this.output.toString('latin1');
  }

  /** Masks one item of a file; returns the index past it. */
  private item(at: number): number {
    const sym = this.sym[at];
    if (sym === Punct.Semicolon) return at + 1;
    if (sym === Punct.LeftBrace) return this.block(at);
    if (sym === Word.Asm || sym === Word.String) return this.finish(this.expression(at, Until.Statement), at);
    if (sym === Word.Extension) {
      this.blank(at);
      return at + 1;
    }
    if (sym === Word.Identifier && this.sym[at + 1] === Punct.LeftBrace) return this.bareRecord(at);
    if (this.isWholeWord(at)) {
      this.terminate(at);
      return at + 1;
    }
    if (TYPE_START.has(sym) || sym === Word.Identifier || (sym >= Word.Attribute && sym <= Word.Typedef)) {
      return this.declaration(at, Place.File);
    }
    return sym > Word.Typedef ? this.statement(at) : at + 1;
  }

  /** `NAME { … };`: a macro that stands for `struct tag`. */
  private bareRecord(at: number): number {
    const keyword = ['struct', 'union'].find((one) => one.length <= this.length(at));
    if (keyword === undefined) return this.block(at + 1);
    this.write(at, keyword);
    this.members(at + 2, this.match[at + 1]);
    return this.declaration(this.past(at + 1), Place.File);
  }

  protected block(open: number): number {
    this.statements(open + 1, this.match[open]);
    return this.past(open);
  }

  protected statements(from: number, end: number): void {
    for (let at = from; at < end; ) at = Math.max(this.statement(at), at + 1);
  }

  /** Masks one statement or declaration; returns the index past it. */
  private statement(at: number): number {
    if (!this.enter()) return this.past(at);
    const past = this.oneStatement(at);
    this.leave();
    return past;
  }

  private oneStatement(at: number): number {
    const sym = this.sym[at];
    switch (sym) {
      case Punct.Semicolon:
        return at + 1;
      case Punct.LeftBrace:
        return this.block(at);
      case Word.If:
      case Word.While:
      case Word.Switch:
        return this.conditional(at);
      case Word.For:
        return this.forLoop(at);
      case Word.Do:
        return this.doLoop(at);
      case Word.Else:
        return this.statement(at + 1);
      case Word.Case:
        return this.pastColon(this.expression(at + 1, Until.Closer));
      case Word.Default:
        return this.pastColon(at + 1);
      case Word.Return:
        return this.finish(this.sym[at + 1] === Punct.Semicolon ? at + 1 : this.returned(at + 1), at);
      case Word.Goto:
        return this.goto(at);
      case Word.Break:
      case Word.Continue:
        return this.finish(at + 1, at);
      case Word.Extension:
        this.blank(at);
        return this.statement(at + 1);
      case Word.Identifier:
        return this.named(at);
      default:
        break;
    }
    if (TYPE_START.has(sym) || sym === Word.Typedef || sym === Word.Attribute || sym === Word.Alignas) {
      return this.declaration(at, Place.Block);
    }
    return this.finish(this.expression(at, Until.Statement), at);
  }

  private returned(at: number): number {
    return this.startsLine(at) && this.sym[at] > Word.Typedef ? at : this.expression(at, Until.Closer);
  }

  private pastColon(at: number): number {
    return this.sym[at] === Punct.Colon ? at + 1 : at;
  }

  /** Past the semicolon that ends a statement; where it is missing, past a token that can't start the next one. */
  protected finish(at: number, start: number): number {
    const sym = this.sym[at];
    if (sym === Punct.Semicolon) return at + 1;
    const canStart = this.isWord(at) || sym === Punct.LeftBrace || sym === Punct.RightBrace;
    return canStart && at > start ? at : at + 1;
  }

  private conditional(at: number): number {
    let open = at + 1;
    // `if likely(x)`: the macro brings the parentheses.
    if (this.sym[open] === Word.Identifier && this.sym[open + 1] === Punct.LeftParen) this.blank(open++);
    if (this.sym[open] !== Punct.LeftParen) return open;
    this.enclosed(open);
    const body = this.past(open);
    // tree-sitter-c wants a block after `switch (…)`.
    if (this.sym[at] === Word.Switch && this.sym[body] !== Punct.LeftBrace) this.write(at, 'while');
    const past = this.statement(body);
    if (this.sym[at] !== Word.If || this.sym[past] !== Word.Else) return past;
    return this.statement(past + 1);
  }

  private forLoop(at: number): number {
    const open = at + 1;
    if (this.sym[open] !== Punct.LeftParen) return open;
    const close = this.match[open];
    let semicolons = 0;
    for (let inside = open + 1; inside < close; inside = this.past(inside)) {
      if (this.sym[inside] === Punct.Semicolon) semicolons++;
    }
    if (semicolons !== 2) {
      // A macro brings the header's parts.
      if (close > open + 1) this.write(at, 'if');
      this.arguments(open);
      return this.statement(this.past(open));
    }
    let part = open + 1;
    if (this.startsDeclaration(part)) part = this.declaration(part, Place.Block);
    for (; part < close; part++) part = this.expression(part, Until.Closer);
    return this.statement(this.past(open));
  }

  private doLoop(at: number): number {
    const past = this.statement(at + 1);
    const isMacro = this.sym[past] === Word.Identifier && this.sym[past + 1] === Punct.LeftParen;
    if (isMacro && this.length(past) >= 'while'.length) {
      this.write(past, 'while');
      this.arguments(past + 1);
    } else if (this.sym[past] === Word.While && this.sym[past + 1] === Punct.LeftParen) this.enclosed(past + 1);
    else return past;
    const end = this.past(past + 1);
    if (this.sym[end] === Punct.Semicolon) return end + 1;
    this.insertBetween(end - 1, end, ';');
    return end;
  }

  /** `goto *address` (GCC manual, "Labels as Values") is written as the expression alone. */
  private goto(at: number): number {
    if (this.sym[at + 1] === Punct.Star) {
      this.blank(at);
      return this.finish(this.expression(at + 1, Until.Statement), at);
    }
    if (this.sym[at + 1] === Word.Identifier && this.sym[at + 2] === Punct.LeftParen) {
      const past = this.past(at + 2);
      if (past < this.count) this.weld(at + 1, past - 1);
      return this.finish(past, at);
    }
    return this.finish(at + 2, at);
  }

  private startsDeclaration(at: number): boolean {
    if (TYPE_START.has(this.sym[at])) return true;
    if (this.sym[at] !== Word.Identifier) return false;
    if (this.sym[at + 1] === Punct.LeftParen) return false;
    return this.sym[at + 1] === Word.Identifier || TYPE_START.has(this.sym[at + 1]) || this.declaresPointer(at + 1);
  }

  /** `* const *name =`: what follows a type's name in a declaration. */
  private declaresPointer(from: number): boolean {
    if (this.sym[from] !== Punct.Star) return false;
    let at = from;
    while (this.sym[at] === Punct.Star || this.sym[at] === Word.Qualifier || this.sym[at] === Word.Attribute) {
      at = this.sym[at] === Word.Attribute ? this.past(at + 1) : at + 1;
    }
    return this.sym[at] === Word.Identifier && AFTER_DECLARED.has(this.sym[at + 1]);
  }

  /** A statement that opens with a plain word. */
  private named(at: number): number {
    const next = this.sym[at + 1];
    if (next === Punct.Colon) return this.label(at);
    if (next === Punct.LeftParen) return this.call(at);
    if (next === Punct.LeftBrace) return this.bareHeader(at);
    if (this.isWholeWord(at) || this.isWordStatement(at)) {
      this.terminate(at);
      return at + 1;
    }
    if (next === Word.Qualifier && this.sym[at + 2] === Punct.LeftParen) {
      // A macro that stands for `asm`.
      this.blank(at + 1);
      this.arguments(at + 2);
      return this.finish(this.past(at + 2), at);
    }
    const continues = next === Word.Identifier || TYPE_START.has(next) || next === Word.Attribute;
    if (continues || this.declaresPointer(at + 1)) {
      return this.declaration(at, Place.Block);
    }
    if (next > Word.Typedef && this.shapes.of(this.id(at)) === Shape.Annotation) {
      this.blank(at);
      return this.statement(at + 1);
    }
    return this.finish(this.expression(at, Until.Statement), at);
  }

  /** A word alone on its line, before a statement that is no declarator: a macro, or half-typed code. */
  private isWordStatement(at: number): boolean {
    const next = this.sym[at + 1];
    if (next !== Word.Identifier && next <= Word.Typedef) return false;
    if (!this.startsLine(at) || !this.startsLine(at + 1)) return false;
    const shape = this.shapes.of(this.id(at));
    return shape !== Shape.Annotation && shape !== Shape.Type;
  }

  private label(at: number): number {
    const next = at + 2;
    if (this.sym[next] === Punct.RightBrace) {
      this.insertBetween(at + 1, next, ';');
      return next;
    }
    return this.statement(next);
  }

  /** `NAME {`: a header without arguments. */
  private bareHeader(at: number): number {
    const spelling = ['while(1)', 'if(1)'].find((one) => one.length <= this.length(at));
    if (spelling !== undefined && this.shapes.of(this.id(at)) === Shape.Header) this.write(at, spelling);
    else this.blank(at);
    return this.block(at + 1);
  }

  /** A statement that opens with `NAME(…)`. */
  private call(at: number): number {
    const open = at + 1;
    const past = this.past(open);
    const next = this.sym[past];
    const shape = this.shapes.of(this.id(at));
    if (next === Punct.LeftBrace || shape === Shape.Header) return this.header(at);
    if (next === Punct.Equal && this.sym[past + 1] === Punct.LeftBrace)
      return this.macroDeclaration(at, at, Place.Block);
    if (this.declaresFunctionPointer(at)) return this.declaration(at, Place.Block);
    if (next === Punct.Star && this.declaresPointer(past)) return this.declaration(at, Place.Block);
    if (shape === Shape.Type && next === Word.Identifier) return this.declaration(at, Place.Block);
    if (this.statementsEnd(open + 1, past - 1) === past - 1) return this.wrapped(at);
    const isEnd = next === Punct.RightBrace || next === Word.Else;
    if (!this.isWord(past) && !isEnd) {
      const end = this.expression(at, Until.Statement);
      if (this.sym[end] === Punct.Colon) this.put(end, ';');
      return this.finish(end, at);
    }
    if (past >= this.count) return this.finish(this.expression(at, Until.Statement), at);
    if (isEnd) return this.withoutSemicolon(at);
    if (shape === Shape.Annotation) {
      this.blank(at, past - 1);
      return this.statement(past);
    }
    if (shape === Shape.Whole) return this.withoutSemicolon(at);
    if (!this.startsLine(past)) return this.besideCall(at, past);
    return this.indentation(past) > this.indentation(at) ? this.header(at) : this.withoutSemicolon(at);
  }

  /** `NAME(statements)`: the statements alone stand for it. */
  private wrapped(at: number): number {
    const close = this.match[at + 1];
    this.blank(at, at + 1);
    this.blank(close);
    this.statements(at + 2, close);
    return close + 1;
  }

  /** `NAME(…) word` on one line: a type and its declarator, an annotated declaration, or a header and its statement. */
  private besideCall(at: number, past: number): number {
    if (TYPE_START.has(this.sym[past])) return this.declaration(at, Place.Block);
    const isDeclared = this.sym[past] === Word.Identifier && AFTER_DECLARED.has(this.sym[past + 1]);
    return isDeclared && this.sym[past + 1] !== Punct.LeftParen ? this.declaration(at, Place.Block) : this.header(at);
  }

  /** `NAME(…) statement` becomes `while` or, before an `else`, `if`. */
  protected header(at: number): number {
    const open = at + 1;
    const close = this.match[open];
    const isEmpty = close === open + 1;
    if (isEmpty) this.insertBetween(open, close, '1');
    else this.arguments(open);
    const past = this.statement(this.past(open));
    const isIf = this.sym[past] === Word.Else;
    const spelling = isIf || this.length(at) < 'while'.length ? 'if' : 'while';
    if (this.length(at) > spelling.length || !isEmpty) {
      if (this.length(at) >= spelling.length) this.write(at, spelling);
      if (isEmpty && this.end(at) === this.start(open)) {
        this.output[this.end(at) - 1] = 40;
        this.put(open, '1');
      }
    }
    return isIf ? this.statement(past + 1) : past;
  }

  /** `NAME(…)` as a whole statement. */
  private withoutSemicolon(at: number): number {
    const close = this.match[at + 1];
    if (close >= this.count) return close;
    if (this.insertBetween(close, close + 1, ';')) this.arguments(at + 1);
    else {
      this.blank(at + 1, close);
      this.put(close, ';');
    }
    return close + 1;
  }
}
