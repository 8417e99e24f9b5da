/** The linter as editors use it, but that it keeps nothing between sessions: for tests that are about one of them. */
import type { Derived } from '../facts/derived';
import { Linter } from '../linter';
import type { CreateLinter, DocumentLinter } from '../lsp/projects';

export class ForgetfulLinter extends Linter implements DocumentLinter {
  override told(derived: Derived, changed: Iterable<string>): ForgetfulLinter {
    return new ForgetfulLinter({ ...this.project, derived }, this.options, this.tree).withChanged(changed);
  }

  recall(): undefined {
    return undefined;
  }

  remember(): void {}
}

export const forgetful: CreateLinter = (project, options) => new ForgetfulLinter(project, options);
