/** What a compiler is told for some files beyond what it is told for all of the kernel: macros, folders, forced headers. */

export interface FlagSet {
  /** `-D`: `NAME`, `NAME=VALUE` or `NAME(parameters)=VALUE`, byte strings; `-U` as `!NAME`. In order. */
  readonly macros: readonly string[];
  /** `-I` and kin, absolute, in order. */
  readonly folders: readonly string[];
  /** `-include`, absolute, in order. */
  readonly forced: readonly string[];
  /** Macros that the build gives each file for itself, such as its name; no layout hangs on them. */
  readonly names?: readonly string[];
  /** Why there may be others: what a makefile says of them is not known without running it. */
  readonly doubt?: string;
}

/** Plain data: which file (absolute path) is compiled with which of the sets. */
export interface CompileFlags {
  readonly sets: readonly FlagSet[];
  readonly of: Readonly<Record<string, number>>;
}

/** The text of the directives that stand for `-D` and `-U` before the first line of a file. */
export function macrosText(macros: readonly string[]): string {
  return macros
    .map((macro) => {
      if (macro.startsWith('!')) return `#undef ${macro.slice(1)}\n`;
      const at = macro.indexOf('=');
      const [name, value] = at < 0 ? [macro, '1'] : [macro.slice(0, at), macro.slice(at + 1)];
      // A value ends with its line, as it does for gcc.
      return `#undef ${name.replace(/\(.*$/s, '')}\n#define ${name} ${value.replace(/\n[\s\S]*$/, '')}\n`;
    })
    .join('');
}
