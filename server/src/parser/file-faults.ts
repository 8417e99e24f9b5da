/** What compilers refuse a file for that its tokens alone tell, and what is doubtful by it. */
import type { Item, ItemTable } from '../preprocessor/items';
import type { Reading } from '../preprocessor/reading';
import { besideJunk } from './junk';
import { tagsOfSeveralKinds } from './tag-kinds';

interface FileFaults {
  /** Name ids of tags that are mentioned as things of several kinds. */
  readonly mixedTags: ReadonlySet<number>;
  /** Items beside what can not stand there, which is said of each. */
  readonly besideJunk: ReadonlyMap<Item, string>;
}

const known = new WeakMap<ItemTable, FileFaults | 'none'>();

/** The faults of a reading; undefined where there are none, as almost always. Kept by its table, which many units share. */
export function faultsOf(table: ItemTable, reading: Reading): FileFaults | undefined {
  let faults = known.get(table);
  if (faults === undefined) {
    const found = { mixedTags: tagsOfSeveralKinds(reading, table.items), besideJunk: besideJunk(table) };
    faults = found.mixedTags.size + found.besideJunk.size > 0 ? found : 'none';
    known.set(table, faults);
  }
  return faults === 'none' ? undefined : faults;
}
