/** Where `#include` finds its file: the kernel's order of search (Makefile: LINUXINCLUDE, USERINCLUDE), read, not run. */
import { apart, type SourceReader } from '../text/text';
import type { Notes } from './notes';

interface IncludeSearch {
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

/** A name of an include, and what where it leads depends on, so that it can be asked again in another run. */
export interface IncludeQuestion {
  readonly way: 'angled' | 'anywhere' | 'quoted' | 'next' | 'extra';
  readonly name: string;
  /** The including file's path; where it ends in a slash, its folder counts alone. Empty where it does not count. */
  readonly from: string;
}

export interface Resolved {
  readonly path: string | undefined;
  /** What the answer depends on; noted whenever it is given. */
  readonly note: number;
}

/** An `#include` that spells its file out: where it led is kept with it, as the same ones come up in every unit. */
export interface IncludeSite {
  /** `by` stands for the resolver that was asked, and does not keep it and all that it knows. */
  led?: { readonly by: symbol; readonly resolved: Resolved };
}

/** Resolves names of includes; remembers every answer. */
export class IncludeResolver {
  private readonly angled = new Map<string, string | undefined>();
  private readonly quoted = new Map<string, Resolved>();
  /** By path: each condition of a file asks. */
  private readonly general = new Map<string, boolean>();
  private readonly sign = Symbol('resolver');

  /** By a list of further folders: where names led in it. */
  private readonly further = new WeakMap<readonly string[], Map<string, string | undefined>>();

  constructor(
    private readonly search: IncludeSearch,
    private readonly reader: SourceReader,
    /** Further folders for a file, such as a Makefile's `ccflags-y += -I`, or for those of a folder (ends in a slash). */
    private readonly extra: (from: string) => readonly string[],
    private readonly notes: Notes,
    private readonly idOf: (question: IncludeQuestion) => number,
  ) {}

  /** Whether a file stands in a folder that every file of the build is searched for. */
  isGeneral(path: string): boolean {
    let isGeneral = this.general.get(path);
    if (isGeneral === undefined) {
      isGeneral = this.search.folders.some((folder) => path[folder.length] === '/' && path.startsWith(folder));
      this.general.set(path, isGeneral);
    }
    return isGeneral;
  }

  /** Where a name that was asked for before leads now. */
  answer({ way, name, from }: IncludeQuestion): string | undefined {
    if (way === 'angled') return this.resolveAngled(name);
    if (way === 'next') return this.nextOf(name, from);
    if (way === 'extra') return this.extraOf(name, from);
    const beside = way === 'quoted' ? this.existing(join(folderOf(from), name)) : undefined;
    return beside ?? this.resolveAngled(name);
  }

  /** `from` is the path of the including file; `site`, of that file, says the same as `name` and `quotes`. */
  resolve(name: string, quotes: boolean, from: string, site?: IncludeSite): string | undefined {
    let resolved = site?.led?.by === this.sign ? site.led.resolved : undefined;
    if (!resolved) {
      resolved = this.resolvedIn(folderOf(from), name, quotes);
      if (site) site.led = { by: this.sign, resolved };
    }
    this.notes.take(resolved.note);
    return resolved.path;
  }

  private resolvedIn(folder: string, name: string, quotes: boolean): Resolved {
    const key = `${folder}\0${quotes ? '"' : '<'}${name}`;
    let resolved = this.quoted.get(key);
    if (!resolved) this.quoted.set(key, (resolved = this.resolveNew(name, quotes, `${folder}/`)));
    return resolved;
  }

  private resolveNew(name: string, quotes: boolean, from: string): Resolved {
    const beside = quotes ? this.existing(join(folderOf(from), name)) : undefined;
    const angled = beside ? undefined : this.resolveAngled(name);
    // Most names lead to the same file from everywhere.
    if (!quotes && angled) return { path: angled, note: this.idOf({ way: 'angled', name, from: '' }) };
    const way = quotes ? 'quoted' : 'anywhere';
    return { path: beside ?? angled, note: this.idOf({ way, name, from }) };
  }

  /**
   * Looks in the further folders of a file alone, which come behind those of the whole build. A header has none of its
   * own: it is read with those of its folder.
   */
  resolveExtra(name: string, path: string): string | undefined {
    const from = path.endsWith('.c') ? path : `${folderOf(path)}/`;
    this.notes.take(this.idOf({ way: 'extra', name, from }));
    return this.extraOf(name, from);
  }

  private extraOf(name: string, from: string): string | undefined {
    const folders = this.extra(from);
    let known = this.further.get(folders);
    if (!known) this.further.set(folders, (known = new Map()));
    if (!known.has(name)) known.set(name, this.firstIn(folders, name));
    // The build copies what is shipped under this name (scripts/Makefile.lib).
    return known.get(name) ?? this.existing(`${join(folderOf(from), name)}_shipped`);
  }

  private firstIn(folders: readonly string[], name: string): string | undefined {
    for (const folder of folders) {
      const path = this.existing(join(folder, name));
      if (path) return path;
    }
    return undefined;
  }

  /** `#include_next`: goes on behind the folder that holds the including file. */
  resolveNext(name: string, from: string): string | undefined {
    this.notes.take(this.idOf({ way: 'next', name, from }));
    return this.nextOf(name, from);
  }

  private nextOf(name: string, from: string): string | undefined {
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
    const found = this.firstIn(this.search.folders, name);
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
function join(folder: string, name: string): string {
  if (name.startsWith('/')) return name;
  // Most names have nothing to fold.
  if (!/(?:^|\/)\.|\/\/|\/$/.test(name) && name !== '') return `${folder}/${name}`;
  const parts = folder.split('/');
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

export interface IncludeName {
  readonly name: string;
  /** Written in quotes, not in angle brackets. */
  readonly quotes: boolean;
}

/** The name in `<…>` or `"…"` at the start of a text; it is kept with what was asked of the tree, and the text is not. */
export function includeName(text: string): IncludeName | undefined {
  const match = /^\s*(?:<([^>\n]*)>|"([^"\n]*)")/.exec(text);
  return match ? { name: apart((match[1] ?? match[2]).trim()), quotes: match[2] !== undefined } : undefined;
}
