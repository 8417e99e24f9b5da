/**
 * Simplification of expressions, as scripts/kconfig does it: the shape of a dependency decides which entries become a
 * submenu of the one before them, and with that who counts as a member of a choice.
 *
 * All of it keeps values, given the types of symbols; it runs when all types are known.
 */

import type { SymbolTable } from './symbol-table';
import {
  type Comparison,
  type ComparisonOfSymbols,
  type Connection,
  type Expression,
  isComparison,
  type KconfigSymbol,
} from './symbols';

const OPPOSITE: Readonly<Record<Comparison, Comparison>> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '>=': '<',
  '>': '<=',
  '<=': '>',
};

export class Simplifier {
  /** Whether the pass that runs has found something to join. */
  private joined = false;

  constructor(
    private readonly table: SymbolTable,
    /** Is told of comparisons that can't hold: a bool is never m. */
    private readonly warn: (message: string) => void = () => {},
  ) {}

  /** Pushes negations down to the symbols, and says of a bool only whether it is set. */
  transform(expression: Expression): Expression {
    return (expression.transformed ??= this.transformed(expression));
  }

  private transformed(expression: Expression): Expression {
    const { table } = this;
    switch (expression.kind) {
      case 'and':
      case 'or':
        return table.connect(expression.kind, this.transform(expression.left), this.transform(expression.right));
      case 'not':
        return this.negated(this.transform(expression.operand));
      case '=':
      case '!=':
        return expression.left.type === 'bool' ? this.comparedBool(expression) : expression;
      default:
        return expression;
    }
  }

  private comparedBool(expression: ComparisonOfSymbols): Expression {
    const { table } = this;
    const { kind, left, right } = expression;
    if (right === table.module) {
      const forced = kind === '=' ? table.no : table.yes;
      this.warn(`boolean symbol ${left.name} tested for 'm'? test forced to '${forced.name}'`);
      return table.reference(forced);
    }
    if (right !== table.yes && right !== table.no) return expression;
    const symbol = table.reference(left);
    return (kind === '=') === (right === table.yes) ? symbol : table.not(symbol);
  }

  private negated(operand: Expression): Expression {
    const { table } = this;
    if (operand.kind === 'not') return operand.operand;
    if (isComparison(operand)) return table.compare(OPPOSITE[operand.kind], operand.left, operand.right);
    if (operand.kind === 'and' || operand.kind === 'or')
      return this.transform(
        table.connect(operand.kind === 'and' ? 'or' : 'and', table.not(operand.left), table.not(operand.right)),
      );
    if (operand.kind === 'symbol') {
      if (operand.symbol === table.yes) return table.reference(table.no);
      if (operand.symbol === table.no) return table.reference(table.yes);
      if (operand.symbol === table.module) return operand;
    }
    return table.not(operand);
  }

  /** Drops y from an AND and n from an OR, and the whole where the other way round. */
  private withoutConstants(expression: Expression): Expression {
    const { table } = this;
    if (expression.kind !== 'and' && expression.kind !== 'or') return expression;
    const left = this.withoutConstants(expression.left);
    const right = this.withoutConstants(expression.right);
    const [neutral, decisive] = expression.kind === 'and' ? [table.yes, table.no] : [table.no, table.yes];
    for (const [side, other] of [
      [left, right],
      [right, left],
    ]) {
      if (side.kind !== 'symbol') continue;
      if (side.symbol === decisive) return side;
      if (side.symbol === neutral) return other;
    }
    // The sides themselves stay as they were, so that what is left has the shape that it had.
    return expression;
  }

  /** Joins operands that repeat or imply one another: `A && B && A=y` is `B && A=y`. */
  withoutDuplicates(expression: Expression): Expression {
    return (expression.withoutDuplicates ??= this.deduplicated(expression));
  }

  private deduplicated(expression: Expression): Expression {
    const before = this.joined;
    do {
      this.joined = false;
      if (expression.kind === 'and' || expression.kind === 'or') {
        const { kind } = expression;
        const left = this.withoutDuplicates(expression.left);
        const right = this.withoutDuplicates(expression.right);
        expression = this.table.connect(kind, ...this.joinedSides(kind, left, right));
      }
      expression = this.withoutConstants(expression);
    } while (this.joined);
    this.joined = before;
    return expression;
  }

