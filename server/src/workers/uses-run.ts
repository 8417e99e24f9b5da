/** Looks through a tree for the uses of a member's bytes, shared among workers; may be told to stop. */

import type { Problem } from '../files/problem';
import { listSources } from '../project/listing';
import type { WantedRecord } from '../project/record-finder';
import type { Tree } from '../project/tree';
import type { UsesQuery } from '../queries/uses';
import { compareText } from '../text/text';
import { stopping } from './cancelled';
import { crashed } from './crashed';
import { askAboutFiles } from './job';
import { mergeProblems, mergeStats } from './merge';
import { executorFor, type Threads } from './threads';
import { type LocatedUse, layoutsAreKnown, type UsesAnswer, UsesJob, type UsesSetup, type UsesTask } from './uses-job';

export type { LocatedUse };

type SearchTask = Extract<UsesTask, { kind: 'search' }>;

interface UsesRequest {
  readonly tree: Tree;
  readonly record: WantedRecord;
  /** A path from the record: `lru`, `lru.next`. */
  readonly member: string;
  /** Absolute paths of files and folders to look through; the whole tree where there are none. */
  readonly paths?: readonly string[];
  readonly cache: boolean;
  readonly threads: Threads;
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

/** The heap of one worker; a batch takes a second or two. */
const LIMITS = { heapMegabytes: 2048, taskMilliseconds: 120_000 };

/** @throws NoSuchMember, Cancelled */
export async function findUses(request: UsesRequest): Promise<UsesReport> {
  const { tree, record, member, signal, threads } = request;
  if (!layoutsAreKnown(tree))
    throw new NoSuchMember(`No layout is known for ${tree.arch}: there is no data model for it.`);
  const setup: UsesSetup = { tree, cache: request.cache, texts: request.texts ?? new Map() };
  const executor = executorFor(threads, { job: 'uses', setup, limits: LIMITS }, (own) => new UsesJob(own));
  const cancelled = stopping(signal, 'The search was stopped.');
  try {
    const named = await Promise.race([executor.ask({ kind: 'name', record, member }), cancelled]);
    if (named.kind !== 'done')
      throw new NoSuchMember(`The worker failed at ${record.name} (${named.kind === 'lost' ? named.reason : 'late'}).`);
    const { query, error } = named.answer;
    if (!query) throw new NoSuchMember(error);
    const listing = listSources(tree, request.paths ?? [tree.kernel, ...(tree.module ? [tree.module] : [])]);
    const batches: (readonly string[])[] = [];
    for (let at = 0; at < listing.files.length; at += BATCH) batches.push(listing.files.slice(at, at + BATCH));
    const total = listing.files.length;
    let done = 0;
    const lost: Problem[] = [];
    request.onProgress?.(0, total);
    const searches = batches.map(async (files) => {
      const found = await askAboutFiles<SearchTask, UsesAnswer>(
        executor,
        { kind: 'search', query, files },
        (path, reason) => lost.push({ path, message: crashed(reason) }),
      );
      done += files.length;
      request.onProgress?.(done, total);
      return found;
    });
    const answers = (await Promise.race([Promise.all(searches), cancelled])).flat();
    return {
      query,
      uses: merged(answers),
      stats: mergeStats([
        { 'files.read': sum(answers, ({ read }) => read) },
        ...answers.map(({ counters }) => counters),
      ]),
      problems: mergeProblems([...listing.problems, ...lost, ...answers.flatMap(({ problems }) => problems)]),
    };
  } finally {
    await executor.close();
  }
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
