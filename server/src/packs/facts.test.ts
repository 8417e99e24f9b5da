/** A project's own packs are asked like the shipped ones: by the scan for files, and by the rules. */
import { describe, expect, it } from 'vitest';
import { Linter } from '../linter';
import { check } from '../testing/check';
import { factsWith, shippedFacts } from './facts';
import type { Pack } from './pack';

const own: Pack = {
  pack: 'own',
  masked: [
    {
      rule: 'owner-ops-unmasked',
      record: 'parcel',
      member: 'label',
      bit: 1,
      get: 'parcel_label',
      set: 'parcel_mark',
      clear: 'parcel_unmark',
    },
  ],
};

const SOURCE = `
struct parcel { void *label; /* Bit 1 is set */ };
void *parcel_label(struct parcel *parcel);
void parcel_mark(struct parcel *parcel, void *label);
void parcel_unmark(struct parcel *parcel);
void *f(struct parcel *parcel)
{
        return parcel->label;
}
`;

describe('facts', () => {
  it('are the shipped ones where a project has no packs, and the same value for the same packs', () => {
    expect(factsWith(undefined)).toBe(shippedFacts);
    expect(factsWith([])).toBe(shippedFacts);
    const packs = [own];
    expect(factsWith(packs)).toBe(factsWith(packs));
    expect(factsWith(packs).masked).toEqual([...shippedFacts.masked, ...own.masked!]);
  });

  it('leave out a shipped pack where the project has its own of that name', () => {
    const facts = factsWith([{ ...own, pack: 'mm' }]);
    expect(facts.masked).toEqual(own.masked);
    expect(facts.reserved).toEqual(shippedFacts.reserved);
  });

  it("let rules speak of a project's own members, and find the files that name them", () => {
    const packs = [own];
    check(SOURCE.replace('return parcel->label;', 'return parcel->label; // ok'));
    check(
      SOURCE.replace(
        'parcel->label;\n}',
        'parcel->label;\n               ^^^^^^^^^^^^^ error[owner-ops-unmasked]: parcel->label is read with its tag …\n}',
      ),
      { linter: (project, options) => new Linter({ ...project, packs }, options) },
    );
    const reader = { read: () => undefined, exists: () => false };
    const linter = new Linter({ kernel: '/k', build: '/k', arch: 'x86', reader, packs }, { ahead: false });
    expect(linter.candidateWords()).toContain('label');
  });
});
