/** Which states the comments of a record ask for before members of its unions are used. */
import { hadOnlyBy, onlyForKind, type ValidWhen, validWhen } from '../facts/valid-when';
import { isNumeral } from '../flow/test-constants';
import { sizeOf } from '../layout/record';
import { type RecordDeclaration, strip } from '../types/model';
import { findMember } from '../types/typer';
import type { FileAnalysis } from './analysis';

/** What the comments of a record ask for, of functions and constants that the file sees. */
export function statesSaid(file: FileAnalysis, { place, tag }: RecordDeclaration): readonly ValidWhen[] {
  const text = place && file.globals.files.find(({ path }) => path === place.path)?.text;
  const said = place && text ? validWhen(text, place.start, place.end) : [];
  if (text && tag !== undefined) said.push(...hadOnlyBy(text, tag), ...onlyForKind(text, place.start, place.end, tag));
  return said.filter(({ asked }) => isDeclared(file, asked.replace('()', '')));
}

function isDeclared(file: FileAnalysis, name: string): boolean {
  return isNumeral(name) || file.globals.ordinary(name) !== undefined || file.offers(name) !== undefined;
}

/** Whether comments ask for one state before one member of a record is used, and for another before another one is. */
export function areToldApart(file: FileAnalysis, record: RecordDeclaration, one: string, other: string): boolean {
  if (areDocumentedApart(file, record, one, other) || areTaggedApart(file, record, one, other)) return true;
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
  const said = [one, other].map((name) => new RegExp(`\\*[ \\t]*@${name}:\\s*([^\\n]+)`).exec(above)?.[1]);
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
  const [left, right] = [one, other].map((name) => findMember(record, name)?.type);
  if (!left || !right || strip(left).kind !== 'integer' || strip(right).kind !== 'integer') return false;
  const [size, same] = [sizeOf(left, file.target), sizeOf(right, file.target)];
  return typeof size === 'number' && size > 1 && size === same;
}

/** An old name of another member, a view of it, or what nobody uses. */
const IS_OTHER_NAME = /deprecat|\balias|\bsame\b|legacy|\bold\b|reserved|\bunused|\bview\b|\bunion\b|\bcompat/i;
