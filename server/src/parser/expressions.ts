/** Parses expressions of preprocessed GNU C (C11 6.5, gcc's extensions). */
import { isPunct, spelling } from '../preprocessor/ptoken';
import { Punct, TokenKind } from '../text/tokens';
import type { BlockStatement, Designator, Expression, Initializer } from '../types/ast';
import type { CType } from '../types/model';
import type { Scope } from '../types/scope';
import { Cursor } from './cursor';

/** Binding strength of the binary operators, C11 6.5.5 to 6.5.14. */
const STRENGTH: Readonly<Record<number, number>> = {
  [Punct.OrOr]: 1,
  [Punct.AndAnd]: 2,
  [Punct.Pipe]: 3,
  [Punct.Caret]: 4,
  [Punct.Ampersand]: 5,
  [Punct.EqualEqual]: 6,
  [Punct.ExclamationEqual]: 6,
  [Punct.Less]: 7,
  [Punct.Greater]: 7,
  [Punct.LessEqual]: 7,
  [Punct.GreaterEqual]: 7,
  [Punct.ShiftLeft]: 8,
  [Punct.ShiftRight]: 8,
  [Punct.Plus]: 9,
  [Punct.Minus]: 9,
  [Punct.Star]: 10,
  [Punct.Slash]: 10,
  [Punct.Percent]: 10,
};

