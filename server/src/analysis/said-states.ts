/** Which states the comments of a record ask for before members of its unions are used. */
import { boundIn } from '../facts/ranges';
import { toldMembers } from '../facts/told-members';
import type { ValidWhen } from '../facts/valid-state';
import { hadOnlyBy, onlyForKind, validWhen } from '../facts/valid-when';
import { isNumeral } from '../flow/test-constants';
import { sizeOf } from '../layout/record';
import { type CType, type RecordDeclaration, recordBehind, strip } from '../types/model';
import { findMember } from '../types/typer';
import type { FileAnalysis } from './analysis';
import { inferredStates } from './inferred-states';
import { coverIn } from './kind-cover';
import { areForOthers } from './kind-words';
import { isVoidPointer } from './word-operators';

/** What the comments of a record ask for, of functions and constants that the file sees. */
export function statesSaid(file: FileAnalysis, record: RecordDeclaration): readonly ValidWhen[] {
  const { place, tag } = record;
  const text = place && file.globals.files.find(({ path }) => path === place.path)?.text;
  const said = place && text ? validWhen(text, place.start, place.end) : [];
  if (text && tag !== undefined) said.push(...hadOnlyBy(text, tag), ...onlyForKind(text, place.start, place.end, tag));
  if (place && text) {
    const known = new Set(said.map(({ member }) => member));
    said.push(...toldMembers(text, place.start, place.end).filter(({ member }) => !known.has(member)));
  }
  const known = said.filter(({ asked, via }) => via !== undefined || isDeclared(file, asked.replace('()', '')));
  return [...known, ...askedByKind(file, record, new Set(known.map(({ member }) => member)))];
}

/** `port_is_user()` says of a struct port whether its bytes are the union's member `user`, where no comment says more. */
function askedByKind(
  { globals }: FileAnalysis,
  { tag, kind, members = [] }: RecordDeclaration,
  known: ReadonlySet<string>,
): ValidWhen[] {
  if (tag === undefined || kind !== 'struct') return [];
  return members.flatMap(({ name: outer, type }) => {
    const union =
      outer === undefined && type.kind === 'record' && type.record.kind === 'union' ? type.record : undefined;
    const names = union?.members?.map(({ name }) => name) ?? [];
    if (names.some((name) => name !== undefined && known.has(name))) return [];
    return (union?.members ?? []).flatMap(({ name, place }) => {
      const predicate = `${tag}_is_${name}`;
      const asking = name === undefined ? undefined : globals.ordinary(predicate)?.type;
      const given = asking?.kind === 'function' && asking.parameters.length === 1 ? asking.parameters[0] : undefined;
      if (name === undefined || !place || !given || recordBehind(given.type)?.tag !== tag) return [];
      const quote = `${predicate}() has the name of ${name}`;
      const state = { asked: `${predicate}()`, holds: true, equals: undefined, isExclusive: true, quote };
      return [{ member: name, ...state, start: place.start, end: place.end }];
    });
  });
}

function isDeclared(file: FileAnalysis, name: string): boolean {
  return (
    isNumeral(name) ||
    boundIn(name) !== undefined ||
    file.globals.ordinary(name) !== undefined ||
    file.offers(name) !== undefined
  );
}

/** Whether comments ask for one state before one member of a record is used, and for another before another one is. */
export function areToldApart(file: FileAnalysis, record: RecordDeclaration, left: string, right: string): boolean {
  return arePathsApart(
    file,
    record,
    ...([left, right].map((path) => path.replace(/\[\d+\]/g, '')) as [string, string]),
  );
}

function arePathsApart(file: FileAnalysis, record: RecordDeclaration, one: string, other: string): boolean {
  if (areDocumentedApart(file, record, one, other) || areTaggedApart(file, record, one, other)) return true;
  if (areForOthers(file, record, one, other)) return true;
  const [mine, others] = [one, other].map((path) => path.split('.')[0]);
  // Values of an enum have the members' names.
  if (mine !== others && coverIn(file, record, mine)?.kinds.has(others)) return true;
  const said = statesSaid(file, record);
  const of = (states: readonly ValidWhen[], path: string): readonly ValidWhen[] => {
    const names = path.split('.');
    return states.filter(({ member }) => names.includes(member));
  };
  // Where comments leave one out, the functions of the header may tell the two.
  const states = [one, other].every((path) => of(said, path).length > 0) ? said : inferredOnce(file, record);
  const [left, right] = [one, other].map((path) => of(states, path));
  if (left.length === 0 || right.length === 0) return false;
  return !left.some((a) => right.some((b) => a.member === b.member || (a.asked === b.asked && a.holds === b.holds)));
}

