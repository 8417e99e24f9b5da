/** Makes random C that only a preprocessor has to understand: macros of every shape, conditions, includes inside items. */
import type { RandomNumbers } from './random-numbers';

/** A main file with what it includes, by name. */
export interface MacroCase {
  readonly main: string;
  readonly files: Readonly<Record<string, string>>;
}

interface Macro {
  readonly name: string;
  /** Undefined for an object-like macro. */
  readonly parameters: readonly string[] | undefined;
  readonly rest: string | undefined;
}

const PUNCTUATORS = ['+', '-', '*', '/', '==', '<<', '<', '&&', '.', '->', '=', '!', '~', '%', '|', '^', '?', ':'];
const WORDS = ['a', 'b', 'c', 'x1', 'int', 'struct', '_w', 'L', 'u8'];
const NUMBERS = ['0', '1', '2', '10', '0x1f', '1u', '07', '3UL', '1e+3', '.5'];
const TEXTS = ['"s"', '"a b"', '"\\n"', '"\\"q\\""', "'c'", "'\\n'", "'\\''", '"\\\\"', 'L"w"'];

export class RandomMacros {
  private macros: Macro[] = [];
  private files: Record<string, string> = {};
  private counting = 0;
  /** A directive ends with its line. */
  private isInBody = false;
  /** A body asks for its line: of uses over several lines, in an operand of `##`, gcc takes another than we do. */
  private hasLine = false;

  /** @param prefix Begins all names of macros and files, so that cases can stand in one text. */
  constructor(
    private readonly random: RandomNumbers,
    private readonly prefix: string,
  ) {}

  next(): MacroCase {
    this.macros = [];
    this.files = {};
    this.hasLine = false;
    const lines: string[] = [];
    for (let count = 3 + this.random.below(5); count > 0; count--) lines.push(this.definition());
    for (let count = 3 + this.random.below(6); count > 0; count--) lines.push(...this.line());
    const main = `${lines.join('\n')}\n`;
    return {
      main: this.random.chance(25) && !this.hasLine && !main.includes('_Pragma') ? this.spliced(main) : main,
      files: this.files,
    };
  }

  /** Names of the macros that are left defined. */
  get names(): readonly string[] {
    return this.macros.map(({ name }) => name);
  }

  private line(): string[] {
    const { random } = this;
    const kind = random.below(100);
    if (kind < 50) return [`${this.text(3)};`];
    if (kind < 62) return this.condition();
    if (kind < 68) return [this.definition()];
    if (kind < 73) return this.pushed();
    if (kind < 79) return this.inclusion();
    if (kind < 84) return this.directiveInArguments();
    if (kind < 88) return [`__LINE__ ${this.text(2)} __LINE__;`];
    if (kind < 92) return [`int v${this.counting++} = __COUNTER__ ${this.text(1)};`];
    if (kind < 95) return [`_Pragma("once_more") ${this.text(1)};`];
    return [`#undef ${random.pick(this.macros).name}`];
  }

  private definition(): string {
    const { random } = this;
    const again = this.macros.length > 4 && random.chance(30);
    const name = again ? random.pick(this.macros).name : `${this.prefix}${this.macros.length}`;
    const macro = this.macros.find((other) => other.name === name) ?? this.signature(name);
    const isFunction = macro.parameters !== undefined;
    const { parameters: named = [], rest } = macro;
    const listed = [...named, ...(rest === undefined ? [] : [rest === 'more' ? 'more...' : '...'])];
    const head = isFunction ? `${name}(${listed.join(random.pick([',', ', ', ' , ']))})` : name;
    this.isInBody = true;
    const body = this.body(macro);
    this.isInBody = false;
    this.macros = [...this.macros.filter((other) => other.name !== name), macro];
    const undefine = again ? `#undef ${name}\n` : '';
    return `${undefine}${random.pick(['#define ', '#define  ', '# define '])}${head} ${body}`;
  }

  /** One that is defined again keeps it: most calls with too few arguments are refused. */
  private signature(name: string): Macro {
    const { random } = this;
    if (random.chance(30)) return { name, parameters: undefined, rest: undefined };
    const kind = random.below(10);
    const rest = kind < 5 ? undefined : kind < 8 ? '__VA_ARGS__' : 'more';
    return { name, parameters: ['p', 'q', 'r'].slice(0, random.below(4)), rest };
  }

  private body(macro: Macro): string {
    const pieces: string[] = [];
    for (let count = this.random.below(6); count > 0; count--) pieces.push(this.bodyPiece(macro, 0));
    return this.joined(pieces);
  }

