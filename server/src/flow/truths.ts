/** Names conditions by their text, so that the same condition asked twice gets the same answer. */
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { typeName } from '../types/typename';

interface ConditionNames {
  /** The place of a variable. */
  placeOf(declaration: Declaration): string;
  /** Whether a call of this function answers the same until something is written. */
  isSteady(call: string): boolean;
}

/**
 * A text for an expression that has no effect of its own; undefined for any other. Variables stand as their places,
 * members as `->name;`, so that a store can tell which texts it makes stale.
 */
export function conditionKey(expression: Expression, names: ConditionNames): string | undefined {
  switch (expression.kind) {
    case 'name':
      return expression.declaration && expression.declaration.kind !== 'enumerator'
        ? names.placeOf(expression.declaration)
        : `g:${expression.name};`;
    case 'number':
    case 'character':
      return expression.text;
    case 'sizeof': {
      // As in the numbers of ioctls. A record without a name may be any.
      const of = expression.type ? typeName(expression.type) : conditionKey(expression.operand!, names);
      return of === undefined || of.includes('{') ? undefined : `s:${of};`;
    }
    case 'cast':
      return conditionKey(expression.operand, names);
    case 'assign':
      return expression.operator === Punct.Equal ? conditionKey(expression.left, names) : undefined;
    case 'unary': {
      if (expression.operator === Punct.PlusPlus || expression.operator === Punct.MinusMinus) return undefined;
      const operand = conditionKey(expression.operand, names);
      return operand === undefined ? undefined : `${expression.operator}(${operand})`;
    }
    case 'binary': {
      if (expression.operator === Punct.Comma) return undefined;
      const left = conditionKey(expression.left, names);
      const right = conditionKey(expression.right, names);
      return left === undefined || right === undefined ? undefined : `(${left} ${expression.operator} ${right})`;
    }
    case 'conditional': {
      const parts = [expression.test, expression.yes ?? expression.test, expression.no];
      const keys = parts.map((part) => conditionKey(part, names));
      return keys.includes(undefined) ? undefined : `(${keys.join('?')})`;
    }
    case 'member': {
      const base = conditionKey(expression.base, names);
      return base === undefined ? undefined : `${base}->${expression.name};`;
    }
    case 'call': {
      const { callee } = expression;
      if (callee.kind !== 'name' || callee.declaration || !names.isSteady(callee.name)) return undefined;
      const given = expression.arguments.map((argument) => conditionKey(argument, names));
      return given.includes(undefined) ? undefined : `${callee.name}(${given})`;
    }
    default:
      return undefined;
  }
}
