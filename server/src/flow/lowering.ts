/** Lowers the statements of a function body to blocks; `graph.ts` says what comes out. */

import type {
  AsmStatement,
  BlockStatement,
  Declaration,
  Expression,
  ForStatement,
  JumpStatement,
  Statement,
} from '../types/ast';
import type { Globals } from '../types/scope';
import { BranchLowering, leave, type Scope } from './branches';
import type { Block, FlowGraph, GraphOptions } from './graph';

/** Where `break` and `continue` lead. */
interface Targets {
  readonly breakTo: Block | undefined;
  readonly continueTo: Block | undefined;
  readonly scope: Scope | undefined;
  readonly continueScope: Scope | undefined;
}

interface OpenSwitch {
  readonly head: Block;
  readonly value: Expression;
  readonly labels: Expression[];
  hasDefault: boolean;
}

interface Jump {
  readonly from: Block;
  readonly label: string;
  readonly scope: Scope | undefined;
}

class GraphBuilder extends BranchLowering {
  private readonly exit: Block = { index: -1, steps: [], edges: [] };
  private targets: Targets = {
    breakTo: undefined,
    continueTo: undefined,
    scope: undefined,
    continueScope: undefined,
  };
  private openSwitch: OpenSwitch | undefined;
  private readonly labels = new Map<string, { block: Block; scope: Scope | undefined }>();
  private readonly jumps: Jump[] = [];
  /** Blocks that end in `goto *`. */
  private readonly computed: { from: Block; scope: Scope | undefined }[] = [];
  private twice: string | undefined;

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

  private resolve({ from, label, scope }: Jump): void {
    const target = this.labels.get(label);
    if (!target) return;
    const through: Block = this.newBlock();
    this.link(from, through);
    const kept = new Set<Scope>();
    for (let inner = target.scope; inner; inner = inner.outer) kept.add(inner);
    for (let inner = scope; inner && !kept.has(inner); inner = inner.outer) leave(through, inner);
    this.link(through, target.block);
  }

  private lowerBlock(block: BlockStatement): void {
    this.inScope(() => this.lowerAll(block.items));
  }

  /** Leaves all scopes inside of `until` on the way out of here. */
  private leaveTo(until: Scope | undefined): void {
    for (let scope = this.scope; scope && scope !== until; scope = scope.outer) leave(this.current, scope);
  }

  protected lower(statement: Statement): void {
    switch (statement.kind) {
      case 'block':
        this.lowerBlock(statement);
        break;
      case 'expression':
        if (statement.expression) this.effect(statement.expression);
        if (statement.labels) this.declareLabels(statement.labels);
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
          const { head, value, labels } = this.openSwitch;
          const is = statement.high ? undefined : statement.low;
          if (is) labels.push(is);
          head.edges.push({ to: body, match: { value, is, labels } });
          if (!statement.low) this.openSwitch.hasDefault = true;
        }
        this.goOn(body);
        if (statement.body) this.lower(statement.body);
        break;
      }
      case 'label': {
        const block = this.newBlock();
        const name = this.labelNamed(statement.name);
        if (this.labels.has(name)) this.twice ??= statement.name;
        this.labels.set(name, { block, scope: this.scope });
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
    const { value } = statement;
    const open: OpenSwitch = { head, value, labels: [], hasDefault: false };
    this.inTargets(after, undefined, () => {
      this.openSwitch = open;
      this.lower(statement.body);
    });
    this.link(this.current, after);
    if (!open.hasDefault) head.edges.push({ to: after, match: { value, is: undefined, labels: open.labels } });
    this.current = after;
  }

  private lowerJump(statement: JumpStatement): void {
    const { targets } = this;
    if (statement.kind === 'goto') {
      if (statement.target) {
        this.effect(statement.target);
        this.computed.push({ from: this.current, scope: this.scope });
      } else if (statement.label !== undefined)
        this.jumps.push({ from: this.current, label: this.labelNamed(statement.label), scope: this.scope });
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
    for (const label of statement.labels)
      this.jumps.push({ from: this.current, label: this.labelNamed(label), scope: this.scope });
    this.goOn(this.newBlock());
  }

  private declare(declaration: Declaration): void {
    // A function within one may store whenever it is called. What stands behind an undeclared `each(i)` is read as a body, too.
    if (declaration.body) this.step({ kind: 'unknown', reason: 'nested function' });
    if (declaration.kind !== 'variable') return;
    if (declaration.initializer) this.hoistInitializer(declaration.initializer);
    this.step({ kind: 'declare', declaration });
    if (!declaration.isStatic) this.scope?.variables.push(declaration);
  }
}

/** The graph of a function's body, or why there is none: labels that stand twice, nesting past all measure. */
export function buildGraph(
  body: Declaration['body'] & object,
  globals: Globals,
  options: GraphOptions,
): FlowGraph | { readonly skipped: string } {
  try {
    return new GraphBuilder(globals, options).build(body);
  } catch (error) {
    // Expressions of ten thousand operators are generated tables, not code that states pass through.
    if (error instanceof RangeError) return { skipped: 'nesting is too deep' };
    throw error;
  }
}
