/**
 * Chooses which branches of `#if` groups the parser gets to see, so that what is left is one balanced token sequence.
 *
 * A group whose branches are whole statements, members or list elements keeps them all (only the directive lines go).
 * A group that cuts a construct keeps one branch: the one that `decide` calls active, else the first.
 */
import { conditionKey, constantCondition } from './constant-condition';
import { type Directive, Punct, TokenFlag, TokenKind, type TokenList } from './tokens';
import { Word, wordOfName } from './words';

/** Whether the condition of an `#if`, `#ifdef`, `#ifndef` or `#elif` line holds; undefined where that isn't known. */
export type Decide = (directive: Directive) => boolean | undefined;

/** One branch: the directive that opens it, and its tokens as a half-open range. */
interface Branch {
  readonly directive: number;
  readonly end: number;
}

/** What a branch left behind in the output. */
interface Kept {
  readonly start: number;
  readonly end: number;
  /** Fewest brackets open at any point of the branch. */
  readonly lowest: number;
  readonly balanced: boolean;
  readonly stackAfter: Int32Array;
}

/** Far beyond C11 5.2.4.1's 63 levels of conditional inclusion, well within the call stack. */
const DEEPEST = 250;
const CONDITIONAL = new Set(['if', 'ifdef', 'ifndef']);
const ALTERNATIVE = new Set(['elif', 'elifdef', 'elifndef', 'else']);

/** Indices of the tokens that stay, in order; directives' own tokens and stray bytes never do. */
export function liveTokens(tokens: TokenList, decide?: Decide): Int32Array {
  const { directives } = tokens;
  const plain = !directives.some((directive) => CONDITIONAL.has(directive.name));
  return new LiveWalk(tokens, plain ? [] : groupsOf(directives), decide).run();
}

/** For each `#if`-like directive the branches of its group and the `#endif` (or the list's end); else undefined. */
interface Group {
  readonly branches: readonly Branch[];
  /** Index of the `#endif` directive; the number of directives where it is missing. */
  readonly endif: number;
}

function groupsOf(directives: readonly Directive[]): (Group | undefined)[] {
  const groups: (Group | undefined)[] = new Array(directives.length).fill(undefined);
  const open: { first: number; at: number[] }[] = [];
  const close = (end: number): void => {
    const group = open.pop();
    // Deeper than anyone nests them, directives are left out and their branches all stay.
    if (!group || open.length >= DEEPEST) return;
    const branches = group.at.map((directive, index) => ({ directive, end: group.at[index + 1] ?? end }));
    groups[group.first] = { branches, endif: end };
  };
  directives.forEach((directive, index) => {
    if (CONDITIONAL.has(directive.name)) open.push({ first: index, at: [index] });
    else if (ALTERNATIVE.has(directive.name)) {
      open.at(-1)?.at.push(index);
    } else if (directive.name === 'endif') close(index);
  });
  while (open.length > 0) close(directives.length);
  return groups;
}

/** How the parts of a bracket's content are set apart. */
enum Context {
  /** By semicolons and closing braces: a file, a block, a record's body. */
  Items,
  /** By commas: an enumeration's or an initializer's braces. */
  List,
  /** An expression or a parameter list: nothing may be repeated here. */
  Expression,
}

class LiveWalk {
  private readonly live: Int32Array;
  private count = 0;
  private directive = 0;
  /** Openers that are not closed yet: index into `live`, with their context beside them. */
  private stack: number[] = [];
  private lowest = 0;
  /** Opener of the bracket that the last closer closed: index into `live`. */
  private lastOpener = -1;
  /** Conditions that a cut group was assumed to have, by their text; the same text is answered the same way. */
  private readonly assumed = new Map<string, boolean>();

  constructor(
    private readonly tokens: TokenList,
    private readonly groups: readonly (Group | undefined)[],
    private readonly decide: Decide | undefined,
  ) {
    this.live = new Int32Array(tokens.count);
  }

  run(): Int32Array {
    this.walk(0, this.tokens.count, this.tokens.directives.length);
    return this.live.subarray(0, this.count);
  }

  /** Copies the tokens from `token` to `endToken`, and handles the directives before number `endDirective`. */
  private walk(token: number, endToken: number, endDirective: number): void {
    const { directives } = this.tokens;
    while (this.directive < endDirective) {
      const directive = directives[this.directive];
      this.copy(token, directive.firstToken);
      token = directive.endToken;
      const group = this.groups[this.directive];
      this.directive++;
      if (!group) continue;
      this.group(group);
      token = group.endif < directives.length ? directives[group.endif].endToken : this.tokens.count;
      this.directive = Math.min(group.endif + 1, directives.length);
    }
    this.copy(token, endToken);
  }