const inferredOf = new WeakMap<RecordDeclaration, readonly ValidWhen[]>();

/** Takes reading the functions of a header, and is asked of each member that is stored. */
function inferredOnce(file: FileAnalysis, record: RecordDeclaration): readonly ValidWhen[] {
  let states = inferredOf.get(record);
  if (!states) inferredOf.set(record, (states = inferredStates(file, record)));
  return states;
}

/** Whether each of two members is a word with tags that has its own accessors. */
function areTaggedApart({ derivedTags }: FileAnalysis, { tag, place }: RecordDeclaration, one: string, other: string) {
  const [left, right] = [one, other].map((path) =>
    derivedTags.find(({ record, member }) => member === path && record?.tag === tag && record?.path === place?.path),
  );
  if (!left?.read || !right?.read) return false;
  return !left.accessors.some(({ name }) => right.accessors.some((accessor) => accessor.name === name));
}

/**
 * Whether the kernel-doc of a record has an entry for each of two numbers of one size, so that each has a meaning of its own: neither is
 * another name of the other.
 */
function areDocumentedApart(file: FileAnalysis, record: RecordDeclaration, one: string, other: string): boolean {
  const { place } = record;
  const text = place && file.globals.files.find(({ path }) => path === place.path)?.text;
  const from = text?.lastIndexOf('/**', place?.start ?? 0) ?? -1;
  const above = from < 0 ? '' : text!.slice(from, place!.start);
  // Nothing but blanks stands between a kernel-doc and its record.
  if (!/\*\/\s*(?:typedef\s+)?$/.test(above)) return false;
  const said = [one, other].map((name) => entryFor(above, name));
  if (!said.every((words) => words !== undefined && !IS_OTHER_NAME.test(words))) return false;
  // Entries that speak of one thing, as of a time, are of two views of it.
  const [mine, others] = said.map((words = ''): readonly string[] => {
    return (
      words
        .replace(/\([^)]*\)/g, '')
        .toLowerCase()
        .match(/[a-z]{4,}/g) ?? []
    );
  });
  if (mine.some((word) => others.includes(word))) return false;
  const [left, right] = [one, other].map((name) => typeAt(record, name));
  if (!left || !right) return false;
  if (areOfTwoStructs(record, one, other)) return true;
  const kinds = [left, right].map((type) => strip(type));
  // A word for whoever has the record, over a pointer that means something.
  if (kinds.every(({ kind }) => kind === 'pointer')) return kinds.some(isVoidPointer) !== kinds.every(isVoidPointer);
  if (kinds.some(({ kind }) => kind !== 'integer')) return false;
  const [size, same] = [sizeOf(left, file.target), sizeOf(right, file.target)];
  return typeof size === 'number' && size > 1 && size === same;
}

/** The entry of a member in a kernel-doc; of what lies deep in a struct that of its part. */
function entryFor(text: string, path: string): string | undefined {
  const found = new RegExp(`\\*[ \\t]*@${path.replaceAll('.', '\\.')}:\\s*([^\\n]+)`).exec(text)?.[1];
  const names = path.split('.');
  return found ?? (names.length > 2 ? entryFor(text, names.slice(0, -1).join('.')) : undefined);
}

/** The type at the end of a path; of an array that of its elements. */
function typeAt(record: RecordDeclaration, path: string): CType | undefined {
  let at: RecordDeclaration | undefined = record;
  let type: CType | undefined;
  for (const name of path.split('.')) {
    type = at && findMember(at, name)?.type;
    const bare: CType | undefined = type && strip(type);
    type = bare?.kind === 'array' ? bare.of : type;
    at = type && recordBehind(type);
  }
  return type;
}

/** Whether each of two paths leads through a struct with a name of its own in the union where they part. */
function areOfTwoStructs(record: RecordDeclaration, one: string, other: string): boolean {
  const [left, right] = [one, other].map((path) => path.split('.'));
  if (left.length < 2 || right.length < 2 || left[0] === right[0]) return false;
  return [left, right].every(([name]) => {
    const type = findMember(record, name)?.type;
    const bare = type && strip(type);
    return bare?.kind === 'record' && bare.record.kind === 'struct';
  });
}

/** An old name of another member, a view of it, or what nobody uses. */
const IS_OTHER_NAME = /deprecat|\balias|\bsame\b|legacy|\bold\b|reserved|padding|\bunused|\bview\b|\bunion\b|\bcompat/i;