  private bodyPiece(macro: Macro, depth: number): string {
    const { random } = this;
    const own = [...(macro.parameters ?? []), ...(macro.rest === undefined ? [] : [macro.rest])];
    const kind = random.below(100);
    if (own.length > 0) {
      if (kind < 22) return random.pick(own);
      if (kind < 30) return `${random.pick(['#', '# '])}${random.pick(own)}`;
      if (kind < 44) return this.paste(own);
      if (macro.rest !== undefined && kind < 50) return `, ## ${macro.rest}`;
      if (macro.rest !== undefined && kind < 64 && depth === 0) return this.optional(macro);
    } else if (kind < 10) return `${random.pick(WORDS)}${random.pick(['##', ' ## '])}${random.pick(['b', '2'])}`;
    if (kind < 76 && this.macros.length > 0) return this.use(random.pick(this.macros), 1, own);
    if (kind < 79) return macro.name;
    if (kind < 82) return `${macro.name}(${own[0] ?? 'a'})`;
    return this.plain();
  }

  private paste(own: readonly string[]): string {
    const { random } = this;
    const operand = (): string => random.pick([...own, random.pick(['a', 'b', 'x', '_']), this.prefix]);
    const parts = [operand()];
    for (let count = 1 + random.below(2); count > 0; count--)
      parts.push(random.chance(25) ? random.pick(['0', '1', '2']) : operand());
    return parts.join(random.pick(['##', ' ## ', '## ']));
  }

  private optional(macro: Macro): string {
    const { random } = this;
    const inner: string[] = [];
    for (let count = random.below(4); count > 0; count--) inner.push(this.bodyPiece(macro, 1));
    const kind = random.below(10);
    if (kind < 7) return `${kind < 6 ? '' : '# '}__VA_OPT__(${this.joined(inner)})`;
    // Where an argument stands last and ends with a macro that comes to nothing, gcc pastes nothing to it.
    const whole = `__VA_OPT__(${this.joined([...inner, random.pick(['a', 'b'])])})`;
    if (kind < 8) return `x ## ${whole}`;
    return kind < 9 ? `${whole} ## y` : `${whole}##${random.pick(macro.parameters?.length ? macro.parameters : ['z'])}`;
  }

  /** A use of a macro; in a body some arguments are the body's parameters. */
  private use(macro: Macro, depth: number, own: readonly string[] = []): string {
    const { random } = this;
    if (!macro.parameters || random.chance(7)) return macro.name;
    const least = macro.parameters.length;
    const count = macro.rest === undefined ? least : least + (random.chance(25) ? 0 : 1 + random.below(3));
    const given: string[] = [];
    for (let index = 0; index < count; index++) given.push(this.argument(depth, own));
    const gap = random.pick(['', '', '', ' ', this.isInBody || this.hasLine ? '' : '\n']);
    return `${macro.name}${gap}(${given.join(random.pick([',', ', ', ' , ']))})`;
  }

  private argument(depth: number, own: readonly string[]): string {
    const { random } = this;
    if (random.chance(18)) return random.pick(['', ' ', '']);
    const pieces: string[] = [];
    if (random.chance(45)) return random.pick([...WORDS, '1', '2', ...this.macros.map(({ name }) => name)]);
    for (let count = 1 + random.below(3); count > 0; count--) {
      const kind = random.below(100);
      if (kind < 30 && depth < 2) pieces.push(this.use(random.pick(this.macros), depth + 1, own));
      else if (kind < 40 && own.length > 0) pieces.push(random.pick(own));
      else if (kind < 48) pieces.push(`(${this.plain()}, ${this.plain()})`);
      else if (kind < 52) pieces.push(random.pick(['()', '[ ]', '{ }']));
      else if (kind < 56 && this.macros.length > 0) pieces.push(random.pick(this.macros).name);
      else pieces.push(this.plain());
    }
    return this.joined(pieces);
  }

  private plain(): string {
    const { random } = this;
    const kind = random.below(100);
    if (kind < 40) return random.pick(WORDS);
    if (kind < 62) return random.pick(NUMBERS);
    if (kind < 78) return random.pick(TEXTS);
    if (kind < 80) {
      this.hasLine ||= this.isInBody;
      return '__LINE__';
    }
    return random.pick(PUNCTUATORS);
  }

  private joined(pieces: readonly string[]): string {
    const { random } = this;
    return pieces.reduce((text, piece) => {
      // Without a blank gcc may print two tokens side by side that are one when they are read again.
      const gap = piece.startsWith('(')
        ? random.pick(['', ' '])
        : random.pick([' ', ' ', '  ', '\t', '/**/', ' /* c */ ']);
      return text + gap + piece;
    }, '');
  }

  private text(most: number): string {
    const pieces: string[] = [];
    for (let count = 1 + this.random.below(most); count > 0; count--)
      pieces.push(this.random.chance(75) ? this.use(this.random.pick(this.macros), 0) : this.plain());
    return this.joined(pieces);
  }

