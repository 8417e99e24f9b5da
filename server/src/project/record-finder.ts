/** Finds records by their names: which files define them, and how each of those lays them out. */
import { Closures } from '../facts/closures';
import { type Context, contextOf, contextWithAccessors, layoutIn, untrusted } from '../facts/context';
import { Buffers, type BufferTexts } from '../files/buffers';
import type { RecordLayout } from '../layout/record';
import type { Target } from '../layout/target';
import { type Facts, factsWith } from '../packs/facts';
import type { UnitGlobals } from '../parser/globals';
import type { Lexer } from '../preprocessor/source';
import type { PreprocessedTree } from '../preprocessor/tree';
import { type Declarers, missingIn, recordsBehindDeclarers } from '../queries/missing';
import { survey } from '../queries/survey';
import type { SourceReader } from '../text/text';
import { type RecordDeclaration, strip } from '../types/model';
import { definedNames, includes, mayDeclare, mayDefine, pastesTag, wordMacros } from './definition-scan';
import { whyUnfit } from './fitting';
import type { Tree } from './tree';
import { FILE_GROUPS, type FileGroup, type FileGroups, type TreeFiles } from './tree-files';
import { modelOf } from './tree-project';

export interface WantedRecord {
  /** Undefined where the user gave the bare name. */
  readonly kind?: 'struct' | 'union';
  readonly name: string;
}

export interface FoundRecord {
  readonly layout: RecordLayout;
  /** The file that defines it, absolute, and the offset of the definition. */
  readonly path: string;
  readonly start: number;
  /** Where it has no tag, the typedef that names it. */
  readonly typedefName?: string;
}

/** A file that leans on its includers is read behind so many of them, at most. */
const MOST_INCLUDERS = 4;

const KINDS = ['struct', 'union'] as const;

/** So many macros may rename a record in turn. */
const MOST_ALIASES = 4;

/** Contexts that are kept: large, but most names of one command stand in few files. */
const MOST_CONTEXTS = 4;

interface Reading extends Context {
  readonly closures: Closures;
}

interface FinderOptions {
  /** Names that will be asked for: one scan serves them all. */
  readonly expected?: readonly string[];
  /** Whether a configuration for another architecture is taken as it is, rather than making all layouts unknown. */
  readonly takesAnyConfiguration?: boolean;
  readonly lex?: Lexer;
  /** A word that was typed just now is found once it is saved. */
  readonly buffers?: BufferTexts;
}

export class RecordFinder {
  readonly tree: PreprocessedTree;
  readonly target: Target;
  /** The tree's files with the buffers over them. */
  readonly reader: SourceReader;
  /** What the packs of the tree say. */
  readonly facts: Facts;
  private readonly contexts = new Map<string, Reading>();
  private readonly unfit: string | undefined;
  private readonly kernel: string;
  private readonly expectedHolders = new Map<FileGroup, readonly string[]>();

  /** @throws Error where there is no data model for the tree's architecture. */
  constructor(
    tree: Tree,
    private readonly files: TreeFiles,
    private readonly groups: FileGroups,
    private readonly options: FinderOptions = {},
  ) {
    this.facts = factsWith(tree.packs);
    this.kernel = tree.kernel;
    this.reader = options.buffers ? new Buffers(files, options.buffers) : files;
    const { preprocessed, target } = modelOf(tree, this.reader, options.lex);
    this.tree = preprocessed;
    this.target = target;
    this.unfit = options.takesAnyConfiguration ? undefined : whyUnfit(tree, this.reader);
  }

  /**
   * Every definition of a name in the first group of the search that has one. None where nothing defines it.
   */
  find(wanted: WantedRecord, aliases = 0): FoundRecord[] {
    for (const group of FILE_GROUPS) {
      const holders = this.holders(wanted.name, group).map((path) => this.judged(path, wanted.name));
      for (const likelihood of ['strong', 'weak'] as const) {
        const candidates = holders.filter((one) => one.likelihood === likelihood).map(({ path }) => path);
        const found = this.confirm(wanted, candidates);
        if (found.length > 0) return found;
        // Tags of all kinds are one name space (C11 6.2.3): where the name is another kind's, nothing is left to look for.
        if (wanted.kind !== undefined && this.confirm({ ...wanted, kind: undefined }, candidates).length > 0) return [];
      }
      const renamed = holders.filter(({ isRenamed }) => isRenamed).map(({ path }) => path);
      const made = this.confirm(wanted, group === 'headers' ? [...renamed, ...this.pasting(wanted.name)] : renamed);
      if (made.length > 0) return made;
      for (const { alias } of aliases < MOST_ALIASES ? holders : []) {
        if (alias === undefined || alias === wanted.name) continue;
        const found = this.find({ ...wanted, name: alias }, aliases + 1);
        if (found.length > 0) return found;
      }
    }
    return [];
  }

