/**
 * Identifiers as small numbers: every spelling gets one number for the life of the process, so that the inner loops
 * compare and index integers in place of strings.
 */
const numbers = new Map<string, number>();
const spellings: string[] = [];

/** The number of a spelling; made on first use. */
export function nameId(spelling: string): number {
  let id = numbers.get(spelling);
  if (id === undefined) {
    id = spellings.length;
    // A slice of a source text would keep the whole text alive; a copy doesn't.
    const own = Buffer.from(spelling, 'latin1').toString('latin1');
    spellings.push(own);
    numbers.set(own, id);
  }
  return id;
}

/** The spelling of a number that `nameId` gave. */
export function nameText(id: number): string {
  return spellings[id];
}
