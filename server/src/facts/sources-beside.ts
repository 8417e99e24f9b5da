/** What the other sources of a folder say of words that the folder's headers declare: by functions that take tags off them. */
import { UnitGlobals } from '../parser/globals';
import { folderOf } from '../preprocessor/includes';
import { type SourceFile, sourceFile } from '../preprocessor/source';
import type { PreprocessedTree } from '../preprocessor/tree';
import type { LayoutOracle } from '../types/scope';
import { maskingOf, tagsOfSource } from './derive-tags';
import type { DerivedTag } from './derived';
import type { MaskingAccessor } from './mask-scan';
import { isMemberIn } from './member-text';

interface Source {
  readonly path: string;
  readonly text: string;
  readonly masking: readonly MaskingAccessor[];
}

/** What was worked out, and the questions that it rests on (see Notes). */
interface Told {
  readonly tags: readonly DerivedTag[];
  readonly asked: readonly number[];
}

/** Of a folder with more sources than this none is looked at: they are no parts of one thing. */
const MOST_SOURCES = 100;
/** Larger ones are tables. */
const LARGEST_SOURCE = 1 << 20;

export class SourcesBeside {
  /** Those that mask something; undefined for others. */
  private readonly known = new Map<string, Source | undefined>();
  private readonly told = new Map<string, Told>();
  private byFile = new WeakMap<SourceFile, Told>();

  /** @param read Gives the text of a file; undefined where it can't be read. */
  constructor(
    private readonly tree: PreprocessedTree,
    private readonly oracle: LayoutOracle,
    private readonly read: (path: string) => string | undefined,
  ) {}

  /** Whether a text names a member that another source of the folder takes tags off. */
  mayConcern(path: string, text: string): boolean {
    return this.concerning(path, text).length > 0;
  }

  /** The words of the folder's headers of which other sources of the folder tell. */
  tagsFor(globals: UnitGlobals): readonly DerivedTag[] {
    const { file } = globals.unit.main;
    let found = this.byFile.get(file);
    if (found) this.tree.notes.takeAll(found.asked);
    else {
      const { result, ids } = this.tree.notes.during(() =>
        this.concerning(file.path, file.text).flatMap((source) => this.tagsIn(source)),
      );
      // Several may tell of one word.
      const tags = [
        ...new Map(result.map((tag) => [`${tag.record?.path} ${tag.record?.tag} ${tag.member}`, tag])).values(),
      ];
      this.byFile.set(file, (found = { tags, asked: ids }));
    }
    return found.tags;
  }

  /** A file changed. */
  forget(path: string): void {
    this.known.delete(path);
    this.told.clear();
    this.byFile = new WeakMap();
  }

  private concerning(path: string, text: string): Source[] {
    // Whoever shares a word with them has a header of the folder in which it stands.
    if (!path.endsWith('.c') || !/include[ \t]*"/.test(text)) return [];
    const sources = this.tree.sourcesIn(folderOf(path));
    if (sources.length > MOST_SOURCES) return [];
    return sources.flatMap((other) => {
      const source = other === path ? undefined : this.sourceAt(other);
      const isNamed = source?.masking.some(({ members }) => members.some((name) => isMemberIn(name, text)));
      return source && isNamed ? [source] : [];
    });
  }

  private sourceAt(path: string): Source | undefined {
    this.tree.noteFile(path);
    if (!this.known.has(path)) {
      const text = this.read(path);
      const masking = text === undefined || text.length > LARGEST_SOURCE ? [] : maskingOf(sourceFile(path, text));
      this.known.set(path, text !== undefined && masking.length > 0 ? { path, text, masking } : undefined);
    }
    return this.known.get(path);
  }

  private tagsIn({ path, text, masking }: Source): readonly DerivedTag[] {
    const known = this.told.get(path);
    if (known) {
      this.tree.notes.takeAll(known.asked);
      return known.tags;
    }
    const folder = `${folderOf(path)}/`;
    const { result: tags, ids: asked } = this.tree.notes.during(() => {
      const globals = new UnitGlobals(this.tree.unit(path, text), this.tree, this.oracle);
      return tagsOfSource(globals, path, masking).filter(
        ({ record }) => record?.path.startsWith(folder) && record.path.endsWith('.h'),
      );
    });
    this.tree.release(path);
    this.told.set(path, { tags, asked });
    return tags;
  }
}
