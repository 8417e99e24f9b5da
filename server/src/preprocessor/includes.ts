/** Where `#include` finds its file: the kernel's order of search (Makefile: LINUXINCLUDE, USERINCLUDE), read, not run. */
import type { SourceReader } from '../syntax/text';

export interface IncludeSearch {
  /** Folders for `<…>`, in order. */
  readonly folders: readonly string[];
  /** Files that the kernel's build includes before the first line (`-include`), in order. */
  readonly forced: readonly string[];
}

/** Folders of a kernel tree and its build folder, absolute; `arch` as under arch/. */
export function kernelSearch(kernel: string, build: string, arch: string, reader: SourceReader): IncludeSearch {
  const own = `arch/${arch}/include`;
  const order = [
    own,
    `${own}/generated`,
    'include',
    `${own}/uapi`,
    `${own}/generated/uapi`,
    'include/uapi',
    'include/generated/uapi',
  ];
  const folders: string[] = [];
  for (const folder of order) {
    // The build folder comes first for what it generates, and holds nothing else.
    for (const root of build === kernel ? [kernel] : [build, kernel]) folders.push(`${root}/${folder}`);
  }
  const forced = ['linux/compiler-version.h', 'linux/kconfig.h', 'linux/compiler_types.h']
    .map((name) => `${kernel}/include/${name}`)
    .filter((path) => reader.exists(path));
  return { folders, forced };
}

/** Resolves names of includes; remembers every answer. */
export class IncludeResolver {
  private readonly angled = new Map<string, string | undefined>();
  private readonly quoted = new Map<string, string | undefined>();

  constructor(
    private readonly search: IncludeSearch,
    private readonly reader: SourceReader,
    /** Further folders for the files below a folder, such as a Makefile's `ccflags-y += -I`. */
    private readonly extra: (folder: string) => readonly string[],
  ) {}

  /** `from` is the path of the including file. */
  resolve(name: string, quotes: boolean, from: string): string | undefined {
    const folder = folderOf(from);
    const key = `${folder}\0${quotes ? '"' : '<'}${name}`;
    if (this.quoted.has(key)) return this.quoted.get(key);
    let path = quotes ? this.existing(join(folder, name)) : undefined;
    path ??= this.resolveAngled(name);
    path ??= this.resolveExtra(name, from);
    this.quoted.set(key, path);
    return path;
  }

  /** Looks in the further folders of a file alone. */
  resolveExtra(name: string, from: string): string | undefined {
    for (const other of this.extra(folderOf(from))) {
      const path = this.existing(join(other, name));
      if (path) return path;
    }
    return undefined;
  }

  /** `#include_next`: goes on behind the folder that holds the including file. */
  resolveNext(name: string, from: string): string | undefined {
    const holder = this.search.folders.findIndex(
      (folder) => from.startsWith(`${folder}/`) && join(folder, name) === from,
    );
    for (const folder of this.search.folders.slice(holder + 1)) {
      const path = this.existing(join(folder, name));
      if (path && path !== from) return path;
    }
    return undefined;
  }

  private resolveAngled(name: string): string | undefined {
    if (this.angled.has(name)) return this.angled.get(name);
    let found: string | undefined;
    for (const folder of this.search.folders) {
      found = this.existing(join(folder, name));
      if (found) break;
    }
    this.angled.set(name, found);
    return found;
  }

  private existing(path: string): string | undefined {
    return this.reader.exists(path) ? path : undefined;
  }
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Joins and folds `.` and `..`. */
export function join(folder: string, name: string): string {
  if (name.startsWith('/')) return name;
  const parts = folder.split('/');
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** The name in `<…>` or `"…"` at the start of a text. */
export function includeName(text: string): { name: string; quotes: boolean } | undefined {
  const match = /^\s*(?:<([^>\n]*)>|"([^"\n]*)")/.exec(text);
  return match ? { name: (match[1] ?? match[2]).trim(), quotes: match[2] !== undefined } : undefined;
}
