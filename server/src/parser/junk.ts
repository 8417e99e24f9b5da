/** What can stand at the start of a declaration, and which items of a file stand beside what can not. */
import type { Item, ItemTable } from '../preprocessor/items';
import { Punct, TokenKind } from '../text/tokens';

/** Beside words: `;` by itself, `[[…]]`, and what a declarator without a type starts with. */
const STARTS_DECLARATION: ReadonlySet<number> = new Set([
  Punct.Semicolon,
  Punct.LeftBracket,
  Punct.LeftParen,
  Punct.Star,
]);

/** Whether a declaration may start with a token. */
export function startsDeclaration(kind: TokenKind, id: number): boolean {
  return kind === TokenKind.Identifier || (kind === TokenKind.Punctuator && STARTS_DECLARATION.has(id));
}

/**
 * Items in front of and behind one that starts as no declaration does, with what that starts with: a bracket too many, a
 * number. Compilers refuse the whole file; what stands beside it may have been cut at the wrong place, too.
 */
export function besideJunk({ items, file }: ItemTable): ReadonlyMap<Item, string> {
  const beside = new Map<Item, string>();
  const { kinds, ids, starts, ends } = file.tokens;
  for (const [index, { first }] of items.entries()) {
    if (startsDeclaration(kinds[first], ids[first])) continue;
    const spelled = file.text.slice(starts[first], ends[first]);
    for (const item of [items[index - 1], items[index + 1]]) if (item) beside.set(item, spelled);
  }
  return beside;
}
