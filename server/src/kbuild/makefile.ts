/** Reads makefiles as data: variables, conditions and included files, as make does. No command is ever run. */
import { PLAIN_FUNCTIONS, type PlainFunction, UNKNOWN_FUNCTIONS } from './make-functions';
import {
  assignmentOn,
  closing,
  isHarmless,
  logicalLines,
  splitArguments,
  splitAtColon,
  substituted,
  UNKNOWN,
  UNKNOWN_WARNING,
  wordsOf,
} from './make-text';

/** Where a makefile's reading gets what is not in its text. */
interface MakeSurroundings {
  /** The text of an included file, by the name that is written; undefined where there is none. */
  read(name: string): string | undefined;
  /** Names that fit `$(wildcard pattern)`; undefined where nobody knows. */
  matching?(pattern: string): readonly string[] | undefined;
  /** The value of a variable that no makefile set; undefined where it has none. */
  given(name: string): string | undefined;
  /** What a command would print, where that is known without running it. */
  printed?(command: string): string | undefined;
}

interface Variable {
  /** Expanded already where it is simple. */
  text: string;
  readonly isRecursive: boolean;
}

/** A condition that is open: whether its branch is read, and whether one of its branches was. undefined: not known. */
interface Condition {
  holds: boolean | undefined;
  taken: boolean | undefined;
  /** Whether what stands around it is read. */
  readonly outer: boolean | undefined;
}

/** Limits for hostile files; the kernel's own stay far below them. */
const LONGEST_VALUE = 1 << 20;
const LONGEST_FILE = 1 << 22;
const DEEPEST_REFERENCE = 100;
const DEEPEST_INCLUDE = 20;
const MOST_STEPS = 400_000;
const MOST_PRODUCED = 1 << 24;

/** What the build asks of its tools by these gives one of the flags behind the name, or none. */
const FLAG_QUESTION = /^(?:cc|hostcc|as|ld)-(?:option|disable-warning|ifversion)$/;

const FUNCTION_CALL = /^([a-z][a-z-]*)[ \t]+/;

export class Makefile {
  /** What was not read, or is not known, with how often it came up. */
  readonly reasons = new Map<string, number>();
  /** Names of included files that were read, as they are written. */
  readonly included: string[] = [];
  readonly exported = new Set<string>();
  /** Why it is not known which variables it sets at all; undefined where it is. */
  doubt: string | undefined;
  private readonly variables = new Map<string, Variable>();
  private readonly conditions: Condition[] = [];
  private steps = 0;

  constructor(private readonly surroundings: MakeSurroundings) {}

  /** Reads a makefile's text; further ones go on where it ended. */
  run(text: string, depth = 0): void {
    if (text.length > LONGEST_FILE) {
      this.doubt = 'a makefile is too long';
      return;
    }
    const open = this.conditions.length;
    let isRule = false;
    let isDefinition = false;
    for (const { text: line, isIndented } of logicalLines(text)) {
      const bare = line.trim();
      if (!this.step(line.length)) {
        this.doubt = 'a makefile takes too long';
        return;
      }
      if (isDefinition) isDefinition = !/^endef\b/.test(bare);
      else if (bare === '') continue;
      else if (isIndented && isRule) continue;
      else if (this.condition(bare)) continue;
      else if (this.reads() === false) continue;
      else if (/^(?:override\s+)?define\b/.test(bare)) {
        isDefinition = true;
        const name = /^(?:override\s+)?define\s+(\S+)/.exec(bare)?.[1];
        if (name !== undefined) this.variables.set(name, { text: UNKNOWN, isRecursive: false });
      } else isRule = this.statement(bare, depth);
    }
    // A condition that nobody closes ends with its file.
    this.conditions.length = open;
  }

  /** A variable's value. */
  value(name: string): string {
    return this.variable(name, 0);
  }

  /** The words of a variable's value that are known. */
  words(name: string): string[] {
    return wordsOf(this.value(name)).filter((word) => !word.includes(UNKNOWN));
  }

  /** The names of all variables that a makefile set. */
  get names(): Iterable<string> {
    return this.variables.keys();
  }

