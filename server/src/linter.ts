/** The pipeline, in order: text, syntax, types, rules. Pure: files come through the project's reader. */
import type { Finding } from './rules/finding';
import type { SourceReader, SourceText } from './syntax/text';

/** A kernel tree with what its layouts are for. Paths are absolute. */
export interface Project {
  /** The source tree (or a distribution's split `-common` headers). */
  readonly kernel: string;
  /** The O= folder with `.config` and `include/generated`; often the kernel folder itself. */
  readonly build: string;
  /** As under arch/: `x86`, `arm64`, `arm`, `riscv`, `s390`, `m68k`; i386 is `i386`. */
  readonly arch: string;
  /** A `.config` given by the user in place of the build folder's. */
  readonly configFile?: string;
  readonly reader: SourceReader;
}

export interface LintOptions {
  /** Only these rules; undefined means the defaults. */
  readonly rules?: ReadonlySet<string>;
  /** Also report what newer kernels moved behind an accessor that this tree lacks. */
  readonly ahead: boolean;
}

/** Counters by name, added up over files: `files`, `accesses.resolved`, `accesses.unresolved: REASON` … */
export type Stats = Record<string, number>;

export interface LintResult {
  /** Sorted by place, then rule. A finding may stand in another file than the one linted (a macro's body). */
  readonly findings: readonly Finding[];
  readonly stats: Stats;
}

/** What a hover says, as Markdown; the span is what it speaks of. */
export interface Description {
  readonly markdown: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Lints documents of one project. Keeps what it read of headers; `forget` drops what depends on a changed file.
 * Cannot fail: whatever could not be analysed is silent and counted.
 */
export class Linter {
  constructor(
    readonly project: Project,
    readonly options: LintOptions,
  ) {}

  /** Member and macro names (whole words) without which no active rule has anything to say about a file. */
  candidateWords(): readonly string[] {
    return [];
  }

  lint(_document: SourceText): LintResult {
    return { findings: [], stats: {} };
  }

  /** What stands at a byte offset: record, offset, what shares the bytes. */
  describe(_document: SourceText, _offset: number): Description | undefined {
    return undefined;
  }

  /** The file changed on disk (or in an editor, for another file's sake). */
  forget(_path: string): void {}
}
