/** What a macro call at file scope, or an enum that macros fill, may declare, as far as its expansion shows without being parsed. */
import type { Item } from '../preprocessor/items';
import { isPunct, type PToken } from '../preprocessor/ptoken';
import type { Reading } from '../preprocessor/reading';
import type { Unit } from '../preprocessor/unit';
import { TAG_WORDS } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';

/** Names in what a macro call at file scope expands to, by their ids. */
export interface MadeNames {
  readonly names: ReadonlySet<number>;
  /** Tags of records and enums that have a body in it. */
  readonly tags: ReadonlySet<number>;
}

const NOTHING_MADE: MadeNames = { names: new Set(), tags: new Set() };

/** @param tokens What a call, or else a declaration, expands to. */
export function madeNames(tokens: readonly PToken[], isCall: boolean): MadeNames {
  // What is no macro here stays as it is, and declares nothing.
  const open = !isCall ? -1 : tokens.findIndex((token) => isPunct(token, Punct.LeftParen));
  if (open > 0 && tokens[open].via === undefined && tokens[open - 1].via === undefined) return NOTHING_MADE;
  const names = new Set<number>();
  const tags = new Set<number>();
  for (let at = 0; at < tokens.length; at++) {
    const { kind, id } = tokens[at];
    if (kind !== TokenKind.Identifier) continue;
    names.add(id);
    const tag = TAG_WORDS.has(id) ? tagBehind(tokens, at + 1) : -1;
    if (tag >= 0) tags.add(tag);
  }
  return { names, tags };
}

/** The name between a keyword and a body, perhaps behind attributes; -1 where there is no such. */
function tagBehind(tokens: readonly PToken[], first: number): number {
  let tag = -1;
  for (let at = first, parens = 0; at < tokens.length; at++) {
    const { kind, id } = tokens[at];
    if (kind === TokenKind.Identifier) tag = parens > 0 ? tag : id;
    else if (kind !== TokenKind.Punctuator) continue;
    else if (id === Punct.LeftParen) parens++;
    else if (id === Punct.RightParen && parens > 0) parens--;
    else if (parens === 0) return id === Punct.LeftBrace ? tag : -1;
  }
  return -1;
}

/** Whether an item of a reading holds a macro's name, or a file inclusion. */
export function isFilledByMacros(unit: Unit, { file, children }: Reading, { first, end }: Item): boolean {
  const { kinds, ids } = file.tokens;
  for (let token = first; token < end; token++)
    if (kinds[token] === TokenKind.Identifier && unit.definitions(ids[token]).length > 0) return true;
  return children.some(({ at }) => at > first && at <= end);
}
