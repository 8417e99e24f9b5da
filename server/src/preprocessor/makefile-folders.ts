/** Folders that Makefiles add with `-I` for their own sources. Their text is read for its words; nothing is run. */
import type { SourceReader } from '../text/text';
import { folderOf, join } from './includes';

export class MakefileFolders {
  private readonly known = new Map<string, readonly string[]>();

  constructor(
    private readonly kernel: string,
    private readonly reader: SourceReader,
    /** Folders whose headers another board's folder may hide: what stands in them is not known. */
    private readonly hidden: ReadonlySet<string> = new Set(),
  ) {}

  /** What the Makefile of a folder, or of one above it, adds; what is computed stays unknown. */
  of(folder: string): readonly string[] {
    const known = this.known.get(folder);
    if (known) return known;
    const { kernel } = this;
    const found: string[] = [];
    if (folder.startsWith(`${kernel}/`)) {
      for (const name of ['Makefile', 'Kbuild']) {
        const text = this.reader.read(`${folder}/${name}`);
        for (const match of text?.matchAll(/-I\s*(\S+)/g) ?? []) {
          const written = match[1]
            .replace(/\$[({](?:src|obj)[)}]/g, folder)
            .replace(/\$[({](?:srctree|objtree)[)}]/g, kernel);
          if (written.includes('$')) continue;
          const added = written.startsWith('/') ? join(written, '.') : join(kernel, written);
          if (!this.hidden.has(added)) found.push(added);
        }
      }
      found.push(...this.of(folderOf(folder)));
    }
    this.known.set(folder, found);
    return found;
  }
}
