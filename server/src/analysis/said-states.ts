/** Which states the comments of a record ask for before members of its unions are used. */
import { hadOnlyBy, type ValidWhen, validWhen } from '../facts/valid-when';
import type { RecordDeclaration } from '../types/model';
import type { FileAnalysis } from './analysis';

/** What the comments of a record ask for, of functions and constants that the file sees. */
export function statesSaid(file: FileAnalysis, { place, tag }: RecordDeclaration): readonly ValidWhen[] {
  const text = place && file.globals.files.find(({ path }) => path === place.path)?.text;
  const said = place && text ? validWhen(text, place.start, place.end) : [];
  if (text && tag !== undefined) said.push(...hadOnlyBy(text, tag));
  return said.filter(({ asked }) => isDeclared(file, asked.replace('()', '')));
}

function isDeclared(file: FileAnalysis, name: string): boolean {
  return file.globals.ordinary(name) !== undefined || file.offers(name) !== undefined;
}

/** Whether comments ask for one state before one member of a record is used, and for another before another one is. */
export function areToldApart(file: FileAnalysis, record: RecordDeclaration, one: string, other: string): boolean {
  const states = statesSaid(file, record);
  const [left, right] = [one, other].map((path) => {
    const names = path.split('.');
    return states.filter(({ member }) => names.includes(member));
  });
  if (left.length === 0 || right.length === 0) return false;
  return !left.some((a) => right.some((b) => a.member === b.member || (a.asked === b.asked && a.holds === b.holds)));
}
