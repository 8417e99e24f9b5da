/**
 * Which member of a union a constant stands for, as names have it: `VALUE_IS_FILE` is of `file` where other members of the union
 * have constants that differ in their name alone.
 */

import { flatten, intersection } from '../facts/overlay';
import type { ValidWhen } from '../facts/valid-state';
import type { Answer } from '../flow/answers';
import { isNumeral } from '../flow/test-constants';
import { offsetOf } from '../layout/member';
import { layoutRecord } from '../layout/record';
import type { UnitGlobals } from '../parser/globals';
import { macroNumber } from '../parser/macro-body';
import { nameId } from '../text/names';
import { isUnknownValue, type Member, type RecordDeclaration, recordBehind, strip } from '../types/model';
import { findMember } from '../types/typer';
import type { FileAnalysis } from './analysis';
import { enumeratorsBeside, kindCover, NO_KIND, unionOf } from './kind-cover';
import { isVoidPointer } from './word-operators';

/**
 * The state that a member asks for by its name, where an answer says that it is another one.
 *
 * @param record The outermost record of the access.
 * @param path The names from there to the member.
 * @param ruledOut The constants that the state is known not to be.
 */
export function namedState(
  file: FileAnalysis,
  record: RecordDeclaration,
  path: readonly string[],
  { asked, equals, holds, readFrom }: Answer,
  ruledOut: readonly string[] = [],
): ValidWhen | undefined {
  if (asked.endsWith('()')) return holds ? undefined : askedByName(file, record, path, asked.slice(0, -2));
  if (equals === undefined) return undefined;
  let at: RecordDeclaration | undefined = record;
  for (const name of path) {
    if (!at) return undefined;
    const union = unionOf(at, name);
    const covered = union && coveredState(file, record, path, name, union, { asked, holds }, ruledOut);
    if (covered) {
      const place = findMember(at, name)?.place;
      return { member: name, ...covered, holds: true, equals, start: place?.start ?? 0, end: place?.end ?? 0 };
    }
    // The longest name that fits: `KIND_LONG_IRQ` is not of `irq` where there is a `long_irq`.
    const [exact] = (union ?? [])
      .flatMap(({ name: one }) => (one !== undefined && isNamedFor(asked, one) ? [one] : []))
      .sort((a, b) => b.length - a.length);
    const begun = exact === undefined ? begunBy(union ?? [], asked) : undefined;
    const meant = exact ?? begun?.name;
    if (union && meant !== undefined && (meant !== name) === holds) {
      const prefix = asked.slice(0, asked.length - (begun?.words ?? meant).length);
      const longer = longerFor(file, union, asked, prefix, name);
      const beginning = constantBegun(file, prefix, name, asked);
      const own = constantFor(file, prefix, name) ?? longer ?? beginning;
      const isFamily =
        (longer ?? beginning) !== undefined ||
        union.some((one) => one.name !== meant && one.name !== undefined && constantFor(file, prefix, one.name));
      // One name that fits may be chance.
      if (!own || !(isFamily || isOfEnum(readFrom, prefix))) return undefined;
      if (!holds && (hasLonger(file, own) || mayBeOfAnother(file, own, name, union, ruledOut))) return undefined;
      if (holds && isSameThere(file, record, path, name, meant)) return undefined;
      const place = findMember(at, name)?.place;
      const quote = `${own} has the name of ${name}`;
      return { member: name, asked: own, holds: true, equals, quote, start: place?.start ?? 0, end: place?.end ?? 0 };
    }
    if (union && meant === undefined && holds) {
      const own = ownKind(file, union, name, asked);
      const place = findMember(at, name)?.place;
      const quote = `${own} has the name of ${name}, and there is one value for each member`;
      if (own !== undefined)
        return { member: name, asked: own, holds: true, equals, quote, start: place?.start ?? 0, end: place?.end ?? 0 };
    }
    const member: Member | undefined = findMember(at, name);
    at = member && recordBehind(member.type);
  }
  return undefined;
}

