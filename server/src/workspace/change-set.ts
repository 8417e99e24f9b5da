/** A change to the tree as texts in memory: from a patch, or between a git revision and the disk or the index. */
import path from 'node:path';
import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import { fromByteString } from '../syntax/text';
import { Disk } from './disk';
import { contentsOf, git } from './git';
import type { Problem } from './problem';
import type { Tree } from './tree';

/** Byte strings by absolute path; a file that is missing on a side has no text there. */
export interface ChangeSet {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** A patch that is none; the message says why. */
export class NoPatch extends Error {}

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
  const parts = partsOf(text);
  for (const part of parts) {
    const problem = applyPart(part);
    if (problem) problems.push(problem);
  }
  return { before, after, problems };

  function applyPart(part: StructuredPatch): Problem | undefined {
    const oldFile = fileNamed(part.oldFileName, tree.kernel);
    const newFile = fileNamed(part.newFileName, tree.kernel);
    const named = newFile ?? oldFile;
    if (oldFile === null || newFile === null || named === undefined || named === null)
      return {
        path: `${part.newFileName ?? part.oldFileName}`,
        message: 'not checked: the patch leads outside the tree',
      };
    if (!/\.[ch]$/.test(named)) return undefined;
    if (part.isBinary) return { path: named, message: 'not checked: the patch is binary' };
    const current = oldFile === undefined || gone.has(oldFile) ? undefined : (after.get(oldFile) ?? load(oldFile));
    if (oldFile !== undefined && current === undefined)
      return { path: oldFile, message: 'the patch does not apply: there is no such file in the tree' };
    if (oldFile === undefined && newFile !== undefined && disk.exists(newFile) && !gone.has(newFile))
      return { path: newFile, message: 'the patch does not apply: it adds a file that is there already' };
    const result = applyPatch(current ?? '', part, { autoConvertLineEndings: true });
    if (result === false) return { path: named, message: refusalOf(current ?? '', part) };
    if (oldFile !== undefined && oldFile !== newFile && !part.isCopy) {
      after.delete(oldFile);
      gone.add(oldFile);
    }
    if (newFile === undefined) return undefined;
    gone.delete(newFile);
    after.set(newFile, result);
    return undefined;
  }

  function load(file: string): string | undefined {
    const read = disk.read(file);
    if (read !== undefined) before.set(file, read);
    return read;
  }
}

/** The first hunk that does not fit by itself is the one to look at. */
function refusalOf(text: string, part: StructuredPatch): string {
  const at = part.hunks.findIndex((hunk) => applyPatch(text, { ...part, hunks: [hunk] }) === false);
  const hunk = part.hunks[at] ?? part.hunks[0];
  const lines = `@@ -${hunk?.oldStart},${hunk?.oldLines} +${hunk?.newStart},${hunk?.newLines} @@`;
  return `the patch does not apply: hunk ${Math.max(0, at) + 1} of ${part.hunks.length} (${lines}) fits nowhere`;
}

/** The diffs of files, in order. Mails have text around them, which is no part of any diff. */
function partsOf(text: string): StructuredPatch[] {
  const mails = text.split(/^(?=From [0-9a-f]{7,64} .*\d{4}\r?$)/m);
  const parts = mails.flatMap((mail) => {
    const start = /^(?:diff --git |Index: |--- [^\r\n]+\r?\n\+\+\+ )/m.exec(mail)?.index;
    if (start === undefined) return [];
    // The signature of a mail stands behind a line of two hyphens and a space.
    const body = mail.slice(start).replace(/^-- \r?\n[^\r\n]*\r?\n*$/m, '');
    try {
      return parsePatch(body);
    } catch (error) {
      throw new NoPatch(`it can't be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  if (parts.length === 0) throw new NoPatch('it holds no diff');
  return parts;
}

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
 * `diff-index` neither refreshes the index nor runs a filter, a driver or a hook that the repository configures.
 *
 * @throws GitProblem where the tree is no repository, or the revision names nothing.
 */
export function changedSince(revision: string, staged: boolean, tree: Tree): ChangeSet {
  const args = ['diff-index', '--raw', '-z', '--no-abbrev', '--no-renames', '--no-ext-diff', '--relative'];
  const where = staged ? ['--cached'] : [];
  const listed = git(tree.kernel, [...args, ...where, '--end-of-options', revision, '--']).toString('utf8');
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  const problems: Problem[] = [];
  const disk = new Disk(tree.roots);
  const blob = (id: string): string => contentsOf(tree.kernel, [id])[0];
  for (const [, oldMode, newMode, oldId, newId, status, name] of listed.matchAll(
    /:(\d+) (\d+) (\w+) (\w+) (\w)\d*\0([^\0]+)\0/g,
  )) {
    const file = path.join(tree.kernel, name);
    if (!/\.[ch]$/.test(name)) continue;
    if (status === 'U') problems.push({ path: file, message: 'not checked: it is not merged yet' });
    const oldText = oldMode.startsWith('100') ? blob(oldId) : undefined;
    const newText = !newMode.startsWith('100') ? undefined : staged ? blob(newId) : disk.read(file);
    if (oldText === newText) continue;
    if (oldText !== undefined) before.set(file, oldText);
    if (newText !== undefined) after.set(file, newText);
  }
  return { before, after, problems };
}
