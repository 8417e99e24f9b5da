/** Where the bundled parts of the product stand beside each other, and how one starts another. */
import path from 'node:path';

/** The worker thread's script, beside the script that runs. */
export function workerScript(): string {
  return path.join(__dirname, 'worker.js');
}

/** Starts the language server's bundle in this process; it lives until its client ends it. */
export function startServer(): void {
  require(path.join(__dirname, 'server.js'));
}
