/** Readings of a unit with their items, as the file scope goes through them. */
import type { Dialect } from '../preprocessor/dialect';
import type { Item, ItemTable } from '../preprocessor/items';
import type { NameIndex } from '../preprocessor/nameindex';
import type { Reading } from '../preprocessor/reading';

/** Finds the item tables of readings; shared by all units, since most read most headers alike. */
export interface ItemTables {
  tableOf(reading: Reading): ItemTable;
  readonly names: NameIndex;
  readonly dialect: Dialect;
}

export interface Listed {
  readonly table: ItemTable;
  readonly reading: Reading;
}

/** An item of a reading that may declare a name. */
export interface Declaring extends Listed {
  readonly item: Item;
}
