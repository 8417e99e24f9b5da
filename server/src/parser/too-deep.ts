/** How deep items may be parsed for each other's sake. */
import type { Item } from '../preprocessor/items';
import type { Reading } from '../preprocessor/reading';

/**
 * Items that are parsed for each other's sake at one time, at most. The stack of a thread, and how much of it a call takes
 * before it is compiled, must not decide what a header says: the main thread's has 984 kB, and 300 kB do for 6.12.
 */
export const DEEPEST = 32;

/** Thrown where an item would be parsed too deep inside others; caught where the outermost is, which goes on from there. */
export class TooDeep extends Error {
  constructor(
    readonly reading: Reading,
    readonly item: Item,
  ) {
    super('items that need each other are nested too deeply');
  }
}
