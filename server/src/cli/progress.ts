/** A progress bar on stderr, where that is a terminal and the run takes long enough to wonder. */
import { SingleBar } from 'cli-progress';
import type { Progress } from '../workspace/counter';
import type { Output } from './surroundings';

/** Milliseconds before the bar appears. */
const PATIENCE = 700;

/** What a bar counts, and how many of them are done. */
export interface Counted {
  readonly step: Progress['step'] | 'headers' | 'sources';
  readonly done: number;
  readonly total: number;
}

const STEPS: Readonly<Record<Counted['step'], { readonly doing: string; readonly what: string }>> = {
  scan: { doing: 'Looking for candidates', what: 'files' },
  lint: { doing: 'Checking', what: 'files' },
  headers: { doing: 'Reading headers', what: 'shares' },
  sources: { doing: 'Reading sources', what: 'batches' },
};

export interface ProgressBar {
  update(progress: Counted): void;
  /** Takes the bar away. */
  stop(): void;
}

export function progressBar({ stream }: Output): ProgressBar {
  if (!stream) return { update: () => {}, stop: () => {} };
  const shownFrom = Date.now() + PATIENCE;
  let bar: SingleBar | undefined;
  return {
    update: ({ step, done, total }) => {
      if (!bar) {
        if (Date.now() < shownFrom) return;
        bar = new SingleBar({ format: '{doing} [{bar}] {value}/{total} {what}', stream, clearOnComplete: true });
        bar.start(total, done, STEPS[step]);
      }
      bar.setTotal(total);
      bar.update(done, STEPS[step]);
    },
    stop: () => bar?.stop(),
  };
}
