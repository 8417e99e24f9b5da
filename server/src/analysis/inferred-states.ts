/**
 * Which state makes a member of a union valid, as the functions of its own header have it: each of them reads the member
 * behind the same answer, and another member of the union behind the opposite one.
 */
import type { ValidWhen } from '../facts/valid-when';
import { followAnswers } from '../flow/known-answers';
import type { Answer } from '../flow/test-answers';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import { TokenKind } from '../text/tokens';
import type { MemberExpression } from '../types/ast';
import type { RecordDeclaration } from '../types/model';
import { baseRecord } from '../types/typer';
import type { FileAnalysis } from './analysis';

/** So many functions of a header are read for it. */
const MOST_FUNCTIONS = 60;

interface Read {
  readonly answers: readonly Answer[];
  readonly start: number;
}

/** The members of a record's unions, each with those whose bytes it shares in some way. */
function arms(record: RecordDeclaration): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const member of record.members ?? []) {
    const type = member.type.kind === 'record' ? member.type.record : undefined;
    if (type?.kind !== 'union') continue;
    const names = (type.members ?? []).flatMap(({ name }) => (name === undefined ? [] : [name]));
    for (const name of names) found.set(name, new Set(names.filter((other) => other !== name)));
  }
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
  const reads = readsIn(file, record, place.path, shared);
  const found: ValidWhen[] = [];
  for (const [member, others] of shared) {
    const own = reads.get(member) ?? [];
    for (const [key, answer] of agreed(own)) {
      const isOpposed = [...others].some((other) => {
        const opposite = agreed(reads.get(other) ?? []).get(key);
        return opposite !== undefined && opposite.holds !== answer.holds;
      });
      if (!isOpposed) continue;
      const { asked, holds, equals } = answer;
      const counted = own.length === 1 ? 'the one read' : `all ${own.length} reads`;
      const state = asked.endsWith('()') ? `${asked} is ${holds}` : `${asked} is ${holds ? 'set' : 'not set'}`;
      const quote = `${counted} of ${member} in this header stand${own.length === 1 ? 's' : ''} where ${state}`;
      found.push({ member, asked, holds, equals, quote, start: own[0].start, end: own[0].start + member.length });
    }
  }
  return found;
}

/** The answers that all reads of a member stand behind. A macro that reads its argument behind both answers says nothing. */
function agreed([first, ...more]: readonly Read[]): ReadonlyMap<string, Answer> {
  const found = new Map<string, Answer>();
  for (const one of first?.answers ?? []) {
    const isSaid = ({ answers }: Read): boolean => {
      const said = answers.filter((other) => keyOf(other) === keyOf(one));
      return said.length > 0 && said.every(({ holds }) => holds === one.holds);
    };
    if (isSaid(first) && more.every(isSaid)) found.set(keyOf(one), one);
  }
  return found;
}

function keyOf({ asked, equals }: Answer): string {
  return `${equals ?? ''} ${asked}`;
}

function readsIn(
  file: FileAnalysis,
  record: RecordDeclaration,
  path: string,
  shared: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Read[]> {
  const { globals } = file;
  const reads = new Map<string, Read[]>();
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
      for (const declaration of declarations)
        followAnswers(declaration, tokens, globals, file.facts, {
          member(expression: MemberExpression, use, answers) {
            if (use !== 'read' && use !== 'address') return;
            if (!shared.has(expression.name) || baseRecord(expression, globals) !== record) return;
            const known = reads.get(expression.name) ?? [];
            const { start } = tokens[expression.nameToken];
            const said = [...answers.of(answers.objectOf(expression))];
            // A macro may read its argument many times, in part behind calls.
            const same = known.findIndex((one) => one.start === start);
            if (same < 0) known.push({ answers: said, start });
            else known[same] = { answers: [...known[same].answers, ...said], start };
            reads.set(expression.name, known);
          },
        });
    }
  }
  return reads;
}
