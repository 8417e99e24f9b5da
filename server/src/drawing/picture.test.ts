/** A record as data to draw: cells, views, claims and family, with the kernel's own words on each. */
import { describe, expect, it } from 'vitest';
import { layoutRecord } from '../layout/record';
import { target } from '../layout/target';
import { shippedFacts } from '../packs/facts';
import { unitOf } from '../testing/unit';
import { familyPictures, pictureOf } from './picture';

const x86 = target('x86_64', 'gcc');

const TEXT = `
#define offsetof(t, m) __builtin_offsetof(t, m)
struct list { struct list *next, *prev; };
/**
 * struct sheet - One page of memory.
 * @state: What it is used for;
 *	and by whom.
 *
 * More about it.
 */
struct sheet {
	unsigned long state;	/* beaten by kernel-doc */
	union {
		struct {	/* In a cache */
			/** @lru: The list of the cache. */
			struct list lru;
			/* Or, nobody's */
			void *owner;
		};
		struct {
			unsigned long head;	/* Bit zero is set */
		};
		/* Freed later */
		struct list later;
	};
	unsigned int low:3; // a few bits
	char name[3];
	long tail[];
};
struct leaf {
	unsigned long flags;
	void *cache;
};
#define static_assert(expr) _Static_assert(expr, #expr)
#define LEAF_MATCH(sheet_member, leaf_member) static_assert(offsetof(struct sheet, sheet_member) == offsetof(struct leaf, leaf_member))
LEAF_MATCH(state, flags);
`;

function pictures(text = TEXT, name = 'sheet') {
  const { globals } = unitOf({ '/.config': '', '/main.c': text });
  const layout = layoutRecord(globals.record('struct', name), x86);
  const options = {
    claims: shippedFacts.claims,
    place: ({ path, start, end }: { path: string; start: number; end: number }) => ({
      path,
      text: text.slice(start, end),
    }),
  };
  return { picture: pictureOf(globals, layout, options), family: familyPictures(globals, layout, options) };
}

describe('a picture', () => {
  const { picture, family } = pictures();
  const cell = (name: string) => picture.cells.find((one) => one.name === name)!;

  it('has its facts, its place and its summary', () => {
    expect(picture.title).toBe('struct sheet');
    expect(picture.facts[0]).toBe('40 bytes');
    expect(picture).toMatchObject({ status: 'exact', size: 40, align: 8, wordSize: 8, cacheline: 64 });
    expect(picture.comment).toBe('One page of memory.');
    expect(picture.place?.text).toMatch(/^struct sheet/);
  });

  it('has what the kernel says of each member: behind it, above it, or in kernel-doc', () => {
    expect(cell('state').comment).toBe('What it is used for; and by whom.');
    expect(cell('lru').comment).toBe('The list of the cache.');
    expect(cell('owner').comment).toBe("Or, nobody's");
    expect(cell('head').comment).toBe('Bit zero is set');
    expect(cell('low').comment).toBe('a few bits');
    expect(cell('later').comment).toBe('Freed later');
    expect(cell('name').comment).toBeUndefined();
  });

  it('names its views by their comments, and says which view a cell belongs to', () => {
    expect(picture.views.map(({ label }) => label)).toEqual(['In a cache', 'head', 'later']);
    expect(['state', 'lru', 'owner', 'head', 'later', 'low'].map((name) => cell(name).view)).toEqual([
      undefined,
      0,
      0,
      1,
      2,
      undefined,
    ]);
  });

  it('has places, declarations, and the members of what is held by value', () => {
    expect(cell('lru')).toMatchObject({ declaration: 'struct list lru', record: 'struct list', offsetBits: 64 });
    expect(cell('lru').inner).toEqual([
      { name: 'next', offsetBits: 0, sizeBits: 64 },
      { name: 'prev', offsetBits: 64, sizeBits: 64 },
    ]);
    expect(cell('lru').place?.text).toBe('lru');
    expect(cell('low')).toMatchObject({ declaration: 'unsigned int low:3', isBitField: true, sizeBits: 3 });
    expect(picture.sizeless.map(({ declaration }) => declaration)).toEqual(['long tail[]']);
  });

  it('has bits for all of the record, in each view that does not end early', () => {
    const main = picture.cells.filter(({ lane }) => lane === 0);
    expect(main.reduce((sum, { sizeBits }) => sum + sizeBits, 0)).toBe(40 * 8);
  });

  it('has claims and family', () => {
    expect(picture.claims).toMatchObject([
      { word: 8, bit: 0, owner: 'head', quote: 'Bit zero is set', clashes: false },
    ]);
    expect(family.map(({ at, picture: { title } }) => [at, title])).toEqual([[0, 'struct leaf']]);
  });

  it('of an unknown layout, has the reason and what is known', () => {
    const broken = pictures('struct odd { int known; struct nowhere unknown; int after; };', 'odd').picture;
    expect(broken).toMatchObject({ status: 'unknown', size: null });
    expect(broken.reason).toMatch(/nowhere/);
    expect(broken.cells.map(({ name }) => name)).toEqual(['known']);
  });
});

it('a member that a macro gives another name is called by the one in the source', () => {
  const { picture } = pictures(
    '#define late_head call_head\nstruct call_head { long a; };\nstruct sheet { struct late_head late_head; };\n',
  );
  expect(picture.cells).toMatchObject([
    { name: 'call_head', label: 'late_head', declaration: 'struct late_head late_head' },
  ]);
});
