/** The job of scanning and linting files, be it in a worker thread or in this one where a test wants it so. */

import type { Depth, Derived } from '../facts/derived';
import { Buffers, type Texts } from '../files/buffers';
import { Disk } from '../files/disk';
import { problemsOf } from '../files/problem';
import { type Scanned, Scanner } from '../files/scan';
import { Linter, type LintOptions, type LintResult, type Project } from '../linter';
import type { TracedTree } from '../preprocessor/notes';
import type { Tree } from '../project/tree';
import { projectOf } from '../project/tree-project';
import type { WordNeed } from '../search/word-search';
import { Cache } from '../store/cache';
import { TextHashes } from '../store/contents';
import { HeaderIndex } from '../store/header-index';
import { type Linted, unlinted } from '../store/linted';
import { ResultKeeper } from '../store/results';
import type { Share } from '../store/share';
import type { SourceText } from '../text/text';
import { crashed } from './crashed';
import { deriveTree, type TreeDerivation } from './derive';
import type { Job } from './job';

/** What each worker of a run is set up with; plain data. */
export interface LintSetup {
  readonly tree: Tree;
  readonly options: LintOptions;
  /** Whether what earlier runs left on disk may be used. */
  readonly cache: boolean;
  /** Whether what is read of headers is left there for later runs, too. */
  readonly keepsHeaders?: boolean;
}

/** What is asked of a scan beside the candidates. */
export interface ScanRequest {
  /** Candidates are linted at once, those that take no headers. */
  readonly lints?: boolean;
  /** The files' stamps are told. */
  readonly stamped?: boolean;
}

/** What came of a batch of files. */
export interface ScanResult extends Scanned {
  /** Results of those candidates that took no headers, where they were asked for. */
  readonly linted?: readonly Linted[];
  /** They were not looked at, as the time was over. */
  readonly skipped?: boolean;
}

export type LintTask =
  | { readonly kind: 'scan'; readonly files: readonly string[]; readonly request: ScanRequest }
  | { readonly kind: 'lint'; readonly file: string; readonly takesHeaders?: boolean }
  /** To lint where that takes no headers; otherwise another worker is to do it. */
  | { readonly kind: 'lintAlone'; readonly file: string }
  /** To tell which files hold one of some words. */
  | { readonly kind: 'holding'; readonly words: readonly string[]; readonly files: readonly string[] }
  /** To work out what the headers of the tree say. */
  | { readonly kind: 'derive'; readonly depth: Depth };

/** The answer to a scan, or to one of the others. */
export interface LintReply {
  readonly scanned?: ScanResult;
  readonly linted?: Linted;
  readonly holding?: readonly string[];
  readonly derivation?: TreeDerivation;
}

export type LintNote =
  /** From now on these files read as given: fixes and patches that are not on disk. */
  | { readonly kind: 'buffers'; readonly texts: Texts }
  /** What linting gives from now on is kept for later runs under a key, which stands for all that it depends on beside files. */
  | { readonly kind: 'keepResults'; readonly key: string }
  /** This file is to be linted, once it is known what the headers of the tree say. */
  | { readonly kind: 'expect'; readonly file: string }
  /** What the headers of the tree say; comes before whatever is scanned or linted. */
  | { readonly kind: 'derived'; readonly derived: Derived };

/** The part of the linter that a run needs; tests put a smaller one in its place. */
export interface FileLinter {
  readonly traced: TracedTree;
  /** One that knows what the tree's headers say; these files are not as they were when that was worked out. */
  told(derived: Derived, changed: Iterable<string>): FileLinter;
  /** Reads a file that will be linted, with all that it includes. */
  read(document: SourceText): void;
  candidateWords(): readonly WordNeed[];
  lint(document: SourceText): LintResult;
  /** As `lint`; undefined where that takes headers. */
  lintAlone(document: SourceText): LintResult | undefined;
  /** Whether a file names what only headers beside it speak of. */
  mayDerive(path: string, text: string): boolean;
  getReady(): void;
  forget(path: string): void;
  release(path: string): void;
}

export type CreateLinter = (project: Project, options: LintOptions, setup: LintSetup) => FileLinter;

/** The product's linter. */
export const createLinter: CreateLinter = (project, options) => new Linter(project, options);

export class LintJob implements Job<LintTask, LintReply, LintNote> {
  private readonly disk: Disk;
  /** Fixes and patches that are not on disk. */
  private readonly buffers = new Map<string, string | undefined>();
  /** The one that reads files. */
  private made: FileLinter | undefined;
  /** The same, told what the headers say. */
  private ready: FileLinter | undefined;
  private derived: Derived | undefined;
  private readonly headers: HeaderIndex | undefined;
  private results: ResultKeeper | undefined;
  private scanner: Scanner | undefined;
  private readonly hashes = new TextHashes();

  constructor(
    private readonly setup: LintSetup,
    private readonly create: CreateLinter = createLinter,
  ) {
    this.disk = new Disk(setup.tree.roots);
    this.headers = setup.cache ? new HeaderIndex(new Cache(), undefined, setup.keepsHeaders, this.hashes) : undefined;
  }

