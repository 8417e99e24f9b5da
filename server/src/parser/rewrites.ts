/**
 * What the grammar reads in place of a word of GNU C: one table, and no entry names a macro of the kernel.
 *
 * tree-sitter-c reads standard C and some of GNU's; a spelling that it does not know would cost the whole declaration.
 */
import { nameId } from '../text/names';
import {
  ALIGNAS,
  ARITHMETIC,
  ASM,
  ATTRIBUTE,
  CONST,
  QUALIFIERS,
  RECORDS,
  RESTRICT,
  STARTS_TYPE,
  STATIC_ASSERT,
  STORAGE,
  TYPEOF,
} from '../types/specifiers';

/** How a word is written for the grammar. */
export enum Rewrite {
  /** A name: all are written alike, as a tree does not depend on them, and short, as reading costs by the letter. */
  Name = 0,
  /** As it is spelled. */
  Keyword,
  /** Not at all: it changes neither the shape of the tree nor, by itself, a type. */
  Drop,
  /** As `Entry.text`. */
  Replace,
  /** The words of an arithmetic type, of which the grammar sees one. */
  Arithmetic,
  /** One of these with its width in parentheses, which are taken out. */
  BitInt,
  /** Taken out, as it says what it may stand at. */
  Restrict,
  /** With the parentheses behind it: taken out, and kept with its place. */
  Attribute,
  /** `typeof (…)`, `_Atomic (…)`: an enum, which may stand wherever a type may, whose value measures the operand. */
  Typeof,
  /** `sizeof` and what is spelled like it. */
  Sizeof,
  /** `_Static_assert (…)`: an array whose length is the condition, which may stand wherever a declaration may. */
  StaticAssert,
  /** A call some of whose arguments are types. */
  TypeArguments,
  /** `struct`, `union`, `enum`. */
  Tag,
  /** `goto`, which before `*` reads as `return`. */
  Goto,
  /** `asm`: a statement, or the label of a declarator. */
  Asm,
  /** `if`, `while` and the like, behind whose parentheses a statement stands. */
  Control,
}

interface Entry {
  readonly rewrite: Rewrite;
  readonly text?: string;
  /** Of a call: which arguments are types, from 0. */
  readonly types?: readonly number[];
}

const table = new Map<number, Entry>();
const add = (words: Iterable<string>, entry: Entry): void => {
  for (const word of words) table.set(nameId(word), entry);
};

add(QUALIFIERS, { rewrite: Rewrite.Drop });
add(RESTRICT, { rewrite: Rewrite.Restrict });
add(CONST, { rewrite: Rewrite.Replace, text: 'const' });
add(['volatile', '__volatile', '__volatile__'], { rewrite: Rewrite.Replace, text: 'volatile' });
add(['_Atomic'], { rewrite: Rewrite.Typeof });
add(['__inline', '__inline__'], { rewrite: Rewrite.Replace, text: 'inline' });
add(['constexpr'], { rewrite: Rewrite.Replace, text: 'const' });
add(['_Thread_local'], { rewrite: Rewrite.Replace, text: '__thread' });
add(['__extension__', '__real__', '__imag__'], { rewrite: Rewrite.Drop });
add(ARITHMETIC.keys(), { rewrite: Rewrite.Arithmetic });
add(['_BitInt'], { rewrite: Rewrite.BitInt });
add(['__auto_type', '__builtin_va_list'], { rewrite: Rewrite.Replace, text: 'int' });
add([...ATTRIBUTE, ...ALIGNAS, '_Pragma'], { rewrite: Rewrite.Attribute });
add(TYPEOF, { rewrite: Rewrite.Typeof });
add(['sizeof', '_Alignof', 'alignof', '__alignof__', '__alignof'], { rewrite: Rewrite.Sizeof });
add(STATIC_ASSERT, { rewrite: Rewrite.StaticAssert });
add(['__builtin_types_compatible_p'], { rewrite: Rewrite.TypeArguments, types: [0, 1] });
add(['__builtin_va_arg'], { rewrite: Rewrite.TypeArguments, types: [1] });
add(['__builtin_offsetof', 'offsetof'], { rewrite: Rewrite.TypeArguments, types: [0] });
add([...RECORDS, 'enum'], { rewrite: Rewrite.Tag });
add(['goto'], { rewrite: Rewrite.Goto });
add(ASM, { rewrite: Rewrite.Asm });
export const SWITCH = nameId('switch');

/** Words behind which a statement may start. */
export const STARTS_STATEMENT: ReadonlySet<string> = new Set(['else', 'do']);
add(['if', 'while', 'for', 'switch'], { rewrite: Rewrite.Control });
add(
  (
    'else do case default break continue return typedef extern static auto register inline __thread _Noreturn ' +
    '_Generic __label__'
  ).split(' '),
  { rewrite: Rewrite.Keyword },
);

const NAME: Entry = { rewrite: Rewrite.Name };
const STORAGE_IDS = new Set([...STORAGE, ...QUALIFIERS].map(nameId));

/** @param id The word's name id. */
export function entryOf(id: number): Entry {
  return table.get(id) ?? NAME;
}

/** Whether a word may stand among the words of an arithmetic type: `long const unsigned`. */
export function standsAmongSpecifiers(id: number): boolean {
  return STORAGE_IDS.has(id);
}

const TYPE_IDS = new Set(
  [...STARTS_TYPE].filter((word) => word !== '__extension__' && !ATTRIBUTE.has(word)).map(nameId),
);

/** Whether a word can only start a type where a type or an expression may stand. */
export function startsWithType(id: number): boolean {
  return TYPE_IDS.has(id);
}
