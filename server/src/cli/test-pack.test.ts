/** `overlint rules --test`: every shipped pack's examples hold, and what does not hold is shown. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shippedPacks } from '../packs/pack';
import { runOverlint } from '../testing/command';
import { emptyFolder, writeFiles } from '../testing/disk-tree';

const PACK = `pack: parcels
encoded:
  - rule: encoded-pointer
    record: parcel
    header: include/parcel.h
    member: label
    bits: [0]
    accessors: { read: parcel_label }
    because: it says that the parcel is sealed
examples:
  - rule: encoded-pointer
    headers:
      include/parcel.h: |
        struct parcel { unsigned long label; };
        char *parcel_label(struct parcel *parcel);
    code: |
      #include <parcel.h>
      char *bad(struct parcel *parcel)
      {
              return (char *)parcel->label;
                             ^^^^^^^^^^^^^ parcel->label is taken for a pointer as it is
      }
`;

async function testing(text: string) {
  const folder = emptyFolder();
  writeFiles(folder, { 'parcels.yaml': text });
  return runOverlint(['rules', '--test', 'parcels.yaml'], { folder });
}

describe('overlint rules --test', () => {
  it.each(shippedPacks.filter(({ examples = [] }) => examples.length > 0).map(({ pack }) => pack))(
    'finds that all examples of %s hold',
    async (pack) => {
      const { out, code } = await runOverlint(['rules', '--test', pack], { folder: '/' });
      expect(out).not.toContain('FAIL');
      expect(out).toMatch(/(\d+) of \1 examples hold\n$/);
      expect(code).toBe(0);
    },
  );

  it('finds that the pack in docs/packs.md works as the page says', async () => {
    const page = fs.readFileSync(path.resolve(import.meta.dirname, '../../../docs/packs.md'), 'utf8');
    const { out, code } = await testing(/```yaml\n([\s\S]*?)```/.exec(page)![1]);
    expect(page).toContain(`$ overlint rules --test .overlint/parcels.yaml\n${out}`);
    expect(code).toBe(0);
  });

  it("runs a user's own pack", async () => {
    const { out, code } = await testing(PACK);
    expect(out).toBe('ok   encoded-pointer (example 1)\n1 of 1 examples hold\n');
    expect(code).toBe(0);
  });

  it('shows where an example and the linter differ', async () => {
    const { out, code } = await testing(PACK.replace(/ *\^+ .*\n/, '').replace('char *bad', 'char *good'));
    expect(out).toContain('FAIL encoded-pointer (example 1)\n--- a/example.c\n+++ b/example.c\n@@ -2,4 +2,5 @@\n');
    expect(out).toMatch(/\n\+ +\^{13} parcel->label is taken for a pointer as it is\. Bit 0 of it is a tag/);
    expect(out).toMatch(/0 of 1 examples hold\n$/);
    expect(code).toBe(1);
  });

  it.each([
    [
      'a pack with a mistake, at its place',
      PACK.replace('member:', 'membr:'),
      /^parcels\.yaml:6:5: "membr" is no key here/m,
    ],
    ['a pack without examples', PACK.slice(0, PACK.indexOf('examples:')), /parcels has no examples to run/],
  ])('ends with 2 on %s', async (_what, text, expected) => {
    const { err, code } = await testing(text);
    expect(err).toMatch(expected);
    expect(code).toBe(2);
  });

  it('names what ships where there is no such pack, and says of a rule that is none', async () => {
    const { err, code } = await runOverlint(['rules', '--test', 'parcel'], { folder: emptyFolder() });
    expect(err).toMatch(/There is no file parcel, and no pack of that name ships; those that do: mm, .*scatterlist/);
    expect(code).toBe(2);
    expect((await testing(PACK.replaceAll('encoded-pointer', 'encoded-ptr'))).err).toMatch(
      /^parcels\.yaml:\d+:\d+: "encoded-ptr" is no rule: "overlint rules" lists them/,
    );
  });
});
