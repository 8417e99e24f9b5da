/** Tells by a file's tokens alone whether it may assert anything over layouts, so that few files are walked for it. */
import { StepKind } from '../preprocessor/source';
import { nameId } from '../syntax/names';
import { Punct, TokenKind } from '../syntax/tokens';
import type { FileAnalysis } from './analysis';
import type { WordNeed } from './rule';

const NAMES = ['static_assert', '_Static_assert', 'BUILD_BUG_ON', 'BUILD_BUG_ON_MSG'];
const ASSERTS = new Set(NAMES.map(nameId));
const OFFSETOF = nameId('offsetof');

/** What stands in every file that `mayAssert` holds for. */
export const ASSERT_WORDS: readonly WordNeed[] = NAMES.map((name) => [name, 'offsetof']);

/** Whether an assert, or a macro that the file defines for asserts, compares two offsets. */
export function mayAssert(file: FileAnalysis): boolean {
  if (file.isForeign) return false;
  const { tokens, steps } = file.main;
  const { kinds, ids } = tokens;
  for (let token = 0; token < tokens.count; token++) {
    if (kinds[token] !== TokenKind.Identifier || !ASSERTS.has(ids[token])) continue;
    let depth = 0;
    let offsets = 0;
    for (let at = token + 1; at < tokens.count; at++) {
      if (kinds[at] === TokenKind.Identifier && ids[at] === OFFSETOF && ++offsets === 2) return true;
      if (kinds[at] !== TokenKind.Punctuator) continue;
      if (ids[at] === Punct.LeftParen) depth++;
      else if (ids[at] === Punct.RightParen && --depth <= 0) break;
    }
  }
  return steps.some(({ kind, definition }) => {
    if (kind !== StepKind.Define || !definition) return false;
    let offsets = 0;
    for (let at = definition.bodyFirst; at < definition.bodyEnd; at++) {
      if (kinds[at] === TokenKind.Identifier && ids[at] === OFFSETOF) offsets++;
    }
    return offsets >= 2;
  });
}
