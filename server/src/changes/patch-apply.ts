/** Applies a patch to the text of one file, as leniently as `patch -p1` does. All text is byte strings. */
import { applyPatch, reversePatch, type StructuredPatch, type StructuredPatchHunk } from 'diff';

/** So many lines at either end of a hunk may be others, as in GNU patch. */
const MOST_FUZZ = 2;

/** The new text; or why there is none, ready to stand behind a colon. */
type Applied =
  | { readonly text: string /** What had to be overlooked, hunk by hunk. */; readonly notes: readonly string[] }
  | { readonly refusal: string };

/**
 * Places each hunk where all its lines fit, nearest to where it says; where there is no such place, its outermost lines
 * of context are left out of account, one and then two at either end. At least one line that is there must be named by
 * the hunk.
 */
export function applied(text: string, part: StructuredPatch): Applied {
  const exact = applyTo(text, part, part.hunks);
  if (exact !== undefined) return { text: exact, notes: [] };
  const fitted: StructuredPatchHunk[] = [];
  const notes: string[] = [];
  let result = text;
  for (const [index, hunk] of part.hunks.entries()) {
    let fuzz = 0;
    let next: string | undefined;
    for (; fuzz <= MOST_FUZZ; fuzz++) {
      const shorter = withFuzz(hunk, fuzz);
      next = shorter && applyTo(text, part, [...fitted, shorter]);
      if (next === undefined) continue;
      fitted.push(shorter!);
      break;
    }
    const name = `hunk ${index + 1} of ${part.hunks.length} (@@ ${rangesOf(hunk)} @@)`;
    if (next === undefined) return { refusal: `the patch does not apply: ${name} ${whyNot(text, part, hunk)}` };
    if (fuzz > 0) notes.push(`${name} taken with fuzz ${fuzz}: the lines around it differ here`);
    result = next;
  }
  return { text: result, notes };
}

function applyTo(text: string, part: StructuredPatch, hunks: StructuredPatchHunk[]): string | undefined {
  const result = applyPatch(text, { ...part, hunks }, { autoConvertLineEndings: true });
  return result === false ? undefined : result;
}

function whyNot(text: string, part: StructuredPatch, hunk: StructuredPatchHunk): string {
  const reversed = reversePatch({ ...part, hunks: [hunk] });
  const isThere = applyTo(text, reversed, reversed.hunks) !== undefined;
  return isThere ? 'seems to be applied already' : 'fits nowhere';
}

function rangesOf({ oldStart, oldLines, newStart, newLines }: StructuredPatchHunk): string {
  return `-${oldStart},${oldLines} +${newStart},${newLines}`;
}

/** The hunk without its outermost lines of context: of the longer end so many, of the other down to the same length. */
function withFuzz(hunk: StructuredPatchHunk, fuzz: number): StructuredPatchHunk | undefined {
  if (fuzz === 0) return hunk;
  const { lines } = hunk;
  const isContext = (line: string): boolean => line === '' || line.startsWith(' ');
  const first = lines.findIndex((line) => !isContext(line));
  const last = lines.findLastIndex((line) => !isContext(line) && !line.startsWith('\\'));
  if (first < 0) return undefined;
  const behind = lines.slice(last + 1).filter(isContext).length;
  const context = Math.max(first, behind);
  const head = Math.max(0, fuzz + first - context);
  const tail = Math.max(0, fuzz + behind - context);
  const kept = lines.slice(head, tail === 0 ? undefined : last + 1 + behind - tail);
  const names = kept.some((line) => isContext(line) || line.startsWith('-'));
  if (fuzz > context || !names) return undefined;
  return {
    oldStart: hunk.oldStart + head,
    oldLines: hunk.oldLines - head - tail,
    newStart: hunk.newStart + head,
    newLines: hunk.newLines - head - tail,
    lines: kept,
  };
}
