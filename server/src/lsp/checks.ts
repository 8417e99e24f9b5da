/** What the linter says of each open document's newest state, computed once a state and only when asked. */

import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import type { Texts } from '../files/buffers';
import { problemsOf } from '../files/problem';
import type { Description, LintResult, NamedRecord, Theme } from '../linter';
import { findTree, type TreeAnswer } from '../project/tree';
import type { WrongSetting } from '../project/tree-configuration';
import type { Configuration } from './configuration';
import type { OpenDocument } from './documents';
import { type DocumentLinter, inWordsOfSettings, type Projects, treeRequest } from './projects';

export interface Reports {
  /** Nobody lints this document, for the reasons given; `wrong` is the setting that the user has to mend. */
  noKernel(document: OpenDocument, errors: readonly string[], wrong: WrongSetting | undefined): void;
  /** Somebody lints this document. */
  checked(document: OpenDocument): void;
  warnings(warnings: readonly string[]): void;
  /** What a user has to know of a file that was checked, a whole sentence. */
  tell(sentence: string): void;
  /** The linter threw, which it must not: what was being done, and what came out. */
  failure(what: string, error: unknown): void;
}

/** The editor, as far as what was found in earlier sessions is concerned. */
interface Editor {
  /** What open documents hold, by their paths. */
  texts(): Texts;
  /** What an earlier session found in a document is given out; the linter has yet to look at it. */
  recalled(document: OpenDocument): void;
}

interface Checked {
  readonly document: OpenDocument;
  readonly generation: number;
  readonly findings: readonly Finding[];
  /** An earlier session found this; the linter has not looked at the document yet. */
  readonly isRecalled?: boolean;
}

/** What was found in a document that was opened is kept for later sessions after this time, in milliseconds. */
const SETTLED = 2000;

/** Another server, or another thread of this one, counts anew. */
const SESSION = Date.now().toString(36);

export class Checks {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly last = new Map<string, Checked>();
  /** Open documents that changed since the linters read them for another file's sake. */
  private readonly changed = new Set<string>();
  /** Changes with whatever may change what is known of files other than the one that changed. */
  generation = 0;
  private timesTold = 0;

  constructor(
    private readonly projects: Projects,
    private readonly configuration: Configuration,
    private readonly reports: Reports,
    private readonly editor: Editor,
  ) {}

  /** The findings of this very state of the document. Of one that was just opened, those of an earlier session, if any. */
  findings(document: OpenDocument): readonly Finding[] {
    const known = this.known(document);
    if (known) return known.findings;
    const isNew = !this.last.has(document.uri);
    const recalled = isNew
      ? this.attempt(document, 'recalling', (one) => one.recall(document, this.editor.texts()))
      : undefined;
    if (!recalled) return this.lint(document, isNew);
    const { generation } = this;
    this.last.set(document.uri, { document, generation, findings: recalled, isRecalled: true });
    this.editor.recalled(document);
    return recalled;
  }

  /** Whether the linter has not looked at this state of the document yet, so that the next change would take it longer. */
  isRecalled(document: OpenDocument): boolean {
    return this.known(document)?.isRecalled === true;
  }

  /** Lints this state of the document, whatever an earlier session found. */
  lint(document: OpenDocument, isNew = false): readonly Finding[] {
    const { generation } = this;
    const findings =
      this.attempt(document, 'checking', (linter) => {
        const result = linter.lint(document);
        for (const { message } of problemsOf(document.path, result.stats))
          this.reports.tell(`${document.path} ${message}.`);
        if (isNew) this.rememberSoon(document, linter, result);
        return result;
      })?.findings ?? [];
    this.last.set(document.uri, { document, generation, findings });
    return findings;
  }

  private known(document: OpenDocument): Checked | undefined {
    const known = this.last.get(document.uri);
    return known?.document === document && known.generation === this.generation ? known : undefined;
  }

