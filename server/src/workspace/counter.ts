/** How far a run has come. */

export interface Progress {
  readonly step: 'scan' | 'lint';
  /** Files of this step that are done, of so many. */
  readonly done: number;
  readonly total: number;
}

/** Counts files of a step that are done, and tells whoever asked about the run. */
export function counter(
  step: Progress['step'],
  total: number,
  request: { onProgress?(progress: Progress): void },
): (files: number) => void {
  let done = 0;
  request.onProgress?.({ step, done, total });
  return (files) => {
    done += files;
    request.onProgress?.({ step, done, total });
  };
}
