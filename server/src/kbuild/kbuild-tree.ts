/**
 * Which Kbuild file compiles a file of the tree, as what, and with which flags. Kbuild files are read as data, each once,
 * and only those that can say something of what was asked.
 */
import path from 'node:path';
import type { SourceReader } from '../text/text';
import { readCommandLine, shellWords } from './command-line';
import type { FlagSet } from './flags';
import { type Built, KbuildFolder, type KbuildObject } from './folder';
import { UNKNOWN, UNKNOWN_WARNING, wordsOf } from './make-text';
import { Makefile } from './makefile';

export interface KbuildSettings {
  /** Absolute. */
  readonly kernel: string;
  readonly build: string;
  /** The folder of a module that is built out of the tree: the Kbuild files are then those below it. Absolute. */
  readonly module?: string;
  /** The folder below arch/. */
  readonly arch: string;
  /** Options with their values as in `.config`. */
  readonly symbols: ReadonlyMap<string, string>;
  readonly reader: SourceReader;
}

/** How a source is compiled. */
interface KbuildFile extends FlagSet {
  /** Relative to the tree: the folder of the Kbuild file that names it. */
  readonly folder: string;
  readonly built: Built;
  /** The module, or the object in the image, that it becomes a part of: `ext4`. */
  readonly module: string;
}

/** Stands for the tree's own folder in values of makefiles, as its path may hold blanks. */
const SOURCE_TREE = '\u2302';

/** Stands for the folder of a module out of the tree, likewise. */
const MODULE_FOLDER = '\u2301';

/** Variables of the top Makefile whose values are the compiler's and the machine's. */
const NOT_KNOWN: ReadonlySet<string> = new Set(
  'CC LD AR NM OBJCOPY OBJDUMP READELF STRIP AS CPP HOSTCC HOSTCXX CROSS_COMPILE KERNELRELEASE MAKE MAKEFLAGS CURDIR'.split(
    ' ',
  ),
);

/** What scripts/Kbuild.include and the build itself set before any Kbuild file is read. */
const SET_BEFORE: ReadonlyMap<string, string> = new Map([
  ['comma', ','],
  ['quote', '"'],
  ['squote', "'"],
  ['pound', '#'],
  ['empty', ''],
  ['space', ' '],
  ['srctree', SOURCE_TREE],
  ['srcroot', SOURCE_TREE],
  ['objtree', '.'],
]);

/** A makefile that names other folders than its own and those below. */
const REACHES_OUT = /\.\.\/|\/\.\.|\$[({]srctree[)}]/;

const NONE: FlagSet = { macros: [], folders: [], forced: [] };

export class KbuildTree {
  /** What could not be read as data, with how often it came up. */
  readonly reasons = new Map<string, number>();
  private readonly folders = new Map<string, KbuildFolder | undefined>();
  private readonly outside = new Map<string, readonly KbuildFolder[]>();
  private readonly files = new Map<string, KbuildFile | undefined>();
  private readonly flagsOfFolders = new Map<string, FlagSet>();
  /** Each list of folders once, so that what is found in it can be kept with it. */
  private readonly lists = new Map<string, readonly string[]>();

  constructor(private readonly settings: KbuildSettings) {}

  /** How a source (absolute path) is compiled; undefined where no Kbuild file names it. */
  file(source: string): KbuildFile | undefined {
    const relative = this.relative(source);
    if (relative === undefined || !/\.[cS]$/.test(relative)) return undefined;
    const stem = relative.replace(/\.\w+$/, '');
    if (!this.files.has(stem)) this.files.set(stem, this.compiled(stem));
    return this.files.get(stem);
  }

  /** What the files of a folder (absolute path) are compiled with, as far as its Kbuild file says it of all of them. */
  ofFolder(folder: string): FlagSet {
    let flags = this.flagsOfFolders.get(folder);
    if (!flags) this.flagsOfFolders.set(folder, (flags = this.newOfFolder(folder)));
    return flags;
  }