  /** What the words of a file that holds a name say of it; it is read once. */
  private judged(path: string, name: string) {
    const text = this.listedText(path);
    const { alias, renamed } = wordMacros(text, name);
    return {
      path,
      likelihood: mayDefine(text, name),
      /** A macro turns what it defines into the name. */
      isRenamed: renamed !== undefined && mayDefine(text, renamed) === 'strong',
      alias,
    };
  }

  /** What one file (absolute path) defines under a name, or what it sees under it in a file that it includes. */
  findIn(path: string, wanted: WantedRecord): FoundRecord[] {
    return this.definitionsIn(wanted, path, []);
  }

  /** General headers with macros that may paste this tag together: what they define stands nowhere in the text. */
  private pasting(name: string): string[] {
    return this.files.list('headers').filter((path) => pastesTag(this.listedText(path), name));
  }

  /** A record that `find` gave, seen together with the headers that hold accessors and tie families of records. */
  withAccessors({ path, layout, typedefName }: FoundRecord): { record: RecordDeclaration; globals: UnitGlobals } {
    const { globals } = contextWithAccessors(this.tree, this.target, path, this.facts, this.kernel);
    const { kind, tag } = layout.record;
    const type = tag === undefined && typedefName ? globals.ordinary(typedefName)?.type : undefined;
    const bare = type && strip(type);
    if (bare?.kind === 'record') return { record: bare.record, globals };
    return { record: tag === undefined ? layout.record : globals.record(kind, tag), globals };
  }

  /** Names of records that general headers define, and the module out of the tree. */
  names(): string[] {
    const names = new Set<string>();
    for (const path of [...this.files.list('module'), ...this.files.list('headers')])
      for (const name of definedNames(this.listedText(path))) names.add(name);
    return [...names];
  }

  /**
   * What `find` gives for many bare or kinded names, in what `keep` makes of each definition, for less than asking one by
   * one: the headers that define them are read together. Names that no header seems to define under a tag are not in it.
   */
  findTogether<Kept>(wanted: readonly WantedRecord[], keep: (found: FoundRecord) => Kept): Map<WantedRecord, Kept[]> {
    const byName = new Map<string, WantedRecord[]>();
    for (const one of wanted) byName.set(one.name, [...(byName.get(one.name) ?? []), one]);
    const headers = this.files.list('headers');
    const defining = headers.filter((file) => definedNames(this.listedText(file)).some((name) => byName.has(name)));
    const found = survey(
      this.tree,
      this.target,
      defining,
      ({ record, path, layout: own }) => {
        const layout = this.unfit ? untrusted(record, this.target, this.unfit) : own;
        const { kind } = record;
        return { kind, tag: record.tag!, path, kept: keep({ layout, path, start: record.place?.start ?? 0 }) };
      },
      { isWanted: (tag) => byName.has(tag), others: headers.filter((file) => !defining.includes(file)) },
    );
    const answers = new Map<WantedRecord, Kept[]>();
    for (const one of wanted) {
      const own = found.filter(({ tag, kind }) => tag === one.name && kind === (one.kind ?? kind));
      const specific = own.filter(({ path }) => !this.groups.isGeneric(path));
      const kept = (specific.length > 0 ? specific : own).map((each) => each.kept);
      if (kept.length > 0) answers.set(one, kept);
    }
    return answers;
  }

  /** The text of a listed file, for a search. */
  private listedText(file: string): string {
    return this.options.buffers?.get(file) ?? this.files.listedText(file);
  }

  /** The files of a group that may hold a name. */
  private holders(name: string, group: FileGroup): readonly string[] {
    const { expected = [] } = this.options;
    if (!expected.includes(name)) return this.files.holding([name], this.files.list(group));
    let holders = this.expectedHolders.get(group);
    if (!holders) this.expectedHolders.set(group, (holders = this.files.holding(expected, this.files.list(group))));
    return holders;
  }

  private confirm(wanted: WantedRecord, candidates: readonly string[]): FoundRecord[] {
    const found: FoundRecord[] = [];
    const settled = new Set<string>();
    // What stands in for an architecture's own definition counts only where there is none.
    const own = candidates.filter((path) => !this.groups.isGeneric(path));
    for (const group of [own, candidates.filter((path) => !own.includes(path))]) {
      const add = (records: readonly FoundRecord[]): void => {
        for (const record of records) {
          const key = `${record.path}:${record.start}`;
          if (!settled.has(key)) found.push(record);
          settled.add(key);
        }
      };
      const silent: string[] = [];
      for (const path of group) {
        const records = this.definitionsIn(wanted, path, candidates);
        if (records.length === 0) silent.push(path);
        add(records);
      }
      if (found.length > 0) break;
      // Conditions that a file's includers decide may have hidden the definition.
      for (const path of silent) add(this.behindIncluders(wanted, path, candidates));
    }
    return found;
  }

