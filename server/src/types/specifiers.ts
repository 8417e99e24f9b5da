/** Keywords of declarations and the types that they combine to (C11 6.7, gcc's spellings). */
import { type CType, type FloatName, type IntegerName, integer, unknownType, VOID } from './model';

export const STORAGE: ReadonlySet<string> = new Set([
  'typedef',
  'extern',
  'static',
  'auto',
  'register',
  '_Thread_local',
  '__thread',
  'inline',
  '__inline',
  '__inline__',
  '_Noreturn',
  '__extension__',
]);

export const QUALIFIERS: ReadonlySet<string> = new Set([
  'const',
  '__const',
  '__const__',
  'volatile',
  '__volatile',
  '__volatile__',
  'restrict',
  '__restrict',
  '__restrict__',
  '_Atomic',
  '__seg_gs',
  '__seg_fs',
]);

export const CONST: ReadonlySet<string> = new Set(['const', '__const', '__const__']);

/** Words that name an arithmetic type, by what they count as. */
export const ARITHMETIC: ReadonlyMap<string, string> = new Map([
  ['void', 'void'],
  ['char', 'char'],
  ['short', 'short'],
  ['int', 'int'],
  ['long', 'long'],
  ['float', 'float'],
  ['double', 'double'],
  ['signed', 'signed'],
  ['__signed', 'signed'],
  ['__signed__', 'signed'],
  ['unsigned', 'unsigned'],
  ['_Bool', '_Bool'],
  ['__int128', '__int128'],
  ['__int128_t', '__int128'],
  ['__uint128_t', '__uint128_t'],
  ['_Float16', '_Float16'],
  ['__float128', '__float128'],
  ['_Complex', 'complex'],
]);

export const RECORDS: ReadonlySet<string> = new Set(['struct', 'union']);
export const TYPEOF: ReadonlySet<string> = new Set([
  'typeof',
  '__typeof',
  '__typeof__',
  'typeof_unqual',
  '__typeof_unqual__',
]);
export const ATTRIBUTE: ReadonlySet<string> = new Set(['__attribute__', '__attribute']);
export const ASM: ReadonlySet<string> = new Set(['asm', '__asm', '__asm__']);
export const STATIC_ASSERT: ReadonlySet<string> = new Set(['_Static_assert', 'static_assert']);
export const ALIGNAS: ReadonlySet<string> = new Set(['_Alignas', 'alignas']);

/** Words that can start a declaration or a type name. */
export const STARTS_TYPE: ReadonlySet<string> = new Set([
  ...STORAGE,
  ...QUALIFIERS,
  ...ARITHMETIC.keys(),
  ...RECORDS,
  ...TYPEOF,
  ...ATTRIBUTE,
  ...ALIGNAS,
  'enum',
  '__auto_type',
  '__builtin_va_list',
]);

/** The type of words such as `unsigned long int`; undefined where there are none. */
export function arithmeticType(words: readonly string[]): CType | undefined {
  if (words.length === 0) return undefined;
  const has = (word: string): boolean => words.includes(word);
  if (has('complex')) return unknownType('_Complex types are not laid out');
  if (has('void')) return VOID;
  if (has('_Bool')) return integer('_Bool');
  for (const name of ['float', '_Float16', '__float128'] as const) if (has(name)) return { kind: 'float', name };
  const longs = words.filter((word) => word === 'long').length;
  if (has('double')) return { kind: 'float', name: (longs ? 'long double' : 'double') as FloatName };
  if (has('__uint128_t')) return integer('unsigned __int128');
  const unsigned = has('unsigned');
  let name: string;
  if (has('char')) name = unsigned ? 'unsigned char' : has('signed') ? 'signed char' : 'char';
  else {
    const width = has('__int128')
      ? '__int128'
      : has('short')
        ? 'short'
        : longs > 1
          ? 'long long'
          : longs
            ? 'long'
            : 'int';
    name = unsigned ? `unsigned ${width}` : width;
  }
  return integer(name as IntegerName);
}
