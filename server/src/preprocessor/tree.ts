/** A kernel tree as the preprocessor sees it: its configuration, its order of includes, its files digested once. */
import { buildArchitecture } from '../kconfig/architecture';
import facts from '../packs/predefined/compilers.json';
import { nameId } from '../text/names';
import type { SourceReader } from '../text/text';
import { type Compiler, compilerOf, predefinedText } from './compiler';
import { autoconfText, type Configuration, parseConfig } from './config';
import { Decisions } from './deciding';
import { type Dialect, dialectOf } from './dialect';
import { HeaderUse } from './header-use';
import { type IncludeQuestion, IncludeResolver, kernelSearch } from './includes';
import { cutItems, type ItemTable } from './items';
import { MacroFiles } from './macro-files';
import { NameIndex } from './nameindex';
import { Notes, type TracedTree } from './notes';
import { Reach } from './reach';
import type { Reading } from './reading';
import { type SourceFile, sourceFile } from './source';
import { PREDEFINED, type TreeContext, type TreeSettings } from './tree-context';
import { TreeFlags } from './tree-flags';
import { Unit } from './unit';
import { type UnitStart, UnitStarts } from './unit-starts';
import { UserDoubts } from './user-doubts';

export class PreprocessedTree implements TracedTree {
  readonly config: Configuration | undefined;
  readonly compiler: Compiler;
  readonly dialect: Dialect;
  /** What is wrong with the set-up, for people; each said once. */
  readonly problems: string[] = [];
  /** Names that the tables made so far may declare. */
  readonly names = new NameIndex();
  /** What was asked of the tree: which files were read, where names of includes led. */
  readonly notes = new Notes();
  private readonly fileNotes = new Map<string, number>();
  private readonly notesOf = new WeakMap<Unit, readonly number[]>();
  private readonly sources = new Map<string, SourceFile | undefined>();
  /** Of each file, its items by which of its tokens are active. */
  private readonly tables = new Map<SourceFile, { readonly ranges: readonly number[]; readonly table: ItemTable }[]>();
  private readonly contexts = new Map<string, TreeContext>();
  private readonly made = new Map<string, string>();
  private readonly reader: SourceReader;
  private readonly flags: TreeFlags;
  /** The unit walked last: most often the next one is of the same file, a keystroke later. */
  private lastUnit: Unit | undefined;

  constructor(private readonly settings: TreeSettings) {
    const { kernel, build, configFile, configuration, module } = settings;
    const path = configFile ?? `${build}/.config`;
    const text = configuration?.text ?? settings.reader.read(path);
    this.config = text === undefined ? undefined : parseConfig(text);
    this.compiler = compilerOf(this.config?.symbols ?? new Map());
    this.dialect = dialectOf(settings.reader.read(`${kernel}/Makefile`), this.compiler);
    const autoconf = `${build}/include/generated/autoconf.h`;
    if (this.config && (configFile || configuration || !settings.reader.exists(autoconf)))
      this.made.set(autoconf, autoconfText(this.config));
    if (!this.config && !settings.reader.exists(autoconf)) {
      this.problems.push(`no .config in ${build}: options are undecided, and what hangs on one is unknown`);
    } else if (this.config?.malformed.length) {
      this.problems.push(
        `${path}:${this.config.malformed[0]}: not a setting (${this.config.malformed.length} such lines)`,
      );
    }
    if (!settings.reader.exists(`${kernel}/include/linux/kconfig.h`))
      this.problems.push(`${kernel} has no include/linux/kconfig.h`);
    this.reader = {
      read: (wanted) => this.made.get(wanted) ?? settings.reader.read(wanted),
      exists: (wanted) => this.made.has(wanted) || settings.reader.exists(wanted),
    };
    const symbols = this.config?.symbols ?? new Map<string, string>();
    this.flags = new TreeFlags(
      { kernel, build, module, arch: this.ownArch, symbols, reader: this.reader },
      settings.compile,
    );
  }