  private newOfFolder(folder: string): FlagSet {
    const relative = this.relative(folder);
    if (relative === undefined) return NONE;
    return this.settings.module === undefined && isGeneral(relative) ? this.ofAll() : this.shared(relative);
  }

  /**
   * The folders that the architecture's Makefile adds for every file, such as those of its machines. What it defines is in
   * packs/predefined.
   */
  private ofAll(): FlagSet {
    if (!this.general) {
      const { kernel, arch, reader } = this.settings;
      const makefile = this.makefile('.');
      makefile.run(reader.read(`${kernel}/arch/${arch}/Makefile`) ?? '');
      const words = ['KBUILD_CPPFLAGS', 'KBUILD_CFLAGS'].flatMap((name) => wordsOf(makefile.value(name)));
      this.general = { ...NONE, folders: this.flagsIn(words).folders };
    }
    return this.general;
  }

  private general: FlagSet | undefined;

  /** KBUILD_CPPFLAGS come before a folder's own. */
  private behindGeneral(folders: readonly string[]): readonly string[] {
    const { folders: general } = this.ofAll();
    return general.length === 0 ? folders : this.oneList([...general, ...folders]);
  }

  private relative(file: string): string | undefined {
    const { kernel, build, module } = this.settings;
    if (file === module) return '.';
    for (const root of module === undefined ? [kernel, build] : [module])
      if (file.startsWith(`${root}/`)) return file.slice(root.length + 1);
    return undefined;
  }

  private compiled(stem: string): KbuildFile | undefined {
    for (const kbuild of this.near(path.posix.dirname(stem))) {
      const object = kbuild.objects.get(stem);
      if (object) return this.fileOf(kbuild, object);
    }
    return undefined;
  }

  private fileOf(kbuild: KbuildFolder, object: KbuildObject): KbuildFile {
    const { macros, folders, forced, doubt } = this.flagsIn(kbuild.flags(object));
    const { folder } = kbuild;
    const { module } = object;
    const built = this.isVisited(folder) ? object.built : undefined;
    const token = (name: string): string => name.replace(/[-,]/g, '_');
    const names = [
      `KBUILD_BASENAME="${token(path.posix.basename(object.stem))}"`,
      `KBUILD_MODNAME="${token(module)}"`,
      `__KBUILD_MODNAME=kmod_${token(module)}`,
      `KBUILD_MODFILE="${path.posix.join(folder, module)}"`,
    ];
    const own = {
      folder,
      built,
      module,
      folders: this.behindGeneral(folders),
      forced,
      names,
      doubt: kbuild.doubt ?? doubt,
    };
    return { ...own, macros: built === 'm' ? [...macros, 'MODULE'] : macros };
  }

  /**
   * Kbuild files that may name a file of a folder: its own, those above it, and those that reach into it from beside it
   * or from beside a folder above.
   */
  private *near(folder: string): Generator<KbuildFolder> {
    for (const above of foldersFrom(folder)) {
      const kbuild = this.at(above);
      if (kbuild) yield kbuild;
    }
    for (const above of foldersFrom(folder))
      for (const kbuild of this.reachingOut(above)) if (!isWithin(folder, kbuild.folder)) yield kbuild;
  }

  /** Of the folders that are visited from one, those whose Kbuild file names files elsewhere. */
  private reachingOut(folder: string): readonly KbuildFolder[] {
    let found = this.outside.get(folder);
    if (!found) {
      const names = folder === '.' ? [] : [...(this.at(folder)?.subfolders.keys() ?? [])];
      found = names.flatMap((name) => (REACHES_OUT.test(this.text(name) ?? '') ? (this.at(name) ?? []) : []));
      this.outside.set(folder, found);
    }
    return found;
  }

