/** What texts are looked through for claims on bits. */
import { expect, it } from 'vitest';
import { shippedPacks } from './pack';
import { claimWords, maySpeakOfBits } from './patterns';

const shipped = shippedPacks.flatMap((pack) => pack.claims ?? []);

it('are those in which a sentence begins with the bit, as a number or a word', () => {
  const words = claimWords(shipped);
  for (const word of ['Bit zero', 'Bit two', 'Bit 0', 'Bit 63']) expect(words).toContain(word);
  expect(words).not.toContain('Bit');
});

it('are all that speak of a bit where a pack has a pattern of its own', () => {
  const own = { pattern: 'tagged by its lowest bit \\((\\d)\\)', kind: 'sets' } as const;
  expect(claimWords([...shipped, own])).toEqual(['Bit', 'bit']);
  expect(maySpeakOfBits([...shipped, own], 'tagged by its lowest\n\t * bit (0)')).toBe(true);
});

it.each([
  ['Bit 1 is set', true],
  ['\t/* Bit 1\n\t * is set */', true],
  ['/* Bit 1 */ int is; /* set */', false],
  ['valid if bit two\n * is set', true],
  ['Orbit 1 is set', false],
])('%j: %j', (text, may) => {
  expect(maySpeakOfBits(shipped, text)).toBe(may);
});
