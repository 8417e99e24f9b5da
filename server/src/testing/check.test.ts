/** The checker must be able to fail: each test below gives it a linter whose findings are known. */
import { describe, expect, it } from 'vitest';
import type { Finding } from '../analysis/finding';
import type { SourceText } from '../text/text';
import { type CheckOptions, check, checkFix, findingsIn } from './check';
import { parseFixture } from './fixture';

/** A linter that finds every `bad`, and would put `good` in its place. */
const findsBad: CheckOptions = {
  linter: () => ({
    lint: (document: SourceText) => ({
      findings: [...document.text.matchAll(/\bbad\b/g)].map((match): Finding => {
        const place = { path: document.path, start: match.index, end: match.index + 3 };
        const fixes = [{ title: 'say good', safe: true, edits: [{ ...place, text: 'good' }] }];
        return { ...place, rule: 'no-bad', severity: 'error', message: 'bad is not good', related: [], fixes };
      }),
      stats: {},
    }),
  }),
};

describe('check', () => {
  it('passes where the carets say just what is found', () => {
    check(
      `
      int good;
      int bad;
          ^^^ error[no-bad]: bad is not good
      `,
      findsBad,
    );
  });

  it('takes the start of a message for the whole where it ends in an ellipsis', () => {
    check('int bad;\n    ^^^ error[no-bad]: bad is …\n', findsBad);
    expect(() => check('int bad;\n    ^^^ error[no-bad]: good is …\n', findsBad)).toThrow();
  });

  it('reads carets behind a comment sign, and several under one line', () => {
    check(
      `
      int f(int bad, int more) { return bad; }
              //^^^ error[no-bad]: bad is not good
                                        ^^^ error[no-bad]: bad is not good
      `,
      findsBad,
    );
  });

  it('counts a tab as one column, as gcc does', () => {
    check('\tint bad;\n\t    ^^^ error[no-bad]: bad is not good\n', findsBad);
  });

  it.each([
    ['a finding without carets', 'int bad;\n'],
    ['a finding on a line marked ok', 'int bad; // ok\n'],
    ['carets where nothing is found', 'int good;\n    ^^^^ error[no-bad]: bad is not good\n'],
    ['carets one column off', 'int bad;\n   ^^^ error[no-bad]: bad is not good\n'],
    ['carets of another width', 'int bad;\n    ^^ error[no-bad]: bad is not good\n'],
    ['another rule', 'int bad;\n    ^^^ error[no-worse]: bad is not good\n'],
    ['another severity', 'int bad;\n    ^^^ warning[no-bad]: bad is not good\n'],
    ['another message', 'int bad;\n    ^^^ error[no-bad]: bad\n'],
    ['a finding that is told twice', 'int bad;\n    ^^^ error[no-bad]: bad …\n    ^^^ error[no-bad]: bad …\n'],
  ])('fails on %s', (_what, fixture) => {
    expect(() => check(fixture, findsBad)).toThrow();
  });

  it('fails with the carets as they are, under the code', () => {
    // One inside check, one below.
    expect.assertions(2);
    try {
      check('int bad;\n', findsBad);
    } catch (error) {
      expect((error as { actual: string }).actual).toBe(
        '//- /main.c\nint bad;\n    ^^^ error[no-bad]: bad is not good\n',
      );
    }
  });

  it.each([
    ['carets it can not read', 'int bad;\n    ^^^ eror[no-bad]: bad is not good\n', /can't read the carets/],
    ['a directive it can not read', '//- main.c\nint good;\n', /can't read the directive/],
    ['a part that the headers lack', '//- /include/linux/mm_types.h +pgae\nint good;\n', /no part "pgae"/],
    ['a header that is not there', '//- /include/linux/mm_typos.h +page\nint good;\n', /no ready-made header/],
    ['a config line without a value', '//- config: CONFIG_X\nint good;\n', /no config line/],
    ['a line marked ok with carets', 'int bad; // ok\n    ^^^ error[no-bad]: bad …\n', /marked ok/],
  ])('refuses %s', (_what, fixture, why) => {
    expect(() => check(fixture, findsBad)).toThrow(why);
  });
});

describe('a fixture', () => {
  it('holds several files, each with its own carets', () => {
    check(
      `
      //- /include/linux/a.h
      extern int bad;
                 ^^^ error[no-bad]: bad is not good
      //- /mm/a.c
      #include <linux/a.h>
      int good; // ok
      `,
      findsBad,
    );
  });

  it('brings the ready-made headers, and keeps their line numbers whatever parts are taken', () => {
    const lineOf = (source: string, word: string) =>
      parseFixture(source)
        .reader.read('/tree/include/linux/mm_types.h')!
        .split('\n')
        .findIndex((line) => line.includes(word));
    const plain = '//- /include/linux/mm_types.h +page +folio\nint good;\n';
    const owned = '//- /include/linux/mm_types.h +page +folio +owner_ops\nint good;\n';
    expect(lineOf(plain, 'const struct folio_owner_ops *owner_ops;')).toBe(-1);
    expect(lineOf(owned, 'const struct folio_owner_ops *owner_ops;')).toBeGreaterThan(0);
    expect(lineOf(plain, 'FOLIO_MATCH(lru, lru)')).toBe(lineOf(owned, 'FOLIO_MATCH(lru, lru)'));
  });

  it('writes the config as the build would', () => {
    const { reader } = parseFixture('//- config: CONFIG_A=y CONFIG_B=m CONFIG_C=12\nint good;\n');
    expect(reader.read('/tree/.config')).toContain('CONFIG_B=m\n');
    const autoconf = reader.read('/tree/include/generated/autoconf.h');
    expect(autoconf).toContain('#define CONFIG_A 1\n#define CONFIG_B_MODULE 1\n#define CONFIG_C 12\n');
  });

  it('gives its findings to whoever wants to look closer', () => {
    expect(findingsIn('int bad;\n', findsBad).map((finding) => finding.fixes[0].title)).toEqual(['say good']);
  });
});

describe('checkFix', () => {
  it('passes where the fixed files read as told', () => {
    checkFix('int bad, x, bad;\n', 'int good, x, good;\n', findsBad);
  });

  it('fails where they do not', () => {
    expect(() => checkFix('int bad;\n', 'int bad;\n', findsBad)).toThrow();
    expect(() => checkFix('int bad;\n', 'int  good;\n', findsBad)).toThrow();
  });
});