  private shared(folder: string): FlagSet {
    const near = [...this.near(folder)];
    const holds = (kbuild: KbuildFolder): boolean =>
      [...kbuild.objects.keys()].some((stem) => path.posix.dirname(stem) === folder);
    const own = near.find(({ folder: above }) => isWithin(folder, above));
    const includes = near.filter((kbuild) => own !== undefined && kbuild.includes.has(own.folder));
    const compiling = near.filter((kbuild) => !isWithin(folder, kbuild.folder) && holds(kbuild));
    const naming = near.filter(
      (kbuild) =>
        !isWithin(folder, kbuild.folder) &&
        this.flagsIn(kbuild.flags()).folders.some((each) => this.relative(each) === folder),
    );
    // A makefile that another one includes is no Kbuild file itself, and says nothing without that one's variables.
    const included = includes.length > 0 ? own : undefined;
    const order = new Set([
      ...includes,
      ...near.filter((each) => isWithin(folder, each.folder)),
      ...compiling,
      ...naming,
    ]);
    if (included) order.delete(included);
    const [first] = order;
    const main = first && (first.objects.size > 0 || first === own) ? this.flagsIn(first.flags()) : NONE;
    const words = [...order].flatMap((kbuild) => [...kbuild.flags(), ...kbuild.flagsOfObjects()]);
    const doubt = first?.doubt ?? main.doubt;
    return {
      ...(doubt !== undefined && { doubt }),
      macros: first?.isModular ? [...main.macros, 'MODULE'] : main.macros,
      folders: this.behindGeneral(this.flagsIn(words).folders),
      forced: main.forced,
    };
  }

  /** The Kbuild file of a folder; undefined where it has none. */
  private at(folder: string): KbuildFolder | undefined {
    if (!this.folders.has(folder)) this.folders.set(folder, this.readFolder(folder));
    return this.folders.get(folder);
  }

  /** The text of a folder's Kbuild file. */
  private text(folder: string): string | undefined {
    if (!this.texts.has(folder)) this.texts.set(folder, this.readText(folder));
    return this.texts.get(folder);
  }

  private readonly texts = new Map<string, string | undefined>();

  private readText(folder: string): string | undefined {
    const { kernel, module, reader } = this.settings;
    // The tree's own Makefile starts the build, and is no Kbuild file.
    const names = folder === '.' && module === undefined ? ['Kbuild'] : ['Kbuild', 'Makefile'];
    for (const name of names) {
      const text = reader.read(`${module ?? kernel}/${folder}/${name}`.replace('/./', '/'));
      if (text !== undefined) return text;
    }
    return undefined;
  }

