/** Walks an expression in the order of evaluation and tells what it does to members: read, stored, address taken, handed to a call. */
import { Punct } from '../text/tokens';
import type { Expression, Initializer, MemberExpression } from '../types/ast';
import { initializing } from '../types/walk';
import { isArray, type ObjectPaths } from './object-paths';

/** What happens to a member. `test` reads no more than low bits of it, `bits` puts some in beside what it holds, or takes them out. */
export type MemberUse = 'read' | 'test' | 'bits' | 'store' | 'update' | 'address';

export type Call = Expression & { readonly kind: 'call' };

/** Masks of no more than these bits ask for tags. */
const MOST_TAGS = 7n;

const SETS_BITS = new Set<number>([Punct.PipeEqual, Punct.AmpersandEqual, Punct.CaretEqual]);

export abstract class UseWalker {
  constructor(protected readonly paths: ObjectPaths) {}

  /** @param element The element of it, which is an array, that alone is used. */
  protected abstract used(
    member: MemberExpression,
    use: MemberUse,
    value?: Expression,
    element?: Expression & { kind: 'index' },
  ): void;
  protected abstract called(call: Call): void;
  /** A variable, or a record as a whole, is stored. */
  protected abstract stored(place: Expression, value: Expression | undefined): void;
  /** A pointer is kept somewhere. */
  protected abstract escaped(value: Expression): void;
  /** `a && b`, `a ? b : c`, a statement expression. */
  protected abstract branched(expression: Expression, use: MemberUse): void;

  protected visit(whole: Expression, use: MemberUse = 'read'): void {
    const expression = this.paths.core(whole);
    switch (expression.kind) {
      case 'member':
      case 'index':
        this.member(expression, use);
        break;
      case 'assign':
        this.assignment(expression);
        break;
      case 'unary':
        this.unary(expression, use);
        break;
      case 'binary':
        this.binary(expression, use);
        break;
      case 'conditional':
      case 'statement':
        this.branched(expression, use);
        break;
      case 'call':
        this.called(expression);
        break;
      case 'compound':
        this.initializer(expression.initializer);
        break;
      case 'va_arg':
        this.visit(expression.list);
        break;
    }
  }

  protected initializer(initializer: Initializer): void {
    for (const expression of initializing(initializer)) {
      this.visit(expression);
      this.escaped(expression);
    }
  }

  /** The parts of an expression that name a place, without what happens to the place. */
  protected place(expression: Expression): void {
    const at = this.paths.core(expression);
    if (at.kind === 'member') {
      const base = this.paths.core(at.base);
      // `(&a->b)->c` names a place in b, and takes no address of it.
      if (at.arrow && base.kind === 'unary' && base.operator === Punct.Ampersand) this.place(base.operand);
      else if (at.arrow) this.visit(at.base);
      else this.place(at.base);
    } else if (at.kind === 'index') {
      this.visit(at.index);
      this.visit(at.base);
    } else if (at.kind === 'unary' && at.operator === Punct.Star) this.visit(at.operand);
    else if (at.kind !== 'name') this.visit(at);
  }

  private member(expression: Expression & { kind: 'member' | 'index' }, use: MemberUse, value?: Expression): void {
    let named: Expression = expression;
    let isFollowed = false;
    while (named.kind === 'index') {
      this.visit(named.index);
      // What a pointer leads to is no part of the member that holds the pointer.
      isFollowed ||= !isArray(named.base, this.paths.globals);
      named = this.paths.core(named.base);
    }
    if (named.kind !== 'member') {
      this.visit(named);
      return;
    }
    this.place(named);
    if (isFollowed) this.used(named, 'read');
    else this.used(named, use, value, expression.kind === 'index' ? expression : undefined);
  }

  private assignment(expression: Expression & { kind: 'assign' }): void {
    this.visit(expression.right);
    const left = this.paths.core(expression.left);
    const isPlain = expression.operator === Punct.Equal;
    if (isPlain) this.escaped(expression.right);
    // Bits that are put in or taken out beside what the word holds are tags.
    const use = isPlain ? 'store' : SETS_BITS.has(expression.operator) ? 'bits' : 'update';
    if (left.kind === 'member') this.member(left, use, isPlain ? expression.right : undefined);
    else if (left.kind === 'index') this.member(left, use, isPlain ? expression.right : undefined);
    else {
      this.place(left);
      this.stored(left, isPlain ? expression.right : undefined);
    }
  }

  private unary(expression: Expression & { kind: 'unary' }, use: MemberUse): void {
    const operand = this.paths.core(expression.operand);
    switch (expression.operator) {
      case Punct.Ampersand:
        if (operand.kind === 'member' || operand.kind === 'index') this.member(operand, 'address');
        else if (operand.kind === 'name') this.escaped(expression);
        else this.visit(operand);
        break;
      case Punct.PlusPlus:
      case Punct.MinusMinus:
        if (operand.kind === 'member') this.member(operand, 'update');
        else {
          this.place(operand);
          this.stored(operand, undefined);
        }
        break;
      default:
        this.visit(operand, expression.operator === Punct.Star ? 'read' : use);
    }
  }

  private binary(expression: Expression & { kind: 'binary' }, use: MemberUse): void {
    const { operator, left, right } = expression;
    if (operator === Punct.AndAnd || operator === Punct.OrOr) {
      this.branched(expression, use);
      return;
    }
    const isTest = operator === Punct.Ampersand && [left, right].some((side) => this.isTags(side));
    this.visit(left, isTest ? 'test' : 'read');
    this.visit(right, isTest ? 'test' : 'read');
  }

  private isTags(mask: Expression): boolean {
    const value = this.paths.constant(mask);
    return value !== undefined && value >= 0n && value <= MOST_TAGS;
  }
}

/** Whether an expression is 0 or NULL. */
export function isZeroValue(expression: Expression, paths: ObjectPaths): boolean {
  const core = paths.core(expression);
  return core.kind !== 'name' && paths.constant(core) === 0n;
}
