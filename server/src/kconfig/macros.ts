/**
 * The macro language of Kconfig files: variables, functions with arguments, and the built-in functions.
 *
 * `$(shell,…)` never runs anything: the command goes to whoever knows answers.
 */
import type { KconfigPlace } from './symbols';

interface MacroHost {
  /** What surrounds the macro that is being expanded. */
  readonly place: KconfigPlace;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** What a command of `$(shell,…)` would print. */
  shell(command: string): string;
  /** `$(info,…)`. */
  info(text: string): void;
  /** `$(warning-if,y,…)`: the text as it is. */
  warning(text: string): void;
  /** Something that scripts/kconfig stops at: `$(error-if,y,…)`, or a macro that can't be expanded. */
  stop(message: string): void;
}

export type AssignmentOperator = '=' | ':=' | '+=';

interface Variable {
  value: string;
  /** Expanded where it is used, not where it was set. */
  isRecursive: boolean;
  depth: number;
}

const MOST_ARGUMENTS = 16;
const DEEPEST = 1000;
/** A text that doubles with each variable ends here; the tree's own longest is a few hundred characters. */
const LONGEST = 1 << 20;
/** And so does one that expands ever more variables which are empty. */
const MOST_STEPS = 1 << 20;

/** A macro that can't be expanded; the message is what scripts/kconfig says. */
class Unexpandable extends Error {}

export class Macros {
  private readonly variables = new Map<string, Variable>();
  private nesting = 0;
  /** References that were expanded since the outermost one began. */
  private steps = 0;

  constructor(private readonly host: MacroHost) {}

  assign(name: string, operator: AssignmentOperator, value: string): void {
    const known = this.variables.get(name);
    const isRecursive = operator === '+=' ? (known?.isRecursive ?? true) : operator === '=';
    const text = isRecursive ? value : this.guarded(() => this.expandAll(value, []), '');
    if (known && operator === '+=') {
      // Expanding the value may have set the variable anew.
      known.value = `${known.value} ${text}`.slice(0, LONGEST);
      return;
    }
    this.variables.set(name, { value: text, isRecursive, depth: known?.depth ?? 0 });
  }

  /**
   * Expands the reference behind a `$`.
   *
   * @param at Where the `$` stands.
   * @param end Where the line ends, which no reference crosses.
   */
  reference(text: string, at: number, end: number): { value: string; next: number } {
    return this.guarded(() => this.expandReference(text, at + 1, end, []), { value: '', next: end });
  }

  /** Expands a word that holds a `$`, up to the first character that belongs to no word. */
  word(text: string, start: number, end: number): { value: string; next: number } {
    return this.guarded(() => this.expandWord(text, start, end), { value: '', next: end });
  }

  private guarded<T>(expand: () => T, otherwise: T): T {
    const outer = this.nesting++ === 0;
    if (outer) this.steps = 0;
    try {
      return expand();
    } catch (error) {
      if (!outer) throw error;
      for (const variable of this.variables.values()) variable.depth = 0;
      if (error instanceof Unexpandable) this.host.stop(error.message);
      else if (error instanceof RangeError) this.host.stop('Too deep recursive expansion');
      else throw error;
      return otherwise;
    } finally {
      this.nesting--;
    }
  }

  private expandWord(text: string, start: number, end: number): { value: string; next: number } {
    let value = '';
    let at = start;
    while (at < end) {
      if (text[at] === '$') {
        const expanded = this.expandReference(text, at + 1, end, []);
        value += expanded.value;
        at = expanded.next;
      } else if (isWordCharacter(text.charCodeAt(at))) value += text[at++];
      else break;
    }
    return { value, next: at };
  }

  private expandAll(text: string, given: readonly string[]): string {
    let value = '';
    let at = 0;
    for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
      const expanded = this.expandReference(text, dollar + 1, text.length, given);
      value += text.slice(at, dollar) + expanded.value;
      if (value.length > LONGEST) throw new Unexpandable('Too long expansion');
      at = expanded.next;
    }
    return value + text.slice(at);
  }

  /** @param at Behind the `$`, which is itself where no parenthesis follows. */
  private expandReference(
    text: string,
    at: number,
    end: number,
    given: readonly string[],
  ): { value: string; next: number } {
    if (at >= end || text[at] !== '(') return { value: '$', next: at };
    if (++this.steps > MOST_STEPS) throw new Unexpandable('Too long expansion');
    let depth = 0;
    for (let close = at + 1; close < end; close++) {
      const character = text.charCodeAt(close);
      if (character === OPEN) depth++;
      else if (character === CLOSE && depth-- === 0)
        return { value: this.clause(text.slice(at + 1, close), given), next: close + 1 };
    }
    throw new Unexpandable(`unterminated reference to '${text.slice(at + 1, end)}': missing ')'`);
  }

  /** What stands between the parentheses: a name, and arguments. */
  private clause(text: string, given: readonly string[]): string {
    const position = /^[ \t\n\v\f\r]*\+?\d+$/.test(text) ? Number(text) : 0;
    if (position > 0 && position <= given.length) return given[position - 1];
    const parts = argumentsOf(text);
    if (parts.length > MOST_ARGUMENTS) throw new Unexpandable('too many function arguments');
    const name = this.expandAll(parts[0], given);
    const values = parts.slice(1).map((part) => this.expandAll(part, given));
    return (
      this.variable(name, values) ??
      this.builtIn(name, values) ??
      (values.length === 0 && name !== '' ? this.host.environment[name] : undefined) ??
      ''
    );
  }

  private variable(name: string, values: readonly string[]): string | undefined {
    const variable = this.variables.get(name);
    if (!variable) return undefined;
    if (values.length === 0 && variable.depth > 0)
      throw new Unexpandable(`Recursive variable '${name}' references itself (eventually)`);
    if (variable.depth > DEEPEST) throw new Unexpandable('Too deep recursive expansion');
    variable.depth++;
    const expanded = variable.isRecursive ? this.expandAll(variable.value, values) : variable.value;
    variable.depth--;
    return expanded;
  }

  private builtIn(name: string, values: readonly string[]): string | undefined {
    const { host } = this;
    const takes = (count: number): true => {
      if (values.length === count) return true;
      throw new Unexpandable(`too ${values.length < count ? 'few' : 'many'} function arguments passed to '${name}'`);
    };
    switch (name) {
      case 'shell':
        return takes(1) && host.shell(values[0]);
      case 'info':
        if (takes(1)) host.info(values[0]);
        return '';
      case 'warning-if':
        if (takes(2) && values[0] === 'y') host.warning(values[1]);
        return '';
      case 'error-if':
        if (takes(2) && values[0] === 'y') host.stop(values[1]);
        return '';
      case 'filename':
        return takes(0) && host.place.file;
      case 'lineno':
        return takes(0) && String(host.place.line);
      default:
        return undefined;
    }
  }
}

const OPEN = 40;
const CLOSE = 41;

/** Letters, digits, `_` and `-`. */
export function isWordCharacter(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    (code >= 48 && code <= 57) ||
    code === 95 ||
    code === 45
  );
}

/** Splits at the commas that stand in no parentheses. */
function argumentsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '(') depth++;
    else if (character === ')') depth--;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}
