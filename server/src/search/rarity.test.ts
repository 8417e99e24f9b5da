import { describe, expect, it } from 'vitest';
import { byteRarity, textRarity } from './rarity';

const rarity = (text: string): number => textRarity(Buffer.from(text, 'latin1'));

describe('textRarity', () => {
  it('goes by how often letters follow each other', () => {
    expect(rarity('size')).toBeLessThan(rarity('ze_t'));
    expect(rarity('lock')).toBeLessThan(rarity('unlo'));
    expect(rarity('ing')).toBeLessThan(rarity('gni'));
  });

  it('knows any byte', () => {
    expect(byteRarity(0x20)).toBeLessThan(byteRarity(0x7e));
    expect(byteRarity(0xff)).toBeGreaterThan(15);
  });
});