  /** Does some work that asks this tree; undefined where it comes to a question that takes headers to answer. */
  withoutHeaders<T>(work: () => T): T | undefined {
    return this.headers.without(work);
  }

  /** What is asked next takes headers: ends work that is to do without, and nothing else. */
  needHeaders(): void {
    this.headers.need();
  }

  private readonly headers = new HeaderUse();

  /** Walks a main file; its text may differ from the one on disk. */
  unit(path: string, text: string): Unit {
    this.needHeaders();
    const context = this.context(this.archOf(path));
    const main = this.source(path, text) as SourceFile;
    const last = this.lastUnit;
    const like = last && Unit.fits(last, context, main) ? last : undefined;
    const flags = like ? '' : this.flags.textFor(path);
    this.lastUnit = like
      ? this.noted(() => new Unit(context, main, like), like)
      : this.unitFrom(this.starts(context).prelude(flags), context, path, main);
    return this.lastUnit;
  }

  /** Whether a source is a part of the kernel or of a module, as its Kbuild file says. */
  isBuilt(path: string): boolean {
    return this.flags.isBuilt(path);
  }

  doubtOfFlags(path: string): string | undefined {
    return this.flags.doubtOf(path);
  }

  /** The macros, as text, that a file is compiled with and others are not; without those that name the file. */
  macrosOf(path: string): string {
    return this.flags.macrosFor(path);
  }

  /**
   * As `unit`, of a file that comes after the headers that every source has read.
   *
   * @param compiledAs The path of the file whose flags count.
   */
  unitBehindAssumed(path: string, text: string, compiledAs: string = path): Unit {
    this.needHeaders();
    const context = this.context(this.archOf(path));
    const start = this.starts(context).assumed(this.macrosOf(compiledAs), () => this.assumedText());
    return this.unitFrom(start, context, compiledAs, sourceFile(path, text));
  }

  private unitFrom({ before, flags }: UnitStart, context: TreeContext, compiledAs: string, main: SourceFile): Unit {
    return this.noted(() => {
      this.notes.take(this.notes.idOf(`flags\0${compiledAs}`));
      return new Unit(context, main, undefined, before, flags);
    }, before);
  }

  private starts(context: TreeContext): UnitStarts {
    let starts = this.startsOf.get(context);
    if (!starts) {
      const ownFile = (path: string, text: string): SourceFile => this.ownFile(path, text);
      starts = new UnitStarts(context, ownFile, (make, from) => this.noted(make, from));
      this.startsOf.set(context, starts);
    }
    return starts;
  }

  private readonly startsOf = new WeakMap<TreeContext, UnitStarts>();

  /** Makes a unit; one that is made from another rests on what that one did. */
  private noted(make: () => Unit, from?: Unit): Unit {
    const { result, ids } = this.notes.during(() => {
      this.notes.takeAll((from && this.notesOf.get(from)) ?? []);
      return make();
    });
    this.notesOf.set(result, ids);
    return result;
  }

  /** A file digested; `text` stands in for what is on disk. */
  source(path: string, text?: string): SourceFile | undefined {
    // A text that is given is the asker's own to answer for.
    if (text === undefined) this.noteFile(path);
    const known = this.sources.get(path);
    if (known && (text === undefined || known.text === text)) return known;
    if (text === undefined && this.sources.has(path)) return undefined;
    const content = text ?? this.reach.textOf(path) ?? this.reader.read(path);
    const file =
      content === undefined ? undefined : sourceFile(path, content, text === undefined ? this.settings.lex : known);
    this.dropTables(known);
    this.sources.set(path, file);
    return file;
  }

  private readonly reach = new Reach(
    (path) => this.sources.get(path)?.text ?? this.reader.read(path),
    (path) => this.noteFile(path),
    this.notes,
  );

  /**
   * Whether a name stands in a file or in anything that it may include, whatever conditions say. Where it stands nowhere,
   * nothing of that name is declared there, unless a macro puts the name together.
   */
  mayMention(name: string, path: string, text: string): boolean {
    this.needHeaders();
    const { resolver, before } = this.around(path);
    return this.reach.mentions(name, path, this.flags.textFor(path) + text, before, resolver);
  }

