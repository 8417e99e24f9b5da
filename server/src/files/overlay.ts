/** A reader in which some texts stand in place of what the disk holds: fixes and patches that are not written. */
import type { SourceReader } from '../text/text';

/** Byte strings by absolute path; undefined for a file that counts as absent. */
export type Texts = ReadonlyMap<string, string | undefined>;

export class Overlay implements SourceReader {
  private readonly texts = new Map<string, string | undefined>();

  constructor(private readonly below: SourceReader) {}

  /** From now on, the file reads as this byte string; without one, as if it were not there. */
  set(file: string, text: string | undefined): void {
    this.texts.set(file, text);
  }

  get(file: string): string | undefined {
    return this.texts.get(file);
  }

  read(file: string): string | undefined {
    return this.texts.has(file) ? this.texts.get(file) : this.below.read(file);
  }

  exists(file: string): boolean {
    return this.texts.has(file) ? this.texts.get(file) !== undefined : this.below.exists(file);
  }
}