  /** Compares each operand on the left with each on the right. */
  private joinedSides(kind: 'and' | 'or', left: Expression, right: Expression): [Expression, Expression] {
    if (left.kind === kind) {
      let first: Expression;
      let second: Expression;
      [first, right] = this.joinedSides(kind, left.left, right);
      [second, right] = this.joinedSides(kind, left.right, right);
      return [this.table.connect(kind, first, second), right];
    }
    if (right.kind === kind) {
      let first: Expression;
      let second: Expression;
      [left, first] = this.joinedSides(kind, left, right.left);
      [left, second] = this.joinedSides(kind, left, right.right);
      return [left, this.table.connect(kind, first, second)];
    }
    const one = kind === 'or' ? this.eitherOf(left, right) : this.bothOf(left, right);
    if (!one) return [left, right];
    this.joined = true;
    return [this.table.reference(kind === 'or' ? this.table.no : this.table.yes), one];
  }

  /** The one bool or tristate that both are about, where each is a plain statement about one. */
  private commonSymbol(left: Expression, right: Expression): KconfigSymbol | undefined {
    const first = aboutOne(left, true);
    const symbol = first && first === aboutOne(right, false) ? first : undefined;
    return symbol?.type === 'bool' || symbol?.type === 'tristate' ? symbol : undefined;
  }

  private eitherOf(left: Expression, right: Expression): Expression | undefined {
    const { table } = this;
    if (this.equal(left, right)) return left;
    const symbol = this.commonSymbol(left, right);
    if (!symbol) return undefined;
    if (symbol.type === 'tristate' && left.kind === '=' && right.kind === '=') {
      const rest = this.thirdOf(left.right, right.right);
      if (rest) return table.compare('!=', symbol, rest);
    }
    const isContrary = (one: Expression, other: Expression): boolean =>
      one.kind === 'not' && one.operand.kind === 'symbol' && other.kind === 'symbol';
    if (symbol.type === 'bool' && (isContrary(left, right) || isContrary(right, left)))
      return table.reference(table.yes);
    return undefined;
  }

  private bothOf(left: Expression, right: Expression): Expression | undefined {
    const { table } = this;
    if (this.equal(left, right)) return left;
    const symbol = this.commonSymbol(left, right);
    if (!symbol) return undefined;
    // `A && A=y`, `A && A!=n`, `A && A!=m`
    const plain = left.kind === 'symbol' ? right : right.kind === 'symbol' ? left : undefined;
    if (plain?.kind === '=' && plain.right === table.yes) return plain;
    if (plain?.kind === '!=' && plain.right === table.no) return table.reference(symbol);
    if (plain?.kind === '!=' && plain.right === table.module) return table.compare('=', symbol, table.yes);
    if (symbol.type !== 'tristate') return undefined;
    if (left.kind === '!=' && right.kind === '!=') {
      const rest = this.thirdOf(left.right, right.right);
      return rest && table.compare('=', symbol, rest);
    }
    const [same, other] =
      left.kind === '=' && right.kind === '!='
        ? [left, right]
        : left.kind === '!=' && right.kind === '='
          ? [right, left]
          : [undefined, undefined];
    if (!same || !other || !same.right.isConstant || !other.right.isConstant) return undefined;
    return same.right === other.right ? table.reference(table.no) : same;
  }

  /** Of n, m and y the one that is neither of two different ones. */
  private thirdOf(one: KconfigSymbol, other: KconfigSymbol): KconfigSymbol | undefined {
    const all = [this.table.yes, this.table.module, this.table.no];
    if (one === other || !all.includes(one) || !all.includes(other)) return undefined;
    return all.find((symbol) => symbol !== one && symbol !== other);
  }

  /** Whether two are equal, apart from the order and the nesting of operands. Nothing is "always". */
  equal(left: Expression | undefined, right: Expression | undefined): boolean {
    if (!left || !right) return this.table.isYes(left) && this.table.isYes(right);
    if (left === right) return left.kind !== 'range';
    if (left.kind !== right.kind) return false;
    if (left.kind === 'not') return this.equal(left.operand, (right as typeof left).operand);
    if (left.kind !== 'and' && left.kind !== 'or') return false;
    const [restLeft, restRight] = this.withoutCommon(left, right);
    return restLeft.kind === 'symbol' && restLeft === restRight;
  }

  /** Two expressions without the operands that they have in common. */
  withoutCommon(left: Expression, right: Expression): [Expression, Expression] {
    if (isConnection(left)) [left, right] = this.commonDropped(left.kind, left, right);
    if (left.kind !== right.kind && isConnection(right)) [left, right] = this.commonDropped(right.kind, left, right);
    return [this.withoutConstants(left), this.withoutConstants(right)];
  }

