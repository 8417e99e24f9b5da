/** Looks through a tree for the uses of a member's bytes, shared among worker threads; may be told to stop. */

import type { Problem } from '../files/problem';
import { listSources } from '../project/listing';
import type { WantedRecord } from '../project/record-finder';
import type { Tree } from '../project/tree';
import type { UsesQuery } from '../queries/uses';
import { compareText } from '../text/text';
import { stopping } from './cancelled';
import { mergeProblems, mergeStats } from './merge';
import { TaskPool } from './task-pool';
import {
  type LocatedUse,
  layoutsAreKnown,
  type UsesAnswer,
  UsesPart,
  type UsesSetup,
  type UsesTask,
} from './uses-part';

export type { LocatedUse };

/** Worker threads, or, without a script, this thread. */
export type UsesStaff = { readonly script: string; readonly jobs: number } | { readonly script?: undefined };

export interface UsesRequest {
  readonly tree: Tree;
  readonly record: WantedRecord;
  /** A path from the record: `lru`, `lru.next`. */
  readonly member: string;
  /** Absolute paths of files and folders to look through; the whole tree where there are none. */
  readonly paths?: readonly string[];
  readonly cache: boolean;
  readonly staff: UsesStaff;
  /** What an editor shows in place of what the disk holds. */
  readonly texts?: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
  onProgress?(done: number, total: number): void;
}

export interface UsesReport {
  readonly query: UsesQuery;
  /** Sorted by file, from the kernel folder, and place. */
  readonly uses: readonly LocatedUse[];
  /** `unresolved: REASON` and `files.read`. */
  readonly stats: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
}

/** The record or the member is not there, or its bytes are not known; the message is a whole sentence. */
export class NoSuchMember extends Error {}

/** Files in one task: few, so that a search ends soon after it is told to, and all workers are busy to the end. */
const BATCH = 64;

/** The heap of one worker, in megabytes. */
const HEAP_MEGABYTES = 2048;

/** @throws NoSuchMember, Cancelled */
export async function findUses(request: UsesRequest): Promise<UsesReport> {
  const { tree, record, member, signal, staff } = request;
  if (!layoutsAreKnown(tree))
    throw new NoSuchMember(`No layout is known for ${tree.arch}: there is no data model for it.`);
  const setup: UsesSetup = { kind: 'uses', tree, cache: request.cache, texts: request.texts ?? new Map() };
  const crew = staff.script === undefined ? new Alone(setup) : inThreads(staff.script, staff.jobs, setup);
  const cancelled = stopping(signal, 'The search was stopped.');
  try {
    const ask = (tasks: readonly UsesTask[], onDone: (count: number) => void = () => {}) =>
      Promise.race([crew.all(tasks, onDone), cancelled]);
    const [named] = await ask([{ kind: 'name', record, member }]);
    if (!named.query) throw new NoSuchMember(named.error);
    const { query } = named;
    const listing = listSources(tree, request.paths ?? [tree.kernel]);
    const tasks: UsesTask[] = [];
    for (let at = 0; at < listing.files.length; at += BATCH)
      tasks.push({ kind: 'search', query, files: listing.files.slice(at, at + BATCH) });
    const total = listing.files.length;
    request.onProgress?.(0, total);
    const answers = await ask(tasks, (count) => request.onProgress?.(Math.min(total, count * BATCH), total));
    return {
      query,
      uses: merged(answers),
      stats: mergeStats([
        { 'files.read': sum(answers, ({ read }) => read) },
        ...answers.map(({ counters }) => counters),
      ]),
      problems: mergeProblems([...listing.problems, ...answers.flatMap(({ problems }) => problems)]),
    };
  } finally {
    await crew.close();
  }
}

interface UsesCrew {
  all(tasks: readonly UsesTask[], onDone: (count: number) => void): Promise<UsesAnswer[]>;
  close(): Promise<void>;
}

function inThreads(script: string, jobs: number, setup: UsesSetup): UsesCrew {
  return new TaskPool<UsesTask, UsesAnswer>({ script, jobs: Math.max(1, jobs), setup, heapMegabytes: HEAP_MEGABYTES });
}

/** All work in this thread, for tests. It gives way after each task, so that it can be told to stop. */
class Alone implements UsesCrew {
  private readonly part: UsesPart;

  constructor(setup: UsesSetup) {
    this.part = new UsesPart(setup);
  }

  async all(tasks: readonly UsesTask[], onDone: (count: number) => void): Promise<UsesAnswer[]> {
    const answers: UsesAnswer[] = [];
    for (const task of tasks) {
      await new Promise((resolve) => setImmediate(resolve));
      answers.push(this.part.answer(task));
      onDone(answers.length);
    }
    return answers;
  }

  async close(): Promise<void> {}
}

/** Each use once: one that a header's macro spells comes up from every file that uses the macro. */
function merged(answers: readonly UsesAnswer[]): LocatedUse[] {
  const once = new Map<string, LocatedUse>();
  for (const use of answers.flatMap(({ uses }) => uses)) {
    const key = `${use.path}\0${use.start}`;
    const known = once.get(key);
    if (!known || RANK[use.mode] < RANK[known.mode]) once.set(key, use);
  }
  return [...once.values()].sort((a, b) => compareText(a.path, b.path) || a.start - b.start);
}

/** A macro may be written to by one file and read by another; a write is the stronger word. */
const RANK: Readonly<Record<LocatedUse['mode'], number>> = { write: 0, read: 1, address: 2 };

function sum(answers: readonly UsesAnswer[], count: (answer: UsesAnswer) => number): number {
  return answers.reduce((total, answer) => total + count(answer), 0);
}
