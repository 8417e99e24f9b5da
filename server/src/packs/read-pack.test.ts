/** A pack that anybody wrote is read, or refused with the place and what to do; nothing in it can stop the work. */
import { describe, expect, it } from 'vitest';
import { claimMatches } from './patterns';
import { MAX_PACK_BYTES, readPack } from './read-pack';

const RULES = ['unguarded-pgmap', 'reserved-member'];

/** A pack with one typestate, of which one line is another. */
function typestateWith(line: string, other: string): string {
  const text = [
    'pack: a',
    'typestates:',
    '  - typestate: owned',
    '    rule: unguarded-pgmap',
    '    record: parcel',
    '    gate: seal',
    '    dimensions: { owner: [owned, none] }',
    '    moves:',
    '      - { call: [seal], dimension: owner, from: { unknown: owned }, to: none, note: sealed here }',
    '    tests:',
    "      - { call: [sealed], dimension: owner, holds: [owned], 'yes': owned, 'no': none, note: found here }",
    '    forbids:',
    '      - when: { dimension: owner, states: [owned] }',
    '        touch: label',
    "        message: '{object} is sealed ({line})'",
    '    letGo: []',
    '    mayChange: []',
    '    raw: []',
    '',
  ].join('\n');
  expect(problemsOf(text)).toEqual([]);
  expect(text).toContain(line);
  return text.replace(line, other);
}

function problemsOf(bytes: string): string[] {
  return readPack(bytes, RULES).problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
}

