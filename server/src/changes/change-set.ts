/** A change to the tree as texts in memory: from a patch, or between a git revision and the disk or the index. */
import path from 'node:path';
import type { StructuredPatch } from 'diff';
import { Disk, isLink } from '../files/disk';
import type { Problem } from '../files/problem';
import type { Tree } from '../project/tree';
import { fromByteString } from '../text/text';
import { contentsOf, git } from './git';
import { applied } from './patch-apply';
import { mailsIn } from './patch-parts';
import { changedOnDisk } from './worktree';

/** Byte strings by absolute path; a file that is missing on a side has no text there. */
export interface ChangeSet {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** What was overlooked to make the patch fit. */
  readonly notes: readonly Problem[];
  /** The mails that the change came in, in order; empty where it came in none. */
  readonly steps: readonly Step[];
}

/** The tree as it is with one mail and those before it. */
export interface Step {
  readonly subject: string;
  /** Of the files that mails have changed so far; undefined for one that is gone. */
  readonly texts: ReadonlyMap<string, string | undefined>;
}

/**
 * Applies a patch in memory: a diff, a mail of `git format-patch`, or an mbox of several, one after the other. What does
 * not apply is a problem of its file; the rest goes on. Nothing is written.
 *
 * @param text Byte string.
 * @throws NoPatch where nothing in it is a diff.
 */
export function patched(text: string, tree: Tree): ChangeSet {
  const disk = new Disk(tree.roots);
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const gone = new Set<string>();
  const problems: Problem[] = [];
  const notes: Problem[] = [];
  const steps: Step[] = [];
  for (const [index, { subject, parts }] of mailsIn(text).entries()) {
    for (const part of parts) {
      const problem = applyPart(part);
      if (problem) problems.push(problem);
    }
    const absent = [...gone].map((file) => [file, undefined] as const);
    steps.push({ subject: subject ?? `patch ${index + 1}`, texts: new Map([...absent, ...after]) });
  }
  const missing = problems.filter(({ message }) => message === NO_SUCH_FILE).length;
  if (after.size === 0 && missing > 1 && missing === problems.length)
    problems.push({
      path: tree.kernel,
      message: `none of the patch's ${missing} files is in it; is it for another tree?`,
    });
  return { before, after, problems, notes, steps: steps.length > 1 ? steps : [] };

  function applyPart(part: StructuredPatch): Problem | undefined {
    // Where no line changes, git has no `---` and `+++`, and names the file on both sides.
    const isEmpty = part.hunks.length === 0;
    const oldFile = part.isCreate && isEmpty ? undefined : fileNamed(part.oldFileName, tree.kernel);
    const newFile = part.isDelete && isEmpty ? undefined : fileNamed(part.newFileName, tree.kernel);
    const named = newFile ?? oldFile;
    if (oldFile === null || newFile === null || named === undefined || named === null)
      return {
        path: `${part.newFileName ?? part.oldFileName}`,
        message: 'not checked: the patch leads outside the tree',
      };
    if (![oldFile, newFile].some((file) => file && /\.[ch]$/.test(file))) return undefined;
    if (part.isBinary) return { path: named, message: 'not checked: the patch is binary' };
    if (part.newMode?.startsWith('12') || part.oldMode?.startsWith('12') || isLink(oldFile ?? named))
      return { path: named, message: 'not checked: it is a symbolic link' };
    const current = oldFile === undefined || gone.has(oldFile) ? undefined : (after.get(oldFile) ?? load(oldFile));
    if (oldFile !== undefined && current === undefined) return { path: oldFile, message: NO_SUCH_FILE };
    const isNew = newFile !== undefined && newFile !== oldFile && !gone.has(newFile);
    if (isNew && (after.has(newFile) || disk.exists(newFile)))
      return { path: newFile, message: 'the patch does not apply: it adds a file that is there already' };
    const result = applied(current ?? '', part);
    if ('refusal' in result) {
      // It stays as it is, which is no part of the change.
      if (oldFile !== undefined && !after.has(oldFile)) before.delete(oldFile);
      return { path: named, message: result.refusal };
    }
    notes.push(...result.notes.map((message) => ({ path: named, message })));
    if (oldFile !== undefined && oldFile !== newFile && !part.isCopy) {
      after.delete(oldFile);
      gone.add(oldFile);
    }
    if (newFile === undefined) return undefined;
    gone.delete(newFile);
    after.set(newFile, result.text);
    return undefined;
  }

  function load(file: string): string | undefined {
    const read = disk.read(file);
    if (read !== undefined) before.set(file, read);
    return read;
  }
}

