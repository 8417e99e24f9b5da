/** `--patch`, `--diff` and `--staged` of `overlint check`: what a change causes, and nothing else. */
import path from 'node:path';
import { runOverChange } from '../changes/change-run';
import { type ChangeSet, changedSince, patched } from '../changes/change-set';
import { GitProblem } from '../changes/git';
import { NoPatch } from '../changes/patch-parts';
import { reasonOf } from '../files/errno';
import { readGiven } from '../files/result-file';
import type { Tree } from '../project/tree';
import type { RunReport } from '../workers/run';
import type { WorkRequest } from '../workers/run-request';
import { type CommandContext, UsageError } from './command-context';

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

/** @throws UsageError where there is no such change. */
export function checkChange(flags: ChangeFlags, work: WorkRequest, { folder }: CommandContext): Promise<RunReport> {
  return runOverChange({ ...work, change: changeOf(flags, work.tree, folder), reachesOut: !flags.changedFilesOnly });
}

function changeOf({ patch, diff, staged }: ChangeFlags, tree: Tree, folder: string): ChangeSet {
  try {
    if (patch === undefined) return changedSince(diff ?? 'HEAD', staged === true, tree);
    return patched(readGiven(patch === '-' ? '/dev/stdin' : path.resolve(folder, patch)), tree);
  } catch (error) {
    if (error instanceof GitProblem) throw new UsageError(`${tree.kernel}: ${error.message}.`);
    if (error instanceof NoPatch) throw new UsageError(`${patch} is no patch: ${error.message}.`);
    throw new UsageError(`${patch ?? tree.kernel}: ${reasonOf(error)}.`);
  }
}
