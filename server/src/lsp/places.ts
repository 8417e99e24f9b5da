/** Where any file's lines lie and what the client calls it, whether it is open or only on disk. */
import type { Description } from '../queries/describe';
import { readable } from '../text/text';
import type { OpenDocuments } from './documents';
import { Positions } from './positions';

export class Places {
  /** Lines of files on disk: every diagnostic of a rule points to the same few headers. */
  private readonly onDisk = new Map<string, Positions | undefined>();

  constructor(
    private readonly documents: OpenDocuments,
    private readonly read: (path: string) => string | undefined,
    private readonly uriOnDisk: (path: string) => string,
  ) {}

  uriOf(path: string): string {
    return this.documents.atPath(path)?.uri ?? this.uriOnDisk(path);
  }

  /** Undefined where the file can't be read. */
  positionsOf(path: string): Positions | undefined {
    const open = this.documents.atPath(path);
    if (open) return open.positions;
    if (!this.onDisk.has(path)) {
      const text = this.read(path);
      this.onDisk.set(path, text === undefined ? undefined : new Positions(text));
    }
    return this.onDisk.get(path);
  }

  /** Whether the disk has this very text of a file. */
  isOnDisk(path: string, text: string): boolean {
    return this.read(path) === text;
  }

  /** The editor's number for the file's state; null where it is not open, as the protocol wants it. */
  versionOf(path: string): number | null {
    return this.documents.atPath(path)?.version ?? null;
  }

  /** A description's text with its places as links; its diagrams stay as they are. */
  linked({ markdown, places }: Pick<Description, 'markdown' | 'places'>): string {
    const parts = readable(markdown).split(FENCE);
    for (const [name, place] of places ?? []) {
      const line = this.positionsOf(place.path)?.positionAt(place.start).line;
      if (line === undefined) continue;
      const shown = readable(name);
      const uri = this.uriOf(place.path).replace(/[()]/g, (one) => (one === '(' ? '%28' : '%29'));
      const target = `[${shown}](${uri}#L${line + 1})`;
      // Parentheses hold the name of a file; the name of a member is a link in the middle of a sentence.
      const link = shown.startsWith('`') ? target : `(${target})`;
      for (let part = 0; part < parts.length; part += 2) parts[part] = parts[part].replaceAll(`(${shown})`, () => link);
    }
    return parts.join('```');
  }

  /** The file changed on disk; all files without a path. */
  forget(path?: string): void {
    if (path === undefined) this.onDisk.clear();
    else this.onDisk.delete(path);
  }
}

/** Begins and ends a code block. */
const FENCE = /^```/m;