  private readFolder(folder: string): KbuildFolder | undefined {
    const text = this.text(folder);
    if (text === undefined) return undefined;
    const makefile = this.makefile(folder);
    makefile.run(text);
    for (const [reason, count] of makefile.reasons) this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + count);
    const withoutTree = makefile.included.map((name) => name.replace(`${SOURCE_TREE}/`, ''));
    return new KbuildFolder(folder, makefile, withoutTree);
  }

  private makefile(folder: string): Makefile {
    return new Makefile({
      read: (name) => this.settings.reader.read(this.placeOf(name)),
      matching: (pattern) =>
        /[*?[]/.test(pattern) ? undefined : this.settings.reader.exists(this.placeOf(pattern)) ? [pattern] : [],
      given: (name) => this.given(name, folder),
    });
  }

  /** Where a file that a makefile names is looked for. */
  private placeOf(name: string): string {
    return path.posix.resolve(this.settings.kernel, this.named(name));
  }

  /** A text of a makefile with the folders in it that stand for themselves. */
  private named(text: string): string {
    const { kernel, module = '' } = this.settings;
    return text.replaceAll(SOURCE_TREE, kernel).replaceAll(MODULE_FOLDER, module);
  }

  private given(name: string, folder: string): string | undefined {
    return this.givenToModule(name, folder) ?? this.givenToAll(name, folder);
  }

  /** What make is told for a module out of the tree (Makefile: KBUILD_EXTMOD); PWD is where the user started it. */
  private givenToModule(name: string, folder: string): string | undefined {
    if (this.settings.module === undefined) return undefined;
    if (name === 'M' || name === 'KBUILD_EXTMOD' || name === 'PWD') return MODULE_FOLDER;
    if (name === 'src' || name === 'obj') return folder === '.' ? MODULE_FOLDER : `${MODULE_FOLDER}/${folder}`;
    if (!/^(?:VERSION|PATCHLEVEL|SUBLEVEL|KERNELRELEASE|KERNELVERSION)$/.test(name)) return undefined;
    const text = this.settings.reader.read(`${this.settings.kernel}/Makefile`) ?? '';
    const value = (each: string): string => new RegExp(`^${each}[ \\t]*=[ \\t]*(\\S*)`, 'm').exec(text)?.[1] ?? '';
    const parts = ['VERSION', 'PATCHLEVEL', 'SUBLEVEL'];
    return parts.includes(name) ? value(name) : `${parts.map(value).join('.')}${value('EXTRAVERSION')}`;
  }

  private givenToAll(name: string, folder: string): string | undefined {
    if (name.startsWith('CONFIG_')) return this.settings.symbols.get(name);
    if (name === 'src' || name === 'obj') return folder;
    if (name === 'SRCARCH' || name === 'ARCH') return this.settings.arch;
    if (name === 'BITS') return this.settings.symbols.has('CONFIG_64BIT') ? '64' : '32';
    if (name === 'KBUILD_CFLAGS') return this.parent(folder)?.flagsBelow;
    return NOT_KNOWN.has(name) ? UNKNOWN : SET_BEFORE.get(name);
  }

  /** The folder from which another one is visited: the nearest above that names it, else the nearest that has a Kbuild file. */
  private parent(folder: string): KbuildFolder | undefined {
    const above = foldersFrom(folder)
      .slice(1)
      .flatMap((each) => this.at(each) ?? []);
    return above.find(({ subfolders }) => subfolders.has(folder)) ?? above.find((each) => each.folder !== '.');
  }

  /** Whether the build comes to a folder: all above it that name it do so for an option that is on. */
  private isVisited(folder: string): boolean {
    const above = this.parent(folder);
    if (!above?.subfolders.has(folder)) return true;
    return above.subfolders.get(folder) !== undefined && this.isVisited(above.folder);
  }

  /** What decides how a file is read, of flags as they stand in makefiles. */
  private flagsIn(words: readonly string[]): FlagSet {
    let flags = this.parsed.get(words);
    if (!flags) this.parsed.set(words, (flags = this.parse(words)));
    return flags;
  }

  private readonly parsed = new WeakMap<readonly string[], FlagSet>();

  private parse(words: readonly string[]): FlagSet {
    if (words.length === 0) return NONE;
    const { kernel, build } = this.settings;
    const known = words.filter((word) => !word.includes(UNKNOWN));
    const split = shellWords(known.join(' ')).map((word) => this.named(word));
    const { flags } = readCommandLine(split, kernel);
    const { folders } = flags;
    // The compiler is started in the build folder, which holds what was generated.
    const inBuild = (each: string): string[] =>
      each.startsWith(`${kernel}/`) ? [build + each.slice(kernel.length)] : [];
    const both = build === kernel ? folders : folders.flatMap((each) => [each, ...inBuild(each)]);
    const isKnown =
      !split.some((word) => word.startsWith('@')) &&
      words.every((word) => !word.includes(UNKNOWN) || word === UNKNOWN_WARNING);
    return { ...flags, folders: this.oneList(both), ...(!isKnown && { doubt: 'a flag of its makefile is not known' }) };
  }

  /** A list of folders, each once; of the same ones it is the same list. */
  private oneList(folders: readonly string[]): readonly string[] {
    const list = [...new Set(folders)];
    const key = list.join('\n');
    const shared = this.lists.get(key) ?? list;
    this.lists.set(key, shared);
    return shared;
  }
}

/** Headers for everybody, which lean on no folder's Makefile. */
function isGeneral(folder: string): boolean {
  return /^(?:arch\/\w+\/)?include(?:\/|$)/.test(folder);
}

/** A folder and all above it, the nearest first, the tree last. */
function foldersFrom(folder: string): string[] {
  const found = [folder];
  for (let at = folder; at !== '.' && at !== '/'; ) found.push((at = path.posix.dirname(at)));
  return found;
}

function isWithin(folder: string, above: string): boolean {
  return above === '.' || folder === above || folder.startsWith(`${above}/`);
}
