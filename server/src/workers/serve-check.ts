/** The thread's side of a background check: runs over the tree that it was started with, and ends. */
import { type MessagePort, parentPort } from 'node:worker_threads';
import { workerScript } from '../files/entry-points';
import type { CheckTask, FromCheck } from './background-check';
import { Cancelled } from './cancelled';
import type { Progress } from './counter';
import { run } from './run';

/** Any message means that it is to stop. */
export function serveCheck({ tree, options, cache, jobs }: CheckTask): void {
  const port = parentPort as MessagePort;
  const stop = new AbortController();
  const tell = (message: FromCheck): void => port.postMessage(message);
  port.once('message', () => stop.abort());
  void run({
    ...{ tree, options, cache, paths: [], fix: 'no', unsafeFixes: false },
    staff: { script: workerScript(), jobs },
    signal: stop.signal,
    onProgress: seldom((progress) => tell({ kind: 'progress', progress })),
  })
    .then(
      ({ findings, problems, files, checked = [] }) =>
        tell({ kind: 'report', report: { findings, problems, files, checked } }),
      (error: unknown) => {
        if (!(error instanceof Cancelled)) tell({ kind: 'failed', reason: String(error) });
      },
    )
    .finally(() => port.close());
}

/** Lets through what changes the percentage. */
function seldom(tell: (progress: Progress) => void): (progress: Progress) => void {
  let told = '';
  return (progress) => {
    const { step, done, total } = progress;
    const place = `${step} ${Math.floor((100 * done) / Math.max(1, total))}`;
    if (place !== told) tell(progress);
    told = place;
  };
}