  /** Made when it is first needed: what the headers say comes after the set-up. */
  private get linter(): FileLinter {
    if (!this.ready) {
      const { derived } = this;
      this.ready = derived ? this.untold.told(derived, this.buffers.keys()) : this.untold;
      this.ready.getReady();
    }
    return this.ready;
  }

  /** The linter that reads files, and knows nothing of what the headers say. */
  private get untold(): FileLinter {
    const { setup, headers } = this;
    this.made ??= this.create(
      projectOf(setup.tree, new Buffers(this.disk, this.buffers), headers?.lex),
      setup.options,
      setup,
    );
    return this.made;
  }

  hear(note: LintNote): void {
    if (note.kind === 'derived') {
      this.derived = note.derived;
      this.ready = undefined;
    } else if (note.kind === 'expect') this.expect(note.file);
    else if (note.kind === 'buffers') this.setBuffers(note.texts);
    else this.results = new ResultKeeper(this.linter.traced, note.key, this.hashes);
  }

  answer(task: LintTask): LintReply | undefined {
    if (task.kind === 'derive') return { derivation: deriveTree(this.setup.tree, task.depth, this.headers?.lex) };
    if (task.kind === 'holding') return { holding: this.holding(task.words, task.files) };
    if (task.kind === 'scan') return { scanned: this.scan(task.files, task.request) };
    const linted = task.kind === 'lint' ? this.lint(task.file) : this.lintAlone(task.file);
    return linted && { linted };
  }

  /** Whatever goes wrong goes wrong again where the file is linted, and is said there. */
  private expect(file: string): void {
    const text = this.textOf(file);
    try {
      if (typeof text === 'string') this.untold.read({ path: file, text });
    } catch {
      this.untold.release(file);
    }
  }

  private holding(words: readonly string[], files: readonly string[]): readonly string[] {
    if (this.sought?.words.join() !== words.join()) this.sought = { words, scanner: new Scanner(words) };
    return this.sought!.scanner.scan(files).candidates;
  }

  private sought: { readonly words: readonly string[]; readonly scanner: Scanner } | undefined;

  private scan(files: readonly string[], request: ScanRequest): ScanResult {
    const { lints, stamped } = request;
    // In a run over many files, what headers beside them say is looked at where a file is checked for another reason alone.
    this.scanner ??= new Scanner(this.linter.candidateWords(), undefined, lints ? undefined : this.isOther);
    const scanned = this.scanner.scan(files, stamped);
    if (!lints) return scanned;
    const linted = scanned.candidates.flatMap((file) => this.tryAlone(file) ?? []);
    return { ...scanned, linted };
  }

  private readonly isOther = (file: string, text: () => string): boolean => this.linter.mayDerive(file, text());

  /** A failure that JavaScript can catch costs its file a message, and the rest of its batch nothing. */
  private tryAlone(file: string): Linted | undefined {
    try {
      return this.lintAlone(file);
    } catch (error) {
      return unlinted(file, crashed(error));
    }
  }

  private lint(file: string): Linted {
    return this.lintBy(file, (document) => this.linter.lint(document))!;
  }

  /** As `lint`; undefined where that takes headers. */
  private lintAlone(file: string): Linted | undefined {
    return this.lintBy(file, (document) => this.linter.lintAlone(document));
  }

  private lintBy(file: string, lint: (document: SourceText) => LintResult | undefined): Linted | undefined {
    const text = this.textOf(file);
    if (typeof text !== 'string') return unlinted(file, text.problem);
    const result = lint({ path: file, text });
    if (!result) {
      this.linter.release(file);
      return undefined;
    }
    const { findings, suppressed, stats, asked } = result;
    // What could not be read has to be said again by the next run.
    if (this.disk.allRefused.length === 0) this.results?.add({ file, text, findings, suppressed, stats, asked });
    // Headers are read again and again; of sources, all would soon fill the memory.
    if (file.endsWith('.c')) this.linter.release(file);
    const stamps: Record<string, string> = {};
    for (const finding of findings)
      for (const fix of finding.fixes)
        for (const edit of fix.edits) stamps[edit.path] ??= this.disk.stampOf(edit.path) ?? '';
    return {
      file,
      findings,
      suppressed,
      stats,
      stamps,
      problems: [...problemsOf(file, stats), ...this.disk.refusals()],
    };
  }

  private setBuffers(texts: Texts): void {
    // What was asked of the files as they were may have another answer now.
    if (this.results?.hasAnswers) this.results.stop();
    for (const [file, text] of texts) {
      this.buffers.set(file, text);
      this.made?.forget(file);
      this.ready?.forget(file);
    }
  }

  /** The run has ended: what was read of headers is kept for the next one, one share after another. */
  keep(share?: Share): void {
    this.headers?.keep(share);
    this.results?.keep(share);
  }

  private textOf(file: string): string | { readonly problem: string } {
    const fixed = this.buffers.get(file);
    if (fixed !== undefined) return fixed;
    const loaded = this.disk.load(file);
    return 'problem' in loaded ? loaded : loaded.text;
  }
}

/** In place of what came of a batch that was not begun. */
export const SKIPPED_BATCH: ScanResult = { candidates: [], problems: [], skipped: true };
