/** What the Kbuild file of one folder says: which objects are made, of what they become a part, and with which flags. */
import path from 'node:path';
import { stemOf, UNKNOWN, wordsOf } from './make-text';
import type { Makefile } from './makefile';

/** `y`: part of the kernel's image; `m`: of a module; undefined: of neither, in this configuration. */
export type Built = 'y' | 'm' | undefined;

export interface KbuildObject {
  /** As the Kbuild file has it, without `.o`: `core`, `../display/dc/core`. */
  readonly stem: string;
  readonly built: Built;
  /** What it is linked into, without `.o`; several are joined by colons, as Kbuild does. */
  readonly module: string;
}

/** In the order in which the compiler gets them. */
const FLAG_VARIABLES = ['KBUILD_CPPFLAGS', 'KBUILD_CFLAGS', 'subdir-ccflags-y', 'ccflags-y', 'EXTRA_CFLAGS'];

/** What is known of an object while the lists are read. */
interface Listed {
  readonly stem: string;
  built: Built;
  /** The composite objects that it is a part of, each with whether that one is made. */
  readonly parts: Map<string, Built>;
}

export class KbuildFolder {
  /** By the path of the source, relative to the tree and without its suffix. */
  readonly objects = new Map<string, KbuildObject>();
  /** Folders that are visited from here, relative to the tree. */
  readonly subfolders = new Map<string, Built>();
  /** Folders of makefiles that this one includes, relative to the tree. */
  readonly includes: ReadonlySet<string>;

  /**
   * @param folder Relative to the tree; `.` for the tree itself.
   * @param included Makefiles that this one includes, relative to the tree.
   */
  constructor(
    readonly folder: string,
    private readonly makefile: Makefile,
    included: readonly string[],
  ) {
    this.includes = new Set(included.map((name) => path.posix.dirname(path.posix.normalize(name))));
    this.list();
  }

  /** Whether all that is built here is built as modules. */
  get isModular(): boolean {
    const built = [...this.objects.values()].flatMap((object) => object.built ?? []);
    return built.length > 0 && built.every((each) => each === 'm');
  }

  /** KBUILD_CFLAGS as the folders below find it. */
  get flagsBelow(): string {
    this.below ??= `${this.makefile.value('KBUILD_CFLAGS')} ${this.makefile.value('subdir-ccflags-y')}`;
    return this.below;
  }

  private below: string | undefined;

  /** Why its flags are not known as a whole; undefined where they are. */
  get doubt(): string | undefined {
    return this.makefile.doubt;
  }

  /** What the compiler is told of an object, or of any one of this folder (scripts/Makefile.lib: _c_flags). */
  flags(object?: KbuildObject): readonly string[] {
    const { makefile } = this;
    this.flagsOfAll ??= without(
      FLAG_VARIABLES.flatMap((name) => this.words(name)),
      makefile.words('ccflags-remove-y'),
    );
    if (!object) return this.flagsOfAll;
    const own = this.words(`CFLAGS_${object.stem}.o`);
    // Most objects have the same list, which is then one.
    const all = own.length > 0 ? [...this.flagsOfAll, ...own] : this.flagsOfAll;
    return without(all, makefile.words(`CFLAGS_REMOVE_${object.stem}.o`));
  }

  private flagsOfAll: readonly string[] | undefined;

  /** All that is added for single objects: their headers lean on it. */
  flagsOfObjects(): string[] {
    return [...this.makefile.names]
      .filter((name) => name.startsWith('CFLAGS_') && !name.startsWith('CFLAGS_REMOVE_'))
      .flatMap((name) => this.words(name));
  }

  private words(name: string): string[] {
    return wordsOf(this.makefile.value(name));
  }

  private list(): void {
    const { makefile } = this;
    const listed = new Map<string, Listed>();
    const y = new Set(['obj-y', 'lib-y', 'lib-m', 'extra-y'].flatMap((name) => makefile.words(name)));
    const m = new Set(makefile.words('obj-m').filter((word) => !y.has(word)));
    // An option that is off leaves nothing behind the hyphen.
    const rest = ['obj-', 'lib-', 'obj-n', 'extra-'].flatMap((name) => makefile.words(name));
    const off = new Set(rest.filter((word) => !y.has(word) && !m.has(word)));
    for (const word of off) this.add(word, undefined, listed);
    for (const word of m) this.add(word, 'm', listed);
    for (const word of y) this.add(word, 'y', listed);
    for (const word of makefile.words('subdir-')) this.addFolder(word, undefined);
    for (const word of makefile.words('subdir-m')) this.addFolder(word, 'm');
    for (const word of makefile.words('subdir-y')) this.addFolder(word, 'y');
    for (const { stem, built, parts } of listed.values()) {
      const made = [...parts].filter(([, each]) => each !== undefined);
      const names = (made.length > 0 ? made : [...parts]).map(([name]) => name).sort();
      const module = names.join(':') || path.posix.basename(stem);
      this.objects.set(path.posix.join(this.folder, stem), { stem, built, module });
    }
  }

  private addFolder(word: string, built: Built): void {
    const folder = path.posix.join(this.folder, word).replace(/\/$/, '');
    this.subfolders.set(folder, built ?? this.subfolders.get(folder));
  }

  private add(word: string, built: Built, listed: Map<string, Listed>): void {
    if (word.endsWith('/')) this.addFolder(word, built);
    const name = stemOf('%.o', word);
    if (name === undefined) return;
    const { makefile } = this;
    const objects = (suffixes: readonly string[]): string[] =>
      suffixes.flatMap((suffix) => makefile.words(`${name}${suffix}`)).flatMap((each) => stemOf('%.o', each) ?? []);
    const members = objects(built === 'm' ? ['-objs', '-y', '-m'] : ['-objs', '-y']);
    const others = objects(built === 'm' ? ['-'] : ['-m', '-']);
    if (members.length + others.length === 0) {
      note(listed, name, built);
      return;
    }
    for (const stem of others) note(listed, stem, undefined).parts.set(name, undefined);
    for (const stem of members) note(listed, stem, built).parts.set(name, built);
  }
}

/** A member of a module is compiled as one, whatever else it is a part of. */
function note(listed: Map<string, Listed>, stem: string, built: Built): Listed {
  let known = listed.get(stem);
  if (!known) listed.set(stem, (known = { stem, built, parts: new Map() }));
  else if (known.built !== 'm') known.built = built ?? known.built;
  return known;
}

function without(words: readonly string[], patterns: readonly string[]): readonly string[] {
  if (patterns.length === 0) return words;
  return words.filter((word) => word.includes(UNKNOWN) || !patterns.some((each) => stemOf(each, word) !== undefined));
}
