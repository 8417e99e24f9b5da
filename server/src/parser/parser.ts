/** Parses whole items of preprocessed GNU C; a syntax error costs its statement or declaration, not what follows. */
import type { PToken } from '../preprocessor/ptoken';
import { Punct } from '../text/tokens';
import type { BlockStatement, Declaration, Expression } from '../types/ast';
import { evaluate } from '../types/constants';
import { type Enumerator, isUnknownValue } from '../types/model';
import { type Globals, Scope } from '../types/scope';
import { ASM, STATIC_ASSERT } from '../types/specifiers';
import { ParseError } from './cursor';
import { StatementParser } from './statements';

/** What an item of file scope turned out to be. */
export interface ParsedItem {
  readonly declarations: readonly Declaration[];
  readonly parser: Parser;
  /** Syntax errors, with the index of the token where each stands. */
  readonly errors: readonly { readonly at: number; readonly reason: string }[];
}

export interface ParseOptions {
  /** Whether function bodies are parsed or skipped. */
  readonly bodies: boolean;
  /** What `#pragma pack` says here: the strictest alignment of members, in bytes; 0 for no limit. */
  readonly pack: number;
  /** Why it is not known whether this is what the compiler sees. */
  readonly doubt?: string;
}

/** Parses the declarations and functions in a list of tokens, at file scope. Never throws. */
export function parseItem(
  tokens: readonly PToken[],
  globals: Globals,
  options: ParseOptions = { bodies: true, pack: 0 },
): ParsedItem {
  const parser = new Parser(tokens, globals, options);
  return parser.parseAll();
}

/** Parses tokens that are one expression, at file scope; undefined where they are not. */
export function parseWholeExpression(tokens: readonly PToken[], globals: Globals): Expression | undefined {
  const parser = new Parser(tokens, globals, { bodies: false, pack: 0 });
  try {
    const expression = parser.parseExpression();
    return parser.done ? expression : undefined;
  } catch (error) {
    if (!(error instanceof ParseError || error instanceof RangeError)) throw error;
    return undefined;
  }
}

export class Parser extends StatementParser {
  scope: Scope;

  constructor(
    tokens: readonly PToken[],
    globals: Globals,
    private readonly options: ParseOptions,
  ) {
    super(tokens);
    this.pack = options.pack;
    this.doubt = options.doubt;
    this.scope = new Scope(undefined, globals);
  }

  parseAll(): ParsedItem {
    const declarations: Declaration[] = [];
    while (!this.done) {
      const start = this.at;
      try {
        if (this.accept(Punct.Semicolon)) continue;
        const word = this.word() ?? '';
        if (STATIC_ASSERT.has(word)) this.parseStaticAssert();
        else if (ASM.has(word)) {
          this.skipTo(Punct.Semicolon);
          this.accept(Punct.Semicolon);
        } else declarations.push(...this.parseDeclaration());
      } catch (error) {
        if (!(error instanceof ParseError || error instanceof RangeError)) throw error;
        this.recover(start, error.message);
      }
    }
    return { declarations, parser: this, errors: this.errors };
  }

  /** Goes on behind the next `;` or body. */
  private recover(start: number, reason: string): void {
    this.errors.push({ at: this.at, reason });
    this.depth = 0;
    while (this.scope.outer) this.scope = this.scope.outer;
    this.skipTo(Punct.Semicolon, Punct.LeftBrace);
    if (this.is(Punct.LeftBrace)) this.skipBraces();
    else if (!this.done) this.at++;
    if (this.at <= start) this.at = start + 1;
  }

  protected enumeratorValue(): Enumerator['value'] {
    const value = evaluate(this.parseConditional(), this.scope.globals);
    return isUnknownValue(value) ? value : value.value;
  }

  protected parseFunctionBody(parameters: readonly Declaration[]): BlockStatement {
    if (!this.options.bodies) {
      const first = this.at;
      this.skipBraces();
      return { kind: 'block', items: [], first, end: this.at };
    }
    return this.inScope(() => {
      for (const parameter of parameters) this.scope.define(parameter);
      return this.parseBlock();
    });
  }
}
