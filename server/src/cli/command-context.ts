/** What a command knows of the world around it, passed in so that a test can stand in for a terminal. */

import { workerScript } from '../files/entry-points';
import type { Execution } from '../workers/run-request';
import type { Threads } from '../workers/threads';
import type { EarlyWorker } from '../workers/worker-thread';
import { throughPager } from './pager';

export interface Output {
  /** Unicode text, written as UTF-8. */
  write(text: string): void;
  /** A byte string, written as it is. */
  writeBytes(text: string): void;
  readonly isTerminal: boolean;
  /** The stream below, for the progress bar; only where it is a terminal. */
  readonly stream?: NodeJS.WriteStream;
}

export interface CommandContext {
  /** Where the user stands, absolute. */
  readonly folder: string;
  readonly out: Output;
  readonly err: Output;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Shows text to whoever sits at the terminal, page by page; false where nothing can. */
  readonly page?: (text: Uint8Array) => boolean;
  /** Who checks, in place of the product's worker threads. */
  readonly execution?: Execution;
  /** A worker thread that was started as the program was. */
  readonly early?: EarlyWorker;
}

/** Who does the work of a command that no linter is asked for: worker threads, or this thread where a test wants it so. */
export function threadsFor({ execution }: CommandContext, jobs: number): Threads {
  if (execution) return 'script' in execution ? execution : {};
  return { script: workerScript(), jobs };
}

/** Exit codes, a contract: see DESIGN.md. */
export const EXIT = { clean: 0, findings: 1, trouble: 2 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A request that can't be met as it was made. The message says what is wrong, and what would be right. */
export class UsageError extends Error {}

/** The context of this process. */
export function commandContext(process: NodeJS.Process): CommandContext {
  return {
    folder: process.cwd(),
    out: outputTo(process.stdout),
    err: outputTo(process.stderr),
    environment: process.env,
    page: (text) => throughPager(text, process.env),
  };
}

function outputTo(stream: NodeJS.WriteStream): Output {
  const isTerminal = stream.isTTY === true;
  return {
    write: (text) => void stream.write(text),
    writeBytes: (text) => void stream.write(Buffer.from(text, 'latin1')),
    isTerminal,
    stream: isTerminal ? stream : undefined,
  };
}

/** Characters that are gathered before they are written: each write is a call into the system. */
const GATHERED = 1 << 16;

/** Writes many small pieces of text in few calls. */
export function writeAll(output: Output, pieces: Iterable<string>): void {
  let gathered = '';
  for (const piece of pieces) {
    gathered += piece;
    if (gathered.length < GATHERED) continue;
    output.write(gathered);
    gathered = '';
  }
  if (gathered !== '') output.write(gathered);
}
