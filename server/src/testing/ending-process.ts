/** A program that ends threads at random moments while they parse, and then itself while one does: `node ending-process.js WORKER COUNT`. */
import { once } from 'node:events';
import { CHECK_LIMITS, startWorker } from '../workers/worker-thread';

const [script, count] = process.argv.slice(2);

async function parsing() {
  const thread = startWorker(script, CHECK_LIMITS);
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
  await parsing();
  console.log('ended');
  process.exit(0);
}

void endSome();
