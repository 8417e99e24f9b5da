/** What every macro of a unit means at every point of it; a table may go on where another one ends. */
import type { MacroDefinition } from './source';

/** What a name means from a time on. */
export interface MacroState {
  readonly time: number;
  /** Undefined where the name is no macro from then on. */
  definition: MacroDefinition | undefined;
  /** What it meant before. */
  readonly before: MacroState | undefined;
}

/** Headers define hundreds of thousands of macros, most of them once: a state each, and no lists. */
export class MacroTable {
  private readonly own = new Map<number, MacroState>();

  /** @param older What was defined before this table's first time. It must not change any more. */
  constructor(private readonly older?: MacroTable) {}

  /** What a name means in the end; undefined where it never was a macro. */
  last(id: number): MacroState | undefined {
    return this.own.get(id) ?? this.older?.last(id);
  }

  define(id: number, time: number, definition: MacroDefinition | undefined): void {
    this.own.set(id, { time, definition, before: this.last(id) });
  }

  at(id: number, time: number): MacroDefinition | undefined {
    let state = this.last(id);
    while (state && state.time > time) state = state.before;
    return state?.definition;
  }

  /** Every definition of a name, the first one first. */
  definitions(id: number): MacroDefinition[] {
    const found: MacroDefinition[] = [];
    for (let state = this.last(id); state; state = state.before) if (state.definition) found.push(state.definition);
    return found.reverse();
  }
}
