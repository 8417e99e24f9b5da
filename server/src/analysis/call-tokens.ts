/** Finds calls by name in the text of a file, for rules that look at some functions. */
import { nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import type { FileAnalysis } from './analysis';

/** The tokens that name one of some functions before a parenthesis; a macro's own call stands nowhere in the text. */
export function callTokens(file: FileAnalysis, names: ReadonlySet<string>): number[] {
  const { kinds, ids, count } = file.main.tokens;
  const found: number[] = [];
  for (let token = 0; token + 1 < count; token++)
    if (kinds[token] === TokenKind.Identifier && ids[token + 1] === Punct.LeftParen && names.has(nameText(ids[token])))
      found.push(token);
  return found;
}
