/** The files of a kernel tree by what they are to a search for records: headers for all, sources, and what is no part of it. */
import fs from 'node:fs';
import { type FileVersion, quickVersion } from '../files/file-stamps';
import folders from '../packs/predefined/folders.json';
import type { SourceReader } from '../text/text';
import { archFolder } from './arch';
import type { Tree } from './tree';

/**
 * Where a search looks, in order: the module out of the tree that is looked at, headers that any file may include, other
 * headers, sources, what is built apart.
 */
export const FILE_GROUPS = ['module', 'headers', 'other headers', 'sources', 'outside'] as const;
export type FileGroup = (typeof FILE_GROUPS)[number];

/** The files of a tree, be it on disk or in a revision. Paths are absolute. */
export interface TreeFiles extends SourceReader {
  /** The files of a group, in the order in which they are to be looked at. */
  list(group: FileGroup): readonly string[];
  /** The text of a listed file, for a search. */
  listedText(file: string): string;
  /** Those of some listed files that hold one of some identifiers. */
  holding(words: readonly string[], files: readonly string[]): readonly string[];
}

/** Sorts the paths of a tree's C files into groups. */
export class FileGroups {
  private readonly ownHeaders: readonly string[];
  private readonly ownArch: string;

  constructor(private readonly tree: Pick<Tree, 'kernel' | 'build' | 'arch' | 'module'>) {
    this.ownArch = archFolder(tree.arch);
    this.ownHeaders = folders.headers.map((folder) => folder.replace('ARCH', this.ownArch));
  }

  /** Folders that hold the headers of the first group, absolute. */
  headerFolders(): string[] {
    const { kernel, build } = this.tree;
    const roots = kernel === build ? [kernel] : [kernel, build];
    return roots.flatMap((root) => [`${root}/include`, `${root}/arch/${this.ownArch}/include`]);
  }

  /** Whether a header stands in for what an architecture does not define itself, so that it is read through that one. */
  isGeneric(file: string): boolean {
    return folders.generic.some((folder) => this.nameOf(file).startsWith(folder));
  }

  /** The folder of the module out of the tree, if one is looked at. */
  get module(): string | undefined {
    return this.tree.module;
  }

  groupOf(file: string): FileGroup {
    const folder = file.slice(0, file.lastIndexOf('/') + 1);
    let group = this.byFolder.get(folder);
    if (group === undefined) this.byFolder.set(folder, (group = this.groupOfFolder(folder)));
    return group ?? (file.endsWith('.h') ? 'other headers' : 'sources');
  }

  private readonly byFolder = new Map<string, FileGroup | null>();

  /** The group of all files of a folder, whose path ends in a slash; null where it has several. */
  private groupOfFolder(folder: string): FileGroup | null {
    if (this.module !== undefined && folder.startsWith(`${this.module}/`)) return 'module';
    const name = this.nameOf(folder);
    if (this.rank(name) >= 0) return 'headers';
    if (folders.outside.some((outside) => name.startsWith(outside))) return 'outside';
    return name.startsWith('arch/') && !name.startsWith(`arch/${this.ownArch}/`) ? 'outside' : null;
  }

  /** The order of a search: general headers first, then by name. */
  sort(files: readonly string[]): string[] {
    const ranked = files.map((file) => ({ file, rank: this.rank(this.nameOf(file)) }));
    return ranked.sort((a, b) => a.rank - b.rank || (a.file < b.file ? -1 : 1)).map(({ file }) => file);
  }

  /** The index of the longest folder of the header folders that holds a file; -1 where none does. */
  private rank(name: string): number {
    let best = -1;
    this.ownHeaders.forEach((folder, index) => {
      const isLonger = best < 0 || folder.length > this.ownHeaders[best].length;
      if (isLonger && name.startsWith(folder)) best = index;
    });
    return best;
  }

  private nameOf(file: string): string {
    const { kernel, build } = this.tree;
    for (const root of [build, kernel]) if (file.startsWith(`${root}/`)) return file.slice(root.length + 1);
    return file;
  }
}

/** A listed file with what changes when it is written to. */
export interface ListedFile extends FileVersion {
  readonly file: string;
}

/** The C files below some folders, but not below others, with their stamps; symbolic links are not followed. */
export function stampedFiles(tops: readonly string[], skipped: readonly string[] = []): ListedFile[] {
  return [...stampedInParts(tops, skipped)].flat();
}

/** As `stampedFiles`, folder by folder as they are found. */
export function* stampedInParts(
  tops: readonly string[],
  skipped: readonly string[] = [],
): Generator<readonly ListedFile[]> {
  const waiting = [...tops];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const found: ListedFile[] = [];
    for (const entry of entriesOf(folder)) {
      const inside = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== '.git' && !skipped.includes(inside)) waiting.push(inside);
      } else if (entry.isFile() && /\.[ch]$/.test(entry.name)) {
        const version = quickVersion(inside);
        if (version) found.push({ file: inside, ...version });
      }
    }
    yield found;
  }
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
