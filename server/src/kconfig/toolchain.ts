/**
 * Toolchains as data: what compilers, assemblers and linkers answered when `tools/toolchains.mjs` asked them once what
 * Kconfig files ask. Nothing is run here.
 */
import { answerByWords, type Question, questionOf } from './questions';

/** `packs/toolchains.json`: one column a compiler and architecture. */
export interface ToolchainTable {
  readonly columns: readonly { readonly compiler: string; readonly arch: string; readonly version: string }[];
  /** By what the columns answered, in their order (y, n, or . where it was not asked): the commands. */
  readonly succeeds: Readonly<Record<string, readonly string[]>>;
  /** By command: the texts that were printed, and by column which of them (0 to z, or . where it was not asked). */
  readonly prints: Readonly<Record<string, { readonly texts: readonly string[]; readonly of: string }>>;
}

/** Variables of the build that name tools: a question names the tool, not what it is called on some machine. */
const TOOLS = [
  ...['CC', 'LD', 'AR', 'NM', 'STRIP', 'OBJCOPY', 'OBJDUMP', 'READELF', 'CLANG_FLAGS', 'USERCFLAGS', 'USERLDFLAGS'],
  ...['PAHOLE', 'RUSTC', 'BINDGEN', 'PYTHON3', 'HOSTCC', 'CROSS_COMPILE', 'srctree'],
];

export const TOOL_VARIABLES: Readonly<Record<string, string>> = Object.fromEntries(
  TOOLS.map((name) => [name, `$${name}`]),
);

export class Toolchain {
  private readonly answers = new Map<string, boolean>();
  /** Questions that nothing answers: they count as "no". */
  readonly unanswered = new Set<string>();
  readonly compiler: string;
  readonly versionText: string;
  /** The architecture whose answers stand in, where the asked one was not measured. */
  readonly measuredFor: string;

  private constructor(
    private readonly table: ToolchainTable,
    private readonly column: number,
  ) {
    const { compiler, version, arch } = table.columns[column];
    this.compiler = compiler;
    this.versionText = version;
    this.measuredFor = arch;
    for (const [pattern, commands] of Object.entries(table.succeeds)) {
      const answer = pattern[column];
      if (answer !== '.') for (const command of commands) this.answers.set(command, answer === 'y');
    }
  }

  /** The toolchain of a name and architecture; undefined where there is no such compiler. */
  static find(table: ToolchainTable, compiler: string, arch: string): Toolchain | undefined {
    const columns = table.columns.map((column, index) => ({ ...column, index }));
    const own = columns.filter((column) => column.compiler === compiler);
    const found = own.find((column) => column.arch === arch) ?? own[0];
    return found && new Toolchain(table, found.index);
  }

  /** The names of all compilers. */
  static names(table: ToolchainTable): string[] {
    return [...new Set(table.columns.map(({ compiler }) => compiler))];
  }

  /** What `$(shell,…)` prints. */
  shell(command: string): string {
    const question = questionOf(command);
    return answerByWords(question) ?? this.answer(question) ?? this.assumeNo(question);
  }

  private answer(question: Question): string | undefined {
    if (question.kind === 'succeeds') {
      const answer = this.answers.get(question.asked);
      return answer === undefined ? undefined : answer ? question.yes : question.no;
    }
    const printed = Object.hasOwn(this.table.prints, question.asked) ? this.table.prints[question.asked] : undefined;
    return printed?.texts[Number.parseInt(printed.of[this.column], 36)];
  }

  private assumeNo(question: Question): string {
    this.unanswered.add(question.asked);
    return question.kind === 'succeeds' ? question.no : '';
  }
}

/** The measured compiler that is nearest to the one which a `.config` was made with, as that says; else the default. */
export function compilerOfConfig(table: ToolchainTable, config: string): string {
  const named = /^CONFIG_(GCC|CLANG)_VERSION=([1-9]\d*)$/m.exec(config);
  if (!named) return defaultCompiler(table);
  const family = named[1].toLowerCase();
  const major = Math.floor(Number(named[2]) / 10000);
  const distance = (name: string): number => Math.abs(Number(name.slice(family.length + 1)) - major);
  const own = Toolchain.names(table).filter((name) => name.startsWith(`${family}-`));
  return own.sort((a, b) => distance(a) - distance(b))[0] ?? defaultCompiler(table);
}

/** The newest gcc that was measured. */
export function defaultCompiler(table: ToolchainTable): string {
  const names = Toolchain.names(table);
  const versions = names.flatMap((name) => /^gcc-(\d+)$/.exec(name)?.[1] ?? []).map(Number);
  return versions.length > 0 ? `gcc-${Math.max(...versions)}` : names[0];
}
