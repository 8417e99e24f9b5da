/** Lowers statements and branching expressions to blocks; `graph.ts` says what comes out. */
import { Punct } from '../syntax/tokens';
import type {
  AsmStatement,
  BlockStatement,
  Declaration,
  Expression,
  ForStatement,
  Initializer,
  JumpStatement,
  Statement,
} from '../types/ast';
import { evaluate, genericBranch } from '../types/constants';
import { isUnknownValue } from '../types/model';
import type { Globals } from '../types/scope';
import { partsOf } from '../types/walk';
import type { Block, Edge, FlowGraph, GraphOptions, Step } from './graph';

/** Variables that are to be cleaned up when the scope is left, inner scopes first. */
interface Scope {
  readonly outer: Scope | undefined;
  readonly cleanups: Declaration[];
}

/** Where `break` and `continue` lead. */
interface Targets {
  readonly breakTo: Block | undefined;
  readonly continueTo: Block | undefined;
  readonly scope: Scope | undefined;
  readonly continueScope: Scope | undefined;
}

interface OpenSwitch {
  readonly head: Block;
  hasDefault: boolean;
}

interface Jump {
  readonly from: Block;
  readonly label: string;
  readonly scope: Scope | undefined;
}

export class GraphBuilder {
  private readonly blocks: Block[] = [];
  private readonly exit: Block = { index: -1, steps: [], edges: [] };
  private current: Block;
  private scope: Scope | undefined;
  private targets: Targets = {
    breakTo: undefined,
    continueTo: undefined,
    scope: undefined,
    continueScope: undefined,
  };
  private openSwitch: OpenSwitch | undefined;
  private readonly labels = new Map<string, { block: Block; scope: Scope | undefined }>();
  private readonly jumps: Jump[] = [];
  /** Labels whose address is taken, and blocks that end in `goto *`. */
  private readonly addressed = new Set<string>();
  private readonly computed: { from: Block; scope: Scope | undefined }[] = [];
  private twice: string | undefined;

  constructor(
    private readonly globals: Globals,
    private readonly options: GraphOptions,
  ) {
    this.current = this.newBlock();
  }

  build(body: BlockStatement): FlowGraph | { readonly skipped: string } {
    const entry = this.current;
    this.lowerBlock(body);
    this.link(this.current, this.exit);
    for (const { from, scope } of this.computed)
      for (const label of this.addressed) this.jumps.push({ from, label, scope });
    for (const jump of this.jumps) this.resolve(jump);
    if (this.twice !== undefined) return { skipped: `the label ${this.twice} stands twice` };
    return { blocks: [...this.blocks, this.exit], entry, exit: this.exit };
  }

  private newBlock(): Block {
    const block: Block = { index: this.blocks.length, steps: [], edges: [] };
    this.blocks.push(block);
    return block;
  }

  private step(step: Step): void {
    this.current.steps.push(step);
  }

  private link(from: Block, to: Block, holds?: boolean): void {
    const edge: Edge = holds === undefined ? { to } : { to, holds };
    from.edges.push(edge);
  }

  /** Goes on in a block that nothing leads to yet. */
  private startUnreached(): void {
    this.current = this.newBlock();
  }

  private goOn(block: Block): void {
    this.link(this.current, block);
    this.current = block;
  }

  private resolve({ from, label, scope }: Jump): void {
    const target = this.labels.get(label);
    if (!target) return;
    const through: Block = this.newBlock();
    this.link(from, through);
    const kept = new Set<Scope>();
    for (let inner = target.scope; inner; inner = inner.outer) kept.add(inner);
    for (let inner = scope; inner && !kept.has(inner); inner = inner.outer) cleanUp(through, inner);
    this.link(through, target.block);
  }

  private lowerBlock(block: BlockStatement): void {
    this.inScope(() => this.lowerAll(block.items));
  }

  private lowerAll(statements: readonly Statement[]): void {
    for (const statement of statements) this.lower(statement);
  }

  private inScope(lower: () => void): void {
    const scope: Scope = { outer: this.scope, cleanups: [] };
    this.scope = scope;
    lower();
    cleanUp(this.current, scope);
    this.scope = scope.outer;
  }

