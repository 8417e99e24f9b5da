/** What a run asks of those who do its work, be they worker threads or this one; and the crew of one. */
import type { Texts } from './overlay';
import type { Scanned } from './scan';
import { type CreateLinter, type Linted, type Setup, Station, unlinted } from './station';

export interface Crew {
  /** Gets ready for work that is sure to come. */
  start?(): void;
  /** Scans files for candidates. The answers come in the order of `batches`, whoever was faster. */
  scan(batches: readonly (readonly string[])[], onDone: (files: number) => void): Promise<Scanned[]>;
  /** Lints files, each by itself. The answers come in the order of `files`. */
  lint(files: readonly string[], onDone: (files: number) => void): Promise<Linted[]>;
  /** From now on these files read as given. */
  overlay(texts: Texts): void;
  close(): Promise<void>;
}

/** All work in this thread, in order: for tests, and wherever threads can't be had. */
export class CrewOfOne implements Crew {
  private readonly station: Station;

  constructor(setup: Setup, create?: CreateLinter) {
    this.station = new Station(setup, create);
  }

  async scan(batches: readonly (readonly string[])[], onDone: (files: number) => void): Promise<Scanned[]> {
    return batches.map((batch) => {
      const scanned = this.station.scan(batch);
      onDone(batch.length);
      return scanned;
    });
  }

  async lint(files: readonly string[], onDone: (files: number) => void): Promise<Linted[]> {
    return files.map((file) => {
      const linted = this.lintOne(file);
      onDone(1);
      return linted;
    });
  }

  overlay(texts: Texts): void {
    this.station.overlay(texts);
  }

  async close(): Promise<void> {
    this.station.keep();
  }

  private lintOne(file: string): Linted {
    try {
      return this.station.lint(file);
    } catch (error) {
      return unlinted(file, crashed(error));
    }
  }
}

/** A crew that is hired when there is work for it. */
export class LazyCrew implements Crew {
  private crew: Crew | undefined;

  constructor(private readonly hire: () => Crew) {}

  start(): void {
    this.hired();
  }

  async scan(batches: readonly (readonly string[])[], onDone: (files: number) => void): Promise<Scanned[]> {
    return batches.length === 0 ? [] : this.hired().scan(batches, onDone);
  }

  async lint(files: readonly string[], onDone: (files: number) => void): Promise<Linted[]> {
    return files.length === 0 ? [] : this.hired().lint(files, onDone);
  }

  overlay(texts: Texts): void {
    this.hired().overlay(texts);
  }

  async close(): Promise<void> {
    await this.crew?.close();
  }

  private hired(): Crew {
    this.crew ??= this.hire();
    return this.crew;
  }
}

/** The message of a file on which the checker itself failed. */
export function crashed(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return `was not checked, because the checker failed on it (${reason}). Please report this`;
}
