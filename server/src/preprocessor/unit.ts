/**
 * A translation unit, walked by its directives alone: which files it reads in which order, which of their lines are
 * active, and what every macro means at every point. Tokens are expanded later, and only those that someone asks for.
 */
import { nameText } from '../text/names';
import { TokenKind } from '../text/tokens';
import { isCompilerHeader } from './compiler';
import { isBuiltIn } from './conditions';
import type { UnitPosition } from './deciding';
import { Doubts } from './doubts';
import { ExpansionState, expand, type TimedTokens } from './expand';
import { type IncludeName, includeName } from './includes';
import { MacroTable } from './macro-table';
import { operatorTokens, PackHistory, PragmaMacros, packWords } from './packing';
import { type PToken, spelling } from './ptoken';
import { addRange, directiveText, fileTokens, newReading, type Reading, rangeAt } from './reading';
import { type MacroDefinition, type SourceFile, type Step, StepKind } from './source';
import type { TreeContext, UnitProblem } from './tree-context';

const DEEPEST_INCLUDE = 200;

export class Unit implements UnitPosition {
  readonly readings: Reading[] = [];
  readonly problems: UnitProblem[] = [];
  /** Conditions that rest on names which are not defined: they count as 0, but a file that came first may define them. */
  readonly guesses: UnitProblem[] = [];
  /** Files that are laid out in another way where the includes come in another order; a source fixes that order. */
  readonly orders: UnitProblem[] = [];
  readonly main: Reading;
  readonly expansions = new ExpansionState();
  private macros = new MacroTable();
  packs: PackHistory;
  private readonly pragmas = new PragmaMacros();
  /** Each file's path to those of the files that it includes, also where a guard kept them from being read again. */
  readonly includes = new Map<string, Set<string>>();
  private readonly once = new Set<string>();
  /** Paths of files that change a macro which every file finds defined: an option of the configuration, mostly. */
  readonly preludeChangers = new Set<string>();
  private preludeEnd = -1;
  private time = 0;
  /** The files that are being read, each included by the one before. */
  private readonly open: SourceFile[] = [];
  /** Why the condition that is evaluated now can't be decided. */
  private doubt: string | undefined;
  /** By path: the groups in which it was not known which branch holds. */
  private readonly doubts = new Doubts();
  /** Where the conditions that are evaluated now note whose macros they ask for, and which are not there. */
  private rests: Set<string> | undefined;
  private lacks: Set<number> | undefined;

  /**
   * With `like`, a unit whose main file had the same directives, its headers are not walked again; with `before`, what
   * that unit read comes before the main file, and `flags` between the two.
   */
  constructor(
    private readonly context: TreeContext,
    main: SourceFile,
    like?: Unit,
    before?: Unit,
    flags?: SourceFile,
  ) {
    this.packs = new PackHistory(context.compiler);
    if (like) {
      this.main = this.adopt(like, main);
      return;
    }
    if (before) {
      this.continue(before);
      if (flags) this.read(flags);
      this.main = this.read(main, true);
      return;
    }
    for (const item of context.prelude) {
      const file = typeof item === 'string' ? context.source(item) : item;
      if (file) this.read(file);
      else this.problems.push({ path: item as string, start: 0, message: `${item as string} can't be read` });
    }
    this.preludeEnd = this.time;
    this.main = this.read(main, true);
  }

  /** Whether this unit can be had from `like` by its main file's new text alone. */
  static fits(like: Unit, context: TreeContext, main: SourceFile): boolean {
    const old = like.main.file;
    if (like.context !== context || old.steps.length !== main.steps.length || old.path !== main.path) return false;
    return old.steps.every((step, index) => directiveText(old, step) === directiveText(main, main.steps[index]));
  }

