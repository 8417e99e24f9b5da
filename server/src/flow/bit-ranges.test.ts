/** Sets of bits as ranges: what is added, what two have in common, what is missing. */
import { describe, expect, it } from 'vitest';
import { commonBits, missingBits, NO_BITS, withBits, withEach } from './bit-ranges';

describe('ranges of bits', () => {
  it('grow together where they touch, and stay apart where they do not', () => {
    expect(withBits([0, 8, 32, 40], 8, 32)).toEqual([0, 40]);
    expect(withBits([0, 8], 16, 24)).toEqual([0, 8, 16, 24]);
    expect(withBits(NO_BITS, 3, 3)).toEqual([]);
  });

  it('take in the same part of each of many elements in one walk', () => {
    expect(withEach(NO_BITS, 8, 8, 32, 3)).toEqual([8, 16, 40, 48, 72, 80]);
    expect(withEach([0, 8, 44, 72, 200, 208], 8, 8, 32, 3)).toEqual([0, 16, 40, 80, 200, 208]);
    expect(withEach([0, 8], 8, 32, 32, 3)).toEqual([0, 104]);
    expect(withEach([64, 72], 8, 8, 0, 1)).toEqual([8, 16, 64, 72]);
    let all = NO_BITS;
    for (let part = 0; part < 4; part++) all = withEach(all, part * 8, 8, 32, 20_000);
    expect(all).toEqual([0, 640_000]);
  });

  it('have in common what is in both', () => {
    expect(commonBits([0, 16, 32, 64], [8, 40, 60, 70])).toEqual([8, 16, 32, 40, 60, 64]);
  });

  it('miss what no range holds', () => {
    expect(missingBits([0, 40, 64, 104], 0, 128)).toEqual([40, 64, 104, 128]);
    expect(missingBits([0, 128], 8, 64)).toEqual([]);
  });
});
