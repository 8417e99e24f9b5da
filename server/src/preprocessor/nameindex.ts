/** Which item tables may declare a name: one index for all units of a tree, so that a lookup does not ask every header. */
import { nameText } from '../text/names';
import { TokenKind } from '../text/tokens';
import type { Item, ItemTable } from './items';
import { Chains } from './name-table';

/** A macro call at file scope, or an enum that macros fill: it may declare names that stand nowhere in the text. */
export interface CallSite {
  readonly table: ItemTable;
  readonly item: Item;
}

/** A call's first tokens are looked through for the names in its arguments. */
const LOOKED_THROUGH = 40;

export class NameIndex {
  private readonly ordinary = new Chains<ItemTable>();
  private readonly tags = new Chains<ItemTable>();
  private readonly calls = new Map<string, CallSite[]>();
  /** Calls without a name in their arguments: they may declare anything. */
  private readonly wordless: CallSite[] = [];
  /** Enums that macros fill: they may declare any enumerator. */
  readonly filled: CallSite[] = [];

  add(table: ItemTable): void {
    for (const id of table.ordinary.ids) this.ordinary.add(id, table);
    for (const id of table.tags.ids) this.tags.add(id, table);
    for (const item of table.items) {
      if (item.isFilled) this.filled.push({ table, item });
      if (!item.isCall) continue;
      const words = callWords(table, item);
      if (words.length === 0) this.wordless.push({ table, item });
      for (const word of words) push(this.calls, word, { table, item });
    }
  }

  remove(table: ItemTable): void {
    for (const id of table.ordinary.ids) this.ordinary.remove(id, table);
    for (const id of table.tags.ids) this.tags.remove(id, table);
    for (const item of table.items) {
      if (!item.isCall) continue;
      for (const word of callWords(table, item)) drop(this.calls.get(word), (other) => other.table === table);
    }
    drop(this.wordless, (other) => other.table === table);
    drop(this.filled, (other) => other.table === table);
  }

  /** Tables in which an ordinary name may be declared. */
  ordinaryTables(id: number): readonly ItemTable[] {
    return this.ordinary.of(id);
  }

  /** Tables in which a tag may be defined. */
  tagTables(id: number): readonly ItemTable[] {
    return this.tags.of(id);
  }

  /** Calls whose expansion may paste a name together: one of their arguments is a part of it. */
  *callsFor(name: string): Iterable<CallSite> {
    for (let start = 0; start < name.length - 1; start++) {
      for (let end = start + 2; end <= name.length; end++) {
        const found = this.calls.get(name.slice(start, end));
        if (found) yield* found;
      }
    }
    yield* this.wordless;
  }
}

function callWords(table: ItemTable, item: Item): string[] {
  const { kinds, ids } = table.file.tokens;
  const words = new Set<string>();
  for (let token = item.first + 1; token < Math.min(item.end, item.first + LOOKED_THROUGH); token++) {
    if (kinds[token] !== TokenKind.Identifier) continue;
    const word = nameText(ids[token]);
    if (word.length > 1) words.add(word);
  }
  return [...words];
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function drop<Value>(list: Value[] | undefined, isGone: (value: Value) => boolean): void {
  if (!list) return;
  for (let index = list.length - 1; index >= 0; index--) if (isGone(list[index])) list.splice(index, 1);
}
