/** What a unit needs from outside, and what it says where something is wrong. */
import type { Decisions } from './deciding';
import type { IncludeResolver } from './includes';
import type { SourceFile } from './source';

/** Names of files that no disk holds: what the compiler defines, and what it is told of one file. */
export const PREDEFINED = '<predefined>';
export const FLAGS = '<flags>';

export interface UnitProblem {
  readonly path: string;
  /** Offset of the directive. */
  readonly start: number;
  readonly message: string;
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
}
