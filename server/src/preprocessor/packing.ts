/**
 * What `#pragma pack` says at every point of a unit (gcc, "Structure-Layout Pragmas"; c-pragma.cc, handle_pragma_pack;
 * clang, ParsePragma.cpp and SemaAttr.cpp), and what `_Pragma ("pack (…)")` does, which macros may bring in.
 */
import { Punct, TokenKind } from '../text/tokens';
import { expand } from './expand';
import type { MacroEnvironment } from './expansion-state';
import type { Item } from './items';
import { fileToken, isPunct, type PragmaOperator, type PToken, spelling, writtenAt } from './ptoken';
import { fileTokens, type Reading, rangeAt } from './reading';
import type { SourceFile, Step } from './source';
import type { UnitProblem } from './tree-context';

type CompilerName = 'gcc' | 'clang';

/** The limit in force, and those that `push` saved. */
interface PackState {
  /** The strictest alignment of members, in bytes; 0 for no limit. */
  readonly limit: number;
  readonly saved: Saved | undefined;
}

interface Saved extends PackState {
  readonly name: string | undefined;
}

interface Entry {
  readonly words: readonly string[];
  readonly time: number;
  /** Of an operator: the place in the stretch of that time where it is written. */
  readonly place: { readonly file: SourceFile; readonly start: number } | undefined;
  /** What holds behind it. */
  readonly state: PackState;
}

/** What a list of tokens expands to. */
interface Made {
  readonly tokens: readonly PToken[];
  readonly pragmas: readonly PragmaOperator[];
}

export class PackHistory {
  private readonly entries: Entry[] = [];
  private state: PackState = { limit: 0, saved: undefined };

  constructor(private readonly compiler: CompilerName) {}

  /** Takes in a pragma by its words: `(n)`, `()`, `(push, name, n)`, `(pop, name)`. */
  read(words: readonly string[], time: number, place?: Entry['place']): void {
    this.state = packed(this.state, words, this.compiler);
    this.entries.push({ words, time, place, state: this.state });
  }

  /** Takes in the operators that the tokens of a stretch come to. */
  readOperators(pragmas: readonly PragmaOperator[], time: number): void {
    for (const pragma of pragmas) {
      const words = operatorWords(pragma);
      if (words) this.read(words, time, writtenAt(pragma.token));
    }
  }

  /** The limit after all that was read. */
  get now(): number {
    return this.state.limit;
  }

  /** Another one that goes on from here. */
  copy(): PackHistory {
    const copy = new PackHistory(this.compiler);
    copy.entries.push(...this.entries);
    copy.state = this.state;
    return copy;
  }

  /** What holds in front of a token that is read at a time. */
  private before(time: number, { file, start }: PToken): PackState {
    for (let index = this.entries.length - 1; index >= 0; index--) {
      const entry = this.entries[index];
      if (entry.time > time) continue;
      const isLater = entry.time === time && entry.place && (entry.place.file !== file || entry.place.start >= start);
      if (!isLater) return entry.state;
    }
    return { limit: 0, saved: undefined };
  }

  /** The limit at the tokens that an item of a reading expands to. @param end The time at the unit's end. */
  limitsIn({ file, ranges, times }: Reading, item: Item, made: Made, end: number): number | number[] {
    if (this.entries.length === 0) return 0;
    const { starts } = file.tokens;
    const timeAt = (token: number): number => times[rangeAt(ranges, token)] ?? end;
    return this.limits(made, fileToken(file, item.first), timeAt(item.end - 1), !item.isFunction, (token) => {
      const written = writtenAt(token);
      if (written.file !== file) return undefined;
      let index = item.first;
      // Items are short, and few have a pragma within.
      while (index < item.end && starts[index] < written.start) index++;
      return timeAt(index);
    });
  }

  /**
   * The limit at each of some tokens, which pragmas may stand between; one number where there are none.
   *
   * @param first The token of the file that they begin with.
   * @param last When the last of them was read.
   * @param isDeclaration Whether compilers refuse a pragma within it that stands in front of no member.
   * @param timeOf When a token was read; undefined where that is not known: no pragma stands in front of it then.
   */
  private limits(
    { tokens, pragmas }: Made,
    first: PToken,
    last: number,
    isDeclaration: boolean,
    timeOf: (token: PToken) => number | undefined,
  ): number | number[] {
    let time = timeOf(first) ?? 0;
    let state = this.before(time, first);
    const start = time;
    const within = this.entries.filter((entry) => entry.time > start && entry.time <= last && !entry.place);
    const operators = pragmas.flatMap((pragma) => ({ at: pragma.at, words: operatorWords(pragma) }));
    if (within.length === 0 && operators.every(({ words }) => !words)) return state.limit;
    let next = 0;
    let operator = 0;
    let isMisplaced = false;
    const limits = tokens.map((token, at) => {
      const before = next + operator;
      for (; operator < operators.length && operators[operator].at <= at; operator++)
        state = packed(state, operators[operator].words ?? [], this.compiler);
      time = Math.max(time, timeOf(token) ?? time);
      for (; next < within.length && within[next].time <= time; next++)
        state = packed(state, within[next].words, this.compiler);
      if (next + operator > before && at > 0 && isDeclaration) isMisplaced ||= !mayFollow(tokens[at - 1]);
      return state.limit;
    });
    return isMisplaced ? limits.map(() => UNKNOWN_LIMIT) : limits;
  }
}

