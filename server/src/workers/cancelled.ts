/** Work that its user tells to stop. */

/** The user has told the work to stop. */
export class Cancelled extends Error {}

/** Rejects with Cancelled once the signal says stop, and never settles otherwise; for a race with the work. */
export function stopping(signal: AbortSignal | undefined, message: string): Promise<never> {
  const stopped = new Promise<never>((_, reject) => {
    const stop = (): void => reject(new Cancelled(message));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
  // Nobody may be waiting any more when it comes.
  stopped.catch(() => {});
  return stopped;
}
