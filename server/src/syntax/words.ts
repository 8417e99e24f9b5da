/** What the spelling of a token means to C's grammar: one small number a token, so that the masking loops compare bytes. */
import { nameId } from './names';

/**
 * Classes of tokens that are no punctuator; numbers start above every `Punct`, so that both fit one byte column.
 * Keywords are those of C11 6.4.1 with GNU C's spellings (GCC manual, "Alternate Keywords").
 */
export enum Word {
  Identifier = 64,
  Number,
  String,
  Character,
  /** `struct` or `union`. */
  Record,
  Enum,
  /** A word that can only stand in a type: `int`, `unsigned`, `void` … */
  Type,
  Qualifier,
  Storage,
  Attribute,
  Extension,
  Typeof,
  Alignas,
  Typedef,
  If,
  Else,
  While,
  For,
  Do,
  Switch,
  Case,
  Default,
  Return,
  Goto,
  Break,
  Continue,
  Sizeof,
  Alignof,
  Offsetof,
  Generic,
  Asm,
}

const SPELLINGS: readonly (readonly [Word, string])[] = [
  [Word.Record, 'struct union'],
  [Word.Enum, 'enum'],
  [Word.Type, 'void char short int long float double signed unsigned _Bool bool _Complex __complex__'],
  [Word.Type, '__signed__ __signed __int128 __int128_t __uint128_t __auto_type __builtin_va_list'],
  [Word.Qualifier, 'const volatile restrict _Atomic _Noreturn __const __const__ __volatile__ __volatile'],
  [Word.Qualifier, '__restrict__ __restrict'],
  [Word.Storage, 'static extern register auto inline __inline __inline__ _Thread_local __thread'],
  [Word.Typedef, 'typedef'],
  [Word.Attribute, '__attribute__ __attribute'],
  [Word.Extension, '__extension__'],
  [Word.Typeof, 'typeof __typeof__ __typeof typeof_unqual __typeof_unqual__'],
  [Word.Alignas, '_Alignas'],
  [Word.If, 'if'],
  [Word.Else, 'else'],
  [Word.While, 'while'],
  [Word.For, 'for'],
  [Word.Do, 'do'],
  [Word.Switch, 'switch'],
  [Word.Case, 'case'],
  [Word.Default, 'default'],
  [Word.Return, 'return'],
  [Word.Goto, 'goto'],
  [Word.Break, 'break'],
  [Word.Continue, 'continue'],
  [Word.Sizeof, 'sizeof'],
  [Word.Alignof, '_Alignof __alignof__ __alignof alignof'],
  [Word.Offsetof, 'offsetof __builtin_offsetof'],
  [Word.Generic, '_Generic'],
  [Word.Asm, 'asm __asm__ __asm'],
];

/** Class by name id; names made later than this table are plain identifiers. */
const CLASS_OF_NAME = classTable();

function classTable(): Uint8Array {
  const pairs = SPELLINGS.flatMap(([word, spellings]) =>
    spellings.split(' ').map((spelling) => [nameId(spelling), word] as const),
  );
  const table = new Uint8Array(Math.max(...pairs.map(([id]) => id)) + 1);
  for (const [id, word] of pairs) table[id] = word;
  return table;
}

/** The class of an identifier token by its name id. */
export function wordOfName(id: number): Word {
  return id < CLASS_OF_NAME.length && CLASS_OF_NAME[id] !== 0 ? CLASS_OF_NAME[id] : Word.Identifier;
}

/**
 * Spellings that tree-sitter-c doesn't know, by one that it does; never longer than the word replaced. (Its grammar
 * lists `restrict`, `signed` and `__thread`, but not these.)
 */
export const RESPELLED: ReadonlyMap<number, string> = new Map(
  Object.entries({
    __signed__: 'signed',
    __signed: 'signed',
    __const: 'const',
    __const__: 'const',
    __volatile: 'volatile',
    __volatile__: 'volatile',
    _Thread_local: '__thread',
  }).map(([spelling, known]) => [nameId(spelling), known]),
);
