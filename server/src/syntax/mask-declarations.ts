/** Declarations: walks specifiers, declarators and bodies, and blanks what is neither type nor name. */
import { Until } from './mask-expressions';
import { Place, Role, RoleMask } from './mask-roles';
import { TYPE_START } from './symbol-sets';
import { Punct } from './tokens';
import { Word } from './words';

export abstract class DeclarationMask extends RoleMask {
  /** Masks `NAME(…)` that makes a whole declaration; returns the index past it. */
  protected abstract macroDeclaration(from: number, name: number, place: Place): number;
  /** Masks `NAME(…)` among a record's members; returns the index past it. */
  protected abstract memberMacro(name: number): number;

  /** Masks a declaration or a function's definition; returns the index past its semicolon or brace. */
  protected declaration(from: number, place: Place): number {
    if (!this.enter()) return this.past(from);
    const past = this.specified(from, place);
    this.leave();
    return Math.max(past, from + 1);
  }

  private specified(from: number, place: Place): number {
    const at = this.specifiers(from, place);
    const isMacro = !this.typed && this.sym[at] === Word.Identifier && this.sym[at + 1] === Punct.LeftParen;
    return isMacro ? this.macroDeclaration(from, at, place) : this.declarators(at, place);
  }

  protected typeName(from: number, _end: number): void {
    const at = this.specifiers(from, Place.TypeName);
    this.annotations(this.declarator(at, Place.TypeName));
  }

  /** Masks storage, qualifiers, annotations and the type; returns the index of the declarator. */
  private specifiers(from: number, place: Place): number {
    this.typed = false;
    this.hasBody = false;
    let at = from;
    for (;;) {
      const sym = this.sym[at];
      if (sym === Word.Qualifier || sym === Word.Storage || sym === Word.Type) {
        if (sym === Word.Type) this.typed = true;
        this.respell(at++);
      } else if (sym === Word.Typedef) at++;
      else if (sym === Word.Extension) this.blank(at++);
      else if (sym === Word.Attribute) at = this.blankCall(at);
      else if (sym === Word.Alignas) at = this.past(at + 1);
      else if (sym === Word.Record || sym === Word.Enum) {
        at = this.record(at);
        this.typed = true;
      } else if (sym === Word.Typeof && this.sym[at + 1] === Punct.LeftParen) {
        this.typed = true;
        this.weld(at, this.past(at + 1) - 1);
        at = this.past(at + 1);
      } else if (sym === Word.Identifier) {
        const role = this.role(at, place, from);
        if (role === Role.Name) return at;
        const past = this.pastArguments(at);
        if (role === Role.Annotation) this.blank(at, past - 1);
        else if (this.isPointerType(at)) {
          this.typed = true;
          at++;
          continue;
        } else {
          this.typed = true;
          if (past > at + 1) this.weld(at, past - 1);
        }
        at = past;
      } else return at;
    }
  }

  /** Masks `struct TAG { … }` and its kin; returns the index past it. */
  private record(keyword: number): number {
    let at = keyword + 1;
    for (;;) {
      if (this.sym[at] === Word.Attribute) at = this.blankCall(at);
      else if (this.sym[at] === Word.Identifier && this.isTagAnnotation(at)) at = this.blankCall(at);
      else break;
    }
    if (this.sym[at] === Word.Identifier) {
      const past = this.pastArguments(at);
      if (past > at + 1 && this.isTagMacro(at, past)) {
        this.weld(at, past - 1);
        at = past;
      } else at++;
    }
    while (this.sym[at] === Word.Attribute) at = this.blankCall(at);
    if (this.sym[at] === Word.Identifier && this.sym[at + 1] === Punct.LeftBrace) this.blank(at++);
    if (this.sym[keyword] === Word.Enum && this.sym[at] === Punct.Colon) {
      while (at < this.count && this.sym[at] !== Punct.LeftBrace && this.sym[at] !== Punct.Semicolon) this.blank(at++);
    }
    if (this.sym[at] !== Punct.LeftBrace) return at;
    if (this.sym[keyword] === Word.Enum) this.enumerators(at);
    else this.members(at + 1, this.match[at]);
    this.hasBody = true;
    at = this.past(at);
    while (this.sym[at] === Word.Attribute) at = this.blankCall(at);
    return at;
  }

  /** Masks a record's members. */
  protected members(from: number, close: number): void {
    let at = from;
    let last = -1;
    while (at < close) {
      const before = at;
      last = at;
      if (this.sym[at] === Punct.Semicolon) this.blank(at++);
      else if (this.isWholeWord(at) || (this.sym[at] === Word.Identifier && at + 1 === close)) this.terminate(at++);
      else if (this.isMemberMacro(at)) at = this.memberMacro(at);
      else at = this.declaration(at, Place.Field);
      if (at <= before) at = before + 1;
    }
    // A macro may bring the last semicolon.
    if (last < close - 1 && close < this.count && this.isWord(close - 1)) this.terminate(close - 1);
  }

  private isMemberMacro(at: number): boolean {
    return this.sym[at] === Word.Identifier && this.sym[at + 1] === Punct.LeftParen && !this.isPointerType(at);
  }

