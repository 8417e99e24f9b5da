/** Says why a symbol has its value: what it depends on, what its defaults are, and what selects it, each with its place. */
import { typeName } from './entry-options';
import type { Evaluator } from './evaluate';
import { printExpression, symbolsIn } from './print-expression';
import {
  choiceOf,
  type Expression,
  entriesBelow,
  type KconfigPlace,
  type KconfigSymbol,
  type MenuEntry,
  NO,
  type Property,
  type Tristate,
  YES,
} from './symbols';

/** An expression with its value, as it stands in a file. */
export interface ExplainedExpression extends KconfigPlace {
  readonly expression: string;
  readonly value: string;
  /** The symbols in it, with their values. */
  readonly symbols: Readonly<Record<string, string>>;
}

export interface ExplainedDefinition extends KconfigPlace {
  readonly prompt?: string;
  /** The menus around it, from the outermost. */
  readonly menus: readonly string[];
  /** Each line that it depends on, those of the blocks around it first. */
  readonly dependsOn: readonly ExplainedExpression[];
}

/** A line that gives a symbol a value: a default, or a select of another symbol. */
export interface ExplainedSource extends KconfigPlace {
  /** What selects or implies it; absent for a default. */
  readonly symbol?: string;
  readonly symbolValue?: string;
  /** The value that it gives. */
  readonly gives: string;
  /** The condition behind `if`. */
  readonly condition?: string;
  /** Whether it takes part: its condition, and all that its entry depends on, is met. */
  readonly holds: boolean;
}

/** A symbol that another one's value comes from. */
export interface Cause {
  readonly symbol: string;
  readonly value: string;
  readonly why: string;
  readonly because: readonly Cause[];
}

export interface Explanation {
  readonly symbol: string;
  readonly type: string;
  readonly value: string;
  /** Whether `.config` has a line for it. */
  readonly isWritten: boolean;
  /** Where the value comes from, and why the symbols that it comes from have theirs. */
  readonly why: string;
  readonly because: readonly Cause[];
  /** Whether the user can set it as things are. */
  readonly isVisible: boolean;
  readonly asked?: string;
  readonly definitions: readonly ExplainedDefinition[];
  readonly defaults: readonly ExplainedSource[];
  readonly selectedBy: readonly ExplainedSource[];
  readonly impliedBy: readonly ExplainedSource[];
  readonly selects: readonly ExplainedSource[];
  readonly implies: readonly ExplainedSource[];
  readonly range?: ExplainedExpression;
  readonly choice?: { readonly prompt: string; readonly members: Readonly<Record<string, string>> } & KconfigPlace;
}

/** Explains a symbol whose values are calculated; undefined where no file defines it. */
export function explain(name: string, evaluator: Evaluator): Explanation | undefined {
  const symbol = evaluator.parsed.table.find(name);
  if (!symbol || symbol.entries.length === 0) return undefined;
  return new Explainer(symbol, evaluator).explanation();
}

/** How far causes of causes are followed, and how many are named at each step. */
const DEEPEST = 4;
const MOST_CAUSES = 3;

class Explainer {
  /** What `why` has found the value to come from. */
  private readonly causes = new Set<KconfigSymbol>();

  constructor(
    private readonly symbol: KconfigSymbol,
    private readonly evaluator: Evaluator,
  ) {}

  /** The value's reason, and the reasons behind it; a symbol is explained once. */
  cause(seen = new Set<KconfigSymbol>(), depth = 0): Cause {
    this.evaluator.calculate(this.symbol);
    seen.add(this.symbol);
    const why = this.why();
    const next = depth < DEEPEST ? [...this.causes].filter((symbol) => !seen.has(symbol)).slice(0, MOST_CAUSES) : [];
    const because = next.map((symbol) => new Explainer(symbol, this.evaluator).cause(seen, depth + 1));
    return { symbol: this.symbol.name ?? '<choice>', value: this.evaluator.textOf(this.symbol), why, because };
  }

  explanation(): Explanation {
    const { symbol, evaluator } = this;
    evaluator.calculate(symbol);
    const range = evaluator.activeProperty(symbol, 'range');
    const choice = choiceOf(symbol);
    const { why, because } = this.cause();
    const own = (kind: Property['kind']): Property[] => symbol.properties.filter((property) => property.kind === kind);
    return {
      symbol: symbol.name ?? '',
      type: typeName(symbol.type),
      value: evaluator.textOf(symbol),
      isWritten: symbol.isWritten,
      ...{ why, because },
      isVisible: symbol.visible !== NO,
      ...(symbol.hasUserValue ? { asked: this.askedFor() } : {}),
      definitions: symbol.entries.map((entry) => this.definition(entry)),
      defaults: own('default').map((property) => this.source(property)),
      selectedBy: this.sourcesElsewhere('select'),
      impliedBy: this.sourcesElsewhere('imply'),
      selects: own('select').map((property) => this.source(property)),
      implies: own('imply').map((property) => this.source(property)),
      ...(range?.value ? { range: this.expression(range.value, range) } : {}),
      ...(choice ? { choice: this.choice(choice) } : {}),
    };
  }

