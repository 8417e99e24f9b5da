/** What every macro of a unit means at every point of it; a table may go on where another one ends. */
import type { MacroDefinition } from './source';

export interface MacroHistory {
  /** Ascending. */
  readonly times: number[];
  /** What it means from each time on; undefined where it was undefined. */
  readonly definitions: (MacroDefinition | undefined)[];
}

export class MacroTable {
  private readonly own = new Map<number, MacroHistory>();

  /** @param older What was defined before this table's first time. It must not change any more. */
  constructor(private readonly older?: MacroTable) {}

  /** All that a name ever meant; undefined where it was never a macro. */
  get(id: number): MacroHistory | undefined {
    return this.own.get(id) ?? this.older?.get(id);
  }

  define(id: number, time: number, definition: MacroDefinition | undefined): void {
    let history = this.own.get(id);
    if (!history) {
      const before = this.older?.get(id);
      history = { times: [...(before?.times ?? [])], definitions: [...(before?.definitions ?? [])] };
      this.own.set(id, history);
    }
    history.times.push(time);
    history.definitions.push(definition);
  }
}
