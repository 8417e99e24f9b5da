/** Lowers expressions that branch (`&&`, `||`, `?:`, statement expressions, conditions) to blocks. */
import { Punct } from '../text/tokens';
import type { Declaration, Expression, Initializer, Statement } from '../types/ast';
import { evaluate, genericBranch } from '../types/evaluate';
import { isUnknownValue } from '../types/model';
import type { Globals } from '../types/scope';
import { initializing, partsOf } from '../types/walk';
import type { Block, Edge, GraphOptions, Step } from './graph';

export interface Scope {
  readonly outer: Scope | undefined;
  /** Its own variables, in the order of the text; those with a cleanup have it when the scope is left, inner scopes first. */
  readonly variables: Declaration[];
  /** Labels that are this scope's own, with the names that tell them from others. */
  readonly labels: Map<string, string>;
}

export abstract class BranchLowering {
  protected readonly blocks: Block[] = [];
  protected current: Block;
  protected scope: Scope | undefined;
  /** Labels whose address is taken. */
  protected readonly addressed = new Set<string>();

  constructor(
    protected readonly globals: Globals,
    protected readonly options: GraphOptions,
  ) {
    this.current = this.newBlock();
  }

  protected abstract lower(statement: Statement): void;

  protected newBlock(): Block {
    const block: Block = { index: this.blocks.length, steps: [], edges: [] };
    this.blocks.push(block);
    return block;
  }

  protected step(step: Step): void {
    this.current.steps.push(step);
  }

  protected link(from: Block, to: Block, holds?: boolean): void {
    const edge: Edge = holds === undefined ? { to } : { to, holds };
    from.edges.push(edge);
  }

  /** Goes on in a block that nothing leads to yet. */
  protected startUnreached(): void {
    this.current = this.newBlock();
  }

  protected goOn(block: Block): void {
    this.link(this.current, block);
    this.current = block;
  }

  protected inScope(lower: () => void): void {
    const scope: Scope = { outer: this.scope, variables: [], labels: new Map() };
    this.scope = scope;
    lower();
    leave(this.current, scope);
    this.scope = scope.outer;
  }

  /** A label's name where its scope declares it as its own: macros with labels may be used more than once. */
  protected labelNamed(name: string): string {
    for (let { scope } = this; scope; scope = scope.outer) {
      const own = scope.labels.get(name);
      if (own !== undefined) return own;
    }
    return name;
  }

  private localLabels = 0;

  protected declareLabels(names: readonly string[]): void {
    for (const name of names) this.scope?.labels.set(name, `${name} ${++this.localLabels}`);
  }

  protected hoistInitializer(initializer: Initializer): void {
    for (const expression of initializing(initializer)) this.hoist(expression);
  }

  /** Evaluates an expression whose value nobody uses. */
  protected effect(expression: Expression): void {
    if (expression.kind === 'statement') {
      this.inScope(() => this.lowerAll(expression.body.items));
      return;
    }
    if (expression.kind === 'binary' && expression.operator === Punct.Comma) {
      this.effect(expression.left);
      this.effect(expression.right);
      return;
    }
    if (expression.kind === 'cast') {
      this.effect(expression.operand);
      return;
    }
    this.hoist(expression);
    if (isBranching(expression)) {
      this.step({ kind: 'hold', of: expression, value: undefined });
      return;
    }
    this.step({ kind: 'evaluate', expression });
    if (this.neverReturns(expression)) this.startUnreached();
  }

  protected neverReturns(expression: Expression): boolean {
    if (expression.kind !== 'call' || expression.callee.kind !== 'name') return false;
    const { name, declaration } = expression.callee;
    if (declaration) return false;
    if (name === '__builtin_unreachable' || name === '__builtin_trap' || this.options.noreturn.has(name)) return true;
    return this.globals.ordinary(name)?.isNoreturn === true;
  }

  /** Branches on an expression's truth. */
  protected condition(test: Expression, yes: Block, no: Block): void {
    switch (test.kind) {
      case 'unary':
        if (test.operator === Punct.Exclamation) {
          this.condition(test.operand, no, yes);
          return;
        }
        break;
      case 'call':
        // likely() and unlikely() are __builtin_expect(!!(x), n).
        if (test.callee.kind === 'name' && test.callee.name === '__builtin_expect' && test.arguments.length === 2) {
          this.condition(test.arguments[0], yes, no);
          return;
        }
        break;
      case 'binary':
        if (test.operator === Punct.AndAnd || test.operator === Punct.OrOr) {
          const isAnd = test.operator === Punct.AndAnd;
          const middle = this.newBlock();
          this.condition(test.left, isAnd ? middle : yes, isAnd ? no : middle);
          this.current = middle;
          this.condition(test.right, yes, no);
          return;
        }
        if (test.operator === Punct.Comma) {
          this.effect(test.left);
          this.condition(test.right, yes, no);
          return;
        }
        break;
      case 'statement': {
        const last = test.body.items[test.body.items.length - 1];
        if (last?.kind !== 'expression' || !last.expression) break;
        const { expression } = last;
        // Scopes with cleanups would have to be left on both ways out; the value is kept instead.
        if (test.body.items.some(declaresCleanup)) break;
        for (const item of test.body.items.slice(0, -1)) this.lower(item);
        this.condition(expression, yes, no);
        return;
      }
    }
    const constant = this.constantTruth(test);
    if (constant !== undefined) {
      this.link(this.current, constant ? yes : no);
      return;
    }
    this.hoist(test);
    this.step({ kind: 'test', expression: test });
    this.link(this.current, yes, true);
    this.link(this.current, no, false);
  }

