/** Finds symbols that depend on themselves, and says along which way, as scripts/kconfig does. */
import type { Report } from './messages';
import type { ParsedKconfig } from './parser';
import {
  choiceOf,
  type Expression,
  entriesBelow,
  isComparison,
  type KconfigSymbol,
  type MenuEntry,
  type Property,
} from './symbols';

/** One step of a way from symbol to symbol. */
interface Step {
  readonly symbol: KconfigSymbol;
  via: 'depends on' | 'is selected by' | 'is implied by' | 'value' | undefined;
  property: Property | undefined;
}

const ADVICE =
  'For a resolution refer to Documentation/kbuild/kconfig-language.rst\n' +
  'subsection "Kconfig recursive dependency limitations"\n';

/** Reports each loop once. @returns How many there are. */
export function reportLoops(parsed: ParsedKconfig, report: Report): number {
  const finder = new LoopFinder(report);
  for (const { symbol } of entriesBelow(parsed.root)) if (symbol) finder.leadsBack(symbol);
  return finder.found;
}

class LoopFinder {
  found = 0;
  private readonly path: Step[] = [];
  private readonly entered = new Set<KconfigSymbol>();
  /** Expressions that lead to no loop: many symbols share the same one. */
  private readonly harmless = new Set<Expression>();

  constructor(private readonly report: Report) {}

  leadsBack(symbol: KconfigSymbol): boolean {
    if (this.entered.has(symbol)) {
      this.describe(symbol);
      return true;
    }
    if (symbol.hasBeenChecked) return false;
    const choice = choiceOf(symbol)?.symbol;
    // Members are looked at together, beginning with the choice itself.
    if (choice) return this.step(symbol, () => this.leadsBack(choice));
    if (symbol.isChoice) return this.choiceLeadsBack(symbol);
    symbol.hasBeenChecked = true;
    this.entered.add(symbol);
    const leadsBack = this.symbolLeadsBack(symbol);
    this.entered.delete(symbol);
    return leadsBack;
  }

  private step(symbol: KconfigSymbol, look: (step: Step) => boolean): boolean {
    const step: Step = { symbol, via: undefined, property: undefined };
    this.path.push(step);
    const leadsBack = look(step);
    this.path.pop();
    return leadsBack;
  }

  private symbolLeadsBack(symbol: KconfigSymbol): boolean {
    return this.step(symbol, (step) => {
      for (const [via, expression] of [
        ['depends on', symbol.directDependency],
        ['is selected by', symbol.selectedBy],
        ['is implied by', symbol.impliedBy],
      ] as const) {
        step.via = via;
        if (this.expressionLeadsBack(expression)) return true;
      }
      step.via = undefined;
      for (const property of symbol.properties) {
        if (property.kind === 'select' || property.kind === 'imply') continue;
        step.property = property;
        if (this.expressionLeadsBack(property.visible)) return true;
        if (property.kind !== 'default' || symbol.isChoice) continue;
        step.via = 'value';
        if (this.expressionLeadsBack(property.value)) return true;
        step.via = undefined;
      }
      return false;
    });
  }

  private choiceLeadsBack(choice: KconfigSymbol): boolean {
    const members = [...entriesBelow(choice.entries[0])].flatMap(({ symbol }) => symbol ?? []);
    for (const symbol of [choice, ...members]) {
      symbol.hasBeenChecked = true;
      this.entered.add(symbol);
    }
    const leadsBack = this.step(choice, () => {
      const isOwn = this.symbolLeadsBack(choice);
      this.entered.delete(choice);
      return isOwn || members.some((member) => this.symbolLeadsBack(member));
    });
    for (const symbol of [choice, ...members]) this.entered.delete(symbol);
    return leadsBack;
  }

  private expressionLeadsBack(expression: Expression | undefined): boolean {
    if (!expression) return false;
    // What selects a symbol is a chain that leans to the left, and may be long.
    const chain: Expression[] = [];
    let first = expression;
    while ((first.kind === 'and' || first.kind === 'or') && !this.harmless.has(first)) {
      chain.push(first);
      first = first.left;
    }
    if (!this.harmless.has(first) && this.operandLeadsBack(first)) return true;
    for (const link of chain.reverse()) {
      if ((link.kind === 'and' || link.kind === 'or') && this.expressionLeadsBack(link.right)) return true;
      this.harmless.add(link);
    }
    return false;
  }

  private operandLeadsBack(expression: Expression): boolean {
    if (isComparison(expression)) return this.leadsBack(expression.left) || this.leadsBack(expression.right);
    switch (expression.kind) {
      case 'symbol':
        return this.leadsBack(expression.symbol);
      case 'not':
        return this.expressionLeadsBack(expression.operand);
      default:
        return false;
    }
  }

  private describe(last: KconfigSymbol): void {
    this.found++;
    const choice = choiceOf(last)?.symbol;
    const path = choice ? [...this.path, { symbol: last, via: undefined, property: undefined }] : this.path;
    const end = choice ?? last;
    const start = path.findLastIndex(({ symbol }) => symbol === end);
    if (start < 0) return;
    const loop = path.slice(start);
    const lines = loop.map((step, index) => `\tsymbol ${describeStep(step, loop[index + 1]?.symbol ?? end)}\n`);
    this.report({ severity: 'error', text: `error: recursive dependency detected!\n${lines.join('')}${ADVICE}` });
  }
}

function describeStep({ symbol, via, property }: Step, next: KconfigSymbol): string {
  const name = symbol.name ?? '<choice>';
  const following = next.name ?? '<choice>';
  if (next.isChoice) {
    const { file, line }: MenuEntry = next.entries[0];
    return `${name} is part of choice block at ${file}:${line}`;
  }
  const kind = property?.kind ?? 'unknown';
  if (via === 'value') return `${name} ${kind} value contains ${following}`;
  return via ? `${name} ${via} ${following}` : `${name} ${kind} is visible depending on ${following}`;
}
