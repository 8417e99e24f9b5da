/** What a rule is: metadata first, then a generator of findings over one file. */

import type { Derived } from '../facts/derived';
import type { Facts } from '../packs/facts';
import type { WordNeed } from '../search/word-search';
import type { AllowedRule } from './allow';
import type { FileAnalysis } from './analysis';
import type { Finding, Severity } from './finding';
import type { HeaderChange } from './header-change';

/**
 * Words of which one stands in every file that has a function: a record may be named by a `typedef` alone, so that `struct` need not
 * be among them.
 */
export const WITH_FUNCTIONS: readonly WordNeed[] = [
  ...['struct', 'union', 'static', 'void', 'int', 'long', 'unsigned', 'char', 'bool'],
  ...['return', 'if', 'while', 'for', 'switch'],
];

export interface RuleMetadata {
  readonly id: string;
  readonly severity: Severity;
  /** What the pipeline has to have worked out before the rule can speak. */
  readonly needs: 'layout' | 'types' | 'flow';
  readonly defaultOn: boolean;
  /** It reads the headers of many files: a run over many files leaves it out where nobody asked for it by name. */
  readonly isCostly?: boolean;
  /** It parses every function of every file, which takes minutes over a tree: whoever asks for it by name is told. */
  readonly parsesAll?: boolean;
  /** It is on for a change (`--patch`, `--diff`, `--staged`) where it is off otherwise. */
  readonly isOnForChanges?: boolean;
  /** One line, for lists. */
  readonly summary: string;
  /** Markdown: what, why, where the kernel says so, bad, good, the fix, what the rule is known to miss. */
  readonly doc: string;
}

export interface RuleOptions {
  /** Also report what newer kernels moved behind an accessor that this tree lacks. */
  readonly ahead: boolean;
}

/** Gives the text of a header by its path from the kernel folder. */
export type HeaderReader = (path: string) => string | undefined;

export interface Rule extends RuleMetadata {
  /** What a file must hold for the rule to have anything to say about it: any one of these needs. */
  readonly words: readonly WordNeed[] | ((facts: Facts, read: HeaderReader) => readonly WordNeed[]);
  /** It has something to say of files that call a macro which a header beside them defines over an assert. */
  readonly asksOfAsserts?: boolean;
  /** The same as `words` for what headers say by themselves; a file whose own headers say more is looked at, too. */
  readonly derivedWords?: (derived: Derived) => readonly WordNeed[];
  /** It also asks which accessors do more than name a member. */
  readonly isThorough?: boolean;
  /** It has next to nothing to say of a file without its headers: there is no use in asking before they are read. */
  readonly takesHeaders?: boolean;
  check(file: FileAnalysis, options: RuleOptions): Iterable<Finding>;
  /** What there is to say of what a change does to a file; asked once for both sides. */
  change?(change: HeaderChange): Iterable<Finding>;
  /** What there is to say once all rules have spoken of the file. */
  review?(file: FileAnalysis, review: Review): Iterable<Finding>;
}

/** What all rules made of a file and of the comments in it. */
export interface Review {
  /** Names in comments that kept a finding from being shown. */
  readonly used: ReadonlySet<AllowedRule>;
  /** Ids of the rules that were asked about this file. */
  readonly active: ReadonlySet<string>;
  /** Ids of all rules that there are. */
  readonly known: ReadonlySet<string>;
  /** Whether the file was understood in full, so that silence means that there is nothing. */
  readonly isComplete: boolean;
}
