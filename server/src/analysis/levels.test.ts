/** How loudly rules speak, by rule and by file. */
import { describe, expect, it } from 'vitest';
import { Linter } from '../linter';
import { parseFixture, TREE } from '../testing/fixture';
import { type LevelSettings, Levels, levelsForChanges } from './levels';
import type { RuleMetadata } from './rule';

/** `file: severity` of each finding in two files that touch page->pgmap. */
function said(levels: LevelSettings, rules?: readonly string[]): string[] {
  const { files, reader } = parseFixture(`
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /mm/a.c
void *a(struct page *page) { return page->pgmap; }
//- /drivers/staging/b.c
void *b(struct page *page) { return page->pgmap; }
`);
  const options = { ahead: false, levels, rules: rules && new Set(rules) };
  const linter = new Linter({ kernel: TREE, build: TREE, arch: 'x86', reader }, options);
  return files.flatMap(({ path, text }) =>
    linter.lint({ path, text }).findings.map(({ severity }) => `${path.slice(TREE.length + 1)}: ${severity}`),
  );
}

describe('levels', () => {
  it('take the place of the severity that a rule has by itself', () => {
    expect(said({ levels: {}, overrides: [] })).toEqual(['mm/a.c: error', 'drivers/staging/b.c: error']);
    expect(said({ levels: { 'raw-pgmap': 'info' }, overrides: [] })).toEqual([
      'mm/a.c: info',
      'drivers/staging/b.c: info',
    ]);
    expect(said({ levels: { 'raw-pgmap': 'off' }, overrides: [] })).toEqual([]);
    expect(said({ levels: { 'raw-pgmap': 'on' }, overrides: [] })).toEqual(said({ levels: {}, overrides: [] }));
  });

  it.each([
    'drivers/staging',
    './drivers/staging/',
    'drivers/**/*.c',
    '**/b.c',
    '**/*g/?.c',
    'drivers/{gpu,staging}/[a-c].c',
    '!mm/**',
  ])('may differ for %s', (files) => {
    const overrides = [{ files: [files], levels: { 'raw-pgmap': 'off' as const } }];
    expect(said({ levels: { 'raw-pgmap': 'warning' }, overrides })).toEqual(['mm/a.c: warning']);
  });

  it('take no longer for a glob that asks for all ways to cut a name', () => {
    const levels = new Levels({
      levels: {},
      overrides: [{ files: [`**/${'*a'.repeat(30)}*b`], levels: { x: 'off' } }],
    });
    const rule = { id: 'x', defaultOn: true } as RuleMetadata;
    expect(levels.levelOf(rule, `mm/${'a'.repeat(250)}/${'a'.repeat(250)}.c`)).toBe('on');
  }, 2000);

  it('come from the last override that fits, and may turn a rule on for some files alone', () => {
    const off = { files: ['**'], levels: { 'raw-pgmap': 'off' as const } };
    const on = { files: ['mm'], levels: { 'raw-pgmap': 'hint' as const } };
    expect(said({ levels: {}, overrides: [off, on] })).toEqual(['mm/a.c: hint']);
    expect(said({ levels: { 'raw-pgmap': 'off' }, overrides: [on] })).toEqual(['mm/a.c: hint']);
  });

  it('do not keep a rule silent that is asked for by name', () => {
    expect(said({ levels: { 'raw-pgmap': 'off' }, overrides: [] }, ['raw-pgmap'])).toHaveLength(2);
    expect(said({ levels: { 'raw-pgmap': 'info' }, overrides: [] }, ['tag-bit-clash'])).toEqual([]);
  });

  it('turn rules on for a change that are off otherwise, unless somebody said so', () => {
    const rule = { id: 'x', defaultOn: false, isOnForChanges: true } as RuleMetadata;
    const isOn = (said = {}) => new Levels({ levels: levelsForChanges([rule], said), overrides: [] }).mayBeOn(rule);
    expect([isOn(), isOn({ [rule.id]: 'off' })]).toEqual([true, false]);
    // A rule that compares both sides of a change knows by itself that there is one.
    expect(levelsForChanges([{ ...rule, change: () => [] }])).toEqual({});
  });
});
