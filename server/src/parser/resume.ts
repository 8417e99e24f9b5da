/** Finds where reading can go on in text that has errors, by brackets and semicolons alone. */
import type { PToken } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import type { Brackets } from './brackets';

/** Index behind the statement that starts at a token, at most `end`. */
export function statementEnd(tokens: readonly PToken[], brackets: Brackets, at: number, end: number): number {
  const isDo = wordAt(tokens, at) === 'do';
  while (at < end) {
    const token = tokens[at];
    if (token.kind === TokenKind.Punctuator) {
      if (token.id === Punct.Semicolon && wordAt(tokens, at + 1) !== 'else') return at + 1;
      if (token.id === Punct.LeftBrace || token.id === Punct.LeftParen || token.id === Punct.LeftBracket) {
        const close = brackets.closeOf(at);
        // A parenthesis that nobody closed holds nothing together.
        if (token.id !== Punct.LeftBrace && !isClosing(tokens[close])) {
          at++;
          continue;
        }
        if (close >= end) return end;
        at = close + 1;
        if (token.id === Punct.LeftBrace && endsBlock(tokens, at, isDo)) return at;
        continue;
      }
      if (token.id === Punct.RightBrace) return at + 1;
    }
    at++;
  }
  return end;
}

/** Index behind the member of a record that starts at a token, at most `end`. */
export function memberEnd(tokens: readonly PToken[], brackets: Brackets, at: number, end: number): number {
  for (; at < end; at++) {
    const token = tokens[at];
    if (token.kind !== TokenKind.Punctuator) continue;
    if (token.id === Punct.Semicolon) return at + 1;
    if (token.id === Punct.LeftBrace || token.id === Punct.LeftParen || token.id === Punct.LeftBracket)
      at = brackets.closeOf(at);
  }
  return end;
}

function isClosing(token: PToken | undefined): boolean {
  return token?.kind === TokenKind.Punctuator && (token.id === Punct.RightParen || token.id === Punct.RightBracket);
}

/** Whether a statement ends behind the brace before a token: no else, no while of a do, nothing that a value goes on with. */
function endsBlock(tokens: readonly PToken[], at: number, isDo: boolean): boolean {
  const token = tokens[at];
  if (!token) return true;
  const word = wordAt(tokens, at);
  if (word !== undefined) return word !== 'else' && !(isDo && word === 'while');
  return token.kind !== TokenKind.Punctuator || !GOES_ON.has(token.id);
}

const GOES_ON: ReadonlySet<number> = new Set([Punct.Semicolon, Punct.Comma, Punct.Dot, Punct.RightParen, Punct.Equal]);

function wordAt(tokens: readonly PToken[], at: number): string | undefined {
  const token = tokens[at];
  return token?.kind === TokenKind.Identifier ? nameText(token.id) : undefined;
}
