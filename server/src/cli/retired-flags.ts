/** Flags that were renamed before the first release: they are refused with the name that they have now. */
import { UsageError } from './surroundings';

const FLAGS: Readonly<Record<string, string>> = {
  '--ahead': '--newer-kernels',
  '--no-reach': '--changed-files-only',
  '--also': '--output',
};

/** @throws UsageError where a word before `--` is a flag of old. */
export function refuseRetiredFlags(args: readonly string[]): void {
  for (const word of args) {
    if (word === '--') return;
    const [flag] = word.split('=', 1);
    if (Object.hasOwn(FLAGS, flag)) throw new UsageError(`${flag} is now ${FLAGS[flag]}.`);
  }
}
