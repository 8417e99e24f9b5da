/** Parses statements of preprocessed GNU C (C11 6.8, GCC's asm); a syntax error costs its statement, not the function. */
import { isPunct, spelling } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import type {
  AsmStatement,
  BlockStatement,
  DeclarationStatement,
  Expression,
  ForStatement,
  Statement,
} from '../types/ast';
import { Scope } from '../types/scope';
import { ASM, STATIC_ASSERT, STORAGE } from '../types/specifiers';
import { ParseError } from './cursor';
import { DeclarationParser } from './declarations';

export abstract class StatementParser extends DeclarationParser {
  /** Syntax errors so far, with the index of the token where each stands. */
  protected readonly errors: { at: number; reason: string }[] = [];

  protected skipBraces(): void {
    this.at++;
    this.skipTo(Punct.RightBrace);
    this.accept(Punct.RightBrace);
  }

  protected inScope<T>(parse: () => T): T {
    const outer = this.scope;
    this.scope = new Scope(outer, outer.globals);
    try {
      return parse();
    } finally {
      this.scope = outer;
    }
  }

  protected parseBlock(): BlockStatement {
    return this.inScope(() => {
      const first = this.at;
      this.expect(Punct.LeftBrace, 'the { of a block');
      const items: Statement[] = [];
      while (!this.is(Punct.RightBrace) && !this.done) items.push(this.parseStatementOrSkip());
      // At the end of half-typed code blocks are still open; what they hold stands all the same.
      if (this.done) this.errors.push({ at: this.at, reason: 'the } of a block is missing' });
      else this.expect(Punct.RightBrace, 'the } of a block');
      return { kind: 'block', items, first, end: this.at };
    });
  }

  private parseStatementOrSkip(): Statement {
    const first = this.at;
    const depth = this.depth;
    try {
      return this.parseStatement();
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      this.errors.push({ at: this.at, reason: error.message });
      this.depth = depth;
      // Start over, so that braces that were opened inside are skipped as pairs.
      this.at = first;
      this.skipTo(Punct.Semicolon, Punct.LeftBrace, Punct.RightBrace);
      if (this.is(Punct.LeftBrace)) this.skipBraces();
      else if (!this.is(Punct.RightBrace) || this.at === first) this.at++;
      const end = this.at;
      const salvaged = this.salvage(first, end);
      return { kind: 'broken', reason: error.message, salvaged, first, end };
    }
  }

  /**
   * The expressions that stand whole inside a broken statement. A statement expression in it may hold broken ones again,
   * and is parsed from many a place: what was found in those stays found, or each level of nesting would take its multiple.
   */
  private salvage(first: number, end: number): readonly Expression[] {
    const known = this.salvaged.get(first);
    if (known?.end === end) {
      this.at = end;
      return known.found;
    }
    const found = this.wholeExpressions(first, end);
    this.salvaged.set(first, { end, found });
    return found;
  }

  private readonly salvaged = new Map<number, { readonly end: number; readonly found: readonly Expression[] }>();

  private wholeExpressions(first: number, end: number): Expression[] {
    const found: Expression[] = [];
    this.at = first;
    while (this.at < end) {
      const start = this.at;
      try {
        const expression = this.parseUnary();
        if (expression.end <= end) found.push(expression);
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        this.at = start + 1;
      }
    }
    this.at = end;
    return found;
  }

  private parseStatement(): Statement {
    return this.nested(() => {
      const first = this.at;
      if (this.is(Punct.LeftBrace)) return this.parseBlock();
      if (this.accept(Punct.Semicolon)) return { kind: 'expression', expression: undefined, first, end: this.at };
      const word = this.word();
      if (word !== undefined) {
        const parse = KEYWORDS[word];
        if (parse) return parse.call(this, first);
        if (ASM.has(word)) return this.parseAsm(first);
        if (STATIC_ASSERT.has(word)) {
          this.parseStaticAssert();
          return { kind: 'expression', expression: undefined, first, end: this.at };
        }
        if (isPunct(this.peek(), Punct.Colon)) {
          this.at += 2;
          return { kind: 'label', name: word, body: this.parseBody(), first, end: this.at };
        }
        if (this.startsDeclaration()) return this.parseDeclarationStatement();
      }
      const expression = this.parseExpression();
      this.expect(Punct.Semicolon, 'the ; of a statement');
      return { kind: 'expression', expression, first, end: this.at };
    });
  }

  /** The statement after a label, if one follows. */
  private parseBody(): Statement | undefined {
    return this.is(Punct.RightBrace) || this.done ? undefined : this.parseStatement();
  }

  private startsDeclaration(): boolean {
    const word = this.word() as string;
    if (word === '__extension__') return this.startsType(1);
    // `__attribute__((fallthrough));` is a statement of its own.
    if (this.startsType()) return STORAGE.has(word) || !isPunct(this.peek(), Punct.Dot);
    // Two names in a row: a type that nobody declared.
    const next = this.peek();
    return next?.kind === TokenKind.Identifier && !this.scope.lookup(word) && !STATEMENT_WORDS.has(spelling(next));
  }

  private parseDeclarationStatement(): DeclarationStatement {
    const first = this.at;
    const declarations = this.parseDeclaration();
    return { kind: 'declaration', declarations, first, end: this.at };
  }

  parseParenthesizedTest(): Expression {
    this.expect(Punct.LeftParen, 'a (');
    const test = this.parseExpression();
    this.expect(Punct.RightParen, 'a )');
    return test;
  }

  parseIf(first: number): Statement {
    this.at++;
    const test = this.parseParenthesizedTest();
    const yes = this.parseStatement();
    const no = this.acceptWord('else') ? this.parseStatement() : undefined;
    return { kind: 'if', test, yes, no, first, end: this.at };
  }