describe('readPack', () => {
  it('reads what keeps to the schema', () => {
    const { pack } = readPack(
      'pack: mine\nguarded:\n  - { rule: unguarded-pgmap, call: f, because: it must not see NULL }\n',
      RULES,
    );
    expect(pack).toEqual({
      pack: 'mine',
      guarded: [{ rule: 'unguarded-pgmap', call: 'f', because: 'it must not see NULL' }],
    });
  });

  it('names the new key for one of an earlier version', () => {
    const problems = problemsOf(typestateWith('dimension: owner, from', 'aspect: owner, from'));
    expect(problems).toContain('9:25: the key "aspect" is now "dimension"');
  });

  it.each([
    [
      'an unknown key, at the key',
      'pack: a\nmaskd: []\n',
      /^2:1: "maskd" is no key here; there are pack, moved, masked/,
    ],
    [
      'a key that is missing, at the entry',
      'pack: a\nguarded:\n  - rule: x\n    call: f\n',
      /^3:5: the key "because" is missing$/,
    ],
    ['a value of another kind', 'pack: a\ncontext: linux/mm.h\n', /^2:10: context must be a list$/],
    [
      'a value that is none of several',
      "pack: a\nclaims:\n  - { pattern: '(1)', kind: sometimes }\n",
      /^3:29: kind must be one of sets, keeps clear$/,
    ],
    [
      'a choice that is not made',
      'pack: a\nencoded:\n  - { rule: r, bits: [0], accessors: { read: f }, because: b }\n',
      /^3:5: this entry must have exactly one of: record with header with member; pointer; typedef$/,
    ],
    ['a key by its earlier name', 'pack: a\nprotocols: []\n', /^2:1: the key "protocols" is now "typestates"$/],
    [
      'a rule that there is not',
      'pack: a\nguarded:\n  - { rule: unguarded-map, call: f, because: b }\n',
      /^3:13: "unguarded-map" is no rule: "overlint rules" lists them$/,
    ],
    [
      'a rule by its earlier name, in a list',
      'pack: a\nexempt:\n  - { rules: [direct-counter], files: [mm/a.c], because: b }\n',
      /^3:15: "direct-counter" is now "reserved-member"/,
    ],
    [
      'a member that is no name',
      "pack: a\ncounts:\n  - { calls: [f], record: page, member: 'a->b', tags: [slab] }\n",
      /^3:41: member must be a name as C writes it$/,
    ],
    [
      'a function that is no name',
      'pack: a\nguarded:\n  - { rule: unguarded-pgmap, call: f(), because: b }\n',
      /^3:36: call must be a name as C writes it$/,
    ],
    [
      'a dimension that there is not',
      typestateWith('dimension: owner, from', 'dimension: holder, from'),
      /^9:36: "holder" is no dimension here; there are owner$/,
    ],
    [
      'a state that a move leads to, and that there is not',
      typestateWith('to: none', 'to: nobody'),
      /^9:73: "nobody" is no state of owner; there are owned, none, unknown$/,
    ],
    [
      'a state of a test that there is not',
      typestateWith('holds: [owned]', 'holds: [own]'),
      /^11:53: "own" is no state/,
    ],
    [
      'a state of a forbidden that there is not',
      typestateWith('states: [owned]', 'states: [own]'),
      /^13:44: "own" is no state/,
    ],
    [
      'a placeholder that there is not',
      typestateWith('{object} is', '{page} is'),
      /^15:18: \{page\} is no placeholder; there are \{object\}, \{line\}, \{word\}$/,
    ],
    [
      'the shared word of members that are not named',
      typestateWith('({line})', '({word})'),
      /^15:18: \{word\} is the word that the overlaid members share, and "overlaid" names none$/,
    ],
    [
      'a saying that is no pattern',
      "pack: a\nreserved: { sayings: ['('] }\n",
      /^2:23: pattern is no regular expression in RE2 syntax/,
    ],
    ['the same key twice', 'pack: a\npack: b\n', /^2:1: Map keys must be unique$/],
    ['text that is no YAML', 'pack: [a\n', /^2:1: Flow sequence in block collection must be/],
    [
      'an alias, before it is followed',
      'pack: a\ncontext: &c [x]\nexamples: *c\n',
      /^2:13: &c is an anchor, which packs do not have$/,
    ],
    ['a tag', 'pack: !!js/function "function () {}"\n', /^1:7: Unresolved tag: tag:yaml.org,2002:js\/function$/],
    ['two documents', 'pack: a\n---\npack: b\n', /^2:1: Source contains multiple documents/],
    ['a list where a map belongs', '- a\n', /^1:1: a pack must be a map of keys and values$/],
    ['nothing at all', '# later\n', /^1:1: is empty; a pack starts with "pack: NAME"$/],
    ['bytes that are no text', 'pack: \xff\n', /^1:1: is not UTF-8$/],
    ['a binary file', '\x7fELF\0\0', /^1:1: is binary, not YAML$/],
    [
      'a file of a size that no pack has',
      `pack: ${'a'.repeat(MAX_PACK_BYTES)}`,
      /^1:1: is too large for a pack: the limit is 1024 kB$/,
    ],
    ['lists in lists in lists', `pack: ${'['.repeat(50_000)}`, /is nested too deeply$/],
    [
      'a pattern that is none',
      "pack: a\nclaims:\n  - { pattern: '(', kind: sets }\n",
      /^3:16: pattern is no regular expression in RE2 syntax/,
    ],
    [
      'a pattern that looks back',
      "pack: a\nclaims:\n  - { pattern: '(a)\\1', kind: sets }\n",
      /^3:16: pattern is no regular expression in RE2 syntax/,
    ],
    [
      'a pattern without the bit',
      "pack: a\nclaims:\n  - { pattern: 'bit 1', kind: sets }\n",
      /^3:16: pattern must have a group that is the bit/,
    ],
  ])('refuses %s', (_what, bytes, expected) => {
    const problems = problemsOf(bytes);
    expect(problems[0]).toMatch(expected);
    expect(problems.length).toBeLessThanOrEqual(20);
    expect(readPack(bytes, RULES).pack).toBeUndefined();
  });

  it('names several things that are wrong at once, each at its place', () => {
    expect(
      problemsOf('pack: a\nguarded:\n  - { rule: r, call: 7, because: b }\n  - { call: f, because: b }\n'),
    ).toEqual(['3:22: call must be a text', '4:5: the key "rule" is missing']);
  });

  it('does not let aliases grow', () => {
    const lines = ['pack: a', 'a0: &a0 [x]'];
    for (let level = 1; level < 30; level++) lines.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`);
    expect(problemsOf(lines.join('\n'))[0]).toMatch(/is an anchor/);
  });
});

describe('the patterns of packs', () => {
  const match = (pattern: string, text: string) => claimMatches({ pattern, kind: 'sets' }, text);

  it('find the bit, whatever the case', () => {
    expect(match('bit (one|[0-9]+) marks', 'here Bit ONE marks it, bit 3 marks that')).toEqual([
      { text: 'Bit ONE marks', bit: 'ONE' },
      { text: 'bit 3 marks', bit: '3' },
    ]);
  });

  it('end on what would keep a backtracking search busy for years', () => {
    expect(match('(a+)+b', 'a'.repeat(5000))).toEqual([]);
    expect(match('(a*)*(a*)*(a*)*$x', 'a'.repeat(5000))).toEqual([]);
  });
});
