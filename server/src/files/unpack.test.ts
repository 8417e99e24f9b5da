/** Unpacking, beside the programs that pack: skipped where they are missing. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { unpacked } from './unpack';

const TEXT = Buffer.from(
  Array.from({ length: 20_000 }, (_, n) => `struct device${n % 97} *next_${n}; ${(n * n) % 1009}\n`).join(''),
);

/** Bytes that nothing makes shorter. */
const NOISE = Buffer.from(Array.from({ length: 200_000 }, (_, n) => Math.imul(n ^ (n >> 3), 0x9e3779b1) >>> 24));

function packed(bytes: Buffer, ...flags: string[]): Buffer {
  return spawnSync('xz', ['--stdout', ...flags], { input: bytes, maxBuffer: 1 << 26 }).stdout;
}

const hasXz = spawnSync('xz', ['--version']).status === 0;

describe.skipIf(!hasXz)('a .xz file', () => {
  it.each([
    ['as modules are packed', TEXT, ['--check=crc32', '--lzma2=dict=1MiB']],
    ['of bytes that stay as they are', NOISE, []],
    ['of both, in blocks', Buffer.concat([NOISE, TEXT, NOISE, TEXT]), ['--block-size=100000']],
    ['with other properties', TEXT, ['--lzma2=lc=1,lp=3,pb=0,dict=64KiB', '--check=sha256']],
    ['of many blocks that say their sizes', TEXT, ['-T2', '--block-size=50000', '--check=none']],
    ['of nothing', Buffer.alloc(0), []],
  ])('is unpacked %s', (_, bytes, flags) => {
    expect(Buffer.compare(Buffer.from(unpacked(packed(bytes, ...flags))), bytes)).toBe(0);
  });

  it('of another filter is refused with the reason', () => {
    expect(() => unpacked(packed(TEXT, '--x86', '--lzma2'))).toThrow('another filter than LZMA2');
  });

  it('that is damaged gives a reason or other bytes, and never hangs or crashes', () => {
    const whole = packed(TEXT.subarray(0, 3000));
    for (let at = 6; at < whole.length; at++) {
      const damaged = Buffer.from(whole);
      damaged[at] ^= 0x55;
      try {
        expect(unpacked(damaged).length).toBe(3000);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(RangeError);
      }
    }
    for (let length = 6; length < whole.length; length++) expect(() => unpacked(whole.subarray(0, length))).toThrow();
  });
});

it('leaves alone what is not packed', () => {
  expect(unpacked(TEXT)).toBe(TEXT);
});
