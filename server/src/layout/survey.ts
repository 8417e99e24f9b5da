/**
 * Lays out every record of many headers at once. All headers are read into one unit, so that each is read once; a
 * header that took a name or a macro from a file that it does not include itself is then read again on its own.
 */
import type { PreprocessedTree } from '../preprocessor/tree';
import type { Unit } from '../preprocessor/unit';
import { UnitGlobals } from '../types/globals';
import { type CType, type RecordDeclaration, strip } from '../types/model';
import { Closures } from './closures';
import { type Declarers, recordsBehindDeclarers } from './missing';
import { layoutOracle } from './oracle';
import { layoutRecord, type RecordLayout } from './record';
import type { Target } from './target';

/** The name of the file that includes all headers. */
const SURVEY = '<survey>.c';

/** A record of the survey: where it is defined and how it lies. */
export interface Surveyed {
  readonly record: RecordDeclaration;
  /** Path of the file that defines it. */
  readonly path: string;
  readonly layout: RecordLayout;
}

/** A unit with its file scope, ready to be asked for records. */
export interface Context {
  readonly unit: Unit;
  readonly globals: UnitGlobals;
}

/** Reads a file as a compiler would: as a source if it is one, else included by an empty one. */
export function contextOf(tree: PreprocessedTree, target: Target, path: string): Context {
  const text = path.endsWith('.c') ? tree.textOf(path) : undefined;
  return contextOfText(
    tree,
    target,
    text === undefined ? `${path}.c` : path,
    text ?? `${tree.assumedText()}#include "${path}"\n`,
  );
}

export function contextOfText(tree: PreprocessedTree, target: Target, path: string, text: string): Context {
  const unit = tree.unit(path, text);
  return { unit, globals: new UnitGlobals(unit, tree, layoutOracle(target)) };
}

/**
 * Every record that is defined under a tag in these headers (absolute paths), each as its own header sees it, in what
 * `keep` makes of it: units are large, so that nothing of them should be kept. Where two headers define one tag, both
 * are there. `part` of `parts` does a share of the work, for several workers.
 */
export function survey<Kept>(
  tree: PreprocessedTree,
  target: Target,
  headers: readonly string[],
  keep: (surveyed: Surveyed) => Kept,
  part = 0,
  parts = 1,
): Kept[] {
  const isMine = (path: string): boolean => share(path, parts) === part;
  const together = surveyTogether(tree, target, headers, isMine, keep);
  // What leans only on what happened to be read before it stands on its own in smaller company.
  const loners = [...together.again].filter(([, includers]) => includers.length === 0).map(([path]) => path);
  const apart = surveyTogether(tree, target, loners, () => true, keep);
  for (const path of loners) if (!apart.again.has(path)) together.again.delete(path);
  const general = new Set(headers);
  const declarers: Declarers = ({ name, isTag }) => tree.declarers(name, isTag).filter((path) => general.has(path));
  return [...together.kept, ...apart.kept, ...surveyAgain(tree, target, together.again, declarers, keep)];
}

/** What reading all headers at once gives: the records of those that stand alone, and of all others their includers. */
function surveyTogether<Kept>(
  tree: PreprocessedTree,
  target: Target,
  headers: readonly string[],
  isMine: (path: string) => boolean,
  keep: (surveyed: Surveyed) => Kept,
): { kept: Kept[]; again: Map<string, string[]> } {
  const text = tree.assumedText() + headers.map((path) => `#include "${path}"\n`).join('');
  const { unit, globals } = contextOfText(tree, target, SURVEY, text);
  const wanted = new Set(headers);
  const closures = new Closures(unit, tree.assumed());
  parseRecords(globals, isMine);
  const found = new Map<string, Kept[]>();
  const again = new Set<string>();
  for (const record of globals.defined) {
    const path = record.place?.path;
    if (path === undefined || !wanted.has(path) || !isMine(path) || again.has(path)) continue;
    const layout = layoutIn(record, path, target, closures);
    if (layout.status === 'unknown' || !standsAlone(record, path, globals, closures, new Set())) {
      again.add(path);
      found.delete(path);
      continue;
    }
    const kept = keep({ record, path, layout });
    const known = found.get(path);
    if (known) known.push(kept);
    else found.set(path, [kept]);
  }
  // A header that no other one let in (a guard shared with another, a condition) has shown nothing yet.
  const read = new Set(unit.readings.map((reading) => reading.file.path));
  for (const path of headers) if (!read.has(path) && isMine(path)) again.add(path);
  return {
    kept: [...found.values()].flat(),
    again: new Map([...again].map((path) => [path, closures.includers(path)])),
  };
}

/** A header that leans on what was included before it is read behind so many of the files that include it, at most. */
const MOST_INCLUDERS = 4;

/**
 * The records of headers that lean on others: each is read behind a file that includes it, as the kernel reads it, and
 * last on its own. One such file serves all headers that it includes.
 */
