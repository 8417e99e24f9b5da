/** Sets of symbols (`Punct` or `Word`) that the masking asks about, as tables of one byte a symbol. */
import { Punct } from './tokens';
import { Word } from './words';

export class SymbolSet {
  private readonly members = new Uint8Array(256);

  constructor(...symbols: readonly number[]) {
    for (const symbol of symbols) this.members[symbol] = 1;
  }

  has(symbol: number): boolean {
    return this.members[symbol] === 1;
  }
}

/** The symbol past the last token. */
export const END = 0;

/** Punctuators that join two operands. */
export const BINARY = new SymbolSet(
  Punct.Plus,
  Punct.Minus,
  Punct.Star,
  Punct.Slash,
  Punct.Percent,
  Punct.Ampersand,
  Punct.Pipe,
  Punct.Caret,
  Punct.Less,
  Punct.Greater,
  Punct.LessEqual,
  Punct.GreaterEqual,
  Punct.EqualEqual,
  Punct.ExclamationEqual,
  Punct.ShiftLeft,
  Punct.ShiftRight,
  Punct.AndAnd,
  Punct.OrOr,
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
);

/** Punctuators that may open an operand; `&&` takes a label's address (GCC manual, "Labels as Values"). */
export const PREFIX = new SymbolSet(
  Punct.Plus,
  Punct.Minus,
  Punct.Star,
  Punct.Ampersand,
  Punct.Exclamation,
  Punct.Tilde,
  Punct.PlusPlus,
  Punct.MinusMinus,
  Punct.AndAnd,
);

/** What ends every expression. */
export const CLOSERS = new SymbolSet(Punct.RightParen, Punct.RightBracket, Punct.RightBrace, Punct.Semicolon, END);

/** Words that a declaration or a type's name may open with. */
export const TYPE_START = new SymbolSet(Word.Type, Word.Record, Word.Enum, Word.Qualifier, Word.Storage, Word.Typeof);

/** Words that say which type it is. */
export const TYPE_WORDS = new SymbolSet(Word.Type, Word.Record, Word.Enum, Word.Typeof);

export const STATEMENT_START = new SymbolSet(Word.If, Word.While, Word.For, Word.Do, Word.Switch, Word.Else);

/** Keywords that belong to an expression. */
export const OPERAND_KEYWORDS = new SymbolSet(
  Word.Typeof,
  Word.Sizeof,
  Word.Alignof,
  Word.Offsetof,
  Word.Generic,
  Word.Asm,
);

/** Tokens after a declared name. */
export const AFTER_NAME = new SymbolSet(
  Punct.Semicolon,
  Punct.Comma,
  Punct.Equal,
  Punct.LeftBracket,
  Punct.RightParen,
  Punct.Colon,
  Punct.RightBrace,
  END,
);

/** Tokens that may follow `NAME *name` in a declaration. */
export const AFTER_DECLARED = new SymbolSet(
  Punct.Semicolon,
  Punct.Comma,
  Punct.Equal,
  Punct.LeftBracket,
  Punct.LeftParen,
  Word.Identifier,
  Word.Attribute,
);
