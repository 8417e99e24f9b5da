/**
 * Which values that were held for later a step uses up. A value that nobody can ask for any more must not keep apart ways
 * that are alike but for it.
 */
import type { Expression, Initializer } from '../types/ast';
import { initializing, partsOf } from '../types/walk';
import { isBranching } from './branches';
import { expressionsIn, type Step } from './graph';

const known = new WeakMap<Step, readonly Expression[]>();

/** The branching expressions whose values no later step asks for. */
export function usedUp(step: Step): readonly Expression[] {
  let used = known.get(step);
  if (!used) known.set(step, (used = usedBy(step)));
  return used;
}

function usedBy(step: Step): Expression[] {
  // Of `a ?: b` the value of a is asked for once more.
  if (step.kind === 'test' && step.expression.kind === 'conditional') return [];
  return expressionsIn(step).flatMap(heldIn);
}

/** What stands inside of a held expression was used up when that one's value came about. */
function heldIn(expression: Expression): Expression[] {
  if (isBranching(expression)) return [expression];
  if (expression.kind === 'compound') return heldInInitializer(expression.initializer);
  return partsOf(expression).flatMap(heldIn);
}

function heldInInitializer(initializer: Initializer): Expression[] {
  return [...initializing(initializer)].flatMap(heldIn);
}
