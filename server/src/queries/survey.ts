/**
 * Lays out every record of many headers at once. All headers are read into one unit, so that each is read once; a
 * header that took a name or a macro from a file that it does not include itself is then read again on its own.
 */

import { Closures } from '../facts/closures';
import { contextBehindAssumed, layoutIn, parseRecords, recordsSeenFrom, type Surveyed } from '../facts/context';
import type { Target } from '../layout/target';
import type { UnitGlobals } from '../parser/globals';
import { tagNames } from '../preprocessor/items';
import type { PreprocessedTree } from '../preprocessor/tree';
import { type CType, type RecordDeclaration, strip } from '../types/model';
import { type Declarers, missingIn, recordsBehindDeclarers } from './missing';

/** The name of the file that includes all headers. */
const SURVEY = '<survey>.c';

/** A header that leans on what was included before it is read behind so many of the files that include it, at most. */
const MOST_INCLUDERS = 4;

/**
 * Every record that is defined under a tag in these headers (absolute paths), each as its own header sees it, in what
 * `keep` makes of it: units are large, so that nothing of them should be kept. Where two headers define one tag, both
 * are there.
 */
export function survey<Kept>(
  tree: PreprocessedTree,
  target: Target,
  headers: readonly string[],
  keep: (surveyed: Surveyed) => Kept,
  options: SurveyOptions = {},
): Kept[] {
  const { part = 0, parts = 1, isWanted = () => true, others = [] } = options;
  return new Survey(tree, target, headers, keep, isWanted, others).run((path) => share(path, parts) === part);
}

export interface SurveyOptions {
  /** This share, from 0, of so many: for several workers. */
  readonly part?: number;
  readonly parts?: number;
  /** Whether a tag's records are asked for; all are where this is absent. */
  readonly isWanted?: (tag: string) => boolean;
  /** Headers that define no record, but perhaps a name that another one's records need. */
  readonly others?: readonly string[];
}