  private copy(from: number, end: number): void {
    const { kinds, ids } = this.tokens;
    for (let token = from; token < end; token++) {
      if (kinds[token] === TokenKind.Other) continue;
      if (kinds[token] === TokenKind.Punctuator) this.bracket(ids[token]);
      this.live[this.count++] = token;
    }
  }

  private bracket(punct: number): void {
    if (punct === Punct.LeftParen || punct === Punct.LeftBracket) {
      this.stack.push(this.count * 4 + Context.Expression);
    } else if (punct === Punct.LeftBrace) {
      this.stack.push(this.count * 4 + this.braceContext());
    } else if (punct === Punct.RightParen || punct === Punct.RightBracket || punct === Punct.RightBrace) {
      const opener = this.stack.pop();
      this.lastOpener = opener === undefined ? -1 : opener >> 2;
      if (this.stack.length < this.lowest) this.lowest = this.stack.length;
    }
  }

  private context(): Context {
    return this.stack.length === 0 ? Context.Items : this.stack[this.stack.length - 1] & 3;
  }

  /** What the brace about to be pushed opens, from the tokens before it. */
  private braceContext(): Context {
    const before = this.punctAt(this.count - 1);
    const outer = this.context();
    if (before === Punct.Equal || before === Punct.RightBracket) return Context.List;
    if (outer === Context.List) return Context.List;
    if (before === Punct.Comma) return Context.List;
    // `(type) { … }` is a list where the parenthesis itself follows an operator or `return`.
    if (before === Punct.RightParen && this.lastOpener > 0) {
      const lead = this.punctAt(this.lastOpener - 1);
      const operator = lead !== Punct.None && !CLOSES_ITEM.has(lead) && lead !== Punct.RightParen;
      if (operator || this.wordAt(this.lastOpener - 1) === Word.Return) return Context.List;
    }
    for (let back = this.count - 1; back >= 0 && back > this.count - 6; back--) {
      const word = this.wordAt(back);
      if (word === Word.Enum) return Context.List;
      if (word !== Word.Identifier) break;
    }
    return Context.Items;
  }

  private punctAt(index: number): Punct {
    const token = index < 0 ? -1 : this.live[index];
    return token >= 0 && this.tokens.kinds[token] === TokenKind.Punctuator ? this.tokens.ids[token] : Punct.None;
  }

  private wordAt(index: number): Word | 0 {
    const token = index < 0 ? -1 : this.live[index];
    return token >= 0 && this.tokens.kinds[token] === TokenKind.Identifier ? wordOfName(this.tokens.ids[token]) : 0;
  }

  private group(group: Group): void {
    const dead = this.deadBranches(group);
    const base = this.count;
    const stackBefore = Int32Array.from(this.stack);
    const lowestBefore = this.lowest;
    const startsWhole = this.endsWhole(base);
    const kept: Kept[] = [];
    const live = group.branches.filter((_, index) => !dead.has(index));
    for (const branch of live) {
      this.stack = Array.from(stackBefore);
      this.lowest = this.stack.length;
      const start = this.count;
      this.walkBranch(branch);
      const balanced = this.lowest === stackBefore.length && this.stack.length === stackBefore.length;
      const stackAfter = Int32Array.from(this.stack);
      kept.push({ start, end: this.count, lowest: this.lowest, balanced, stackAfter });
    }
    this.lowest = lowestBefore;
    this.stack = Array.from(stackBefore);
    if (kept.length === 0 || this.allWhole(kept, startsWhole, this.firstTokenAfter(group))) return;

    const chosen = this.choose(live);
    this.count = base;
    if (chosen < 0) return;
    const { start, end, lowest, stackAfter } = kept[chosen];
    this.live.copyWithin(base, start, end);
    this.count = base + (end - start);
    // Openers of the chosen branch moved with their tokens.
    this.stack = Array.from(stackAfter, (entry) => (entry >> 2 >= start ? entry - (start - base) * 4 : entry));
    this.lowest = Math.min(lowestBefore, lowest);
  }

  private walkBranch(branch: Branch): void {
    const { directives, count } = this.tokens;
    this.directive = branch.directive + 1;
    const endToken = branch.end < directives.length ? directives[branch.end].firstToken : count;
    this.walk(directives[branch.directive].endToken, endToken, branch.end);
  }

