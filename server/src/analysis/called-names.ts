/** The names that a file declares as functions, as far as its tokens tell: headers and sources are compared by them. */
import type { Item, ItemTable } from '../preprocessor/items';
import { Punct, TokenKind } from '../text/tokens';

const calledBy = new WeakMap<ItemTable, ReadonlySet<number>>();

/** Name ids that stand before parentheses at the top of items, as those of functions that are declared do. */
export function calledIn(table: ItemTable, isWanted: (item: Item) => boolean): ReadonlySet<number> {
  const known = calledBy.get(table);
  if (known) return known;
  const { kinds, ids } = table.file.tokens;
  const found = new Set<number>();
  for (const item of table.items) {
    if (item.isCall || !isWanted(item)) continue;
    let depth = 0;
    for (let at = item.first; at < (item.body < 0 ? item.end : item.body); at++) {
      if (kinds[at] !== TokenKind.Punctuator) continue;
      if (ids[at] === Punct.LeftBrace) break;
      if (ids[at] === Punct.RightParen) depth--;
      if (ids[at] === Punct.LeftParen && depth++ === 0 && kinds[at - 1] === TokenKind.Identifier)
        found.add(ids[at - 1]);
    }
  }
  calledBy.set(table, found);
  return found;
}
