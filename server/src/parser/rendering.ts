/**
 * Writes expanded tokens as the text that the grammar reads: one blank between two, each piece leading back to its
 * token. What the grammar does not know of GNU C is rewritten here (see rewrites.ts), and undone by who reads the tree.
 */
import { isPunct, type PToken } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import { Braces } from './braces';
import type { Brackets } from './brackets';
import { type Frame, Inside, newLevel, type Rendering, type RenderOptions, WORDS_BEFORE_OPERANDS } from './pieces';
import { PUNCTUATION } from './punctuation';
import { entryOf, Rewrite, STARTS_STATEMENT, standsAmongSpecifiers, startsWithType } from './rewrites';

/** @param first Tokens [first, end) of the list that `brackets` knows. */
export function render(brackets: Brackets, first: number, end: number, options: RenderOptions): Rendering {
  return new Renderer(brackets, end, options).run(first);
}

class Renderer extends Braces {
  run(first: number): Rendering {
    const { frame, close } = this.options;
    const [before, behind] = FRAMES[frame];
    for (const piece of before) this.made(piece, first);
    if (frame === 'operand') this.markOperand(first);
    for (let at = first; at < this.end; ) at = this.next(at);
    if (close && this.last >= 0 && !this.isOneOf(this.last, Punct.Semicolon, Punct.RightBrace))
      this.made(';', this.end);
    for (const piece of behind) this.made(piece, this.end);
    const { text, firsts, ends, takenOut, elided } = this;
    return { text, firsts, ends, takenOut, elided };
  }

  /** Writes what stands at an index; gives the index to go on at. */
  private next(at: number): number {
    if (at === this.bareBody) return this.bareBlock(at);
    const token = this.tokens[at];
    const inserted = this.before.get(at);
    if (inserted) for (const piece of inserted) this.made(piece, at);
    switch (token.kind) {
      case TokenKind.Identifier:
        return this.word(at, token);
      case TokenKind.String: {
        let end = at + 1;
        while (end < this.end && this.tokens[end].kind === TokenKind.String) end++;
        this.write('""', at, end);
        this.isStatementStart = false;
        return end;
      }
      case TokenKind.Number:
      case TokenKind.Character:
        return this.replace(at, '0');
      case TokenKind.Punctuator:
        return this.punctuator(at, token.id);
      default:
        return this.replace(at, '@');
    }
  }

  private word(at: number, token: PToken): number {
    const { rewrite, text, types } = entryOf(token.id);
    const opens = isPunct(this.tokens[at + 1], Punct.LeftParen) && at + 1 < this.end;
    if (this.level.isCall && startsWithType(token.id)) this.typeAsArgument(at);
    const mayGoOn = rewrite === Rewrite.Arithmetic || rewrite === Rewrite.BitInt || rewrite === Rewrite.Attribute;
    if (!mayGoOn && !standsAmongSpecifiers(token.id)) this.inArithmetic = false;
    switch (rewrite) {
      case Rewrite.Drop:
        return at + 1;
      case Rewrite.Restrict:
        return this.takeOut(at, at + 1);
      case Rewrite.Attribute:
        return opens ? this.takeOut(at) : this.name(at);
      case Rewrite.Asm:
        return opens && this.isLabel() ? this.takeOut(at) : this.replace(at, 'asm');
      case Rewrite.Arithmetic:
      case Rewrite.BitInt:
        this.noteType();
        if (!this.inArithmetic) this.replace(at, 'int');
        this.inArithmetic = true;
        return rewrite === Rewrite.BitInt && opens ? this.takeOut(at + 1, this.brackets.closeOf(at + 1) + 1) : at + 1;
      case Rewrite.Typeof:
        // `_Atomic` as a qualifier.
        if (!opens) return this.takeOut(at, at + 1);
        this.measure(at + 1, ['}']);
        this.noteType();
        for (const piece of ['enum', '{', 'a', '=', 'sizeof']) this.write(piece, at, at + 1);
        return at + 1;
      case Rewrite.Sizeof:
        return this.sizeof(at, opens);
      case Rewrite.StaticAssert:
        return opens ? this.staticAssert(at) : this.name(at);
      case Rewrite.TypeArguments:
        if (opens) this.typeArguments(at + 1, types!);
        return this.replace(at, NAME);
      case Rewrite.Tag:
        this.noteType();
        return this.replace(at, nameText(token.id));
      case Rewrite.Goto:
        return this.replace(at, isPunct(this.tokens[at + 1], Punct.Star) ? 'return' : 'goto');
      case Rewrite.Control:
        if (opens) this.noteBareBody(at);
        return this.replace(at, nameText(token.id));
      case Rewrite.Replace:
        if (text === 'int') this.noteType();
        return this.replace(at, text ?? nameText(token.id));
      case Rewrite.Keyword:
        this.replace(at, nameText(token.id));
        this.isStatementStart = STARTS_STATEMENT.has(nameText(token.id));
        return at + 1;
      default:
        return this.name(at);
    }
  }

