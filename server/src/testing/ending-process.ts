/**
 * A program that ends threads at random moments while they parse, lets some run out of memory, and then ends itself while
 * one parses: `node ending-process.js WORKER COUNT`.
 */
import { once } from 'node:events';
import { CHECK_LIMITS, startWorker, type WorkerLimits } from '../workers/worker-thread';

const [script, count] = process.argv.slice(2);

async function parsing(limits: WorkerLimits = CHECK_LIMITS) {
  const thread = startWorker(script, limits);
  await once(thread.worker, 'message');
  return thread;
}

async function endSome(): Promise<void> {
  for (let number = 0; number < Number(count); number++) {
    const { worker, end } = await parsing();
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