  parseWhile(first: number): Statement {
    this.at++;
    const test = this.parseParenthesizedTest();
    const body = this.parseStatement();
    return { kind: 'while', test, body, first, end: this.at };
  }

  parseDo(first: number): Statement {
    this.at++;
    const body = this.parseStatement();
    if (!this.acceptWord('while')) this.fail('the while of a do is missing');
    const test = this.parseParenthesizedTest();
    this.expect(Punct.Semicolon, 'the ; of a do');
    return { kind: 'do', test, body, first, end: this.at };
  }

  parseFor(first: number): ForStatement {
    return this.inScope(() => {
      this.at++;
      this.expect(Punct.LeftParen, 'the ( of a for');
      let start: ForStatement['start'];
      if (this.accept(Punct.Semicolon)) start = undefined;
      else if (this.word() !== undefined && this.startsDeclaration()) start = this.parseDeclarationStatement();
      else {
        start = this.parseExpression();
        this.expect(Punct.Semicolon, 'the first ; of a for');
      }
      const test = this.is(Punct.Semicolon) ? undefined : this.parseExpression();
      this.expect(Punct.Semicolon, 'the second ; of a for');
      const step = this.is(Punct.RightParen) ? undefined : this.parseExpression();
      this.expect(Punct.RightParen, 'the ) of a for');
      const body = this.parseStatement();
      return { kind: 'for', start, test, step, body, first, end: this.at };
    });
  }

  parseSwitch(first: number): Statement {
    this.at++;
    const value = this.parseParenthesizedTest();
    const body = this.parseStatement();
    return { kind: 'switch', value, body, first, end: this.at };
  }

  parseCase(first: number): Statement {
    const isDefault = this.word() === 'default';
    this.at++;
    const low = isDefault ? undefined : this.parseConditional();
    const high = this.accept(Punct.Ellipsis) ? this.parseConditional() : undefined;
    this.expect(Punct.Colon, 'the : of a case');
    return { kind: 'case', low, high, body: this.parseBody(), first, end: this.at };
  }

  parseGoto(first: number): Statement {
    this.at++;
    const target = this.accept(Punct.Star) ? this.parseExpression() : undefined;
    const label = target ? undefined : this.word();
    if (!target) this.at++;
    this.expect(Punct.Semicolon, 'the ; of a goto');
    return { kind: 'goto', label, target, first, end: this.at };
  }

  parseJump(first: number): Statement {
    const kind = this.word() as 'break' | 'continue';
    this.at++;
    this.expect(Punct.Semicolon, `the ; of a ${kind}`);
    return { kind, label: undefined, target: undefined, first, end: this.at };
  }

  parseReturn(first: number): Statement {
    this.at++;
    const value = this.is(Punct.Semicolon) ? undefined : this.parseExpression();
    this.expect(Punct.Semicolon, 'the ; of a return');
    return { kind: 'return', value, first, end: this.at };
  }

  /** `__label__ a, b;`: an empty statement that keeps the names of labels to its block. */
  parseLocalLabels(first: number): Statement {
    this.skipTo(Punct.Semicolon);
    const named = this.tokens.slice(first + 1, this.at).filter(({ kind }) => kind === TokenKind.Identifier);
    this.expect(Punct.Semicolon, 'the ; of local labels');
    return {
      kind: 'expression',
      expression: undefined,
      labels: named.map(({ id }) => nameText(id)),
      first,
      end: this.at,
    };
  }

  /** gcc's extended asm: template : outputs : inputs : clobbers : labels. */
  private parseAsm(first: number): AsmStatement {
    this.at++;
    while (this.acceptWord('volatile', '__volatile__', '__volatile', 'goto', 'inline', '__inline', '__inline__'));
    this.expect(Punct.LeftParen, 'the ( of an asm');
    const sections: Expression[][] = [[], [], [], [], []];
    const labels: string[] = [];
    let section = 0;
    while (!this.is(Punct.RightParen)) {
      if (this.done) this.fail('the ) of an asm is missing');
      if (this.accept(Punct.Colon)) section++;
      else if (this.accept(Punct.Comma)) continue;
      else if (this.accept(Punct.LeftBracket)) {
        this.at++;
        this.expect(Punct.RightBracket, 'the ] of an asm operand');
      } else if (this.is(Punct.LeftParen)) sections[Math.min(section, 4)].push(this.parseParenthesizedTest());
      else {
        const label = this.word();
        if (section === 4 && label !== undefined) labels.push(label);
        this.at++;
      }
    }
    this.at++;
    this.expect(Punct.Semicolon, 'the ; of an asm');
    return { kind: 'asm', outputs: sections[1], inputs: sections[2], labels, first, end: this.at };
  }
}

const KEYWORDS: Readonly<Record<string, ((this: StatementParser, first: number) => Statement) | undefined>> =
  Object.assign(Object.create(null), {
    if: StatementParser.prototype.parseIf,
    while: StatementParser.prototype.parseWhile,
    do: StatementParser.prototype.parseDo,
    for: StatementParser.prototype.parseFor,
    switch: StatementParser.prototype.parseSwitch,
    case: StatementParser.prototype.parseCase,
    default: StatementParser.prototype.parseCase,
    goto: StatementParser.prototype.parseGoto,
    break: StatementParser.prototype.parseJump,
    continue: StatementParser.prototype.parseJump,
    return: StatementParser.prototype.parseReturn,
    __label__: StatementParser.prototype.parseLocalLabels,
  });

const STATEMENT_WORDS: ReadonlySet<string> = new Set(['if', 'else', 'while', 'do', 'for', 'switch', 'return', 'goto']);
