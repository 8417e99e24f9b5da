/**
 * Which state makes a member of a union valid, as the functions of its own header have it: each of them reads the member
 * behind the same answer, and another member of the union behind the opposite one.
 */
import type { ValidWhen } from '../facts/valid-state';
import type { Answer } from '../flow/answers';
import { followAnswers } from '../flow/known-answers';
import { ObjectPaths } from '../flow/object-paths';
import { constantsIn, isNumeral } from '../flow/test-constants';
import type { UnitGlobals } from '../parser/globals';
import type { PToken } from '../preprocessor/ptoken';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { Declaration, MemberExpression } from '../types/ast';
import type { RecordDeclaration } from '../types/model';
import { baseRecord } from '../types/typer';
import type { FileAnalysis } from './analysis';
import { toldByValue } from './value-discriminants';

/** So many functions of a header are read for it. */
const MOST_FUNCTIONS = 60;

interface Read {
  readonly answers: readonly Answer[];
  readonly start: number;
}

/** The members of a record's unions, each with those whose bytes it shares in some way. */
function arms(record: RecordDeclaration): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  const take = ({ kind, members = [] }: RecordDeclaration): void => {
    const names = kind === 'union' ? members.flatMap(({ name }) => (name === undefined ? [] : [name])) : [];
    for (const name of names) found.set(name, new Set(names.filter((other) => other !== name)));
    // Those of a union with a name go by its name.
    for (const { name, type } of members)
      if (type.kind === 'record' && (name === undefined || type.record.kind === 'union')) take(type.record);
  };
  take(record);
  return found;
}

/** Whether a member of a union in the record has this name: of others nothing is inferred. */
export function isArm(record: RecordDeclaration, name: string): boolean {
  return arms(record).has(name);
}

/** Where a record is declared; one without a tag is by its members. */
export function placeOfRecord({ place, members }: RecordDeclaration): Place | undefined {
  if (place) return place;
  for (const member of members ?? []) {
    const inner = member.type.kind === 'record' ? placeOfRecord(member.type.record) : undefined;
    if (member.place ?? inner) return member.place ?? inner;
  }
  return undefined;
}

/** What the functions in the header of a record say of the members of its unions. */
export function inferredStates(file: FileAnalysis, record: RecordDeclaration): ValidWhen[] {
  const place = placeOfRecord(record);
  const shared = arms(record);
  if (!place || shared.size === 0 || place.path === file.main.path) return [];
  const { reads, stores, told } = usesIn(file, record, place.path, shared);
  const found: ValidWhen[] = [...told];
  for (const [member, others] of shared) {
    const own = reads.get(member) ?? [];
    const kinds = kindsOf(member, others, reads);
    for (const [key, { answer, behind, isStrong }] of support(own)) {
      // Which value it is says more than which it is not.
      if (kinds.length > 0 && answer.equals !== undefined && !answer.holds) continue;
      const isOpposed = [...others].some((other) => {
        const opposite = support(reads.get(other) ?? []).get(key);
        return opposite && opposite.answer.holds !== answer.holds && (isStrong || opposite.isStrong);
      });
      if (!isOpposed) continue;
      const { asked, holds, equals } = answer;
      const counted =
        own.length === 1 ? 'the one read' : `${behind === own.length ? 'all' : `${behind} of`} ${own.length} reads`;
      const state = asked.endsWith('()') ? `${asked} is ${holds}` : `${asked} is ${holds ? 'set' : 'not set'}`;
      const quote = `${counted} of ${member} in this header stand${own.length === 1 ? 's' : ''} where ${state}`;
      found.push({ member, asked, holds, equals, quote, start: own[0].start, end: own[0].start + member.length });
    }
    if (!found.some((one) => one.member === member)) found.push(...kinds);
    const stored = stores.get(member);
    if (!stored || found.some((one) => one.member === member)) continue;
    const isTold = [...others].some((other) => {
      const beside = stores.get(other);
      return beside && beside.equals === stored.equals && beside.asked !== stored.asked;
    });
    const quote = `a function of this header stores ${member} together with ${stored.asked}`;
    if (isTold) found.push({ ...stored, member, holds: true, quote, end: stored.start + member.length });
  }
  return found;
}

