/** Where code refuses what is set: `if (!(x->flags & HAS_SIZE) && x->size) return -EINVAL;` looks at a member because it is to be zero. */
import { Punct } from '../text/tokens';
import type { Expression, Statement } from '../types/ast';
import { statementsIn } from '../types/walk';

/** The expressions that a body only asks whether they are zero, and returns an error code where they are not. */
export function refusedIn(body: Statement): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  collect(body, found);
  return found;
}

function collect(statement: Statement, found: Set<Expression>): void {
  if (statement.kind === 'if' && isRefusal(statement.yes)) for (const one of truthsIn(statement.test)) found.add(one);
  for (const inner of statementsIn(statement)) collect(inner, found);
}

/** Whether all that a statement does is to return a negative constant. */
function isRefusal(statement: Statement): boolean {
  if (statement.kind === 'block') return statement.items.length === 1 && isRefusal(statement.items[0]);
  return statement.kind === 'return' && statement.value?.kind === 'unary' && statement.value.operator === Punct.Minus;
}

/** The operands of a test that count by being zero or not. */
function* truthsIn(test: Expression): Iterable<Expression> {
  if (test.kind === 'binary' && (test.operator === Punct.AndAnd || test.operator === Punct.OrOr)) {
    yield* truthsIn(test.left);
    yield* truthsIn(test.right);
  } else if (test.kind === 'binary' && test.operator === Punct.ExclamationEqual && isZero(test.right)) {
    yield* truthsIn(test.left);
  } else yield test;
}

function isZero(expression: Expression): boolean {
  return expression.kind === 'number' && /^0[uUlL]*$/.test(expression.text);
}