/** What a text holds that defines a record. */
const HOLDS_RECORD = /\b(?:struct|union)\b[^;]*\{/;

/** What is known of a header's record so far. */
interface Found<Kept> {
  readonly kept: Kept;
  /** Why its layout is unknown; undefined where it is exact. */
  readonly reason: string | undefined;
}

interface HeadersRead {
  /** Headers that lean on others. */
  readonly leaning: readonly string[];
  readonly closures: readonly Closures[];
}

class Survey<Kept> {
  /** By path, then by kind and tag. */
  private readonly found = new Map<string, Map<string, Found<Kept>>>();

  constructor(
    private readonly tree: PreprocessedTree,
    private readonly target: Target,
    private readonly headers: readonly string[],
    private readonly keep: (surveyed: Surveyed) => Kept,
    private readonly isWanted: (tag: string) => boolean,
    private readonly others: readonly string[],
  ) {}

  run(isMine: (path: string) => boolean): Kept[] {
    const leaning = this.together(this.headers, isMine);
    this.behindIncluders(leaning);
    // What leans only on what happened to be read before it stands on its own in smaller company.
    const open = [...leaning.keys()].filter((path) => this.isOpen(path));
    const alone = this.together(open, () => true);
    for (const path of alone.keys()) this.takeSeenFrom(path, [path]);
    this.behindDeclarers(open);
    return [...this.found.values()].flatMap((records) => [...records.values()].map(({ kept }) => kept));
  }

  /**
   * Reads headers at once, and takes the records of those that are not swayed by that. Gives the others, each with the
   * files that include it, the nearest first.
   */
  private together(headers: readonly string[], isMine: (path: string) => boolean): Map<string, string[]> {
    const parts = this.alike(headers).map((group) => this.read(group, isMine));
    const includers = (path: string): string[] => [
      ...new Set(parts.flatMap(({ closures }) => closures.flatMap((each) => each.includers(path)))),
    ];
    return new Map(parts.flatMap(({ leaning }) => leaning.map((path) => [path, includers(path)] as const)));
  }

  /** As `together`, of headers that are compiled with the same macros. */
  private read(headers: readonly string[], isMine: (path: string) => boolean): HeadersRead {
    const { tree, target } = this;
    const { unit, globals } = contextBehindAssumed(tree, target, SURVEY, headers);
    const closures = new Closures(unit, tree);
    const changing = headers.filter((path) => closures.changesPrelude(path));
    if (changing.length > 0) {
      // What they change of the configuration is changed for all that is read after them.
      const rest = without(headers, changing);
      const others = rest.length > 0 ? this.read(rest, isMine) : { leaning: [], closures: [] };
      return {
        leaning: [...others.leaning, ...changing.filter(isMine)],
        closures: [...others.closures, closures],
      };
    }
    const wanted = new Set(headers.filter(isMine));
    parseRecords(globals, (path) => wanted.has(path), this.isWanted);
    const leaning = new Set<string>();
    const records = globals.defined.flatMap((record) => {
      const path = record.place?.path;
      const counts = path !== undefined && wanted.has(path) && this.isWanted(record.tag as string);
      return counts ? [{ record, path }] : [];
    });
    for (const { record, path } of records)
      if (!leaning.has(path) && !standsAlone(record, path, globals, closures, new Set())) leaning.add(path);
    for (const path of this.hidden(globals, wanted)) leaning.add(path);
    for (const { path } of records) if (!leaning.has(path) && closures.lacksWithin(path)) leaning.add(path);
    for (const { record, path } of records) {
      if (leaning.has(path)) continue;
      const layout = layoutIn(record, path, target, closures);
      this.take({ record, path, layout });
    }
    // A header that no other one let in (a guard shared with another, a condition) has shown nothing yet.
    const read = new Set(unit.readings.map((reading) => reading.file.path));
    for (const path of wanted) {
      const isSilent = !read.has(path) && HOLDS_RECORD.test(tree.textOf(path) ?? '');
      if (isSilent || (this.found.has(path) && this.isOpen(path))) leaning.add(path);
    }
    return { leaning: [...leaning], closures: [closures] };
  }

  /** The headers in groups that are compiled with the same macros. */
  private alike(headers: readonly string[]): string[][] {
    const groups = new Map<string, string[]>();
    for (const path of headers) {
      const key = this.tree.macrosOf(path);
      const group = groups.get(key);
      if (group) group.push(path);
      else groups.set(key, [path]);
    }
    return [...groups.values()];
  }

  /** Files with a definition that another one's of the same tag hides, as a unit has one record of a tag. */
  private hidden(globals: UnitGlobals, wanted: ReadonlySet<string>): Set<string> {
    const definers = new Map<string, Set<string>>();
    for (const { tag, place } of globals.defined) {
      if (tag === undefined || place === undefined) continue;
      definers.set(tag, (definers.get(tag) ?? new Set()).add(place.path));
    }
    const hidden = new Set<string>();
    for (const { table } of globals.tables) {
      const { path } = table.file;
      if (!wanted.has(path)) continue;
      for (const tag of tagNames(table)) {
        const known = definers.get(tag);
        if (known && !known.has(path) && this.isWanted(tag)) hidden.add(path);
      }
    }
    return hidden;
  }

  /** Reads each header behind a file that includes it, as the kernel does; one such file serves all that it includes. */
  private behindIncluders(leaning: ReadonlyMap<string, readonly string[]>): void {
    const uses = new Map<string, number>();
    for (const list of leaning.values()) for (const from of list) uses.set(from, (uses.get(from) ?? 0) + 1);
    const best = [...leaning].map(([path, list]) => {
      const isBefore = (a: string, b: string): boolean => {
        const more = (uses.get(a) as number) - (uses.get(b) as number);
        return more > 0 || (more === 0 && a < b);
      };
      return { path, includers: firstOf(list, MOST_INCLUDERS, isBefore) };
    });
    for (let turn = 0; turn < MOST_INCLUDERS; turn++) {
      const groups = new Map<string, string[]>();
      for (const { path, includers } of best) {
        const from = includers[turn];
        if (from !== undefined && (turn === 0 || this.isOpen(path)))
          groups.set(from, [...(groups.get(from) ?? []), path]);
      }
      for (const [from, paths] of groups) this.takeSeenFrom(from, paths);
    }
  }

  private takeSeenFrom(from: string, paths: readonly string[]): void {
    const { tree, target, isWanted } = this;
    for (const surveyed of recordsSeenFrom(tree, target, from, new Set(paths), isWanted)) this.take(surveyed);
  }

  private behindDeclarers(paths: readonly string[]): void {
    const general = new Set([...this.headers, ...this.others]);
    const declarers: Declarers = ({ name, isTag }) =>
      this.tree.declarers(name, isTag).filter((path) => general.has(path));
    for (const path of paths) {
      const reasons = [...(this.found.get(path)?.values() ?? [])].flatMap(({ reason }) => reason ?? []);
      const missing = reasons.flatMap((reason) => missingIn(reason) ?? []);
      if (missing.length === 0) continue;
      // Their macros are known once they are read.
      for (const other of this.others) this.tree.source(other);
      for (const surveyed of recordsBehindDeclarers(this.tree, this.target, path, declarers, missing))
        this.take(surveyed);
    }
  }

  /** Whether a header has shown nothing so far, or something that is unknown. */
  private isOpen(path: string): boolean {
    const records = [...(this.found.get(path)?.values() ?? [])];
    return records.length === 0 || records.some(({ reason }) => reason !== undefined);
  }

  private take(surveyed: Surveyed): void {
    const { path, record, layout } = surveyed;
    if (!this.isWanted(record.tag as string)) return;
    let records = this.found.get(path);
    if (!records) this.found.set(path, (records = new Map()));
    const key = `${record.kind} ${record.tag}`;
    const known = records.get(key);
    if (known && known.reason === undefined) return;
    const reason = layout.status === 'unknown' ? layout.reason : undefined;
    if (!known || reason === undefined) records.set(key, { kept: this.keep(surveyed), reason });
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

/** The first so many of a list in an order. */
function firstOf(list: readonly string[], count: number, isBefore: (a: string, b: string) => boolean): string[] {
  const first: string[] = [];
  for (const one of list) {
    let at = first.length;
    while (at > 0 && isBefore(one, first[at - 1])) at--;
    if (at >= count) continue;
    first.splice(at, 0, one);
    if (first.length > count) first.pop();
  }
  return first;
}

function without(paths: readonly string[], others: readonly string[]): string[] {
  const dropped = new Set(others);
  return paths.filter((path) => !dropped.has(path));
}

function share(path: string, parts: number): number {
  if (parts === 1) return 0;
  let hash = 0;
  for (let at = 0; at < path.length; at++) hash = (hash * 31 + path.charCodeAt(at)) >>> 0;
  return hash % parts;
}
