/** Puts together what the functions and macros of headers say of tagged words: which word, which bits, which accessors. */
import type { UnitGlobals } from '../parser/globals';
import { macroExpression } from '../parser/macro-body';
import type { SourceFile } from '../preprocessor/source';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import { type RecordDeclaration, strip } from '../types/model';
import { findMember } from '../types/typer';
import { askedTags, recordsIn } from './asked-members';
import type { DerivedAccessor, DerivedTag, Evidence, WordKind } from './derived';
import { ties } from './families';
import { type MaskingAccessor, maskingIn } from './mask-scan';
import { mayMask } from './mask-text';
import { lineQuoted } from './member-text';
import { type DerivedKind, isTakenBack, type OnTakenBackIn } from './not-derived';
import { evidenceIn, evidenceInMacro, hasWord, type TagEvidence } from './tag-evidence';
import { wrappersIn } from './word-wrappers';

interface Said extends TagEvidence {
  readonly accessor: DerivedAccessor;
  readonly isMacro: boolean;
  /** How many parameters it has. */
  readonly takes: number;
  /** It gives nothing, and so answers nothing. */
  readonly isVoid?: boolean;
}

/** The masking accessors of a file; most have none, as their text says. */
export function maskingOf(file: SourceFile): readonly MaskingAccessor[] {
  return mayMask(file.text) ? maskingIn(file) : [];
}

/**
 * The tagged words that the functions and macros of some files of a unit tell of.
 *
 * @param asked The accessors to look at, by the path of their file.
 */
export function tagsOf(
  globals: UnitGlobals,
  asked: ReadonlyMap<string, readonly MaskingAccessor[]>,
  onTakenBack?: OnTakenBackIn,
): DerivedTag[] {
  const said = [...saidIn(globals, asked)];
  const groups = new Map<string, { readonly word: WordPlace; readonly said: Said[] }>();
  for (const one of said) {
    const word = wordPlace(globals, one, said);
    if (!word) continue;
    const key = `${word.record?.place?.path} ${word.record?.tag} ${word.path} ${word.pointer}`;
    const group = groups.get(key);
    if (group) group.said.push(one);
    else groups.set(key, { word, said: [one] });
  }
  const tags = [...groups.values()].flatMap(({ word, said: all }) => tagFrom(globals, word, all, onTakenBack) ?? []);
  const all = [...tags, ...twinsOf(globals, tags)];
  return [...all, ...askedTags(globals, asked.keys(), all, onTakenBack)];
}

/** The tagged words of which a source itself tells, by functions of its own that give the pointer out. */
export function tagsOfSource(globals: UnitGlobals, path: string, masking: readonly MaskingAccessor[]): DerivedTag[] {
  if (masking.length === 0) return [];
  return tagsOf(globals, new Map([[path, masking]]))
    .filter(({ read, member }) => read && member !== undefined)
    .map((tag) => ({ ...tag, isOwn: true }));
}

/** The members of other records that asserts lay over tagged ones: their bytes hold the same tags. */
function twinsOf(globals: UnitGlobals, tags: readonly DerivedTag[]): DerivedTag[] {
  const members = tags.flatMap(({ member }) => member?.match(/[A-Za-z_]\w*(?=[^A-Za-z_]*$)/)?.[0] ?? []);
  if (members.length === 0) return [];
  const keyOf = (tag: string | undefined, path: string | undefined, member: string | undefined): string =>
    `${path} ${tag} ${member}`;
  const found = new Map(tags.map((tag) => [keyOf(tag.record?.tag, tag.record?.path, tag.member), tag]));
  for (const { verdict, match } of ties(globals, members)) {
    if (verdict !== 'holds' || !match) continue;
    for (const [one, other] of [match, [match[1], match[0]] as const]) {
      const tag = found.get(keyOf(one.record.tag, one.record.place?.path, one.path));
      const kind = hasWord(other.record, other.path);
      const { tag: name, place } = other.record;
      const key = keyOf(name, place?.path, other.path);
      if (!tag || !kind || name === undefined || !place || one.plus !== other.plus || found.has(key)) continue;
      found.set(key, { ...tag, record: { tag: name, path: place.path }, member: other.path, kind });
    }
  }
  return [...found.values()].slice(tags.length);
}

function* saidIn(globals: UnitGlobals, asked: ReadonlyMap<string, readonly MaskingAccessor[]>): Iterable<Said> {
  for (const { table, reading } of globals.tables) {
    const { path } = table.file;
    for (const { name, isMacro, start } of asked.get(path) ?? []) {
      const accessor = { name, path, start, end: start + name.length };
      if (isMacro) {
        const macro = globals.unit
          .definitions(nameId(name))
          .find((one) => one.file.path === path && one.start === start);
        const parsed = macro && macroExpression(globals, macro);
        if (!parsed) continue;
        const takes = macro.parameters?.length ?? 0;
        for (const one of evidenceInMacro(globals, parsed.expression, parsed.tokens))
          yield { ...one, accessor, isMacro, takes };
        continue;
      }
      for (const index of table.ordinary.get(nameId(name))) {
        const item = table.items[index];
        if (!item.isFunction || table.file.tokens.starts[item.first] > start) continue;
        const { declarations, tokens } = globals.parseWhole(reading, item);
        for (const declaration of declarations) {
          if (declaration.name !== name) continue;
          const takes = declaration.parameters?.length ?? 0;
          const type = strip(declaration.type);
          const isVoid = type.kind === 'function' && strip(type.returns).kind === 'void';
          for (const one of evidenceIn(globals, declaration, tokens))
            yield { ...one, accessor, isMacro, takes, isVoid };
        }
      }
    }
  }
}

