/** One linter for each kernel tree and each set of settings, found from a document's path and kept. */
import path from 'node:path';
import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import type { Derived } from '../facts/derived';
import { Buffers, type Texts } from '../files/buffers';
import { Disk } from '../files/disk';
import {
  asksHeaders,
  type Description,
  type LintOptions,
  type LintResult,
  type NamedRecord,
  type Project,
  type Theme,
} from '../linter';
import type { Lexer } from '../preprocessor/source';
import type { Settings } from '../project/settings';
import { findTree, type Tree, type TreeAnswer, type TreeRequest } from '../project/tree';
import type { WrongSetting } from '../project/tree-configuration';
import { projectOf } from '../project/tree-project';
import { KeptConfigurations } from '../store/kept-configurations';
import { lex } from '../text/lexer';
import type { SourceReader, SourceText } from '../text/text';
import { recallDerived, underived } from '../workers/derive';
import type { OpenDocuments } from './documents';

/** What the server asks of a linter; the product's is `Linter`. */
export interface DocumentLinter {
  lint(document: SourceText): LintResult;
  describe(document: SourceText, offset: number, theme?: Theme): Description | undefined;
  /** The record, and maybe the member, that is named at a byte offset. */
  nameAt(document: SourceText, offset: number): NamedRecord | undefined;
  /** Asks something of the document as the rules see it. */
  inspect<T>(document: SourceText, ask: (file: FileAnalysis) => T): T;
  /** One that knows what the tree's headers say, too, and has read what this one has. */
  told(derived: Derived, changed: Iterable<string>): DocumentLinter;
  forget(path: string): void;
  /** Reads what most documents take, in steps. */
  readAhead(): Iterator<unknown>;
  /**
   * What an earlier session found in a document, where it still holds.
   *
   * @param texts What open documents hold, by their paths.
   */
  recall(document: SourceText, texts: Texts): readonly Finding[] | undefined;
  /** Keeps for later sessions what linting gave; nothing was forgotten since. */
  remember(document: SourceText, result: LintResult): void;
  /** What is wrong with the set-up, as far as the linter has come upon it. */
  problems(): readonly string[];
}

export type CreateLinter = (project: Project, options: LintOptions, tree: Tree) => DocumentLinter;

/** Who lints a document, or whole sentences that say why nobody does. */
interface Place {
  readonly linter?: DocumentLinter;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  /** The setting that is the reason. */
  readonly wrong?: WrongSetting;
  /** Which files are there and can't be read, as far as it was come upon; whole sentences, each once. */
  refusals?(): readonly string[];
}

interface Kept {
  linter: DocumentLinter;
  readonly disk: Disk;
  /** The open documents over the disk. */
  readonly reader: SourceReader;
  readonly tree: Tree;
  readonly options: LintOptions;
  /** Where the headers stand that say something of all files. */
  readonly folders: readonly string[];
  /** Whether the linter knows all that these say, or somebody is working it out. */
  isTold: boolean;
}

/** A tree whose linter does not know yet what the headers say. */
export interface Untold {
  readonly tree: Tree;
  readonly options: LintOptions;
  tell(derived: Derived): void;
}

export class Projects {
  private readonly linters = new Map<string, Kept>();
  /** By the document's folder and the settings: walking up and reading `.config` is not for every keystroke. */
  private readonly places = new Map<string, Place>();

  constructor(
    private readonly documents: OpenDocuments,
    private readonly createLinter: CreateLinter,
    /** Remembers what lexing the headers on disk gave. */
    private readonly headerLexer: Lexer = lex,
  ) {}

  /** What is half typed now would only fill the disk. */
  readonly lex: Lexer = (text, file) => (this.documents.atPath(file) ? lex(text) : this.headerLexer(text, file));

  /** The linter for a document at this absolute path. */
  placeOf(file: string, settings: Settings): Place {
    const folder = path.posix.dirname(file);
    const key = JSON.stringify([folder, settings]);
    let place = this.places.get(key);
    if (!place) this.places.set(key, (place = this.find(folder, settings)));
    return place;
  }

