/**
 * Where in the files of a unit it is not known which branch of a conditional holds, and why; and which macros may
 * therefore mean something else than they seem to, or nothing.
 */
import { nameText } from '../text/names';
import { includeName } from './includes';
import type { Reading } from './reading';
import { type SourceFile, type Step, StepKind } from './source';

/** A group of conditionals, as a range of its file's tokens. */
interface Doubt {
  readonly first: number;
  readonly end: number;
  readonly reason: string;
}

/** Finds the file that an `#include` leads to. */
export type FindIncluded = (file: SourceFile, step: Step, name: string, quotes: boolean) => SourceFile | undefined;

export class Doubts {
  /** By path: the groups that could not be decided. */
  private readonly groups = new Map<string, Doubt[]>();
  /** By path: why it is not known whether a file is read at all; undefined once it is. */
  private readonly files = new Map<string, string | undefined>();
  /** Name ids of macros that an undecided group may define or undefine, each with the groups and files that may do so. */
  private readonly names = new Map<number, Map<object, string>>();
  /** Files all of whose macros are among these, and those of what they include. */
  private readonly noted = new Set<SourceFile>();
  /** Files that are read for certain after all. */
  private readonly settled = new Set<object>();
  /** Files that an undecided group includes in one branch of several: others define the same names in another way. */
  private readonly alternatives = new Set<object>();
  private lacking: string | undefined;

  /** @param before What a unit that is gone on with left in doubt. */
  constructor(private readonly before?: Doubts) {}

  /** The group that an `if` step opens could not be decided, or what a file inclusion brings is not known. */
  note(file: SourceFile, step: Step, reason: string): void {
    const known = this.groups.get(file.path) ?? [];
    const end = step.kind === StepKind.If ? endOf(file, step) : step.directive.endToken;
    known.push({ first: step.directive.firstToken, end, reason });
    this.groups.set(file.path, known);
  }

  /** What the group that the step at an index opens may define, in any branch and in any file that one includes, is in doubt. */
  noteNames(file: SourceFile, first: number, reason: string, find: FindIncluded): void {
    const step = file.steps[first];
    const end = Math.min(step.endif, file.steps.length);
    const isAlternative = step.next < step.endif;
    for (let index = first; index < end; index++)
      this.noteStep(file, file.steps[index], step, reason, find, isAlternative);
  }

  /** A file is read in a group that could not be decided. */
  noteFile(file: SourceFile, reason: string): void {
    this.files.set(file.path, reason);
    for (const { kind, nameId } of file.steps)
      if (kind === StepKind.Define || kind === StepKind.Undef) this.noteName(nameId, file, reason);
  }

  /**
   * A file that was read in an undecided group, or might have been, is read whatever that group comes to, and so is what
   * it includes.
   */
  settle(file: SourceFile, readings: readonly Reading[]): void {
    if (
      this.settled.has(file) ||
      this.isAlternative(file) ||
      (this.ofFile(file.path) === undefined && !this.isNoted(file))
    )
      return;
    this.files.set(file.path, undefined);
    this.settled.add(file);
    for (const { at, reading } of readings.find((other) => other.file === file)?.children ?? [])
      if (this.ofGroup(file.path, at - 1, at) === undefined) this.settle(reading.file, readings);
  }

  /** A header is not there. */
  noteMissing(reason: string): void {
    this.lacking ??= reason;
  }

  /** Which header is not there; undefined where all are. */
  get missing(): string | undefined {
    return this.lacking ?? this.before?.missing;
  }

  /** Why it is not known what tokens [first, end) of a file mean; undefined where it is. */
  within(path: string, first: number, end: number): string | undefined {
    return this.ofFile(path) ?? this.ofGroup(path, first, end);
  }

  /** Why it is not known what a name, which is a macro now or is none, means to the preprocessor; undefined where it is. */
  ofName(id: number, isMacro: boolean): string | undefined {
    for (let from: Doubts | undefined = this; from; from = from.before)
      for (const [by, reason] of from.names.get(id) ?? []) if (!this.isSettled(by)) return reason;
    return isMacro ? undefined : doubtOfOption(id);
  }

  /** Takes over what is said of files, of which one has a new text with the same directives. */
  adopt(others: Doubts, old: SourceFile, file: SourceFile): void {
    if (others.before) this.adopt(others.before, old, file);
    this.lacking ??= others.lacking;
    for (const [path, doubts] of others.groups)
      this.groups.set(path, path === file.path ? doubts.map((doubt) => moved(doubt, old, file)) : [...doubts]);
    for (const [path, reason] of others.files) this.files.set(path, reason);
    for (const file of others.settled) this.settled.add(file);
    for (const file of others.alternatives) this.alternatives.add(file);
    for (const [id, reasons] of others.names) this.names.set(id, new Map(reasons));
  }

  private noteStep(
    file: SourceFile,
    step: Step,
    by: object,
    reason: string,
    find: FindIncluded,
    isAlternative = false,
  ): void {
    if (step.kind === StepKind.Define || step.kind === StepKind.Undef) this.noteName(step.nameId, by, reason);
    if (step.kind !== StepKind.Include && step.kind !== StepKind.IncludeNext) return;
    const written = includeName(file.text.slice(file.tokens.starts[step.directive.firstToken + 2], step.directive.end));
    const included = written && find(file, step, written.name, written.quotes);
    if (included && isAlternative) this.alternatives.add(included);
    if (!included || this.isNoted(included)) return;
    this.noted.add(included);
    for (const inner of included.steps) this.noteStep(included, inner, included, reason, find);
  }

  private noteName(id: number, by: object, reason: string): void {
    const reasons = this.names.get(id);
    if (reasons) reasons.set(by, reason);
    else this.names.set(id, new Map([[by, reason]]));
  }

  private isAlternative(file: SourceFile): boolean {
    return this.alternatives.has(file) || (this.before?.isAlternative(file) ?? false);
  }

  private isSettled(by: object): boolean {
    return this.settled.has(by) || (this.before?.isSettled(by) ?? false);
  }

  private ofFile(path: string): string | undefined {
    return this.files.has(path) ? this.files.get(path) : this.before?.ofFile(path);
  }

  private ofGroup(path: string, first: number, end: number): string | undefined {
    const own = this.groups.get(path)?.find((doubt) => doubt.first < end && first < doubt.end)?.reason;
    return own ?? this.before?.ofGroup(path, first, end);
  }

  private isNoted(file: SourceFile): boolean {
    return this.noted.has(file) || (this.before?.isNoted(file) ?? false);
  }
}

/** Why nothing is known of an option, where there is no configuration. */
function doubtOfOption(id: number): string | undefined {
  const name = nameText(id);
  return name.startsWith('CONFIG_') ? `no .config was found, so ${name} is not known` : undefined;
}

/** Whether a unit's main file only stands for what would include a header. */
export function isReadAlone(main: string): boolean {
  return /^<|\.h\.c$/.test(main);
}

/** A doubt about a file, for another text of it. */
function moved({ first, end, reason }: Doubt, old: SourceFile, file: SourceFile): Doubt {
  const from = old.steps.findIndex(({ directive }) => directive.firstToken === first);
  const to = old.steps.findIndex(({ directive }) => directive.endToken === end);
  return {
    first: from < 0 ? 0 : file.steps[from].directive.firstToken,
    end: to < 0 ? file.tokens.count : file.steps[to].directive.endToken,
    reason,
  };
}

function endOf(file: SourceFile, step: Step): number {
  return step.endif < file.steps.length ? file.steps[step.endif].directive.endToken : file.tokens.count;
}
