/**
 * Values of symbols, as scripts/kconfig calculates them: what is visible takes what the configuration says, within its
 * limits; the rest takes its default, and what selects or implies it.
 */
import { compareTexts, numberOf } from './numbers';
import type { ParsedKconfig } from './parser';
import {
  choiceOf,
  type Expression,
  entriesBelow,
  isComparison,
  type KconfigSymbol,
  type MenuEntry,
  MODULE,
  NO,
  type Property,
  type SymbolType,
  type Tristate,
  YES,
} from './symbols';

export class Evaluator {
  /** What was calculated in an earlier round counts no longer. */
  private round = 0;
  private modulesState: Tristate = NO;

  constructor(
    readonly parsed: ParsedKconfig,
    private readonly reportUnmet: (symbol: KconfigSymbol) => void = () => {},
  ) {}

  /** Drops all values, as what the user said of a symbol has changed. */
  invalidate(): void {
    this.round++;
  }

  /** The same, and calculates first whether there are modules. */
  restart(): void {
    this.invalidate();
    this.calculate(this.parsed.modules);
  }

  /** A tristate without modules is a bool. */
  typeOf(symbol: KconfigSymbol): SymbolType {
    return symbol.type === 'tristate' && this.modulesState === NO ? 'bool' : symbol.type;
  }

  textOf(symbol: KconfigSymbol): string {
    return symbol.type === 'bool' || symbol.type === 'tristate' ? 'nmy'[symbol.state] : symbol.text;
  }

  value(expression: Expression | undefined): Tristate {
    if (!expression) return YES;
    if (expression.validIn !== this.round) {
      expression.value = this.fresh(expression);
      expression.validIn = this.round;
    }
    return expression.value;
  }

  private fresh(expression: Expression): Tristate {
    switch (expression.kind) {
      case 'symbol':
        this.calculate(expression.symbol);
        return expression.symbol.state;
      case 'not':
        return (2 - this.value(expression.operand)) as Tristate;
      case 'and':
      case 'or':
        return this.connected(expression.kind, expression);
      default:
        return isComparison(expression) ? this.compared(expression) : NO;
    }
  }

  /** Long chains lean to the left: what selects a symbol may be hundreds of others. */
  private connected(kind: 'and' | 'or', expression: Expression): Tristate {
    const chain: Expression[] = [];
    let first = expression;
    while (first.kind === kind && first.validIn !== this.round) {
      chain.push(first);
      first = first.left as Expression;
    }
    let value = this.value(first);
    for (let index = chain.length - 1; index >= 0; index--) {
      const link = chain[index];
      const right = this.value((link as Extract<Expression, { kind: 'and' | 'or' }>).right);
      value = kind === 'and' ? (Math.min(value, right) as Tristate) : (Math.max(value, right) as Tristate);
      link.value = value;
      link.validIn = this.round;
    }
    return value;
  }

  private compared({ kind, left, right }: Extract<Expression, { left: KconfigSymbol }>): Tristate {
    this.calculate(left);
    this.calculate(right);
    const order = compareTexts(this.textOf(left), left.type, this.textOf(right), right.type);
    switch (kind) {
      case '=':
        return order === 0 ? YES : NO;
      case '!=':
        return order !== 0 ? YES : NO;
      case '<':
        return order < 0 ? YES : NO;
      case '<=':
        return order <= 0 ? YES : NO;
      case '>':
        return order > 0 ? YES : NO;
      default:
        return order >= 0 ? YES : NO;
    }
  }

