/**
 * Lets through what is a message of the protocol by its frame, and nothing else: behind a damaged one the reader of the
 * library waits for ever, or takes the next for a part of it.
 */
import { Transform, type TransformCallback } from 'node:stream';

/** The longest message that is taken, in bytes; the largest file that is read has 64 million, and JSON may double it. */
const MOST_BYTES = 1 << 27;

/** The longest header, in bytes. */
const MOST_HEADER = 4096;

/** So many bytes at the end of a message are looked at for its end. */
const MOST_SPACE = 64;

const START = Buffer.from('Content-Length:');
const END = Buffer.from('\r\n\r\n');
/** Of two lengths the last one counts, as it does for the reader: behind the first a message was cut short. */
const HEADER = /^(?:[\w-]+:[^\r\n]*\r\n)*Content-Length: *(\d{1,9})\r\n(?:[\w-]+:[^\r\n]*\r\n)*\r\n$/i;

const BEGUN = /^Content-Length: *\d{1,9}\r\n(?:[\w-]+:[^\r\n]*\r\n)*\r\n/i;
const MAY_BEGIN = /^Content-Length: *\d{0,9}(?:\r(?:\n[\w-]*(?::[^\r\n]*)?)?)?\r?$/i;

export class WholeMessages extends Transform {
  private held: Buffer = Buffer.alloc(0);
  /** Up to where the message that has begun was looked through for the start of another. */
  private looked = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.held = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk]);
    while (this.takeOne());
    done();
  }

  /** Takes a message, or what is none, off the front; false where more has to come first. */
  private takeOne(): boolean {
    const end = this.held.indexOf(END);
    if (end < 0) return this.held.length > MOST_HEADER && this.skip();
    const body = end + END.length;
    const length = Number(HEADER.exec(this.held.toString('latin1', 0, body))?.[1] ?? Number.NaN);
    if (!(length <= MOST_BYTES)) return this.skip();
    const next = this.headerWithin(body, length);
    if (next !== undefined) return next >= 0 && this.skip(next);
    if (this.held.length < body + length) return false;
    // JSON-RPC is an object or a list: what ends otherwise was cut short, and ends with a part of the next header.
    if (!/[}\]]\s*$/.test(this.held.toString('latin1', Math.max(body, body + length - MOST_SPACE), body + length)))
      return this.skip(this.held.indexOf(START, body));
    this.push(this.held.subarray(0, body + length));
    return this.leave(body + length);
  }

  /**
   * Where the next message begins within this one, which was cut short then: in JSON no line ends stand within a text.
   * Undefined where none does; -1 where that can't be told yet.
   */
  private headerWithin(body: number, length: number): number | undefined {
    const frame = this.held.subarray(0, body + length);
    for (let at = Math.max(body, this.looked - START.length); ; at++) {
      at = frame.indexOf(START, at);
      if (at < 0) break;
      const text = this.held.toString('latin1', at, at + MOST_HEADER);
      if (BEGUN.test(text)) return at;
      if (MAY_BEGIN.test(text)) return -1;
    }
    this.looked = frame.length;
    return undefined;
  }

  /** Leaves out what stands before the next header. */
  private skip(to = this.held.indexOf(START, 1)): boolean {
    // The start of a header may have come already.
    return this.leave(to >= 0 ? to : Math.max(1, this.held.length - START.length)) && to >= 0;
  }

  private leave(bytes: number): boolean {
    this.held = this.held.subarray(bytes);
    this.looked = 0;
    return true;
  }
}