  /** Leaves all scopes inside of `until` on the way out of here. */
  private leaveTo(until: Scope | undefined): void {
    for (let scope = this.scope; scope && scope !== until; scope = scope.outer) cleanUp(this.current, scope);
  }

  private lower(statement: Statement): void {
    switch (statement.kind) {
      case 'block':
        this.lowerBlock(statement);
        break;
      case 'expression':
        if (statement.expression) this.effect(statement.expression);
        break;
      case 'declaration':
        for (const declaration of statement.declarations) this.declare(declaration);
        break;
      case 'if': {
        const yes = this.newBlock();
        const no = this.newBlock();
        this.condition(statement.test, yes, no);
        this.current = yes;
        this.lower(statement.yes);
        const join = statement.no ? this.newBlock() : no;
        this.link(this.current, join);
        if (statement.no) {
          this.current = no;
          this.lower(statement.no);
          this.link(this.current, join);
        }
        this.current = join;
        break;
      }
      case 'while': {
        const head = this.newBlock();
        const body = this.newBlock();
        const after = this.newBlock();
        this.goOn(head);
        this.condition(statement.test, body, after);
        this.current = body;
        this.inTargets(after, head, () => this.lower(statement.body));
        this.link(this.current, head);
        this.current = after;
        break;
      }
      case 'do': {
        const body = this.newBlock();
        const test = this.newBlock();
        const after = this.newBlock();
        this.goOn(body);
        this.inTargets(after, test, () => this.lower(statement.body));
        this.goOn(test);
        this.condition(statement.test, body, after);
        this.current = after;
        break;
      }
      case 'for':
        this.lowerFor(statement);
        break;
      case 'switch':
        this.lowerSwitch(statement);
        break;
      case 'case': {
        const body = this.newBlock();
        if (this.openSwitch) {
          this.link(this.openSwitch.head, body);
          if (!statement.low) this.openSwitch.hasDefault = true;
        }
        this.goOn(body);
        if (statement.body) this.lower(statement.body);
        break;
      }
      case 'label': {
        const block = this.newBlock();
        if (this.labels.has(statement.name)) this.twice ??= statement.name;
        this.labels.set(statement.name, { block, scope: this.scope });
        this.goOn(block);
        if (statement.body) this.lower(statement.body);
        break;
      }
      case 'goto':
      case 'break':
      case 'continue':
        this.lowerJump(statement);
        break;
      case 'return':
        if (statement.value) this.hoist(statement.value);
        this.step({ kind: 'return', value: statement.value });
        this.leaveTo(undefined);
        this.link(this.current, this.exit);
        this.startUnreached();
        break;
      case 'asm':
        this.lowerAsm(statement);
        break;
      case 'broken':
        this.step({ kind: 'unknown', reason: statement.reason });
        break;
    }
  }

  private inTargets(breakTo: Block, continueTo: Block | undefined, lower: () => void): void {
    const outer = this.targets;
    const outerSwitch = this.openSwitch;
    this.targets = {
      breakTo,
      continueTo: continueTo ?? outer.continueTo,
      scope: this.scope,
      continueScope: continueTo ? this.scope : outer.continueScope,
    };
    lower();
    this.targets = outer;
    this.openSwitch = outerSwitch;
  }

  private lowerFor(statement: ForStatement): void {
    this.inScope(() => {
      if (statement.start?.kind === 'declaration') this.lower(statement.start);
      else if (statement.start) this.effect(statement.start);
      const head = this.newBlock();
      const body = this.newBlock();
      const step = this.newBlock();
      const after = this.newBlock();
      this.goOn(head);
      if (statement.test) this.condition(statement.test, body, after);
      else this.link(this.current, body);
      this.current = body;
      this.inTargets(after, step, () => this.lower(statement.body));
      this.goOn(step);
      if (statement.step) this.effect(statement.step);
      this.link(this.current, head);
      this.current = after;
    });
  }

