/** A progress bar on stderr, where that is a terminal and the run takes long enough to wonder. */
import { SingleBar } from 'cli-progress';
import type { Progress } from '../workspace/run';
import type { Output } from './surroundings';

/** Milliseconds before the bar appears. */
const PATIENCE = 700;

const STEPS: Readonly<Record<Progress['step'], string>> = { scan: 'Looking for candidates', lint: 'Checking' };

export interface ProgressBar {
  update(progress: Progress): void;
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
        bar = new SingleBar({ format: '{step} [{bar}] {value}/{total} files', stream, clearOnComplete: true });
        bar.start(total, done, { step: STEPS[step] });
      }
      bar.setTotal(total);
      bar.update(done, { step: STEPS[step] });
    },
    stop: () => bar?.stop(),
  };
}
