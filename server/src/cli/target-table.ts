/** The table that `overlint layout --arch LIST` prints: a line for each member, a column for each target. */
import type { LayoutJson } from '../drawing/json';
import { type RecordName, spelled } from './record-names';

/** What one target answers to the names, in their order: the definitions of each. */
export interface TargetAnswer {
  readonly name: string;
  /** `arm64 defconfig`, or a file. */
  readonly configuration: string;
  readonly found: readonly (readonly LayoutJson[])[];
  /** Why it has no answer at all. */
  readonly problem?: string;
}

/** One column. */
interface Column {
  readonly target: string;
  readonly configuration: string;
  readonly layout?: LayoutJson;
  /** Why there is no layout. */
  readonly reason?: string;
}

/** What is behind a value that is another than the first column's. */
const MARK = '*';

/** Several where targets have several definitions: one for each file. */
export function tablesOf(name: RecordName, index: number, answers: readonly TargetAnswer[]): string {
  const definitions = answers.map(({ found }) => found[index] ?? []);
  const files = [...new Set(definitions.flat().map(({ file }) => file))];
  const isOne = definitions.every((found) => found.length <= 1);
  const tables = (isOne ? [undefined] : files).map((file) =>
    table(
      answers.map(({ name: target, configuration, problem }, at): Column => {
        const layout = definitions[at].find((one) => file === undefined || one.file === file);
        const reason = problem ?? `no file defines ${spelled(name)}`;
        return { target, configuration, ...(layout ? { layout } : { reason }) };
      }),
    ),
  );
  return tables.join('\n');
}

function table(columns: readonly Column[]): string {
  const layouts = columns.map(({ layout }) => layout);
  const first = layouts.find((layout) => layout !== undefined)!;
  const members = memberNames(layouts);
  const rows = members.map((member) => [
    member,
    ...marked(layouts.map((layout) => layout?.members.find(({ name }) => name === member)).map(placeOf)),
  ]);
  const sizes = [
    ['size', ...marked(layouts.map((layout) => number(layout, layout?.size)))],
    ['align', ...marked(layouts.map((layout) => number(layout, layout?.align)))],
  ];
  const title = [`${first.kind} ${first.name} `, ...columns.map(({ target }) => `${target} `)];
  return `${header(columns)}${lines([title, ...rows, ...sizes])}${notes(columns)}`;
}

/** What a cell shows, and what it is compared by. */
interface Cell {
  readonly text: string;
  readonly value: string;
}

/** A member's offset in bytes, of a bit-field with the bit behind a colon; its size counts where it is compared. */
function placeOf(member: LayoutJson['members'][number] | undefined): Cell {
  if (!member) return { text: '-', value: '-' };
  const { offsetBits, sizeBits, bitfield } = member;
  const bytes = Math.floor(offsetBits / 8);
  return { text: bitfield ? `${bytes}:${offsetBits % 8}` : `${bytes}`, value: `${offsetBits} ${sizeBits}` };
}

function number(layout: LayoutJson | undefined, value: number | null | undefined): Cell {
  const text = layout === undefined ? '-' : `${value ?? '?'}`;
  return { text, value: text };
}

function marked(cells: readonly Cell[]): string[] {
  return cells.map(({ text, value }) => `${text}${value === cells[0].value ? ' ' : MARK}`);
}

/** All members in the first target's order; those of others stand behind what they are declared after. */
function memberNames(layouts: readonly (LayoutJson | undefined)[]): string[] {
  const names: string[] = [];
  const known = new Set<string>();
  for (const layout of layouts) {
    let at = 0;
    for (const { name } of layout?.members ?? []) {
      if (known.has(name)) at = names.indexOf(name) + 1;
      else {
        names.splice(at++, 0, name);
        known.add(name);
      }
    }
  }
  return names;
}

function lines(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column] + 1))).join('');
  return rows.map((row) => `${line(row).trimEnd()}\n`).join('');
}

/** Where the record is defined, in one line or by target. */
function header(columns: readonly Column[]): string {
  const places = new Map<string, string[]>();
  for (const { target, layout } of columns) {
    if (!layout) continue;
    const place = `${layout.file}:${layout.line}`;
    places.set(place, [...(places.get(place) ?? []), target]);
  }
  const isOne = places.size === 1;
  return [...places].map(([place, targets]) => `/* ${place}${isOne ? '' : ` (${targets.join(', ')})`} */\n`).join('');
}

/** What stays unknown, and which configuration each column is for. */
function notes(columns: readonly Column[]): string {
  const unknown = columns.flatMap(({ target, layout, reason }) => {
    const why = reason ?? layout?.reason;
    return why === undefined ? [] : [`/* ${target}: unknown: ${why} */\n`];
  });
  const changed = columns.length > 1 ? `/* ${MARK} other offset or size than on ${columns[0].target} */\n` : '';
  return `${changed}${unknown.join('')}${configurations(columns)}`;
}

function configurations(columns: readonly Column[]): string {
  const known = columns.filter(({ configuration }) => configuration !== '');
  const last = (text: string): string => text.slice(text.lastIndexOf(' ') + 1);
  const names = new Set(known.map(({ configuration }) => last(configuration)));
  if (names.size === 1) return `/* each with its own ${[...names][0]} */\n`;
  return known.map(({ target, configuration }) => `/* ${target}: ${configuration} */\n`).join('');
}
