/** The tree of a target whose programs this one's kernel runs, too. */
import type { Target } from '../layout/target';
import type { PreprocessedTree } from '../preprocessor/tree';

/** A tree with the target that layouts are for. */
export interface ProgramTree {
  readonly tree: PreprocessedTree;
  readonly target: Target;
}

/** Gives the tree as the 32-bit programs have it; undefined where the kernel runs none. */
export type FindProgram = () => ProgramTree | undefined;
