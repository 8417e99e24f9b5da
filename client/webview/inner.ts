/** Records that members hold by value, drawn in place: each as one more record over the member's bytes. */
import type { Model, Picture } from '../src/layout/answers';

/** What was expanded, by the members' names. */
export type Inner = readonly { readonly member: string; readonly picture: Picture }[];

/** A model with them behind the family, so that what stands before them keeps its number. */
export function withInner(model: Model, inner: Inner): Model {
  if (inner.length === 0) return model;
  const relatives = inner.flatMap(({ member, picture }) => {
    const cell = model.picture.cells.find(({ name }) => name === member);
    if (!cell) return [];
    return [{ at: cell.offsetBits / 8, picture: { ...picture, title: `${member}: ${picture.title}` } }];
  });
  return { ...model, family: [...model.family, ...relatives] };
}

/** The order in which the records of a model are drawn: the first, what its members hold, then the family. */
export function drawingOrder(model: Model, records: readonly number[]): number[] {
  const rank = (record: number): number => (record === 0 ? 0 : record > model.family.length ? 1 : 2);
  return [...records].sort((a, b) => rank(a) - rank(b) || a - b);
}
