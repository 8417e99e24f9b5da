/**
 * Reads a header that leans on its includers when none of them is at hand: behind the files that declare what it lacks,
 * where each such name is declared in one file only, so that there is nothing to choose.
 */

import { Closures } from '../facts/closures';
import { contextBehindAssumed, type Surveyed, surveyedIn } from '../facts/context';
import type { Target } from '../layout/target';
import type { PreprocessedTree } from '../preprocessor/tree';

/** A name that a layout could not be worked out without. */
export interface MissingName {
  readonly name: string;
  readonly isTag: boolean;
}

/** The files that declare a name for everybody. */
export type Declarers = (missing: MissingName) => readonly string[];

/** So many times new names may turn out to be missing. */
const MOST_TURNS = 6;

/** The name that the reason of an unknown layout says is missing; undefined where it is unknown for another reason. */
export function missingIn(reason: string): MissingName | undefined {
  const tag = /\b(?:struct|union|enum) (\w+)(?:: it is only declared, not defined| is only mentioned here)/.exec(
    reason,
  )?.[1];
  if (tag !== undefined) return { name: tag, isTag: true };
  const name = /\b(\w+) is not declared$/.exec(reason)?.[1] ?? /a type is missing before "(\w+)"$/.exec(reason)?.[1];
  return name === undefined ? undefined : { name, isTag: false };
}

/**
 * The records that a header defines, read behind the only files that declare what it lacks; none where no name is
 * declared so. `missing` is what it lacks when it is read on its own.
 */
export function recordsBehindDeclarers(
  tree: PreprocessedTree,
  target: Target,
  path: string,
  declarers: Declarers,
  missing: readonly MissingName[],
): Surveyed[] {
  const before: string[] = [];
  let found: Surveyed[] = [];
  let lacking = missing;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const more = new Set<string>();
    for (const name of lacking) {
      const files = declarers(name);
      if (files.length === 1 && files[0] !== path && !before.includes(files[0])) more.add(files[0]);
    }
    if (more.size === 0) break;
    // What a later name is missing from may be one of the files that came in for an earlier one.
    before.unshift(...more);
    const context = contextBehindAssumed(tree, target, `${path}.c`, [...before, path]);
    found = surveyedIn(context, new Closures(context.unit, tree), target, new Set([path]));
    lacking = found.flatMap(({ layout }) => (layout.status === 'unknown' ? (missingIn(layout.reason) ?? []) : []));
  }
  return found;
}
