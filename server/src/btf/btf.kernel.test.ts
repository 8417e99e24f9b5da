import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readBtf } from './btf';

const folder = readdirSync('/usr/src').find((name) => /^linux-headers-6\.12\..*-amd64$/.test(name));
const records = readBtf(readFileSync(`/usr/src/${folder}/vmlinux`));

describe("the kernel's own BTF", () => {
  it('holds thousands of records', () => {
    expect(records.filter(({ isTypedef }) => !isTypedef).length).toBeGreaterThan(8500);
  });

  it('says of struct page what pahole says', () => {
    const page = records.find(({ name }) => name === 'page')!;
    expect(page.size).toBe(64);
    expect(page.members.find(({ name }) => name === 'mlock_count')).toMatchObject({ offsetBits: 128, sizeBits: 32 });
  });

  it('keeps the bits of bit-fields', () => {
    const buffer = records.find(({ name }) => name === 'sk_buff')!;
    const field = buffer.members.find(({ name }) => name === 'pfmemalloc')!;
    expect(field).toMatchObject({ sizeBits: 1, isBitField: true });
  });
});
