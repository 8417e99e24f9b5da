/** The text of an item as it is written, with and without the body. */
import type { Item, ItemTable } from './items';
import type { SourceFile } from './source';

const texts = new WeakMap<Item, string>();

/** The text of an item, from its first token to its last. The same string for all who ask, so that it is hashed once. */
export function itemText({ text, tokens }: SourceFile, item: Item): string {
  let known = texts.get(item);
  if (known === undefined) texts.set(item, (known = text.slice(tokens.starts[item.first], tokens.ends[item.end - 1])));
  return known;
}

/** The text of an item without its body, if it is a function. */
export function outside({ file }: ItemTable, item: Item): string {
  const { starts, ends } = file.tokens;
  const end = !item.isFunction || item.isCall ? ends[item.end - 1] : starts[item.body];
  return file.text.slice(starts[item.first], end);
}
