/** Which variables of a function nobody reads any more: what they hold must not keep apart ways that are alike but for it. */
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { strip } from '../types/model';
import { partsOf, walkExpression } from '../types/walk';
import { type Block, expressionsIn, type FlowGraph, reachable, type Step } from './graph';

/** The variables whose values are given up in front of a block, and behind it. */
interface DeadVariables {
  readonly before: readonly Declaration[];
  readonly behind: readonly Declaration[];
}

/** What a block does to variables: which it reads before it stores into them, and into which it stores. */
interface Uses {
  readonly reads: ReadonlySet<Declaration>;
  readonly stores: ReadonlySet<Declaration>;
}

const NONE: DeadVariables = { before: [], behind: [] };
const known = new WeakMap<FlowGraph, ReadonlyMap<readonly Step[], DeadVariables>>();

/** What is dead around a block of steps. Only variables that no address leads to are ever given up. */
export function deadAround(graph: FlowGraph, steps: readonly Step[]): DeadVariables {
  let found = known.get(graph);
  if (!found) known.set(graph, (found = deadIn(graph)));
  return found.get(steps) ?? NONE;
}

function deadIn(graph: FlowGraph): Map<readonly Step[], DeadVariables> {
  const order = reachable(graph);
  const uses = new Map(order.map((block) => [block, usesOf(block)]));
  const reached = addressed(order);
  const followed = new Set<Declaration>();
  for (const { reads, stores } of uses.values())
    for (const set of [reads, stores])
      for (const variable of set) if (!reached.has(variable) && isPlain(variable)) followed.add(variable);
  const live = liveBefore(order, uses, followed);
  const behind = new Map(order.map((block) => [block, new Set(block.edges.flatMap(({ to }) => [...live.get(to)!]))]));
  const before = new Map(order.map((block) => [block, new Set<Declaration>()]));
  for (const block of order)
    for (const { to } of block.edges)
      for (const variable of behind.get(block)!) if (!live.get(to)!.has(variable)) before.get(to)!.add(variable);
  return new Map(
    order.map((block) => {
      const left = behind.get(block)!;
      const held = new Set([...live.get(block)!, ...uses.get(block)!.stores]);
      const dead = [...held].filter((variable) => followed.has(variable) && !left.has(variable));
      return [block.steps, { before: [...before.get(block)!], behind: dead }];
    }),
  );
}

/** The followed variables that may be read behind the start of each block before something is stored into them. */
function liveBefore(
  order: readonly Block[],
  uses: ReadonlyMap<Block, Uses>,
  followed: ReadonlySet<Declaration>,
): Map<Block, Set<Declaration>> {
  const live = new Map(order.map((block) => [block, new Set<Declaration>()]));
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (let index = order.length - 1; index >= 0; index--) {
      const block = order[index];
      const { reads, stores } = uses.get(block)!;
      const here = live.get(block)!;
      const { size } = here;
      for (const variable of reads) if (followed.has(variable)) here.add(variable);
      for (const { to } of block.edges)
        for (const variable of live.get(to)!) if (!stores.has(variable)) here.add(variable);
      if (here.size > size) isChanged = true;
    }
  }
  return live;
}

function usesOf({ steps, edges }: Block): Uses {
  const reads = new Set<Declaration>();
  const stores = new Set<Declaration>();
  const read = (expression: Expression): void =>
    walkReads(expression, (variable) => {
      if (!stores.has(variable)) reads.add(variable);
    });
  for (const step of steps) {
    expressionsIn(step).forEach(read);
    if (step.kind === 'evaluate' && step.expression.kind === 'assign' && step.expression.operator === Punct.Equal)
      store(step.expression.left, stores);
    else if (step.kind === 'declare') stores.add(step.declaration);
    else if (step.kind === 'leave') for (const variable of step.variables) stores.add(variable);
  }
  for (const { match } of edges) for (const asked of match ? [match.value, ...match.labels] : []) read(asked);
  return { reads, stores };
}

/** Into a variable that is the whole left side of an assignment. */
function store(left: Expression, stores: Set<Declaration>): void {
  if (left.kind === 'name' && left.declaration) stores.add(left.declaration);
}

/** The variables that an expression reads; one that is only stored into is none of them. */
function walkReads(expression: Expression, take: (variable: Declaration) => void): void {
  if (expression.kind === 'name') {
    if (expression.declaration) take(expression.declaration);
    return;
  }
  if (expression.kind === 'statement' || expression.kind === 'compound') {
    walkExpression(expression, (part) => {
      if (part.kind === 'name' && part.declaration) take(part.declaration);
    });
    return;
  }
  const isStore = expression.kind === 'assign' && expression.operator === Punct.Equal;
  for (const part of partsOf(expression))
    if (!(isStore && part === expression.left && part.kind === 'name')) walkReads(part, take);
}

/** Variables that may be read or stored into by other ways than their names. */
function addressed(order: readonly Block[]): Set<Declaration> {
  const found = new Set<Declaration>();
  const visit = (part: Expression): void => {
    if (part.kind !== 'unary' || part.operator !== Punct.Ampersand) return;
    walkReads(part.operand, (variable) => found.add(variable));
  };
  for (const { steps } of order)
    for (const step of steps) {
      const isCleaned = step.kind === 'cleanup' || (step.kind === 'declare' && step.declaration.cleanup !== undefined);
      if (isCleaned) found.add(step.declaration);
      for (const expression of expressionsIn(step))
        if (step.kind === 'outputs') walkReads(expression, (variable) => found.add(variable));
        else walkExpression(expression, visit);
    }
  return found;
}

/** Whether a variable holds one value, and for one call of its function. */
function isPlain({ type, isStatic, kind: of }: Declaration): boolean {
  const { kind } = strip(type);
  const isVariable = of === 'variable' || of === 'parameter';
  return isVariable && !isStatic && (kind === 'pointer' || kind === 'integer' || kind === 'enum');
}
