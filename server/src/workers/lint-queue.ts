/**
 * The queue of a pool that lints.
 *
 * Headers are what costs: a worker that checks a file by its headers has read most of the kernel's before long, and its
 * code has grown fast by then. In a run over many files that is done by as few workers as keep up with it; the others scan,
 * and check what is checked without a header.
 */
import type { LintTask } from './lint-job';
import type { TaskQueue, Waiting } from './task-queue';

/** So many files wait for each worker that reads headers before another one begins to. */
const BACKLOG = 16;

export class LintQueue<Item extends Waiting<LintTask>> implements TaskQueue<LintTask, Item> {
  private readonly scans: Item[] = [];
  private readonly lints: Item[] = [];
  /** Files that can't be checked without their headers. */
  private readonly putOff: Item[] = [];
  private readonly readers = new Set<object>();

  /** @param apart Only as many workers as necessary read headers: worth it where files are many. */
  constructor(private readonly apart: boolean) {}

  add(item: Item): void {
    const { task } = item;
    if (task.kind === 'scan') this.scans.push(item);
    else (task.kind === 'lint' && task.takesHeaders ? this.putOff : this.lints).push(item);
  }

  putBack(item: Item): void {
    this.putOff.push(item);
  }

  next(worker: object): { readonly item: Item; readonly task: LintTask } | undefined {
    if (!this.apart || this.readers.size === 0) this.readers.add(worker);
    if (!this.readers.has(worker)) {
      const item = this.lints.shift() ?? this.scans.shift();
      if (item || this.putOff.length <= BACKLOG * this.readers.size) return item && { item, task: alone(item.task) };
      this.readers.add(worker);
    }
    const item = this.putOff.shift() ?? this.lints.shift() ?? this.scans.shift();
    return item && { item, task: item.task };
  }

  left(worker: object): void {
    this.readers.delete(worker);
  }

  clear(): Item[] {
    return [this.scans, this.lints, this.putOff].flatMap((items) => items.splice(0));
  }
}

/** A task as a worker gets it that reads no headers. */
function alone(task: LintTask): LintTask {
  return task.kind === 'lint' ? { kind: 'lintAlone', file: task.file } : task;
}