  /** A name that may be a type's, or anything's. */
  private name(at: number): number {
    const { level } = this;
    let isType = this.types.has(at);
    if (!isType && this.isStatementStart && level.inside === Inside.Block && this.looksLikeDeclaration(at))
      isType = this.options.isTypedef(nameText(this.tokens[at].id), at);
    if (level.inside === Inside.Record && !this.isTagName()) {
      if (level.hasType) level.hasName = true;
      // `name_t (member);` reads as a macro otherwise.
      else if (isPunct(this.tokens[at + 1], Punct.LeftParen))
        isType ||= this.options.isTypedef(nameText(this.tokens[at].id), at);
      level.hasType = true;
    }
    return this.replace(at, isType ? 'int' : NAME);
  }

  /** `name (other) ;` and `name (*other` are calls, unless the name is a type's. */
  private looksLikeDeclaration(at: number): boolean {
    if (!isPunct(this.tokens[at + 1], Punct.LeftParen)) return false;
    if (isPunct(this.tokens[at + 2], Punct.Star)) return true;
    const isName = this.tokens[at + 2]?.kind === TokenKind.Identifier && isPunct(this.tokens[at + 3], Punct.RightParen);
    return isName && this.isOneOf(at + 4, Punct.Semicolon, Punct.Equal, Punct.Comma, Punct.LeftBracket);
  }

  private replace(at: number, text: string): number {
    this.write(text, at, at + 1);
    this.isStatementStart = false;
    return at + 1;
  }

  private takeOut(first: number, behind = this.brackets.closeOf(first + 1) + 1): number {
    const end = Math.min(behind, this.end);
    this.takenOut.push({ first, end });
    return end;
  }

  /** `sizeof (type)` in parentheses of its own, so that what follows is no operand of a cast. */
  private sizeof(at: number, opens: boolean): number {
    const close = opens ? this.brackets.closeOf(at + 1) : -1;
    const isType = opens && this.measure(at + 1) && !isPunct(this.tokens[close + 1], Punct.LeftBrace);
    if (isType) {
      this.write('(', at, at + 1);
      this.addBehind(close, ')');
    }
    return this.replace(at, 'sizeof');
  }

  /**
   * The parentheses at `open` hold a type or an expression; makes sure that the grammar takes it for what it is.
   * @returns Whether it is a type.
   */
  private measure(open: number, closers: readonly string[] = []): boolean {
    const close = this.brackets.closeOf(open);
    for (const closer of closers) this.addBehind(close, closer);
    return this.markOperand(open + 1);
  }

  /** Makes sure that the grammar takes what starts at a token for the type or the expression that it is. */
  private markOperand(at: number): boolean {
    if (this.forceType(at)) return true;
    if (this.tokens[at]?.kind === TokenKind.Identifier) this.addBefore(at, '!');
    return false;
  }

  /** Whether a type stands at an index; a name that is one is written so that nothing else can be meant. */
  private forceType(at: number): boolean {
    const token = this.tokens[at];
    if (token?.kind !== TokenKind.Identifier) return false;
    const { rewrite } = entryOf(token.id);
    // No expression starts with an attribute.
    if (rewrite === Rewrite.Attribute) return this.forceType(this.brackets.closeOf(at + 1) + 1);
    if (startsWithType(token.id)) return true;
    if (rewrite !== Rewrite.Name || !this.options.isTypedef(nameText(token.id), at)) return false;
    this.types.add(at);
    return true;
  }

  private staticAssert(at: number): number {
    const open = at + 1;
    const close = this.brackets.closeOf(open);
    this.replaced.set(open, '[').set(close, ']');
    this.noteType();
    this.write('int', at, open);
    this.write('X', at, open);
    // The message is no part of the condition.
    const end = Math.min(close, this.end);
    const depth = this.levels.length + 1;
    for (let inner = this.next(open); inner < end; inner = this.next(inner))
      if (this.levels.length === depth && isPunct(this.tokens[inner], Punct.Comma)) return end;
    return end;
  }

