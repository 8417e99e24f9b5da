/** Lists the C files that a run looks at: the files that were named, and all below the folders that were. */
import fs from 'node:fs';
import path from 'node:path';
import { isInside } from '../files/disk';
import { reasonOf } from '../files/errno';
import type { Problem } from '../files/problem';
import type { Tree } from './tree';

export interface Listing {
  /** Absolute, symbolic links resolved, each once, sorted by code units. */
  readonly files: readonly string[];
  readonly problems: readonly Problem[];
  /** Named folders without any C file, as they were named. */
  readonly empty: readonly string[];
}

const C_FILE = /\.[ch]$/;

/** Folders that hold no sources of the tree, whatever the files in them are called. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set(['.git']);

/**
 * Lists the files of a run. A named file counts whatever its name ends in. Below folders, symbolic links are not
 * followed: what they lead to inside the tree is found at its own place, and so no circle is walked.
 *
 * @param paths Absolute paths of files and folders, as the user named them.
 */
export function listSources(tree: Tree, paths: readonly string[]): Listing {
  const files: string[] = [];
  const parts = listInParts(tree, paths);
  for (let part = parts.next(); ; part = parts.next()) {
    if (part.done) return { ...part.value, files: files.sort() };
    files.push(...part.value);
  }
}

/** As `listSources`; gives the files folder by folder as they are found, each once. */
export function* listInParts(
  tree: Tree,
  paths: readonly string[],
): Generator<readonly string[], Omit<Listing, 'files'>> {
  // A walk comes by no file twice; a second one may.
  const seen = paths.length > 1 ? new Set<string>() : undefined;
  const problems: Problem[] = [];
  const empty: string[] = [];
  for (const named of paths) {
    const real = realOf(named, tree, problems);
    if (real === undefined) continue;
    let isEmpty = true;
    for (const part of fs.statSync(real).isDirectory() ? walk(real, problems) : [[real]]) {
      isEmpty = false;
      const fresh = seen ? part.filter((file) => !seen.has(file)) : part;
      for (const file of fresh) seen?.add(file);
      yield fresh;
    }
    if (isEmpty) empty.push(named);
  }
  return { problems, empty };
}

/** The path that a name stands for: from where the user stands, or else from the top of the kernel tree. */
export function pathNamed(name: string, folder: string, kernel: string): string {
  const here = path.resolve(folder, name);
  const inTree = path.resolve(kernel, name);
  return !fs.existsSync(here) && fs.existsSync(inTree) ? inTree : here;
}

function realOf(named: string, tree: Tree, problems: Problem[]): string | undefined {
  try {
    const real = fs.realpathSync.native(named);
    if (isInside(tree.roots, real)) return real;
    const problem = real === named ? 'is outside' : `leads to ${real}, outside`;
    const module = tree.module === undefined ? '' : ` and the module ${tree.module}`;
    problems.push({ path: named, message: `${problem} the kernel tree ${tree.kernel}${module}` });
  } catch (error) {
    problems.push({ path: named, message: reasonOf(error) });
  }
  return undefined;
}

/** The C files below a folder, those of each folder that has any together. */
function* walk(top: string, problems: Problem[]): Generator<readonly string[]> {
  const waiting = [top];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const files: string[] = [];
    for (const entry of entriesOf(folder, problems)) {
      const inside = folder === '/' ? `/${entry.name}` : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!SKIPPED_FOLDERS.has(entry.name)) waiting.push(inside);
      } else if (entry.isFile() && C_FILE.test(entry.name) && isNamed(inside, problems)) files.push(inside);
    }
    if (files.length > 0) yield files;
  }
}

/** A name with bytes that are no UTF-8 reads with U+FFFD in their place, under which no file is found. */
function isNamed(file: string, problems: Problem[]): boolean {
  if (!file.includes('\ufffd') || fs.existsSync(file)) return true;
  problems.push({ path: file, message: 'is not checked: the bytes of its name are not UTF-8' });
  return false;
}

function entriesOf(folder: string, problems: Problem[]): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    problems.push({ path: folder, message: reasonOf(error) });
    return [];
  }
}

/** The kernel tree and the module out of it that files are named from. */
export type NamingRoots = Pick<Tree, 'kernel' | 'module'>;

/** A path as it is printed: relative to the kernel folder, or to that of the module which it is part of. */
export function relativeTo({ kernel, module }: NamingRoots, file: string): string {
  if (module !== undefined && file.startsWith(`${module}/`)) return file.slice(module.length + 1);
  return file.startsWith(`${kernel}/`) ? file.slice(kernel.length + 1) : path.relative(kernel, file) || '.';
}

/** A file as JSON names it: one of a module out of the tree says from which folder it is named. */
export function namedFile(roots: NamingRoots, file: string): { file: string; root?: string } {
  const { module } = roots;
  const isOfModule = module !== undefined && file.startsWith(`${module}/`);
  return { file: relativeTo(roots, file), ...(isOfModule && { root: module }) };
}
