/** Finds the name that was probably meant. */

/** The nearest of some names, where it is near enough to be a slip of the fingers; of several that with most letters in common. */
export function nearest(given: string, names: Iterable<string>): string | undefined {
  const wanted = given.toLowerCase();
  let best: string | undefined;
  let least = Math.max(2, Math.floor(given.length / 3)) + 1;
  for (const name of names) {
    // Each letter more or less is one step at least.
    if (Math.abs(name.length - given.length) > least) continue;
    const distance = editDistance(wanted, name.toLowerCase());
    const isNearer = distance < least;
    if (isNearer || (best !== undefined && distance === least && sharesMore(wanted, name, best))) {
      least = distance;
      best = name;
    }
  }
  return best;
}

function sharesMore(given: string, name: string, other: string): boolean {
  return sharedLetters(given, name.toLowerCase()) > sharedLetters(given, other.toLowerCase());
}

/** Letters to add, remove or change between two words (Levenshtein). */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length];
}

/** Letters that two words have in common, in the same order. */
function sharedLetters(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (let i = 1; i <= a.length; i++) {
    const next = [0];
    for (let j = 1; j <= b.length; j++)
      next.push(a[i - 1] === b[j - 1] ? row[j - 1] + 1 : Math.max(row[j], next[j - 1]));
    row = next;
  }
  return row[b.length];
}
