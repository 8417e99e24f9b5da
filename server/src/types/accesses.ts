/** Finds every member access in parsed C, and whether it reads, writes or takes an address. */
import { Punct } from '../text/tokens';
import type { AssignExpression, Declaration, Expression, Initializer, MemberExpression, Statement } from './ast';
import { initializing } from './walk';

/**
 * What happens to the bytes of a member. `update` reads and writes (`+=`, `++`); `none` only asks for a type
 * (`sizeof`, the control of `_Generic`).
 */
export type AccessMode = 'read' | 'write' | 'update' | 'address' | 'none';

export interface Access {
  readonly expression: MemberExpression;
  readonly mode: AccessMode;
  /** Only a part of the member is accessed: `a.b` of `x->a.b`, an element of an array. */
  readonly partial: boolean;
  /** The assignment whose left side this is, where it is the whole left side. */
  readonly assignment?: AssignExpression;
}

type AccessVisitor = (access: Access) => void;

/** Visits the accesses of declarations: initializers and bodies. */
export function visitDeclarations(declarations: readonly Declaration[], visit: AccessVisitor): void {
  for (const declaration of declarations) {
    if (declaration.initializer) visitInitializer(declaration.initializer, visit);
    if (declaration.body) visitStatement(declaration.body, visit);
  }
}

function visitInitializer(initializer: Initializer, visit: AccessVisitor): void {
  for (const expression of initializing(initializer)) visitExpression(expression, 'read', visit);
}

function visitStatement(statement: Statement, visit: AccessVisitor): void {
  const read = (expression: Expression | undefined): void => {
    if (expression) visitExpression(expression, 'read', visit);
  };
  const inner = (body: Statement | undefined): void => {
    if (body) visitStatement(body, visit);
  };
  switch (statement.kind) {
    case 'block':
      statement.items.forEach(inner);
      break;
    case 'expression':
      read(statement.expression);
      break;
    case 'declaration':
      visitDeclarations(statement.declarations, visit);
      break;
    case 'if':
      read(statement.test);
      inner(statement.yes);
      inner(statement.no);
      break;
    case 'while':
    case 'do':
      read(statement.test);
      inner(statement.body);
      break;
    case 'for':
      if (statement.start?.kind === 'declaration') inner(statement.start);
      else read(statement.start);
      read(statement.test);
      read(statement.step);
      inner(statement.body);
      break;
    case 'switch':
      read(statement.value);
      inner(statement.body);
      break;
    case 'case':
    case 'label':
      inner(statement.body);
      break;
    case 'goto':
      read(statement.target);
      break;
    case 'return':
      read(statement.value);
      break;
    case 'broken':
      statement.salvaged.forEach(read);
      break;
    case 'asm':
      for (const output of statement.outputs) visitExpression(output, 'write', visit);
      statement.inputs.forEach(read);
      break;
  }
}

function visitExpression(
  expression: Expression,
  mode: AccessMode,
  visit: AccessVisitor,
  partial = false,
  assignment?: AssignExpression,
): void {
  const value: AccessMode = mode === 'none' ? 'none' : 'read';
  switch (expression.kind) {
    case 'member':
      visit({ expression, mode, partial, assignment });
      // Through a pointer the base is read; `a.b` touches a part of `a` in the same way.
      if (expression.arrow) visitExpression(expression.base, value, visit);
      else visitExpression(expression.base, mode, visit, true);
      break;
    case 'index':
      visitExpression(expression.base, mode, visit, true);
      visitExpression(expression.index, value, visit);
      break;
    case 'unary':
      if (expression.operator === Punct.Ampersand)
        visitExpression(expression.operand, mode === 'none' ? 'none' : 'address', visit);
      else if (expression.operator === Punct.PlusPlus || expression.operator === Punct.MinusMinus) {
        visitExpression(expression.operand, mode === 'none' ? 'none' : 'update', visit);
      } else visitExpression(expression.operand, value, visit);
      break;
    case 'assign': {
      const whole = expression.operator === Punct.Equal ? 'write' : 'update';
      visitExpression(expression.left, mode === 'none' ? 'none' : whole, visit, false, expression);
      visitExpression(expression.right, value, visit);
      break;
    }
    case 'binary':
      visitExpression(expression.left, value, visit);
      visitExpression(expression.right, value, visit);
      break;
    case 'conditional':
      visitExpression(expression.test, value, visit);
      if (expression.yes) visitExpression(expression.yes, mode, visit);
      visitExpression(expression.no, mode, visit);
      break;
    case 'call':
      visitExpression(expression.callee, value, visit);
      for (const argument of expression.arguments) visitExpression(argument, value, visit);
      break;
    case 'cast':
      visitExpression(expression.operand, value, visit);
      break;
    case 'compound':
      visitInitializer(expression.initializer, visit);
      break;
    case 'sizeof':
    case 'alignof':
      if (expression.operand) visitExpression(expression.operand, 'none', visit);
      break;
    case 'generic':
      visitExpression(expression.control, 'none', visit);
      for (const branch of expression.branches) visitExpression(branch.value, mode, visit);
      break;
    case 'statement':
      visitStatement(expression.body, visit);
      break;
    case 'va_arg':
      visitExpression(expression.list, value, visit);
      break;
  }
}
