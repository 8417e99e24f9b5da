/**
 * A program that ends threads at random moments while they parse, or while those parse that they started, lets some run out
 * of memory, and then ends itself while one parses: `node ending-process.js WORKER NESTING-WORKER COUNT`.
 */
import { once } from 'node:events';
import { CHECK_LIMITS, startWorker, type WorkerLimits } from '../workers/worker-thread';

const [script, nesting, count] = process.argv.slice(2);

async function parsing(limits: WorkerLimits = CHECK_LIMITS, of = script) {
  const thread = startWorker(of, limits);
  await once(thread.worker, 'message');
  return thread;
}

async function endSome(): Promise<void> {
  for (let number = 0; number < Number(count); number++) {
    const { worker, end } = await parsing(CHECK_LIMITS, number % 2 ? nesting : script);
    await new Promise((resolve) => setTimeout(resolve, number % 7));
    end();
    await once(worker, 'exit');
  }
  for (let number = 0; number < Number(count) / 8; number++) {
    const { worker } = await parsing({ taskMilliseconds: 0, heapMegabytes: 40 });
    const [{ code }] = await once(worker, 'error').catch((error) => [error]);
    if (code !== 'ERR_WORKER_OUT_OF_MEMORY') throw new Error(code);
  }
  await parsing();
  console.log('ended');
  process.exit(0);
}

void endSome();
