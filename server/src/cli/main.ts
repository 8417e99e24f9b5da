/** The command line's entry: dist/cli.js. */
import { overlint } from './overlint';
import { tuneRuntime } from './runtime';
import { surroundingsOf } from './surroundings';

tuneRuntime();

// Whoever reads our output may have had enough of it (`overlint check | head`); that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

overlint(process.argv.slice(2), surroundingsOf(process)).then((code) => {
  process.exitCode = code;
});
