/** Work that is to do without headers, and ends where it would need some. */

/** Headers have to be read for what was asked, and whoever asked wants to do without. */
class HeadersNeeded extends Error {}

export class HeaderUse {
  private isWithout = false;

  /** Does some work; undefined where it comes to what takes headers. */
  without<T>(work: () => T): T | undefined {
    this.isWithout = true;
    try {
      return work();
    } catch (error) {
      if (!(error instanceof HeadersNeeded)) throw error;
      return undefined;
    } finally {
      this.isWithout = false;
    }
  }

  /** What is done next takes headers. */
  need(): void {
    if (this.isWithout) throw new HeadersNeeded('not without headers');
  }
}
