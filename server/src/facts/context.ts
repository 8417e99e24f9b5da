/** Reads headers as C sees them: a file with its file scope, the records that it defines, and which of those to trust. */

import { layoutOracle } from '../layout/oracle';
import { layoutRecord, type RecordLayout } from '../layout/record';
import type { Target } from '../layout/target';
import type { Facts } from '../packs/facts';
import { UnitGlobals } from '../parser/globals';
import type { PreprocessedTree } from '../preprocessor/tree';
import type { Unit } from '../preprocessor/unit';
import { nameText } from '../text/names';
import type { SourceText } from '../text/text';
import type { RecordDeclaration } from '../types/model';
import { Closures } from './closures';

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

/** Reads a file as a compiler would: as a source if it is one, else behind the headers that every source has read. */
export function contextOf(tree: PreprocessedTree, target: Target, path: string): Context {
  const text = path.endsWith('.c') ? tree.textOf(path) : undefined;
  if (text !== undefined) return contextOfText(tree, target, path, text);
  return contextBehindAssumed(tree, target, `${path}.c`, [path]);
}

export function contextOfText(tree: PreprocessedTree, target: Target, path: string, text: string): Context {
  const unit = tree.unit(path, text);
  return { unit, globals: new UnitGlobals(unit, tree, layoutOracle(target)) };
}

/**
 * Reads a file together with the headers that hold accessors of what other headers declare, and those that tie families of
 * records, as far as the tree has them: what is claimed of a record is the same whatever the asking file includes. The first
 * file's flags count.
 */
export function contextWithAccessors(
  tree: PreprocessedTree,
  target: Target,
  path: string,
  facts: Pick<Facts, 'context' | 'families'>,
  kernel: string,
): Context {
  const accessors = facts.context.map((name) => `#include <${name}>\n`).join('');
  const families = facts.families.map((name) => `${kernel}/${name}`);
  const files = [path, ...families.filter((file) => file !== path && tree.textOf(file) !== undefined)];
  const text = files.map((file) => `#include "${file}"\n`).join('');
  return contextLike(tree, target, { path: '<claims>.c', text: accessors + text }, path);
}

/**
 * Reads files in order behind the headers that every source has read, with the last one's flags; `path` is a name for the
 * file that includes them.
 */
export function contextBehindAssumed(
  tree: PreprocessedTree,
  target: Target,
  path: string,
  files: readonly string[],
): Context {
  const text = files.map((file) => `#include "${file}"\n`).join('');
  return contextLike(tree, target, { path, text }, files[files.length - 1]);
}

/**
 * Reads a text behind the headers that every source has read.
 *
 * @param compiledAs The path of the file whose flags count.
 */
export function contextLike(
  tree: PreprocessedTree,
  target: Target,
  { path, text }: SourceText,
  compiledAs: string,
): Context {
  const unit = tree.unitBehindAssumed(path, text, compiledAs);
  return { unit, globals: new UnitGlobals(unit, tree, layoutOracle(target)) };
}

/** The records that some files define, as they are seen from a file that includes them (or is the file itself). */
export function recordsSeenFrom(
  tree: PreprocessedTree,
  target: Target,
  from: string,
  paths: ReadonlySet<string>,
  isWanted?: (tag: string) => boolean,
): Surveyed[] {
  const context = contextOf(tree, target, from);
  return surveyedIn(context, new Closures(context.unit, tree), target, paths, isWanted);
}

/** The records that some files of a unit define. */
export function surveyedIn(
  { globals }: Context,
  closures: Closures,
  target: Target,
  paths: ReadonlySet<string>,
  isWanted: (tag: string) => boolean = () => true,
): Surveyed[] {
  parseRecords(globals, (path) => paths.has(path), isWanted);
  const found: Surveyed[] = [];
  for (const record of globals.defined) {
    const path = record.place?.path;
    if (path === undefined || !paths.has(path) || !isWanted(record.tag as string)) continue;
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

/** Parses all items that may define a record of a tag that is asked for, in the files that are asked for. */
export function parseRecords(
  globals: UnitGlobals,
  isWantedPath: (path: string) => boolean,
  isWantedTag: (tag: string) => boolean = () => true,
): void {
  for (const { table, reading } of globals.tables) {
    if (!isWantedPath(table.file.path)) continue;
    const items = new Set<number>();
    for (const [tag, indices] of table.tags)
      if (isWantedTag(nameText(tag))) for (const index of indices) items.add(index);
    for (const [index, item] of table.items.entries()) {
      if (!item.isCall) continue;
      for (const tag of globals.madeBy(reading, item).tags) if (isWantedTag(nameText(tag))) items.add(index);
    }
    for (const index of [...items].sort((a, b) => a - b)) globals.declare(reading, table.items[index]);
  }
}