function surveyAgain<Kept>(
  tree: PreprocessedTree,
  target: Target,
  includers: ReadonlyMap<string, readonly string[]>,
  declarers: Declarers,
  keep: (surveyed: Surveyed) => Kept,
): Kept[] {
  const uses = new Map<string, number>();
  for (const list of includers.values()) for (const from of list) uses.set(from, (uses.get(from) ?? 0) + 1);
  const open = new Map([...includers.keys()].map((path) => [path, new Map<string, { exact: boolean; kept: Kept }>()]));
  const take = (surveyed: Surveyed): void => {
    const found = open.get(surveyed.path) as Map<string, { exact: boolean; kept: Kept }>;
    const key = `${surveyed.record.kind} ${surveyed.record.tag}`;
    const exact = surveyed.layout.status === 'exact';
    if (!found.get(key)?.exact) found.set(key, { exact, kept: keep(surveyed) });
  };
  for (let turn = 0; turn <= MOST_INCLUDERS; turn++) {
    const groups = new Map<string, string[]>();
    for (const [path, list] of includers) {
      const best = [...list].sort((a, b) => (uses.get(b) as number) - (uses.get(a) as number) || (a < b ? -1 : 1));
      const contexts = [...best.slice(0, MOST_INCLUDERS), path];
      const from = contexts[turn];
      if (from === undefined) continue;
      const found = open.get(path) as Map<string, { exact: boolean; kept: Kept }>;
      if (turn > 0 && found.size > 0 && [...found.values()].every(({ exact }) => exact)) continue;
      groups.set(from, [...(groups.get(from) ?? []), path]);
    }
    for (const [from, members] of groups) {
      for (const surveyed of recordsSeenFrom(tree, target, from, new Set(members))) take(surveyed);
    }
  }
  for (const [path, found] of open) {
    if ([...found.values()].every(({ exact }) => exact)) continue;
    for (const surveyed of recordsBehindDeclarers(tree, target, path, declarers)) take(surveyed);
  }
  return [...open.values()].flatMap((found) => [...found.values()].map(({ kept }) => kept));
}

/** The records that some files define, as they are seen from a file that includes them (or is the file itself). */
export function recordsSeenFrom(
  tree: PreprocessedTree,
  target: Target,
  from: string,
  paths: ReadonlySet<string>,
): Surveyed[] {
  const context = contextOf(tree, target, from);
  return surveyedIn(context, new Closures(context.unit, tree.assumed()), target, paths);
}

/** The records that some files of a unit define. */
export function surveyedIn(
  { globals }: Context,
  closures: Closures,
  target: Target,
  paths: ReadonlySet<string>,
): Surveyed[] {
  parseRecords(globals, (path) => paths.has(path));
  const found: Surveyed[] = [];
  for (const record of globals.defined) {
    const path = record.place?.path;
    if (path === undefined || !paths.has(path)) continue;
    found.push({ record, path, layout: layoutIn(record, path, target, closures) });
  }
  return found;
}

/** The layout of a record that a file defines; unknown where that file could not be read as a compiler reads it. */
export function layoutIn(record: RecordDeclaration, path: string, target: Target, closures: Closures): RecordLayout {
  const reason = closures.trouble(path);
  return reason === undefined ? layoutRecord(record, target) : untrusted(record, target, reason);
}

/** The layout of a record of which nothing can be said. */
export function untrusted(record: RecordDeclaration, target: Target, reason: string): RecordLayout {
  return { status: 'unknown', record, target, reason, fields: [] };
}

/** Parses all items that may define a record in the files that are asked for. */
function parseRecords(globals: UnitGlobals, isWanted: (path: string) => boolean): void {
  for (const { table, reading } of globals.tables) {
    if (!isWanted(table.file.path)) continue;
    const items = new Set<number>();
    for (const indices of table.tags.values()) for (const index of indices) items.add(index);
    for (const index of [...items].sort((a, b) => a - b)) globals.declare(reading, table.items[index]);
  }
}

/** Whether a record, and every record that it holds, took nothing from files that its own does not include. */
function standsAlone(
  record: RecordDeclaration,
  path: string,
  globals: UnitGlobals,
  closures: Closures,
  seen: Set<RecordDeclaration>,
): boolean {
  if (seen.has(record)) return true;
  seen.add(record);
  const own = record.place?.path ?? path;
  if (!closures.has(path, own) || !closures.restsWithin(own)) return false;
  for (const other of globals.filesBehind(record)) if (!closures.has(own, other)) return false;
  for (const member of record.members ?? []) {
    const inner = heldRecord(member.type);
    if (inner && !standsAlone(inner, own, globals, closures, seen)) return false;
  }
  return true;
}

/** The record that a member of this type holds by value. */
function heldRecord(type: CType): RecordDeclaration | undefined {
  let bare = strip(type);
  while (bare.kind === 'array') bare = strip(bare.of);
  return bare.kind === 'record' ? bare.record : undefined;
}

function share(path: string, parts: number): number {
  if (parts === 1) return 0;
  let hash = 0;
  for (let at = 0; at < path.length; at++) hash = (hash * 31 + path.charCodeAt(at)) >>> 0;
  return hash % parts;
}
