/** Keywords of declarations and the types that they combine to (C11 6.7, gcc's spellings). */
import {
  type CType,
  type FloatName,
  type IntegerName,
  integer,
  isUnknownValue,
  type UnknownValue,
  unknownType,
  VOID,
} from './model';

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

export const RESTRICT: ReadonlySet<string> = new Set(['restrict', '__restrict', '__restrict__']);

export const VOLATILE: ReadonlySet<string> = new Set(['volatile', '__volatile', '__volatile__']);

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
  ['_Float32', '_Float32'],
  ['_Float64', '_Float64'],
  ['_Float128', '_Float128'],
  ['_Float32x', '_Float32x'],
  ['_Float64x', '_Float64x'],
  ['__float80', '__float80'],
  ['_BitInt', '_BitInt'],
  ['_Complex', 'complex'],
  ['__complex__', 'complex'],
  ['__complex', 'complex'],
]);

export const RECORDS: ReadonlySet<string> = new Set(['struct', 'union']);
export const TYPEOF_UNQUAL: ReadonlySet<string> = new Set(['typeof_unqual', '__typeof_unqual__', '__typeof_unqual']);
export const TYPEOF: ReadonlySet<string> = new Set(['typeof', '__typeof', '__typeof__', ...TYPEOF_UNQUAL]);
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

/** The arithmetic types by their words, in alphabetic order (C11 6.7.2p2, and gcc's). */
const ARITHMETIC_TYPES: ReadonlyMap<string, CType> = new Map(
  (
    [
      ['void', VOID],
      ...['float', '_Float16', '__float80', '__float128', '_Float128', '_Float64x'].map((name) => [
        name,
        float(name as FloatName),
      ]),
      ...[['_Float32'], ['_Float32x', 'double'], ['_Float64', 'double']].map(([name, same]) => [
        name,
        float((same ?? 'float') as FloatName),
      ]),
      ['double', float('double')],
      ['long double', float('long double')],
      ['_Bool', integer('_Bool')],
      ['char', integer('char')],
      ['signed char', integer('signed char')],
      ['unsigned char', integer('unsigned char')],
      ['__uint128_t', integer('unsigned __int128')],
      ...['short', 'long', 'long long'].flatMap((name) =>
        [name, `${name} int`].flatMap((words) => [...signs(words, name)]),
      ),
      ...signs('int', 'int'),
      ...signs('__int128', '__int128'),
      ['signed', integer('int')],
      ['unsigned', integer('unsigned int')],
    ] as [string, CType][]
  ).map(([words, type]) => [words.split(' ').sort().join(' '), type]),
);

function float(name: FloatName): CType {
  return { kind: 'float', name };
}

function signs(words: string, name: string): [string, CType][] {
  return [
    [words, integer(name as IntegerName)],
    [`signed ${words}`, integer(name as IntegerName)],
    [`unsigned ${words}`, integer(`unsigned ${name}` as IntegerName)],
  ];
}

/** The type of `unsigned _BitInt(N)` and the like (C23 6.2.5, 6.7.3). */
export function bitIntType(words: readonly string[], width: number | UnknownValue): CType {
  const [sign, ...more] = words.filter((word) => word !== '_BitInt');
  const isUnsigned = sign === 'unsigned';
  if (more.length > 0 || !(sign === undefined || isUnsigned || sign === 'signed'))
    return unknownType(`${words.join(' ')} is no type`);
  if (isUnknownValue(width)) return unknownType(`the width of a _BitInt is unknown: ${width.unknown}`);
  return width >= (isUnsigned ? 1 : 2)
    ? { kind: 'bitint', bits: width, isUnsigned }
    : unknownType(`there is no _BitInt of ${width} bits`);
}

/** The type of words such as `unsigned long int`; undefined where there are none. */
export function arithmeticType(words: readonly string[]): CType | undefined {
  if (words.length === 0) return undefined;
  if (words.includes('complex')) return unknownType('_Complex types are not laid out');
  const known = ARITHMETIC_TYPES.get(words.length === 1 ? words[0] : [...words].sort().join(' '));
  return known ?? unknownType(`${words.join(' ')} is no type`);
}
