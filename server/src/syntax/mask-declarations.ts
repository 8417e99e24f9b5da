/** Declarations: finds what is type, annotation and name among a declaration's words, and blanks the annotations. */
import { ExpressionMask, TYPE_START, Until } from './mask-expressions';
import { Shape } from './shapes';
import { Punct } from './tokens';
import { RESPELLED, Word } from './words';

/** Where a declaration stands. */
export enum Place {
  File,
  Block,
  /** A record's member. */
  Field,
  Parameter,
  /** A cast's or `sizeof`'s parenthesis. */
  TypeName,
}

/** What a plain word among a declaration's specifiers is. */
enum Role {
  Annotation,
  Type,
  /** The declared name, or a macro that makes the declaration. */
  Name,
}

/** Words that only a type or its qualifiers start with. */
const TYPE_WORDS = new Set<number>([Word.Type, Word.Record, Word.Enum, Word.Typeof]);
/** Tokens after a declared name. */
const AFTER_NAME = new Set<number>([
  Punct.Semicolon,
  Punct.Comma,
  Punct.Equal,
  Punct.LeftBracket,
  Punct.RightParen,
  Punct.Colon,
  Punct.RightBrace,
  0,
]);

export abstract class DeclarationMask extends ExpressionMask {
  /** Whether the specifiers read last had a type, and whether that had a body in braces. */
  protected typed = false;
  protected hasBody = false;

  /** Masks `NAME(…)` that makes a whole declaration; returns the index past it. */
  protected abstract macroDeclaration(from: number, name: number, place: Place): number;
  /** Masks `NAME(…)` among a record's members; returns the index past it. */
  protected abstract memberMacro(name: number): number;

  /** Masks a declaration or a function's definition; returns the index past its semicolon or brace. */
  protected declaration(from: number, place: Place): number {
    const at = this.specifiers(from, place);
    const isMacro = !this.typed && this.sym[at] === Word.Identifier && this.sym[at + 1] === Punct.LeftParen;
    const past = isMacro ? this.macroDeclaration(from, at, place) : this.declarators(at, place);
    return Math.max(past, from + 1);
  }

  protected typeName(from: number, _end: number): void {
    const at = this.specifiers(from, Place.TypeName);
    this.annotations(this.declarator(at, Place.TypeName));
  }