  /** Branches that no C compilation ever takes: `#if 0`, `#ifdef __ASSEMBLY__`, the `#else` of their opposites. */
  private deadBranches(group: Group): Set<number> {
    const dead = new Set<number>();
    let taken = false;
    group.branches.forEach((branch, index) => {
      const value = taken ? false : constantCondition(this.tokens, this.tokens.directives[branch.directive]);
      if (value === false) dead.add(index);
      if (value === true && this.tokens.directives[branch.directive].name !== 'else') taken = true;
    });
    return dead;
  }

  /** Whether keeping every branch leaves a well-formed sequence. */
  private allWhole(kept: readonly Kept[], startsWhole: boolean, after: Punct): boolean {
    if (kept.some((branch) => !branch.balanced)) return false;
    const context = this.context();
    if (context === Context.Expression) return kept.length === 1 && kept[0].start === kept[0].end;
    if (context === Context.List) {
      const before = this.punctAt(kept[0].start - 1);
      if (before !== Punct.Comma && before !== Punct.LeftBrace) return false;
      return kept.every(
        (branch, index) =>
          branch.start === branch.end ||
          this.punctAt(branch.end - 1) === Punct.Comma ||
          (index === kept.length - 1 && after === Punct.RightBrace),
      );
    }
    if (!startsWhole) return false;
    return kept.every((branch) => {
      if (branch.start === branch.end) return true;
      const opens = this.punctAt(branch.start) === Punct.LeftBrace;
      if (opens && (this.stack.length === 0 || this.punctAt(kept[0].start - 1) === Punct.RightParen)) return false;
      if (this.wordAt(branch.start) === Word.Else || CANT_START_ITEM.has(this.punctAt(branch.start))) return false;
      return this.endsWhole(branch.end, branch.start);
    });
  }

  /** Whether the tokens before `end` finish an item, so that a new one may start. */
  private endsWhole(end: number, start = 0): boolean {
    if (end === start) return true;
    const last = this.punctAt(end - 1);
    if (last === Punct.Semicolon || last === Punct.RightBrace || last === Punct.LeftBrace) return true;
    if (last === Punct.Colon) return this.context() === Context.Items && this.stack.length > 0;
    // A macro that stands alone on its line needs no semicolon: PAGEFLAG(…), EXPORT_SYMBOL(…).
    if (last !== Punct.RightParen) return false;
    let depth = 0;
    for (let back = end - 1; back > start; back--) {
      const punct = this.punctAt(back);
      if (punct === Punct.RightParen) depth++;
      else if (punct === Punct.LeftParen && --depth === 0) {
        const name = back - 1;
        if (this.wordAt(name) !== Word.Identifier) return false;
        if (!(this.tokens.flags[this.live[name]] & TokenFlag.LineStart)) return false;
        return name === start || this.endsWhole(name, start);
      }
    }
    return false;
  }

  private firstTokenAfter(group: Group): Punct {
    const { directives, kinds, ids, count } = this.tokens;
    let index = group.endif;
    let token = index < directives.length ? directives[index].endToken : count;
    while (++index < directives.length && directives[index].firstToken === token) token = directives[index].endToken;
    return token < count && kinds[token] === TokenKind.Punctuator ? ids[token] : Punct.None;
  }

  /** The branch to keep of a group that cuts a construct; -1 where the group's condition fails and it has no `#else`. */
  private choose(live: readonly Branch[]): number {
    const { directives } = this.tokens;
    for (let index = 0; index < live.length; index++) {
      const directive = directives[live[index].directive];
      if (directive.name === 'else') return index;
      const { key, negated } = conditionKey(this.tokens, directive);
      const assumed = this.assumed.get(key);
      const holds = this.decide?.(directive) ?? (assumed === undefined || assumed !== negated);
      this.assumed.set(key, holds !== negated);
      if (holds) return index;
    }
    return -1;
  }
}

const CLOSES_ITEM: ReadonlySet<Punct> = new Set([Punct.Semicolon, Punct.LeftBrace, Punct.RightBrace]);

const CANT_START_ITEM: ReadonlySet<Punct> = new Set([
  Punct.RightParen,
  Punct.RightBracket,
  Punct.Comma,
  Punct.Equal,
  Punct.Colon,
  Punct.Question,
  Punct.Pipe,
  Punct.AndAnd,
  Punct.OrOr,
  Punct.Dot,
  Punct.Arrow,
  Punct.Less,
  Punct.Greater,
  Punct.EqualEqual,
  Punct.ExclamationEqual,
  Punct.Slash,
  Punct.Percent,
]);
