/** What tests answer about objects, as data and in words. */
import { inWords } from '../facts/ranges';
import type { MemberOfObject } from './object-paths';

/** An answer that a test gave about an object. */
export interface Answer {
  /** The place that a pointer leads to, as `ObjectPaths` writes it. */
  readonly object: string;
  /** A constant as it is spelled (`JOB_DONE`, `0`), or a predicate (`job_is_done()`). */
  readonly asked: string;
  /** Where ways meet: the constants of which it may be one as well. */
  readonly or?: readonly string[];
  readonly holds: boolean;
  /** The member whose value is the constant; undefined where it is one bit among others, or a predicate. */
  readonly equals: string | undefined;
  /** The member that was read for it; undefined where that is not known. */
  readonly readFrom: Pick<MemberOfObject, 'record' | 'path'> | undefined;
  /** It was asked of the pointer's value, which no other code can change. */
  readonly isOfValue: boolean;
  /** The first token of the test. */
  readonly site: number;
}

/** One answer that has the words of several: one of them is right. */
export function joined(choices: readonly Answer[]): Answer {
  return { ...choices[0], asked: choices.map(({ asked }) => asked).join(' or ') };
}

/** An answer in words: `kind is JOB_RUNS`, `JOB_SPECIAL is not set`, `job_runs() is false`. */
export function answerInWords({ asked, holds, equals }: Answer): string {
  return inWords(asked, holds, equals);
}

/** What a test says of a member: that its bit of a name is set, or that its value is a constant. */
export function answer(member: MemberOfObject, asked: string, holds: boolean, equals?: string): Answer {
  return { object: member.object, asked, holds, equals, readFrom: member, isOfValue: false, site: -1 };
}

/** Whether two tests say the same of one object. */
export function isSameAnswer(one: Answer, other: Answer): boolean {
  const isSameKind = one.holds === other.holds && one.equals === other.equals;
  return one.object === other.object && one.asked === other.asked && isSameKind;
}
