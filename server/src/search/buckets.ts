/**
 * Puts the bytes that stand for words into few buckets, so that the first step of the search (word-search.wat) lets as few
 * places through as can be: for each of the bytes a bucket knows only which lower and which upper four bits may stand there.
 */
import { byteRarity } from './rarity';

/** In a print, for a place where any byte may stand: behind a word that is shorter than the print. */
export const ANY = -1;

/** The bits that may stand at one place: a bit for each value of four. */
interface Nibbles {
  readonly low: number;
  readonly high: number;
}

interface Bucket {
  readonly members: readonly number[];
  readonly places: readonly Nibbles[];
  /** The part of all places in a text that it lets through, as far as bytes don't hang on each other. */
  readonly part: number;
}

/**
 * @param prints Some bytes for each word, equally many; ANY (-1) where any byte may stand.
 * @param count How many buckets there are.
 * @returns For each bucket the indices of its prints. Those that let most through choose first, and each takes the bucket
 *   that it opens least.
 */
export function bucketsOf(prints: readonly (readonly number[])[], count: number): readonly (readonly number[])[] {
  const alone = prints.map((bytes, index): Bucket => bucket([index], bytes.map(nibblesOf)));
  const order = [...alone].sort((a, b) => b.part - a.part || a.members[0] - b.members[0]);
  const buckets: Bucket[] = order.slice(0, count);
  for (const one of order.slice(count)) {
    let best = 0;
    let joined: Bucket | undefined;
    for (const [index, other] of buckets.entries()) {
      const both = bucket(
        [...other.members, ...one.members],
        one.places.map(({ low, high }, at) => ({
          low: low | other.places[at].low,
          high: high | other.places[at].high,
        })),
      );
      if (joined && both.part - other.part >= joined.part - buckets[best].part) continue;
      best = index;
      joined = both;
    }
    buckets[best] = joined!;
  }
  return buckets.map(({ members }) => members);
}

/** The bits of a byte, as the tables of a bucket hold them. */
export function nibblesOf(byte: number): Nibbles {
  return byte === ANY ? { low: 0xffff, high: 0xffff } : { low: 1 << (byte & 15), high: 1 << (byte >> 4) };
}

function bucket(members: readonly number[], places: readonly Nibbles[]): Bucket {
  return { members, places, part: places.reduce((product, place) => product * partOf(place), 1) };
}

/** The part of all bytes that have such bits. */
function partOf({ low, high }: Nibbles): number {
  let sum = 0;
  for (let upper = 0; upper < 16; upper++) {
    if (((high >> upper) & 1) === 0) continue;
    for (let lower = 0; lower < 16; lower++) if ((low >> lower) & 1) sum += PARTS[16 * upper + lower];
  }
  return sum;
}

const PARTS = Float64Array.from({ length: 256 }, (_none, byte) => 2 ** -byteRarity(byte));
