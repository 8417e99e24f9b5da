/** Bounds that a member is compared with by order, as states and answers spell them: `rev >= 3`, which holds or does not. */

/** That a member is at least, or more than, a number or a constant. */
export interface Bound {
  readonly member: string;
  readonly operator: '>=' | '>';
  readonly bound: string;
}

/** `rev < 3` as what is asked, and whether it is to hold: `rev >= 3` does not. */
export function ordered(member: string, operator: string, bound: string): { asked: string; holds: boolean } {
  const holds = operator.startsWith('>');
  const isOpen = operator === '>' || operator === '<=';
  return { asked: `${member} ${isOpen ? '>' : '>='} ${bound}`, holds };
}

/** The bound that is asked about; undefined where something else is. */
export function boundIn(asked: string): Bound | undefined {
  const [, member, operator, bound] = /^([\w.]+) (>=?) (\w+)$/.exec(asked) ?? [];
  return bound === undefined ? undefined : { member, operator: operator as Bound['operator'], bound };
}

/** What was asked, and whether it holds, in words: `kind is JOB_RUNS`, `JOB_SPECIAL is not set`, `job_runs() is false`, `rev < 3`. */
export function inWords(asked: string, holds: boolean, equals: string | undefined): string {
  if (equals !== undefined) return `${equals} is ${holds ? '' : 'not '}${asked}`;
  const bound = boundText(asked, holds);
  if (bound !== undefined) return bound;
  return asked.endsWith('()') ? `${asked} is ${holds}` : `${asked} is ${holds ? 'set' : 'not set'}`;
}

/** `rev < 3` where `rev >= 3` does not hold; undefined where no bound is asked about. */
function boundText(asked: string, holds: boolean): string | undefined {
  const one = boundIn(asked);
  if (!one) return undefined;
  return holds ? asked : `${one.member} ${one.operator === '>' ? '<=' : '<'} ${one.bound}`;
}