  /** Keeps what was found in a document as it was opened, once nobody waits for an answer. */
  private rememberSoon(document: OpenDocument, linter: DocumentLinter, result: LintResult): void {
    const { generation } = this;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      // What the result rests on may be another by now; the document itself is kept with it.
      if (generation === this.generation) linter.remember(document, result);
    }, SETTLED);
    timer.unref();
    this.timers.add(timer);
  }

  /** The connection ends. */
  stop(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }

  /** The findings if the document had another text. */
  findingsIf(document: OpenDocument, text: string): readonly Finding[] {
    return this.attempt(document, 'checking', (linter) => linter.lint({ path: document.path, text }))?.findings ?? [];
  }

  /** @param theme what to draw pictures for, where the client shows them and the user wants them */
  describe(document: OpenDocument, offset: number, theme?: Theme): Description | undefined {
    const isDrawn = this.configuration.settingsFor(document.path).hover === 'picture';
    return this.attempt(document, 'describing', (one) => one.describe(document, offset, isDrawn ? theme : undefined));
  }

  /** The record, and maybe the member, that is named at a byte offset. */
  nameAt(document: OpenDocument, offset: number): NamedRecord | undefined {
    return this.attempt(document, 'reading', (linter) => linter.nameAt(document, offset));
  }

  /** Asks something of a document as the rules see it; undefined where nobody lints it. */
  inspect<T>(document: OpenDocument, ask: (file: FileAnalysis) => T): T | undefined {
    return this.attempt(document, 'reading', (linter) => linter.inspect(document, ask));
  }

  /** The tree that a file (absolute path) or folder belongs to, or why there is none. */
  treeOf(file: string): TreeAnswer {
    const settings = this.configuration.settingsFor(file);
    const answer = findTree(treeRequest(`${file}/.`, settings));
    return { ...answer, errors: answer.errors.map(inWordsOfSettings) };
  }

  /**
   * Changes with whatever may change the findings of this document. One that is opened anew has new ones, though it may be the
   * same version again: a client drops what it knew as it closes, but an answer that was still on its way may tell it the old.
   */
  resultId(document: OpenDocument): string {
    return `${document.serial}.${this.generation}.${this.timesTold}.${SESSION}`;
  }

  /** An open document has another text; others may include it. Returns whether they have to be checked again. */
  textChanged(path: string): boolean {
    this.changed.add(path);
    const affectsOthers = !path.endsWith('.c');
    if (affectsOthers) this.generation++;
    return affectsOthers;
  }

  /** Files on disk changed. */
  filesChanged(paths: readonly string[]): void {
    for (const path of paths) this.projects.forget(path);
    this.projects.headersChanged(paths);
    this.projects.retryMissing();
    this.generation++;
  }

  /** It is known now what the headers of a tree say: that adds to findings, and changes nothing else that is known. */
  headersKnown(): void {
    this.last.clear();
    this.timesTold++;
  }

  /** Settings or configurations changed: nothing that was known holds. */
  startAnew(): void {
    this.projects.clear();
    this.generation++;
  }

  forgetDocument(document: OpenDocument): void {
    this.last.delete(document.uri);
  }

  /** Asks the document's linter something; undefined where there is none, or where it failed, which is reported. */
  private attempt<T>(document: OpenDocument, what: string, ask: (linter: DocumentLinter) => T): T | undefined {
    const settings = this.configuration.settingsFor(document.path);
    const place = this.projects.placeOf(document.path, settings);
    this.reports.warnings(place.warnings);
    if (!place.linter) {
      this.reports.noKernel(document, place.errors, place.wrong);
      return undefined;
    }
    this.reports.checked(document);
    for (const path of this.changed) {
      if (path === document.path) continue;
      this.projects.forget(path);
      this.changed.delete(path);
    }
    try {
      const answer = ask(place.linter);
      this.reports.warnings(place.linter.problems());
      for (const refusal of place.refusals?.() ?? []) this.reports.tell(refusal);
      return answer;
    } catch (error) {
      this.reports.failure(`${what} ${document.path}`, error);
      return undefined;
    }
  }
}
