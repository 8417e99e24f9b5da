/** What a variable holds wherever its function uses it: the one value that it is ever given. */
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';

const CHANGING = new Set<number>([Punct.PlusPlus, Punct.MinusMinus, Punct.Ampersand]);

/**
 * The value that a variable is declared with, or given once, where nothing else is ever put into it.
 *
 * @param among All expressions of its function.
 */
export function onlyValue(variable: Declaration, among: readonly Expression[]): Expression | undefined {
  const { initializer } = variable;
  if (initializer?.kind === 'list') return undefined;
  const isChanged = (expression: Expression): boolean => {
    const target =
      expression.kind === 'assign' ? expression.left : expression.kind === 'unary' ? expression.operand : undefined;
    const changes = expression.kind === 'assign' || (expression.kind === 'unary' && CHANGING.has(expression.operator));
    return changes && target?.kind === 'name' && target.declaration === variable;
  };
  const changes = among.filter(isChanged);
  if (initializer) return changes.length > 0 ? undefined : initializer;
  const [only, ...more] = changes;
  const isPlain = variable.kind === 'variable' && only?.kind === 'assign' && only.operator === Punct.Equal;
  return isPlain && more.length === 0 ? only.right : undefined;
}

/** An expression, or where it is a variable that is given one value, that value; casts apart. */
export function behindVariable(expression: Expression, among: readonly Expression[]): Expression {
  if (expression.kind === 'cast') return behindVariable(expression.operand, among);
  if (expression.kind !== 'name' || expression.declaration?.kind !== 'variable') return expression;
  return onlyValue(expression.declaration, among) ?? expression;
}