  /** Reads what a text may include, whatever conditions say, a file at each step: for a time in which nothing else is to do. */
  *readAhead(path: string, text: string): Generator<void> {
    const { resolver, before } = this.around(path);
    for (const file of this.reach.filesOf(path, text, before, resolver)) {
      this.source(file);
      yield;
    }
  }

  /** What a file is read behind, and where its includes lead. */
  private around(path: string): { readonly resolver: IncludeResolver; readonly before: readonly string[] } {
    const { resolver, prelude } = this.context(this.archOf(path));
    return { resolver, before: prelude.flatMap((item) => (typeof item === 'string' ? [item] : [])) };
  }

  /** As `mayMention`, of the file and of what it includes from beside it. */
  mentionsBeside(name: string, path: string, text: string): boolean {
    return this.reach.mentions(name, path, text, []);
  }

  /** The headers in a folder, sorted. */
  headersIn(folder: string): string[] {
    return this.filesIn(folder, 'headers');
  }

  /** The sources in a folder, sorted. */
  sourcesIn(folder: string): string[] {
    return this.filesIn(folder, 'sources');
  }

  private filesIn(folder: string, kind: 'headers' | 'sources'): string[] {
    this.notes.take(this.notes.idOf(`${kind}\0${folder}`));
    const inside = (this.settings.list?.(folder) ?? []).map((name) => `${folder}/${name}`);
    return inside.filter((path) => path.endsWith(kind === 'headers' ? '.h' : '.c')).sort();
  }

  /** A file's text, for whoever needs no tokens of it; undefined where it can't be read. */
  plainText(path: string): string | undefined {
    return this.reach.read(path);
  }

  /** A file that no disk holds; of the same text it is the same file, as contexts are made anew with every change of a header. */
  private ownFile(path: string, text: string): SourceFile {
    const key = `${path}\0${text}`;
    let file = this.ownFiles.get(key);
    if (!file) this.ownFiles.set(key, (file = sourceFile(path, text)));
    return file;
  }

  private readonly ownFiles = new Map<string, SourceFile>();

  /** What is worked out now rests on a file, whoever reads it. */
  noteFile(path: string): void {
    let note = this.fileNotes.get(path);
    if (note === undefined) this.fileNotes.set(path, (note = this.notes.idOf(`file\0${path}`)));
    this.notes.take(note);
  }

  /**
   * Headers that every kernel source has read before it comes to its own: a header may lean on them without including
   * them. Those of packs/predefined/compilers.json that this tree has.
   */
  assumed(): string[] {
    const context = this.context(this.ownArch);
    return facts.assumed.flatMap((name) => context.resolver.resolve(name, false, '/') ?? []);
  }

  assumedText(): string {
    return this.assumed().reduce((text, path) => `${text}#include "${path}"\n`, '');
  }

  /** A path for people: relative to the kernel's or the build's folder. */
  nameOf(path: string): string {
    const { kernel, build } = this.settings;
    for (const root of [build, kernel]) if (path.startsWith(`${root}/`)) return path.slice(root.length + 1);
    return path;
  }

  /** A file's text; undefined where it can't be read. */
  textOf(path: string): string | undefined {
    return this.source(path)?.text;
  }

  /** The items of a reading; made once for the same active ranges of the same text. */
  tableOf(reading: Reading): ItemTable {
    const made = this.tableByReading.get(reading);
    if (made) return made;
    const table = this.tableOfRanges(reading);
    this.tableByReading.set(reading, table);
    return table;
  }

  private readonly tableByReading = new WeakMap<Reading, ItemTable>();

  private tableOfRanges({ file, ranges }: Reading): ItemTable {
    let made = this.tables.get(file);
    if (!made) this.tables.set(file, (made = []));
    let known = made.find((other) => isSameList(other.ranges, ranges));
    if (!known) {
      known = { ranges: ranges.slice(), table: cutItems(file, ranges) };
      made.push(known);
      this.names.add(known.table);
    }
    return known.table;
  }