  /** Goes on where another unit, which is not changed by this, ends. */
  private continue(before: Unit): void {
    this.macros = new MacroTable(before.macros);
    this.packs = before.packs.copy();
    this.pragmas.adopt(before.pragmas);
    this.doubts.adopt(before.doubts, '');
    Object.assign(this.expansions, before.expansions);
    this.time = before.time;
    this.preludeEnd = before.preludeEnd;
    this.problems.push(...before.problems);
    this.guesses.push(...before.guesses);
    this.orders.push(...before.orders);
    this.readings.push(...before.readings.filter((reading) => reading !== before.main));
    const asked = before.main.file.path;
    for (const [path, files] of before.includes) if (path !== asked) this.includes.set(path, new Set(files));
    for (const path of before.once) this.once.add(path);
    for (const path of before.preludeChangers) this.preludeChangers.add(path);
  }

  private adopt(like: Unit, file: SourceFile): Reading {
    const old = like.main;
    this.macros = like.macros;
    this.packs = like.packs;
    this.doubts.adopt(like.doubts, file.path);
    this.time = like.time;
    this.problems.push(...like.problems.filter((problem) => problem.path !== file.path));
    this.guesses.push(...like.guesses.filter((guess) => guess.path !== file.path));
    old.file.steps.forEach((step, index) => {
      if (!step.definition) return;
      let state = this.macros.last(step.definition.id);
      while (state && state.definition !== step.definition) state = state.before;
      if (state) state.definition = file.steps[index].definition;
    });
    const reading: Reading = {
      file,
      ranges: [],
      times: [],
      children: [],
      taken: old.taken,
      gaps: old.gaps,
      rests: old.rests,
      lacks: old.lacks,
    };
    for (const gap of old.gaps) addRange(reading, gap);
    for (const child of old.children) {
      const step = old.file.steps.findIndex((other) => other.directive.endToken === child.at);
      reading.children.push({ at: file.steps[step].directive.endToken, reading: child.reading });
    }
    for (const other of like.readings) this.readings.push(other === old ? reading : other);
    return reading;
  }