  /** @returns whether commands may follow: it was a rule. */
  private statement(line: string, depth: number): boolean {
    const include = /^(?:-include|sinclude|include)\s+(.*)$/.exec(line);
    if (include) {
      for (const name of wordsOf(this.expand(include[1], 0))) this.include(name, depth, line.startsWith('include'));
      return false;
    }
    const modified = /^(?:(?:export|override|private)\s+)+/.exec(line)?.[0] ?? '';
    const assignment = assignmentOn(line.slice(modified.length));
    if (modified.includes('export')) {
      const names = assignment ? [assignment.name] : wordsOf(this.expand(line.slice(modified.length), 0));
      for (const name of names) this.exported.add(name);
    }
    const gone = /^undefine\s+(\S+)/.exec(line.slice(modified.length));
    if (gone) this.variables.delete(this.expand(gone[1], 0));
    if (/^\$[({][a-z]+[ \t]/.test(line)) {
      // What it expands to would be read as a line: mostly nothing, as it is there for what is evaluated, or a rule.
      const made = this.expand(line, 0).trim();
      if (made.includes(UNKNOWN) ? !line.includes(':') : assignmentOn(made))
        this.doubt ??= 'a function makes lines of a makefile';
      return made !== '';
    }
    if (!assignment) return modified === '' && !/^(?:unexport|undefine|vpath)\b/.test(line);
    const name = this.expand(assignment.name, 0);
    if (name.includes(UNKNOWN) || /\s/.test(name)) this.unknown('the name of a variable is not known');
    else this.assign(name, assignment.operator, assignment.value);
    return false;
  }

  private assign(name: string, operator: string, value: string): void {
    const { variables } = this;
    const known = variables.get(name);
    // In a branch of a condition that can't be decided nothing is known of what is set.
    if (this.reads() === undefined) {
      const before = operator === '+=' || operator === '?=' ? this.variable(name, 0) : '';
      const mark = isHarmless(this.expand(value, 0)) && isHarmless(before) ? UNKNOWN_WARNING : UNKNOWN;
      if (!before.endsWith(mark) || operator === '=')
        variables.set(name, { text: `${before} ${mark}`.trim(), isRecursive: false });
      return;
    }
    if (operator === '!=') variables.set(name, { text: this.unknown('a command is not run'), isRecursive: false });
    else if (operator === '=') variables.set(name, { text: value, isRecursive: true });
    else if (operator === ':=') variables.set(name, { text: this.expand(value, 0), isRecursive: false });
    else if (operator === '?=') {
      if (!known && this.surroundings.given(name) === undefined)
        variables.set(name, { text: value, isRecursive: true });
    } else {
      const before = known ?? this.givenVariable(name);
      const isRecursive = before?.isRecursive ?? true;
      const more = isRecursive ? value : this.expand(value, 0);
      const text = before && before.text !== '' ? `${before.text} ${more}` : more;
      const isLong = text.length > LONGEST_VALUE;
      variables.set(name, { text: isLong ? this.unknown('a value is too long') : text, isRecursive });
    }
  }

  private givenVariable(name: string): Variable | undefined {
    const text = this.surroundings.given(name);
    return text === undefined ? undefined : { text, isRecursive: false };
  }

  private include(name: string, depth: number, isWanted: boolean): void {
    if (name.includes(UNKNOWN)) this.unknown('the name of an included file is not known');
    else if (depth >= DEEPEST_INCLUDE) this.unknown('files include one another without end');
    else {
      const text = this.step() ? this.surroundings.read(name) : undefined;
      if (text === undefined) {
        if (isWanted) this.doubt ??= 'a file that a makefile includes can’t be read';
        return;
      }
      this.included.push(name);
      this.run(text, depth + 1);
    }
  }

  /** Reads a line of a condition; false where it is none. */
  private condition(line: string): boolean {
    const branch = /^else(?:\s+(if.*))?$/.exec(line);
    if (/^if(?:n?eq|n?def)\b/.test(line)) {
      const outer = this.reads();
      const holds = outer === false ? false : this.decides(line);
      this.conditions.push({ holds, taken: holds, outer });
      return true;
    }
    if (branch) {
      const condition = this.conditions[this.conditions.length - 1];
      if (!condition) return true;
      const { taken, outer } = condition;
      condition.holds = false;
      if (taken === true || outer === false) return true;
      const holds = branch[1] === undefined ? true : this.decides(branch[1]);
      // Behind a branch of which nothing is known, one that holds by itself is perhaps not reached.
      condition.holds = holds && taken === undefined ? undefined : holds;
      condition.taken = holds === true || taken === holds ? holds : undefined;
      return true;
    }
    if (!/^endif\b/.test(line)) return false;
    this.conditions.pop();
    return true;
  }

  /** Whether the lines here are read; undefined where that hangs on what is not known. */
  private reads(): boolean | undefined {
    const condition = this.conditions[this.conditions.length - 1];
    if (!condition) return true;
    const { holds, outer } = condition;
    return holds === false || outer === false ? false : holds && outer;
  }

  private decides(line: string): boolean | undefined {
    const [, keyword, rest] = /^(ifn?eq|ifn?def)\s*(.*)$/.exec(line) ?? [];
    const isNegated = keyword?.startsWith('ifn');
    let holds: boolean | undefined;
    if (keyword?.endsWith('def')) {
      const name = this.expand(rest, 0).trim();
      const text = this.variables.get(name)?.text ?? this.surroundings.given(name) ?? '';
      holds = name.includes(UNKNOWN) || text.includes(UNKNOWN) ? undefined : text !== '';
    } else {
      const [left, right] = this.sides(rest ?? '');
      holds = left.includes(UNKNOWN) || right.includes(UNKNOWN) ? undefined : left === right;
    }
    if (holds === undefined) this.unknown('a condition can’t be decided');
    return holds === undefined ? undefined : holds !== isNegated;
  }

  private sides(rest: string): [string, string] {
    const quoted = /^(?:"([^"]*)"|'([^']*)')\s*(?:"([^"]*)"|'([^']*)')/.exec(rest);
    const written = quoted
      ? [quoted[1] ?? quoted[2], quoted[3] ?? quoted[4]]
      : splitArguments(rest.slice(1, closing(rest, 0)), 2);
    return [this.expand(written[0] ?? '', 0).trim(), this.expand(written[1] ?? '', 0).trim()];
  }

  private unknown(reason: string): string {
    this.reasons.set(reason, (this.reasons.get(reason) ?? 0) + 1);
    return UNKNOWN;
  }

  /** Whether there is time left; a long value costs more of it. */
  private step(length = 0): boolean {
    this.steps += 1 + (length >> 6);
    return this.steps <= MOST_STEPS;
  }

  private expand(text: string, depth: number): string {
    let at = text.indexOf('$');
    if (at < 0) return text;
    if (depth > DEEPEST_REFERENCE) return this.unknown('variables refer to one another without end');
    let out = '';
    let from = 0;
    for (; at >= 0; at = text.indexOf('$', from)) {
      if (!this.step()) return this.unknown('a makefile takes too long');
      out += text.slice(from, at);
      const next = text[at + 1];
      if (next === '(' || next === '{') {
        const end = closing(text, at + 1);
        if (!this.step(end - at)) return this.unknown('a makefile takes too long');
        out += this.reference(text.slice(at + 2, end), depth + 1);
        from = end + 1;
      } else {
        if (next === '$') out += '$';
        else if (next !== undefined) out += this.variable(next, depth + 1);
        from = at + 2;
      }
      if (out.length > LONGEST_VALUE) return this.unknown('a value is too long');
    }
    return out + text.slice(from);
  }

  private variable(name: string, depth: number): string {
    const known = this.variables.get(name);
    if (!known) return this.surroundings.given(name) ?? '';
    return known.isRecursive ? this.expand(known.text, depth + 1) : known.text;
  }

  private reference(inner: string, depth: number): string {
    const call = FUNCTION_CALL.exec(inner);
    const result = call ? this.function(call[1], inner.slice(call[0].length), depth) : undefined;
    if (result !== undefined) return result;
    const colon = inner.indexOf(':');
    const pair = colon < 0 ? undefined : splitAtColon(inner);
    const name = this.expand(pair ? pair[0] : inner, depth);
    if (name.includes(UNKNOWN)) return UNKNOWN;
    const value = this.variable(name, depth);
    if (!pair) return value;
    const [from, to] = [this.expand(pair[1], depth), this.expand(pair[2], depth)];
    const isPattern = from.includes('%');
    return substituted(wordsOf(value), isPattern ? from : `%${from}`, isPattern ? to : `%${to}`).join(' ');
  }

  /** The value of a call; undefined where there is no such function. */
  private function(name: string, rest: string, depth: number): string | undefined {
    const plain = PLAIN_FUNCTIONS.get(name);
    if (plain)
      return this.applied(
        plain,
        splitArguments(rest, plain.most).map((part) => this.expand(part, depth)),
      );
    const printed = name === 'shell' ? this.surroundings.printed?.(this.expand(rest, depth)) : undefined;
    if (printed !== undefined) return printed;
    const reason = UNKNOWN_FUNCTIONS.get(name);
    if (reason !== undefined) return this.unknown(reason);
    switch (name) {
      case 'if':
        return this.choice(splitArguments(rest, 3), depth);
      case 'or':
      case 'and':
        return this.firstOf(name, splitArguments(rest), depth);
      case 'eval':
        if (depth > DEEPEST_INCLUDE) this.doubt ??= 'lines make lines without end';
        else this.run(this.expand(rest, depth), depth + 1);
        return '';
      case 'foreach':
        return this.forEach(splitArguments(rest, 3), depth);
      case 'call':
        return this.call(splitArguments(rest), depth);
      case 'wildcard':
        return wordsOf(this.expand(rest, depth))
          .flatMap((pattern) => this.surroundings.matching?.(pattern) ?? this.unknown('a folder’s files are not known'))
          .join(' ');
      default:
        return undefined;
    }
  }

  private applied({ apply }: PlainFunction, parts: readonly string[]): string {
    // A long text may come once for each word of another.
    const [longest, second = 0] = parts.map(({ length }) => length).sort((a, b) => b - a);
    if (longest * second > MOST_PRODUCED || !this.step(longest)) return this.unknown('a value is too long');
    const result = apply(...parts);
    return this.step(result.length) ? result : this.unknown('a makefile takes too long');
  }

  private choice([condition, yes = '', no = '']: readonly string[], depth: number): string {
    const value = this.expand(condition, depth).trim();
    if (value.includes(UNKNOWN) && wordsOf(value).every((word) => word.includes(UNKNOWN)))
      return this.unknown('a condition can’t be decided');
    return this.expand(value === '' ? no : yes, depth);
  }

  /** `or` gives the first that is not empty, `and` the last unless one is. */
  private firstOf(name: 'or' | 'and', parts: readonly string[], depth: number): string {
    let value = '';
    for (const part of parts) {
      value = this.expand(part, depth).trim();
      if (value.includes(UNKNOWN)) return UNKNOWN;
      if ((value !== '') === (name === 'or')) return value;
    }
    return value;
  }

  private forEach([written = '', list = '', body = '']: readonly string[], depth: number): string {
    const name = this.expand(written, depth).trim();
    const results: string[] = [];
    for (const word of wordsOf(this.expand(list, depth))) {
      const result = this.within([[name, word]], () => this.expand(body, depth));
      if (!this.step(result.length)) return this.unknown('a makefile takes too long');
      results.push(result);
    }
    return results.join(' ');
  }

  private call([written, ...parts]: readonly string[], depth: number): string {
    const name = this.expand(written, depth).trim();
    const values = parts.map((part) => this.expand(part, depth));
    const known = this.variables.get(name);
    if (!known && FLAG_QUESTION.test(name) && values.every(isHarmless)) return UNKNOWN_WARNING;
    if (!known) return this.unknown(`$(call ${name},…) has no definition here`);
    const given: [string, string][] = Array.from({ length: 10 }, (_, at) => [
      `${at}`,
      at ? (values[at - 1] ?? '') : name,
    ]);
    return this.within(given, () => this.expand(known.text, depth + 1));
  }

  /** Does some work while variables have other values. */
  private within(values: readonly (readonly [string, string])[], work: () => string): string {
    if (!this.step()) return this.unknown('a makefile takes too long');
    const before = values.map(([name]) => [name, this.variables.get(name)] as const);
    for (const [name, text] of values) this.variables.set(name, { text, isRecursive: false });
    const result = work();
    for (const [name, variable] of before)
      if (variable) this.variables.set(name, variable);
      else this.variables.delete(name);
    return result.length > LONGEST_VALUE ? this.unknown('a value is too long') : result;
  }
}
