/** `--patch`, `--diff` and `--staged` of `overlint check`: what a change causes, and nothing else. */
import path from 'node:path';
import { type ChangeSet, changedSince, patched } from '../changes/change-set';
import { GitProblem } from '../changes/git';
import { NoPatch } from '../changes/patch-parts';
import { reasonOf } from '../files/errno';
import { readGiven } from '../files/result-file';
import type { Tree } from '../project/tree';
import { UsageError } from './command-context';

export interface ChangeFlags {
  readonly patch?: string;
  readonly diff?: string;
  readonly staged?: boolean;
  readonly changedFilesOnly?: boolean;
}

/** Whether a change is asked about. */
export function isAboutChange({ patch, diff, staged }: Omit<ChangeFlags, 'changedFilesOnly'>): boolean {
  return patch !== undefined || diff !== undefined || staged === true;
}

/** The change that is asked about. @throws UsageError where there is no such. */
export function changeOf({ patch, diff, staged }: ChangeFlags, tree: Tree, folder: string): ChangeSet {
  try {
    if (patch === undefined) return changedSince(diff ?? 'HEAD', staged === true, tree);
    return patched(readGiven(patch === '-' ? '/dev/stdin' : path.resolve(folder, patch)), tree);
  } catch (error) {
    if (error instanceof GitProblem) throw new UsageError(`${tree.kernel}: ${error.message}.`);
    if (error instanceof NoPatch) throw new UsageError(`${patch} is no patch: ${error.message}.`);
    throw new UsageError(`${patch ?? tree.kernel}: ${reasonOf(error)}.`);
  }
}
