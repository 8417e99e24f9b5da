/** Settings of the JavaScript runtime for a program that runs for seconds, on as many threads as there are cores. */
import v8 from 'node:v8';

/**
 * The runtime's compiler is made for programs that run for long, and each thread has one of its own: of a run over a whole
 * kernel it took a quarter. It compiles later here, and leaves out what pays off in a minute. `npm run bench:tree` shows it.
 */
const FLAGS = [
  '--interrupt-budget=250000',
  '--max-inlined-bytecode-size-cumulative=500',
  '--no-turbo-loop-peeling',
  '--no-turbo-load-elimination',
];

/** Versions of V8 that have these flags, those of Node 20 and 22; another one would complain of what it does not know. */
const KNOWN = /^1[12]\./;

/** To be called before anything is run that takes time; threads that are started later have the same settings. */
export function tuneRuntime(): void {
  if (KNOWN.test(process.versions.v8)) for (const flag of FLAGS) v8.setFlagsFromString(flag);
}
