/**
 * A translation unit, walked by its directives alone: which files it reads in which order, which of their lines are
 * active, and what every macro means at every point. Tokens are expanded later, and only those that someone asks for.
 */
import { isCompilerHeader, isFreestandingHeader } from './compiler';
import { isBuiltIn } from './conditions';
import { includeTarget, type UnitPosition } from './deciding';
import { Doubts, type FindIncluded, isReadAlone } from './doubts';
import { expand } from './expand';
import { ExpansionState } from './expansion-state';
import { IncludedFiles } from './included-files';
import { MacroTable } from './macro-table';
import { operatorTokens, PragmaMacros, readOperators } from './operators';
import { PackHistory, packedOrder, packWords } from './packing';
import { addRange, newReading, pieces, type Reading, readingAround, sameDirectives, sameReading } from './reading';
import { type MacroDefinition, type SourceFile, type Step, StepKind } from './source';
import type { TreeContext, UnitProblem } from './tree-context';

/** The header of the configuration's options, as scripts/kconfig writes it. */
const OPTIONS = 'generated/autoconf.h';

export class Unit implements UnitPosition {
  readonly readings: Reading[] = [];
  readonly problems: UnitProblem[] = [];
  /** Conditions that rest on names which are not defined: they count as 0, but a file that came first may define them. */
  readonly guesses: UnitProblem[] = [];
  /** Files that are laid out in another way where the includes come in another order; a source fixes that order. */
  readonly orders: UnitProblem[] = [];
  readonly main: Reading;
  readonly expansions: ExpansionState;
  private macros = new MacroTable();
  packs: PackHistory;
  private readonly pragmas = new PragmaMacros();
  readonly includes = new IncludedFiles();
  private readonly once = new Set<string>();
  /** Paths of files that change macros which every file finds defined, options of the configuration mostly, with those. */
  readonly preludeChangers = new Map<string, Set<number>>();
  private preludeEnd = -1;
  private time = 0;
  /** The files that are being read, each included by the one before. */
  private readonly open: SourceFile[] = [];
  /** Why the condition that is evaluated now can't be decided. */
  private doubt: string | undefined;
  /** By path: the groups in which it was not known which branch holds. */
  private doubts = new Doubts();
  /** Macros bring in operators that change what macros mean in the midst of the main file's text. */
  private isSplit = false;
  /** The main file only stands for what would include a header. */
  private readonly isAlone: boolean;
  /** Why it is not known whether the file that is read now is read at all. */
  private doubtfully: string | undefined;
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
    this.expansions = new ExpansionState(context.compiler);
    this.isAlone = isReadAlone(main.path);
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
    // What a condition counted rests on the text in front of it.
    if (like.expansions.hasFloors || like.isSplit) return false;
    return like.context === context && sameDirectives(like.main.file, main);
  }

  /** Goes on where another unit, which is not changed by this, ends. */
  private continue(before: Unit): void {
    this.macros = new MacroTable(before.macros);
    this.packs = before.packs.copy();
    this.pragmas.adopt(before.pragmas);
    this.doubts = new Doubts(before.doubts);
    this.expansions.goOnFrom(before.expansions);
    this.time = before.time;
    this.preludeEnd = before.preludeEnd;
    this.problems.push(...before.problems);
    this.guesses.push(...before.guesses);
    this.orders.push(...before.orders);
    this.readings.push(...before.readings.filter((reading) => reading !== before.main));
    this.includes.goOnFrom(before.includes, before.main.file.path);
    for (const path of before.once) this.once.add(path);
    for (const [path, ids] of before.preludeChangers) this.preludeChangers.set(path, new Set(ids));
  }

  private adopt(like: Unit, file: SourceFile): Reading {
    const old = like.main;
    this.macros = like.macros;
    this.packs = like.packs;
    this.doubts.adopt(like.doubts, like.main.file, file);
    this.expansions.adoptLevels(like.expansions);
    this.time = like.time;
    this.problems.push(...like.problems.filter((problem) => problem.path !== file.path));
    this.guesses.push(...like.guesses.filter((guess) => guess.path !== file.path));
    this.macros.renew(old.file, file);
    const reading = sameReading(old, file);
    for (const other of like.readings) this.readings.push(other === old ? reading : other);
    return reading;
  }

  /**
   * The main file as it reads where the conditionals around a token hold, for a token that is not active: the groups
   * around it take its branches, all others stay as they are decided.
   */
  readingWith(token: number): Reading {
    return readingAround(this.main, token, this.time, (step) => this.holds(this.main.file, step));
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

  /** How many inclusions lead to the file that is read; 0 in the main file. */
  get level(): number {
    return this.open.length - (this.preludeEnd < 0 ? 0 : 1);
  }

  private read(file: SourceFile, isMain = false): Reading {
    const reading: Reading = newReading(file, isMain);
    this.readings.push(reading);
    this.open.push(file);
    this.expansions.readAt(file.path, this.level);
    this.walk(reading, isMain);
    this.open.pop();
    return reading;
  }

  private walk(reading: Reading, isMain: boolean): void {
    const { file } = reading;
    const { steps } = file;
    let after = -1;
    const outer = this.doubtfully;
    /** Index of the step that ends the group in doubt. */
    let undecided = outer === undefined ? -1 : steps.length;
    if (outer !== undefined) this.doubts.noteFile(file, outer);
    const close = (before: number): void => {
      const operators = operatorTokens(this.pragmas, file, after, before);
      const time = operators ? ++this.time : this.time;
      if (!operators) addRange(reading, after, before, time);
      else if (readOperators(this, reading, { after, before, time }, operators)) this.isSplit ||= isMain;
      if (operators) this.time++;
      if (isMain) reading.gaps.push({ after, before, time });
    };
    for (let index = 0; index < steps.length; index++) {
      const step = steps[index];
      // Long rows of definitions have nothing between them.
      if (isMain || !step.isAdjacent) close(index);
      if (index >= undecided) this.doubtfully = outer;
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
          this.packs.read(packWords(file, step, this.context.compiler, this), ++this.time);
          break;
        case StepKind.PragmaPushMacro:
        case StepKind.PragmaPopMacro:
          this.changeMacro(step.kind === StepKind.PragmaPopMacro, step.nameId, file);
          break;
        case StepKind.If: {
          let branch = index;
          this.rests = reading.rests;
          this.lacks = reading.lacks;
          this.doubt = undefined;
          while (branch < step.endif && !this.holds(file, steps[branch])) branch = steps[branch].next;
          this.rests = this.lacks = undefined;
          if (this.doubt) this.doubts.note(file, step, this.doubt);
          if (this.doubt && !this.context.hasConfig) {
            this.doubts.noteNames(file, index, this.doubt, this.fileOf);
            undecided = Math.max(undecided, step.endif);
            this.doubtfully ??= this.doubt;
          }
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
    this.doubtfully = outer;
    close(steps.length);
  }

  private define(id: number, definition: MacroDefinition | undefined, file: SourceFile): void {
    this.time++;
    let first = this.macros.define(id, this.time, definition);
    if (first && this.preludeEnd >= 0) {
      while (first.before) first = first.before;
      if (first.time <= this.preludeEnd)
        this.preludeChangers.set(file.path, (this.preludeChangers.get(file.path) ?? new Set()).add(id));
    }
    if (definition) this.pragmas.define(definition);
  }

  changeMacro(isPop: boolean, id: number, file: SourceFile): number {
    if (!isPop) this.macros.push(id);
    else {
      const popped = this.macros.pop(id);
      if (popped) this.define(id, popped.definition, file);
    }
    return ++this.time;
  }

  private isDefined(id: number): boolean {
    const definition = this.macros.last(id)?.definition;
    if (definition) this.rests?.add(definition.file.path);
    else this.lacks?.add(id);
    return definition !== undefined;
  }

  private include(reading: Reading, step: Step): void {
    const { file } = reading;
    const target = includeTarget(file, step, this, this.time);
    if (!target) return;
    const { name, quotes } = target;
    const path = this.pathOf(file, step, name, quotes);
    if (!path) {
      // What a compiler's own header declares is not known: whatever needs it says so.
      if (!quotes && isCompilerHeader(name)) return;
      const reason = `${name} is not found`;
      this.doubts.note(file, step, reason);
      if (this.context.hasConfig || (this.open.length === 1 && this.preludeEnd >= 0)) this.problem(file, step, reason);
      // What the options are is in doubt where one is asked for, what a made header defines where nothing is found.
      if (!this.context.hasConfig && name !== OPTIONS) this.doubts.noteMissing(reason);
      return;
    }
    const over = this.expansions.inclusions.whyNoMore(this.open.length);
    if (over !== undefined) {
      this.problem(file, step, `${name} is included ${over}`);
      return;
    }
    const included = this.context.source(path);
    if (!included) {
      this.problem(file, step, `${path} can't be read`);
      return;
    }
    this.includes.add(file.path, path);
    const isRead = (included.once && this.once.has(path)) || (included.guard >= 0 && this.isDefined(included.guard));
    if (!this.context.hasConfig && this.doubtfully === undefined) this.doubts.settle(included, this.readings);
    if (isRead) return;
    this.expansions.inclusions.spend(included);
    const at = step.directive.endToken;
    const limit = this.packs.now;
    reading.children.push({ at, reading: this.read(included) });
    if (limit !== 0 && /\b(?:struct|union)\b/.test(included.text)) this.orders.push(packedOrder(included.path, 0));
    if (this.packs.now !== limit) this.orders.push(packedOrder(file.path, step.directive.start));
  }

  private pathOf(file: SourceFile, step: Step, name: string, quotes: boolean): string | undefined {
    const { resolver } = this.context;
    if (step.kind === StepKind.IncludeNext) return resolver.resolveNext(name, file.path);
    return resolver.resolve(name, quotes, file.path, step.written ? step : undefined) ?? this.resolveForOpen(name);
  }

  private readonly fileOf: FindIncluded = (...include) => this.context.source(this.pathOf(...include) ?? '');

  /** What a Makefile adds with -I it adds for its own sources, and so for all that these include: the outermost counts. */
  private resolveForOpen(name: string): string | undefined {
    for (const { path } of this.open) {
      const found = this.context.resolver.resolveExtra(name, path);
      if (found) return found;
    }
    return undefined;
  }

  private holds(file: SourceFile, step: Step): boolean {
    if (step.kind === StepKind.Else) return true;
    const id = step.nameId;
    if (id >= 0) {
      this.doubtCondition(file, [id]);
      if (this.isDefined(id) || isBuiltIn(id, this.context.compiler)) return !step.negated;
      if (id !== file.guard) this.doubt ??= this.context.decisions.doubtOf(id);
      return step.negated;
    }
    const { holds, guess, problem, asked, tested, doubt } = this.context.decisions.decide(file, step, this);
    this.doubtCondition(file, this.context.hasConfig ? tested : asked);
    const message = `the condition rests on ${guess}, which nothing defines`;
    if (guess !== undefined && (this.context.hasConfig || !this.doubt))
      this.guesses.push({ path: file.path, start: step.directive.start, message });
    if (problem !== undefined) this.problem(file, step, `the condition can't be evaluated: ${problem}`);
    this.doubt ??= doubt ?? (problem && `a condition can't be evaluated: ${problem}`);
    return holds;
  }

  feature(operator: string, name: string): number {
    return this.context.decisions.feature(operator, name);
  }

  /** All that was read so far is expanded for it; hardly any unit asks. */
  countCondition(): number {
    const scratch = this.expansions.fresh();
    const environment = { macro: this.macro.bind(this), feature: this.feature.bind(this), expansions: scratch };
    const inner = new Set(this.readings.flatMap(({ children }) => children.map(({ reading }) => reading)));
    for (const reading of this.readings)
      if (!inner.has(reading))
        for (const piece of pieces(reading, 0, Number.POSITIVE_INFINITY)) expand([piece], environment);
    const counter = scratch.next(this.time);
    this.expansions.raiseFrom(++this.time, counter + 1);
    return counter;
  }

  private doubtCondition(file: SourceFile, asked: Iterable<number>): void {
    const { hasConfig, resolver, userDoubts } = this.context;
    if (hasConfig && (!this.isAlone || resolver.isGeneral(file.path))) return;
    for (const id of asked) {
      const isOwn =
        this.macros.last(id)?.definition !== undefined || id === file.guard || isBuiltIn(id, this.context.compiler);
      const ofOther = isOwn ? undefined : hasConfig ? userDoubts.of(file, id) : this.doubts.missing;
      this.doubt ??= this.doubtOfName(id) ?? ofOther;
    }
  }

  /** Whether an include of this name in a file would find something. */
  canInclude(name: string, quotes: boolean, from: string): boolean {
    if (!quotes && isFreestandingHeader(name)) return true;
    return (this.context.resolver.resolve(name, quotes, from) ?? this.resolveForOpen(name)) !== undefined;
  }

  /**
   * Why it is not known what a name means to the preprocessor: an option where there is no configuration, and what an
   * undecided condition may define.
   */
  doubtOfName(id: number): string | undefined {
    if (this.context.hasConfig) return undefined;
    return this.doubts.ofName(id, this.macros.last(id)?.definition !== undefined);
  }

  /** Why it is not known what tokens [first, end) of a file mean: a condition among or around them is undecided. */
  doubtIn(path: string, first: number, end: number): string | undefined {
    return this.doubts.within(path, first, end);
  }

  private problem(file: SourceFile, step: Step, message: string): void {
    this.problems.push({ path: file.path, start: step.directive.start, message });
  }
}
