/** What every macro of a unit means at every point of it; a table may go on where another one ends. */
import type { MacroDefinition, SourceFile } from './source';

/** What a name means from a time on. */
interface MacroState {
  readonly time: number;
  /** Undefined where the name is no macro from then on. */
  definition: MacroDefinition | undefined;
  /** What it meant before. */
  readonly before: MacroState | undefined;
}

/**
 * Headers define tens of thousands of macros for every unit, most of them once: a state each, found by the number of its
 * name in an array that all tables share. The array serves one table at a time, the one that a unit is walked with; the
 * others look into a map, which is made when the first of them is asked.
 */
export class MacroTable {
  /** The last state of each name that ever was a macro, in the order of their first definitions. */
  private readonly states: MacroState[] = [];
  private readonly ids: number[] = [];
  private readonly pushed = new Map<number, Pick<MacroState, 'definition'>[]>();
  private indices: Map<number, number> | undefined;

  /** @param older What was defined before this table's first time. It is not changed by this table. */
  constructor(older?: MacroTable) {
    if (!older) return;
    this.ids = older.ids.slice();
    this.states = older.states.slice();
    for (const [id, stack] of older.pushed) this.pushed.set(id, stack.slice());
    // What goes on from another table is walked next, and a guard is asked for before anything is defined.
    this.take();
  }

  /** Puts aside what a name means now (`#pragma push_macro`). */
  push(id: number): void {
    this.pushed.set(id, [...(this.pushed.get(id) ?? []), { definition: this.last(id)?.definition }]);
  }

  /** What was put aside last; undefined where nothing was. */
  pop(id: number): Pick<MacroState, 'definition'> | undefined {
    return this.pushed.get(id)?.pop();
  }

  /** What a name means in the end; undefined where it never was a macro. */
  last(id: number): MacroState | undefined {
    const index = this.indexOf(id);
    return index < 0 ? undefined : this.states[index];
  }

  /** @returns What the name meant before; undefined where it never was a macro. */
  define(id: number, time: number, definition: MacroDefinition | undefined): MacroState | undefined {
    if (served !== this) this.take();
    const index = this.indexOf(id);
    if (index >= 0) {
      const before = this.states[index];
      this.states[index] = { time, definition, before };
      return before;
    }
    if (id >= places.length) places = grown(places, id);
    places[id] = this.ids.length + 1;
    this.ids.push(id);
    this.states.push({ time, definition, before: undefined });
    return undefined;
  }

  /** A file has a new text with the same directives. */
  renew(old: SourceFile, file: SourceFile): void {
    old.steps.forEach((step, index) => {
      if (!step.definition) return;
      let state = this.last(step.definition.id);
      while (state && state.definition !== step.definition) state = state.before;
      if (state) state.definition = file.steps[index].definition;
    });
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

  /** Index into `states`; -1 for a name that never was a macro. */
  private indexOf(id: number): number {
    if (served === this) return id < places.length ? places[id] - 1 : -1;
    this.indices ??= new Map(this.ids.map((known, index) => [known, index]));
    return this.indices.get(id) ?? -1;
  }

  /** Has the shared array serve this table. */
  private take(): void {
    for (const id of served?.ids ?? []) places[id] = 0;
    served = this;
    this.indices = undefined;
    this.ids.forEach((id, index) => {
      if (id >= places.length) places = grown(places, id);
      places[id] = index + 1;
    });
  }
}

/** The table that `places` is for now. */
let served: MacroTable | undefined;
/** By name id, the index of its state, plus 1; 0 for no macro. */
let places = new Int32Array(1 << 16);

function grown(old: Int32Array, id: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(old.length * 2, id + 1));
  larger.set(old);
  return larger;
}
