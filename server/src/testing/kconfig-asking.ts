/** Asks for the values of symbols line by line, as `conf --oldaskconfig` does: the language's own test suite is run that way. */
import { configLine, putFirst } from '../kconfig/dot-config';
import type { Evaluator } from '../kconfig/evaluate';
import { numberOf } from '../kconfig/numbers';
import { isValueOf } from '../kconfig/property-types';
import { entriesBelow, type KconfigSymbol, type MenuEntry, MODULE, NO, type Tristate, YES } from '../kconfig/symbols';

interface Asker {
  readonly evaluator: Evaluator;
  /** `all`: every symbol is asked for; `new`: those that have no value yet; `list`: those are named. */
  readonly mode: 'all' | 'new' | 'list';
  print(text: string): void;
  /** The next line with its end; empty at the end of the input. */
  line(): string;
}

export function ask(asker: Asker): void {
  new Session(asker).run();
}

class Session {
  private indent = 1;
  private restarts = 0;
  private shownMenu: MenuEntry | undefined;
  private mode: Asker['mode'];
  private readonly evaluator: Evaluator;
  private readonly print: (text: string) => void;

  constructor(private readonly asker: Asker) {
    this.mode = asker.mode;
    this.evaluator = asker.evaluator;
    this.print = (text) => asker.print(text);
  }

  run(): void {
    const { root } = this.evaluator.parsed;
    if (this.mode === 'all') {
      this.shownMenu = root;
      this.show(root);
      this.mode = 'new';
    }
    do {
      this.restarts = 0;
      this.check(root);
    } while (this.restarts > 0);
  }

  private isChangeable(symbol: KconfigSymbol): boolean {
    return !symbol.isChoice && symbol.visible > symbol.selectedState;
  }

  private check(entry: MenuEntry): void {
    if (!this.evaluator.isVisible(entry)) return;
    const { symbol } = entry;
    if (symbol && !symbol.hasUserValue && this.isChangeable(symbol)) {
      if (this.mode === 'list') this.print(`${configLine(symbol, this.evaluator)}\n`);
      else {
        if (this.restarts++ === 0) this.print('*\n* Restart config...\n*\n');
        let menu = entry;
        while (menu.parent && menu.prompt?.kind !== 'menu') menu = menu.parent;
        this.shownMenu = menu;
        this.show(menu);
      }
    }
    for (let child = entry.firstChild; child; child = child.next) this.check(child);
  }

  private get margin(): string {
    return ' '.repeat(this.indent - 1);
  }

  private show(entry: MenuEntry): void {
    if (!this.evaluator.isVisible(entry)) return;
    const { symbol, prompt } = entry;
    if (prompt?.kind === 'menu' && this.mode !== 'all' && this.shownMenu !== entry) {
      this.check(entry);
      return;
    }
    if (prompt?.kind === 'menu' || prompt?.kind === 'comment')
      this.print(`${this.margin}*\n${this.margin}* ${prompt.text}\n${this.margin}*\n`);
    if (symbol?.isChoice) {
      this.askChoice(entry);
      return;
    }
    if (symbol) {
      if (symbol.type === 'bool' || symbol.type === 'tristate') this.askState(entry, symbol);
      else this.askText(entry, symbol);
      this.indent += 2;
    }
    for (let child = entry.firstChild; child; child = child.next) this.show(child);
    if (symbol) this.indent -= 2;
  }

  /** The answer to a question; undefined where nothing is to be asked. */
  private answer(symbol: KconfigSymbol, value: string): string | undefined {
    if (!symbol.hasUserValue) this.print('(NEW) ');
    if (!this.isChangeable(symbol) || (this.mode !== 'all' && symbol.hasUserValue)) {
      this.print(`${value}\n`);
      return undefined;
    }
    return this.readLine();
  }

  private readLine(): string {
    const line = this.asker.line();
    this.print(line);
    return line.replace(/\n$/, '');
  }