/** `part_is_leaf()` of the member `leaf`, where another member of the union has such a predicate, too. */
function askedByName(
  { globals }: FileAnalysis,
  record: RecordDeclaration,
  path: readonly string[],
  predicate: string,
): ValidWhen | undefined {
  const [name] = path.filter((one) => predicate.endsWith(`is_${one}`));
  const union = name === undefined ? undefined : unionOf(record, name);
  if (name === undefined || !union) return undefined;
  const prefix = predicate.slice(0, predicate.length - name.length);
  const isPredicate = (one: string | undefined): boolean =>
    one !== undefined && one !== name && globals.ordinary(prefix + one)?.type?.kind === 'function';
  if (!union.some((one) => isPredicate(one.name))) return undefined;
  const place = findMember(record, name)?.place;
  const quote = `${predicate}() has the name of ${name}`;
  return {
    member: name,
    asked: `${predicate}()`,
    holds: true,
    equals: undefined,
    quote,
    start: place?.start ?? 0,
    end: place?.end ?? 0,
  };
}

/** The state that a member asks for where each member of its union has a value of the enum, and the answer is about another one. */
function coveredState(
  file: FileAnalysis,
  record: RecordDeclaration,
  path: readonly string[],
  name: string,
  union: readonly Member[],
  { asked, holds }: Pick<Answer, 'asked' | 'holds'>,
  ruledOut: readonly string[],
): Pick<ValidWhen, 'asked' | 'quote'> | undefined {
  const cover = kindCover(union, enumeratorsBeside(file, asked));
  const own = cover?.kinds.get(name);
  const more = cover?.more.get(name) ?? [];
  if (!cover || own === undefined || more.includes(asked) || holds === (own === asked)) return undefined;
  const state = { asked: own, quote: `${own} is of ${name}, as each member has a value of its own` };
  if (!holds) {
    if (more.some((one) => !ruledOut.includes(one))) return undefined;
    const meant = [...cover.kinds.values(), ...[...cover.more.values()].flat()];
    // Of a value that is no member's, nothing says that it isn't this one's.
    const isTold = cover.values.every((one) => meant.includes(one) || cover.none.has(one) || ruledOut.includes(one));
    return own === asked && isTold ? state : undefined;
  }
  if (cover.none.has(asked)) return state;
  const [meant] =
    [...cover.kinds].find(([, value]) => value === asked) ??
    [...cover.more].find(([, values]) => values.includes(asked)) ??
    [];
  return meant !== undefined && !isSameThere(file, record, path, name, meant) ? state : undefined;
}

/**
 * The value of the enum of a constant that has the name of a member, where the enum has one value for each member of the union: what
 * is of another value holds another member, whatever that one's name is.
 */
function ownKind(file: FileAnalysis, union: readonly Member[], name: string, asked: string): string | undefined {
  const kinds = valuesBeside(file, asked);
  // A `void *` is any of the others.
  const members = union.filter(({ type }) => !isVoidPointer(type));
  if (kinds.length !== members.length || members.length < 2) return undefined;
  const fitting = kinds.filter((kind) => isNamedFor(kind, name));
  const [own] = fitting;
  return fitting.length === 1 && own !== asked ? own : undefined;
}

/**
 * The value of the enum of a constant whose name begins behind their common part as a member's does, `KIND_BUFFER` of `buf`, where the enum
 * has one value for each member of the union.
 */
function longerFor(
  file: FileAnalysis,
  union: readonly Member[],
  asked: string,
  prefix: string,
  name: string,
): string | undefined {
  const kinds = valuesBeside(file, asked);
  const members = union.filter(({ type }) => !isVoidPointer(type));
  const fitting = kinds.filter(
    (kind) => kind.startsWith(prefix) && kind.slice(prefix.length).toLowerCase().startsWith(name.toLowerCase()),
  );
  return kinds.length === members.length && name.length > 2 && fitting.length === 1 && fitting[0] !== asked
    ? fitting[0]
    : undefined;
}

/** The enumerators among which one is declared, itself included. */
function valuesBeside(file: FileAnalysis, constant: string): readonly string[] {
  return enumeratorsBeside(file, constant).map(({ name }) => name);
}

function constantFor(file: FileAnalysis, prefix: string, name: string): string | undefined {
  return [prefix + name.toUpperCase(), prefix + name].find(
    (one) => isEnumerator(file, one) || file.globals.unit.definitions(nameId(one)).length > 0,
  );
}

/** The one member of a union whose name begins with the words that a constant ends in: `inline_data` for `KIND_INLINE`. */
function begunBy(
  union: readonly Member[],
  asked: string,
): { readonly name: string; readonly words: string } | undefined {
  const fitting = union.flatMap(({ name }) => {
    const words = beginningsOf(name ?? '').find((one) => isNamedFor(asked, one));
    return name !== undefined && words !== undefined ? [{ name, words }] : [];
  });
  return fitting.length === 1 ? fitting[0] : undefined;
}

