/** What the condition of an assert comes to, as an optimizing compiler decides it. */
import { Punct } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, type UnknownValue } from '../types/model';
import type { Globals } from '../types/scope';
import { partsOf } from '../types/walk';

/** Whether an expression is true; one side of && or || may decide it, though the other is not known. */
export function truthOf(expression: Expression, globals: Globals): boolean | UnknownValue {
  switch (expression.kind) {
    case 'unary': {
      if (expression.operator !== Punct.Exclamation) break;
      const truth = truthOf(expression.operand, globals);
      return isUnknownValue(truth) ? truth : !truth;
    }
    case 'binary': {
      const { operator } = expression;
      if (operator !== Punct.AndAnd && operator !== Punct.OrOr) break;
      const deciding = operator === Punct.OrOr;
      const left = truthOf(expression.left, globals);
      if (left === deciding) return deciding;
      const right = truthOf(expression.right, globals);
      if (right === deciding) return deciding;
      return isUnknownValue(left) ? left : right;
    }
    case 'conditional': {
      const test = truthOf(expression.test, globals);
      if (isUnknownValue(test)) return test;
      if (!test) return truthOf(expression.no, globals);
      return expression.yes ? truthOf(expression.yes, globals) : true;
    }
    case 'call':
      if (expression.callee.kind === 'name' && expression.callee.name === '__builtin_expect' && expression.arguments[0])
        return truthOf(expression.arguments[0], globals);
      break;
  }
  const value = evaluate(expression, globals);
  return isUnknownValue(value) ? value : value.value !== 0n;
}

/** Whether an expression asks for something that only a running program knows: a variable's value, what a call returns. */
export function asksAtRunTime(expression: Expression, globals: Globals): boolean {
  switch (expression.kind) {
    case 'sizeof':
    case 'alignof':
    case 'offsetof':
    case 'compatible':
      return false;
    case 'name': {
      const declaration = expression.declaration ?? globals.ordinary(expression.name);
      return declaration?.kind === 'variable' || declaration?.kind === 'parameter' || declaration?.kind === 'function';
    }
    case 'call':
      if (expression.callee.kind === 'name' && expression.callee.name.startsWith('__builtin_'))
        return expression.arguments.some((argument) => asksAtRunTime(argument, globals));
      return true;
    case 'statement':
    case 'assign':
    // What lies in memory, a compound literal's bytes, too, is the optimizer's to know.
    case 'compound':
    case 'index':
      return true;
    case 'unary':
      // `&((struct s *)0)->member` asks for no value, `&variable` for what the linker knows.
      if (expression.operator === Punct.Ampersand) {
        let base = expression.operand;
        while (base.kind === 'member' || base.kind === 'index') base = base.base;
        return asksAtRunTime(base, globals);
      }
      if (expression.operator === Punct.Star) return true;
      break;
  }
  return partsOf(expression).some((part) => asksAtRunTime(part, globals));
}

/** Whether an expression is a number that somebody wrote down: it asserts nothing, but marks what is never to be reached. */
export function isLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case 'number':
    case 'character':
    case 'string':
      return true;
    case 'unary':
    case 'binary':
    case 'conditional':
    case 'cast':
      return partsOf(expression).every(isLiteral);
    default:
      return false;
  }
}