/**
 * The values of a kind behind which a member is read, where other members of the union are read behind other values of it. Reads
 * of which the path says nothing are left out: they are what comes first, before the kind is stored.
 */
function kindsOf(
  member: string,
  others: ReadonlySet<string>,
  reads: ReadonlyMap<string, readonly Read[]>,
): readonly ValidWhen[] {
  const own = kindsBehind(reads.get(member) ?? []);
  const asked = predicatesBehind(reads.get(member) ?? []);
  return [...own].flatMap(([equals, { constants, start }]) => {
    const rivals = new Set<string>();
    for (const other of others)
      for (const constant of kindsBehind(reads.get(other) ?? []).get(equals)?.constants ?? []) rivals.add(constant);
    for (const other of others)
      for (const predicate of predicatesBehind(reads.get(other) ?? []))
        if (!asked.has(predicate)) rivals.add(predicate);
    // A value behind which two members are read tells neither of them.
    const [first, ...more] = [...constants].filter((constant) => !rivals.has(constant));
    const contrary = [...rivals].filter((constant) => !constants.has(constant));
    if (first === undefined || contrary.length === 0) return [];
    const quote = `this header reads ${member} where ${equals} is ${[first, ...more].join(' or ')}`;
    const place = { start, end: start + member.length };
    return [{ member, asked: first, others: more, rivals: contrary, holds: true, equals, quote, ...place }];
  });
}

/** The predicates that hold where some of the reads stand. */
function predicatesBehind(reads: readonly Read[]): ReadonlySet<string> {
  const said = reads.flatMap(({ answers }) => answers.filter(({ asked, holds }) => holds && asked.endsWith('()')));
  return new Set(said.map(({ asked }) => asked));
}

/** The constants that a member beside is, by its name, where reads stand. */
function kindsBehind(
  reads: readonly Read[],
): ReadonlyMap<string, { readonly constants: Set<string>; readonly start: number }> {
  const found = new Map<string, { readonly constants: Set<string>; readonly start: number }>();
  for (const { answers, start } of reads)
    for (const { equals, asked, holds } of answers) {
      if (!holds || equals === undefined) continue;
      const known = found.get(equals) ?? { constants: new Set(), start };
      known.constants.add(asked);
      found.set(equals, known);
    }
  return found;
}

interface Support {
  readonly answer: Answer;
  /** How many reads stand behind it. */
  readonly behind: number;
  /** Nearly all do. */
  readonly isStrong: boolean;
}

/** The answers that reads of a member stand behind, and none of them behind the opposite one. */
function support(reads: readonly Read[]): ReadonlyMap<string, Support> {
  const found = new Map<string, Support>();
  const refused = new Set<string>();
  for (const { answers } of reads) {
    const own = new Map<string, Answer>();
    for (const answer of answers) {
      const known = own.get(keyOf(answer));
      // A macro that reads its argument behind both answers says nothing.
      if (known && known.holds !== answer.holds) refused.add(keyOf(answer));
      own.set(keyOf(answer), answer);
    }
    for (const [key, answer] of own) {
      const known = found.get(key);
      if (known && known.answer.holds !== answer.holds) refused.add(key);
      const behind = (known?.behind ?? 0) + 1;
      found.set(key, { answer: known?.answer ?? answer, behind, isStrong: behind * 3 >= reads.length * 2 });
    }
  }
  for (const key of refused) found.delete(key);
  return found;
}

function keyOf({ asked, equals }: Answer): string {
  return `${equals ?? ''} ${asked}`;
}

/** What the functions of a header do with members of a record's unions. */
interface Uses {
  readonly reads: ReadonlyMap<string, Read[]>;
  /** The constants that are stored with them, by member. */
  readonly stores: ReadonlyMap<string, StoredState>;
  /** What functions tell by the value of a member. */
  readonly told: readonly ValidWhen[];
}

type StoredState = Pick<ValidWhen, 'asked' | 'start'> & { readonly equals: string };

