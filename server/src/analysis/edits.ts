/** Chooses which fixes can be applied together, and applies them to texts in memory. */

import { compareText } from '../text/text';
import { type Finding, type Fix, overlaps, type TextEdit } from './finding';

interface FixPlan {
  /** By file, sorted by place, no two touching a common byte. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** Of each finding whose fix is part of the plan, the files that the fix changes. */
  readonly fixes: readonly (readonly string[])[];
}

/**
 * Takes the first fix of each finding that may be applied, all of it or none. One that touches what an earlier one
 * changes has to wait for the next round, when it has been worked out anew.
 *
 * @param findings In order; the earlier one wins.
 * @param unsafe Whether fixes may be taken that are not proven to keep the program's meaning.
 * @param editable Whether a file may be changed at all.
 */
export function planFixes(findings: readonly Finding[], unsafe: boolean, editable: (path: string) => boolean): FixPlan {
  const taken = new Map<string, EditList>();
  const listOf = (path: string): EditList => {
    let list = taken.get(path);
    if (!list) taken.set(path, (list = new EditList()));
    return list;
  };
  const fixes: string[][] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((candidate) => isApplicable(candidate, unsafe, editable));
    if (!fix || fix.edits.some((edit) => listOf(edit.path).clashesWith(edit))) continue;
    fixes.push(fix.edits.map(({ path }) => path));
    for (const edit of fix.edits) listOf(edit.path).add(edit);
  }
  const made = [...taken].filter(([, list]) => list.edits.length > 0).sort(([a], [b]) => compareText(a, b));
  return { fixes, edits: new Map(made.map(([path, list]) => [path, list.edits])) };
}

/** Edits of one file that can be made together, sorted by place. A file may have many: one is found by halving. */
class EditList {
  readonly edits: TextEdit[] = [];

  /** Whether an edit can't be made with these; one that is already here can. */
  clashesWith(edit: TextEdit): boolean {
    const at = this.indexOf(edit);
    // These touch no common byte, so that of all before the place only the last, of all behind it only the first counts.
    const [before, behind] = [this.edits[at - 1], this.edits[at]];
    if (behind && isSame(edit, behind)) return false;
    return (before !== undefined && clashes(edit, before)) || (behind !== undefined && clashes(edit, behind));
  }

  /** Adds an edit that does not clash, once. */
  add(edit: TextEdit): void {
    const at = this.indexOf(edit);
    if (this.edits[at] && isSame(edit, this.edits[at])) return;
    this.edits.splice(at, 0, edit);
  }

  /** How many of these come before an edit's place. */
  private indexOf(edit: TextEdit): number {
    let low = 0;
    let high = this.edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (byPlace(this.edits[middle], edit) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Whether a fix may be applied; one that clashes with itself is a mistake of its rule, and not. */
function isApplicable(fix: Fix, unsafe: boolean, editable: (path: string) => boolean): boolean {
  if (!(fix.safe || unsafe) || fix.edits.length === 0) return false;
  if (!fix.edits.every((edit) => edit.start <= edit.end && editable(edit.path))) return false;
  return !fix.edits.some((edit, index) =>
    fix.edits.slice(index + 1).some((other) => edit.path === other.path && clashes(edit, other)),
  );
}

/** The text with these edits made. @param edits Sorted by place, no two touching a common byte. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  parts.push(text.slice(at));
  return parts.join('');
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.start === b.start && a.end === b.end && a.text === b.text;
}

/** Two insertions at one place clash, too: which comes first would be a guess. */
function clashes(a: TextEdit, b: TextEdit): boolean {
  return overlaps(a, b) || (a.start === b.start && a.end === b.end);
}

function byPlace(a: TextEdit, b: TextEdit): number {
  return a.start - b.start || a.end - b.end;
}