  private askedFor(): string {
    const { symbol } = this;
    return symbol.type === 'bool' || symbol.type === 'tristate' ? 'nmy'[symbol.userState] : (symbol.userText ?? '');
  }

  private why(): string {
    const { symbol, evaluator } = this;
    const value = evaluator.textOf(symbol);
    const choice = choiceOf(symbol);
    if (choice) return this.whyChosen(choice, value);
    const selecting = this.sourcesElsewhere('select').filter(({ holds }) => holds);
    const isLogic = symbol.type === 'bool' || symbol.type === 'tristate';
    const asked = symbol.visible !== NO && symbol.hasUserValue;
    if (isLogic && symbol.selectedState !== NO && !(asked && symbol.userState >= symbol.selectedState)) {
      for (const { symbol: name } of selecting.slice(0, 1)) this.blame(name);
      const unmet = symbol.directState < symbol.selectedState ? ', though its own dependencies are not met' : '';
      const named = selecting.slice(0, MOST_CAUSES).map(({ symbol: name, file, line }) => `${name} (${file}:${line})`);
      const more = selecting.length - named.length;
      const all = more > 0 ? `${named.join(', ')} and ${more} more` : named.join(' and ');
      return `${all} ${selecting.length === 1 ? 'selects' : 'select'} it${unmet}.`;
    }
    if (asked) {
      const said = this.askedFor();
      if (said === value) return `The configuration sets it to ${shown(value, symbol)}.`;
      return `The configuration sets it to ${shown(said, symbol)}, and ${isLogic ? 'what it depends on' : 'its range'} allows ${shown(value, symbol)}.`;
    }
    return this.whyDefault(value, isLogic);
  }

  private whyDefault(value: string, isLogic: boolean): string {
    const { symbol, evaluator } = this;
    const ignored = symbol.hasUserValue
      ? ` The configuration's ${shown(this.askedFor(), symbol)} does not count: ${this.whyHidden()}.`
      : '';
    const used = evaluator.activeProperty(symbol, 'default');
    if (isLogic && symbol.impliedState !== NO && value !== 'n') {
      const implying = this.sourcesElsewhere('imply').find(({ holds }) => holds);
      this.blame(implying?.symbol);
      if (implying) return `${implying.symbol} (${implying.file}:${implying.line}) implies it.${ignored}`;
    }
    if (used?.value)
      return `Its default is ${printExpression(used.value)} (${used.file}:${used.line})${value === evaluatedText(used.value) ? '' : `, which is ${shown(value, symbol)}`}.${ignored}`;
    if (ignored !== '') return ignored.trim();
    const hidden = symbol.visible === NO ? `, and ${this.whyHidden()}` : '';
    return `Nothing sets it${hidden}.`;
  }

  /** Why the user can't set a symbol. */
  private whyHidden(): string {
    const { symbol, evaluator } = this;
    const prompts = symbol.entries.filter(({ prompt }) => prompt !== undefined);
    if (prompts.length === 0) return 'it has no prompt, so that no configuration can set it';
    for (const entry of prompts) {
      const unmet = aroundOf(entry)
        .flatMap(({ written }) => written)
        .find((one) => evaluator.value(one.expression) === NO);
      if (unmet) {
        this.blameFor(unmet.expression, NO);
        return `${printExpression(unmet.expression)} is n (${unmet.file}:${unmet.line})`;
      }
      const condition = entry.prompt?.condition;
      if (condition && evaluator.value(condition) === NO) {
        this.blameFor(condition, NO);
        return `its prompt is shown only if ${printExpression(condition)}, which is n (${entry.prompt?.file}:${entry.prompt?.line})`;
      }
    }
    return 'its prompt is not shown';
  }

  private blame(name: string | undefined): void {
    const symbol = name === undefined ? undefined : this.evaluator.parsed.table.find(name);
    if (symbol) this.causes.add(symbol);
  }

