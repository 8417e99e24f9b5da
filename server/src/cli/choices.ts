/** The words that flags take, and the order of severities. */
import type { Severity } from '../analysis/finding';

export const FORMATS = ['text', 'json', 'gcc', 'sarif', 'github', 'checkpatch'] as const;
export type Format = (typeof FORMATS)[number];

/** How `overlint layout` prints a record. */
export const LAYOUT_FORMATS = ['text', 'json', 'svg', 'html'] as const;
export type LayoutFormat = (typeof LAYOUT_FORMATS)[number];

export const VERIFY_FORMATS = ['text', 'json'] as const;
export type VerifyFormat = (typeof VERIFY_FORMATS)[number];

/** How `overlint explain` prints a rule's page. */
export const EXPLAIN_FORMATS = ['text', 'markdown', 'json'] as const;
export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];

/** How `overlint rules --derived` prints what headers say. */
export const DERIVED_FORMATS = ['text', 'json'] as const;

/** Shells that a completion is made for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export const COLOUR_WHEN = ['auto', 'always', 'never'] as const;

export const FAIL_ON = ['error', 'warning', 'info'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** From the gravest to the least. Hints are for editors: the faint dots under code that is right on this tree. */
const GRAVITY: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Whether a severity counts under `--fail-on`. */
export function countsAs(severity: Severity, least: FailOn): boolean {
  return GRAVITY.indexOf(severity) <= GRAVITY.indexOf(least);
}
