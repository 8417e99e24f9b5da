/** Unpacks .xz files (the .xz file format, version 1.2.1), as kernels' modules are packed. */
import { Lzma2Decoder } from './lzma2';

const MAGIC = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];
const HEADER_SIZE = 12;
const FOOTER_SIZE = 12;
const LZMA2 = 0x21;

/** What a file unpacks to at most; a small file may claim any size. */
export const MOST_UNPACKED_BYTES = 1 << 30;

/** Bytes of each kind of check, by its number. */
const CHECK_SIZES = [0, 4, 4, 4, 8, 8, 8, 16, 16, 16, 32, 32, 32, 64, 64, 64];

export function isXz(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, index) => bytes[index] === byte);
}

/** What a .xz file of one stream holds. @throws Error that says what is wrong with it. */
export function unpackXz(bytes: Uint8Array): Uint8Array {
  const end = bytes.length - FOOTER_SIZE;
  const hasFooter = end >= HEADER_SIZE && bytes[end + 10] === 0x59 && bytes[end + 11] === 0x5a;
  if (!hasFooter || end % 4 !== 0) throw new Error('the .xz file is cut short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const indexAt = end - 4 * (view.getUint32(end + 4, true) + 1);
  const { size, blocks } = readIndex(bytes, indexAt);
  const output = new Uint8Array(size);
  const decoder = new Lzma2Decoder(output);
  let at = HEADER_SIZE;
  let to = 0;
  for (let block = 0; block < blocks; block++) {
    at = behindBlockHeader(bytes, at);
    to = decoder.decode(bytes, at, to);
    at = decoder.at + (-decoder.at & 3) + CHECK_SIZES[bytes[7] & 0x0f];
  }
  if (at !== indexAt || to !== size) throw new Error('the .xz file is damaged: its index does not fit its blocks');
  return output;
}

/** How many blocks there are, and what all of them unpack to. */
function readIndex(bytes: Uint8Array, at: number): { size: number; blocks: number } {
  if (at < HEADER_SIZE || bytes[at] !== 0)
    throw new Error('the .xz file is damaged: its index is not where it should be');
  const reader = { at: at + 1 };
  const blocks = numberAt(bytes, reader);
  let size = 0;
  for (let block = 0; block < blocks; block++) {
    numberAt(bytes, reader);
    size += numberAt(bytes, reader);
    if (size > MOST_UNPACKED_BYTES) throw new Error(`the .xz file holds more than ${MOST_UNPACKED_BYTES} bytes`);
  }
  return { size, blocks };
}

function behindBlockHeader(bytes: Uint8Array, at: number): number {
  const end = at + (bytes[at] + 1) * 4;
  const flags = bytes[at + 1];
  const reader = { at: at + 2 };
  if (flags & 0x40) numberAt(bytes, reader);
  if (flags & 0x80) numberAt(bytes, reader);
  if ((flags & 3) !== 0 || numberAt(bytes, reader) !== LZMA2)
    throw new Error('the .xz file is packed by another filter than LZMA2');
  return end;
}

/** A number of seven bits a byte, the lowest first. */
function numberAt(bytes: Uint8Array, reader: { at: number }): number {
  let value = 0;
  for (let index = 0; index < 9; index++) {
    if (reader.at >= bytes.length) break;
    const byte = bytes[reader.at++];
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return value;
  }
  throw new Error('the .xz file is damaged: a number in it has no end');
}
