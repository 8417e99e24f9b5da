/** What the server does while nobody asks it anything: it reads the headers that the first document will take. */

export class IdleWork {
  private next: NodeJS.Immediate | undefined;

  /** Goes through some work, a step whenever no message waits, in place of what was begun before. */
  start(work: Iterator<unknown>): void {
    this.stop();
    this.next = setImmediate(() => {
      if (!work.next().done) this.start(work);
    });
  }

  /** There is something to do. */
  stop(): void {
    clearImmediate(this.next);
    this.next = undefined;
  }
}
