/** How far a run has come. */

export interface Progress {
  readonly step: 'scan' | 'lint';
  /** Files of this step that are done, of so many. */
  readonly done: number;
  /** Undefined as long as files are still listed: a total that is told does not grow. */
  readonly total?: number;
}

/**
 * Counts files of a step that are done, and tells whoever asked about the run.
 *
 * @param total Files of the step; a function where that is not known yet.
 */
export function counter(
  step: Progress['step'],
  total: number | (() => number | undefined),
  request: { onProgress?(progress: Progress): void },
): (files: number) => void {
  let done = 0;
  const tell = (): void => request.onProgress?.({ step, done, total: typeof total === 'number' ? total : total() });
  tell();
  return (files) => {
    done += files;
    tell();
  };
}
