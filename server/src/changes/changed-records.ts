/** Which records a commit may have moved: those in its files, and those that hold them or are sized by what it changed. */
import { definedNames } from '../project/definition-scan';
import type { FoundRecord, WantedRecord } from '../project/record-finder';
import { FILE_GROUPS } from '../project/tree-files';
import type { Side } from './sides';

/** A definition of a record on two sides; undefined where a side does not have it. */
export interface Pair {
  readonly name: WantedRecord;
  readonly before: FoundRecord | undefined;
  readonly after: FoundRecord | undefined;
}

/** So many files are looked into, beside those of the commit, for records that hold one that has moved. */
export const MOST_HOLDERS = 300;

interface ChangedRecords {
  /** In the order of the files, and of the definitions in each. */
  readonly pairs: readonly Pair[];
  /** Files that hold a moved record by value and were one too many to look into. */
  readonly skipped: number;
}

/**
 * Compares what two revisions define: first all records of the files that differ, then, as long as there are any, those
 * that hold a record that moved by value or have an array sized by a macro or an enumerator that changed.
 *
 * @param moves Whether the two sides of a pair lie otherwise.
 */
export function changedRecords(before: Side, after: Side, moves: (pair: Pair) => boolean): ChangedRecords {
  const files = filesThatDiffer(before, after);
  const seen = new Set<string>();
  const moved: Pair[] = [];
  const look = (file: string): Pair[] => {
    if (seen.has(file)) return [];
    seen.add(file);
    const found = pairsIn(file, before, after).filter(moves);
    moved.push(...found);
    return found;
  };
  let fresh = files.flatMap(look);
  let sizes = files.flatMap((file) => changedConstants(before.files.read(file) ?? '', after.files.read(file) ?? ''));
  let left = MOST_HOLDERS;
  let skipped = 0;
  while (fresh.length > 0 || sizes.length > 0) {
    const tags = [...new Set(fresh.map(({ name }) => name.name))];
    const holders = holdersOf(tags, [...new Set(sizes)], after).filter((file) => !seen.has(file));
    skipped += Math.max(0, holders.length - left);
    const looked = holders.slice(0, left);
    left -= looked.length;
    sizes = [];
    fresh = looked.flatMap(look);
  }
  return { pairs: moved, skipped };
}

/** The C files that two revisions do not have in common, sorted. */
function filesThatDiffer(before: Side, after: Side): string[] {
  const [ours, theirs] = [before.objects!, after.objects!];
  const all = [...new Set([...ours.keys(), ...theirs.keys()])];
  return all.filter((file) => /\.[ch]$/.test(file) && ours.get(file) !== theirs.get(file)).sort();
}

function pairsIn(file: string, before: Side, after: Side): Pair[] {
  const texts = [before, after].map((side) => side.files.read(file) ?? '');
  const names = [...new Set(texts.flatMap(definedNames))];
  const found = (side: Side, name: string): FoundRecord[] =>
    side.files.exists(file) ? side.finder.findIn(file, { name }).filter(({ path }) => path === file) : [];
  return names.flatMap((name) => {
    const [ours, theirs] = [found(before, name), found(after, name)];
    const kinds = [...new Set([...ours, ...theirs].map(({ layout }) => layout.record.kind))];
    return kinds.map((kind): Pair => {
      const ofKind = (records: readonly FoundRecord[]) => records.find(({ layout }) => layout.record.kind === kind);
      const [one, other] = [ofKind(ours), ofKind(theirs)];
      const tagged = (one ?? other)!.layout.record.tag !== undefined;
      return { name: { ...(tagged && { kind }), name }, before: one, after: other };
    });
  });
}

/** Names whose value may differ between two texts of a file: macros, and the enumerators of enums that changed. */
function changedConstants(before: string, after: string): string[] {
  if (before === after) return [];
  const changed: string[] = [];
  const [ours, theirs] = [macrosIn(before), macrosIn(after)];
  for (const [name, body] of theirs) if (ours.get(name) !== body) changed.push(name);
  const known = new Set(enumsIn(before));
  for (const body of enumsIn(after))
    if (!known.has(body)) for (const [name] of body.matchAll(/\b[A-Za-z_]\w*\b(?=\s*(?:[=,]|$))/g)) changed.push(name);
  return changed;
}

function macrosIn(text: string): Map<string, string> {
  const macros = new Map<string, string>();
  for (const [, name, body] of text.matchAll(/^[ \t]*#[ \t]*define[ \t]+(\w+)\b(?!\()(.*(?:\\\n.*)*)$/gm))
    macros.set(name, `${macros.get(name) ?? ''}${body}\n`);
  return macros;
}

function enumsIn(text: string): string[] {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, ' ');
  return [...bare.matchAll(/\benum\b\s*\w*\s*\{([^{}]*)\}/g)].map(([, body]) => body);
}

/** Files with a record that seems to hold one of these by value, or an array that one of these names sizes. */
function holdersOf(tags: readonly string[], sizes: readonly string[], side: Side): string[] {
  const patterns = [];
  if (tags.length > 0) {
    const any = tags.join('|');
    patterns.push(
      `\\b(?:(?:struct|union)\\s+(?:${any})|(?:${any})(?=\\s+\\w+\\s*[;,[]))(?:\\s+__\\w+)*\\s+\\w+\\s*[;,[:]`,
    );
  }
  if (sizes.length > 0) patterns.push(`\\w\\s*\\[[^\\][;]*\\b(?:${sizes.join('|')})\\b[^\\][;]*\\]\\s*[;,[]`);
  if (patterns.length === 0) return [];
  const holds = new RegExp(patterns.join('|'));
  return filesHolding([...tags, ...sizes], side, (text) => holds.test(text) && definedNames(text).length > 0);
}

/** Files of the tree, group by group, that hold any of some words, and whose text is accepted. */
export function filesHolding(words: readonly string[], { files }: Side, accepts: (text: string) => boolean): string[] {
  return FILE_GROUPS.slice(0, 4).flatMap((group) =>
    files.holding(words, files.list(group)).filter((file) => accepts(files.listedText(file))),
  );
}
