/** Constant expressions with all that their values rest on: what everybody but the typer itself asks for. */
import type { Expression } from './ast';
import type { ConstantValue } from './constant-values';
import { constantIn, genericBranchIn } from './constants';
import type { UnknownValue } from './model';
import type { Globals } from './scope';
import { worldOf } from './typer';

/** Evaluates; unknown with the reason where it is no constant, or rests on something unknown. */
export function evaluate(expression: Expression, globals: Globals): ConstantValue | UnknownValue {
  return constantIn(expression, worldOf(globals));
}

/** The branch of `_Generic` that fits its control's type; undefined where that is unknown or none fits. */
export function genericBranch(expression: Expression & { kind: 'generic' }, globals: Globals): Expression | undefined {
  return genericBranchIn(expression, worldOf(globals));
}