const ASSIGNMENTS = new Set<number>([
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

const PREFIXES = new Set<number>([
  Punct.Star,
  Punct.Ampersand,
  Punct.Plus,
  Punct.Minus,
  Punct.Tilde,
  Punct.Exclamation,
  Punct.PlusPlus,
  Punct.MinusMinus,
]);

const SIZEOF = new Map<string, 'sizeof' | 'alignof'>([
  ['sizeof', 'sizeof'],
  ['_Alignof', 'alignof'],
  ['__alignof__', 'alignof'],
  ['__alignof', 'alignof'],
]);

export abstract class ExpressionParser extends Cursor {
  abstract scope: Scope;

  /** Whether a type name (not an expression) starts at the cursor, or `ahead` tokens after it. */
  protected abstract startsType(ahead?: number): boolean;
  protected abstract parseTypeName(): CType;
  protected abstract parseBlock(): BlockStatement;

  parseExpression(): Expression {
    const first = this.at;
    let left = this.parseAssignment();
    while (this.is(Punct.Comma)) {
      this.at++;
      const right = this.parseAssignment();
      left = { kind: 'binary', operator: Punct.Comma, left, right, first, end: this.at };
    }
    return left;
  }

  parseAssignment(): Expression {
    return this.nested(() => {
      const first = this.at;
      const left = this.parseConditional();
      const token = this.token;
      if (token?.kind !== TokenKind.Punctuator || !ASSIGNMENTS.has(token.id)) return left;
      this.at++;
      const right = this.parseAssignment();
      return { kind: 'assign', operator: token.id, left, right, first, end: this.at };
    });
  }

  protected parseConditional(): Expression {
    const first = this.at;
    const test = this.parseBinary(1);
    if (!this.accept(Punct.Question)) return test;
    const yes = this.is(Punct.Colon) ? undefined : this.nested(() => this.parseExpression());
    this.expect(Punct.Colon, 'the : of a conditional');
    const no = this.nested(() => this.parseConditional());
    return { kind: 'conditional', test, yes, no, first, end: this.at };
  }

  private parseBinary(least: number): Expression {
    const first = this.at;
    let left = this.parseUnary();
    for (;;) {
      const token = this.token;
      const strength = token?.kind === TokenKind.Punctuator ? (STRENGTH[token.id] ?? 0) : 0;
      if (strength < least || strength === 0) return left;
      this.at++;
      const right = this.parseBinary(strength + 1);
      left = { kind: 'binary', operator: (token as { id: number }).id, left, right, first, end: this.at };
    }
  }

  protected parseUnary(): Expression {
    return this.nested(() => {
      const first = this.at;
      const token = this.token;
      if (!token) this.fail('an expression is missing');
      if (token.kind === TokenKind.Punctuator) {
        if (PREFIXES.has(token.id)) {
          this.at++;
          const operand = this.parseUnary();
          return { kind: 'unary', operator: token.id, postfix: false, operand, first, end: this.at };
        }
        if (token.id === Punct.AndAnd && this.word(1) !== undefined) {
          const name = this.word(1) as string;
          this.at += 2;
          return { kind: 'label', name, first, end: this.at };
        }
        if (token.id === Punct.LeftParen && this.startsType(1)) return this.parseCast(first);
        return this.parsePostfix();
      }
      const word = this.word();
      if (word === '__extension__' || word === '__real__' || word === '__imag__') {
        this.at++;
        return this.parseUnary();
      }
      const sizeKind = word === undefined ? undefined : SIZEOF.get(word);
      return sizeKind ? this.parseSizeof(sizeKind) : this.parsePostfix();
    });
  }

  private parseSizeof(kind: 'sizeof' | 'alignof'): Expression {
    const first = this.at++;
    if (this.is(Punct.LeftParen) && this.startsType(1)) {
      const mark = this.at++;
      const type = this.parseTypeName();
      this.expect(Punct.RightParen, 'the ) of sizeof');
      // sizeof (type){ … } measures the compound literal.
      if (!this.is(Punct.LeftBrace)) return { kind, type, operand: undefined, first, end: this.at };
      this.at = mark;
    }
    const operand = this.parseUnary();
    return { kind, type: undefined, operand, first, end: this.at };
  }

  private parseCast(first: number): Expression {
    this.at++;
    const type = this.parseTypeName();
    this.expect(Punct.RightParen, 'the ) of a cast');
    if (this.is(Punct.LeftBrace)) {
      const initializer = this.parseInitializer();
      return this.parseSuffixes({ kind: 'compound', type, initializer, first, end: this.at });
    }
    const operand = this.parseUnary();
    return { kind: 'cast', type, operand, first, end: this.at };
  }

  private parsePostfix(): Expression {
    return this.parseSuffixes(this.parsePrimary());
  }

  private parseSuffixes(base: Expression): Expression {
    const first = base.first;
    for (;;) {
      const token = this.token;
      if (token?.kind !== TokenKind.Punctuator) return base;
      switch (token.id) {
        case Punct.LeftParen: {
          const given = this.parseArguments();
          base = { kind: 'call', callee: base, arguments: given, first, end: this.at };
          break;
        }
        case Punct.LeftBracket: {
          this.at++;
          const index = this.nested(() => this.parseExpression());
          this.expect(Punct.RightBracket, 'the ] of an index');
          base = { kind: 'index', base, index, first, end: this.at };
          break;
        }
        case Punct.Dot:
        case Punct.Arrow: {
          const name = this.word(1);
          if (name === undefined) this.fail('the name of a member is missing');
          this.at += 2;
          const arrow = token.id === Punct.Arrow;
          base = { kind: 'member', base, arrow, name, nameToken: this.at - 1, first, end: this.at };
          break;
        }
        case Punct.PlusPlus:
        case Punct.MinusMinus:
          this.at++;
          base = { kind: 'unary', operator: token.id, postfix: true, operand: base, first, end: this.at };
          break;
        default:
          return base;
      }
    }
  }

  private parseArguments(): Expression[] {
    this.at++;
    const given: Expression[] = [];
    if (this.accept(Punct.RightParen)) return given;
    do given.push(this.parseArgument());
    while (this.accept(Punct.Comma));
    this.expect(Punct.RightParen, 'the ) of a call');
    return given;
  }

  /** Some builtins, and macros that are not known, take a type where C has an expression. */
  private parseArgument(): Expression {
    const first = this.at;
    if (!this.startsType()) return this.parseAssignment();
    const type = this.parseTypeName();
    return { kind: 'sizeof', type, operand: undefined, first, end: this.at };
  }

  private parsePrimary(): Expression {
    const first = this.at;
    const token = this.token;
    if (!token) this.fail('an expression is missing');
    switch (token.kind) {
      case TokenKind.Number:
        this.at++;
        return { kind: 'number', text: spelling(token), first, end: this.at };
      case TokenKind.Character:
        this.at++;
        return { kind: 'character', text: spelling(token), first, end: this.at };
      case TokenKind.String: {
        let text = '';
        // Adjacent strings are one (C11 5.1.1.2p6); names between them are macros that nobody defined, such as PRI*.
        while (this.token?.kind === TokenKind.String)
          text += spelling(this.tokens[this.at++]).replace(/^[^"]*"|"$/g, '');
        return { kind: 'string', text, first, end: this.at };
      }
      case TokenKind.Identifier:
        return this.parseNamed(this.word() as string);
      default:
        if (this.accept(Punct.LeftParen)) return this.parseParenthesized(first);
        return this.fail('an expression is missing');
    }
  }

  private parseParenthesized(first: number): Expression {
    if (this.is(Punct.LeftBrace)) {
      const body = this.nested(() => this.parseBlock());
      this.expect(Punct.RightParen, 'the ) of a statement expression');
      return { kind: 'statement', body, first, end: this.at };
    }
    const inner = this.nested(() => this.parseExpression());
    this.expect(Punct.RightParen, 'a )');
    return { ...inner, first, end: this.at };
  }

  private parseNamed(name: string): Expression {
    const first = this.at;
    switch (name) {
      case '_Generic':
        return this.parseGeneric();
      case '__builtin_offsetof':
      case 'offsetof':
        if (isPunct(this.peek(), Punct.LeftParen)) return this.parseOffsetof();
        break;
      case '__builtin_types_compatible_p': {
        this.at++;
        this.expect(Punct.LeftParen, 'a (');
        const left = this.parseTypeName();
        this.expect(Punct.Comma, 'a ,');
        const right = this.parseTypeName();
        this.expect(Punct.RightParen, 'a )');
        return { kind: 'compatible', left, right, first, end: this.at };
      }
      case '__builtin_va_arg': {
        this.at++;
        this.expect(Punct.LeftParen, 'a (');
        const list = this.parseAssignment();
        this.expect(Punct.Comma, 'a ,');
        const type = this.parseTypeName();
        this.expect(Punct.RightParen, 'a )');
        return { kind: 'va_arg', list, type, first, end: this.at };
      }
    }
    this.at++;
    return { kind: 'name', name, declaration: this.scope.local(name), first, end: this.at };
  }

  private parseGeneric(): Expression {
    const first = this.at++;
    this.expect(Punct.LeftParen, 'the ( of _Generic');
    const control = this.parseArgument();
    const branches: { type: CType | undefined; value: Expression }[] = [];
    while (this.accept(Punct.Comma)) {
      const type = this.acceptWord('default') ? undefined : this.parseTypeName();
      this.expect(Punct.Colon, 'the : of a _Generic association');
      branches.push({ type, value: this.parseAssignment() });
    }
    this.expect(Punct.RightParen, 'the ) of _Generic');
    return { kind: 'generic', control, branches, first, end: this.at };
  }

  private parseOffsetof(): Expression {
    const first = this.at;
    this.at += 2;
    const type = this.parseTypeName();
    this.expect(Punct.Comma, 'the , of offsetof');
    const token = this.at;
    const name = this.word();
    if (name === undefined) this.fail('the member of offsetof is missing');
    this.at++;
    const path: Designator[] = [{ kind: 'member', name, token }, ...this.parseDesignators()];
    this.expect(Punct.RightParen, 'the ) of offsetof');
    return { kind: 'offsetof', type, path, first, end: this.at };
  }

  /** `.a[1].b` as in designators and offsetof. */
  private parseDesignators(): Designator[] {
    const path: Designator[] = [];
    for (;;) {
      if (this.is(Punct.Dot) || this.is(Punct.Arrow)) {
        const name = this.word(1);
        if (name === undefined) this.fail('the name of a member is missing');
        this.at += 2;
        path.push({ kind: 'member', name, token: this.at - 1 });
      } else if (this.accept(Punct.LeftBracket)) {
        const index = this.parseConditional();
        const last = this.accept(Punct.Ellipsis) ? this.parseConditional() : undefined;
        this.expect(Punct.RightBracket, 'the ] of a designator');
        path.push({ kind: 'index', index, last });
      } else return path;
    }
  }

  parseInitializer(): Initializer {
    if (!this.is(Punct.LeftBrace)) return this.parseAssignment();
    return this.nested(() => {
      const first = this.at++;
      const items: { path: Designator[]; value: Initializer }[] = [];
      while (!this.is(Punct.RightBrace)) {
        let path = this.parseDesignators();
        if (path.length > 0) this.accept(Punct.Equal);
        else if (this.word() !== undefined && isPunct(this.peek(), Punct.Colon)) {
          // GNU's old `member: value`.
          path = [{ kind: 'member', name: this.word() as string, token: this.at }];
          this.at += 2;
        }
        items.push({ path, value: this.parseInitializer() });
        if (!this.accept(Punct.Comma)) break;
      }
      this.expect(Punct.RightBrace, 'the } of an initializer');
      return { kind: 'list', items, first, end: this.at };
    });
  }
}
