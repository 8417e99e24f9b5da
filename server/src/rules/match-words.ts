/** Tells by a file's tokens alone whether it may assert anything over layouts, so that few files are walked for it. */
import { StepKind } from '../preprocessor/source';
import { nameId } from '../syntax/names';
import { Punct, TokenKind } from '../syntax/tokens';
import type { FileAnalysis } from './analysis';

const ASSERTS = new Set(['static_assert', '_Static_assert', 'BUILD_BUG_ON', 'BUILD_BUG_ON_MSG'].map(nameId));
const OFFSETOF = nameId('offsetof');

/** Whether an assert, or a macro that the file defines for asserts, speaks of offsets. */
export function mayAssert(file: FileAnalysis): boolean {
  const { tokens, steps } = file.main;
  const { kinds, ids } = tokens;
  for (let token = 0; token < tokens.count; token++) {
    if (kinds[token] !== TokenKind.Identifier || !ASSERTS.has(ids[token])) continue;
    let depth = 0;
    for (let at = token + 1; at < tokens.count; at++) {
      if (kinds[at] === TokenKind.Identifier && ids[at] === OFFSETOF) return true;
      if (kinds[at] !== TokenKind.Punctuator) continue;
      if (ids[at] === Punct.LeftParen) depth++;
      else if (ids[at] === Punct.RightParen && --depth <= 0) break;
    }
  }
  return steps.some(
    ({ kind, definition }) =>
      kind === StepKind.Define &&
      definition !== undefined &&
      ids.subarray(definition.bodyFirst, definition.bodyEnd).some((id, index) => {
        return kinds[definition.bodyFirst + index] === TokenKind.Identifier && id === OFFSETOF;
      }),
  );
}
