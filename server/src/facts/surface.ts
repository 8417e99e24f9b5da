/**
 * What a header shows to others on one target: its records with their bytes, its ioctl numbers, its enumerators. Plain data,
 * so that the surfaces of two revisions or two targets can be compared after both were read.
 */
import { layoutRecord, type RecordLayout } from '../layout/record';
import type { Target } from '../layout/target';
import uapi from '../packs/predefined/uapi.json';
import type { UnitGlobals } from '../parser/globals';
import { macroExpression } from '../parser/macro-body';
import type { ItemTable } from '../preprocessor/items';
import { type MacroDefinition, StepKind } from '../preprocessor/source';
import type { PreprocessedTree } from '../preprocessor/tree';
import { nameId, nameText } from '../text/names';
import { type Directive, Punct, TokenKind } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, type RecordDeclaration, strip } from '../types/model';
import { typeName } from '../types/typename';
import { walkExpression } from '../types/walk';
import { Closures } from './closures';
import { type Context, contextOf, layoutIn, untrusted } from './context';
import { flatten } from './overlay';

/** Where a member lies, in bits; of nested records with a dot in its name. */
export interface Spot {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

export interface SurfaceMember extends Spot {
  readonly type: string;
  /** Where it is declared, where that is in the header itself. */
  readonly start?: number;
  readonly end?: number;
}

export interface SurfaceRecord {
  readonly kind: 'struct' | 'union';
  /** The tag, or the typedef of a record that has none. */
  readonly name: string;
  /** `struct x`, or the typedef alone. */
  readonly title: string;
  readonly start: number;
  readonly end: number;
  /** In bytes; undefined where the layout is unknown. */
  readonly size?: number;
  readonly align?: number;
  readonly reason?: string;
  /** Those of anonymous records among them. */
  readonly members: readonly SurfaceMember[];
  /** Bytes that belong to no member, the tail's among them; in bits. */
  readonly holes: readonly { readonly offset: number; readonly size: number }[];
}

export interface IoctlNumber {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
  /** In bytes, of the type that the number holds the size of; undefined where it holds none. */
  readonly size?: number;
  /** As C writes it. */
  readonly type?: string;
  /** The record that the type is. */
  readonly record?: string;
  /** Where the record's members lie, those of inner records among them. */
  readonly spots: readonly Spot[];
}

export interface SurfaceEnumerator {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly value: string;
  /** The same for those of one enum. */
  readonly group: number;
}

export interface Surface {
  readonly target: string;
  readonly records: readonly SurfaceRecord[];
  readonly numbers: readonly IoctlNumber[];
  /** Those that are ioctl numbers left out. */
  readonly enumerators: readonly SurfaceEnumerator[];
  /** What could not be worked out, by reason. */
  readonly unknown: readonly string[];
}

const ENUM = nameId('enum');
const ROOTS = new Set(uapi.numbers.map(nameId));
/** So many macros may stand between a number and what composes it. */
const DEEPEST_MACRO = 6;

/** What one file shows, read as a compiler for this target reads it. */
export function surfaceOf(tree: PreprocessedTree, target: Target, path: string): Surface {
  return surfaceIn(contextOf(tree, target, path), tree, target, path);
}

/**
 * As `surfaceOf`, of a file that was read already.
 *
 * @param trusts Whether a header that is missing somewhere else spoils nothing: what is shown rests on the files that its
 *   names come from. For a target for which nothing was ever built, where headers that a build makes may be missing.
 */
export function surfaceIn(
  { unit, globals }: Context,
  tree: PreprocessedTree,
  target: Target,
  path: string,
  trusts = false,
): Surface {
  const closures = new Closures(unit, tree);
  const unknown: string[] = [];
  const trouble = trusts ? closures.troubleWithin([path]) : closures.trouble(path);
  const strict: LayoutFor = (record) => layoutIn(record, path, target, closures);
  const layoutFor = trusts ? trustingLayout({ unit, globals }, tree, target) : strict;
  const records = recordsOf(globals, path).map(({ record, typedefName }) =>
    surfaceRecord(record, typedefName, layoutFor(record)),
  );
  for (const { reason } of records) if (reason !== undefined) unknown.push(reason);
  const numbers = trouble === undefined ? numbersOf(globals, path, layoutFor, unknown) : [];
  const composed = new Set(numbers.map(({ name }) => name));
  const all = trouble === undefined ? enumeratorsOf(globals, path, unknown) : [];
  const enumerators = all.filter(({ name }) => !composed.has(name));
  return { target: target.name, records, numbers, enumerators, unknown };
}

/** Lays records out that rest on no file in which something is missing or undecided, whatever else the unit reads. */
export function trustingLayout({ unit, globals }: Context, tree: PreprocessedTree, target: Target): LayoutFor {
  const closures = new Closures(unit, tree);
  return (record) => {
    const reason = closures.troubleWithin(filesBehind(record, globals));
    return reason === undefined ? layoutRecord(record, target) : untrusted(record, target, reason);
  };
}

type LayoutFor = (record: RecordDeclaration) => RecordLayout;

/** The files that a record, and those that it holds, take their names from. */
function filesBehind(
  record: RecordDeclaration,
  globals: UnitGlobals,
  seen = new Set<RecordDeclaration>(),
): Set<string> {
  const files = new Set(globals.filesBehind(record));
  if (record.place) files.add(record.place.path);
  seen.add(record);
  for (const { type } of record.members ?? []) {
    let bare = strip(type);
    while (bare.kind === 'array') bare = strip(bare.of);
    if (bare.kind === 'record' && !seen.has(bare.record))
      for (const file of filesBehind(bare.record, globals, seen)) files.add(file);
  }
  return files;
}

interface NamedRecord {
  readonly record: RecordDeclaration;
  readonly typedefName?: string;
}

/** The records that a file defines at file scope, in order. */
function recordsOf(globals: UnitGlobals, path: string): NamedRecord[] {
  const named = new Map<RecordDeclaration, NamedRecord>();
  for (const { table, reading } of globals.tables) {
    if (table.file.path !== path) continue;
    for (const item of table.items) {
      if (item.isFunction) continue;
      for (const { kind, name, type } of globals.parse(reading, item).declarations) {
        const bare = strip(type);
        if (kind !== 'typedef' || bare.kind !== 'record' || bare.record.tag !== undefined) continue;
        if (bare.record.members && bare.record.place?.path === path && !named.has(bare.record))
          named.set(bare.record, { record: bare.record, typedefName: name });
      }
    }
  }
  for (const record of globals.defined) if (record.place?.path === path) named.set(record, { record });
  return [...named.values()].sort((one, other) => one.record.place!.start - other.record.place!.start);
}

export function surfaceRecord(
  record: RecordDeclaration,
  typedefName: string | undefined,
  layout: RecordLayout,
): SurfaceRecord {
  const name = record.tag ?? typedefName ?? '{…}';
  const { path, start, end } = record.place!;
  const members = flatten(layout).map(({ name: own, offsetBits, sizeBits, type, member: { place } }) => ({
    name: own,
    offset: offsetBits,
    size: sizeBits,
    type: typeName(type),
    ...(place?.path === path && { start: place.start, end: place.end }),
  }));
  const head = { kind: record.kind, name, title: typedefName ?? `${record.kind} ${name}`, start, end, members };
  if (layout.status === 'unknown') return { ...head, reason: layout.reason, holes: [] };
  const holes = layout.holes.map(({ offsetBits, sizeBits }) => ({ offset: offsetBits, size: sizeBits }));
  if (layout.paddingBits > 0) holes.push({ offset: layout.size * 8 - layout.paddingBits, size: layout.paddingBits });
  return { ...head, size: layout.size, align: layout.align, holes };
}

/** The ioctl numbers that a file defines by macros without parameters and by enumerators, in order. */
export function numbersOf(globals: UnitGlobals, path: string, layoutFor: LayoutFor, unknown: string[]): IoctlNumber[] {
  const found = new Map<string, IoctlNumber>();
  for (const definition of [...definitionsIn(globals, path), ...valuesIn(globals, path)]) {
    const { id, start } = definition;
    if (!composes(globals, definition, 0)) continue;
    const name = nameText(id);
    const made = macroExpression(globals, definition);
    const constant = made ? evaluate(made.expression, globals) : { unknown: 'it is no expression' };
    const doubt = globals.unit.doubtIn(path, definition.bodyFirst, definition.bodyEnd) ?? globals.unit.doubtOfName(id);
    if (!made || isUnknownValue(constant) || doubt !== undefined) {
      unknown.push(`${name}: ${doubt ?? (isUnknownValue(constant) ? constant.unknown : '')}`);
      continue;
    }
    const type = measuredIn(made.expression);
    const place = { name, start, end: start + name.length };
    const value = Number(BigInt.asUintN(32, constant.value));
    found.set(name, { ...place, value, ...measured(type, globals, layoutFor) });
  }
  return [...found.values()].sort((one, other) => one.start - other.start);
}

/** A name with the tokens that say its value. */
type ValuedName = Pick<MacroDefinition, 'id' | 'start' | 'file' | 'bodyFirst' | 'bodyEnd'>;

/** The macros without parameters that a file defines, as they stand at its end. */
function* definitionsIn({ files, unit }: UnitGlobals, path: string): Iterable<ValuedName> {
  const file = files.find((one) => one.path === path);
  for (const { kind, definition } of file?.steps ?? [])
    if (kind === StepKind.Define && definition?.parameters === undefined && definition)
      if (unit.macro(definition.id, unit.end) === definition) yield definition;
}

/** The enumerators of a file that are given a value. */
function* valuesIn(globals: UnitGlobals, path: string): Iterable<ValuedName> {
  for (const { table, id, start, value } of spelledEnumerators(globals, path))
    if (value) yield { id, start, file: table.file, bodyFirst: value.first, bodyEnd: value.end };
}

/** Whether a macro ends in one that composes ioctl numbers. */
function composes(globals: UnitGlobals, { file, bodyFirst, bodyEnd, id }: ValuedName, depth: number): boolean {
  const { kinds, ids } = file.tokens;
  for (let token = bodyFirst; token < bodyEnd; token++) {
    if (kinds[token] !== TokenKind.Identifier || ids[token] === id) continue;
    if (ROOTS.has(ids[token])) return true;
    const next = depth < DEEPEST_MACRO ? globals.unit.macro(ids[token], globals.unit.end) : undefined;
    if (next && composes(globals, next, depth + 1)) return true;
  }
  return false;
}

/** The type whose size an expression asks for first. */
function measuredIn(expression: Expression): CType | undefined {
  let found: CType | undefined;
  walkExpression(expression, (part) => {
    if (part.kind === 'sizeof' && !found) found = part.type;
  });
  return found;
}

function measured(type: CType | undefined, globals: UnitGlobals, layoutFor: LayoutFor): Omit<IoctlNumber, keyof Named> {
  if (!type) return { spots: [] };
  const size = globals.oracle.sizeOf(type);
  const bare = strip(type);
  const written = typeName(type);
  if (isUnknownValue(size)) return { type: written, spots: [] };
  if (bare.kind !== 'record') return { size, type: written, spots: [] };
  const { record } = bare;
  const layout = layoutFor(record);
  if (layout.status === 'unknown') return { type: written, spots: [] };
  const name = record.tag ?? (type.kind === 'typedef' ? type.name : undefined);
  return { size, type: written, ...(name !== undefined && { record: name }), spots: spotsOf(layout) };
}

interface Named {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

/** Where the members of a record lie, those of inner records behind them. */
function spotsOf(layout: RecordLayout): Spot[] {
  const members = flatten(layout, { expand: true });
  return members.map(({ name, offsetBits, sizeBits }) => ({ name, offset: offsetBits, size: sizeBits }));
}

function enumeratorsOf(globals: UnitGlobals, path: string, unknown: string[]): SurfaceEnumerator[] {
  const found: SurfaceEnumerator[] = [];
  for (const { id, start, end, group } of spelledEnumerators(globals, path)) {
    const name = nameText(id);
    const declaration = globals.ordinary(name);
    if (declaration?.kind !== 'enumerator' || declaration.value === undefined) continue;
    const { value } = declaration;
    if (isUnknownValue(value)) unknown.push(`${name}: ${value.unknown}`);
    else found.push({ name, value: `${value}`, start, end, group });
  }
  return found.sort((one, other) => one.start - other.start);
}

/** An enumerator as a file spells it. */
interface SpelledEnumerator extends Pick<SurfaceEnumerator, 'start' | 'end' | 'group'> {
  readonly table: ItemTable;
  readonly id: number;
  /** The tokens of the value that it is given. */
  readonly value?: { readonly first: number; readonly end: number };
}

function* spelledEnumerators({ tables }: UnitGlobals, path: string): Iterable<SpelledEnumerator> {
  for (const { table } of tables) {
    if (table.file.path !== path) continue;
    const lines = new DirectiveLines(table.file.tokens.directives);
    for (const [id, indices] of table.ordinary) {
      const spelled = indices.flatMap((index) => enumeratorIn(table, index, id, lines) ?? [])[0];
      if (spelled) yield { table, id, ...spelled };
    }
  }
}

/** Steps from token to token over directives, which stand among the enumerators of a header that defines each as a macro, too. */
class DirectiveLines {
  private readonly ends: ReadonlyMap<number, number>;
  private readonly starts: ReadonlyMap<number, number>;

