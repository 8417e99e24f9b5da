/** What a comparison by order says of a member: `box->rev < 3`. */
import { ordered } from '../facts/ranges';
import { Punct } from '../text/tokens';
import type { BinaryExpression, Expression } from '../types/ast';
import { type Answer, answer } from './answers';
import type { MemberOfObject } from './object-paths';

const ORDERS: ReadonlyMap<number, readonly [sign: string, mirrored: string]> = new Map([
  [Punct.Less, ['<', '>']],
  [Punct.LessEqual, ['<=', '>=']],
  [Punct.Greater, ['>', '<']],
  [Punct.GreaterEqual, ['>=', '<=']],
]);

/**
 * @param holds How the test came out.
 * @param boundIn Gives a number, or a constant by its name.
 */
export function* saidByOrder(
  { operator, left, right }: BinaryExpression,
  holds: boolean,
  memberIn: (expression: Expression) => MemberOfObject | undefined,
  boundIn: (expression: Expression) => string | undefined,
): Iterable<Answer> {
  const signs = ORDERS.get(operator);
  if (!signs) return;
  for (const [value, constant, sign] of [[left, right, signs[0]] as const, [right, left, signs[1]] as const]) {
    const member = memberIn(value);
    const bound = member && boundIn(constant);
    if (!member || bound === undefined) continue;
    const said = ordered(member.path, sign, bound);
    yield answer(member, said.asked, said.holds === holds);
  }
}