  /** Finds the symbols that make an expression n, or not n. */
  private blameFor(expression: Expression, state: Tristate): void {
    const isNo = state === NO;
    switch (expression.kind) {
      case 'symbol':
        if (!expression.symbol.isConstant) this.causes.add(expression.symbol);
        return;
      case 'not':
        this.blameFor(expression.operand, isNo ? YES : NO);
        return;
      case 'and':
      case 'or':
        for (const side of [expression.left, expression.right])
          if ((this.evaluator.value(side) === NO) === isNo) this.blameFor(side, state);
        return;
      default:
        if (!expression.left.isConstant && expression.left.type !== 'unknown') this.causes.add(expression.left);
    }
  }

  private whyChosen(choice: MenuEntry, value: string): string {
    const { symbol, evaluator } = this;
    const title = `the choice "${choice.prompt?.text ?? ''}" (${choice.file}:${choice.line})`;
    if (symbol.visible === NO) return `It is a member of ${title}, and ${this.whyHidden()}.`;
    if (value !== 'n') {
      const how =
        symbol.hasUserValue && symbol.userState !== NO ? 'the configuration sets it' : 'it is the default there';
      return `It is the member of ${title} that is taken: ${how}.`;
    }
    const taken = [...entriesBelow(choice)].find(({ symbol: member }) => member && evaluator.textOf(member) === 'y');
    return `Of ${title}, ${taken?.symbol?.name ?? 'no member'} is taken.`;
  }

  private definition(entry: MenuEntry): ExplainedDefinition {
    const around = aroundOf(entry);
    const { file, line } = entry;
    return {
      file,
      line,
      ...(entry.prompt?.text === undefined ? {} : { prompt: entry.prompt.text }),
      menus: around.flatMap((block) => (block !== entry && block.kind !== 'root' ? (block.prompt?.text ?? []) : [])),
      dependsOn: around.flatMap(({ written }) => written.map((one) => this.expression(one.expression, one))),
    };
  }

  private expression(expression: Expression, { file, line }: KconfigPlace): ExplainedExpression {
    const symbols = symbolsIn(expression).filter(({ isConstant, type }) => !isConstant && type !== 'unknown');
    const values = symbols.map((symbol) => [symbol.name ?? '<choice>', this.textOf(symbol)]);
    return {
      file,
      line,
      expression: printExpression(expression),
      value: expression.kind === 'range' ? printExpression(expression) : 'nmy'[this.evaluator.value(expression)],
      symbols: Object.fromEntries(values),
    };
  }

  private textOf(symbol: KconfigSymbol): string {
    this.evaluator.calculate(symbol);
    return this.evaluator.textOf(symbol);
  }

  private source(property: Property): ExplainedSource {
    const { file, line, value, condition } = property;
    return {
      gives: printExpression(value),
      ...(condition ? { condition: printExpression(condition) } : {}),
      holds: this.evaluator.value(property.visible) !== NO,
      file,
      line,
    };
  }

  /** What selects or implies the symbol, the lines that take part first. */
  private sourcesElsewhere(kind: 'select' | 'imply'): ExplainedSource[] {
    const found: ExplainedSource[] = [];
    for (const other of this.evaluator.parsed.table.all)
      for (const property of other.properties) {
        if (property.kind !== kind || property.value?.kind !== 'symbol' || property.value.symbol !== this.symbol)
          continue;
        const symbolValue = this.textOf(other);
        const source = this.source(property);
        const holds = source.holds && symbolValue !== 'n';
        found.push({
          ...source,
          symbol: other.name ?? '<choice>',
          symbolValue,
          gives: holds ? symbolValue : 'n',
          holds,
        });
      }
    return found.sort((one, other) => Number(other.holds) - Number(one.holds));
  }

  private choice(choice: MenuEntry): Explanation['choice'] {
    const members = [...entriesBelow(choice)].flatMap(({ symbol }) => symbol ?? []);
    return {
      prompt: choice.prompt?.text ?? '',
      file: choice.file,
      line: choice.line,
      members: Object.fromEntries(members.map((member) => [member.name ?? '', this.textOf(member)])),
    };
  }
}

/** The blocks around an entry from the outermost, and the entry itself. */
function aroundOf(entry: MenuEntry): MenuEntry[] {
  const around: MenuEntry[] = [];
  for (let block: MenuEntry | undefined = entry; block; block = block.block) around.unshift(block);
  return around;
}

function evaluatedText(expression: Expression): string | undefined {
  return expression.kind === 'symbol' && (expression.symbol.isConstant || expression.symbol.type === 'unknown')
    ? expression.symbol.name
    : undefined;
}

function shown(value: string, symbol: KconfigSymbol): string {
  return symbol.type === 'string' ? `"${value}"` : value;
}
