/**
 * Calls that differ by the names of what the callers hand over alone come to the same: one analysis answers for all of
 * them, with its names put in place of those of the call that was analysed.
 */
import { AbstractState } from './abstract-state';
import type { Effects } from './callees';
import { ROOT } from './frame';
import type { Value } from './objects';
import { SharedMap } from './shared-map';

/** A call's text without the names of its caller, and those names in the order in which they stand there. */
interface CallShape {
  readonly text: string;
  readonly roots: readonly string[];
}

/** What came out of a call, by the names that its caller used. */
export interface ShapedEffects {
  readonly effects: Effects;
  readonly roots: readonly string[];
}

/** The shape of a call's text: of each root its kind is kept, and whether it is one that stood there before. */
export function shapeOf(text: string): CallShape {
  const numbers = new Map<string, number>();
  const shape = text.replace(ROOT, (root) => {
    let number = numbers.get(root);
    if (number === undefined) numbers.set(root, (number = numbers.size));
    return `${root[0]}${number};`;
  });
  return { text: shape, roots: [...numbers.keys()] };
}

/** Effects as they would have come out of a call of the same shape that has other names. */
export function renamed({ effects, roots }: ShapedEffects, to: readonly string[]): Effects {
  if (roots.every((root, index) => root === to[index])) return effects;
  const names = new Map(roots.map((root, index) => [root, to[index]]));
  const rename = (text: string): string => text.replace(ROOT, (root) => names.get(root) ?? root);
  return {
    ...effects,
    outcomes: effects.outcomes.map(({ way, value }) => ({
      way: renamedState(way, rename),
      value: value && renamedValue(value, rename),
    })),
    violations: effects.violations.map((violation) => ({ ...violation, object: rename(violation.object) })),
    losses: effects.losses.map((loss) => ({ ...loss, text: rename(loss.text) })),
  };
}

function renamedState(way: AbstractState, rename: (text: string) => string): AbstractState {
  const values = new Map<string, Value>();
  for (const [place, value] of way.values) values.set(rename(place), renamedValue(value, rename));
  return new AbstractState(new SharedMap(values), keysRenamed(way.objects, rename), keysRenamed(way.truths, rename));
}

function keysRenamed<Value>(map: SharedMap<string, Value>, rename: (text: string) => string): SharedMap<string, Value> {
  return new SharedMap(new Map([...map].map(([key, value]) => [rename(key), value])));
}

function renamedValue(value: Value, rename: (text: string) => string): Value {
  switch (value.kind) {
    case 'pointer':
      return { ...value, to: rename(value.to), ...(value.head !== undefined && { head: rename(value.head) }) };
    case 'result':
      return { ...value, object: rename(value.object) };
    case 'condition':
      return { ...value, key: rename(value.key) };
    default:
      return value;
  }
}