  /** A file as the linters see it: one that is open, or one of a tree that is in use. */
  read(file: string): string | undefined {
    for (const { reader } of this.linters.values()) {
      const text = reader.read(file);
      if (text !== undefined) return text;
    }
    return undefined;
  }

  /** The file is another than before, for all linters. */
  forget(file: string): void {
    for (const { linter, disk } of this.linters.values()) {
      disk.forget(file);
      linter.forget(file);
    }
  }

  /** Headers on disk changed: what they say has to be worked out again. */
  headersChanged(files: readonly string[]): void {
    for (const kept of this.linters.values())
      if (files.some((file) => file.endsWith('.h') && kept.folders.some((folder) => file.startsWith(folder))))
        kept.isTold = false;
  }

  /** A tree in use whose linter has not been told what the headers say. Whoever takes it works that out, once. */
  untold(): Untold | undefined {
    const kept = [...this.linters.values()].find(({ isTold }) => !isTold);
    if (!kept) return undefined;
    // A header that changes from now on makes it untold again.
    kept.isTold = true;
    return {
      tree: kept.tree,
      options: kept.options,
      tell: (derived) => {
        kept.linter = kept.linter.told(
          derived,
          this.documents.all().map((document) => document.path),
        );
        this.places.clear();
      },
    };
  }

  /** Starts anew: the settings, a `.config` or the tree itself changed. */
  clear(): void {
    this.linters.clear();
    this.places.clear();
  }

  /** Looks again for trees that were not there: one may have been made meanwhile. */
  retryMissing(): void {
    for (const [key, place] of this.places) if (!place.linter) this.places.delete(key);
  }

  private find(folder: string, settings: Settings): Place {
    const answer = findTree(treeRequest(`${folder}/.`, settings));
    const warnings = answer.warnings.map(inWordsOfSettings);
    if (!answer.tree) return { errors: answer.errors.map(inWordsOfSettings), warnings, wrong: answer.wrong };
    const { linter, disk } = this.linterFor(answer.tree, settings);
    const refusals = () => disk.refusals().map(({ path: refused, message }) => `${refused} is not read: ${message}.`);
    return { linter, errors: [], warnings, refusals };
  }

  private linterFor(tree: NonNullable<TreeAnswer['tree']>, settings: Settings): Kept {
    const { ahead, rules, levels, overrides } = settings;
    const key = JSON.stringify([tree, ahead, rules, levels, overrides]);
    let kept = this.linters.get(key);
    if (!kept) {
      const disk = new Disk(tree.roots);
      const reader = new Buffers(disk, this.documents.texts);
      const options = lintOptions(settings);
      const asked = asksHeaders(options);
      // To work it out takes longer than the first diagnostics may: until then what an earlier run kept is taken.
      const known = recallDerived(tree, asked);
      const derived = known ?? recallDerived(tree, 'gates') ?? underived(tree);
      const linter = this.createLinter({ ...projectOf(tree, reader, this.lex), derived }, options, tree);
      kept = { disk, reader, linter, tree, options, folders: derived.folders, isTold: known !== undefined };
      this.linters.set(key, kept);
    }
    return kept;
  }
}

/** What the settings say about the rules. */
export function lintOptions({ ahead, rules, levels, overrides }: Settings): LintOptions {
  return { ahead, rules: rules.length ? new Set(rules) : undefined, levels: { levels, overrides } };
}

/** What the settings say about the tree of a file at this absolute path. */
export function treeRequest(file: string, settings: Settings): TreeRequest {
  const folder = path.posix.dirname(file);
  return {
    folder,
    paths: [folder],
    kernel: settings.kernel || undefined,
    build: settings.build || undefined,
    arch: settings.arch || undefined,
    config: settings.config || undefined,
    memory: new KeptConfigurations(),
  };
}

/** The workspace speaks of the command line's flags; in an editor the same things are settings. */
export function inWordsOfSettings(sentence: string): string {
  return sentence.replace(/--(kernel|build|config|arch)( DIR)?/g, 'overlint.$1');
}
