/** Applies fixes in rounds until none is left: in memory first, then each file whole or not at all. */

import { applyEdits, planFixes } from '../analysis/edits';
import { Disk } from '../files/disk';
import type { Problem } from '../files/problem';
import { replaceFile } from '../files/write';
import type { Tree } from '../project/tree';
import type { Linted } from '../store/linted';
import type { LintWorkers } from './lint-workers';
import { mergeFindings } from './merge';

/** A file's text before and after its fixes; byte strings. */
export interface Change {
  /** Absolute path. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixed {
  readonly changes: readonly Change[];
  /** Of each finding that was fixed, over all rounds, the files that its fix changed. */
  readonly fixes: readonly (readonly string[])[];
  readonly problems: readonly Problem[];
}

/** A fix may uncover the next one (a nested access), but hardly so often; more rounds mean that two fixes undo each other. */
const MOST_ROUNDS = 10;

/**
 * Fixes in memory. What the fixed files still give replaces their part of `linted`.
 *
 * @param linted By file, in the order of the files.
 * @param unsafe Whether fixes may be taken that are not proven to keep the program's meaning.
 */
export async function fixInMemory(
  workers: LintWorkers,
  tree: Tree,
  linted: Map<string, Linted>,
  unsafe: boolean,
): Promise<Fixed> {
  const edited = new EditedFiles(tree);
  const fixes: (readonly string[])[] = [];
  for (let round = 0; ; round++) {
    for (const one of linted.values()) edited.noteVersions(one.stamps);
    const plan = planFixes(mergeFindings(linted.values(), tree), unsafe, (path) => edited.isEditable(path));
    if (plan.fixes.length === 0) break;
    if (round === MOST_ROUNDS) {
      for (const path of plan.edits.keys())
        edited.refuse(
          path,
          `still has something to fix after ${MOST_ROUNDS} rounds; run again, and please report this`,
        );
      break;
    }
    fixes.push(...plan.fixes);
    const texts = new Map<string, string>();
    for (const [path, edits] of plan.edits)
      texts.set(
        path,
        edited.edit(path, (text) => applyEdits(text, edits)),
      );
    workers.setBuffers(texts);
    const again = [...linted.values()].filter(({ file, findings }) => findings.length > 0 || texts.has(file));
    const files = again.map(({ file }) => file);
    for (const one of await workers.lint(files, () => {})) linted.set(one.file, one);
  }
  return { changes: edited.changes(), fixes, problems: edited.problems };
}

/**
 * Writes fixed files. One that fails keeps its old text and gets a message; what was found in it is found still.
 *
 * @returns What was fixed indeed.
 */
export async function writeFixed(workers: LintWorkers, linted: Map<string, Linted>, fixed: Fixed): Promise<Fixed> {
  const problems = [...fixed.problems];
  const failed = new Map<string, string>();
  for (const { path, before, after } of fixed.changes) {
    const message = replaceFile(path, before, after);
    if (message === undefined) continue;
    problems.push({ path, message });
    failed.set(path, before);
  }
  if (failed.size === 0) return fixed;
  workers.setBuffers(failed);
  for (const one of await workers.lint([...linted.keys()], () => {})) linted.set(one.file, one);
  return {
    changes: fixed.changes.filter(({ path }) => !failed.has(path)),
    fixes: fixed.fixes.filter((paths) => !paths.some((path) => failed.has(path))),
    problems,
  };
}

/** The files under repair: what they were when they were linted, and what they have become. */
class EditedFiles {
  readonly problems: Problem[] = [];
  private readonly disk: Disk;
  private readonly versions = new Map<string, string>();
  private readonly before = new Map<string, string>();
  private readonly after = new Map<string, string>();
  private readonly refused = new Set<string>();

  constructor(tree: Tree) {
    this.disk = new Disk(tree.roots);
  }

  /** Workers read for themselves: a file that two of them saw in different versions is being written to just now. */
  noteVersions(stamps: Readonly<Record<string, string>>): void {
    for (const [path, stamp] of Object.entries(stamps)) {
      if (this.after.has(path) || this.refused.has(path)) continue;
      const known = this.versions.get(path);
      if (known === undefined) this.versions.set(path, stamp);
      else if (known !== stamp) this.refuse(path, 'not fixed: it changed while it was checked');
    }
  }

  /** Loads a file for its edits; false, with a message, where it can't be edited. */
  isEditable(path: string): boolean {
    if (this.refused.has(path)) return false;
    if (this.before.has(path)) return true;
    const loaded = this.disk.load(path);
    if ('problem' in loaded) return this.refuse(path, `not fixed: it ${loaded.problem}`);
    if (loaded.stamp !== this.versions.get(path))
      return this.refuse(path, 'not fixed: it changed since it was checked');
    this.before.set(path, loaded.text);
    return true;
  }

  edit(path: string, change: (text: string) => string): string {
    const text = change(this.after.get(path) ?? this.before.get(path)!);
    this.after.set(path, text);
    return text;
  }

  refuse(path: string, message: string): false {
    this.refused.add(path);
    this.problems.push({ path, message });
    return false;
  }

  changes(): Change[] {
    const changed = [...this.after].filter(([path, text]) => text !== this.before.get(path));
    return changed.map(([path, after]) => ({ path, before: this.before.get(path)!, after }));
  }
}