  private readonly macroFiles = new MacroFiles(this.sources);

  /** Paths of the files, of those read so far, that declare a name: a tag, or else an ordinary name or a macro. */
  declarers(name: string, isTag: boolean): string[] {
    const id = nameId(name);
    const tables = isTag ? this.names.tagTables(id) : this.names.ordinaryTables(id);
    const paths = new Set(tables.map(({ file }) => file.path));
    if (!isTag) for (const path of this.macroFiles.defining(id)) paths.add(path);
    return [...paths];
  }

  private dropTables(file: SourceFile | undefined): void {
    for (const { table } of (file && this.tables.get(file)) ?? []) this.names.remove(table);
    if (file) this.tables.delete(file);
    if (file) this.macroFiles.change();
  }

  /** Lets go of a file whose unit is done with; should it be asked for, it is read again. */
  release(path: string): void {
    const known = this.sources.get(path);
    this.dropTables(known);
    this.sources.delete(path);
    if (this.lastUnit?.readings.some(({ file }) => file === known)) this.lastUnit = undefined;
  }

  /** A file changed on disk: it will be read again. */
  forget(path: string): void {
    this.reach.forget(path);
    this.flags.forget(path);
    this.dropTables(this.sources.get(path));
    this.sources.delete(path);
    // A new file may be found where another was, or none.
    this.contexts.clear();
    this.lastUnit = undefined;
  }

  /** Whether a file lies below arch/ in the folder of another architecture than the tree's. */
  isForeign(path: string): boolean {
    return this.archOf(path) !== this.ownArch;
  }

  /** The folder below arch/. */
  private get ownArch(): string {
    return buildArchitecture(this.settings.arch).folder;
  }

  /** Files below arch/ belong to their own architecture, whatever the project's is. */
  private archOf(path: string): string {
    const own = this.ownArch;
    const prefix = `${this.settings.kernel}/arch/`;
    if (!path.startsWith(prefix)) return own;
    return path.slice(prefix.length, path.indexOf('/', prefix.length)) || own;
  }

  private context(arch: string): TreeContext {
    this.notes.take(this.notes.idOf(`forced\0${arch}`));
    let context = this.contexts.get(arch);
    if (!context) {
      const { kernel, build, target } = this.settings;
      const search = kernelSearch(kernel, build, arch, this.reader);
      const predefined = predefinedText(this.compiler, target, arch, this.dialect);
      context = {
        source: (path) => this.source(path),
        resolver: new IncludeResolver(
          search,
          this.reader,
          (from) => this.flags.foldersFor(from),
          this.notes,
          ({ way, name, from }) => this.notes.idOf(`${way}\0${name}\0${from}\0${arch}`),
        ),
        prelude: [this.ownFile(PREDEFINED, predefined), ...search.forced],
        compiler: this.compiler.name,
        decisions: new Decisions(this.compiler, arch),
        userDoubts: new UserDoubts(this.reader, this.settings.list ?? (() => [])),
        hasConfig: this.config !== undefined || this.reader.exists(`${build}/include/generated/autoconf.h`),
      };
      this.contexts.set(arch, context);
    }
    return context;
  }

  question(id: number): string {
    return this.notes.question(id);
  }

  answer(question: string, digest: (path: string) => string): string {
    const [kind, name, from, context] = question.split('\0');
    if (kind === 'forced') return this.context(name).prelude.slice(1).join();
    if (kind === 'flags') return this.flags.textFor(name);
    if (kind === 'file') return digest(name);
    if (kind === 'headers' || kind === 'sources') return this.filesIn(name, kind).join();
    return this.context(context).resolver.answer({ way: kind as IncludeQuestion['way'], name, from }) ?? '';
  }

  readText(path: string): string | undefined | null {
    return this.sources.has(path) ? this.sources.get(path)?.text : this.reach.textOf(path);
  }

  madeText(path: string): string | undefined {
    return this.made.get(path) ?? this.settings.reader.made?.(path);
  }
}

function isSameList(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
