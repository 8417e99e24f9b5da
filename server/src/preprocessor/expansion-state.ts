/** What expansions leave for those that follow in their unit, and what one of them may cost. */
import { InclusionBudget } from './inclusion-budget';
import type { PToken } from './ptoken';
import type { MacroDefinition } from './source';

/**
 * What the expansions of one translation unit leave for those that follow. `__COUNTER__` counts from 0 in each unit (GCC's
 * Common Predefined Macros); names that are made of it stay for the life of the process, and are few this way.
 */
export class ExpansionState {
  /** What `__COUNTER__` is next. */
  counter = 0;
  /** What it is at least from a time on: a condition took those before. */
  private readonly floors: { readonly time: number; readonly counter: number }[] = [];
  /** Whether a list of this unit ran away. */
  isWary = false;
  /** The work of all lists of this unit so far. */
  spent = 0;
  /** What its file inclusions cost. */
  readonly inclusions = new InclusionBudget();

  /** How deep in file inclusions each file was read; -1 where that differs. */
  private readonly levels = new Map<string, number>();

  constructor(readonly compiler: 'gcc' | 'clang') {}

  readAt(path: string, level: number): void {
    const known = this.levels.get(path);
    this.levels.set(path, known === undefined || known === level ? level : -1);
  }

  /** `__INCLUDE_LEVEL__` in a file; undefined where it is not known. */
  levelIn(path: string): number | undefined {
    const level = this.levels.get(path) ?? -1;
    return level < 0 ? undefined : level;
  }

  /** The value of a `__COUNTER__` in the text at a time. */
  next(time: number): number {
    for (const floor of this.floors) if (floor.time <= time) this.counter = Math.max(this.counter, floor.counter);
    return this.counter++;
  }

  raiseFrom(time: number, counter: number): void {
    this.floors.push({ time, counter });
  }

  /** One in which nothing was expanded yet, with the same conditions. */
  fresh(): ExpansionState {
    const fresh = new ExpansionState(this.compiler);
    fresh.floors.push(...this.floors);
    return fresh;
  }

  adoptLevels(before: ExpansionState): void {
    for (const [path, level] of before.levels) this.levels.set(path, level);
  }

  goOnFrom(before: ExpansionState): void {
    this.floors.push(...before.floors);
    this.counter = before.counter;
    this.adoptLevels(before);
    this.isWary = before.isWary;
    this.spent = before.spent;
    this.inclusions.goOnFrom(before.inclusions);
  }

  get hasFloors(): boolean {
    return this.floors.length > 0;
  }
}

/** More work than this from one list means a macro that runs away: tokens that are read, and put in place of parameters, on the way to those that come out. */
const MOST_WORK = 4_000_000;

/**
 * What is left for each list of a unit in which one ran away: a text that is made to take long holds many of them. The most
 * that a list of the kernel takes is half of it.
 */
const MOST_WORK_AGAIN = 300_000;

/**
 * More work than this from all lists of a unit together means a text that is made to take long: what is left for each that
 * follows is next to nothing. Large units of the kernel, parsed whole, take three to four million.
 */
const MOST_WORK_OF_UNIT = 40_000_000;
const MOST_WORK_AT_LAST = 1000;

/** Thrown (and caught by `expand`) when a list grows past all reason. */
export class Runaway extends Error {}

/** What the expansion of one list has left to spend, its arguments' expansions included. */
export class Work {
  private left: number;

  constructor(private readonly state: ExpansionState) {
    const isOver = state.spent > MOST_WORK_OF_UNIT;
    this.left = isOver ? MOST_WORK_AT_LAST : state.isWary ? MOST_WORK_AGAIN : MOST_WORK;
  }

  spend(tokens: number): void {
    this.left -= tokens;
    this.state.spent += tokens;
    if (this.left < 0) throw new Runaway();
  }

  /** For the spelling of a token that was made: 16 characters count as a token. */
  spendText({ made }: PToken): void {
    this.spend((made?.length ?? 0) >> 4);
  }
}

/** The unit that is expanded: which macro a name means, at the time that the expander was told, and the unit's own state. */
export interface MacroEnvironment {
  readonly expansions: ExpansionState;
  macro(id: number, time: number): MacroDefinition | undefined;
  /** What the compiler answers to `__has_attribute(name)` and its kin. */
  feature(operator: string, name: string): number;
  /** More tokens than this are of no use to whoever asks: what comes behind them is left out. */
  readonly most?: number;
}

/** Tokens that an expansion reads, from where it stands in them. */
export interface Frame {
  readonly tokens: readonly PToken[];
  at: number;
  /** The macro that this frame is the body of; it is not expanded again inside. */
  readonly macro: MacroDefinition | undefined;
  /** Frames of the input set the time; -1 in bodies and arguments. */
  readonly time: number;
  /** A directive stands in front of it: no macro is called from there. */
  readonly isApart?: boolean;
}
