/**
 * The symbols of one set of Kconfig files and the expressions over them, each made once: two expressions that say the same
 * are the same object, so that a value is calculated once a round and equality is identity.
 */
import { type Cached, type Comparison, type Expression, KconfigSymbol, type Tristate } from './symbols';

const KINDS = ['symbol', 'not', 'and', 'or', '=', '!=', '<', '<=', '>', '>=', 'range'] as const;
const KIND_NUMBERS: ReadonlyMap<string, number> = new Map(KINDS.map((kind, index) => [kind, index]));

/** Identities stay below this, so that a kind and two of them fit into a number. */
const MOST = 2 ** 24;

/** All symbols and expressions of one set of Kconfig files. */
export class SymbolTable {
  private count = 0;
  private readonly byName = new Map<string, KconfigSymbol>();
  private readonly constants = new Map<string, KconfigSymbol>();
  private readonly expressions = new Map<number, Expression>();
  /** Every symbol in the order in which it was first met, choices and constants included. */
  readonly all: KconfigSymbol[] = [];
  readonly yes = this.literal('y', 2);
  readonly module = this.literal('m', 1);
  readonly no = this.literal('n', 0);

  private literal(name: string, state: Tristate): KconfigSymbol {
    const symbol = this.make(name, true);
    symbol.type = 'tristate';
    symbol.state = state;
    symbol.text = name;
    symbol.validIn = Number.POSITIVE_INFINITY;
    return symbol;
  }

  private make(name: string | undefined, isConstant: boolean): KconfigSymbol {
    const symbol = new KconfigSymbol(this.count++, name, isConstant);
    this.all.push(symbol);
    return symbol;
  }

  choice(): KconfigSymbol {
    return this.make(undefined, false);
  }

  /** The symbol of a name, made where it is new. */
  symbol(name: string): KconfigSymbol {
    return this.find(name) ?? this.keep(this.byName, name, false);
  }

  /** The constant of a text that stood in quotes. */
  constant(text: string): KconfigSymbol {
    return this.tristateNamed(text) ?? this.constants.get(text) ?? this.keep(this.constants, text, true);
  }

  find(name: string): KconfigSymbol | undefined {
    return this.tristateNamed(name) ?? this.byName.get(name);
  }

  private tristateNamed(name: string): KconfigSymbol | undefined {
    if (name === 'y') return this.yes;
    if (name === 'm') return this.module;
    return name === 'n' ? this.no : undefined;
  }

  private keep(map: Map<string, KconfigSymbol>, name: string, isConstant: boolean): KconfigSymbol {
    const symbol = this.make(name, isConstant);
    map.set(name, symbol);
    return symbol;
  }

  private unique(
    kind: Expression['kind'],
    left: number,
    right: number,
    make: (cached: Cached) => Expression,
  ): Expression {
    const key = ((KIND_NUMBERS.get(kind) ?? 0) * MOST + left) * MOST + right;
    // Past 2^53 two keys could be one; a set of files that large is none that anybody has.
    let known = this.expressions.get(key);
    if (!known) {
      const cached = { id: this.count++, validIn: -1, value: 0 as const, transformed: undefined };
      known = make({ ...cached, withoutDuplicates: undefined });
      this.expressions.set(key, known);
    }
    return known;
  }

  reference(symbol: KconfigSymbol): Expression {
    return this.unique('symbol', symbol.id, 0, (cached) => ({ kind: 'symbol', symbol, ...cached }));
  }

  not(operand: Expression): Expression {
    return this.unique('not', operand.id, 0, (cached) => ({ kind: 'not', operand, ...cached }));
  }

  connect(kind: 'and' | 'or', left: Expression, right: Expression): Expression {
    return this.unique(kind, left.id, right.id, (cached) => ({ kind, left, right, ...cached }));
  }

  compare(kind: Comparison, left: KconfigSymbol, right: KconfigSymbol): Expression {
    return this.unique(kind, left.id, right.id, (cached) => ({ kind, left, right, ...cached }));
  }

  range(left: KconfigSymbol, right: KconfigSymbol): Expression {
    return this.unique('range', left.id, right.id, (cached) => ({ kind: 'range', left, right, ...cached }));
  }

  /** Both, where nothing stands for "always". */
  and(left: Expression | undefined, right: Expression | undefined): Expression | undefined {
    return left && right ? this.connect('and', left, right) : (left ?? right);
  }

  /** Either, where nothing stands for "no such reason yet". */
  or(left: Expression | undefined, right: Expression | undefined): Expression | undefined {
    return left && right ? this.connect('or', left, right) : (left ?? right);
  }

  /** Whether it is certain without a look at any symbol. */
  isYes(expression: Expression | undefined): boolean {
    return expression === undefined || (expression.kind === 'symbol' && expression.symbol === this.yes);
  }
}
