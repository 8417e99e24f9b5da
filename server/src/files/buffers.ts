/** Buffers: texts that count in place of what the disk holds, as an editor shows them, or as a fix or a patch would leave them. */
import type { SourceReader } from '../text/text';

/** Byte strings by absolute path; undefined for a file that counts as absent. */
export type Texts = ReadonlyMap<string, string | undefined>;

/** Where the texts come from; they may change at any time. */
export type BufferTexts = Pick<Texts, 'has' | 'get'>;

/** Files with buffers over them. */
export class Buffers implements SourceReader {
  constructor(
    private readonly below: SourceReader,
    private readonly texts: BufferTexts,
  ) {}

  read(file: string): string | undefined {
    return this.texts.has(file) ? this.texts.get(file) : this.below.read(file);
  }

  exists(file: string): boolean {
    return this.texts.has(file) ? this.texts.get(file) !== undefined : this.below.exists(file);
  }
}
