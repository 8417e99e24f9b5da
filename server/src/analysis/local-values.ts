/** Where the values of locals come from, as far as the definition around them alone tells. */
import { nameText } from '../text/names';
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { strip } from '../types/model';
import type { FoundExpression } from './expressions';

/** The function that is called for a value, or the macro that stands there in its place. */
export function madeBy({ tokens }: FoundExpression, expression: Expression): string {
  let { via } = tokens[expression.first];
  while (via?.at.via) via = via.at.via;
  if (via) return nameText(via.macro.id);
  const core = expression.kind === 'cast' ? expression.operand : expression;
  return core.kind === 'call' && core.callee.kind === 'name' ? core.callee.name : '';
}

/** The typedef that a variable is declared to point to: `pte_t` of `pte_t *entry`. */
export function pointedTypedef({ type }: Declaration): string | undefined {
  const bare = strip(type);
  return bare.kind === 'pointer' && bare.to.kind === 'typedef' ? bare.to.name : undefined;
}

/** All expressions of the definition around a found one. */
export function expressionsAround({ among }: FoundExpression): Expression[] {
  return among.map(({ expression }) => expression);
}

/**
 * The value that a variable is declared with, or given once, where nothing else is ever put into it.
 *
 * @param among All expressions of its function.
 */
export function onlyValue(variable: Declaration, among: readonly Expression[]): Expression | undefined {
  const { initializer } = variable;
  if (initializer?.kind === 'list') return undefined;
  const changes = changesOf(variable, among);
  if (initializer) return changes.length > 0 ? undefined : initializer;
  const [only, ...more] = changes;
  const isPlain = variable.kind === 'variable' && only?.kind === 'assign' && only.operator === Punct.Equal;
  return isPlain && more.length === 0 ? only.right : undefined;
}

/** The value that a member is given once, and by its name alone, in a function. @param among All expressions of the function. */
export function onlyValueOf(member: Expression, among: readonly Expression[]): Expression | undefined {
  const given = among.flatMap((one) =>
    one.kind === 'assign' && one.operator === Punct.Equal && isSamePlace(one.left, member) ? [one.right] : [],
  );
  return given.length === 1 ? given[0] : undefined;
}

/** Whether two expressions name one member by the same steps from one variable. */
function isSamePlace(one: Expression, other: Expression): boolean {
  if (one.kind === 'name' && other.kind === 'name')
    return one.name === other.name && one.declaration === other.declaration;
  if (one.kind !== 'member' || other.kind !== 'member') return false;
  return one.name === other.name && one.arrow === other.arrow && isSamePlace(one.base, other.base);
}

/** An expression, or where it is a variable that is given one value, that value; casts apart. */
export function behindVariable(expression: Expression, among: readonly Expression[]): Expression {
  if (expression.kind === 'cast') return behindVariable(expression.operand, among);
  if (expression.kind !== 'name' || expression.declaration?.kind !== 'variable') return expression;
  return onlyValue(expression.declaration, among) ?? expression;
}

/** All values that a variable is given, and whether it is also moved on from one of them: `p++`, `p += n`. */
export function valuesOf(
  variable: Declaration,
  among: readonly Expression[],
): { readonly values: readonly Expression[]; readonly isMoved: boolean } {
  const { initializer } = variable;
  const values = initializer && initializer.kind !== 'list' ? [initializer] : [];
  let isMoved = false;
  for (const change of changesOf(variable, among)) {
    if (change.kind === 'assign' && change.operator === Punct.Equal) values.push(change.right);
    else if (change.kind === 'assign' || (change.kind === 'unary' && change.operator === Punct.PlusPlus))
      isMoved = true;
  }
  return { values, isMoved };
}

/** What puts another value into a variable, or lets others do so. */
function changesOf(variable: Declaration, among: readonly Expression[]): Expression[] {
  return among.filter((expression) => {
    const target =
      expression.kind === 'assign' ? expression.left : expression.kind === 'unary' ? expression.operand : undefined;
    const changes = expression.kind === 'assign' || (expression.kind === 'unary' && CHANGING.has(expression.operator));
    return changes && target?.kind === 'name' && target.declaration === variable;
  });
}

const CHANGING = new Set<number>([Punct.PlusPlus, Punct.MinusMinus, Punct.Ampersand]);
