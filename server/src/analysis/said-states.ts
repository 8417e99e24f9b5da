/** Which states the comments of a record ask for before members of its unions are used. */
import { toldMembers } from '../facts/told-members';
import { hadOnlyBy, onlyForKind, type ValidWhen, validWhen } from '../facts/valid-when';
import { isNumeral } from '../flow/test-constants';
import { sizeOf } from '../layout/record';
import { type CType, type RecordDeclaration, recordBehind, strip } from '../types/model';
import { findMember } from '../types/typer';
import type { FileAnalysis } from './analysis';
import { coverIn } from './kind-cover';
import { isVoidPointer } from './word-operators';

/** What the comments of a record ask for, of functions and constants that the file sees. */
export function statesSaid(file: FileAnalysis, { place, tag }: RecordDeclaration): readonly ValidWhen[] {
  const text = place && file.globals.files.find(({ path }) => path === place.path)?.text;
  const said = place && text ? validWhen(text, place.start, place.end) : [];
  if (text && tag !== undefined) said.push(...hadOnlyBy(text, tag), ...onlyForKind(text, place.start, place.end, tag));
  if (place && text) {
    const known = new Set(said.map(({ member }) => member));
    said.push(...toldMembers(text, place.start, place.end).filter(({ member }) => !known.has(member)));
  }
  return said.filter(({ asked, via }) => via !== undefined || isDeclared(file, asked.replace('()', '')));
}

function isDeclared(file: FileAnalysis, name: string): boolean {
  return isNumeral(name) || file.globals.ordinary(name) !== undefined || file.offers(name) !== undefined;
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
  const [mine, others] = [one, other].map((path) => path.split('.')[0]);
  // Values of an enum have the members' names.
  if (mine !== others && coverIn(file, record, mine)?.kinds.has(others)) return true;
  const states = statesSaid(file, record);
  const [left, right] = [one, other].map((path) => {
    const names = path.split('.');
    return states.filter(({ member }) => names.includes(member));
  });
  if (left.length === 0 || right.length === 0) return false;
  return !left.some((a) => right.some((b) => a.member === b.member || (a.asked === b.asked && a.holds === b.holds)));
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
