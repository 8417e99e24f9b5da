import { describe, expect, it } from 'vitest';
import { findMember, offsetOf } from '../layout/member';
import { layoutRecord } from '../layout/record';
import { target } from '../layout/target';
import { anonymous, arrayOf, bits, member, PAGE, struct, union } from '../testing/make-records';
import { isUnknownValue } from '../types/model';
import { flatten, overlays, sharesWith, sharing, words } from './overlay';

const page = layoutRecord(PAGE, target('x86_64'));

describe('members', () => {
  it('are found through anonymous ones', () => {
    expect(findMember(PAGE, 'mlock_count')!.map(({ name }) => name ?? '-')).toEqual([
      '-',
      '-',
      '-',
      '-',
      'mlock_count',
    ]);
    expect(findMember(PAGE, 'next')).toBeUndefined();
  });

  it.each([
    ['lru.prev', 128, 64],
    ['pp', 128, 64],
    ['memcg_data', 448, 64],
  ])('lie where a path says: %s', (path, offsetBits, sizeBits) => {
    expect(offsetOf(PAGE, path, target('x86_64'))).toMatchObject({ offsetBits, sizeBits });
  });

  it.each(['nothing', 'lru.nothing', 'flags.x', 'flags[1]', 'lru.', ''])('have no path %j', (path) => {
    expect(isUnknownValue(offsetOf(PAGE, path, target('x86_64')))).toBe(true);
  });
});

describe('flattening', () => {
  it('gives names as the compiler sees them', () => {
    expect(
      flatten(page)
        .map(({ name }) => name)
        .slice(0, 5),
    ).toEqual(['flags', 'lru', '__filler', 'mlock_count', 'buddy_list']);
    expect(
      flatten(page, { expand: true })
        .map(({ name }) => name)
        .slice(0, 4),
    ).toEqual(['flags', 'lru', 'lru.next', 'lru.prev']);
  });
});

describe('overlays', () => {
  it('are found at any depth', () => {
    const shapes = overlays(page).map(
      ({ offsetBits, sizeBits, views }) => `${offsetBits / 8}+${sizeBits / 8} ${views.length}`,
    );
    expect(shapes).toEqual(['8+40 4', '8+16 3', '32+8 2', '48+4 2']);
  });

  it('say who shares which bits with a member', () => {
    const said = sharing(page, 'lru').map(
      ({ member: { name }, shared }) => `${name} ${shared.offsetBits}:${shared.sizeBits}`,
    );
    expect(said).toEqual([
      '__filler 64:64',
      'mlock_count 128:32',
      'buddy_list 64:128',
      'pp_magic 64:64',
      'pp 128:64',
      'compound_head 64:64',
      'pgmap 64:64',
      'zone_device_data 128:64',
    ]);
    expect(sharing(page, 'lru.prev').map(({ member: { name } }) => name)).not.toContain('lru');
    expect(sharing(page, 'flags')).toEqual([]);
    expect(sharing(page, 'nothing')).toEqual([]);
    expect(sharesWith(page, 48 * 8, 8).map(({ member: { name } }) => name)).toEqual(['page_type', '_mapcount']);
  });

  it('go by bits', () => {
    const record = union([
      member('all', 'unsigned int'),
      anonymous(struct([bits('low', 'int', 3), bits('high', 'int', 5)])),
    ]);
    expect(sharing(layoutRecord(record, target('arm')), 'low').map(({ member: { name } }) => name)).toEqual(['all']);
  });
});

describe('words', () => {
  it('hold what lies in them', () => {
    expect(words(page).map(({ offset, members }) => `${offset} ${members.length}`)).toEqual([
      '0 1',
      '8 6',
      '16 5',
      '24 2',
      '32 3',
      '40 2',
      '48 3',
      '56 1',
    ]);
  });

  it('wholly inside of a long member are left out', () => {
    const record = struct([member('buffer', arrayOf('char', 2 ** 40)), member('end', 'char')]);
    const said = words(layoutRecord(record, target('x86_64'))).map(({ offset }) => offset);
    expect(said).toEqual([0, 2 ** 40 - 8, 2 ** 40]);
  });

  it('end with the record', () => {
    const record = struct([member('a', 'int'), member('b', 'long'), member('c', 'int')], { packed: true });
    expect(words(layoutRecord(record, target('x86_64'))).map(({ offset, size }) => [offset, size])).toEqual([
      [0, 8],
      [8, 8],
    ]);
  });
});
