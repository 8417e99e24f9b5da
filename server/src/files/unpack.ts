/** Unpacks what a build or a distribution may have packed, by how its bytes begin. */
import zlib from 'node:zlib';
import { isXz, MOST_UNPACKED_BYTES, unpackXz } from './xz';

/** Versions of Node.js that know zstd have this. */
type WithZstd = typeof zlib & { zstdDecompressSync?(bytes: Uint8Array, options?: zlib.ZlibOptions): Uint8Array };

/** The bytes themselves where they are not packed. @throws Error that says what is wrong with them. */
export function unpacked(bytes: Uint8Array): Uint8Array {
  if (isXz(bytes)) return unpackXz(bytes);
  const options = { maxOutputLength: MOST_UNPACKED_BYTES };
  if (beginsWith(bytes, [0x1f, 0x8b])) return zlib.gunzipSync(bytes, options);
  if (!beginsWith(bytes, [0x28, 0xb5, 0x2f, 0xfd])) return bytes;
  const { zstdDecompressSync } = zlib as WithZstd;
  if (zstdDecompressSync) return zstdDecompressSync(bytes, options);
  throw new Error(
    `it is packed by zstd, which Node.js ${process.versions.node} can't unpack; take Node.js 22.15 or newer, or unpack it: zstd -d`,
  );
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}
