/** What a run over a tree is asked for, and who works on it. */
import type { Texts } from '../files/buffers';
import type { Linter, LintOptions } from '../linter';
import type { Tree } from '../project/tree';
import type { Progress } from './counter';
import type { CreateLinter } from './lint-job';
import type { Shard } from './sources';
import type { EarlyWorker, WorkerLimits } from './worker-thread';

/** `no`; `show` works the fixes out and writes nothing; `write` puts them into the files. */
export type FixMode = 'no' | 'show' | 'write';

export interface RunRequest {
  readonly tree: Tree;
  /** Absolute paths of files and folders; none means the module out of the tree, or else the whole kernel tree. */
  readonly paths: readonly string[];
  readonly options: LintOptions;
  /** Only this share of the files, from 0, of so many. */
  readonly shard?: Shard;
  readonly fix: FixMode;
  readonly unsafeFixes: boolean;
  readonly cache: boolean;
  readonly execution: Execution;
  /** When no further file is begun, in milliseconds as Date.now() counts them. */
  readonly deadline?: number;
  /** Says when to stop; what was checked until then is kept for the next run. */
  readonly signal?: AbortSignal;
  onProgress?(progress: Progress): void;
}

/** Who does the work: worker threads, or, without a script, this thread with the linter given. */
export type Execution =
  | { readonly script: string; readonly jobs: number; readonly limits?: WorkerLimits; readonly early?: EarlyWorker }
  | { readonly create?: CreateLinter };

/** What earlier runs left, and who can say whether it still holds. */
export interface Memory {
  readonly key: string;
  readonly linter: Linter;
  readonly texts: Texts;
}

/** The part of a request that says who works on what. */
export type WorkRequest = Pick<RunRequest, 'tree' | 'options' | 'cache' | 'execution' | 'deadline' | 'onProgress'>;
