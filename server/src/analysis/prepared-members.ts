/** Members whose address a call is given that stores there first: `list_add(&job->entry, …)` prepares the state in which they are valid. */
import type { MemberEffects } from '../flow/member-effects';
import { Punct } from '../text/tokens';
import type { Expression, Statement } from '../types/ast';
import { walkStatement } from '../types/walk';
import { uncast } from './stored-value';

/** The names of functions that set something up, be their bodies elsewhere or empty in this configuration. */
const SETS_UP = /^(?!.*(?:^|_)(?:del|remove|move|replace|splice|cut)(?:_|$)).*(?:^|_)(?:init|setup)(?:_|$)/;

/** The member accesses of a body that are no more than what a call stores to. */
export function preparedIn(body: Statement, effects: MemberEffects): ReadonlySet<Expression> {
  const found = new Set<Expression>();
  walkStatement(body, (part) => {
    if (part.kind !== 'call' || part.callee.kind !== 'name' || part.callee.declaration) return;
    const { name } = part.callee;
    for (const [index, argument] of part.arguments.entries()) {
      const core = uncast(argument);
      const member = core.kind === 'unary' && core.operator === Punct.Ampersand ? uncast(core.operand) : undefined;
      if (member?.kind !== 'member') continue;
      if (SETS_UP.test(name) || effects.ofField(name, index) === 'stores') found.add(member);
    }
  });
  return found;
}
