/** The control-flow graph of a function body: blocks of steps in the order of evaluation, edges that know their test. */
import type { Declaration, Expression } from '../types/ast';
import { initializing } from '../types/walk';

/** What a block does, one after the other. Expressions in steps hold no branches that were not lowered before. */
export type Step =
  /** An expression is evaluated for its effects. */
  | { readonly kind: 'evaluate'; readonly expression: Expression }
  /** A variable comes into scope, with its initializer. */
  | { readonly kind: 'declare'; readonly declaration: Declaration }
  /**
   * A branching expression (`a ? b : c`, `a && b`, a statement expression) has this value when it is reached later; with
   * undefined, nobody asks for it.
   */
  | { readonly kind: 'hold'; readonly of: Expression; readonly value: Expression | 0 | 1 | undefined }
  /** The last step of a block whose edges part by this expression's truth. */
  | { readonly kind: 'test'; readonly expression: Expression }
  /** A variable with `__attribute__((cleanup(f)))` leaves its scope: f is called with its address. */
  | { readonly kind: 'cleanup'; readonly declaration: Declaration }
  /** Variables leave their scope. */
  | { readonly kind: 'leave'; readonly variables: readonly Declaration[] }
  | { readonly kind: 'return'; readonly value: Expression | undefined }
  /** An asm writes these. */
  | { readonly kind: 'outputs'; readonly expressions: readonly Expression[] }
  /** What happens here could not be parsed: nothing is known afterwards. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** The way from a switch to one of its labels. */
export interface Match {
  readonly value: Expression;
  /** What the value is then; undefined for `default` and for ranges. */
  readonly is: Expression | undefined;
  /** All single values that the switch has labels for: it is none of the others. */
  readonly labels: readonly Expression[];
}

export interface Edge {
  readonly to: Block;
  /** Whether the test that ends the block came out true on this edge; undefined where none does. */
  readonly holds?: boolean;
  readonly match?: Match;
}

export interface Block {
  readonly index: number;
  readonly steps: Step[];
  readonly edges: Edge[];
}

export interface FlowGraph {
  /** In the order of the text, unreachable ones among them. */
  readonly blocks: readonly Block[];
  readonly entry: Block;
  /** Where every return and the end of the body lead to; it has no steps. */
  readonly exit: Block;
}

export interface GraphOptions {
  /** Functions that never return, beyond those that are declared so. */
  readonly noreturn: ReadonlySet<string>;
}

/** Blocks that can be reached from the entry, each before those it leads to, loops apart (reverse postorder). */
export function reachable(graph: FlowGraph): Block[] {
  const order: Block[] = [];
  const seen = new Set<Block>([graph.entry]);
  const open: { block: Block; next: number }[] = [{ block: graph.entry, next: 0 }];
  while (open.length > 0) {
    const top = open[open.length - 1];
    if (top.next === top.block.edges.length) {
      order.push(top.block);
      open.pop();
      continue;
    }
    const { to } = top.block.edges[top.next++];
    if (seen.has(to)) continue;
    seen.add(to);
    open.push({ block: to, next: 0 });
  }
  return order.reverse();
}

/** The expressions that a step evaluates, in their order. */
export function expressionsIn(step: Step): readonly Expression[] {
  switch (step.kind) {
    case 'evaluate':
    case 'test':
      return [step.expression];
    case 'hold':
      return typeof step.value === 'object' ? [step.value] : [];
    case 'return':
      return step.value ? [step.value] : [];
    case 'declare':
      return step.declaration.initializer ? [...initializing(step.declaration.initializer)] : [];
    case 'outputs':
      return step.expressions;
    default:
      return [];
  }
}
