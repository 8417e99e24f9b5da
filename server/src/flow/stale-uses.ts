/** Runs the analysis of shared bytes over one function. */
import type { Target } from '../layout/target';
import type { UnitGlobals } from '../parser/globals';
import type { Declaration } from '../types/ast';
import type { RecordDeclaration } from '../types/model';
import { buildGraph } from './lowering';
import type { MemberEffects } from './member-effects';
import { ObjectPaths } from './object-paths';
import { solve } from './solver';
import type { StaleUse } from './view-states';
import { viewLattice } from './view-states';
import { ViewTransfer } from './view-transfer';

/** Every use of a member whose bytes hold another one, in the order of the text; a reason where nothing can be told. */
export function staleUsesIn(
  { body }: Declaration,
  globals: UnitGlobals,
  effects: MemberEffects,
  noreturn: ReadonlySet<string>,
  target: Target,
  areToldApart: (record: RecordDeclaration, one: string, other: string) => boolean,
): readonly StaleUse[] | { readonly skipped: string } {
  if (!body) return [];
  const graph = buildGraph(body, globals, { noreturn });
  if ('skipped' in graph) return graph;
  const transfer = new ViewTransfer(new ObjectPaths(globals), effects, target, areToldApart);
  const { before, complete } = solve(graph, viewLattice, transfer);
  if (!complete) return { skipped: 'no fixed point' };
  const found = new Map<number, StaleUse>();
  transfer.onStale = (use) => void found.set(use.expression.first, use);
  for (const [block, views] of before) transfer.steps(views, block.steps);
  return [...found.values()].sort((one, other) => one.expression.first - other.expression.first);
}