  private enumerators(open: number): void {
    const close = this.match[open];
    let at = open + 1;
    while (at < close) {
      const before = at;
      if (this.sym[at] === Word.Identifier) {
        const past = this.pastArguments(at);
        if (past > at + 1) this.weld(at, past - 1);
        for (at = past; this.isAnnotation(at) || this.sym[at] === Word.Attribute; ) at = this.blankCall(at);
      }
      if (this.sym[at] === Punct.Equal) at = this.expression(at + 1, Until.Comma);
      if (at >= close) return;
      if (this.sym[at] === Punct.Comma) {
        if (at === before) this.blank(at);
        at++;
      } else {
        if (!this.insertBetween(at - 1, at, ',') && at > before) this.overwriteEnd(at - 1, ',');
        if (at === before) at++;
      }
    }
  }

  /** Masks declarators with their initializers and what ends them; returns the index past that. */
  private declarators(from: number, place: Place): number {
    let at = from;
    let isFirst = true;
    for (;;) {
      const before = at;
      at = this.annotations(this.declarator(at, place));
      const isNamed = at > before;
      if (this.sym[at] === Punct.Colon && place === Place.Field) at = this.bitfield(at, !isNamed, isFirst);
      if (isNamed) isFirst = false;
      if (this.sym[at] === Punct.Equal) {
        at = this.sym[at + 1] === Punct.LeftBrace ? this.initializerList(at + 1) : this.expression(at + 1, Until.Comma);
      }
      if (this.sym[at] === Punct.Comma && place !== Place.Parameter) at++;
      else break;
    }
    if (this.sym[at] === Punct.Semicolon && place !== Place.Parameter) return at + 1;
    if (place === Place.File || place === Place.Block) {
      const body = this.oldStyleParameters(at);
      if (this.sym[body] === Punct.LeftBrace && this.sym[at - 1] !== Punct.Equal) return this.block(body);
    }
    return at;
  }

  /** A bit-field's width; tree-sitter-c wants a name before it, so an unnamed one goes. */
  private bitfield(colon: number, isUnnamed: boolean, isFirst: boolean): number {
    const end = this.annotations(this.expression(colon + 1, Until.Comma));
    if (isUnnamed) {
      this.blank(colon, end - 1);
      const comma = isFirst ? end : colon - 1;
      if (this.sym[comma] === Punct.Comma) this.blank(comma);
    }
    return end;
  }

  /** Declarations between a function's parentheses and its brace (C11 6.9.1p6); returns the brace's index or `from`. */
  private oldStyleParameters(from: number): number {
    if (this.sym[from - 1] !== Punct.RightParen) return from;
    if (!TYPE_START.has(this.sym[from]) && this.sym[from] !== Word.Identifier) return from;
    let brace = from;
    while (brace < this.count && this.sym[brace] !== Punct.LeftBrace && this.sym[brace] !== Punct.RightBrace) {
      if (this.sym[brace] === Punct.Equal) return from;
      brace = this.past(brace);
    }
    if (this.sym[brace] !== Punct.LeftBrace || this.sym[brace - 1] !== Punct.Semicolon) return from;
    for (let at = from; at < brace; ) at = this.declaration(at, Place.Field);
    return brace;
  }

  /** Masks one declarator, abstract or not; returns the index past it. */
  protected declarator(from: number, place: Place): number {
    let at = from;
    for (;;) {
      const sym = this.sym[at];
      if (sym === Punct.Star) at++;
      else if (sym === Word.Qualifier) this.respell(at++);
      else if (sym === Word.Attribute) at = this.blankCall(at);
      else if (sym === Word.Identifier) {
        if (!this.isDeclaratorAnnotation(at, place)) {
          at++;
          break;
        }
        at = this.blankCall(at);
      } else if (sym === Punct.LeftParen && this.isNestedDeclarator(at, place)) {
        if (this.enter()) {
          this.declarator(at + 1, place);
          this.leave();
        }
        at = this.past(at);
        break;
      } else break;
    }
    for (;;) {
      if (this.sym[at] === Punct.LeftBracket) {
        const first = this.sym[at + 1];
        if (first !== Word.Storage && first !== Word.Qualifier) this.enclosed(at);
        at = this.past(at);
      } else if (this.sym[at] === Punct.LeftParen) {
        this.parameters(at);
        at = this.past(at);
      } else return at;
    }
  }

  /** Masks a function's parameter list; what can't be one (a macro's arguments) becomes part of the name. */
  private parameters(open: number): void {
    const close = this.match[open];
    if (this.sym[open - 1] === Word.Identifier && !this.areParameters(open, close)) {
      if (close < this.count) this.weld(open - 1, close);
      return;
    }
    let at = open + 1;
    while (at < close) {
      const before = at;
      if (this.sym[at] === Punct.Ellipsis) at++;
      else at = this.declaration(at, Place.Parameter);
      while (at < close && this.sym[at] !== Punct.Comma) at = this.past(at);
      at = Math.max(at, before) + 1;
    }
  }
}
