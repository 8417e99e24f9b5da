/** Settings of the JavaScript runtime for a program that runs for seconds, on as many threads as there are cores. */
import v8 from 'node:v8';

/**
 * The runtime's compiler is made for programs that run for long, and each thread has one of its own: of a run over a whole
 * kernel it took a quarter. It leaves out here what pays off in a minute. `npm run bench:tree` shows it.
 */
const COMPILE_LESS = [
  '--max-inlined-bytecode-size-cumulative=500',
  '--no-turbo-loop-peeling',
  '--no-turbo-load-elimination',
];

/**
 * What is read of headers stays until the end: it is for nothing to look for garbage again and again from the first few
 * megabytes on. In megabytes, of each thread.
 */
const EXPECT_MEMORY = '--initial-old-space-size=128';

/** By version of V8, those of Node 20, 22 and 24; another one would complain of what it does not know. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  // It compiles later, too.
  11: ['--interrupt-budget=250000', ...COMPILE_LESS, EXPECT_MEMORY],
  12: ['--invocation-count-for-turbofan=6000', ...COMPILE_LESS, EXPECT_MEMORY],
  13: [...COMPILE_LESS, EXPECT_MEMORY],
};

/** To be called before anything is run that takes time; threads that are started later have the same settings. */
export function tuneRuntime(): void {
  for (const flag of FLAGS[process.versions.v8.split('.')[0]] ?? []) v8.setFlagsFromString(flag);
}
