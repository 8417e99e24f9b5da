/** Files in portions for workers. */

/** Files in one message to a worker: enough to hide the message's cost, few enough to keep all workers busy to the end. */
const BATCH = 256;

/** Whoever waits for all hears of a failure; until then it is nobody's. */
export function watched<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

/** Files that come in parts, in portions for a message each. */
export function* batchesOf(parts: Iterable<readonly string[]>): Generator<readonly string[]> {
  let batch: string[] = [];
  for (const part of parts) {
    for (const file of part) {
      batch.push(file);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
