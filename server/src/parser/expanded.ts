/** Expands macros in a stretch of a reading, as they stood there, and notes what that rests on. */
import { expand } from '../preprocessor/expand';
import type { MacroEnvironment } from '../preprocessor/expansion-state';
import type { Leaves } from '../preprocessor/left-bodies';
import { pieces, type Reading } from '../preprocessor/reading';
import type { Unit } from '../preprocessor/unit';

interface Wish extends Leaves {
  /** Takes in the files whose macros were expanded. */
  readonly rests: Set<string> | undefined;
  /** As in MacroEnvironment. */
  readonly most?: number;
  /** Told why it is not known whether this is what the compiler sees. */
  doubtful?(reason: string): void;
}

/** Active tokens [first, end) of a reading, macros expanded. */
export function expanded(
  unit: Unit,
  reading: Reading,
  { first, end }: { readonly first: number; readonly end: number },
  { rests, doubtful = () => undefined, stays, left, most }: Wish,
): ReturnType<typeof expand> {
  const environment: MacroEnvironment = {
    expansions: unit.expansions,
    most,
    feature: (operator, name) => unit.feature(operator, name),
    macro(id, time) {
      const macro = stays?.(id) ? undefined : unit.macro(id, time);
      if (macro) rests?.add(macro.file.path);
      const ofBody = macro && unit.doubtIn(macro.file.path, macro.bodyFirst, macro.bodyFirst + 1);
      const reason = unit.doubtOfName(id) ?? ofBody;
      if (reason) doubtful(reason);
      return macro;
    },
  };
  const made = expand(pieces(reading, first, end), environment, -1, left);
  if (made.problem !== undefined) doubtful(made.problem);
  return made;
}
