/** A reader in which some texts stand in place of what the disk holds: fixes that are not written yet. */
import type { SourceReader } from '../syntax/text';

export class Overlay implements SourceReader {
  private readonly texts = new Map<string, string>();

  constructor(private readonly below: SourceReader) {}

  /** From now on, the file reads as this byte string. */
  set(file: string, text: string): void {
    this.texts.set(file, text);
  }

  get(file: string): string | undefined {
    return this.texts.get(file);
  }

  read(file: string): string | undefined {
    return this.texts.get(file) ?? this.below.read(file);
  }

  exists(file: string): boolean {
    return this.texts.has(file) || this.below.exists(file);
  }
}
