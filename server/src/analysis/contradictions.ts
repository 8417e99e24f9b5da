/** Where what a path has tested can't be while a member of a union is valid. */
import { type Bound, boundIn } from '../facts/ranges';
import type { ValidWhen } from '../facts/valid-state';
import { type Answer, joined } from '../flow/answers';
import type { AnswerTransfer } from '../flow/known-answers';
import { isNumeral } from '../flow/test-constants';
import { type CType, type RecordDeclaration, recordBehind, strip } from '../types/model';
import { findMember } from '../types/typer';
import type { FileAnalysis } from './analysis';
import { enumeratorsBeside } from './kind-cover';
import { constantValue } from './named-states';

/** What the path has tested that can't be where a member is valid. */
export function contradicting(
  file: FileAnalysis,
  state: ValidWhen,
  object: string | undefined,
  answers: AnswerTransfer,
): Answer | undefined {
  if (state.via !== undefined) return ofAnotherKind(file, state.asked, `*(${object}.${state.via};)`, answers);
  const bound = boundIn(state.asked);
  if (bound) return outOfBounds(file, state.holds, bound, answers.of(object));
  for (const answer of answers.of(object)) if (contradicts(answer, state)) return answer;
  const { asked, holds, equals, others = [], rivals } = state;
  if (asked.endsWith('()')) return answers.refuting(object, asked.slice(0, -2), holds);
  for (const choices of answers.choicesOf(object))
    if (choices.every((answer) => contradicts(answer, state) && !areSame(file, answer, state))) return joined(choices);
  if (state.isKind)
    for (const answer of answers.of(object))
      if (isWithout(file, answer, asked) || isOtherValue(file, answer, state)) return answer;
  if (!holds || equals === undefined) return undefined;
  for (const answer of answers.of(object)) {
    const isOut = (constant: string): boolean => answers.rulesOut(answer, equals, constant);
    const isRival = (rival: string): boolean => rival === answer.asked || (!rival.endsWith('()') && !isOut(rival));
    if (rivals && !(answer.holds && rivals.some(isRival))) continue;
    if ([asked, ...others].every(isOut)) return answer;
  }
  return undefined;
}

function contradicts(answer: Answer, state: ValidWhen): boolean {
  const { asked, holds, equals } = answer;
  if (isOfZero(state)) return isZeroThere(answer, state.equals) === !state.holds;
  const { others = [], rivals, isByBit } = state;
  if (state.needsIt && asked === state.asked && !holds) return true;
  if (rivals && equals === undefined) return holds && isByBit === true && rivals.includes(asked);
  if (rivals) return holds && (state.equals ?? equals) === equals && rivals.includes(asked);
  // One of several constants that is not there says nothing.
  if (others.length > 0 && (!holds || others.includes(asked))) return false;
  if (asked === state.asked) return holds !== state.holds;
  if (!holds || !state.holds || equals === undefined) return false;
  if (state.equals !== undefined) return isNamed(equals, state.equals);
  return isOfSameEnum(answer, state.asked);
}

/** Whether a path leads to a member of a name. */
function isNamed(path: string, member: string): boolean {
  return path === member || path.endsWith(`.${member}`);
}

/** What the path has tested of a number that is then not on the side of a bound where a member is valid. */
function outOfBounds(
  { globals }: FileAnalysis,
  isAbove: boolean,
  { member, operator, bound }: Bound,
  answers: Iterable<Answer>,
): Answer | undefined {
  const numberOf = (name: string): bigint | undefined =>
    isNumeral(name) ? BigInt(name) : constantValue(globals, name);
  const least = (sign: string, name: string): bigint | undefined => {
    const value = numberOf(name);
    return value === undefined ? undefined : value + (sign === '>' ? 1n : 0n);
  };
  const from = least(operator, bound);
  for (const answer of answers) {
    const { asked, holds, equals } = answer;
    const other = boundIn(asked);
    if (other && isNamed(other.member, member)) {
      if (holds === isAbove) continue;
      const end = least(other.operator, other.bound);
      const isSame = other.operator === operator && other.bound === bound;
      const isOut = from !== undefined && end !== undefined && (isAbove ? end <= from : end >= from);
      if (isSame || isOut) return answer;
    } else if (equals !== undefined && isNamed(equals, member) && holds) {
      const value = numberOf(asked);
      if (from !== undefined && value !== undefined && value >= from !== isAbove) return answer;
    }
  }
  return undefined;
}

/** What the path has tested of the kind of what a pointer leads to, where it is not the one that a word names. */
function ofAnotherKind(file: FileAnalysis, kind: string, object: string, answers: AnswerTransfer): Answer | undefined {
  for (const answer of answers.of(object)) {
    const { asked, holds, equals } = answer;
    if (equals === undefined) continue;
    const isMeant = (name: string): boolean => name.toLowerCase().split('_').includes(kind);
    const meant = enumeratorsBeside(file, asked).flatMap(({ name }) => (isMeant(name) ? [name] : []));
    if (meant.length > 0 && (holds ? !meant.includes(asked) : meant.length === 1 && meant[0] === asked)) return answer;
  }
  return undefined;
}

