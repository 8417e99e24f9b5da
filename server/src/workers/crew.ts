/** What a run asks of those who do its work, be they worker threads or this one; and the crew of one. */
import type { Texts } from '../files/overlay';
import {
  type Combed,
  type CreateLinter,
  type Linted,
  type ScanWish,
  type Setup,
  SKIPPED_BATCH,
  Station,
  skipped,
} from './station';

/** Files in the portions in which they are given to whoever scans. */
export type Batches = readonly (readonly string[])[];

export interface Crew {
  /** Gets ready for work that is sure to come. */
  start?(): void;
  /**
   * Scans files for candidates. The answers come in the order of `batches`, whoever was faster.
   */
  scan(batches: Batches, onDone: (files: number) => void, wish?: ScanWish): Promise<Combed[]>;
  /**
   * Lints files, each by itself. The answers come in the order of `files`.
   *
   * @param takesHeaders Whether it is known that they take headers.
   */
  lint(files: readonly string[], onDone: (files: number) => void, takesHeaders?: boolean): Promise<Linted[]>;
  /** From now on these files read as given. */
  overlay(texts: Texts): void;
  /** What linting gives from now on is kept for later runs under a key (see Memory). */
  keepResults(key: string): void;
  /** What is asked for from now on is done however late it is. */
  takeTime(): void;
  close(): Promise<void>;
}

/** All work in this thread, in order: for tests, and wherever threads can't be had. */
export class CrewOfOne implements Crew {
  private readonly station: Station;

  /** @param deadline When no further file is begun, in milliseconds as Date.now() counts them. */
  constructor(
    setup: Setup,
    create?: CreateLinter,
    private deadline = Number.POSITIVE_INFINITY,
  ) {
    this.station = new Station(setup, create);
  }

  async scan(batches: Batches, onDone: (files: number) => void, wish?: ScanWish): Promise<Combed[]> {
    return batches.map((batch) => {
      const scanned = Date.now() < this.deadline ? this.station.scan(batch, wish) : SKIPPED_BATCH;
      onDone(batch.length);
      return scanned;
    });
  }

  async lint(files: readonly string[], onDone: (files: number) => void): Promise<Linted[]> {
    return files.map((file) => {
      const linted = Date.now() < this.deadline ? this.station.tryTo('lint', file)! : skipped(file);
      onDone(1);
      return linted;
    });
  }

  overlay(texts: Texts): void {
    this.station.overlay(texts);
  }

  keepResults(key: string): void {
    this.station.keepResults(key);
  }

  takeTime(): void {
    this.deadline = Number.POSITIVE_INFINITY;
  }

  async close(): Promise<void> {
    this.station.keep();
  }
}

/** A crew that is hired when there is work for it. */
export class LazyCrew implements Crew {
  private crew: Crew | undefined;
  private hasTime = false;
  private resultsKey: string | undefined;

  constructor(private readonly hire: () => Crew) {}

  start(): void {
    this.hired();
  }

  async scan(batches: Batches, onDone: (files: number) => void, wish?: ScanWish): Promise<Combed[]> {
    return batches.length === 0 ? [] : this.hired().scan(batches, onDone, wish);
  }

  async lint(files: readonly string[], onDone: (files: number) => void, takesHeaders?: boolean): Promise<Linted[]> {
    return files.length === 0 ? [] : this.hired().lint(files, onDone, takesHeaders);
  }

  overlay(texts: Texts): void {
    this.hired().overlay(texts);
  }

  keepResults(key: string): void {
    this.resultsKey = key;
    this.crew?.keepResults(key);
  }

  takeTime(): void {
    this.hasTime = true;
    this.crew?.takeTime();
  }

  async close(): Promise<void> {
    await this.crew?.close();
  }

  private hired(): Crew {
    if (!this.crew) {
      this.crew = this.hire();
      if (this.hasTime) this.crew.takeTime();
      if (this.resultsKey !== undefined) this.crew.keepResults(this.resultsKey);
    }
    return this.crew;
  }
}
