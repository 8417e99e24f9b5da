/** Macros that stand for whole declarations, members and functions' heads. */
import { DeclarationMask } from './mask-declarations';
import { Until } from './mask-expressions';
import { Place } from './mask-roles';
import { TYPE_START } from './symbol-sets';
import { Punct } from './tokens';
import { Word } from './words';

/** An argument as a half-open range of tokens. */
interface Argument {
  readonly from: number;
  readonly end: number;
}

export abstract class MacroMask extends DeclarationMask {
  /** Masks `NAME(…) statement`; returns the index past the statement. */
  protected abstract header(at: number): number;
  /** Past the semicolon that ends a statement. */
  protected abstract finish(at: number, start: number): number;

  protected macroDeclaration(from: number, name: number, place: Place): number {
    const open = name + 1;
    const close = this.match[open];
    if (close >= this.count) return this.past(open);
    const past = this.annotations(this.past(open));
    switch (this.sym[past]) {
      case Punct.Semicolon:
        if (from === name) this.arguments(open);
        else if (close !== open + 2 || this.sym[open + 1] !== Word.Identifier) this.asDeclaration(name);
        return past + 1;
      case Punct.Equal:
      case Punct.LeftBracket:
      case Punct.Comma:
        this.asDeclaration(name);
        return this.pastInitializer(past);
      case Punct.LeftBrace:
        if (place === Place.Block) return this.header(name);
        this.functionHead(name);
        return this.block(past);
      case Punct.LeftParen:
        return this.namedByMacro(from, name, place);
      default:
        break;
    }
    // No semicolon: the macro brings the whole item.
    for (let index = from; index < name; index++) this.blank(index);
    if (this.holdsAccess(open, close)) this.asAssignment(open);
    else {
      this.blank(open, close);
      this.put(close, ';');
    }
    return past;
  }

  /** `NAME(a, b->c)` becomes `NAME=a+b->c;`, which a file may hold and which keeps the member accesses. */
  private asAssignment(open: number): void {
    const close = this.match[open];
    this.arguments(open);
    this.put(open, '=');
    for (let at = open + 1; at < close; at = this.past(at)) if (this.sym[at] === Punct.Comma) this.put(at, '+');
    this.put(close, ';');
  }

  private holdsAccess(open: number, close: number): boolean {
    let holds = false;
    for (let at = open; at < close; at++) {
      if (this.sym[at] === Punct.Semicolon) return false;
      if (this.sym[at] === Punct.Arrow) holds = true;
    }
    return holds;
  }

  private pastInitializer(from: number): number {
    let at = from;
    while (this.sym[at] === Punct.LeftBracket) {
      this.enclosed(at);
      at = this.past(at);
    }
    at = this.annotations(at);
    if (this.sym[at] === Punct.Equal) {
      at = this.sym[at + 1] === Punct.LeftBrace ? this.initializerList(at + 1) : this.expression(at + 1, Until.Closer);
    } else if (this.sym[at] === Punct.Comma) at = this.expression(at + 1, Until.Closer);
    return this.finish(at, from);
  }

  /** Arguments of `NAME(…)` as half-open ranges of tokens. */
  private splitArguments(open: number): Argument[] {
    const close = this.match[open];
    const found: Argument[] = [];
    let from = open + 1;
    for (let at = from; at <= close && at < this.count; at = at === close ? close + 1 : this.past(at)) {
      if (at !== close && this.sym[at] !== Punct.Comma) continue;
      if (at > from || at !== close) found.push({ from, end: at });
      from = at + 1;
    }
    return found;
  }

  private isName(argument: Argument): boolean {
    return argument.end === argument.from + 1 && this.sym[argument.from] === Word.Identifier;
  }

  /** `name` or `name[size]`. */
  private isDeclarable(argument: Argument | undefined): boolean {
    if (argument === undefined || this.sym[argument.from] !== Word.Identifier) return false;
    let at = argument.from + 1;
    while (at < argument.end && this.sym[at] === Punct.LeftBracket) at = this.past(at);
    return at === argument.end;
  }

  /**
   * `DEFINE_X(type, name)` becomes `type name`; `DEFINE_X(name, …)` becomes `DEFINE_X name`, a name of unknown type.
   */
  private asDeclaration(name: number): void {
    const open = name + 1;
    const close = this.match[open];
    const split = this.splitArguments(open);
    const type = split.findIndex((one) => this.isTypeName(one.from, one.end));
    const isAfterType = type >= 0 && this.isDeclarable(split[type + 1]);
    const named = isAfterType ? type + 1 : split.findIndex((one) => this.isDeclarable(one));
    const kept = new Set<number>();
    if (named >= 0) kept.add(named);
    if (isAfterType && this.sym[split[type].end - 1] !== Punct.RightBracket) {
      kept.add(type);
      this.blank(name);
      this.typeName(split[type].from, split[type].end);
    }
    if (named < 0 && close > open + 1) this.weld(open + 1, close - 1);
    else this.blankAllBut(open, close, split, kept);
  }

