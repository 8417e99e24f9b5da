/** The compiler that a kernel's config names: what it predefines, and what it answers to `__has_attribute` and kin. */
import builtins from '../packs/predefined/builtins.json';
import facts from '../packs/predefined/compilers.json';
import targets from '../packs/predefined/targets.json';
import type { Dialect } from './dialect';

export interface Compiler {
  readonly name: 'gcc' | 'clang';
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** The compiler in a `.config` (CONFIG_GCC_VERSION=120200, CONFIG_CLANG_VERSION); gcc 12 where it says none. */
export function compilerOf(config: ReadonlyMap<string, string>): Compiler {
  const name = config.get('CONFIG_CC_IS_CLANG') === 'y' ? 'clang' : 'gcc';
  const version = Number(config.get(name === 'gcc' ? 'CONFIG_GCC_VERSION' : 'CONFIG_CLANG_VERSION') ?? 0) || 120200;
  return { name, major: Math.floor(version / 10000), minor: Math.floor(version / 100) % 100, patch: version % 100 };
}

type Macros = Readonly<Record<string, string>>;

/** What a compiler predefines for a target, whichever version it is. */
export function targetMacros(compiler: Compiler['name'], target: string): Macros {
  const both = targets.targets as Readonly<Record<string, Macros>>;
  const own = targets[compiler] as Readonly<Record<string, Macros>>;
  return { ...targets.common, ...own.common, ...both[target], ...own[target] };
}

/** What -fshort-wchar changes. */
const SHORT_WCHAR: Macros = {
  __WCHAR_TYPE__: 'short unsigned int',
  __WCHAR_MAX__: '0xffff',
  __WCHAR_MIN__: '0',
  __WCHAR_WIDTH__: '16',
  __SIZEOF_WCHAR_T__: '2',
};

/** The text of the `#define`s that stand before the first line of any file. `target` as in packs/predefined. */
export function predefinedText(compiler: Compiler, target: string, arch: string, dialect: Dialect): string {
  const identity: Record<string, string> =
    compiler.name === 'gcc'
      ? { __GNUC__: `${compiler.major}`, __GNUC_MINOR__: `${compiler.minor}`, __GNUC_PATCHLEVEL__: `${compiler.patch}` }
      : {
          // clang has claimed to be gcc 4.2.1 ever since (clang's Basic/Version, InitPreprocessor.cpp).
          __GNUC__: '4',
          __GNUC_MINOR__: '2',
          __GNUC_PATCHLEVEL__: '1',
          __clang__: '1',
          __clang_major__: `${compiler.major}`,
          __clang_minor__: `${compiler.minor}`,
          __clang_patchlevel__: `${compiler.patch}`,
        };
  const byArch = facts.arch as Readonly<Record<string, Macros>>;
  const wide = dialect.wideBytes === 2 ? SHORT_WCHAR : {};
  const all = { ...targetMacros(compiler.name, target), ...wide, ...identity, ...facts.common, ...byArch[arch] };
  return Object.entries(all)
    .map(([name, body]) => `#define ${name} ${body}\n`)
    .join('');
}

/** Whether compilers bring a header of intrinsic functions along: no kernel tree has it. */
export function isCompilerHeader(name: string): boolean {
  return facts.headers.includes(name);
}

/** Whether a compiler brings this header for programs without a C library: `__has_include` finds it. */
export function isFreestandingHeader(name: string): boolean {
  return facts.freestanding.includes(name);
}

/** Attributes that any of the compilers knows: of others each says no. */
const ATTRIBUTES: ReadonlySet<string> = new Set([
  ...facts.attributes,
  ...facts.gcc.lacks.__has_attribute,
  ...facts.clang.lacks.__has_attribute,
]);

/** How compilers spell their own functions. */
const BUILTIN_NAME = /^__(?:builtin|sync|atomic|c11_atomic|type_pack)_/;

/** Those of one target, of which nothing more is known. */
const BUILTIN_OF_TARGET =
  /^(?:ia32|arm|neon|aarch64|altivec|vsx|s390|mips|riscv|sve|hexagon|loongarch|bpf|ppc|sh|arc)_/;

/** The names behind `__builtin_`, and the last version of each compiler for which they are known. */
const BUILTINS = {
  gcc: { last: 12, names: new Set([...builtins.both, ...builtins.gcc].flatMap((line) => line.split(' '))) },
  clang: { last: 19, names: new Set([...builtins.both, ...builtins.clang].flatMap((line) => line.split(' '))) },
} as const;

function isBuiltin({ name, major }: Compiler, asked: string): boolean {
  if (!BUILTIN_NAME.test(asked)) return false;
  const { last, names } = BUILTINS[name];
  const own = asked.startsWith('__builtin_') ? asked.slice('__builtin_'.length) : undefined;
  return own === undefined || major > last || names.has(own) || BUILTIN_OF_TARGET.test(own);
}

/**
 * The answer to `__has_attribute(name)`, `__has_builtin(name)`, `__has_feature(name)` and kin: 0 for no, and for an attribute
 * of C23 the date that the standard gives it (gcc, "__has_c_attribute").
 */
export function featureValue(compiler: Compiler, operator: string, asked: string): number {
  const own = facts[compiler.name];
  const name = asked.replace(/^(?:gnu|__gnu__)::/, '').replace(/^__(.*)__$/, '$1');
  const dates = facts.standardAttributes as Readonly<Record<string, number>>;
  if (operator === '__has_feature' || operator === '__has_extension')
    return (own.has as readonly string[]).includes(name) ? 1 : 0;
  if (operator === '__has_c_attribute' && !asked.includes('::')) return dates[name] ?? 0;
  const since = (own.since as Readonly<Record<string, number>>)[name];
  if (since !== undefined) return compiler.major >= since ? 1 : 0;
  const lacks = own.lacks as Readonly<Record<string, readonly string[]>>;
  if (operator === '__has_builtin') return isBuiltin(compiler, asked) && !lacks[operator].includes(asked) ? 1 : 0;
  if (!ATTRIBUTES.has(name) || lacks.__has_attribute.includes(name)) return 0;
  return operator === '__has_attribute' ? (dates[name] ?? 1) : 1;
}
