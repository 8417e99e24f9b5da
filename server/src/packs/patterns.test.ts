/** What texts are looked through for claims on bits. */
import { expect, it } from 'vitest';
import { shippedPacks } from './pack';
import { claimWords } from './patterns';

const shipped = shippedPacks.flatMap((pack) => pack.claims ?? []);

it('are those in which a sentence begins with the bit, as a number or a word', () => {
  const words = claimWords(shipped);
  for (const word of ['Bit zero', 'Bit two', 'Bit 0', 'Bit 63']) expect(words).toContain(word);
  expect(words).not.toContain('Bit');
});

it('are all that speak of a bit where a pack has a pattern of another kind', () => {
  expect(claimWords([...shipped, { pattern: 'tagged by its lowest bit \\((\\d)\\)', kind: 'sets' }])).toContain('Bit');
});
