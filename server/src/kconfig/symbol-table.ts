/**
 * The symbols of one set of Kconfig files and the expressions over them, each made once: two expressions that say the same
 * are the same object, so that a value is calculated once a round and equality is identity.
 */
import { type Comparison, type Expression, KconfigSymbol, type Tristate } from './symbols';

const KINDS = ['symbol', 'not', 'and', 'or', '=', '!=', '<', '<=', '>', '>=', 'range'] as const;
const KIND_NUMBERS: Readonly<Record<Expression['kind'], number>> = Object.fromEntries(
  KINDS.map((kind, index) => [kind, index]),
) as Record<Expression['kind'], number>;

/** What an expression is made of. */
type Part = Expression | KconfigSymbol;

/** All symbols and expressions of one set of Kconfig files. */
export class SymbolTable {
  private count = 0;
  private readonly byName = new Map<string, KconfigSymbol>();
  private readonly constants = new Map<string, KconfigSymbol>();
  /** By hash, the expression that was made last. */
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

  /** The one expression of a kind over two things, which are `left` and `right`, or `left` alone. */
  private unique(kind: Expression['kind'], left: Part, right: Part | undefined): Expression {
    const first = left.id;
    const second = right ? right.id : 0;
    // A small integer, which maps find at once.
    const hash = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b) ^ KIND_NUMBERS[kind]) >>> 2;
    const newest = this.expressions.get(hash);
    for (let known = newest; known; known = known.sibling)
      if (known.first === first && known.second === second && known.kind === kind) return known;
    // All have the same members, so that the machine reads them in the same way.
    const made = {
      kind,
      symbol: kind === 'symbol' ? left : undefined,
      operand: kind === 'not' ? left : undefined,
      left,
      right,
      first,
      second,
      sibling: newest,
      id: this.count++,
      validIn: -1,
      value: 0,
      transformed: undefined,
      withoutDuplicates: undefined,
    } as unknown as Expression;
    this.expressions.set(hash, made);
    return made;
  }

  reference(symbol: KconfigSymbol): Expression {
    return this.unique('symbol', symbol, undefined);
  }

  not(operand: Expression): Expression {
    return this.unique('not', operand, undefined);
  }

  connect(kind: 'and' | 'or', left: Expression, right: Expression): Expression {
    return this.unique(kind, left, right);
  }

  compare(kind: Comparison, left: KconfigSymbol, right: KconfigSymbol): Expression {
    return this.unique(kind, left, right);
  }

  range(left: KconfigSymbol, right: KconfigSymbol): Expression {
    return this.unique('range', left, right);
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
