/** The command line's entry, dist/cli.js: little, as a thread that checks gets ready while the rest is loaded. */
import { loadCommandLine, workerScript } from '../files/entry-points';
import { EarlyWorker } from '../workers/worker-thread';
import { tuneRuntime } from './runtime';

/** Commands whose work is done by such threads. */
const CHECKS: readonly (string | undefined)[] = ['check', 'kbuild'];

tuneRuntime();
const words = process.argv.slice(2);
const isCheck = CHECKS.includes(words.find((word) => !word.startsWith('-')));
const early = isCheck ? new EarlyWorker(workerScript()) : undefined;
loadCommandLine<typeof import('./command-line')>().runCommandLine(early);
