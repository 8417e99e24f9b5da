/** Which comments of a header take back something that it would be understood to say. */
import { accessedIn } from '../facts/accessor-scan';
import { maskingOf, tagsOf } from '../facts/derive-tags';
import type { MaskingAccessor } from '../facts/mask-scan';
import type { DerivedKind } from '../facts/not-derived';
import { reservedIn } from '../facts/reserved-members';
import { toldMembers } from '../facts/told-members';
import { validWhen } from '../facts/valid-when';
import { recordBodies } from '../text/record-bodies';
import type { Place } from '../text/text';
import type { FileAnalysis } from './analysis';

/** Whether a comment of the file takes a kind of fact back; undefined where that is not known. */
export function takesBack(file: FileAnalysis, comment: Place, kind: DerivedKind): boolean | undefined {
  const { path, text } = file.main;
  let isUsed = false;
  const note = (what: DerivedKind, at: number): void => {
    isUsed ||= what === kind && comment.start <= at && at < comment.end;
  };
  if (kind === 'valid-when') {
    for (const { start, end } of recordBodies(file.main.tokens)) {
      validWhen(text, start, end, note);
      toldMembers(text, start, end, note);
    }
    return isUsed;
  }
  // What headers say is looked for in headers alone.
  if (!path.endsWith('.h')) return undefined;
  if (kind === 'reserved') reservedIn(text, note);
  else accessedIn(text, note);
  if (isUsed || kind === 'reserved') return isUsed;
  if (file.isGeneralHeader(path)) {
    const known = file.treeTakenBack;
    return known?.some(
      (one) => one.kind === kind && one.path === path && comment.start <= one.at && one.at < comment.end,
    );
  }
  const asked = new Map<string, readonly MaskingAccessor[]>();
  for (const other of file.globals.files) {
    const masking = file.isGeneralHeader(other.path) ? [] : maskingOf(other);
    if (masking.length > 0) asked.set(other.path, masking);
  }
  tagsOf(file.globals, asked, (what, where, at) => where === path && note(what, at));
  // Whoever masks the member may stand in a header that this one does not include.
  return isUsed || (isKnownAlone(file, comment) ? false : undefined);
}

/** Whether no other header beside the file names what a comment stands at. */
function isKnownAlone(file: FileAnalysis, comment: Place): boolean {
  const { path, text } = file.main;
  const from = text.lastIndexOf('\n', comment.start) + 1;
  const to = text.indexOf('\n', text.indexOf('\n', comment.end) + 1);
  const around = text.slice(from, comment.start) + text.slice(comment.end, to < 0 ? undefined : to);
  const names = new Set([...around.matchAll(/\b[A-Za-z_]\w*(?=\s*[;([:])/g)].map(([name]) => name));
  return [...file.textsBeside()].every(
    ([other, spelled]) => other === path || ![...names].some((name) => new RegExp(`\\b${name}\\b`).test(spelled)),
  );
}
