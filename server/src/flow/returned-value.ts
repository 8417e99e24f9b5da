/** The one expression that a function's body comes to: `if (!p) return false; return p->kind == LEAF;` as `!p ? false : p->kind == LEAF`. */
import { Punct } from '../text/tokens';
import type { Expression, Statement } from '../types/ast';
import type { ObjectPaths } from './object-paths';
import { WORKED_OUT } from './test-constants';

/** So many statements are put together. */
const MOST_STATEMENTS = 4;

/** Undefined where the body does more than to return. */
export function valueReturned(items: readonly Statement[], depth: number): Expression | undefined {
  const [statement, ...rest] = items;
  if (!statement || depth > MOST_STATEMENTS) return undefined;
  if (statement.kind === 'block') return rest.length === 0 ? valueReturned(statement.items, depth) : undefined;
  if (statement.kind === 'return') return statement.value;
  if (statement.kind !== 'if') return undefined;
  const yes = valueReturned([statement.yes], depth + 1);
  const no = valueReturned(statement.no ? [statement.no] : rest, depth + 1);
  const { test } = statement;
  return yes && no && { kind: 'conditional', test, yes, no, first: test.first, end: no.end };
}

/** What an expression comes to where parts of it have values that are given; undefined where it hangs on more. */
export function valueWhere(
  paths: ObjectPaths,
  whole: Expression,
  given: (core: Expression) => bigint | undefined,
): bigint | undefined {
  const core = paths.core(whole);
  const known = given(core) ?? paths.constant(core);
  if (known !== undefined) return known;
  if (core.kind === 'unary') {
    const operand = valueWhere(paths, core.operand, given);
    if (operand === undefined) return undefined;
    if (core.operator === Punct.Exclamation) return operand === 0n ? 1n : 0n;
    return core.operator === Punct.Tilde ? ~operand : undefined;
  }
  if (core.kind === 'conditional' && core.yes) {
    const test = valueWhere(paths, core.test, given);
    return test === undefined ? undefined : valueWhere(paths, test === 0n ? core.no : core.yes, given);
  }
  if (core.kind !== 'binary') return undefined;
  const left = valueWhere(paths, core.left, given);
  const right = valueWhere(paths, core.right, given);
  if (core.operator === Punct.AndAnd || core.operator === Punct.OrOr) {
    const deciding = core.operator === Punct.OrOr;
    const truths = [left, right].map((side) => (side === undefined ? undefined : side !== 0n));
    if (truths.includes(deciding)) return deciding ? 1n : 0n;
    return truths.includes(undefined) ? undefined : deciding ? 0n : 1n;
  }
  return left === undefined || right === undefined ? undefined : WORKED_OUT.get(core.operator)?.(left, right);
}
