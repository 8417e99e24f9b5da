/** A place in a list of preprocessed tokens, with what every part of the parser asks of it. */
import { isPunct, type PToken, spelling } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { type Punct, TokenKind } from '../text/tokens';

/** Thrown inside the parser at a syntax error; caught where parsing can go on. It has no stack: half-typed code throws many. */
export class ParseError extends Error {
  constructor(message: string) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Deeper nesting than this is given up: no kernel code has it, hostile text may. */
const DEEPEST = 400;

export class Cursor {
  at = 0;
  depth = 0;

  constructor(readonly tokens: readonly PToken[]) {}

  get token(): PToken | undefined {
    return this.tokens[this.at];
  }

  get done(): boolean {
    return this.at >= this.tokens.length;
  }

  peek(ahead = 1): PToken | undefined {
    return this.tokens[this.at + ahead];
  }

  is(punct: Punct): boolean {
    return isPunct(this.tokens[this.at], punct);
  }

  accept(punct: Punct): boolean {
    if (!this.is(punct)) return false;
    this.at++;
    return true;
  }

  expect(punct: Punct, what: string): void {
    if (!this.accept(punct)) this.fail(`${what} is missing`);
  }

  /** The spelling of an identifier at the cursor; undefined for any other token. */
  word(ahead = 0): string | undefined {
    const token = this.tokens[this.at + ahead];
    return token?.kind === TokenKind.Identifier ? nameText(token.id) : undefined;
  }

  acceptWord(...words: readonly string[]): boolean {
    const word = this.word();
    if (word === undefined || !words.includes(word)) return false;
    this.at++;
    return true;
  }

  fail(reason: string): never {
    const token = this.token;
    throw new ParseError(token ? `${reason} before "${spelling(token)}"` : `${reason} at the end`);
  }

  /** Guards a recursion: hostile nesting becomes a syntax error, not a stack overflow. */
  nested<T>(parse: () => T): T {
    if (++this.depth > DEEPEST) this.fail('nesting is too deep');
    try {
      return parse();
    } finally {
      this.depth--;
    }
  }
}
