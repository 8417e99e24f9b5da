/** A record of a tag is looked for when it is first asked, and stays the same object. */
import { describe, expect, it } from 'vitest';
import { layoutIn, unitOf } from '../testing/unit';
import { TaggedRecord } from './tagged';

describe('a record by its tag', () => {
  it('is the same wherever it is named, before and behind its definition', () => {
    const { globals } = unitOf({ '/main.c': 'struct page *before; struct page { int x; }; struct page *behind;' });
    const record = globals.record('struct', 'page');
    for (const name of ['before', 'behind']) {
      const type = globals.ordinary(name)!.type;
      expect(type.kind === 'pointer' && type.to.kind === 'record' && type.to.record).toBe(record);
    }
    expect(record.members?.map(({ name }) => name)).toEqual(['x']);
  });

  it('that points to itself is no circle', () => {
    expect(layoutIn('struct list { struct list *next, *prev; };', 'list')).toMatchObject({ size: 16 });
  });

  it('without a definition has no members, and is looked for once', () => {
    const searches: string[] = [];
    const record = new TaggedRecord('struct', 'gone', (tag) => searches.push(tag));
    expect([record.members, record.packed, record.aligns]).toEqual([undefined, false, []]);
    expect(searches).toEqual(['gone']);
  });

  it('is looked for again where the search was broken off, or its place is gone', () => {
    let broken = true;
    const searches: string[] = [];
    const record = new TaggedRecord('struct', 'page', (tag) => {
      searches.push(tag);
      if (broken) throw new Error('broken off');
      record.definition = {
        kind: 'struct',
        members: [],
        packed: true,
        aligns: [],
        place: { path: '/a.h', start: 0, end: 1 },
      };
    });
    expect(() => record.members).toThrow('broken off');
    broken = false;
    expect(record.packed).toBe(true);
    expect(searches).toHaveLength(2);
    record.keptUnless((place) => place?.path === '/b.h');
    expect(record.packed).toBe(true);
    expect(searches).toHaveLength(2);
    record.keptUnless((place) => place?.path === '/a.h');
    expect(record.packed).toBe(true);
    expect(searches).toHaveLength(3);
  });
});