  protected constantTruth(test: Expression): boolean | undefined {
    if (!mayBeConstant(test)) return undefined;
    const value = evaluate(test, this.globals);
    return isUnknownValue(value) ? undefined : value.value !== 0n;
  }

  /** Lowers the branching parts of an expression, so that what is left of it can be evaluated in one go. */
  protected hoist(expression: Expression): void {
    if (expression.kind === 'label') this.addressed.add(this.labelNamed(expression.name));
    if (!holdsBranches(expression)) return;
    if (isShortCircuit(expression)) {
      const yes = this.newBlock();
      const no = this.newBlock();
      const join = this.newBlock();
      this.condition(expression, yes, no);
      yes.steps.push({ kind: 'hold', of: expression, value: 1 });
      no.steps.push({ kind: 'hold', of: expression, value: 0 });
      this.link(yes, join);
      this.link(no, join);
      this.current = join;
      return;
    }
    switch (expression.kind) {
      case 'conditional':
        this.hoistConditional(expression);
        return;
      case 'statement':
        this.hoistStatement(expression);
        return;
      case 'sizeof':
      case 'alignof':
        return;
      case 'generic': {
        const branch = genericBranch(expression, this.globals);
        if (branch) this.hoist(branch);
        return;
      }
      case 'compound':
        this.hoistInitializer(expression.initializer);
        return;
      default:
        for (const part of partsOf(expression)) this.hoist(part);
    }
  }

  protected hoistConditional(expression: Expression & { kind: 'conditional' }): void {
    const join = this.newBlock();
    const no = this.newBlock();
    if (expression.yes) {
      const yes = this.newBlock();
      this.condition(expression.test, yes, no);
      this.current = yes;
      this.hoist(expression.yes);
      this.step({ kind: 'hold', of: expression, value: expression.yes });
      this.link(this.current, join);
    } else {
      this.hoist(expression.test);
      this.step({ kind: 'hold', of: expression, value: expression.test });
      this.step({ kind: 'test', expression });
      this.link(this.current, join, true);
      this.link(this.current, no, false);
    }
    this.current = no;
    this.hoist(expression.no);
    this.step({ kind: 'hold', of: expression, value: expression.no });
    this.link(this.current, join);
    this.current = join;
  }

  protected hoistStatement(expression: Expression & { kind: 'statement' }): void {
    const { items } = expression.body;
    this.inScope(() => {
      items.forEach((item, index) => {
        let last = item;
        while (index === items.length - 1 && last.kind === 'label' && last.body) last = last.body;
        if (index < items.length - 1 || last.kind !== 'expression' || !last.expression || last !== item) {
          this.lower(item);
          return;
        }
        this.hoist(last.expression);
        this.step({ kind: 'hold', of: expression, value: last.expression });
      });
    });
  }

  protected lowerAll(statements: readonly Statement[]): void {
    for (const statement of statements) this.lower(statement);
  }
}

export function leave(block: Block, { variables }: Scope): void {
  if (variables.length === 0) return;
  for (const declaration of [...variables].reverse())
    if (declaration.cleanup !== undefined) block.steps.push({ kind: 'cleanup', declaration });
  block.steps.push({ kind: 'leave', variables: [...variables] });
}

function declaresCleanup(statement: Statement): boolean {
  return statement.kind === 'declaration' && statement.declarations.some((one) => one.cleanup !== undefined);
}

/** Whether an expression is lowered to branches, and its value held until it is asked for: `&&`, `||`, `?:`, `({ … })`. */
export function isBranching(expression: Expression): boolean {
  return expression.kind === 'conditional' || expression.kind === 'statement' || isShortCircuit(expression);
}

function isShortCircuit(expression: Expression): boolean {
  return expression.kind === 'binary' && (expression.operator === Punct.AndAnd || expression.operator === Punct.OrOr);
}

const branching = new WeakMap<Expression, boolean>();

/** Whether an expression holds `&&`, `||`, `?:` or a statement expression at any depth, or takes a label's address. */
function holdsBranches(expression: Expression): boolean {
  let holds = branching.get(expression);
  if (holds === undefined) {
    holds =
      isBranching(expression) ||
      expression.kind === 'label' ||
      (expression.kind === 'compound' && [...initializing(expression.initializer)].some(holdsBranches)) ||
      partsOf(expression).some(holdsBranches);
    branching.set(expression, holds);
  }
  return holds;
}

/** Whether it is worth the while to evaluate an expression as a constant: it names no variable and calls nothing. */
function mayBeConstant(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'character':
    case 'sizeof':
    case 'alignof':
    case 'compatible':
      return true;
    case 'name':
      return expression.declaration === undefined || expression.declaration.kind === 'enumerator';
    case 'unary':
      return expression.operator !== Punct.Star && expression.operator !== Punct.Ampersand
        ? mayBeConstant(expression.operand)
        : false;
    case 'binary':
      return mayBeConstant(expression.left) && mayBeConstant(expression.right);
    case 'cast':
      return mayBeConstant(expression.operand);
    default:
      return false;
  }
}
