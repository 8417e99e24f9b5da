/** `overlint rules --derived`: what headers say of their members, with the sentence or the line of code that says it. */
import path from 'node:path';
import { type DerivedPacked, type DerivedReserved, type DerivedTag, tagsText } from '../facts/derived';
import { Disk, isFolder, isInside } from '../files/disk';
import { loadGrammar } from '../parser/grammar';
import { namedFile } from '../project/listing';
import type { Tree } from '../project/tree';
import type { SaidState } from '../queries/header-states';
import { compareText, fromByteString, lineAt, lineStarts, type Place } from '../text/text';
import { derivedOf } from '../workers/derive';
import { derivedStates } from '../workers/derive-states';
import { type CommandContext, EXIT, type ExitCode, UsageError } from './command-context';
import { type TreeFlags, treeOf } from './layout';
import { withoutControls } from './printable';

export interface DerivedFlags extends TreeFlags {
  readonly format: 'text' | 'json';
  readonly cache: boolean;
}

interface Row {
  readonly kind: 'tag' | 'reserved' | 'accessor' | 'packed' | 'valid-when';
  readonly record?: string;
  readonly member?: string;
  readonly pointer?: string;
  readonly bits?: readonly number[];
  readonly accessors: readonly string[];
  /** Of a member of a union: when it is valid. */
  readonly state?: string;
  readonly quote: string;
  readonly file: string;
  /** The folder that the file is named from, where that is not the kernel's. */
  readonly root?: string;
  readonly line: number;
}

/** @param where A header or a folder; the headers that any file may include without one. */
export async function listDerived(
  where: string | undefined,
  flags: DerivedFlags,
  context: CommandContext,
): Promise<ExitCode> {
  const tree = treeOf(flags, context, where === undefined ? [] : [where]);
  await loadGrammar();
  const disk = new Disk(tree.roots);
  let place = where === undefined ? undefined : path.resolve(context.folder, where);
  // As paths are printed: from the kernel's folder.
  if (place !== undefined && where !== undefined && !disk.exists(place) && !isFolderIn(tree, place))
    place = path.resolve(tree.kernel, where);
  if (place !== undefined && !disk.exists(place) && !isFolderIn(tree, place))
    throw new UsageError(`There is no header or folder ${where} in ${tree.module ?? tree.kernel}.`);
  const { tags, reserved, packed = [] } = derivedOf(tree, 'all', flags.cache, place);
  const lines = new Map<string, Uint32Array>();
  const lineOf = ({ path: file, start }: Place): number => {
    let starts = lines.get(file);
    if (!starts) lines.set(file, (starts = lineStarts(disk.read(file) ?? '')));
    return lineAt(starts, start) + 1;
  };
  const rows = [
    ...tags.map((tag) => rowOfTag(tag, tree, lineOf)),
    ...reserved.map((member) => rowOfReserved(member, tree, lineOf)),
    ...packed.map((member) => rowOfPacked(member, tree, lineOf)),
    ...derivedStates(tree, flags.cache, place).map((one) => rowOfState(one, tree, lineOf)),
  ].sort((a, b) => compareText(a.file, b.file) || a.line - b.line || compareText(a.member ?? '', b.member ?? ''));
  context.out.write(rows.map(flags.format === 'json' ? (row) => `${JSON.stringify(row)}\n` : asText).join(''));
  return EXIT.clean;
}

function isFolderIn({ roots }: Tree, place: string): boolean {
  return isInside(roots, place) && isFolder(place);
}

type LineOf = (place: Place) => number;

function rowOfTag(tag: DerivedTag, tree: Tree, lineOf: LineOf): Row {
  const { record, member, pointer, bits, accessors, evidence } = tag;
  const names = accessors.map(({ name }) => name);
  const at = { ...namedFile(tree, evidence.path), line: lineOf(evidence) };
  return { kind: 'tag', record: record?.tag, member, pointer, bits, accessors: names, quote: evidence.quote, ...at };
}

function rowOfReserved(one: DerivedReserved, tree: Tree, lineOf: LineOf): Row {
  const kind = one.isAccessed ? 'accessor' : 'reserved';
  const at = { ...namedFile(tree, one.path), line: lineOf(one) };
  return { kind, record: one.tag ?? one.holder, member: one.name, accessors: one.accessors, quote: one.quote, ...at };
}

function rowOfPacked(one: DerivedPacked, tree: Tree, lineOf: LineOf): Row {
  const { tag: record, member, accessors, evidence } = one;
  const names = [...new Set(accessors.map(({ name }) => name))].filter(Boolean);
  const at = { ...namedFile(tree, evidence.path), line: lineOf(evidence) };
  return { kind: 'packed', record, member, accessors: names, quote: evidence.quote, ...at };
}

function rowOfState(one: SaidState, tree: Tree, lineOf: LineOf): Row {
  const { record, member, state, quote } = one;
  const at = { ...namedFile(tree, one.path), line: lineOf(one) };
  return { kind: 'valid-when', record, member, accessors: [], state, quote, ...at };
}

const SAID: Readonly<Record<Row['kind'], string>> = {
  tag: 'is tagged',
  reserved: 'is reserved',
  accessor: 'its accessors do more',
  packed: 'holds several numbers',
  'valid-when': 'is valid',
};

function asText({ kind, record, member, pointer, bits, accessors, state, quote, file, line }: Row): string {
  const name = pointer === undefined ? [record, member].filter(Boolean).join('.') : `struct ${pointer} *`;
  const what = bits ? tagsText(bits) : state === undefined ? SAID[kind] : `${SAID[kind]} when ${state}`;
  const by = `${accessors.slice(0, 4).join(', ')}${accessors.length > 4 ? ', …' : ''}`;
  const lines = [`${file}:${line}: ${name}: ${what}`, `  "${fromByteString(quote)}"`, ...(by ? [`  by ${by}`] : [])];
  return lines.map((text) => `${withoutControls(text)}\n`).join('');
}