  private commonDropped(kind: 'and' | 'or', left: Expression, right: Expression): [Expression, Expression] {
    const { table } = this;
    if (left.kind === kind) {
      let first: Expression;
      let second: Expression;
      [first, right] = this.commonDropped(kind, left.left, right);
      [second, right] = this.commonDropped(kind, left.right, right);
      return [table.connect(kind, first, second), right];
    }
    if (right.kind === kind) {
      let first: Expression;
      let second: Expression;
      [left, first] = this.commonDropped(kind, left, right.left);
      [left, second] = this.commonDropped(kind, left, right.right);
      return [left, table.connect(kind, first, second)];
    }
    const isConstant = left.kind === 'symbol' && (left.symbol === table.yes || left.symbol === table.no);
    if ((isConstant && left === right) || !this.equal(left, right)) return [left, right];
    const neutral = table.reference(kind === 'or' ? table.no : table.yes);
    return [neutral, neutral];
  }

  /** Whether an expression is not n (`!=`), or is n (`=`), said by comparisons of its symbols with n. */
  comparedWithNo(expression: Expression | undefined, kind: '=' | '!='): Expression {
    const { table } = this;
    const asked = (positive: Expression): Expression => (kind === '!=' ? table.not(positive) : positive);
    if (!expression) return asked(table.reference(table.no));
    switch (expression.kind) {
      case 'and':
      case 'or': {
        const left = this.comparedWithNo(expression.left, '=');
        const right = this.comparedWithNo(expression.right, '=');
        return asked(table.connect(expression.kind === 'and' ? 'or' : 'and', left, right));
      }
      case 'not':
        return this.comparedWithNo(expression.operand, kind === '=' ? '!=' : '=');
      case 'symbol':
        return table.compare(kind, expression.symbol, table.no);
      default:
        return kind === '=' ? table.not(expression) : expression;
    }
  }
}

function isConnection(expression: Expression): expression is Connection {
  return expression.kind === 'and' || expression.kind === 'or';
}

/** The symbol that `A`, `!A`, `A=x` and `A!=x` are about; on the left also `!(A=x)`. */
function aboutOne(expression: Expression, isLeft: boolean): KconfigSymbol | undefined {
  if (expression.kind === 'symbol') return expression.symbol;
  if (expression.kind === '=' || expression.kind === '!=') return expression.left;
  if (expression.kind !== 'not') return undefined;
  const { operand } = expression;
  if (operand.kind === 'symbol') return operand.symbol;
  return isLeft && (operand.kind === '=' || operand.kind === '!=') ? operand.left : undefined;
}

/** Whether a symbol occurs in an expression. */
export function contains(expression: Expression | undefined, symbol: KconfigSymbol): boolean {
  if (!expression) return false;
  switch (expression.kind) {
    case 'and':
    case 'or':
      return contains(expression.left, symbol) || contains(expression.right, symbol);
    case 'not':
      return contains(expression.operand, symbol);
    case 'symbol':
      return expression.symbol === symbol;
    default:
      return expression.kind !== 'range' && (expression.left === symbol || expression.right === symbol);
  }
}

/** Whether an expression is n wherever a symbol is. */
export function dependsOn(expression: Expression | undefined, symbol: KconfigSymbol, table: SymbolTable): boolean {
  if (!expression) return false;
  switch (expression.kind) {
    case 'and':
      return dependsOn(expression.left, symbol, table) || dependsOn(expression.right, symbol, table);
    case 'symbol':
      return expression.symbol === symbol;
    case '=':
      return expression.left === symbol && (expression.right === table.yes || expression.right === table.module);
    case '!=':
      return expression.left === symbol && expression.right === table.no;
    default:
      return false;
  }
}

/** Whether an expression names a symbol in a way that can hold where the symbol is off: `!A`, `A=n`, `A!=y`. */
export function containsNegated(
  expression: Expression | undefined,
  symbol: KconfigSymbol,
  table: SymbolTable,
): boolean {
  if (!expression) return false;
  switch (expression.kind) {
    case 'and':
    case 'or':
      return containsNegated(expression.left, symbol, table) || containsNegated(expression.right, symbol, table);
    case 'not':
      return expression.operand.kind === 'symbol' && expression.operand.symbol === symbol;
    case '=':
      return expression.left === symbol && expression.right === table.no;
    case '!=':
      return expression.left === symbol && (expression.right === table.yes || expression.right === table.module);
    default:
      return false;
  }
}