  /** Arguments that are types become `sizeof (type)`. */
  private typeArguments(open: number, wanted: readonly number[]): void {
    const close = this.brackets.closeOf(open);
    let start = open + 1;
    for (let at = start, index = 0; at <= close && at < this.end; at++) {
      const token = this.tokens[at];
      if (this.isOneOf(at, Punct.LeftParen, Punct.LeftBracket, Punct.LeftBrace)) at = this.brackets.closeOf(at);
      else if (at === close || isPunct(token, Punct.Comma)) {
        if (wanted.includes(index)) {
          this.forceType(start);
          this.addBefore(start, 'sizeof', '(');
          // The last argument's parenthesis comes before the call's own.
          this.addBefore(at, ')');
        }
        index++;
        start = at + 1;
      }
    }
  }

  private punctuator(at: number, punct: Punct): number {
    const { level } = this;
    this.inArithmetic = false;
    switch (punct) {
      case Punct.LeftParen:
        return this.open(at, this.replaced.has(at) ? Inside.Index : Inside.Paren);
      case Punct.LeftBracket:
        // `[[gnu::packed]]`
        if (isPunct(this.tokens[at + 1], Punct.LeftBracket) && at + 1 < this.end)
          return this.takeOut(at, this.brackets.closeOf(at) + 1);
        return this.open(at, Inside.Index);
      case Punct.LeftBrace:
        return this.brace(at);
      case Punct.RightParen:
      case Punct.RightBracket:
      case Punct.RightBrace:
        return this.close(at, punct);
      case Punct.Semicolon:
        // An empty member.
        if (level.inside === Inside.Record && this.isOneOf(this.last, Punct.Semicolon, Punct.LeftBrace)) return at + 1;
        level.hasType = level.hasName = level.hasValue = false;
        break;
      case Punct.Comma:
        level.hasName = false;
        break;
      case Punct.Equal:
        level.hasValue = true;
        break;
      case Punct.Colon:
        // `enum name : type {`
        if (this.tagBefore() === 'enum' && this.forceType(at + 1)) {
          const end = this.fixedTypeEnd(at + 1);
          if (end > 0) return this.takeOut(at, end);
        }
        if (level.inside === Inside.Record && !level.hasName) this.made('X', at);
        this.write(':', at, at + 1);
        this.isStatementStart = level.inside === Inside.Block;
        // A label at the end of a block: the grammar wants a statement behind it.
        if (this.isStatementStart && (at + 1 >= this.end || isPunct(this.tokens[at + 1], Punct.RightBrace)))
          this.made(';', at + 1);
        return at + 1;
      case Punct.Ellipsis:
        // `case low ... high`; nothing binds more loosely than `||` there.
        if (level.inside === Inside.Block) return this.replace(at, '||');
        break;
      case Punct.AndAnd:
        if (!this.endsOperand(this.last) || this.closesCast(at)) return this.replace(at, '&');
        break;
      case Punct.Caret:
        // A block pointer of clang's C.
        if (!this.endsOperand(this.last)) return this.replace(at, '*');
        break;
    }
    this.write(PUNCTUATION[punct] ?? '@', at, at + 1);
    this.isStatementStart = punct === Punct.Semicolon && level.inside === Inside.Block;
    return at + 1;
  }

  private open(at: number, inside: Inside): number {
    if (inside === Inside.Paren && this.isAmbiguous(at)) {
      const isName = isPunct(this.tokens[at + 2], Punct.RightParen);
      if (!isName || !this.forceType(at + 1)) this.addBefore(at + 1, '!');
    }
    this.write(this.replaced.get(at) ?? PUNCTUATION[this.tokens[at].id]!, at, at + 1);
    const isCall = inside === Inside.Paren && this.isCall(at);
    this.levels.push({ ...newLevel(inside, at), isCall });
    this.isStatementStart = false;
    return at + 1;
  }

  /** Whether parentheses hold arguments, and not the parameters of a declaration. */
  private isCall(at: number): boolean {
    const { level } = this;
    if ((level.inside === Inside.File || level.inside === Inside.Record) && !level.hasValue) return false;
    const name = this.tokens[at - 1];
    if (name?.kind !== TokenKind.Identifier || entryOf(name.id).rewrite !== Rewrite.Name) return false;
    const before = this.tokens[at - 2];
    if (before?.kind === TokenKind.Identifier) return WORDS_BEFORE_OPERANDS.has(nameText(before.id));
    return !isPunct(before, Punct.Star);
  }