/** Whether a word that is one constant as a whole can't have another one in it, neither as its value nor as bits of it. */
function isWithout({ globals }: FileAnalysis, { asked, equals, holds }: Answer, constant: string): boolean {
  if (!holds || equals === undefined || equals.includes('&') || isNumeral(asked) || isNumeral(constant)) return false;
  const family = familyOf(asked);
  if (family === undefined || family !== familyOf(constant)) return false;
  const [value, other] = [constantValue(globals, asked), constantValue(globals, constant)];
  return value !== undefined && other !== undefined && other !== 0n && (value & other) !== other;
}

/** Whether a number is another value of the enum that has a kind: its type need not say so, as a `u8` is smaller. */
function isOtherValue(file: FileAnalysis, { asked, equals, holds }: Answer, { asked: kind, others = [] }: ValidWhen) {
  if (!holds || equals === undefined || equals.includes('&') || asked === kind || others.includes(asked)) return false;
  return enumeratorsBeside(file, kind).some(({ name }) => name === asked);
}

/** What the names of constants of one kind begin with: `PORT_KIND_` of `PORT_KIND_WIDE`; one word alone may be of flags, too. */
function familyOf(constant: string): string | undefined {
  return /^([A-Z0-9]+_){2,}(?=[A-Z0-9]+$)/.exec(constant)?.[0];
}

/** Whether an answer is the very state in which a member is valid. */
export function isMet(answer: Answer, state: ValidWhen): boolean {
  if (isOfZero(state)) return isZeroThere(answer, state.equals) === state.holds;
  return answer.asked === state.asked && answer.holds === state.holds;
}

/** Whether a state is that a member beside is zero, or is not. */
function isOfZero(state: ValidWhen): state is ValidWhen & { readonly equals: string } {
  return state.asked === '0' && state.equals !== undefined;
}

/** What an answer says of a member by its name: that it is zero, or is not; undefined where it says neither. */
function isZeroThere({ asked, holds, equals }: Answer, member: string): boolean | undefined {
  const path = equals ?? asked;
  if (!isNamed(path, member)) return undefined;
  if (equals === undefined) return !holds;
  if (asked === '0') return holds;
  return holds && isNumeral(asked) ? false : undefined;
}

/** Whether two constants have one value, under names of two interfaces, or one part, where no more was compared. */
export function areSame({ globals }: FileAnalysis, { asked, holds, equals }: Answer, state: ValidWhen): boolean {
  if (!holds || asked === state.asked) return false;
  const one = constantValue(globals, asked);
  const [, mask] = / & (\w+)$/.exec(equals ?? '') ?? [];
  const part = mask === undefined ? undefined : constantValue(globals, mask);
  if (one === undefined) return false;
  return [state.asked, ...(state.others ?? [])].some((name) => {
    const other = constantValue(globals, name);
    return one === other || (part !== undefined && other !== undefined && (other & part) === one);
  });
}

/** Whether a constant is another value of the enum that the tested member has. */
function isOfSameEnum({ readFrom, asked }: Answer, constant: string): boolean {
  let type: CType | undefined;
  let record = readFrom?.record;
  for (const name of readFrom?.path.split('.') ?? []) {
    type = record && findMember(record, name)?.type;
    record = type && recordBehind(type);
  }
  const bare = type && strip(type);
  const values = bare?.kind === 'enum' ? (bare.enumeration.enumerators ?? []) : [];
  const [one, other] = [asked, constant].map((name) => values.find((value) => value.name === name)?.value);
  return typeof one === 'bigint' && typeof other === 'bigint' && one !== other;
}

/**
 * Whether a value may be of those that a comment lists, though the list lacks it: enums grow, and comments are left as they are. Its
 * name begins with that of a listed one, or has the words that all listed ones have and none that comments at other members list.
 */
export function isAkin(
  { asked, holds, equals }: Answer,
  { asked: first, others = [], rivals }: ValidWhen,
  said: readonly ValidWhen[],
): boolean {
  if (!holds || equals === undefined || rivals) return false;
  const own = [first, ...others];
  if (own.some((name) => asked.startsWith(`${name}_`))) return true;
  const listed = said.flatMap((one) => [one.asked, ...(one.others ?? [])]).filter((name) => !own.includes(name));
  if (listed.length === 0 || listed.includes(asked)) return false;
  const wordsOf = (name: string): readonly string[] => name.split('_');
  const common = wordsOf(first).filter((word) => own.every((name) => wordsOf(name).includes(word)));
  const apart = common.filter((word) => !listed.some((name) => wordsOf(name).includes(word)));
  return own.length > 1 && apart.some((word) => wordsOf(asked).includes(word));
}

/**
 * Whether an answer is about another inner record than the one in which a path goes on, though of the same type: `x->from.kind` says nothing of
 * `x->to.value`.
 *
 * @param records The records on the path, the outermost first.
 */
export function isOfAnother(
  { readFrom }: Answer,
  { records, names }: { readonly records: readonly RecordDeclaration[]; readonly names: readonly string[] },
): boolean {
  let at = readFrom?.record;
  let isBeside = false;
  for (const [index, step] of (readFrom?.path.split('.') ?? []).slice(0, -1).entries()) {
    const type: CType | undefined = at && findMember(at, step)?.type;
    const bare: CType | undefined = type && strip(type);
    at = bare?.kind === 'record' ? bare.record : undefined;
    isBeside ||= names[index] !== step;
    if (isBeside && at && records.slice(index + 1).includes(at)) return true;
  }
  return false;
}