/** Whether a pragma may stand behind a token of a declaration: in front of a member, or of the next declaration. */
function mayFollow(token: PToken): boolean {
  return isPunct(token, Punct.LeftBrace) || isPunct(token, Punct.Semicolon);
}

/** The limit where a pragma changes layouts in a way that is not worked out. */
export const UNKNOWN_LIMIT = -1;

/** Pragmas of one compiler that do so, up to the word that takes them back. */
const OTHERS: Readonly<Record<string, { readonly by: CompilerName; readonly back: RegExp }>> = {
  ms_struct: { by: 'clang', back: /^(?:off|reset)$/ },
  options: { by: 'clang', back: /^reset$/ },
  scalar_storage_order: { by: 'gcc', back: /^default$/ },
};

/** What a pragma makes of what was in force; what a compiler only warns of changes nothing. */
function packed(state: PackState, words: readonly string[], compiler: CompilerName): PackState {
  const other = OTHERS[words[0]];
  if (other) {
    if (other.by !== compiler) return state;
    return { ...state, limit: words.some((word) => other.back.test(word)) ? 0 : UNKNOWN_LIMIT };
  }
  const close = words.indexOf(')');
  if (words[0] !== '(' || close < 0 || (compiler === 'clang' && close + 1 < words.length)) return state;
  const [action, ...rest] = words.slice(1, close);
  if (action === undefined) return { ...state, limit: 0 };
  if (/^\d/.test(action)) {
    const limit = limitOf(action);
    return rest.length > 0 || limit === undefined ? state : { ...state, limit };
  }
  if (action !== 'push' && action !== 'pop') return state;
  let name: string | undefined;
  let limit: number | undefined;
  for (let at = 0; at < rest.length; at += 2) {
    const word = rest[at + 1];
    if (rest[at] !== ',' || word === undefined || (compiler === 'clang' && limit !== undefined)) return state;
    if (/^[A-Za-z_]/.test(word) && name === undefined) name = word;
    else if (/^\d/.test(word) && limit === undefined && (action === 'push' || compiler === 'clang')) {
      limit = limitOf(word);
      if (limit === undefined) return state;
    } else return state;
  }
  if (action === 'push') return { limit: limit ?? state.limit, saved: { name, ...state } };
  let target = state.saved;
  while (name !== undefined && target && target.name !== name) target = target.saved;
  // Where no push has the name, gcc takes the last one and clang none.
  if (name !== undefined && !target && compiler === 'gcc') target = state.saved;
  const popped = target ? { limit: target.limit, saved: target.saved } : state;
  return limit === undefined ? popped : { ...popped, limit };
}

/** The limits that compilers take; undefined for any other number. */
function limitOf(word: string): number | undefined {
  const limit = Number(word.replace(/[uUlL]+$/, ''));
  return [0, 1, 2, 4, 8, 16].includes(limit) ? limit : undefined;
}

/** The words of a `#pragma pack`, behind `pack`, where macros are for clang alone; of another pragma all of them. */
export function packWords(file: SourceFile, { directive }: Step, compiler: CompilerName, unit: UnitNow): string[] {
  const [name, ...tokens] = fileTokens(file, directive.firstToken + 2, directive.endToken);
  if (spelling(name) !== 'pack') return [name, ...tokens].map(spelling);
  return (compiler === 'clang' ? expand([{ tokens, time: unit.end }], unit).tokens : tokens).map(spelling);
}

/** A unit as far as it was read. */
interface UnitNow extends MacroEnvironment {
  readonly end: number;
}

/** The words behind `pack` of an operator; undefined for any other one. */
function operatorWords({ operand: [string] }: PragmaOperator): string[] | undefined {
  if (string?.kind !== TokenKind.String) return undefined;
  const words = spelling(string)
    .replace(/^[^"]*"|"$/g, '')
    .match(/[A-Za-z_]\w*|\d\w*|[^\s\w]/g);
  return words?.[0] === 'pack' ? words.slice(1) : undefined;
}

/** A file's layouts hang on the order in which files are read. */
export function packedOrder(path: string, start: number): UnitProblem {
  return { path, start, message: 'which #pragma pack holds here hangs on the order of the includes' };
}
