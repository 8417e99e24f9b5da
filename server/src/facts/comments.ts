/** What the kernel's own comments say of a record, its members and its views, as plain sentences. */
import type { SourceFile } from '../preprocessor/source';
import type { Place } from '../text/text';
import type { Member, RecordDeclaration } from '../types/model';

interface Comment {
  readonly start: number;
  readonly end: number;
}

/** A kernel-doc comment may stand this far above its record, blanks and attributes between them, in bytes. */
const NEAR = 200;

/** The comments on one record in the file that defines it. Texts are byte strings, as the file's is. */
export class RecordComments {
  /** Of the comments between the record's first and last line, as tokens have them. */
  private readonly offsets: Uint32Array;
  /** What kernel-doc says of members by their names (`@lru: …`), above the record and within it. */
  private readonly documented = new Map<string, string>();
  /** The record as a whole, from the comment above it. */
  readonly ofRecord: string | undefined;

  constructor(
    private readonly file: SourceFile,
    place: Place,
    /** Where the record's last member ends, as an offset. */
    end: number,
  ) {
    const { comments } = file.tokens;
    const last = lineEndAt(file.text, Math.max(end, place.end));
    const found: Comment[] = [];
    let above: Comment | undefined;
    for (let index = 0; index < comments.length && comments[index] < last; index += 2) {
      const comment = { start: comments[index], end: comments[index + 1] };
      if (comment.start >= place.start) found.push(comment);
      else above = comment;
    }
    this.offsets = Uint32Array.from(found.flatMap(({ start, end }) => [start, end]));
    const header = above && this.isAbove(above, place.start) ? this.textOf(above) : undefined;
    if (header !== undefined) this.readTags(header);
    for (const comment of found) if (this.isDoc(comment)) this.readTags(this.textOf(comment));
    this.ofRecord = header === undefined ? undefined : summaryOf(header);
  }

  /** What is said of a member: kernel-doc, or else the comment behind it on its line, or else the one right above it. */
  ofMember({ name, place }: Member): string | undefined {
    if (name === undefined) return undefined;
    const documented = this.documented.get(name);
    if (documented !== undefined || place?.path !== this.file.path) return documented;
    const { text } = this.file;
    const lineStart = text.lastIndexOf('\n', place.start) + 1;
    const lineEnd = lineEndAt(text, place.end);
    const near = commentsAround(this.offsets, lineStart, lineEnd);
    const behind = near.find(
      ({ start }) => start >= place.end && start < lineEnd && !/;.*;/s.test(text.slice(place.end, start)),
    );
    const said = behind ?? near.find((comment) => this.isAbove(comment, lineStart) && !this.isDoc(comment));
    return said && flat(this.textOf(said));
  }

  /** What is said of an anonymous record: the comment behind its opening brace, or else the one right above it. */
  ofView({ place }: RecordDeclaration): string | undefined {
    if (place?.path !== this.file.path) return undefined;
    const { text } = this.file;
    const brace = text.indexOf('{', place.start);
    const lineStart = text.lastIndexOf('\n', place.start) + 1;
    const near = commentsAround(this.offsets, lineStart, lineEndAt(text, brace));
    const opening = near.find(({ start }) => start > brace && /^\s*$/.test(text.slice(brace + 1, start)));
    const said = opening ?? near.find((comment) => this.isAbove(comment, lineStart) && !this.isDoc(comment));
    return said && flat(this.textOf(said));
  }

  /** Whether a comment has its lines to itself and ends right above this place. */
  private isAbove({ start, end }: Comment, below: number): boolean {
    const { text } = this.file;
    if (end > below || below - end > NEAR) return false;
    const startsLine = /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', start) + 1, start));
    return startsLine && /^[ \t]*\n?[ \t]*$/.test(text.slice(end, below));
  }

  private isDoc({ start }: Comment): boolean {
    return this.file.text.startsWith('/**', start);
  }

  /** The comment without its marks, its lines kept. */
  private textOf({ start, end }: Comment): string {
    return this.file.text
      .slice(start, end)
      .replace(/^\/\/[/!]?|^\/\*+|\*+\/$/g, '')
      .replace(/\n[ \t]*\*?[ \t]?/g, '\n')
      .trim();
  }

  private readTags(text: string): void {
    for (const section of text.split(/^(?=[ \t]*@)/m)) {
      const tag = /^[ \t]*@(\w+)(?:\[\])?:([\s\S]*)/.exec(section);
      if (!tag) continue;
      // A blank line ends what is said of a member; what follows is about the whole.
      this.documented.set(tag[1], flat(tag[2].split(/\n[ \t]*\n/)[0]));
    }
  }
}

/** The first paragraph, without the name that kernel-doc begins with. */
function summaryOf(text: string): string | undefined {
  const first = text.split(/\n[ \t]*\n|^[ \t]*@/m)[0];
  return flat(first.replace(/^\s*(?:struct|union)\s+\w+\s*(?:-|:)\s*/, '')) || undefined;
}

/** One line. */
function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/**
 * The comments that may speak of what stands on some lines: those that begin there, and the one before.
 *
 * @param comments Start and end offsets of all comments, in turn.
 */
export function commentsAround(comments: Uint32Array, lineStart: number, lineEnd: number): Comment[] {
  let low = 0;
  let high = comments.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (comments[2 * middle] < lineStart) low = middle + 1;
    else high = middle;
  }
  const found: Comment[] = [];
  for (let at = Math.max(0, low - 1); at < comments.length / 2; at++) {
    if (lineEnd >= 0 && comments[2 * at] >= lineEnd) break;
    found.push({ start: comments[2 * at], end: comments[2 * at + 1] });
  }
  return found;
}

function lineEndAt(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
