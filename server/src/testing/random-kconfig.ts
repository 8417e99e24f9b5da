/** Makes random Kconfig files, and configurations for them, with all that the language has and without loops. */
import type { RandomNumbers } from './random-numbers';

type Type = 'bool' | 'tristate' | 'int' | 'hex' | 'string';

interface Made {
  readonly name: string;
  readonly type: Type;
  /** A member of a choice is never selected, and has no defaults. */
  readonly isMember: boolean;
}

export class RandomKconfig {
  private readonly lines: string[] = [];
  private readonly made: Made[] = [];
  private count = 0;
  /** Names that were selected before they were defined: they are defined later. */
  private readonly promised: string[] = [];
  private margin = '';

  constructor(
    private readonly random: RandomNumbers,
    /** Whether `depends on A if B` may stand. */
    private readonly isNewer: boolean,
  ) {}

  /** The text of one file. */
  file(): string {
    const { random } = this;
    if (random.chance(60)) this.put(`mainmenu "Random ${random.below(100)}"`);
    if (random.chance(70)) this.modules();
    if (random.chance(40)) this.put('FOO = $(BAR)', 'BAR := text', 'pick = $(2)-$(1)', 'FOO += more');
    const size = random.chance(10) ? 40 : 3 + random.below(12);
    while (this.count < size) this.block(0);
    while (this.promised.length > 0) this.config(true);
    if (random.chance(30)) this.again();
    return `${this.lines.join('\n')}\n`;
  }

  /** A configuration that says something of some symbols. */
  configuration(): string {
    const { random } = this;
    const lines: string[] = [];
    const some = this.made.filter(() => random.chance(60));
    if (random.chance(20)) some.push(...this.made.filter(() => random.chance(20)));
    for (const { name, type } of some) lines.push(this.assignment(name, random.chance(5) ? random.pick(TYPES) : type));
    if (random.chance(10)) lines.push('CONFIG_UNKNOWN=y', '# CONFIG_UNKNOWN_TOO is not set', 'garbage');
    return `${lines.join(random.chance(3) ? '\r\n' : '\n')}\n`;
  }

  private assignment(name: string, type: Type): string {
    const { random } = this;
    switch (type) {
      case 'bool':
      case 'tristate': {
        const value = random.pick(['y', 'm', 'n', 'y', 'unset']);
        return value === 'unset' ? `# CONFIG_${name} is not set` : `CONFIG_${name}=${value}`;
      }
      case 'string':
        return `CONFIG_${name}=${random.pick(['"some text"', '""', '"a \\"b\\" \\\\c"', 'bare', '"open'])}`;
      default:
        return `CONFIG_${name}=${this.number(type)}`;
    }
  }

  private put(...lines: string[]): void {
    this.lines.push(...lines.map((line) => (line === '' ? '' : this.margin + line)));
  }

  private inside(work: () => void): void {
    const { margin } = this;
    this.margin += '\t';
    work();
    this.margin = margin;
  }

  private modules(): void {
    this.put('config MODULES', `\tbool${this.random.chance(80) ? ' "Modules"' : ''}`, '\tmodules');
    if (this.random.chance(70)) this.put('\tdefault y');
    this.made.push({ name: 'MODULES', type: 'bool', isMember: false });
  }

  private block(depth: number): void {
    const { random } = this;
    const kind = depth > 2 ? 0 : random.below(12);
    if (kind < 7) this.config(false);
    else if (kind === 7) {
      this.put(`if ${this.expression()}`, '');
      this.inside(() => this.blocks(depth + 1));
      this.put('endif', '');
    } else if (kind === 8) {
      this.put(`menu "Menu ${this.lines.length}"`);
      if (random.chance(50)) this.put(`\tdepends on ${this.expression()}`);
      if (random.chance(25)) this.put(`\tvisible if ${this.expression()}`);
      this.put('');
      this.inside(() => this.blocks(depth + 1));
      this.put('endmenu', '');
    } else if (kind === 9) {
      this.put(`comment "Comment ${this.lines.length}"`);
      if (random.chance(60)) this.put(`\tdepends on ${this.expression()}`);
      this.put('');
    } else this.choice();
  }

  private blocks(depth: number): void {
    for (let left = 1 + this.random.below(3); left > 0; left--) this.block(depth);
  }

  /** A symbol. What it refers to was made before it, and what it selects is made after it, so that nothing loops. */
  private config(isPromised: boolean): void {
    const { random } = this;
    const kept = isPromised || (this.promised.length > 0 && random.chance(40)) ? this.promised.shift() : undefined;
    const type: Type = kept ? random.pick(['bool', 'tristate'] as const) : random.pick(TYPES);
    const name = kept ?? this.newName();
    const hasPrompt = random.chance(65);
    const prompt = hasPrompt ? ` "${random.pick(PROMPTS)} ${name}"${this.condition(25)}` : '';
    const isMenu = hasPrompt && random.chance(15);
    this.put(`${isMenu ? 'menuconfig' : 'config'} ${name}`);
    const options: string[] = [];
    if ((type === 'bool' || type === 'tristate') && !hasPrompt && random.chance(40))
      options.push(`def_${type} ${this.value(type)}${this.condition(40)}`);
    else options.push(type + prompt);
    for (let left = random.below(3); left > 0; left--) options.push(`default ${this.value(type)}${this.condition(50)}`);
    for (let left = random.below(3) - 1; left > 0; left--)
      options.push(`depends on ${this.expression()}${this.isNewer && random.chance(30) ? this.condition(100) : ''}`);
    if (random.chance(25)) options.push(`depends on ${this.expression()}`);
    if (type === 'bool' || type === 'tristate')
      for (let left = random.below(3) - 1; left > 0; left--)
        options.push(`${random.chance(60) ? 'select' : 'imply'} ${this.promise()}${this.condition(40)}`);
    if ((type === 'int' || type === 'hex') && random.chance(50))
      for (let left = 1 + random.below(2); left > 0; left--)
        options.push(`range ${this.end(type)} ${this.end(type)}${this.condition(40)}`);
    for (const option of options) this.put(`\t${option}`);
    if (random.chance(15)) this.put('\thelp', '\t  Some text.', '', '\t    config NOTHING', '\t  More.');
    this.put('');
    this.made.push({ name, type, isMember: false });
  }

