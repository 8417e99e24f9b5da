/** Reads what xchg(), cmpxchg() and their like put into a word: their assembler has the place of the word and the values beside it. */
import type { EncodedUse } from '../packs/encoded';
import { Punct } from '../text/tokens';
import type { AsmStatement, Declaration, Expression } from '../types/ast';
import { isFollowable, isWordWide } from './word-operators';
import type { WordTest } from './word-test';

/** What each local is given: by its initializer and by assignments. */
type Values = ReadonlyMap<Declaration, readonly Expression[]>;

/** So many locals may stand between a value and where it is exchanged. */
const MOST_STEPS = 6;

export interface Exchange extends Pick<AsmStatement, 'outputs' | 'inputs'> {
  /** The word's place among what the assembler puts out. */
  readonly place: Expression;
}

export function exchangeAt({ outputs, inputs }: AsmStatement, place: Expression | undefined): Exchange[] {
  return place ? [{ outputs, inputs, place }] : [];
}

/** Locals that are given what was in the word. */
export function localsGiven({ outputs }: Exchange): Declaration[] {
  return outputs.flatMap((output) =>
    output.kind === 'name' && output.declaration && isWordWide(output.declaration.type) ? [output.declaration] : [],
  );
}

/** The word that a pointer is exchanged for as it is, without a tag, or is compared with. */
export function bareExchange(
  { outputs, inputs, place }: Exchange,
  values: Values,
  { isCompared, isPreserved }: WordTest,
): { readonly word: Expression; readonly use: EncodedUse }[] {
  // With one value beside the place, the word is only stored.
  const use = inputs.length > 1 ? isCompared && 'pointer' : isPreserved && 'store';
  const isBare = [...inputs, ...outputs].some((one) => one !== place && isBarePointer(one, values));
  return use && isBare ? [{ word: wordBehind(place, values), use }] : [];
}

/** The word as code spells it, whose address a local was given: `*pointer` where the pointer is `&word`. */
function wordBehind(place: Expression, values: Values): Expression {
  let at = place.kind === 'unary' ? place.operand : place;
  for (let step = 0; step < MOST_STEPS; step++) {
    while (at.kind === 'cast') at = at.operand;
    if (at.kind === 'unary' && at.operator === Punct.Ampersand) return at.operand;
    const given = at.kind === 'name' && at.declaration ? values.get(at.declaration)?.[0] : undefined;
    if (!given) break;
    at = given;
  }
  return place;
}

/** Whether a local is given a pointer of a parameter, and nothing else. */
function isBarePointer(value: Expression, values: Values, depth = 0): boolean {
  if (value.kind === 'cast') return isBarePointer(value.operand, values, depth);
  if (value.kind !== 'name' || !value.declaration || depth > MOST_STEPS) return false;
  const given = values.get(value.declaration);
  if (!given) return value.declaration.kind === 'parameter' && isFollowable(value.declaration.type);
  return given.every((one) => isBarePointer(one, values, depth + 1));
}