  /** An argument that is a type, of a macro that nobody defined, becomes `sizeof (type)`. */
  private typeAsArgument(at: number): void {
    const { level } = this;
    if (!level.isCall || !(this.last === level.open || isPunct(this.tokens[this.last], Punct.Comma))) return;
    this.made('sizeof', at);
    this.made('(', at);
    const close = Math.min(this.brackets.closeOf(level.open), this.end);
    let end = at;
    for (; end < close && !isPunct(this.tokens[end], Punct.Comma); end++)
      if (this.isOneOf(end, Punct.LeftParen, Punct.LeftBracket, Punct.LeftBrace)) end = this.brackets.closeOf(end);
    this.addBefore(Math.min(end, close), ')');
  }

  /** `(name)` or `(name (…))` before what may be the operand of a cast, or of a binary operator, or arguments. */
  private isAmbiguous(at: number): boolean {
    const name = this.tokens[at + 1];
    if (name?.kind !== TokenKind.Identifier || entryOf(name.id).rewrite !== Rewrite.Name) return false;
    const end = isPunct(this.tokens[at + 2], Punct.LeftParen) ? this.brackets.closeOf(at + 2) + 1 : at + 2;
    const next = this.tokens[end + 1];
    if (!isPunct(this.tokens[end], Punct.RightParen)) return false;
    // The text of a `sizeof` may have parentheses around it.
    const isOperand = next?.kind === TokenKind.Identifier && entryOf(next.id).rewrite === Rewrite.Sizeof;
    if (!isOperand && !(next?.kind === TokenKind.Punctuator && AFTER_CAST.has(next.id))) return false;
    const { last, level } = this;
    // Outside of bodies and values the parentheses are a declarator's.
    if (level.inside === Inside.Record || (level.inside === Inside.File && !level.hasValue)) return false;
    if (last < 0) return true;
    const before = this.tokens[last];
    if (before.kind === TokenKind.Identifier) return nameText(before.id) === 'return' || nameText(before.id) === 'case';
    return !isPunct(before, Punct.RightBracket);
  }

  private brace(at: number): number {
    const inside = this.insideOf(at);
    if (inside === Inside.Block || (inside === Inside.Record && this.options.withoutMembers)) {
      const close = this.brackets.closeOf(at);
      this.elided.add(at);
      this.write('{', at, at + 1);
      this.write('}', Math.min(close, this.end - 1), Math.min(close + 1, this.end));
      if (inside === Inside.Record) this.noteType();
      this.isStatementStart = inside === Inside.Block && this.level.inside === Inside.Block;
      return close + 1;
    }
    this.write('{', at, at + 1);
    this.levels.push(newLevel(inside, at));
    this.isStatementStart = false;
    return at + 1;
  }

  private close(at: number, punct: Punct): number {
    const closed = this.levels.length > 1 ? this.levels.pop()! : undefined;
    this.write(this.replaced.get(at) ?? PUNCTUATION[punct]!, at, at + 1);
    const { level } = this;
    if (closed?.inside === Inside.Record || closed?.inside === Inside.Enum) level.hasType = true;
    const endsTest = punct === Punct.RightParen && closed !== undefined && this.isControl(closed.open - 1);
    this.isStatementStart = level.inside === Inside.Block && endsTest;
    return at + 1;
  }
}

/** What stands around the tokens. */
const FRAMES: Readonly<Record<Frame, readonly [before: readonly string[], behind: readonly string[]]>> = {
  file: [[], []],
  block: [['int', 'x', '(', ')', '{'], ['}']],
  operand: [
    ['int', 'x', '=', 'sizeof', '('],
    [')', ';'],
  ],
  list: [
    ['int', 'x', '=', '{'],
    ['}', ';'],
  ],
  members: [
    ['struct', 'x', '{'],
    ['}', ';'],
  ],
};

/** What all names are written as. */
const NAME = 'x';

/** What may follow a cast, and a value in parentheses as well. */
const AFTER_CAST: ReadonlySet<number> = new Set([
  Punct.LeftParen,
  Punct.Star,
  Punct.Ampersand,
  Punct.AndAnd,
  Punct.Plus,
  Punct.Minus,
  Punct.PlusPlus,
  Punct.MinusMinus,
]);
