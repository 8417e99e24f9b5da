/** When documents are checked: at once, but only their newest state, and what merely depends on a change later. */

/**
 * How long nothing must have changed before documents that depend on a changed header are checked again, in
 * milliseconds. The document that is typed in never waits for this.
 */
const QUIET = 250;

export class Schedule {
  /** In the order of asking; the last one is checked first, as it is the one being looked at. */
  private readonly due = new Set<string>();
  private readonly later = new Set<string>();
  private turn = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly check: (uri: string) => void,
    private readonly quiet = QUIET,
  ) {}

  /** Checks a document as soon as the messages that are already here have been read. */
  add(uri: string): void {
    this.later.delete(uri);
    this.due.delete(uri);
    this.due.add(uri);
    this.next();
    if (this.later.size) this.addLater([]);
  }

  /** Checks these once nothing has changed for a while. */
  addLater(uris: Iterable<string>): void {
    for (const uri of uris) if (!this.due.has(uri)) this.later.add(uri);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const uri of [...this.later]) this.add(uri);
    }, this.quiet);
  }

  remove(uri: string): void {
    this.due.delete(uri);
    this.later.delete(uri);
  }

  stop(): void {
    this.due.clear();
    this.later.clear();
    clearTimeout(this.timer);
  }

  /**
   * Messages that have arrived are handed over one in a turn of the event loop. Two turns without another change mean
   * that none is waiting, so that a burst of keystrokes costs one check, and a single one costs no delay.
   */
  private next(): void {
    const turn = ++this.turn;
    setImmediate(() =>
      setImmediate(() => {
        if (turn !== this.turn) return;
        const uri = [...this.due].at(-1);
        if (uri === undefined) return;
        this.due.delete(uri);
        this.check(uri);
        if (this.due.size) this.next();
      }),
    );
  }
}
