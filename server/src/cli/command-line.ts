/** All of the command line, dist/command-line.js: loaded by its entry, which starts more at the same time. */
import { reasonOf } from '../files/errno';
import type { EarlyWorker } from '../workers/worker-thread';
import { commandContext, EXIT } from './command-context';
import { overlint } from './overlint';

/** Does what this process was started for. @param early A thread that was started for a check. */
export function runCommandLine(early: EarlyWorker | undefined): void {
  // Whoever reads our output may have had enough of it (`overlint check | head`); that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    process.stderr.write(`overlint: the output can't be written: ${reasonOf(error)}.\n`);
    process.exit(EXIT.trouble);
  });
  // Nobody can be told of that; the exit code says what came out.
  process.stderr.on('error', () => {});

  overlint(process.argv.slice(2), { ...commandContext(process), early }).then((code) => {
    process.exitCode = code;
  });
}
