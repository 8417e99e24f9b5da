/** Says that rules were asked for by name which take minutes over a tree, as soon as it is known how many files that is. */
import { rules } from '../rules/index';
import type { Progress } from '../workers/counter';
import { isLarge } from '../workers/sources';
import type { Output } from './command-context';

/** What stands in next to every file, so that a rule that asks for it is asked about all of them. */
const EVERYWHERE = 'struct';

/** @param named Ids of the rules that were asked for. */
export function costlyNote(named: ReadonlySet<string> | undefined, err: Output): (progress: Progress) => void {
  const costly = rules.filter(
    ({ id, isCostly, words }) =>
      isCostly && named?.has(id) && typeof words !== 'function' && words.includes(EVERYWHERE),
  );
  let isSaid = costly.length === 0;
  return ({ total }) => {
    if (isSaid || total === undefined || !isLarge(total)) return;
    isSaid = true;
    const names = costly.map(({ id }) => id).sort();
    const who =
      names.length === 1 ? `${names[0]} parses` : `${names.slice(0, -1).join(', ')} and ${names.at(-1)} parse`;
    err.write(`overlint: ${who} every function: ${total.toLocaleString('en-US')} files, this takes minutes\n`);
  };
}
