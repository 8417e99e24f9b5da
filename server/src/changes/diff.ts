/** Prints the change of a file as a unified diff that `patch -p1` and `git apply` take. All text is byte strings. */

const CONTEXT_LINES = 3;

/** Past so many changed lines the search for a shortest script ends, and all between the first and last is replaced. */
const MOST_CHANGED_LINES = 2000;

/** Lines `[start, end)` of the old text (from 0) that are replaced by lines `[newStart, newEnd)` of the new one. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * The diff of one file; empty where nothing changed.
 *
 * @param name Path relative to the kernel folder, as a byte string.
 */
export function unifiedDiff(name: string, before: string, after: string): string {
  if (before === after) return '';
  const old = linesOf(before);
  const now = linesOf(after);
  const printed = [`--- ${quoted(`a/${name}`)}\n`, `+++ ${quoted(`b/${name}`)}\n`];
  for (const hunk of hunksOf(changesOf(old, now), old.length)) printHunk(hunk, old, now, printed);
  return printed.join('');
}

/** Lines with their line ends; the last may have none. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Changes near enough for their context to meet stand in one hunk. */
function hunksOf(changes: readonly Change[], lines: number): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const last = hunks.at(-1);
    const from = Math.max(0, change.start - CONTEXT_LINES);
    if (last && from <= Math.min(lines, last.at(-1)!.end + CONTEXT_LINES)) last.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function printHunk(hunk: readonly Change[], old: readonly string[], now: readonly string[], printed: string[]): void {
  const first = hunk[0];
  const last = hunk.at(-1)!;
  const start = Math.max(0, first.start - CONTEXT_LINES);
  const end = Math.min(old.length, last.end + CONTEXT_LINES);
  const newStart = first.newStart - (first.start - start);
  const newEnd = last.newEnd + (end - last.end);
  printed.push(`@@ -${range(start, end)} +${range(newStart, newEnd)} @@\n`);
  const print = (mark: string, lines: readonly string[]): void => {
    for (const line of lines) printed.push(mark, line, line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n');
  };
  let at = start;
  for (const change of hunk) {
    print(' ', old.slice(at, change.start));
    print('-', old.slice(change.start, change.end));
    print('+', now.slice(change.newStart, change.newEnd));
    at = change.end;
  }
  print(' ', old.slice(at, end));
}

/** `start,count` with lines from 1; an empty range names the line before it, and a count of 1 is left out. */
function range(start: number, end: number): string {
  const count = end - start;
  if (count === 1) return `${start + 1}`;
  return `${count === 0 ? start : start + 1},${count}`;
}

/** The changed line ranges: a shortest script (Myers 1986) of what is left once the common start and end are taken off. */
function changesOf(old: readonly string[], now: readonly string[]): Change[] {
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = old.length;
  let newEnd = now.length;
  while (end > start && newEnd > start && old[end - 1] === now[newEnd - 1]) {
    end--;
    newEnd--;
  }
  const kept = commonLines(old.slice(start, end), now.slice(start, newEnd));
  const changes: Change[] = [];
  let at = start;
  let newAt = start;
  for (const [x, y] of [...kept, [end - start, newEnd - start]]) {
    if (start + x > at || start + y > newAt)
      changes.push({ start: at, end: start + x, newStart: newAt, newEnd: start + y });
    at = start + x + 1;
    newAt = start + y + 1;
  }
  return changes;
}

/** Pairs of indices of the lines that both texts keep, in order: Myers's greedy algorithm, its path walked back. */
function commonLines(old: readonly string[], now: readonly string[]): [number, number][] {
  const furthest = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  for (let cost = 0; cost <= MOST_CHANGED_LINES; cost++) {
    history.push(new Map(furthest));
    for (let diagonal = -cost; diagonal <= cost; diagonal += 2) {
      let x = stepsDown(furthest, diagonal, cost) ? furthest.get(diagonal + 1)! : furthest.get(diagonal - 1)! + 1;
      let y = x - diagonal;
      while (x < old.length && y < now.length && old[x] === now[y]) {
        x++;
        y++;
      }
      furthest.set(diagonal, x);
      if (x >= old.length && y >= now.length) return walkBack(history, old.length, now.length);
    }
  }
  return [];
}

/** Whether the best way onto a diagonal is a line added (down) and not a line taken away. */
function stepsDown(furthest: ReadonlyMap<number, number>, diagonal: number, cost: number): boolean {
  if (diagonal === -cost) return true;
  return diagonal !== cost && furthest.get(diagonal - 1)! < furthest.get(diagonal + 1)!;
}

function walkBack(history: readonly ReadonlyMap<number, number>[], width: number, height: number): [number, number][] {
  const kept: [number, number][] = [];
  let x = width;
  let y = height;
  for (let cost = history.length - 1; cost >= 0; cost--) {
    const furthest = history[cost];
    const diagonal = x - y;
    const previous = stepsDown(furthest, diagonal, cost) ? diagonal + 1 : diagonal - 1;
    const fromX = cost === 0 ? 0 : furthest.get(previous)!;
    const fromY = cost === 0 ? 0 : fromX - previous;
    while (x > fromX && y > fromY) {
      x--;
      y--;
      kept.push([x, y]);
    }
    x = fromX;
    y = fromY;
  }
  return kept.reverse();
}

/** Names with characters that would break a header line are quoted as git does it; a tab ends one with spaces. */
function quoted(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what has to be quoted.
  if (!/[\x00-\x1f"\\\x7f-\xff]/.test(name)) return name.includes(' ') ? `${name}\t` : name;
  const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '"': '\\"', '\\': '\\\\' };
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
  const inner = name.replace(/[\x00-\x1f"\\\x7f-\xff]/g, (character) => {
    return escapes[character] ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  });
  return `"${inner}"`;
}
