/** Items that were parsed whole, the latest of them: several analyses of one file enter the same functions. */
import type { Item } from '../preprocessor/items';
import type { Reading } from '../preprocessor/reading';
import type { ParsedItem } from './parser';

/** So many tokens are kept, and always the last item. */
const MOST_TOKENS = 400_000;

export class ParsedBodies {
  private readonly known = new Map<Item, { readonly reading: Reading; readonly parsed: ParsedItem }>();
  private tokens = 0;

  /** An item as it was parsed in a reading of its file, or as `parse` does. */
  of(reading: Reading, item: Item, parse: () => ParsedItem): ParsedItem {
    const known = this.known.get(item);
    const parsed = known?.reading === reading ? known.parsed : parse();
    this.drop(item);
    this.known.set(item, { reading, parsed });
    this.tokens += parsed.tokens.length;
    for (const oldest of this.known.keys()) {
      if (this.tokens <= MOST_TOKENS || oldest === item) break;
      this.drop(oldest);
    }
    return parsed;
  }

  private drop(item: Item): void {
    this.tokens -= this.known.get(item)?.parsed.tokens.length ?? 0;
    this.known.delete(item);
  }
}
