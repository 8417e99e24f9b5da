/** Finds the variables that a function counts up or moves on, so that what they hold first is not what they hold. */
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { walkStatement } from '../types/walk';

const moved = new WeakMap<Declaration, ReadonlySet<Declaration>>();

/** The variables that a function moves on: by `++`, `+=` and their kin. */
export function movedIn(declaration: Declaration): ReadonlySet<Declaration> {
  let found = moved.get(declaration);
  if (found) return found;
  const variables = new Set<Declaration>();
  const take = (operand: Expression): void => {
    if (operand.kind === 'name' && operand.declaration) variables.add(operand.declaration);
  };
  if (declaration.body)
    walkStatement(declaration.body, (part) => {
      if (part.kind === 'assign' && part.operator !== Punct.Equal) take(part.left);
      else if (part.kind === 'assign' && part.right.kind === 'binary' && part.left.kind === 'name') {
        const { left } = part.right;
        if (left.kind === 'name' && left.declaration === part.left.declaration) take(part.left);
      } else if (part.kind === 'unary' && (part.operator === Punct.PlusPlus || part.operator === Punct.MinusMinus))
        take(part.operand);
    });
  moved.set(declaration, (found = variables));
  return found;
}
