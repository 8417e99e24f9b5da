/** Members whose pointers may be none: a function of their header asks a pointer of their type for low bits, `crate_is_ghost(struct crate *)`. */
import type { UnitGlobals } from '../parser/globals';
import { nameId } from '../text/names';
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { type CType, type RecordDeclaration, strip } from '../types/model';
import { walkStatement } from '../types/walk';
import { constant, core, lowBits } from './accessor-masks';
import { askedPointers } from './conversions';
import type { DerivedAccessor, DerivedTag, Evidence } from './derived';
import { isTakenBack, type OnTakenBackIn } from './not-derived';

/**
 * The members of which a question of their own header is asked, and of which nobody takes tags off: a pointer without tags is plain. Of a chain,
 * whose links point to one another, the question is about its end.
 *
 * @param paths The headers to look at.
 * @param known What masks tell.
 */
export function askedTags(
  globals: UnitGlobals,
  paths: Iterable<string>,
  known: readonly DerivedTag[],
  onTakenBack?: OnTakenBackIn,
): DerivedTag[] {
  const told = new Set(known.map(({ record, member, pointer }) => pointer ?? keyOf(record?.path, record?.tag, member)));
  const asked = new Set(paths);
  return globals.tables.flatMap(({ table }) => {
    const { path, text } = table.file;
    if (!asked.has(path)) return [];
    return [...askedPointers(text)].flatMap(([tag, question]) => {
      const pointee = globals.record('struct', tag);
      if (told.has(tag) || isLink(pointee)) return [];
      const test = questionAt(globals, path, question);
      if (!test || isTakenBack(text, test.start, 'accessor', (_, at) => onTakenBack?.('accessor', path, at))) return [];
      const members = recordsIn(globals, path).flatMap((record) => pointersTo(record, pointee));
      return members.flatMap(({ record, member, at }): DerivedTag[] => {
        if (told.has(keyOf(path, record.tag, member)) || record.tag === undefined) return [];
        if (isTakenBack(text, at, 'tag', (_, offset) => onTakenBack?.('tag', path, offset))) return [];
        const { bits, evidence, ...accessor } = test;
        const said = { kind: 'pointer' as const, bits, test: accessor, accessors: [accessor], evidence };
        return [{ record: { tag: record.tag, path }, member, isAsked: true, ...said }];
      });
    });
  });
}

function keyOf(path: string | undefined, tag: string | undefined, member: string | undefined): string {
  return `${path} ${tag} ${member}`;
}

interface Test extends DerivedAccessor {
  readonly bits: readonly number[];
  readonly evidence: Evidence;
}

/** A question of a header, with the bits that it asks for. */
function questionAt(globals: UnitGlobals, path: string, name: string): Test | undefined {
  const definition = globals.definitionOf(name);
  if (definition?.reading.file.path !== path) return undefined;
  const { declarations } = globals.parseWhole(definition.reading, definition.item);
  const declaration = declarations.find((one) => one.name === name && one.body);
  const bits = declaration ? bitsAsked(globals, declaration) : [];
  const { text, tokens } = definition.reading.file;
  for (let token = definition.item.first; token < definition.item.end; token++) {
    if (tokens.ids[token] !== nameId(name)) continue;
    const start = tokens.starts[token];
    if (bits.length === 0) return undefined;
    const returned = text.indexOf('return', start);
    const end = text.indexOf(';', returned) + 1;
    const quote = text.slice(returned, end).replace(/\s+/g, ' ');
    return { name, path, start, end: start + name.length, bits, evidence: { path, start: returned, end, quote } };
  }
  return undefined;
}

function bitsAsked(globals: UnitGlobals, { body, parameters }: Declaration): readonly number[] {
  let bits: readonly number[] = [];
  if (!body || parameters?.length !== 1) return bits;
  walkStatement(body, (part) => {
    if (part.kind !== 'binary' || part.operator !== Punct.Ampersand || !isName(core(part.left), parameters[0])) return;
    const number = constant(part.right, globals);
    if (number !== undefined && number > 0n) bits = lowBits(number);
  });
  return bits;
}

function isName(expression: Expression, declaration: Declaration): boolean {
  return expression.kind === 'name' && expression.name === declaration.name;
}

/** Whether a struct points to others of its kind. */
export function isLink(record: RecordDeclaration): boolean {
  return (record.members ?? []).some(({ type }) => leadsTo(type, record));
}

function leadsTo(type: CType, record: RecordDeclaration): boolean {
  const bare = strip(type);
  if (bare.kind !== 'pointer') return false;
  const to = strip(bare.to);
  return to.kind === 'record' && to.record === record;
}

interface PointerMember {
  readonly record: RecordDeclaration;
  readonly member: string;
  readonly at: number;
}

/** The members of a record that point to a struct, those of its anonymous parts included. */
function pointersTo(
  record: RecordDeclaration,
  pointee: RecordDeclaration,
  within = record,
  depth = 0,
): PointerMember[] {
  return (within.members ?? []).flatMap(({ name, type, place }) => {
    if (name === undefined && type.kind === 'record' && depth < MOST_NESTED)
      return pointersTo(record, pointee, type.record, depth + 1);
    return name !== undefined && leadsTo(type, pointee) ? [{ record, member: name, at: place?.start ?? 0 }] : [];
  });
}

/** So deep are records without a name looked into. */
const MOST_NESTED = 4;

/** The records that a file defines. */
export function recordsIn(globals: UnitGlobals, path: string): RecordDeclaration[] {
  for (const { table, reading } of globals.tables)
    if (table.file.path === path)
      for (const [, indices] of table.tags) for (const index of indices) globals.declare(reading, table.items[index]);
  return globals.defined.filter(({ place }) => place?.path === path);
}