const NO_SUCH_FILE = 'the patch does not apply: there is no such file in the tree';

/** Undefined for /dev/null; null where a name leads outside the tree. */
function fileNamed(name: string | undefined, kernel: string): string | undefined | null {
  if (name === undefined || name === '/dev/null') return undefined;
  // The first part is a/ or b/, or, as quilt writes it, the name of the tree: what -p1 takes away.
  // A name that was quoted comes decoded, the others in bytes.
  const decoded = fromByteString(name);
  const inTree = (decoded.includes('\ufffd') ? name : decoded).replace(/^[^/]+\//, '');
  if (path.isAbsolute(name) || inTree.split('/').includes('..') || inTree.includes('\0')) return null;
  return path.join(kernel, inTree);
}

/**
 * What lies between a revision and the disk, or, with `staged`, the index. Files that git does not know are no part of it.
 *
 * git compares the revision with the index alone; the disk is compared with the index here, since git would run filters
 * that a configuration inside the tree names.
 *
 * @throws GitProblem where the tree is no repository, or the revision names nothing.
 */
export function changedSince(revision: string, staged: boolean, tree: Tree): ChangeSet {
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const problems: Problem[] = [];
  const disk = new Disk(tree.roots);
  const blob = (id: string): string => contentsOf(tree.kernel, [id])[0];
  const add = (name: string, oldText: string | undefined, newText: string | undefined): void => {
    const file = path.join(tree.kernel, name);
    if (oldText === newText) return;
    if (oldText !== undefined) before.set(file, oldText);
    if (newText !== undefined) after.set(file, newText);
  };
  const onDisk = (name: string): string | undefined => {
    const file = path.join(tree.kernel, name);
    return isLink(file) ? undefined : disk.read(file);
  };
  const inIndex = new Set<string>();
  for (const { name, oldMode, newMode, oldId, newId, status } of changedInIndex(tree.kernel, revision)) {
    if (status === 'U')
      problems.push({ path: path.join(tree.kernel, name), message: 'not checked: it is not merged yet' });
    inIndex.add(name);
    const isText = status === 'U' || newMode.startsWith('100');
    const newText = staged ? (newMode.startsWith('100') ? blob(newId) : undefined) : isText ? onDisk(name) : undefined;
    add(name, oldMode.startsWith('100') ? blob(oldId) : undefined, newText);
  }
  if (!staged)
    for (const { path: name, object } of changedOnDisk(tree.kernel, disk))
      if (!inIndex.has(name)) add(name, blob(object), onDisk(name));
  return { before, after, problems, notes: [], steps: [] };
}

/** How the index differs from a revision, C files alone. */
function* changedInIndex(folder: string, revision: string) {
  const args = ['diff-index', '--cached', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--relative'];
  const listed = git(folder, [...args, '--ignore-submodules=all', '--end-of-options', revision, '--']).toString('utf8');
  const lines = listed.matchAll(/:(\d+) (\d+) (\w+) (\w+) (\w)\d*\0([^\0]+)\0/g);
  for (const [, oldMode, newMode, oldId, newId, status, name] of lines)
    if (/\.[ch]$/.test(name)) yield { oldMode, newMode, oldId, newId, status, name };
}