  calculate(symbol: KconfigSymbol): void {
    if (symbol.validIn >= this.round) return;
    symbol.validIn = this.round;
    const { state, text } = symbol;
    if (symbol.type === 'unknown') {
      // A number or a text that stands without quotes is its own value.
      symbol.text = symbol.name ?? '';
      symbol.state = NO;
      return;
    }
    symbol.isWritten = false;
    this.calculateVisibility(symbol);
    if (symbol.visible !== NO) symbol.isWritten = true;
    // Whoever asks while the value is calculated sees the least one.
    symbol.state = NO;
    symbol.text = LEAST[symbol.type];
    const from = symbol.type === 'bool' || symbol.type === 'tristate' ? this.settle(symbol) : this.settleText(symbol);
    this.takeFromTransitional(symbol, from);
    this.keepInRange(symbol);
    if (symbol === this.parsed.modules && (symbol.state !== state || symbol.text !== text))
      this.modulesState = symbol.state;
    if (symbol.isChoice || symbol.isTransitional) symbol.isWritten = false;
  }

  private calculateVisibility(symbol: KconfigSymbol): void {
    if (symbol.isTransitional) {
      symbol.visible = YES;
      return;
    }
    let visible: Tristate = NO;
    for (const property of symbol.properties)
      if (property.text !== undefined) visible = Math.max(visible, this.value(property.visible)) as Tristate;
    if (visible === MODULE && (symbol.type !== 'tristate' || this.modulesState === NO)) visible = YES;
    symbol.visible = visible;
    if (symbol.memberOf) return;
    const isBool = this.typeOf(symbol) === 'bool';
    const limited = (expression: Expression | undefined, otherwise: Tristate): Tristate => {
      const value = expression ? this.value(expression) : otherwise;
      return value === MODULE && isBool ? YES : value;
    };
    symbol.directState = limited(symbol.directDependency, YES);
    symbol.selectedState = limited(symbol.selectedBy, NO);
    symbol.impliedState = limited(symbol.impliedBy, NO);
  }

  /** Calculates a bool or a tristate. @returns The default that was looked at. */
  private settle(symbol: KconfigSymbol): Property | undefined {
    const choice = choiceOf(symbol);
    if (choice) {
      // The choice settles all its members at once.
      const state = this.settleChoice(choice, symbol);
      symbol.state = state === MODULE ? YES : state;
      return undefined;
    }
    let state: Tristate = NO;
    let used: Property | undefined;
    if (symbol.isRecorded) {
      state = symbol.userState;
      symbol.isWritten = true;
    } else if (symbol.visible !== NO && symbol.hasUserValue)
      state = Math.min(symbol.userState, symbol.visible) as Tristate;
    else {
      if (symbol.selectedState !== NO) symbol.isWritten = true;
      if (!symbol.isChoice) {
        used = this.activeProperty(symbol, 'default');
        if (used) {
          state = Math.min(this.value(used.value), this.value(used.visible)) as Tristate;
          if (state !== NO) symbol.isWritten = true;
        }
        if (symbol.impliedState !== NO) {
          symbol.isWritten = true;
          state = Math.min(Math.max(state, symbol.impliedState), symbol.directState) as Tristate;
        }
      }
    }
    if (symbol.directState < symbol.selectedState) this.reportUnmet(symbol);
    state = Math.max(state, symbol.selectedState) as Tristate;
    symbol.state = state === MODULE && this.typeOf(symbol) === 'bool' ? YES : state;
    return used;
  }

  private settleText(symbol: KconfigSymbol): Property | undefined {
    if (symbol.isRecorded) symbol.isWritten = true;
    if (symbol.isRecorded || (symbol.visible !== NO && symbol.hasUserValue)) {
      symbol.text = symbol.userText ?? '';
      return undefined;
    }
    const used = this.activeProperty(symbol, 'default');
    if (used?.value?.kind === 'symbol') {
      symbol.isWritten = true;
      this.calculate(used.value.symbol);
      symbol.text = used.value.symbol.text;
    }
    return used;
  }

  /** A symbol whose value comes from one that is kept for old configurations counts as set by the user. */
  private takeFromTransitional(symbol: KconfigSymbol, from: Property | undefined): void {
    if (!from || symbol.hasUserValue || from.value?.kind !== 'symbol') return;
    const { symbol: source } = from.value;
    if (!source.isTransitional || !source.hasUserValue) return;
    symbol.hasUserValue = true;
    symbol.userState = symbol.state;
    symbol.userText = symbol.text;
  }

