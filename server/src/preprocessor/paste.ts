/** The operators of a macro's body on tokens: `#`, `##` and the parentheses of `__VA_OPT__` (C11 6.10.3.2, 6.10.3.3). */
import { lex } from '../text/lexer';
import { nameId } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import { isPunct, madeToken, type PToken, spelling } from './ptoken';

const LINE = nameId('__LINE__');
const VA_OPT = nameId('__VA_OPT__');

export function isOptional(body: readonly PToken[], index: number): boolean {
  const token = body[index];
  return token?.kind === TokenKind.Identifier && token.id === VA_OPT && isPunct(body[index + 1], Punct.LeftParen);
}

/** Stands for an operand of `##` that is empty. */
export function emptyOperand(like: PToken): PToken {
  return { ...like, kind: TokenKind.Other, id: -1, made: '' };
}

export function matchingParen(tokens: readonly PToken[], open: number): number {
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    if (isPunct(tokens[index], Punct.LeftParen)) depth++;
    else if (isPunct(tokens[index], Punct.RightParen) && --depth === 0) return index;
  }
  return tokens.length;
}

/** `#`: C11 6.10.3.2. */
export function stringize(hash: PToken, tokens: readonly PToken[]): PToken {
  let text = '';
  for (const token of tokens) {
    if (token.space && text) text += ' ';
    const own = spelling(token);
    text += token.kind === TokenKind.String || token.kind === TokenKind.Character ? own.replace(/["\\]/g, '\\$&') : own;
  }
  // A last backslash that escapes nothing would take the quote with it: compilers leave it out.
  const backslashes = /\\*$/.exec(text)![0].length;
  return madeToken(hash, TokenKind.String, `"${backslashes % 2 === 1 ? text.slice(0, -1) : text}"`);
}

/** `##`: one token where the two spellings make one, else both as they are. */
export function pasteTokens(left: PToken, right: PToken): PToken[] {
  const text = spelling(left) + spelling(right);
  if (text === '') return [];
  const like = left.made === '' ? right : left;
  // Nearly all pastes make names; the lexer is for the rest.
  if (/^[A-Za-z_]\w*$/.test(text)) return [{ ...madeToken(like, TokenKind.Identifier, text), space: left.space }];
  const tokens = lex(text);
  if (tokens.count !== 1) return [left, right].filter((token) => token.made !== '');
  const kind = tokens.kinds[0];
  return [{ ...like, kind, id: tokens.ids[0], made: text, painted: false, space: left.space }];
}

/**
 * An argument as an operand of `##`. A `__LINE__` in it is expanded where the body is read again, and gives the line of the
 * macro's use; elsewhere it was expanded in its own place.
 */
export function unexpanded(given: readonly PToken[], parameter: PToken): readonly PToken[] {
  if (!given.some(({ id }) => id === LINE)) return given;
  return given.map((token) => (token.id === LINE && !token.via ? { ...token, via: parameter.via } : token));
}

export function pushAll(out: PToken[], tokens: readonly PToken[], space?: boolean): void {
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index];
    out.push(index === 0 && space !== undefined ? spaced(token, space) : token);
  }
}

export function spaced(token: PToken, space: boolean): PToken {
  return token.space === space ? token : { ...token, space };
}
