/**
 * What a called function can see of its caller's abstract state, and what stays behind. A function that is called in ten
 * places is then analysed once where what it sees is the same, and carries nothing along that it can't ask about.
 */

import { AbstractState } from './abstract-state';
import { madeBy, pointer, type Value } from './objects';
import type { Loss, StateLog } from './state-log';

/** Variables, parameters, made values and held ones, as texts begin. */
export const ROOT = /[#vph]\d+\.[\d.]+;/g;

/** A place that keeps an object of the caller's named while the called function has no name for it. */
const ANCHOR = '@';

/** The part of a abstract state that a function reaches from what it is given, and from names at file scope. */
export function seenBy(way: AbstractState, given: readonly Value[], log: StateLog): AbstractState {
  const roots: string[] = [];
  const reach = (text: string): boolean => {
    const before = roots.length;
    for (const root of text.match(ROOT) ?? []) if (!roots.includes(root)) roots.push(root);
    return roots.length > before;
  };
  const isSeen = (text: string): boolean => {
    if (text.includes('g:')) return true;
    for (const root of roots) if (text.includes(root)) return true;
    return false;
  };
  for (const value of given) reachedFrom(value, reach);
  const seen = new AbstractState(undefined, undefined, undefined, log);
  for (let isDone = false; !isDone; ) {
    isDone = true;
    for (const [place, value] of way.values) {
      if (seen.values.has(place)) continue;
      // What a test came to is settled where the object moves on, whoever holds the result.
      if (!isSeen(place) && !(value.kind === 'result' && isSeen(value.object))) continue;
      seen.values.set(place, value);
      if (reachedFrom(value, reach)) isDone = false;
    }
  }
  for (const [object, marks] of way.objects) {
    if (!isSeen(object)) continue;
    seen.objects.set(object, marks);
    const made = madeBy(object);
    if (made !== undefined) seen.values.set(ANCHOR + made, pointer(made));
  }
  for (const [key, truth] of way.truths) if (isSeen(key) || key.search(ROOT) < 0) seen.truths.set(key, truth);
  return seen;
}

/**
 * What holds behind a call: a way out of the function, and what it could not see, as far as it left that alone.
 *
 * @param before What held in front of the call, of which the function saw `seen`.
 */
export function join(
  left: AbstractState,
  before: AbstractState,
  seen: AbstractState,
  losses: readonly Loss[],
): AbstractState {
  const { log } = before;
  const after = new AbstractState(undefined, undefined, undefined, log);
  for (const [place, value] of before.values) if (!seen.values.has(place)) after.values.set(place, value);
  for (const [object, marks] of before.objects) if (!seen.objects.has(object)) after.objects.set(object, marks);
  for (const [key, truth] of before.truths) if (!seen.truths.has(key)) after.truths.set(key, truth);
  for (const loss of losses) after.lose(loss);
  for (const [place, value] of left.values) if (!place.startsWith(ANCHOR)) after.values.set(place, value);
  for (const [object, marks] of left.objects) after.objects.set(object, marks);
  for (const [key, truth] of left.truths) after.truths.set(key, truth);
  return after;
}

/** Takes in the roots that a value names; whether there was a new one. */
function reachedFrom(value: Value, reach: (text: string) => boolean): boolean {
  switch (value.kind) {
    case 'pointer': {
      const isNew = reach(value.to);
      return (value.head !== undefined && reach(value.head)) || isNew;
    }
    case 'result':
      return reach(value.object);
    case 'condition':
      return reach(value.key);
    default:
      return false;
  }
}