/** The constant that ends in the words with which the name of a member begins, another one than was asked for. */
function constantBegun(file: FileAnalysis, prefix: string, name: string, asked: string): string | undefined {
  const found = beginningsOf(name).flatMap((one) => constantFor(file, prefix, one) ?? []);
  return found.find((one) => one !== asked);
}

/** What a name of several words begins with, the longest first. */
function beginningsOf(name: string): readonly string[] {
  const words = name.split('_');
  return words
    .map((_, index) => words.slice(0, words.length - index).join('_'))
    .slice(1)
    .filter((one) => one.length > 3);
}

/** Whether a longer constant begins as one does: `KIND_FILE_COPY` is of `file`, too, where the kind is not `KIND_FILE`. */
function hasLonger(file: FileAnalysis, constant: string): boolean {
  const longer = new RegExp(`\\b${constant}_\\w`);
  const [macro] = file.globals.unit.definitions(nameId(constant));
  return macro ? longer.test(macro.file.text) : valuesBeside(file, constant).some((name) => longer.test(name));
}

/**
 * Whether another value of a constant's enum may be the member's, too: it has the member's name (`NEW_NODE`, `OLD_NODE`), or that of no
 * member of the union.
 */
function mayBeOfAnother(
  file: FileAnalysis,
  own: string,
  member: string,
  union: readonly Member[],
  ruledOut: readonly string[],
): boolean {
  return valuesBeside(file, own).some((value) => {
    if (value === own || ruledOut.includes(value) || NO_KIND.test(value)) return false;
    const fitting = union.filter(({ name }) => name !== undefined && isNamedFor(value, name));
    return fitting.length === 0 || fitting.some(({ name }) => name === member);
  });
}

function isEnumerator({ globals }: FileAnalysis, name: string): boolean {
  return globals.ordinary(name)?.kind === 'enumerator';
}

/** The value of a constant by its name, be it an enumerator or a macro, or of a number. */
export function constantValue(globals: UnitGlobals, name: string): bigint | undefined {
  if (isNumeral(name)) return BigInt(name);
  const named = globals.ordinary(name);
  if (named?.kind === 'enumerator') return typeof named.value === 'bigint' ? named.value : undefined;
  const [macro, ...more] = globals.unit.definitions(nameId(name));
  return macro && more.length === 0 ? macroNumber(globals, macro) : undefined;
}

function isNamedFor(constant: string, name: string): boolean {
  return constant.toLowerCase().endsWith(`_${name.toLowerCase()}`);
}

/** Whether what was tested is of an enum whose constants all begin alike. */
function isOfEnum(readFrom: Answer['readFrom'], prefix: string): boolean {
  let record = readFrom?.record;
  let type = undefined as Member['type'] | undefined;
  for (const name of readFrom?.path.split('.') ?? []) {
    type = record && findMember(record, name)?.type;
    record = type && recordBehind(type);
  }
  const bare = type && strip(type);
  if (bare?.kind !== 'enum') return false;
  return bare.enumeration.enumerators?.every(({ name }) => name.startsWith(prefix)) === true;
}

/** Whether another member of the union has the same value where a path leads: a length, or the kind itself. */
function isSameThere(
  { target }: FileAnalysis,
  record: RecordDeclaration,
  path: readonly string[],
  name: string,
  other: string,
): boolean {
  const place = offsetOf(record, path.join('.'), target);
  const before = path.slice(0, path.indexOf(name));
  const beside = offsetOf(record, [...before, other].join('.'), target);
  if (isUnknownValue(place) || isUnknownValue(beside)) return true;
  const type = strip(beside.type);
  const parts =
    type.kind === 'record'
      ? flatten(layoutRecord(type.record, target)).map((part) => ({
          ...part,
          offsetBits: part.offsetBits + beside.offsetBits,
        }))
      : [beside];
  return parts.some(
    (part) =>
      part.offsetBits === place.offsetBits &&
      part.sizeBits === place.sizeBits &&
      intersection(part, place) !== undefined &&
      isSameKind(part.type, place.type),
  );
}

function isSameKind(one: Member['type'], other: Member['type']): boolean {
  const [left, right] = [strip(one), strip(other)];
  if (left.kind !== 'pointer' || right.kind !== 'pointer') return left.kind === right.kind && left.kind !== 'record';
  const [a, b] = [strip(left.to), strip(right.to)];
  return a.kind === 'record' && b.kind === 'record' ? a.record === b.record : a.kind === b.kind;
}
