/** What waits for a pool's workers, and who takes what. */

/** A task that waits. */
export interface Waiting<Task> {
  readonly task: Task;
}

/** Workers are known here by their identity alone. */
export interface TaskQueue<Task, Item extends Waiting<Task>> {
  /** Adds a task that no worker has looked at. */
  add(item: Item): void;
  /** Takes a task back that its worker put off. */
  putBack(item: Item): void;
  /** What a worker does next, and as which task; undefined where nothing is for it. */
  next(worker: object): { readonly item: Item; readonly task: Task } | undefined;
  /** A worker is there no more. */
  left(worker: object): void;
  /** Takes out all that is waiting. */
  clear(): Item[];
}

/** Makes the queue of one pool. */
export type CreateQueue<Task> = <Item extends Waiting<Task>>() => TaskQueue<Task, Item>;

/** First come, first served. */
export class FirstComeQueue<Task, Item extends Waiting<Task>> implements TaskQueue<Task, Item> {
  private readonly items: Item[] = [];

  add(item: Item): void {
    this.items.push(item);
  }

  putBack(item: Item): void {
    this.items.unshift(item);
  }

  next(): { readonly item: Item; readonly task: Task } | undefined {
    const item = this.items.shift();
    return item && { item, task: item.task };
  }

  left(): void {}

  clear(): Item[] {
    return this.items.splice(0);
  }
}