function usesIn(
  file: FileAnalysis,
  record: RecordDeclaration,
  path: string,
  shared: ReadonlyMap<string, ReadonlySet<string>>,
): Uses {
  const { globals } = file;
  const reads = new Map<string, Read[]>();
  const stores = new Map<string, StoredState>();
  const told: ValidWhen[] = [];
  const paths = new ObjectPaths(globals);
  const ids = new Set([...shared.keys()].map(nameId));
  let functions = 0;
  for (const { table, reading } of globals.tables) {
    if (table.file.path !== path) continue;
    const { kinds, ids: names } = table.file.tokens;
    for (const item of table.items) {
      if (!item.isFunction || functions >= MOST_FUNCTIONS) continue;
      let isNamed = false;
      for (let at = item.first; at < item.end && !isNamed; at++)
        isNamed = kinds[at] === TokenKind.Identifier && ids.has(names[at]);
      if (!isNamed) continue;
      functions++;
      const { declarations, tokens } = globals.parseWhole(reading, item);
      for (const declaration of declarations) {
        const byValue = toldByValue(declaration, record, paths);
        for (const { member, holds } of byValue?.members ?? []) {
          const { predicate, nameToken } = byValue!;
          const { start, end } = tokens[nameToken];
          const quote = `${predicate} tells ${[...shared.keys()].filter((one) => one === member || shared.get(one)?.has(member)).join(' from ')} by the value`;
          told.push({ member, isByValue: true, asked: predicate, holds, equals: undefined, quote, start, end });
        }
        learnStores(globals, declaration, tokens, record, shared, stores);
        followAnswers(declaration, tokens, globals, file.facts, {
          member(expression: MemberExpression, use, answers) {
            if (use !== 'read' && use !== 'address') return;
            const arm = armIn(expression, shared);
            if (!arm || !isOf(globals, arm, record)) return;
            const known = reads.get(arm.name) ?? [];
            const { start } = tokens[arm.nameToken];
            // A count that is zero, or not, tells of no member.
            const said = [...answers.of(answers.objectOf(expression))].filter(({ asked }) => !isNumeral(asked));
            // A macro may read its argument many times, in part behind calls.
            const same = known.findIndex((one) => one.start === start);
            if (same < 0) known.push({ answers: said, start });
            else known[same] = { answers: [...known[same].answers, ...said], start };
            reads.set(arm.name, known);
          },
        });
      }
    }
  }
  return { reads, stores, told };
}

/** The member of a union that an access goes by: `job->u.file` of `job->u.file.size`. */
function armIn(expression: MemberExpression, shared: ReadonlyMap<string, unknown>): MemberExpression | undefined {
  for (let at: MemberExpression = expression; ; at = at.base) {
    if (shared.has(at.name)) return at;
    if (at.arrow || at.base.kind !== 'member') return undefined;
  }
}

/** Whether a member access is to a record, or to a union in it. */
function isOf(globals: UnitGlobals, expression: MemberExpression, record: RecordDeclaration): boolean {
  for (let at: MemberExpression = expression; ; at = at.base) {
    if (baseRecord(at, globals) === record) return true;
    if (at.arrow || at.base.kind !== 'member') return false;
  }
}

/** What a function stores on every way: one member of a union, and a constant into a member beside it. */
function learnStores(
  globals: UnitGlobals,
  { body }: Declaration,
  tokens: readonly PToken[],
  record: RecordDeclaration,
  shared: ReadonlyMap<string, unknown>,
  into: Map<string, StoredState>,
): void {
  const paths = new ObjectPaths(globals);
  const arms: MemberExpression[] = [];
  const constants: { readonly object: string; readonly equals: string; readonly asked: string }[] = [];
  for (const item of body?.items ?? []) {
    const assignment = item.kind === 'expression' ? item.expression : undefined;
    if (assignment?.kind !== 'assign' || assignment.operator !== Punct.Equal) continue;
    const { left, right } = assignment;
    if (left.kind !== 'member' || !isOf(globals, left, record)) continue;
    const [asked, ...more] = constantsIn(right, tokens);
    const place = paths.memberOf(left);
    if (shared.has(left.name)) arms.push(left);
    else if (asked !== undefined && more.length === 0 && place)
      constants.push({ object: place.object, equals: place.path, asked });
  }
  if (arms.length !== 1 || constants.length !== 1) return;
  const [arm] = arms;
  const [{ object, equals, asked }] = constants;
  if (paths.memberOf(arm)?.object === object) into.set(arm.name, { asked, equals, start: tokens[arm.nameToken].start });
}
