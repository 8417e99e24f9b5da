/** Says that rules were asked for by name which take minutes over a tree, as soon as it is known how many files that is. */
import { rules } from '../rules/index';
import type { Progress } from '../workers/counter';
import { isLarge } from '../workers/sources';
import type { Output } from './command-context';

/** @param named Ids of the rules that were asked for. */
export function costlyNote(named: ReadonlySet<string> | undefined, err: Output): (progress: Progress) => void {
  const costly = rules.filter(({ id, parsesAll }) => parsesAll && named?.has(id));
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
