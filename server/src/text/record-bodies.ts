/** Where records may be defined, told by tokens alone: cheap enough to ask before anything is parsed. */
import { nameId, nameText } from './names';
import type { Span } from './text';
import { Punct, TokenKind, type TokenList } from './tokens';

const RECORD_WORDS = new Set(['struct', 'union'].map(nameId));

/** The outermost braces that may hold a record's members, in order. More may be given than are, and never fewer. */
export function recordBodies(tokens: TokenList): Span[] {
  const { count, kinds, ids, starts, ends } = tokens;
  const found: Span[] = [];
  /** For each brace that is open, whether it may be a record's. */
  const open: boolean[] = [];
  let opened = 0;
  let isRecord = false;
  for (let at = 0; at < count; at++) {
    if (kinds[at] === TokenKind.Identifier) isRecord ||= RECORD_WORDS.has(ids[at]);
    if (kinds[at] !== TokenKind.Punctuator) continue;
    switch (ids[at]) {
      case Punct.LeftBrace:
        open.push(isRecord && !isPunct(tokens, at - 1, Punct.Equal) && !isBehindParameters(tokens, at));
        if (open.at(-1) && !open.slice(0, -1).includes(true)) opened = starts[at];
        isRecord = false;
        break;
      case Punct.RightBrace:
        if (open.pop() && !open.includes(true)) found.push({ start: opened, end: ends[at] });
        isRecord = false;
        break;
      case Punct.Semicolon:
        isRecord = false;
        break;
    }
  }
  // What is not closed may be anything.
  if (open.includes(true)) found.push({ start: opened, end: tokens.text.length });
  return found;
}

/**
 * Whether a brace is a function's: a parenthesis with parameters stands before it, and no record's word before that. What
 * else takes parentheses there is an attribute (`__aligned(8)`, `__must_hold(lock)`), or a function whose name begins so.
 */
function isBehindParameters(tokens: TokenList, brace: number): boolean {
  const { kinds, ids } = tokens;
  let at = brace - 1;
  for (; at >= 0; at--) {
    if (kinds[at] === TokenKind.Identifier && RECORD_WORDS.has(ids[at])) return false;
    if (isPunct(tokens, at, Punct.RightParen)) {
      at = openingOf(tokens, at) - 1;
      if (at < 0 || kinds[at] !== TokenKind.Identifier) return false;
      if (!nameText(ids[at]).startsWith('__')) return true;
    } else if (kinds[at] !== TokenKind.Identifier) break;
  }
  // Between a record's word and its brace none of these can stand.
  const isEnd = [Punct.Star, Punct.Semicolon, Punct.RightBrace].some((punct) => isPunct(tokens, at, punct));
  return isPunct(tokens, brace - 1, Punct.RightParen) && (at < 0 || isEnd);
}

/** The parenthesis that a closing one belongs to; -1 where there is none. */
function openingOf(tokens: TokenList, closing: number): number {
  let depth = 0;
  for (let at = closing; at >= 0; at--) {
    if (isPunct(tokens, at, Punct.RightParen)) depth++;
    else if (isPunct(tokens, at, Punct.LeftParen) && --depth === 0) return at;
  }
  return -1;
}

function isPunct({ kinds, ids }: TokenList, at: number, punct: Punct): boolean {
  return kinds[at] === TokenKind.Punctuator && ids[at] === punct;
}