  private newName(): string {
    return `S${this.count++}`;
  }

  private promise(): string {
    if (this.promised.length > 0 && this.random.chance(40)) return this.random.pick(this.promised);
    const name = this.newName();
    this.promised.push(name);
    return name;
  }

  private choice(): void {
    const { random } = this;
    const names = Array.from({ length: 1 + random.below(4) }, () => this.newName());
    this.put('choice', `\tprompt "Choice ${names[0]}"${this.condition(25)}`);
    if (random.chance(40)) this.put(`\tdefault ${random.pick(names)}${this.condition(40)}`);
    if (random.chance(40)) this.put(`\tdefault ${random.pick(names)}`);
    if (random.chance(30)) this.put(`\tdepends on ${this.expression()}`);
    this.put('');
    const wrapped = random.chance(20);
    if (wrapped) this.put(`if ${this.expression()}`, '');
    for (const name of names) {
      this.put(`config ${name}`, `\tbool "Member ${name}"${this.condition(20)}`);
      if (random.chance(30)) this.put(`\tdepends on ${this.expression()}`);
      if (random.chance(15)) this.put(`\tselect ${this.promise()}${this.condition(30)}`);
      this.put('');
    }
    if (wrapped) this.put('endif', '');
    this.put('endchoice', '');
    for (const name of names) this.made.push({ name, type: 'bool', isMember: true });
  }

  /** Defines a symbol once more, at the top of the tree. */
  private again(): void {
    const plain = this.made.filter(({ isMember, name }) => !isMember && name !== 'MODULES');
    if (plain.length === 0) return;
    const { name, type } = this.random.pick(plain);
    this.put(`config ${name}`, `\t${type}${this.random.chance(40) ? ` "Again ${name}"` : ''}`);
    if (this.random.chance(60)) this.put(`\tdefault ${this.constant(type)}`);
    this.put('');
  }

  private condition(percent: number): string {
    return this.random.chance(percent) ? ` if ${this.expression()}` : '';
  }

  private logical(): Made | undefined {
    const all = this.made.filter(({ type }) => type === 'bool' || type === 'tristate');
    return all.length > 0 ? this.random.pick(all) : undefined;
  }

  private expression(depth = 0): string {
    const { random } = this;
    const kind = depth > 2 ? random.below(6) : random.below(11);
    if (kind === 6 || kind === 7) return `${this.expression(depth + 1)} && ${this.expression(depth + 1)}`;
    if (kind === 8) return `${this.expression(depth + 1)} || ${this.expression(depth + 1)}`;
    if (kind === 9) return `(${this.expression(depth + 1)})`;
    if (kind === 10) return `!(${this.expression(depth + 1)})`;
    if (kind === 0) return this.comparison();
    const symbol = this.logical();
    if (!symbol || random.chance(4)) return random.pick(['y', 'n', 'm', 'UNDEFINED', '"y"']);
    return kind < 3 && random.chance(50) ? `!${symbol.name}` : symbol.name;
  }

  private comparison(): string {
    const { random } = this;
    if (this.made.length === 0) return random.pick(['1 < 2', '"a" = "b"', '0x10 >= 16', 'y != n']);
    const { name, type } = random.pick(this.made);
    if (type === 'bool') return `${name} ${random.pick(['= y', '= n', '!= n', '= m'])}`;
    if (type === 'tristate')
      return `${name} ${random.pick(['=', '!=', '<', '>=', '>', '<='])} ${random.pick(['y', 'm', 'n'])}`;
    const other = random.pick(this.made);
    const right = random.chance(25) && other.type !== 'bool' ? other.name : this.constant(type);
    return `${name} ${random.pick(['=', '!=', '<', '>=', '>', '<='])} ${right}`;
  }

  private constant(type: Type): string {
    if (type === 'string')
      return this.random.pick(['"some text"', '""', '"a \\"b\\""', '"$(FOO)"', "'x'", '"$(pick,a,b)"']);
    return type === 'bool' || type === 'tristate' ? this.random.pick(['y', 'n', 'm']) : this.number(type);
  }

  private number(type: 'int' | 'hex' | Type): string {
    return type === 'hex'
      ? `0x${this.random.below(300).toString(16)}`
      : String(this.random.below(100) - (this.random.chance(20) ? 50 : 0));
  }

  /** One end of a range. */
  private end(type: 'int' | 'hex'): string {
    const numbers = this.made.filter((one) => one.type === type);
    return numbers.length > 0 && this.random.chance(20) ? this.random.pick(numbers).name : this.number(type);
  }

  private value(type: Type): string {
    if (type === 'bool' || type === 'tristate') return this.random.chance(50) ? this.constant(type) : this.expression();
    const same = this.made.filter((one) => one.type === type);
    return same.length > 0 && this.random.chance(30) ? this.random.pick(same).name : this.constant(type);
  }
}

const TYPES: readonly Type[] = ['bool', 'bool', 'bool', 'tristate', 'tristate', 'int', 'hex', 'string'];
const PROMPTS = ['Use', 'Enable', 'Size of', ' Padded'];
