/** Which of a member's accessors does what a use of the member does. */

import type { ReservedMember } from '../facts/reserved-member';
import { nameId } from '../text/names';
import { TokenKind } from '../text/tokens';
import { qualifiersOf } from '../types/conversions';
import { type CType, recordBehind, strip } from '../types/model';
import type { AccessDeed } from './access-deed';
import type { AccessSite, FileAnalysis } from './analysis';
import { statementEnd } from './statement-tokens';

/** A use of a member, with what it does. */
export interface Use extends AccessDeed {
  readonly site: AccessSite;
}

/** Whether an accessor that the file sees, or could include, does what a use does. */
export function offersFor(file: FileAnalysis, member: ReservedMember, name: string, use: Use): boolean {
  return (member.isForCallers || fitsUse(file, member, name, use)) && file.offers(name) !== undefined;
}

/** Of more functions, these say enough. */
const MOST_NAMES = 4;

/** The accessors to call instead of a use: one, or, of functions that change a member in other ways, several to choose from. */
export function accessorsFor(file: FileAnalysis, member: ReservedMember, use: Use): readonly string[] {
  const fitting = member.accessors.filter((name) => offersFor(file, member, name, use));
  const { deed, by } = use;
  const isChange = deed === 'change';
  // Of functions that count, the one that does so in this way.
  const same = isChange && by !== undefined ? fitting.find((name) => isNamedIn(file, name, by)) : undefined;
  return same === undefined ? fitting.slice(0, isChange && member.isForWriters ? MOST_NAMES : 1) : [same];
}

function fitsUse(file: FileAnalysis, member: ReservedMember, name: string, { deed, site, by }: Use): boolean {
  const { writers, counters, constants } = member;
  if (!writers) return fitsAccess(file, name, deed !== 'read', site);
  const constant = constants?.[name];
  if (constant !== undefined && deed !== 'read') return storedText(site) === constant;
  if (deed === 'read') return !writers.includes(name) && !counters?.includes(name);
  if (deed === 'store' || !counters) return writers.includes(name);
  // What counts in another way is no help.
  return counters.includes(name) && (by === undefined || (isNamedIn(file, name, by) && !callsBack(file, name)));
}

/** The text of what is stored at a place. */
function storedText({ file: { tokens }, nameToken }: AccessSite): string {
  const end = statementEnd(tokens, nameToken);
  return tokens.text.slice(tokens.starts[Math.min(nameToken + 2, end)], tokens.ends[end - 1]);
}

/** Whether the body of a function names another one. */
function isNamedIn(file: FileAnalysis, name: string, other: string): boolean {
  const definition = file.globals.definitionOf(name);
  if (!definition) return false;
  const { kinds, ids } = definition.reading.file.tokens;
  const wanted = nameId(other);
  for (let at = definition.item.first; at < definition.item.end; at++)
    if (kinds[at] === TokenKind.Identifier && ids[at] === wanted) return true;
  return false;
}

/** Whether a function is given one that it calls: it does more than count for those who only count. */
function callsBack(file: FileAnalysis, name: string): boolean {
  const type = file.scopeOf(name).ordinary(name)?.type;
  const bare = type && strip(type);
  if (bare?.kind !== 'function') return false;
  return bare.parameters.some(({ type: taken }) => {
    const pointer = strip(taken);
    return pointer.kind === 'pointer' && strip(pointer.to).kind === 'function';
  });
}

/** Says of a macro that it stores. */
const SETTING = /(?:^|_)SET(?:_|$)/;

/** Whoever only gives a value out is no help to whoever stores one; further parameters say which part of it. */
function fitsAccess(file: FileAnalysis, name: string, isWrite: boolean, { member }: AccessSite): boolean {
  const type = file.scopeOf(name).ordinary(name)?.type;
  const bare = type && strip(type);
  if (bare?.kind !== 'function') return !SETTING.test(name) || isWrite;
  const [first, ...more] = bare.parameters.map(({ type: one }) => strip(one));
  const isAskedOnly = more.length === 0 || (first?.kind === 'pointer' && qualifiersOf(first.to).isConst);
  // What takes the value alone has no place to store it: it takes or drops a reference.
  const value = member && recordBehind(member.type);
  if (isWrite && more.length === 0 && value && first && recordBehind(first) === value) return false;
  const givesOnly = first !== undefined && isAskedOnly && strip(bare.returns).kind !== 'void';
  return isWrite ? !givesOnly : givesOnly || copiesOut(more);
}

/** Whether a function is given a buffer to fill, and how long it is. */
function copiesOut([to, length]: readonly CType[]): boolean {
  if (to?.kind !== 'pointer' || length?.kind !== 'integer' || qualifiersOf(to.to).isConst) return false;
  const what = strip(to.to);
  return what.kind === 'void' || (what.kind === 'integer' && /\bchar$/.test(what.name));
}