  private lowerSwitch(statement: Statement & { kind: 'switch' }): void {
    this.effect(statement.value);
    const head = this.current;
    const after = this.newBlock();
    this.startUnreached();
    const open: OpenSwitch = { head, hasDefault: false };
    this.inTargets(after, undefined, () => {
      this.openSwitch = open;
      this.lower(statement.body);
    });
    this.link(this.current, after);
    if (!open.hasDefault) this.link(head, after);
    this.current = after;
  }

  private lowerJump(statement: JumpStatement): void {
    const { targets } = this;
    if (statement.kind === 'goto') {
      if (statement.target) {
        this.effect(statement.target);
        this.computed.push({ from: this.current, scope: this.scope });
      } else if (statement.label !== undefined)
        this.jumps.push({ from: this.current, label: statement.label, scope: this.scope });
    } else {
      const isBreak = statement.kind === 'break';
      const to = isBreak ? targets.breakTo : targets.continueTo;
      this.leaveTo(isBreak ? targets.scope : targets.continueScope);
      if (to) this.link(this.current, to);
    }
    this.startUnreached();
  }

  private lowerAsm(statement: AsmStatement): void {
    for (const input of statement.inputs) this.effect(input);
    for (const output of statement.outputs) this.hoist(output);
    if (statement.outputs.length > 0) this.step({ kind: 'outputs', expressions: statement.outputs });
    if (statement.labels.length === 0) return;
    for (const label of statement.labels) this.jumps.push({ from: this.current, label, scope: this.scope });
    this.goOn(this.newBlock());
  }

  private declare(declaration: Declaration): void {
    if (declaration.kind !== 'variable') return;
    if (declaration.initializer) this.hoistInitializer(declaration.initializer);
    this.step({ kind: 'declare', declaration });
    if (declaration.cleanup !== undefined) this.scope?.cleanups.push(declaration);
  }

  private hoistInitializer(initializer: Initializer): void {
    if (initializer.kind !== 'list') this.hoist(initializer);
    else for (const item of initializer.items) this.hoistInitializer(item.value);
  }

  /** Evaluates an expression whose value nobody uses. */
  private effect(expression: Expression): void {
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
    if (isShortCircuit(expression) || expression.kind === 'conditional') return;
    this.step({ kind: 'evaluate', expression });
    if (this.neverReturns(expression)) this.startUnreached();
  }

  private neverReturns(expression: Expression): boolean {
    if (expression.kind !== 'call' || expression.callee.kind !== 'name') return false;
    const { name, declaration } = expression.callee;
    if (declaration) return false;
    if (name === '__builtin_unreachable' || name === '__builtin_trap' || this.options.noreturn.has(name)) return true;
    return this.globals.ordinary(name)?.isNoreturn === true;
  }

  /** Branches on an expression's truth. */
  private condition(test: Expression, yes: Block, no: Block): void {
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

  private constantTruth(test: Expression): boolean | undefined {
    if (!mayBeConstant(test)) return undefined;
    const value = evaluate(test, this.globals);
    return isUnknownValue(value) ? undefined : value.value !== 0n;
  }

  /** Lowers the branching parts of an expression, so that what is left of it can be evaluated in one go. */
  private hoist(expression: Expression): void {
    if (expression.kind === 'label') this.addressed.add(expression.name);
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

  private hoistConditional(expression: Expression & { kind: 'conditional' }): void {
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

  private hoistStatement(expression: Expression & { kind: 'statement' }): void {
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
}

function cleanUp(block: Block, scope: Scope): void {
  for (const declaration of [...scope.cleanups].reverse()) block.steps.push({ kind: 'cleanup', declaration });
}

function declaresCleanup(statement: Statement): boolean {
  return statement.kind === 'declaration' && statement.declarations.some((one) => one.cleanup !== undefined);
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
      isShortCircuit(expression) ||
      expression.kind === 'conditional' ||
      expression.kind === 'statement' ||
      expression.kind === 'label' ||
      (expression.kind === 'compound' && initializerBranches(expression.initializer)) ||
      partsOf(expression).some(holdsBranches);
    branching.set(expression, holds);
  }
  return holds;
}

function initializerBranches(initializer: Initializer): boolean {
  if (initializer.kind !== 'list') return holdsBranches(initializer);
  return initializer.items.some((item) => initializerBranches(item.value));
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
