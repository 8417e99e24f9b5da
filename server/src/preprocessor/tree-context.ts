/** What a tree and a unit of it need from outside, and what it says where something is wrong. */
import type { CompileFlags } from '../kbuild/flags';
import type { SourceReader } from '../text/text';
import type { EvaluatedConfiguration } from './config';
import type { Decisions } from './deciding';
import type { IncludeResolver } from './includes';
import type { Lexer, SourceFile } from './source';
import type { UserDoubts } from './user-doubts';

/** Names of files that no disk holds: what the compiler defines, and what it is told of one file. */
export const PREDEFINED = '<predefined>';
export const FLAGS = '<flags>';

export interface UnitProblem {
  readonly path: string;
  /** Offset of the directive. */
  readonly start: number;
  readonly message: string;
}

export interface TreeSettings {
  readonly kernel: string;
  readonly build: string;
  /** As the project names it: `x86`, `i386`, `arm64` … */
  readonly arch: string;
  /** The target's name in packs/predefined: `x86_64`, `riscv64` … */
  readonly target: string;
  readonly configFile?: string;
  /** The folder of a module that is built out of the tree. */
  readonly module?: string;
  readonly configuration?: EvaluatedConfiguration;
  readonly reader: SourceReader;
  /** For files that come from the reader; the plain lexer where there is none. */
  readonly lex?: Lexer;
  readonly compile?: CompileFlags;
  /** The names in a folder; none where there is no disk to ask. */
  readonly list?: (folder: string) => readonly string[];
}

/** What a unit needs from outside; shared by all units of a project. */
export interface TreeContext {
  /** The file digested, from memory where its content is known; undefined where it can't be read. */
  source(path: string): SourceFile | undefined;
  readonly resolver: IncludeResolver;
  /** Paths read before the main file, in order: predefined macros, autoconf.h, kconfig.h … */
  readonly prelude: readonly (SourceFile | string)[];
  /** What its conditions come to. */
  readonly decisions: Decisions;
  /** Whether a configuration was read: without one, what asks for a CONFIG_ option is undecided. */
  readonly hasConfig: boolean;
  readonly compiler: 'gcc' | 'clang';
  readonly userDoubts: UserDoubts;
}
