/** Kinds of C preprocessing tokens and punctuators, and the token list that the lexer fills. */

export enum TokenKind {
  Identifier = 1,
  /** A preprocessing number (C11 6.4.8). */
  Number = 2,
  String = 3,
  Character = 4,
  Punctuator = 5,
  /** A byte that starts no token: a stray backslash, `@`, a control byte. */
  Other = 6,
}

/** Punctuators; digraphs stand as what they mean (C11 6.4.6p3). */
export enum Punct {
  None = 0,
  LeftParen,
  RightParen,
  LeftBracket,
  RightBracket,
  LeftBrace,
  RightBrace,
  Semicolon,
  Comma,
  Colon,
  Question,
  Dot,
  Arrow,
  Ellipsis,
  Plus,
  Minus,
  Star,
  Slash,
  Percent,
  Ampersand,
  Pipe,
  Caret,
  Tilde,
  Exclamation,
  Less,
  Greater,
  LessEqual,
  GreaterEqual,
  EqualEqual,
  ExclamationEqual,
  ShiftLeft,
  ShiftRight,
  AndAnd,
  OrOr,
  PlusPlus,
  MinusMinus,
  Equal,
  PlusEqual,
  MinusEqual,
  StarEqual,
  SlashEqual,
  PercentEqual,
  AmpersandEqual,
  PipeEqual,
  CaretEqual,
  ShiftLeftEqual,
  ShiftRightEqual,
  Hash,
  HashHash,
}

export enum TokenFlag {
  /** First token of a source line (a spliced line goes on). */
  LineStart = 1,
  /** White space or a comment stands before it. */
  SpaceBefore = 2,
  /** A line end that a backslash takes away stands in it: its spelling is not its text. */
  Spliced = 4,
}

/** A preprocessing directive: `# name …` up to the end of its logical line. */
export interface Directive {
  /** `define`, `include`, `if` …; empty for a null directive. */
  readonly name: string;
  /** Index of the `#` token. */
  readonly firstToken: number;
  /** Index past the directive's last token. */
  readonly endToken: number;
  /** Offset of `#`. */
  readonly start: number;
  /** Offset of the line end that closes it (or the text's end). */
  readonly end: number;
}

/** The tokens of one text, as columns; directive tokens stand inline, and `directives` says where. */
export interface TokenList {
  readonly text: string;
  readonly count: number;
  readonly kinds: Uint8Array;
  readonly flags: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  /** Identifier: its name id. Punctuator: its `Punct`. Else -1. */
  readonly ids: Int32Array;
  readonly directives: readonly Directive[];
  /** Start and end offsets of every comment, in turn: start0, end0, start1 … */
  readonly comments: Uint32Array;
}

/** The spelling of one token. */
export function tokenText(tokens: TokenList, index: number): string {
  const text = tokens.text.slice(tokens.starts[index], tokens.ends[index]);
  return tokens.flags[index] & TokenFlag.Spliced ? joinedLines(text) : text;
}

/** A text without its spliced line ends (C11 5.1.1.2p1; gcc allows blanks before the line end). */
function joinedLines(text: string): string {
  return text.replace(/\\[ \t\v\f\r]*\n/g, '');
}

/** Index of the first token that ends after the offset (the token at or following it); `count` if there is none. */
export function tokenAt(tokens: TokenList, offset: number): number {
  let low = 0;
  let high = tokens.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tokens.ends[middle] > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}
