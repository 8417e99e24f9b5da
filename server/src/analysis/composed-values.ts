/** Tells of a value whether a word with tags is put together in it: an integer is made of a pointer, or a tag is put in. */
import type { UnitGlobals } from '../parser/globals';
import type { Declaration, Expression } from '../types/ast';
import { strip } from '../types/model';
import { typeOf } from '../types/typer';
import { partsOf } from '../types/walk';
import { isEmpty, putsTagBeside } from './word-operators';

/** Whether an integer is made of a pointer in a value, or a tag is put in; what is called gives a whole value. */
export function isComposed(value: Expression, composed: ReadonlySet<Declaration>, globals: UnitGlobals): boolean {
  if (value.kind === 'name' && value.declaration !== undefined && composed.has(value.declaration)) return true;
  if (value.kind === 'call') return false;
  if (putsTagBeside(value, globals)) return true;
  // `(unsigned long)NULL` empties the word.
  if (value.kind === 'cast' && strip(value.type).kind === 'integer' && !isEmpty(value, globals)) {
    const from = strip(typeOf(value.operand, globals));
    if (from.kind === 'pointer' || from.kind === 'array') return true;
  }
  return partsOf(value).some((part) => isComposed(part, composed, globals));
}

/**
 * Whether a word is put together in the value that it is given; of a word that is a pointer, a pointer that was an integer on its way is none.
 *
 * @param composed Locals that only ever hold such values.
 * @param values What each local is given.
 */
export function isPutTogether(
  value: Expression,
  word: Expression,
  composed: ReadonlySet<Declaration>,
  values: ReadonlyMap<Declaration, readonly Expression[]>,
  globals: UnitGlobals,
): boolean {
  const isChanged = (part: Expression, depth: number): boolean => {
    if (part.kind === 'binary') return true;
    const given = part.kind === 'name' && part.declaration ? values.get(part.declaration) : undefined;
    if (depth < MOST_STEPS && given?.some((one) => isChanged(one, depth + 1))) return true;
    return partsOf(part).some((inner) => isChanged(inner, depth));
  };
  const isPointer = strip(typeOf(word, globals)).kind === 'pointer';
  return isComposed(value, composed, globals) && (!isPointer || isChanged(value, 0));
}

/** So many locals may stand between a word and what it is given. */
const MOST_STEPS = 4;