  constructor(directives: readonly Directive[]) {
    this.ends = new Map(directives.map(({ firstToken, endToken }) => [firstToken, endToken]));
    this.starts = new Map(directives.map(({ firstToken, endToken }) => [endToken - 1, firstToken]));
  }

  /** The token itself, or the one behind the directives that begin there. */
  from(token: number): number {
    let at = token;
    for (let end = this.ends.get(at); end !== undefined; end = this.ends.get(at)) at = end;
    return at;
  }

  before(token: number): number {
    let at = token - 1;
    for (let start = this.starts.get(at); start !== undefined; start = this.starts.get(at)) at = start - 1;
    return at;
  }
}

/** Where an item spells a name as one of an enum's: behind a brace or a comma, and before what may end it. */
function enumeratorIn(
  { file, items }: ItemTable,
  index: number,
  id: number,
  lines: DirectiveLines,
): Omit<SpelledEnumerator, 'table' | 'id'> | undefined {
  const { kinds, ids, starts, ends } = file.tokens;
  const is = (token: number, ...puncts: Punct[]): boolean =>
    kinds[token] === TokenKind.Punctuator && puncts.includes(ids[token]);
  const { first, end } = items[index];
  let isEnum = false;
  for (let token = lines.from(first); token < end; token = lines.from(token + 1)) {
    if (kinds[token] !== TokenKind.Identifier) continue;
    isEnum ||= ids[token] === ENUM;
    const isSpelled = ids[token] === id && is(lines.before(token), Punct.LeftBrace, Punct.Comma);
    const next = lines.from(token + 1);
    if (!isEnum || !isSpelled || !is(next, Punct.Comma, Punct.Equal, Punct.RightBrace)) continue;
    const spelled = { start: starts[token], end: ends[token], group: index };
    if (!is(next, Punct.Equal)) return spelled;
    let behind = next + 1;
    for (let depth = 0; behind < end; behind++) {
      if (depth === 0 && is(behind, Punct.Comma, Punct.RightBrace)) break;
      if (is(behind, Punct.LeftParen)) depth++;
      else if (is(behind, Punct.RightParen)) depth--;
    }
    return { ...spelled, value: { first: next + 1, end: behind } };
  }
  return undefined;
}
