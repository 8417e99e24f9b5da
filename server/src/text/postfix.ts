/** Finds, token by token, where the postfix expression in front of a `.` or `->` starts (C11 6.5.2). */
import { nameId } from './names';
import { Punct, TokenKind, type TokenList, tokenAt } from './tokens';

/** Words before a parenthesis that don't make it a call. */
const NO_CALLEES = new Set(
  ['return', 'if', 'while', 'for', 'switch', 'sizeof', 'case', 'else', 'do', 'goto'].map(nameId),
);

/**
 * Index of the first token of the expression that the operator at `operator` is applied to; -1 where the tokens before
 * it make no postfix expression. `isCall` says that the expression is known to be a call, so that `(f)(x)` is taken whole.
 */
export function postfixStart(tokens: TokenList, operator: number, isCall: boolean): number {
  const { kinds, ids } = tokens;
  const isPunct = (index: number, punct: Punct): boolean =>
    index >= 0 && kinds[index] === TokenKind.Punctuator && ids[index] === punct;
  let at = operator - 1;
  for (;;) {
    while (isPunct(at, Punct.RightBracket)) at = matching(tokens, at, Punct.LeftBracket, Punct.RightBracket) - 1;
    if (isPunct(at, Punct.RightParen)) {
      const open = matching(tokens, at, Punct.LeftParen, Punct.RightParen);
      if (open < 0) return -1;
      const before = open - 1;
      if (before >= 0 && kinds[before] === TokenKind.Identifier && !NO_CALLEES.has(ids[before])) at = before;
      else if (isCall && (isPunct(before, Punct.RightParen) || isPunct(before, Punct.RightBracket))) {
        at = before;
        continue;
      } else return open;
    }
    if (at < 0 || kinds[at] !== TokenKind.Identifier) return -1;
    if (!isPunct(at - 1, Punct.Dot) && !isPunct(at - 1, Punct.Arrow)) return at;
    at -= 2;
  }
}

/** Index of the token that opens what `close` closes, or -1. */
function matching(tokens: TokenList, close: number, opening: Punct, closing: Punct): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (tokens.kinds[at] !== TokenKind.Punctuator) continue;
    if (tokens.ids[at] === closing) depth++;
    else if (tokens.ids[at] === opening && --depth === 0) return at;
  }
  return -1;
}

/** Whether the tokens [first, end) are one parenthesized expression without a comma at its top. */
export function isParenthesized(tokens: TokenList, first: number, end: number): boolean {
  const { kinds, ids } = tokens;
  let depth = 0;
  for (let at = first; at < end; at++) {
    if (kinds[at] !== TokenKind.Punctuator) continue;
    if (ids[at] === Punct.LeftParen) depth++;
    else if (ids[at] === Punct.RightParen) depth--;
    else if (ids[at] === Punct.Comma && depth === 1) return false;
    if (depth === 0 && at < end - 1) return false;
  }
  return kinds[first] === TokenKind.Punctuator && ids[first] === Punct.LeftParen;
}

/** Offset past the call that a name at an offset makes: past its `)` where a `(` follows, else past the name. */
export function callEnd(tokens: TokenList, start: number): number {
  const name = tokenAt(tokens, start);
  const isPunct = (index: number, punct: Punct): boolean =>
    tokens.kinds[index] === TokenKind.Punctuator && tokens.ids[index] === punct;
  if (!isPunct(name + 1, Punct.LeftParen)) return tokens.ends[name];
  let depth = 0;
  for (let at = name + 1; at < tokens.count; at++) {
    if (isPunct(at, Punct.LeftParen)) depth++;
    else if (isPunct(at, Punct.RightParen) && --depth === 0) return tokens.ends[at];
  }
  return tokens.ends[name];
}
