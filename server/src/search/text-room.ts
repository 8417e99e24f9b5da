/** The place in WebAssembly's memory where a text stands while it is searched; one for each thread. */
import assembled from './word-search.wat';

interface Exports {
  readonly memory: WebAssembly.Memory;
  next(at: number, end: number): number;
}

/** What is read behind the end of a text at most, in bytes. */
const BEHIND = 32;
const PAGE = 1 << 16;

/** The tables of a search: see word-search.wat. Their last part has two bits for each hash of four bytes. */
export const TABLE_BYTES = 128 + 2 * 8192;
export const BITS_AT = 128;

/** Where the text stands, in bytes; the tables come before it. */
const TEXT = TABLE_BYTES;

let exported: Exports | undefined | 'none';
let tables: Uint8Array | undefined;
let room: Buffer | undefined;

function started(): Exports | undefined {
  if (exported === undefined) {
    try {
      const module = new WebAssembly.Module(Buffer.from(assembled, 'base64'));
      exported = new WebAssembly.Instance(module).exports as unknown as Exports;
    } catch {
      exported = 'none';
    }
  }
  return exported === 'none' ? undefined : exported;
}

/**
 * A buffer of at least so many bytes to put a text into. What was in the last one is in this one, too; the last one is
 * not to be used any more.
 */
export function roomFor(length: number): Buffer {
  const memory = started()?.memory;
  if (!memory) {
    if (!room || room.length < length) {
      const larger = Buffer.alloc(Math.max(length, 2 * (room?.length ?? PAGE)));
      room?.copy(larger);
      room = larger;
    }
    return room;
  }
  const missing = TEXT + length + BEHIND - memory.buffer.byteLength;
  if (missing > 0) {
    // Twice as much as there is, so that a file of any size is there after a few steps.
    memory.grow(Math.ceil(Math.max(missing, memory.buffer.byteLength) / PAGE));
    room = undefined;
  }
  room ??= Buffer.from(memory.buffer, TEXT, memory.buffer.byteLength - TEXT - BEHIND);
  return room;
}

/** Whether places can be looked for (see placesBy): there is no WebAssembly under --jitless. */
export function canSearch(): boolean {
  return started() !== undefined;
}

/**
 * What finds places in the text that stands in the room: given an offset and the text's length, the first offset from
 * there on that the tables don't rule out, or the length.
 *
 * @throws Error where there is no WebAssembly.
 */
export function placesBy(wanted: Uint8Array): (at: number, length: number) => number {
  const code = started();
  if (!code) throw new Error('there is no WebAssembly');
  if (tables !== wanted) {
    new Uint8Array(code.memory.buffer, 0, TABLE_BYTES).set(wanted);
    tables = wanted;
  }
  return (at, length) => code.next(TEXT + at, TEXT + length) - TEXT;
}
