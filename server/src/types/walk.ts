/** Visits every expression below one, itself included, in source order. */
import type { Declaration, Expression, Initializer, Statement } from './ast';

/** The parts of an expression that are expressions themselves. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unary':
    case 'cast':
      return [expression.operand];
    case 'binary':
    case 'assign':
      return [expression.left, expression.right];
    case 'conditional':
      return expression.yes ? [expression.test, expression.yes, expression.no] : [expression.test, expression.no];
    case 'call':
      return [expression.callee, ...expression.arguments];
    case 'member':
      return [expression.base];
    case 'index':
      return [expression.base, expression.index];
    case 'sizeof':
    case 'alignof':
    case 'preferred':
      return expression.operand ? [expression.operand] : [];
    case 'generic':
      return [expression.control, ...expression.branches.map((branch) => branch.value)];
    case 'va_arg':
      return [expression.list];
    default:
      return [];
  }
}

export function walkExpression(expression: Expression, visit: (part: Expression) => void): void {
  visit(expression);
  for (const part of partsOf(expression)) walkExpression(part, visit);
  if (expression.kind === 'statement') walkStatement(expression.body, visit);
  if (expression.kind === 'compound') walkInitializer(expression.initializer, visit);
}

export function walkInitializer(initializer: Initializer, visit: (part: Expression) => void): void {
  for (const expression of initializing(initializer)) walkExpression(expression, visit);
}

/** The expressions that an initializer stores, those of its inner lists in their place. */
export function* initializing(initializer: Initializer): Iterable<Expression> {
  if (initializer.kind !== 'list') yield initializer;
  else for (const { value } of initializer.items) yield* initializing(value);
}

/** Visits every expression of a statement, those of its inner statements included. */
export function walkStatement(statement: Statement, visit: (part: Expression) => void): void {
  for (const expression of expressionsOf(statement)) walkExpression(expression, visit);
  if (statement.kind === 'declaration') {
    for (const { initializer } of statement.declarations) if (initializer) walkInitializer(initializer, visit);
  }
  for (const inner of statementsIn(statement)) walkStatement(inner, visit);
}

/** The expressions that a statement holds itself. */
function expressionsOf(statement: Statement): readonly Expression[] {
  const some = (...list: (Expression | undefined)[]): Expression[] => list.filter((one) => one !== undefined);
  switch (statement.kind) {
    case 'expression':
      return some(statement.expression);
    case 'if':
    case 'while':
    case 'do':
      return [statement.test];
    case 'for':
      return some(
        statement.start?.kind === 'declaration' ? undefined : statement.start,
        statement.test,
        statement.step,
      );
    case 'switch':
      return [statement.value];
    case 'case':
      return some(statement.low, statement.high);
    case 'goto':
      return some(statement.target);
    case 'return':
      return some(statement.value);
    case 'asm':
      return [...statement.outputs, ...statement.inputs];
    case 'broken':
      return statement.salvaged;
    default:
      return [];
  }
}

/** The variables that a statement declares, those of its inner statements included. */
export function* declaredIn(statement: Statement): Iterable<Declaration> {
  if (statement.kind === 'declaration') yield* statement.declarations;
  for (const inner of statementsIn(statement)) yield* declaredIn(inner);
}

/** The statements that a statement holds itself. */
export function statementsIn(statement: Statement): readonly Statement[] {
  const some = (...list: (Statement | undefined)[]): Statement[] => list.filter((one) => one !== undefined);
  switch (statement.kind) {
    case 'block':
      return statement.items;
    case 'if':
      return some(statement.yes, statement.no);
    case 'while':
    case 'do':
    case 'switch':
      return [statement.body];
    case 'for':
      return some(statement.start?.kind === 'declaration' ? statement.start : undefined, statement.body);
    case 'case':
    case 'label':
      return some(statement.body);
    default:
      return [];
  }
}
