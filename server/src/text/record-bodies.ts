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
        open.push(isRecord && !isBehindParameters(tokens, at));
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

/** Whether the parenthesis before a brace holds parameters, not the arguments of an attribute (`__aligned(8)`). */
function isBehindParameters({ kinds, ids }: TokenList, brace: number): boolean {
  const isPunct = (at: number, punct: Punct): boolean => kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  if (!isPunct(brace - 1, Punct.RightParen)) return false;
  let depth = 0;
  for (let at = brace - 1; at >= 0; at--) {
    if (isPunct(at, Punct.RightParen)) depth++;
    else if (isPunct(at, Punct.LeftParen) && --depth === 0)
      return at > 0 && kinds[at - 1] === TokenKind.Identifier && !nameText(ids[at - 1]).startsWith('__');
  }
  return false;
}