  /**
   * The main file as it reads where the conditionals around a token hold, for a token that is not active: the groups
   * around it take its branches, all others stay as they are decided.
   */
  readingWith(token: number): Reading {
    const { file, taken } = this.main;
    const { steps } = file;
    const reading: Reading = newReading(file);
    let after = -1;
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      addRange(reading, { after, before: index, time: this.time });
      if (step.kind === StepKind.If) {
        let branch = taken.get(index);
        for (let at = index; at < step.endif; at = steps[at].next) {
          const end = steps[at].next < steps.length ? steps[steps[at].next].directive.firstToken : file.tokens.count;
          if (steps[at].directive.endToken <= token && token < end) branch = at;
        }
        if (branch === undefined) {
          branch = index;
          while (branch < step.endif && !this.holds(file, steps[branch])) branch = steps[branch].next;
        }
        index = branch;
      } else if ((step.kind === StepKind.Elif || step.kind === StepKind.Else) && step.endif >= 0) index = step.endif;
      after = index;
    }
    addRange(reading, { after, before: steps.length, time: this.time });
    return reading;
  }

  /** The macro that a name id means at a time; undefined where it means none. */
  macro(id: number, time: number): MacroDefinition | undefined {
    const definition = this.macros.at(id, time);
    if (definition) this.rests?.add(definition.file.path);
    else this.lacks?.add(id);
    return definition;
  }

  /** Every definition that a name had anywhere in the unit. */
  definitions(id: number): MacroDefinition[] {
    return this.macros.definitions(id);
  }

  /** Paths of the files that are read before the main file, whatever it includes. */
  get forced(): string[] {
    return this.context.prelude.map((item) => (typeof item === 'string' ? item : item.path));
  }

  /** The time at a unit's end: all that it ever defined and did not undefine. */
  get end(): number {
    return this.time;
  }

  /**
   * Active tokens [first, end) of a reading, in pieces of one time each. What is included between them belongs to them:
   * the kernel fills enums and records from files of macro calls.
   */
  pieces(reading: Reading, first: number, end: number): TimedTokens[] {
    const out: TimedTokens[] = [];
    const { ranges, times, file, children } = reading;
    let child = children.findIndex((other) => other.at > first);
    if (child < 0) child = children.length;
    for (let index = rangeAt(ranges, first); index < times.length && ranges[2 * index] < end; index++) {
      const from = Math.max(first, ranges[2 * index]);
      const to = Math.min(end, ranges[2 * index + 1]);
      for (; child < children.length && children[child].at <= from; child++) {
        // What is included in front of the first token is no part of what stands here.
        if (children[child].at > first) out.push(...this.pieces(children[child].reading, 0, Number.POSITIVE_INFINITY));
      }
      if (from < to) out.push({ tokens: fileTokens(file, from, to), time: times[index] });
    }
    for (; child < children.length && children[child].at < end; child++)
      if (children[child].at > first) out.push(...this.pieces(children[child].reading, 0, Number.POSITIVE_INFINITY));
    return out;
  }

  private read(file: SourceFile, isMain = false): Reading {
    const reading: Reading = newReading(file);
    this.readings.push(reading);
    this.open.push(file);
    this.walk(reading, isMain);
    this.open.pop();
    return reading;
  }

  private walk(reading: Reading, isMain: boolean): void {
    const { file } = reading;
    const { steps } = file;
    let after = -1;
    const close = (before: number): void => {
      const operators = operatorTokens(this.pragmas, file, after, before);
      const gap = { after, before, time: operators ? ++this.time : this.time };
      if (operators)
        this.packs.readOperators(expand([{ tokens: operators, time: this.time }], this).pragmas, this.time++);
      if (isMain) reading.gaps.push(gap);
      addRange(reading, gap);
    };
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      close(index);
      switch (step.kind) {
        case StepKind.Define:
          this.define(step.nameId, step.definition, file);
          break;
        case StepKind.Undef:
          this.define(step.nameId, undefined, file);
          break;
        case StepKind.Include:
        case StepKind.IncludeNext:
          this.include(reading, step);
          break;
        case StepKind.PragmaPack:
          this.time++;
          this.packs.read(packWords(file, step, this.context.compiler, this), this.time);
          break;
        case StepKind.If: {
          let branch = index;
          this.rests = reading.rests;
          this.lacks = reading.lacks;
          this.doubt = undefined;
          while (branch < step.endif && !this.holds(file, steps[branch])) branch = steps[branch].next;
          this.rests = undefined;
          this.lacks = undefined;
          if (this.doubt) this.doubts.note(file, step, this.doubt);
          if (isMain) reading.taken.set(index, branch);
          index = branch;
          break;
        }
        case StepKind.Elif:
        case StepKind.Else:
          // Reached from the end of the branch taken: the rest of the group is skipped.
          if (step.endif >= 0) index = step.endif;
          break;
        case StepKind.PragmaOnce:
          this.once.add(file.path);
          break;
      }
      after = index;
    }
    close(steps.length);
  }

  private define(id: number, definition: MacroDefinition | undefined, file: SourceFile): void {
    this.time++;
    let first = this.preludeEnd < 0 ? undefined : this.macros.last(id);
    while (first?.before) first = first.before;
    if (first && first.time <= this.preludeEnd) this.preludeChangers.add(file.path);
    this.macros.define(id, this.time, definition);
    if (definition) this.pragmas.define(definition);
  }

  private isDefined(id: number): boolean {
    const definition = this.macros.last(id)?.definition;
    if (definition) this.rests?.add(definition.file.path);
    else this.lacks?.add(id);
    return definition !== undefined;
  }

  private include(reading: Reading, step: Step): void {
    const { file } = reading;
    const target = this.includeTarget(file, step);
    if (!target) return;
    const { name, quotes } = target;
    const { resolver } = this.context;
    const path =
      step.kind === StepKind.IncludeNext
        ? resolver.resolveNext(name, file.path)
        : (resolver.resolve(name, quotes, file.path, step.written ? step : undefined) ?? this.resolveForOpen(name));
    if (!path) {
      // What a compiler's own header declares is not known: whatever needs it says so.
      if (!quotes && isCompilerHeader(name)) return;
      this.problem(file, step, `${name} is not found`);
      return;
    }
    if (this.open.length > DEEPEST_INCLUDE) {
      this.problem(file, step, `${name} is included more than ${DEEPEST_INCLUDE} deep`);
      return;
    }
    const included = this.context.source(path);
    if (!included) {
      this.problem(file, step, `${path} can't be read`);
      return;
    }
    let known = this.includes.get(file.path);
    if (!known) this.includes.set(file.path, (known = new Set()));
    known.add(path);
    if (included.once && this.once.has(path)) return;
    if (included.guard >= 0 && this.isDefined(included.guard)) return;
    const at = step.directive.endToken;
    const limit = this.packs.now;
    reading.children.push({ at, reading: this.read(included) });
    if (limit !== 0 && /\b(?:struct|union)\b/.test(included.text)) this.orders.push(packedOrder(included.path, 0));
    if (this.packs.now !== limit) this.orders.push(packedOrder(file.path, step.directive.start));
  }

  /** What a Makefile adds with -I it adds for its own sources, and so for all that these include: the outermost counts. */
  private resolveForOpen(name: string): string | undefined {
    for (const { path } of this.open) {
      const found = this.context.resolver.resolveExtra(name, path);
      if (found) return found;
    }
    return undefined;
  }

  private includeTarget(file: SourceFile, step: Step): IncludeName | undefined {
    const { directive } = step;
    const first = directive.firstToken + 2;
    if (first >= directive.endToken) return undefined;
    step.written ??= includeName(file.text.slice(file.tokens.starts[first], directive.end)) ?? null;
    if (step.written) return step.written;
    const expanded = expand([{ tokens: fileTokens(file, first, directive.endToken), time: this.time }], this).tokens;
    return includeName(expanded.map((token) => spelling(token)).join(''));
  }

  private holds(file: SourceFile, step: Step): boolean {
    if (step.kind === StepKind.Else) return true;
    const { directive } = step;
    if (!this.context.hasConfig) this.doubtOptions(fileTokens(file, directive.firstToken + 2, directive.endToken));
    if (step.nameId >= 0) return (this.isDefined(step.nameId) || isBuiltIn(step.nameId)) !== step.negated;
    const { holds, guess, problem } = this.context.decisions.decide(file, step, this);
    if (guess !== undefined) {
      const message = `the condition rests on ${guess}, which nothing defines`;
      this.guesses.push({ path: file.path, start: directive.start, message });
    }
    if (problem !== undefined) {
      this.problem(file, step, `the condition can't be evaluated: ${problem}`);
      this.doubt ??= `a condition can't be evaluated: ${problem}`;
    }
    return holds;
  }

  /** Whether an include of this name in a file would find something. */
  canInclude(name: string, quotes: boolean, from: string): boolean {
    return (this.context.resolver.resolve(name, quotes, from) ?? this.resolveForOpen(name)) !== undefined;
  }

  private doubtOptions(tokens: readonly PToken[]): void {
    for (const { kind, id } of tokens) {
      const name = kind === TokenKind.Identifier && !this.isDefined(id) ? nameText(id) : '';
      if (name.startsWith('CONFIG_')) this.doubt ??= `no .config was found, so ${name} is not known`;
    }
  }

  /** Why it is not known what tokens [first, end) of a file mean: a condition among or around them is undecided. */
  doubtIn(path: string, first: number, end: number): string | undefined {
    return this.doubts.within(path, first, end);
  }

  private problem(file: SourceFile, step: Step, message: string): void {
    this.problems.push({ path: file.path, start: step.directive.start, message });
  }
}

function packedOrder(path: string, start: number): UnitProblem {
  return { path, start, message: 'which #pragma pack holds here hangs on the order of the includes' };
}
