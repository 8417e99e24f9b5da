/** What tells by the tokens of a file where a statement begins and ends, and how it uses a member. */
import { Punct, TokenKind, type TokenList } from '../text/tokens';

/** Whether what ends in the member at a token has an `&` in front: what is given the address may store to it. */
export function isAddressTaken({ kinds, ids }: TokenList, token: number): boolean {
  let at = token;
  for (let depth = 0; at > 0; at--) {
    const isPunct = kinds[at] === TokenKind.Punctuator;
    if (isPunct && (ids[at] === Punct.RightBracket || ids[at] === Punct.RightParen)) depth++;
    else if (isPunct && (ids[at] === Punct.LeftBracket || ids[at] === Punct.LeftParen) && depth-- === 0) break;
    else if (isPunct && depth === 0 && ids[at] !== Punct.Arrow && ids[at] !== Punct.Dot) break;
  }
  return kinds[at] === TokenKind.Punctuator && ids[at] === Punct.Ampersand;
}

/** Whether a name stands behind `->` or `.`. */
export function isBehindOperator({ kinds, ids }: TokenList, token: number): boolean {
  const before = ids[token - 1];
  return kinds[token - 1] === TokenKind.Punctuator && (before === Punct.Arrow || before === Punct.Dot);
}

/** Whether what is named at a token is called: `x->f(…)`, `(*x->f)(…)`. */
export function isCalled({ kinds, ids }: TokenList, token: number): boolean {
  const isPunct = (at: number, punct: Punct): boolean => kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  return (
    isPunct(token + 1, Punct.LeftParen) || (isPunct(token + 1, Punct.RightParen) && isPunct(token + 2, Punct.LeftParen))
  );
}

/** The token behind the last `;`, `{` or `}` before one. */
export function statementStart(tokens: TokenList, token: number): number {
  const ends = new Set<number>([Punct.Semicolon, Punct.LeftBrace, Punct.RightBrace]);
  let at = token;
  while (at > 0 && !(tokens.kinds[at - 1] === TokenKind.Punctuator && ends.has(tokens.ids[at - 1]))) at--;
  return at;
}

/** Whether a statement names the member that stands at a token once more behind it. */
export function isNamedBehind(tokens: TokenList, token: number): boolean {
  const end = statementEnd(tokens, token);
  for (let at = token + 1; at < end; at++)
    if (tokens.ids[at] === tokens.ids[token] && isBehindOperator(tokens, at)) return true;
  return false;
}

/** Whether a member is no more than moved from one record to another: `to->name = from->name;`, on either side. */
export function isMoved(tokens: TokenList, first: number, name: number): boolean {
  const { kinds, ids } = tokens;
  const isPunct = (at: number, punct: Punct): boolean => kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  if (isPunct(name + 1, Punct.Equal)) {
    const last = statementEnd(tokens, name) - 1;
    return last > name && ids[last] === ids[name] && isBehindOperator(tokens, last);
  }
  return isPunct(name + 1, Punct.Semicolon) && isPunct(first - 1, Punct.Equal) && ids[first - 2] === ids[name];
}

/** The token that ends a statement. */
export function statementEnd({ kinds, ids, count }: TokenList, token: number): number {
  let at = token;
  while (at < count && !(kinds[at] === TokenKind.Punctuator && ids[at] === Punct.Semicolon)) at++;
  return at;
}
