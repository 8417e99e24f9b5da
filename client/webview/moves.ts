/** What another target does to a record: members that moved, grew, shrank, came or went. */
import { type Cell, type Model, type Picture, picturesOf } from '../src/layout/answers';

export interface Extent {
  readonly offsetBits: number;
  readonly sizeBits: number;
}

export interface Move {
  readonly name: string;
  /** Undefined for a member that only the second picture has. */
  readonly before?: Extent;
  /** Undefined for a member that only the first picture has. */
  readonly after?: Extent;
}

export interface Moves {
  /** In the order of the second picture; members that only the first one has come last. */
  readonly moves: readonly Move[];
  /** How many members stayed as they were. */
  readonly same: number;
}

/** Compares two pictures of one record, member by member. */
export function movesBetween(before: Picture, after: Picture): Moves {
  const old = extents(before);
  const moves: Move[] = [];
  let same = 0;
  const now = extents(after);
  for (const [name, extent] of now) {
    const was = old.get(name);
    if (was && was.offsetBits === extent.offsetBits && was.sizeBits === extent.sizeBits) same++;
    else moves.push({ name, ...(was && { before: was }), after: extent });
  }
  for (const [name, was] of old) if (!now.has(name)) moves.push({ name, before: was });
  return { moves, same };
}

function extents({ cells, sizeless }: Picture): Map<string, Extent> {
  const members = [...cells, ...sizeless].filter((cell): cell is Cell & { name: string } => cell.name !== undefined);
  members.sort((a, b) => a.offsetBits - b.offsetBits || a.lane - b.lane);
  return new Map(members.map(({ name, offsetBits, sizeBits }) => [name, { offsetBits, sizeBits }]));
}

/** The moves of each record of a model, by its title; none for records that the other model lacks. */
export function movesOf(base: Model | undefined, model: Model): ReadonlyMap<string, Moves> {
  if (!base) return new Map();
  const before = new Map(picturesOf(base).map((one) => [one.title, one]));
  return new Map(
    picturesOf(model).flatMap((picture) => {
      const old = before.get(picture.title);
      const isKnown = old?.status === 'exact' && picture.status === 'exact';
      return isKnown ? [[picture.title, movesBetween(old, picture)] as const] : [];
    }),
  );
}
