/** C23's `[[…]]` among the tokens of a file. */
import { Punct, TokenKind, type TokenList } from '../text/tokens';

/** They are not looked for further than this. */
const MOST = 64;

/** The token behind those that start at one; -1 where none do. */
export function behindBrackets({ kinds, ids }: TokenList, token: number): number {
  const isAt = (at: number, punct: Punct): boolean => kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  if (!isAt(token + 1, Punct.LeftBracket)) return -1;
  for (let at = token + 2; at < token + MOST; at++)
    if (isAt(at, Punct.RightBracket) && isAt(at + 1, Punct.RightBracket)) return at + 2;
  return -1;
}
