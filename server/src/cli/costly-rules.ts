/** Says what takes long in a run over many files: rules that were asked for by name, and those that are left out for it. */
import type { RuleLevels } from '../analysis/levels';
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

/**
 * What a run over many files leaves out where no rule is named: nobody is to take silence for an answer.
 *
 * @param said Levels that the user's settings have.
 */
export function leftOutNote(said: RuleLevels = {}): string {
  const left = rules.filter(({ id, defaultOn, isCostly }) => defaultOn && isCostly && said[id] === undefined);
  const names = ['what headers say by themselves', ...left.map(({ id }) => id).sort()];
  return `overlint: over so many files these are left out, as they take longer: ${names.join(', ')}; --rule asks for them, --all-rules for all\n`;
}