  /** What a file defines under a name, read on its own or, where that leaves something open, behind files that include it. */
  private definitionsIn(wanted: WantedRecord, path: string, candidates: readonly string[]): FoundRecord[] {
    const alone = this.seenFrom(wanted, path, path, candidates);
    if (alone.every(({ layout }) => layout.status === 'exact')) return alone;
    for (const others of [this.behindIncluders(wanted, path, candidates), this.behindDeclarers(wanted, path, alone)])
      if (others.length > 0 && others.every(({ layout }) => layout.status === 'exact')) return others;
    return alone;
  }

  /** What a header defines under a name, read behind the only files that declare what it lacks. */
  private behindDeclarers(wanted: WantedRecord, path: string, alone: readonly FoundRecord[]): FoundRecord[] {
    if (path.endsWith('.c') || this.unfit !== undefined) return [];
    const declarers: Declarers = ({ name }) =>
      this.holders(name, 'headers').filter((file) => mayDeclare(this.listedText(file), name));
    const missing = alone.flatMap(({ layout }) =>
      layout.status === 'unknown' ? (missingIn(layout.reason) ?? []) : [],
    );
    return recordsBehindDeclarers(this.tree, this.target, path, declarers, missing)
      .filter(({ record }) => record.tag === wanted.name && record.kind === (wanted.kind ?? record.kind))
      .map(({ record, layout }) => ({ layout, path, start: record.place?.start ?? 0 }));
  }

  /** What a header defines under a name, as the first of its includers sees it who makes it exact, or else any. */
  private behindIncluders(wanted: WantedRecord, path: string, candidates: readonly string[]): FoundRecord[] {
    let best: FoundRecord[] = [];
    for (const from of path.endsWith('.c') ? [] : this.includersOf(path)) {
      const seen = this.seenFrom(wanted, from, path, candidates);
      if (best.length === 0) best = seen;
      if (seen.length > 0 && seen.every(({ layout }) => layout.status === 'exact')) return seen;
    }
    return best;
  }

  private seenFrom(wanted: WantedRecord, from: string, path: string, candidates: readonly string[]): FoundRecord[] {
    const { globals, closures } = this.context(from);
    const found: FoundRecord[] = [];
    // What stands there under another name comes out under this one only once it is read.
    const written = wordMacros(this.listedText(path), wanted.name).renamed;
    if (written !== undefined) for (const kind of KINDS) void globals.record(kind, written).members;
    const add = (record: RecordDeclaration, typedefName?: string): void => {
      const { place } = record;
      if (place === undefined || record.members === undefined) return;
      // A macro may spell the record elsewhere; what another candidate defines is that one's to tell.
      if (place.path !== path && candidates.includes(place.path)) return;
      const { target, unfit } = this;
      const layout = unfit ? untrusted(record, target, unfit) : layoutIn(record, place.path, target, closures);
      found.push({ layout, path: place.path, start: place.start, ...(record.tag === undefined && { typedefName }) });
    };
    for (const kind of wanted.kind ? [wanted.kind] : KINDS) add(globals.record(kind, wanted.name));
    if (found.length > 0 || wanted.kind) return found;
    const declaration = globals.ordinary(wanted.name);
    const type = declaration?.kind === 'typedef' ? strip(declaration.type) : undefined;
    if (type?.kind === 'record') add(type.record, wanted.name);
    return found;
  }

  private context(path: string): Reading {
    let context = this.contexts.get(path);
    if (!context) {
      const made = contextOf(this.tree, this.target, path);
      context = { ...made, closures: new Closures(made.unit, this.tree) };
      if (this.contexts.size >= MOST_CONTEXTS) this.contexts.delete(this.contexts.keys().next().value!);
      this.contexts.set(path, context);
    }
    return context;
  }

  /** Files that include a header, general headers first. */
  private includersOf(path: string): string[] {
    const name = /\/include\/(?:uapi\/|generated\/)*(.*)$/.exec(path)?.[1] ?? path.slice(path.lastIndexOf('/') + 1);
    const word = name
      .slice(name.lastIndexOf('/') + 1)
      .match(/\w+/g)!
      .sort((a, b) => b.length - a.length)[0];
    const found: string[] = [];
    for (const group of FILE_GROUPS.slice(0, 4)) {
      for (const file of this.files.holding([word], this.files.list(group)))
        if (file !== path && includes(this.listedText(file), name)) found.push(file);
      if (found.length >= MOST_INCLUDERS) break;
    }
    return found.slice(0, MOST_INCLUDERS);
  }
}
