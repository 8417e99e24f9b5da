/** Keeps results between runs together with what they were made from; one is given again only while that is unchanged. */

import { Disk } from '../files/disk';
import { buildId } from '../files/entry-points';
import type { Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { Cache, cacheKey } from './cache';
import { type Trace, TraceCheck } from './trace';

interface Remembered {
  readonly trace: Trace;
  readonly result: unknown;
}

export class ResultMemory {
  private readonly revisit: TraceCheck;

  constructor(
    private readonly tree: Tree,
    private readonly cache: Cache = new Cache(),
  ) {
    this.revisit = new TraceCheck(new Disk(tree.roots), new FileGroups(tree), tree.kernel);
  }

  /** What was kept under a question (anything that JSON can hold), if it would come out the same today. */
  recall<Result>(question: unknown): Result | undefined {
    const bytes = this.cache.get(this.keyOf(question));
    if (bytes === undefined) return undefined;
    const { trace, result } = JSON.parse(bytes.toString('utf8')) as Remembered;
    return this.revisit.finds(trace) ? (result as Result) : undefined;
  }

  keep(question: unknown, trace: Trace, result: unknown): void {
    if (trace.refused.length > 0) return;
    const remembered: Remembered = { trace, result };
    this.cache.put(this.keyOf(question), Buffer.from(JSON.stringify(remembered), 'utf8'));
    this.cache.trim();
  }

  private keyOf(question: unknown): string {
    return cacheKey([buildId(), JSON.stringify(this.tree), JSON.stringify(question)]);
  }
}
