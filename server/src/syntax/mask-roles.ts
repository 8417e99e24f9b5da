/** What each plain word of a declaration is: an annotation, the type or the declared name. */
import { InitializerMask } from './mask-initializers';
import { Shape } from './shapes';
import { AFTER_NAME, TYPE_START, TYPE_WORDS } from './symbol-sets';
import { Punct } from './tokens';
import { Word } from './words';

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
export enum Role {
  Annotation,
  Type,
  /** The declared name, or a macro that makes the declaration. */
  Name,
}

export abstract class RoleMask extends InitializerMask {
  /** Whether the specifiers read last had a type, and whether that had a body in braces. */
  protected typed = false;

  protected hasBody = false;

  /** What a plain word is, by its shape, then by its neighbours. */
  protected role(at: number, place: Place, from: number): Role {
    const past = this.pastArguments(at);
    const after = this.sym[past];
    if (this.isAnnotation(at)) return this.annotationRole(past, place);
    if (this.typed) return this.roleAfterType(at, past, place);
    const isStatement = place === Place.Block && at === from;
    if (isStatement ? this.declaresFunctionPointer(at) : this.isPointerType(at)) return Role.Type;
    if (past > at + 1) return this.callRole(at, past, place, from);
    if (after === Word.Identifier) return this.firstOfTwoNames(at);
    if (after === Punct.Star || after === Word.Attribute) return Role.Type;
    if (TYPE_WORDS.has(after)) return this.shapes.of(this.id(at)) === Shape.Type ? Role.Type : Role.Annotation;
    if (after === Word.Qualifier || after === Word.Storage) return this.roleBeforeQualifier(at);
    const isUnnamed = place === Place.Field && after === Punct.Colon;
    return place === Place.TypeName || place === Place.Parameter || isUnnamed ? Role.Type : Role.Name;
  }

  private annotationRole(past: number, place: Place): Role {
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
      if (this.sym[this.past(second + 1)] === Punct.Equal) return true;
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
      // Alone on its line it is a macro of its own.
      const isAlone = this.startsLine(past) && at === from && (place === Place.Block || place === Place.File);
      return isAlone ? Role.Name : Role.Annotation;
    }
    if (after === Punct.Star) return Role.Type;
    if (after === Word.Identifier) {
      if (this.isAnnotation(past) && this.annotationsEnd(past)) return Role.Name;
      if (!this.startsLine(past)) return Role.Type;
      return at === from ? Role.Name : Role.Annotation;
    }
    return place === Place.TypeName || place === Place.Parameter ? Role.Type : Role.Name;
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

  /** `struct TAG(…) {` against a tag before a parenthesized declarator. */
  protected isTagMacro(at: number, past: number): boolean {
    if (this.sym[at + 2] === Punct.Star || this.sym[at + 2] === Punct.LeftParen) return false;
    return this.sym[past] === Punct.LeftBrace || this.sym[past] === Punct.Star || this.sym[past] === Word.Identifier;
  }

  /** Whether a word between `struct` and the tag is an annotation. */
  protected isTagAnnotation(at: number): boolean {
    const past = this.pastArguments(at);
    const next = this.sym[past];
    const isFollowed = next === Word.Identifier || next === Punct.LeftBrace || next === Word.Attribute;
    if (this.isAnnotation(at)) return isFollowed;
    // `struct NOTE tag {` where the definition of NOTE wasn't found.
    const isBeforeTag = next === Word.Identifier && this.sym[past + 1] === Punct.LeftBrace;
    return isBeforeTag && !this.isAnnotation(past) && (past === at + 1 ? this.isReserved(at) : true);
  }

  /** Whether a word after a star is an annotation, not the declared name. */
  protected isDeclaratorAnnotation(at: number, place: Place): boolean {
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

  protected isNestedDeclarator(open: number, place: Place): boolean {
    const first = this.sym[open + 1];
    if (first === Punct.Star || first === Punct.LeftParen || first === Punct.Caret) return true;
    if (first === Word.Attribute) return true;
    if (first !== Word.Identifier) return false;
    if (this.isAnnotation(open + 1)) return true;
    const isStarred = this.sym[open + 2] === Punct.Star;
    if (isStarred && this.sym[this.past(open)] === Punct.LeftParen) return true;
    return place !== Place.TypeName && place !== Place.Parameter && this.match[open] === open + 2;
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
