/** Where a statement ends by its grammar (C11 6.8), for the body of a switch that has no braces. */
import { isPunct, type PToken } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import { ATTRIBUTE } from '../types/specifiers';
import type { Brackets } from './brackets';

/** Index behind the statement that starts at a token, at most `end`. */
export function statementBehind(brackets: Brackets, from: number, end: number): number {
  const { tokens } = brackets;
  const closeOf = (at: number): number => brackets.closeOf(at);
  const word = (at: number): string | undefined =>
    tokens[at]?.kind === TokenKind.Identifier ? nameText(tokens[at].id) : undefined;
  const behindParens = (at: number): number => (isPunct(tokens[at], Punct.LeftParen) ? closeOf(at) + 1 : at);
  /** Behind the next one of some punctuators that stands in no brackets. */
  const behind = (at: number, wanted: Punct): number => {
    for (let conditionals = 0; at < end; at++) {
      if (isOpening(tokens[at])) at = closeOf(at);
      else if (wanted === Punct.Colon && isPunct(tokens[at], Punct.Question)) conditionals++;
      else if (isPunct(tokens[at], wanted) && conditionals-- <= 0) return at + 1;
    }
    return end;
  };
  /** Statements that go on behind the one that is read, the outermost first: a stack of our own, as deep as the text. */
  const open: ('if' | 'do')[] = [];
  let at = from;
  while (at < end) {
    const here = word(at);
    if (here !== undefined && ATTRIBUTE.has(here)) at = behindParens(at + 1);
    else if (here === 'case' || here === 'default') at = behind(at + 1, Punct.Colon);
    else if (here === 'while' || here === 'for' || here === 'switch') at = behindParens(at + 1);
    else if (here === 'if' || here === 'do') {
      open.push(here);
      at = here === 'if' ? behindParens(at + 1) : at + 1;
    } else if (here !== undefined && isPunct(tokens[at + 1], Punct.Colon)) at += 2;
    else {
      at = isPunct(tokens[at], Punct.LeftBrace) ? Math.min(closeOf(at) + 1, end) : behind(at, Punct.Semicolon);
      let isElse = false;
      while (!isElse && open.length > 0) {
        if (open.pop() === 'do') at = behind(at, Punct.Semicolon);
        else isElse = word(at) === 'else';
      }
      if (!isElse) return at;
      at++;
    }
  }
  return end;
}

function isOpening(token: PToken): boolean {
  return isPunct(token, Punct.LeftParen) || isPunct(token, Punct.LeftBracket) || isPunct(token, Punct.LeftBrace);
}
