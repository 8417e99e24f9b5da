/**
 * What earlier runs and sessions found, for files as an editor opens them: it is shown at once where it still holds, and
 * what is found anew is kept for the next session.
 */

import type { Finding } from '../analysis/finding';
import type { Derived } from '../facts/derived';
import type { Texts } from '../files/buffers';
import { Linter, type LintOptions, type LintResult, type Project } from '../linter';
import type { PreprocessedTree } from '../preprocessor/tree';
import type { Tree } from '../project/tree';
import type { SourceText } from '../text/text';
import { configurationOf, KeptResults, ResultKeeper, resultsKey } from './results';

export class RememberingLinter extends Linter {
  /** What the disk has by now may be another one. */
  private readonly configuration: string;

  constructor(
    project: Project,
    options: LintOptions,
    private readonly keptFor: Tree,
    tree?: PreprocessedTree,
  ) {
    super(project, options, tree);
    this.configuration = configurationOf(keptFor, project.reader);
  }

  override told(derived: Derived, changed: Iterable<string>): RememberingLinter {
    return new RememberingLinter({ ...this.project, derived }, this.options, this.keptFor, this.tree).withChanged(
      changed,
    );
  }

  /**
   * What linting a document would find, where that is known without doing it.
   *
   * @param texts What other files read as in place of what the disk holds.
   */
  recall(document: SourceText, texts: Texts): readonly Finding[] | undefined {
    const kept = new KeptResults(
      this.traced,
      this.keptFor,
      this.key(),
      new Map([...texts, [document.path, document.text]]),
    );
    const linted = kept.recall(document.path);
    kept.keep();
    return linted?.findings;
  }

  /** Keeps what linting a document gave; to be called before anything that it rests on is forgotten. */
  remember(document: SourceText, { findings, suppressed, stats, asked }: LintResult): void {
    // The answers to its questions are those of now: a keeper of its own asks them all anew.
    const keeper = new ResultKeeper(this.traced, this.key());
    keeper.add({ file: document.path, text: document.text, findings, suppressed, stats, asked });
    keeper.keep();
  }

  private key(): string {
    return resultsKey(this.keptFor, this.options, this.candidateWords(), this.configuration, this.project.derived);
  }
}
