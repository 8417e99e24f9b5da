/** Shows text through the user's pager, with git's manners. */
import { spawnSync } from 'node:child_process';

/**
 * Runs OVERLINT_PAGER, PAGER or less, with the terminal as it is, until whoever reads has enough.
 *
 * @returns Whether there was such a program; if not, nothing was shown. An empty name and `cat` ask for none.
 */
export function throughPager(text: Uint8Array, environment: Readonly<Record<string, string | undefined>>): boolean {
  const given = environment.OVERLINT_PAGER ?? environment.PAGER;
  if (given === '' || given === 'cat') return false;
  // less leaves by itself where one screen holds all, lets colours through, and leaves the text where it was.
  const env = { LESS: 'FRX', LV: '-c', ...environment };
  const [program, args] = given === undefined ? ['less', []] : ['/bin/sh', ['-c', given]];
  // Ctrl-C is for the pager: less takes it as the end of a search, and must not be left alone with the terminal.
  const ignore = (): void => {};
  process.on('SIGINT', ignore);
  try {
    const { status, error } = spawnSync(program, args, { input: text, stdio: ['pipe', 'inherit', 'inherit'], env });
    // The shell's word that there is no such program; it may be gone before it was given all of the text.
    if (status === 126 || status === 127) return false;
    return !error || (error as NodeJS.ErrnoException).code === 'EPIPE';
  } finally {
    process.off('SIGINT', ignore);
  }
}
