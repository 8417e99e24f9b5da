/** What code does to a member, be it by way of its address: reads it, stores to it, or changes what is there. */
import { isStoring } from '../facts/accessor-roles';
import { Punct } from '../text/tokens';
import type { Expression } from '../types/ast';
import { qualifiersOf } from '../types/conversions';
import { strip } from '../types/model';
import { typeOf } from '../types/typer';
import type { AccessSite, FileAnalysis } from './analysis';
import { expressionsAt } from './expressions';
import { uncast } from './stored-value';

/** `change` keeps something of what was there: `++`, a bit operation, a counter that goes up. */
export type Deed = 'read' | 'store' | 'change';

export interface AccessDeed {
  readonly deed: Deed;
  /** The function that is given the address. */
  readonly by?: string;
}

/** What is done at a place where a member is used; a call that is given its address says so by what it takes, and by its name. */
export function deedOf(file: FileAnalysis, { mode, access, nameToken, file: spelled }: AccessSite): AccessDeed {
  if (mode === 'write') return { deed: 'store' };
  if (mode === 'update') return { deed: 'change' };
  if (mode !== 'address' || spelled !== file.main) return { deed: 'read' };
  for (const { expression } of expressionsAt(file, nameToken)) {
    if (expression.kind !== 'call') continue;
    const at = expression.arguments.findIndex((argument) => isAddressOf(argument, access.expression));
    if (at >= 0) return byCall(file, expression, at);
  }
  return { deed: 'read' };
}

function isAddressOf(argument: Expression, member: Expression): boolean {
  const core = uncast(argument);
  return core.kind === 'unary' && core.operator === Punct.Ampersand && core.operand === member;
}

function byCall(
  file: FileAnalysis,
  { callee, arguments: given }: Expression & { kind: 'call' },
  at: number,
): AccessDeed {
  const type = strip(typeOf(callee, file.globals));
  const called = type.kind === 'pointer' ? strip(type.to) : type;
  const by = callee.kind === 'name' ? callee.name : undefined;
  const taken = called.kind === 'function' ? called.parameters[at]?.type : undefined;
  const bare = taken && strip(taken);
  if (called.kind !== 'function' || bare?.kind !== 'pointer' || qualifiersOf(bare.to).isConst)
    return { deed: 'read', ...(by !== undefined && { by }) };
  const isStore = by !== undefined && isStoring(by) && given.length > 1 && strip(called.returns).kind === 'void';
  return { deed: isStore ? 'store' : 'change', ...(by !== undefined && { by }) };
}