  private askState(entry: MenuEntry, symbol: KconfigSymbol): void {
    for (;;) {
      const before = symbol.state;
      const others = ([NO, MODULE, YES] as const).filter((state) => state !== before && this.allows(symbol, state));
      const letters = ['NMY'[before], ...others.map((state) => 'nmy'[state]), '?'].join('/');
      this.print(`${this.margin}${entry.prompt?.text} (${symbol.name}) [${letters}] `);
      const answer = this.answer(symbol, this.evaluator.textOf(symbol))?.trim();
      if (answer === undefined) return;
      const state =
        answer === ''
          ? before
          : ({ n: NO, no: NO, m: MODULE, y: YES, yes: YES } as const as Record<string, Tristate | undefined>)[
              answer.toLowerCase()
            ];
      if (state !== undefined && this.allows(symbol, state)) {
        symbol.userState = state;
        symbol.hasUserValue = true;
        if (state !== before) this.evaluator.restart();
        return;
      }
    }
  }

  private allows(symbol: KconfigSymbol, state: Tristate): boolean {
    if (symbol.visible === NO || symbol.visible <= symbol.selectedState) return false;
    if (state === MODULE && this.evaluator.typeOf(symbol) === 'bool') return false;
    return state >= symbol.selectedState && state <= symbol.visible;
  }

  private askText(entry: MenuEntry, symbol: KconfigSymbol): void {
    for (;;) {
      const value = this.evaluator.textOf(symbol);
      this.print(`${this.margin}${entry.prompt?.text} (${symbol.name}) [${value}] `);
      const answer = this.answer(symbol, value);
      if (answer === undefined) return;
      const given = answer === '' ? value : answer;
      if (!this.isInRange(symbol, given)) continue;
      symbol.userText = symbol.type === 'hex' && !/^0[xX]/.test(given) ? `0x${given}` : given;
      symbol.hasUserValue = true;
      this.evaluator.restart();
      return;
    }
  }

  private isInRange(symbol: KconfigSymbol, text: string): boolean {
    if (!isValueOf(symbol.type, text)) return false;
    const range = this.evaluator.activeProperty(symbol, 'range')?.value;
    if (symbol.type === 'string' || range?.kind !== 'range') return true;
    const base = symbol.type === 'int' ? 10 : 16;
    const value = numberOf(text, base);
    return value >= this.evaluator.end(range.left, base) && value <= this.evaluator.end(range.right, base);
  }

  private askChoice(entry: MenuEntry): void {
    for (;;) {
      this.print(`${this.margin}${entry.prompt?.text}\n`);
      const chosen = this.evaluator.chosenMember(entry);
      const shown: MenuEntry[] = [];
      let isNew = false;
      for (let child = entry.firstChild; child; child = child.next) {
        if (!this.evaluator.isVisible(child)) continue;
        if (!child.symbol) {
          this.print(`${this.margin}* ${child.prompt?.text}\n`);
          continue;
        }
        shown.push(child);
        const { name, hasUserValue } = child.symbol;
        isNew ||= !hasUserValue;
        const mark = child.symbol === chosen ? '>' : ' ';
        const text = `${shown.length}. ${child.prompt?.text} (${name})${hasUserValue ? '' : ' (NEW)'}`;
        this.print(`${this.margin}${mark} ${text}\n`);
      }
      const current = shown.findIndex(({ symbol }) => symbol === chosen) + 1;
      this.print(`${this.margin}choice`);
      let number = current;
      if (shown.length === 1) {
        this.print('[1]: 1\n');
        number = 1;
      } else {
        this.print(`[1-${shown.length}?]: `);
        if (this.mode !== 'all' && !isNew) this.print(`${current}\n`);
        else {
          const answer = this.readLine().trim();
          number = answer === '' ? current : Number.parseInt(answer, 10);
        }
      }
      const member = shown[number - 1]?.symbol;
      if (!member) continue;
      this.choose(entry, member);
      return;
    }
  }

  private choose(choice: MenuEntry, chosen: KconfigSymbol): void {
    for (const { symbol } of entriesBelow(choice)) {
      if (!symbol || symbol.visible === NO) continue;
      symbol.userState = symbol === chosen ? YES : NO;
      symbol.hasUserValue = true;
      putFirst(choice, symbol);
    }
    this.evaluator.restart();
  }
}