  private blankAllBut(open: number, close: number, split: Argument[], kept: Set<number>): void {
    this.blank(open);
    this.blank(close);
    split.forEach(({ from, end }, index) => {
      if (!kept.has(index) && end > from) this.blank(from, end - 1);
      if (end < close) this.blank(end);
    });
  }

  /**
   * `NAME(f, type1, a, type2, b) {` becomes `NAME f(type1 a, type2 b) {`. Arguments that aren't such pairs go; a lone
   * one is left as it is, which tree-sitter-c reads as `NAME (f) {`.
   */
  private functionHead(name: number): void {
    const open = name + 1;
    const close = this.match[open];
    const split = this.splitArguments(open);
    if (split.length === 0) return;
    const named = split.findIndex((one) => this.isName(one));
    if (named < 0) {
      if (close > open + 1) this.weld(open + 1, close - 1);
      return;
    }
    const rest = split.slice(named + 1);
    const arePairs = rest.length % 2 === 0 && rest.every((one, index) => index % 2 === 0 || this.isName(one));
    for (const { from, end } of split.slice(0, named)) this.blank(from, end);
    if (rest.length === 0) return;
    this.blank(open);
    this.put(split[named].end, '(');
    rest.forEach(({ from, end }, index) => {
      if (!arePairs) {
        this.blank(from, end - 1);
        if (end < close) this.blank(end);
      } else if (index % 2 === 0) {
        this.typeName(from, end);
        this.blank(end);
      }
    });
  }

  /** `NAME(f)(int a) {`: the macro makes the function's name. */
  private namedByMacro(from: number, name: number, place: Place): number {
    const open = name + 1;
    const close = this.match[open];
    if (place === Place.Block && from === name) return this.finish(this.expression(name, Until.Statement), name);
    const split = this.splitArguments(open);
    const named = split.findIndex((one) => this.isName(one));
    if (named >= 0) this.blankAllBut(open, close, split, new Set([named]));
    else this.weld(open, close);
    const past = this.annotations(this.declarator(close + 1, Place.File));
    if (this.sym[past] === Punct.LeftBrace) return this.block(past);
    return this.sym[past] === Punct.Semicolon ? past + 1 : past;
  }

  protected memberMacro(name: number): number {
    const open = name + 1;
    const close = this.match[open];
    if (close >= this.count) return this.past(open);
    let past = this.past(open);
    const split = this.splitArguments(open);
    const group = split.findIndex(({ from, end }) => this.holdsSemicolon(from, end));
    if (group >= 0) return this.memberGroup(name, split[group].from);
    while (this.sym[past] === Punct.LeftBracket) past = this.past(past);
    if (this.sym[past] === Word.Identifier && !this.startsLine(past)) past = this.annotations(past);
    const next = this.sym[past];
    if (next === Word.Identifier || next === Punct.Star || next === Punct.LeftParen || TYPE_START.has(next)) {
      if (!this.startsLine(past)) return this.declaration(name, Place.Field);
    }
    const named = split.findIndex((one) => this.isName(one));
    this.blankAllBut(open, close, split, new Set(named >= 0 ? [named] : []));
    if (next !== Punct.Semicolon) this.put(close, ';');
    return next === Punct.Semicolon ? past + 1 : past;
  }

  private holdsSemicolon(from: number, end: number): boolean {
    for (let at = from; at < end; at = this.past(at)) if (this.sym[at] === Punct.Semicolon) return true;
    return false;
  }

  /** `GROUP(name, int a; int b;)` becomes an anonymous record with these members; `GROUP(int a;)` becomes them. */
  private memberGroup(name: number, first: number): number {
    const open = name + 1;
    const close = this.match[open];
    if (first === open + 1 || this.length(name) < 'struct'.length) {
      // The members alone stand for it.
      this.blank(name, first - 1);
      this.members(first, close);
      this.blank(close);
      if (this.sym[close + 1] === Punct.Semicolon) this.blank(close + 1);
      return this.sym[close + 1] === Punct.Semicolon ? close + 2 : close + 1;
    }
    this.write(name, 'struct');
    this.blank(open + 1, first - 1);
    this.put(open, '{');
    this.put(close, '}');
    this.members(first, close);
    const past = this.annotations(close + 1);
    if (this.sym[past] === Punct.Semicolon) return past + 1;
    this.insertBetween(close, past, ';');
    return past;
  }
}
