/** What expressions say of a page among several: the first one, a later one, or any. */
import { numberValue } from '../preprocessor/numbers';
import { Punct } from '../text/tokens';
import type { Expression, MemberExpression } from '../types/ast';

/** Whether an expression is 0 or NULL as it is written. */
export function isZero(expression: Expression): boolean {
  if (expression.kind === 'cast') return isZero(expression.operand);
  return constantOf(expression) === 0n;
}

/** The value of a plain number, through casts; undefined for anything else. */
export function constantOf(expression: Expression): bigint | undefined {
  if (expression.kind === 'cast') return constantOf(expression.operand);
  return expression.kind === 'number' ? numberValue(expression.text)?.value : undefined;
}

/** How far from a pointer the record stands whose member is named: `(p + i)->x`, `p[i].x`; undefined where at it. */
export function steppedFrom(
  member: MemberExpression,
): { readonly from: Expression; readonly by: Expression } | undefined {
  const base = bare(member.base);
  const step = member.arrow
    ? base.kind === 'binary' && base.operator === Punct.Plus
      ? { from: base.left, by: base.right }
      : undefined
    : base.kind === 'index'
      ? { from: base.base, by: base.index }
      : undefined;
  return step && constantOf(step.by) !== 0n ? step : undefined;
}

/** Whether a pointer is stepped on from another one: `p + i`, `&p[i]`. */
export function isStepped(pointer: Expression): boolean {
  const expression = bare(pointer);
  if (expression.kind === 'binary' && expression.operator === Punct.Plus) return constantOf(expression.right) !== 0n;
  if (expression.kind !== 'unary' || expression.operator !== Punct.Ampersand) return false;
  const operand = bare(expression.operand);
  return operand.kind === 'index' && constantOf(operand.index) !== 0n;
}

function bare(expression: Expression): Expression {
  return expression.kind === 'cast' ? bare(expression.operand) : expression;
}
