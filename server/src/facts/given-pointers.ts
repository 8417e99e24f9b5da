/** Which pointer among its parameters a function puts into a word. */
import type { Expression } from '../types/ast';
import { partsOf } from '../types/walk';

/** So many locals may stand between a word, or a parameter, and what is stored. */
export const MOST_STEPS = 4;

export class GivenPointers {
  private readonly places = new Map<string, number>();

  /** @param index Which parameter it is, from 0. */
  learn(name: string, index: number): void {
    this.places.set(name, index);
  }

  /**
   * The place of the one pointer that a value is made of; undefined where there is none, or more than one.
   *
   * @param values What locals were given first.
   */
  in(value: Expression, values: ReadonlyMap<string, Expression>): number | undefined {
    const found = new Set<number>();
    const look = (part: Expression, depth: number): void => {
      if (part.kind === 'member') return;
      if (part.kind === 'name') {
        const place = this.places.get(part.name);
        const before = depth < MOST_STEPS ? values.get(part.name) : undefined;
        if (place !== undefined) found.add(place);
        else if (before) look(before, depth + 1);
      }
      for (const inner of partsOf(part)) look(inner, depth);
    };
    look(value, 0);
    const [only, ...more] = found;
    return more.length === 0 ? only : undefined;
  }
}