  private condition(): string[] {
    const { random } = this;
    const mark = this.counting++;
    const lines = [`#if ${this.expression(3)}`, `yes_${mark} ${this.text(1)};`];
    if (random.chance(40)) lines.push(`#elif ${this.expression(2)}`, `other_${mark};`);
    if (random.chance(50)) lines.push('#else', `no_${mark};`);
    return [...lines, '#endif'];
  }

  private expression(depth: number): string {
    const { random } = this;
    if (depth === 0 || random.chance(15)) return this.operand();
    const inner = (): string => this.expression(depth - 1);
    const kind = random.below(100);
    if (kind < 60) {
      const operator = random.pick(['+', '-', '*', '<', '>', '<=', '>=', '==', '!=', '&&', '||', '&', '|', '^']);
      return `${inner()} ${operator} ${inner()}`;
    }
    if (kind < 68) return `${inner()} ${random.pick(['<<', '>>'])} ${random.pick(['1', '3', '31', '63'])}`;
    if (kind < 74) return `${inner()} ${random.pick(['/', '%'])} ${random.pick(['1', '3', '7u', '-2'])}`;
    if (kind < 82) return `${random.pick(['!', '-', '~', '+'])}${this.operand()}`;
    if (kind < 90) return `(${inner()} ? ${inner()} : ${inner()})`;
    return `(${inner()})`;
  }

  private operand(): string {
    const { random } = this;
    const kind = random.below(100);
    const asked = random.chance(70) ? random.pick(this.macros).name : random.pick(['__LINE__', 'nothing', '__FILE__']);
    if (kind < 15) return random.pick([`defined ${asked}`, `defined(${asked})`]);
    if (kind < 20) return '__LINE__';
    if (kind < 23) return '__COUNTER__';
    if (kind < 28) return random.pick(["'a'", "'\\n'", "'\\xff'", "'\\0'", "'ab'"]);
    if (kind < 33) return random.pick(['__has_attribute(packed)', '__has_attribute(__no_such__)', 'undefined_name']);
    if (kind < 45) return this.use(random.pick(this.macros), 2).replaceAll('\n', ' ');
    return random.pick(['0', '1', '2u', '-1', '0x7fffffffffffffff', '0xffffffffffffffff', '5UL', '010', '3', '100']);
  }

  private pushed(): string[] {
    const { name } = this.random.pick(this.macros);
    const [push, pop] = this.random.chance(50)
      ? [`#pragma push_macro("${name}")`, `#pragma pop_macro("${name}")`]
      : [`_Pragma("push_macro(\\"${name}\\")")`, `_Pragma("pop_macro(\\"${name}\\")")`];
    const known = this.macros;
    const lines = [
      push,
      `#undef ${name}`,
      `#define ${name} ${this.random.pick(NUMBERS)}`,
      `${name} ${this.text(1)};`,
      pop,
    ];
    this.macros = known;
    return [...lines, `${name} ${this.text(1)};`];
  }

  /** A file that stands inside an item: at its start, in its middle or alone in it. */
  private inclusion(): string[] {
    const name = `${this.prefix}${Object.keys(this.files).length}.h`;
    this.files[name] = `${this.text(2)},\n${this.random.chance(30) ? '' : `${this.text(1)},\n`}`;
    if (this.random.chance(30)) {
      const outer = `${this.prefix}o${Object.keys(this.files).length}.h`;
      const own = this.random.chance(50) ? `${this.text(1)},\n` : '';
      this.files[outer] = `${own}#include "${name}"\n${this.random.chance(50) ? `${this.text(1)},\n` : ''}`;
      return [`int v${this.counting++}[] = {`, `#include "${outer}"`, '};'];
    }
    return [`enum e${this.counting++} {`, `#include "${name}"`, ...(this.random.chance(50) ? ['last,'] : []), '};'];
  }

  private directiveInArguments(): string[] {
    const callable = this.macros.filter(({ parameters, rest }) => parameters && parameters.length + (rest ? 1 : 0) > 0);
    if (callable.length === 0) return [];
    const macro = this.random.pick(callable);
    const others = Array.from({ length: (macro.parameters?.length ?? 0) - 1 }, () => this.plain());
    const inside = this.random.pick([
      ['#ifdef nothing', 'one', '#else', 'two', '#endif'],
      [`#if ${this.expression(1)}`, 'three', '#endif'],
      ['#define in_arguments 1', 'in_arguments', '#undef in_arguments', 'in_arguments'],
    ]);
    return [`${macro.name}(`, ...inside, ...others.flatMap((other) => [`, ${other}`]), ');'];
  }

  /** Joins lines in the middle of tokens and between them. */
  private spliced(text: string): string {
    let out = '';
    for (const character of text) {
      out += character;
      if (character !== '\n' && character !== '\\' && this.random.chance(1)) out += '\\\n';
    }
    return out;
  }
}
