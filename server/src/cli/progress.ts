/** A progress bar on stderr, where that is a terminal and the run takes long enough to wonder. */
import type { Options, Params, SingleBar } from 'cli-progress';
import type { Progress } from '../workers/counter';
import type { Output } from './command-context';

/** Milliseconds before the bar appears. */
const PATIENCE = 700;

/** What a bar counts, and how many of them are done. */
interface Counted {
  readonly step: Progress['step'] | 'headers' | 'sources' | 'targets' | 'includes' | 'behind';
  readonly done: number;
  /** Undefined as long as it is not known. */
  readonly total?: number;
}

const STEPS: Readonly<Record<Counted['step'], { readonly doing: string; readonly what: string }>> = {
  scan: { doing: 'Looking for candidates', what: 'files' },
  lint: { doing: 'Checking', what: 'files' },
  headers: { doing: 'Reading headers', what: 'shares' },
  targets: { doing: 'Laying out', what: 'targets' },
  sources: { doing: 'Reading sources', what: 'batches' },
  includes: { doing: 'Looking for includes', what: 'batches' },
  behind: { doing: 'Reading headers behind sources', what: 'sources' },
};

interface ProgressBar {
  update(progress: Counted): void;
  /** Takes the bar away. */
  stop(): void;
}

/** What stands on the line; the drawn bar is left out where nothing says how long it is. */
export function progressLine({ step, done, total }: Counted, bar: string): string {
  const { doing, what } = STEPS[step];
  return total === undefined ? `${doing}: ${done} ${what} so far` : `${doing} [${bar}] ${done}/${total} ${what}`;
}

export function progressBar({ stream }: Output): ProgressBar {
  if (!stream) return { update: () => {}, stop: () => {} };
  const shownFrom = Date.now() + PATIENCE;
  let bar: SingleBar | undefined;
  let isLoading = false;
  let isStopped = false;
  let latest: Counted;
  const show = async (): Promise<void> => {
    isLoading = true;
    const library = await import('cli-progress');
    const line = (options: Options, { progress }: Params, counted: Counted): string =>
      progressLine(counted, library.Format.BarFormat(progress, options));
    if (isStopped) return;
    const { done, total } = latest;
    bar = new library.SingleBar({ format: line, stream, clearOnComplete: true });
    bar.start(total ?? done, done, latest);
  };
  return {
    update: (counted) => {
      latest = counted;
      const { done, total } = counted;
      if (!bar) {
        // Most runs are over before it is needed.
        if (!isLoading && Date.now() >= shownFrom) void show();
        return;
      }
      bar.setTotal(total ?? done);
      bar.update(done, counted);
    },
    stop: () => {
      isStopped = true;
      bar?.stop();
    },
  };
}