  /** Masks storage, qualifiers, annotations and the type; returns the index of the declarator. */
  protected specifiers(from: number, place: Place): number {
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

  private respell(at: number): void {
    const spelling = RESPELLED.get(this.id(at));
    if (spelling !== undefined) this.write(at, spelling);
  }

  private blankCall(at: number): number {
    const past = this.pastArguments(at);
    this.blank(at, past - 1);
    return past;
  }

  /** Past a word and its arguments; an annotation that takes none leaves a parenthesis alone. */
  private pastArguments(at: number): number {
    if (this.sym[at + 1] !== Punct.LeftParen) return at + 1;
    const id = this.id(at);
    const isBare = this.shapes.of(id) === Shape.Annotation && !this.shapes.takesArguments(id);
    return isBare ? at + 1 : this.past(at + 1);
  }

  private isAnnotation(at: number): boolean {
    const id = this.id(at);
    if (this.sym[at] !== Word.Identifier || this.shapes.of(id) !== Shape.Annotation) return false;
    return this.sym[at + 1] === Punct.LeftParen || !this.shapes.takesArguments(id);
  }

  /** What a plain word is, by its shape, then by its neighbours. */
  private role(at: number, place: Place, from: number): Role {
    const past = this.pastArguments(at);
    const after = this.sym[past];
    if (this.isAnnotation(at)) return this.annotationRole(at, past, place);
    if (this.typed) return this.roleAfterType(at, past, place);
    if (this.isPointerType(at) && (place !== Place.Block || at > from)) return Role.Type;
    if (past > at + 1) return this.callRole(at, past, place, from);
    if (after === Word.Identifier) return this.firstOfTwoNames(at);
    if (after === Punct.Star || after === Word.Attribute) return Role.Type;
    if (TYPE_WORDS.has(after)) return this.shapes.of(this.id(at)) === Shape.Type ? Role.Type : Role.Annotation;
    if (after === Word.Qualifier || after === Word.Storage) return this.roleBeforeQualifier(at);
    const isUnnamed = place === Place.Field && after === Punct.Colon;
    return place === Place.TypeName || place === Place.Parameter || isUnnamed ? Role.Type : Role.Name;
  }

  private annotationRole(at: number, past: number, place: Place): Role {
    const after = this.sym[past];
    const isCalled = after === Punct.LeftParen && this.typed && !this.isNestedDeclarator(past, place);
    const isLast = AFTER_NAME.has(after) || after === Punct.LeftBrace || isCalled;
    if (!isLast || this.hasBody || place === Place.TypeName) return Role.Annotation;
    // Blanked, this would leave no name: a macro and a function of one name, under opposite conditions.
    return Role.Name;
  }

  private roleAfterType(at: number, past: number, place: Place): Role {
    const after = this.sym[past];
    if (place === Place.TypeName) return Role.Annotation;
    if (past === at + 1) {
      if (after === Word.Identifier) return this.isTrailingPair(at, past) ? Role.Name : Role.Annotation;
      return after === Punct.Star || TYPE_START.has(after) ? Role.Annotation : Role.Name;
    }
    if (after === Punct.Star) return Role.Annotation;
    // `int SECTION(x) name` against `int name(x) ANNOTATION`.
    const isBeforeName = after === Word.Identifier && this.isReserved(at) && !this.isReserved(past);
    return isBeforeName && !this.isAnnotation(past) ? Role.Annotation : Role.Name;
  }

  /** Of two words after the type: whether the first is the name and the second an annotation. */
  private isTrailingPair(first: number, second: number): boolean {
    if (this.isAnnotation(second)) return this.annotationsEnd(second);
    if (this.sym[second + 1] === Punct.LeftParen) {
      // `int NOTE name(void)` against `int name NOTE(8)`; old code has `int name OF((void))`.
      if (this.sym[second + 2] === Punct.LeftParen) return true;
      if (this.hasTypedParameter(second + 1) || this.sym[this.past(second + 1)] === Punct.LeftBrace) return false;
    }
    return this.isReserved(second) && !this.isReserved(first);
  }

  /** `NAME(…)` before any type. */
  private callRole(at: number, past: number, place: Place, from: number): Role {
    const after = this.sym[past];
    const shape = this.shapes.of(this.id(at));
    if (shape === Shape.Whole) return Role.Name;
    if (shape === Shape.Type) return Role.Type;
    if (TYPE_START.has(after)) {
      return this.startsLine(past) && place === Place.Block ? Role.Name : Role.Annotation;
    }
    if (after === Punct.Star) return Role.Type;
    if (after === Word.Identifier) {
      if (this.isAnnotation(past) && this.annotationsEnd(past)) return Role.Name;
      if (!this.startsLine(past)) return Role.Type;
      return at === from ? Role.Name : Role.Annotation;
    }
    return place === Place.TypeName || place === Place.Parameter ? Role.Type : Role.Name;
  }

  /** Whether annotations from a token on lead to the declaration's end or its initializer. */
  private annotationsEnd(from: number): boolean {
    const at = this.pastAnnotations(from);
    return AFTER_NAME.has(this.sym[at]) || this.sym[at] === Punct.LeftBrace;
  }

  private pastAnnotations(from: number): number {
    let at = from;
    while (this.isAnnotation(at)) at = this.pastArguments(at);
    return at;
  }

  /** `A B …`: A is the type, unless it looks more like an annotation than B. */
  private firstOfTwoNames(at: number): Role {
    const beyond = this.sym[this.pastAnnotations(at + 1)];
    const third = this.sym[at + 2];
    if (TYPE_WORDS.has(beyond) || TYPE_WORDS.has(third)) return Role.Annotation;
    if (third !== Word.Identifier && third !== Punct.Star && !TYPE_START.has(third)) return Role.Type;
    if (this.isAnnotation(at + 1)) return Role.Type;
    return this.isReserved(at) && !this.isReserved(at + 1) ? Role.Annotation : Role.Type;
  }

  private roleBeforeQualifier(at: number): Role {
    let next = at + 1;
    while (this.sym[next] === Word.Qualifier || this.sym[next] === Word.Storage || this.isAnnotation(next)) next++;
    if (TYPE_WORDS.has(this.sym[next])) return Role.Annotation;
    const isPair = this.sym[next] === Word.Identifier && this.sym[next + 1] === Word.Identifier;
    return isPair && this.isReserved(at) ? Role.Annotation : Role.Type;
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

  /** `struct TAG(…) {` against a tag before a parenthesized declarator. */
  private isTagMacro(at: number, past: number): boolean {
    if (this.sym[at + 2] === Punct.Star || this.sym[at + 2] === Punct.LeftParen) return false;
    return this.sym[past] === Punct.LeftBrace || this.sym[past] === Punct.Star || this.sym[past] === Word.Identifier;
  }

  /** Whether a word between `struct` and the tag is an annotation. */
  private isTagAnnotation(at: number): boolean {
    const past = this.pastArguments(at);
    const next = this.sym[past];
    const isFollowed = next === Word.Identifier || next === Punct.LeftBrace || next === Word.Attribute;
    if (this.isAnnotation(at)) return isFollowed;
    // `struct NOTE tag {` where the definition of NOTE wasn't found.
    const isBeforeTag = next === Word.Identifier && this.sym[past + 1] === Punct.LeftBrace;
    return isBeforeTag && !this.isAnnotation(past) && (past === at + 1 ? this.isReserved(at) : true);
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

  /** A macro without arguments that stands for whole items, members or statements. */
  protected isWholeWord(at: number): boolean {
    const next = this.sym[at + 1];
    if (this.sym[at] !== Word.Identifier || next === Punct.LeftParen || next === Punct.Semicolon) return false;
    if (next === 0) return true;
    if (!this.startsLine(at + 1)) return false;
    if (this.shapes.of(this.id(at)) === Shape.Whole) return true;
    // Words that fill their lines, one below the other.
    const isLone = this.startsLine(at) && next === Word.Identifier;
    return isLone && (this.sym[at + 2] === 0 || (this.startsLine(at + 2) && !this.isAnnotation(at)));
  }

  private isMemberMacro(at: number): boolean {
    return this.sym[at] === Word.Identifier && this.sym[at + 1] === Punct.LeftParen && !this.isPointerType(at);
  }

  /** `NAME (*name)(…)` and `NAME (*name)[…]`: a type before a pointer's declarator. */
  protected isPointerType(at: number): boolean {
    if (this.sym[at + 1] !== Punct.LeftParen) return false;
    const first = this.isAnnotation(at + 2) ? at + 3 : at + 2;
    const after = this.sym[this.past(at + 1)];
    return this.sym[first] === Punct.Star && (after === Punct.LeftParen || after === Punct.LeftBracket);
  }

  private enumerators(open: number): void {
    const close = this.match[open];
    let at = open + 1;
    while (at < close) {
      const before = at;
      if (this.sym[at] === Word.Identifier) {
        const past = this.pastArguments(at);
        if (past > at + 1) this.weld(at, past - 1);
        at = this.annotations(past);
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
        this.declarator(at + 1, place);
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

  /** Whether a word after a star is an annotation, not the declared name. */
  private isDeclaratorAnnotation(at: number, place: Place): boolean {
    if (place === Place.TypeName) return true;
    const past = this.pastArguments(at);
    const after = this.sym[past];
    if (past === at + 1) {
      if (this.isAnnotation(at)) {
        if (after === Word.Identifier && this.isAnnotation(at + 1)) return !this.annotationsEnd(at + 1);
        if (after === Punct.LeftParen) return this.isNestedDeclarator(past, place);
        return !AFTER_NAME.has(after) || (place === Place.Parameter && this.isReserved(at));
      }
      if (after === Word.Identifier) return !this.isAnnotation(at + 1) && !this.isLikelyTrailing(at + 1);
      return after === Punct.Star || after === Word.Qualifier;
    }
    return this.isAnnotation(at) && (after === Word.Identifier || after === Punct.Star);
  }

  /** `name NOTE(…)` and `name NOTE =`: the second word is an annotation, also where its definition wasn't found. */
  private isLikelyTrailing(at: number): boolean {
    return this.isReserved(at) || (this.sym[at + 1] === Punct.LeftParen && this.isReserved(at - 1) === false);
  }

  private isNestedDeclarator(open: number, place: Place): boolean {
    const first = this.sym[open + 1];
    if (first === Punct.Star || first === Punct.LeftParen || first === Punct.Caret) return true;
    if (first === Word.Attribute) return true;
    if (first !== Word.Identifier) return false;
    if (this.isAnnotation(open + 1)) return true;
    const isStarred = this.sym[open + 2] === Punct.Star;
    if (isStarred && this.sym[this.past(open)] === Punct.LeftParen) return true;
    return place !== Place.TypeName && place !== Place.Parameter && this.match[open] === open + 2;
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

  private hasTypedParameter(open: number): boolean {
    const close = this.match[open];
    for (let at = open + 1; at < close; at++) {
      if (TYPE_START.has(this.sym[at])) return true;
      if (this.sym[at] === Word.Identifier && this.sym[at + 1] === Word.Identifier) return true;
    }
    return false;
  }

  private areParameters(open: number, close: number): boolean {
    for (let at = open + 1; at < close; at = this.past(at)) {
      const sym = this.sym[at];
      const fits = this.isWord(at) || sym === Punct.Star || sym === Punct.Comma || sym === Punct.Ellipsis;
      if (!fits && sym !== Punct.LeftParen && sym !== Punct.LeftBracket) return false;
      if (sym > Word.Alignas) return false;
    }
    return true;
  }

  /** Blanks annotations after a declarator; returns the index past them. */
  protected annotations(from: number): number {
    let at = from;
    for (;;) {
      // An asm label names the object for the linker.
      if (this.sym[at] === Word.Attribute || this.sym[at] === Word.Asm) at = this.blankCall(at);
      else if (this.sym[at] === Word.Identifier && this.isTrailingAnnotation(at)) at = this.blankCall(at);
      else return at;
    }
  }

  private isTrailingAnnotation(at: number): boolean {
    if (this.isAnnotation(at)) return true;
    // A word at a line's start may begin the next, half-typed item.
    if (this.startsLine(at) && this.column(at) === 0) return false;
    const after = this.sym[this.pastArguments(at)];
    if (after === Word.Identifier || after === Punct.LeftBrace || after === Word.Attribute) {
      return !this.startsLine(at) || this.sym[at - 1] === Punct.RightParen;
    }
    return AFTER_NAME.has(after);
  }
}
