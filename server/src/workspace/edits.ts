/** Chooses which fixes can be applied together, and applies them to texts in memory. */
import { type Finding, type Fix, overlaps, type TextEdit } from '../rules/finding';
import { compareText } from './merge';

export interface FixPlan {
  /** By file, sorted by place, no two touching a common byte. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** Findings whose fix is part of the plan. */
  readonly fixed: number;
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
  const taken = new Map<string, TextEdit[]>();
  let fixed = 0;
  for (const finding of findings) {
    const fix = finding.fixes.find((candidate) => isApplicable(candidate, unsafe, editable));
    if (!fix) continue;
    const fresh = fix.edits.filter((edit) => !taken.get(edit.path)?.some((other) => isSame(edit, other)));
    if (fresh.some((edit) => taken.get(edit.path)?.some((other) => clashes(edit, other)))) continue;
    fixed++;
    for (const edit of fresh) {
      const ofFile = taken.get(edit.path);
      if (ofFile) ofFile.push(edit);
      else taken.set(edit.path, [edit]);
    }
  }
  const sorted = [...taken].sort(([a], [b]) => compareText(a, b));
  return { fixed, edits: new Map(sorted.map(([path, edits]) => [path, edits.sort(byPlace)])) };
}

/** Whether a fix may be applied; one that clashes with itself is a mistake of its rule, and not. */
export function isApplicable(fix: Fix, unsafe: boolean, editable: (path: string) => boolean): boolean {
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