interface WordPlace {
  readonly record?: RecordDeclaration;
  readonly path?: string;
  readonly pointer?: string;
  readonly kind: WordKind;
}

/** Which word a piece of evidence is about; a macro's is that of the one record that others speak of, or of its own header. */
function wordPlace(globals: UnitGlobals, { word, accessor }: Said, all: readonly Said[]): WordPlace | undefined {
  if (word.pointer !== undefined) return { pointer: word.pointer, kind: 'pointer' };
  if (word.record) {
    const { record, path, kind } = word;
    return record.tag === undefined || !record.place || !kind ? undefined : { record, path, kind };
  }
  const records = new Set<RecordDeclaration>();
  for (const other of all)
    if (other.word.record && other.word.path === word.path && hasWord(other.word.record, word.path))
      records.add(other.word.record);
  if (records.size === 0)
    for (const record of recordsIn(globals, accessor.path)) if (hasWord(record, word.path)) records.add(record);
  const [record] = records;
  const kind = record && hasWord(record, word.path);
  return records.size === 1 && kind && record.tag ? { record, path: word.path, kind } : undefined;
}

function tagFrom(
  globals: UnitGlobals,
  word: WordPlace,
  all: readonly Said[],
  onTakenBack: OnTakenBackIn | undefined,
): DerivedTag | undefined {
  const isNamed = hasNamedFlags(all);
  // Of what nobody defines, as many bits are tags as are taken off before it is followed.
  const said = isNamed || word.pointer !== undefined ? all : all.filter(({ isWide }) => !isWide);
  if (said.length === 0) return undefined;
  const bits = [...new Set(said.flatMap((one) => one.bits))].sort((a, b) => a - b);
  const isTagged = said.some((one) => one.composes && one.bits.length > 0);
  // What only puts tags in may hand the pointer to others under another type.
  if (word.pointer !== undefined && said.every(({ role }) => role === 'write')) return undefined;
  if (bits.length === 0 || !isTagged || !said.some((one) => one.holdsPointer)) return undefined;
  if (isWithdrawn(globals, word, said, onTakenBack)) return undefined;
  const first = (role: Said['role']): DerivedAccessor | undefined => {
    const fitting = said.filter((one) => one.role === role && !(role === 'test' && one.isVoid));
    const chosen = fitting.find(({ takes }) => takes === (role === 'write' ? 2 : 1)) ?? fitting[0];
    return chosen?.accessor;
  };
  const accessors = [...new Map(said.map(({ accessor }) => [`${accessor.path} ${accessor.name}`, accessor])).values()];
  const asked = new Set(said.flatMap((one) => (one.role === 'test' && !one.isVoid ? one.bits : [])));
  const reading = said.find((one) => one.composes && one.bits.length > 0) ?? said[0];
  const { record, path, pointer, kind } = word;
  // What comes first is the record.
  const setters = said.flatMap(({ accessor, given = 0 }) => (given > 0 ? [{ name: accessor.name, at: given }] : []));
  return {
    ...(record ? { record: { tag: record.tag!, path: record.place!.path }, member: path } : { pointer }),
    ...(pointer !== undefined && aliasOf(globals, pointer, said)),
    ...{ empty: emptyOf(globals, word, said), asked: bits.filter((bit) => asked.has(bit)) },
    ...(isNamed && { isNamed: true }),
    ...(setters.length > 0 && { setters }),
    ...((said.some(({ preserves }) => preserves) || isAlwaysPutIn(globals, word, said)) && { isPreserved: true }),
    ...{ kind, bits, read: first('read'), write: first('write'), test: first('test'), accessors },
    ...wrappersOf(globals, word, accessors),
    evidence: evidenceAt(globals, reading.place, reading.accessor),
  };
}

/** Flags that a word is asked for by one, so that a mask of more bits than a pointer to anything leaves free takes off tags. */
const FEWEST_FLAGS = 2;

/** Whether more bits are taken off the word than a pointer to anything leaves free, and flags among them are asked for one by one. */
function hasNamedFlags(said: readonly Said[]): boolean {
  const off = new Set(said.flatMap(({ isWide, composes, bits }) => (isWide && composes ? bits : [])));
  const asked = said.flatMap(({ composes, bits }) => (composes || bits.length !== 1 ? [] : bits));
  return new Set(asked.filter((bit) => off.has(bit))).size >= FEWEST_FLAGS;
}