  /** The first property of a kind whose condition holds. */
  activeProperty(symbol: KconfigSymbol, kind: 'default' | 'range'): Property | undefined {
    for (const property of symbol.properties)
      if (property.kind === kind && this.value(property.visible) !== NO) return property;
    return undefined;
  }

  private keepInRange(symbol: KconfigSymbol): void {
    if (symbol.type !== 'int' && symbol.type !== 'hex') return;
    const range = this.activeProperty(symbol, 'range')?.value;
    if (range?.kind !== 'range') return;
    const base = symbol.type === 'int' ? 10 : 16;
    const value = numberOf(symbol.text, base);
    if (value < this.end(range.left, base)) symbol.text = range.left.text;
    else if (value > this.end(range.right, base)) symbol.text = range.right.text;
  }

  /** One end of a range. */
  end(symbol: KconfigSymbol, base: 10 | 16): bigint | number {
    this.calculate(symbol);
    return numberOf(symbol.text, symbol.type === 'int' ? 10 : symbol.type === 'hex' ? 16 : base);
  }

  /** The member that a choice takes where nobody says which: its first default that can be taken, else its first. */
  defaultMember(choice: MenuEntry): KconfigSymbol | undefined {
    for (const { kind, value, visible } of choice.symbol?.properties ?? []) {
      if (kind !== 'default' || this.value(visible) === NO || value?.kind !== 'symbol') continue;
      if (value.symbol.visible !== NO) return value.symbol;
    }
    for (const { symbol } of entriesBelow(choice)) if (symbol && symbol.visible !== NO) return symbol;
    return undefined;
  }

  /** Decides which member of a choice is taken. */
  chosenMember(choice: MenuEntry): KconfigSymbol | undefined {
    let chosen: KconfigSymbol | undefined;
    for (const member of choice.members) {
      this.calculateVisibility(member);
      if (member.visible === NO || !member.hasUserValue || member.userState !== YES) continue;
      chosen = member;
      break;
    }
    if (!chosen) {
      chosen = this.defaultMember(choice);
      if (chosen?.hasUserValue && chosen.userState === NO) chosen = undefined;
    }
    if (!chosen)
      for (const { symbol } of entriesBelow(choice)) {
        if (!symbol || symbol.visible === NO || symbol.hasUserValue) continue;
        chosen = symbol;
        break;
      }
    // All are refused: the one that was refused first is taken.
    chosen ??= [...choice.members].reverse().find(({ visible }) => visible !== NO);
    for (const { symbol } of entriesBelow(choice)) {
      if (!symbol || symbol.visible === NO) continue;
      symbol.state = symbol === chosen ? YES : NO;
      symbol.validIn = Math.max(symbol.validIn, this.round);
      symbol.isWritten = true;
    }
    return chosen;
  }

  private settleChoice(choice: MenuEntry, member: KconfigSymbol): Tristate {
    this.chosenMember(choice);
    return member.state;
  }

  /** Whether an entry is shown in a menu. */
  isVisible(entry: MenuEntry): boolean {
    const { prompt, symbol } = entry;
    if (!prompt) return false;
    if (entry.visibility && this.value(entry.visibility) === NO) return false;
    if (symbol) this.calculate(symbol);
    if (this.value(prompt.visible) !== NO) return true;
    if (!symbol || symbol.state === NO) return false;
    for (let child = entry.firstChild; child; child = child.next) if (this.isVisible(child)) return true;
    return false;
  }
}

const LEAST: Readonly<Record<Exclude<SymbolType, 'unknown'>, string>> = {
  bool: 'n',
  tristate: 'n',
  int: '0',
  hex: '0x0',
  string: '',
};