/** The functions that may give the word out as it is, in the headers of the accessors and of the record. */
function wrappersOf(
  globals: UnitGlobals,
  { record, path }: WordPlace,
  accessors: readonly DerivedAccessor[],
): Pick<DerivedTag, 'wrappers'> | undefined {
  const member = path?.slice(path.lastIndexOf('.') + 1);
  if (!record || member === undefined) return undefined;
  const headers = new Set([record.place?.path, ...accessors.map((one) => one.path)]);
  const masking = new Set(accessors.map(({ name }) => name));
  const wrappers = globals.files
    .flatMap((file) => (headers.has(file.path) ? wrappersIn(file.text, member) : []))
    .filter((name) => !masking.has(name));
  return wrappers.length > 0 ? { wrappers } : undefined;
}

/** The typedef of a pointer to a struct that nobody defines, in the headers of the accessors. */
function aliasOf(globals: UnitGlobals, pointer: string, said: readonly Said[]): Pick<DerivedTag, 'alias'> | undefined {
  const headers = new Set(said.map(({ accessor }) => accessor.path));
  const typedef = new RegExp(`\\btypedef\\s+struct\\s+${pointer}\\s*\\*\\s*(\\w+)\\s*;`);
  for (const { path, text } of globals.files) {
    const alias = headers.has(path) ? typedef.exec(text)?.[1] : undefined;
    if (alias !== undefined) return { alias };
  }
  return undefined;
}

/** The accessor that asks whether there is a pointer, where no code of the headers takes the whole word for the answer. */
function emptyOf(
  globals: UnitGlobals,
  { record, path }: WordPlace,
  said: readonly Said[],
): DerivedAccessor | undefined {
  const asking = said.find(({ asksEmpty }) => asksEmpty)?.accessor;
  const member = path?.slice(path.lastIndexOf('.') + 1);
  if (!asking || member === undefined) return undefined;
  const whole = new RegExp(
    `(?:!|\\bif\\s*\\(|&&|\\|\\|)\\s*[\\w>.-]+(?:->|\\.)${member}\\s*(?:\\)|&&|\\|\\||;|[!=]=\\s*(?:NULL|0)\\b)`,
  );
  const headers = new Set([record?.place?.path, ...said.map(({ accessor }) => accessor.path)]);
  return globals.files.some((file) => headers.has(file.path) && whole.test(file.text)) ? undefined : asking;
}

/**
 * Whether whoever stores a pointer in the word puts a tag in as well, in all of its headers: a lock that is held meanwhile, most often. A
 * plain pointer would take it off.
 */
function isAlwaysPutIn(globals: UnitGlobals, { record, path }: WordPlace, said: readonly Said[]): boolean {
  const member = path?.slice(path.lastIndexOf('.') + 1);
  const storing = said.filter(({ role, bits, composes }) => role === 'write' && composes && bits.length > 0);
  if (storing.length === 0 || member === undefined || !said.some(({ asksEmpty }) => asksEmpty)) return false;
  const headers = new Set([record?.place?.path, ...said.map(({ accessor }) => accessor.path)]);
  const value = String.raw`\s*(?:\((?:void|struct\s+\w+)\s*\*\)\s*)?([^;]*);`;
  // Functions that store to what they are given first have names that say so.
  const call = String.raw`(?:assign|store|write|init)\w*\([^();,]*(?:->|\.)${member}\s*,`;
  const stored = new RegExp(String.raw`(?:(?:->|\.)${member}\s*=(?!=)|${call})${value}`, 'gi');
  return globals.files.every(({ path: file, text }) => {
    if (!headers.has(file)) return true;
    return [...text.matchAll(stored)].every(([, given]) => /\||^\s*\(*(?:NULL|0)\b/.test(given));
  });
}

/** Whether a comment at the member, or at every accessor, takes the fact back. */
function isWithdrawn(
  globals: UnitGlobals,
  { record, path }: WordPlace,
  said: readonly Said[],
  onTakenBack: OnTakenBackIn | undefined,
): boolean {
  const isTaken = (at: Place, kind: DerivedKind): boolean => {
    const text = globals.files.find((one) => one.path === at.path)?.text ?? '';
    return isTakenBack(text, at.start, kind, (_, offset) => onTakenBack?.(kind, at.path, offset));
  };
  const place = record && path !== undefined ? findMember(record, path.split('.')[0])?.place : undefined;
  if (place && isTaken(place, 'tag')) return true;
  return said.filter(({ accessor }) => isTaken(accessor, 'accessor')).length === said.length;
}

/** The line of code that says it. */
function evidenceAt(globals: UnitGlobals, place: Place, accessor: DerivedAccessor): Evidence {
  const at = place.path === accessor.path ? place : accessor;
  const text = globals.files.find(({ path }) => path === at.path)?.text ?? '';
  return { ...at, quote: lineQuoted(text, at.start) };
}
