/** Accessors in another header than the record's, and comments above a record that are about all of its members. */
import { expect, it } from 'vitest';
import { AccessorsApart } from './accessors-apart';
import { reservedIn } from './reserved-members';

const TYPES = `
struct bag {
	int __size;	/* in litres */
	int __lid;
	int __strap[] BAG_ALIGNED;
	int color;
};
`;
const BAG = `
static inline int bag_size(const struct bag *bag)
{
	return bag->__size & 255;
}
static inline void bag_grow(struct bag *bag, int by)
{
	bag->__size += by;
}
static inline int lid_of(const struct bag *bag)
{
	return bag->__lid;
}
static inline const int *bag_strap(const struct bag *bag) { return bag->__strap; }
static inline int bag_color(const struct bag *bag)
{
	return bag->color;
}
`;

it('a member with two underscores in front is left to the functions of another header', () => {
  const apart = new AccessorsApart();
  apart.add('/include/linux/bag.h', BAG);
  const found = apart.facts(TYPES);
  // One function of __lid may be somebody's own; that of __strap has its name.
  expect(found.map(({ name, holder, accessors }) => [name, holder, accessors])).toEqual([
    ['__size', 'bag', ['bag_size', 'bag_grow']],
    ['__strap', 'bag', ['bag_strap']],
  ]);
  expect(found[0]).toMatchObject({ writers: [], counters: ['bag_grow'] });
  expect(TYPES.slice(found[0].start, found[0].end)).toBe('__size');
  expect(found[0].quote).toBe('static inline int bag_size(const struct bag *bag) in bag.h');
});

it('a function of the record that says something else before it counts is an accessor as well', () => {
  const apart = new AccessorsApart();
  apart.add(
    '/include/linux/bag.h',
    `
static inline void bag_take(struct bag *bag)
{
	bag->color |= BAG_TAKEN;
	smp_mb__before_atomic();
	atomic_inc(&bag->__lid);
}
static inline void bag_lid_set(struct bag *bag, int count)
{
	if (count != 1)
		bag->color |= BAG_TAKEN;
	atomic_set(&bag->__lid, count);
}
static inline void pack_all(struct bag *bag)
{
	fold(bag);
	bag->__size = 0;
}
static inline void unpack_all(struct bag *bag)
{
	unfold(bag);
	bag->__size = 1;
}
`,
  );
  const [lid, ...others] = apart.facts(TYPES);
  expect(lid).toMatchObject({ name: '__lid', writers: ['bag_lid_set'], counters: ['bag_take'] });
  expect(others).toEqual([]);
});

it('a record whose comment asks to leave it alone has members that are left to what the comment names', () => {
  const text = `
/*
 * Do not touch the structure directly, use the access functions
 * bag_size() and bag_lid() instead.
 */
typedef struct bag_struct {
	int size;
	void (*open)(struct bag_struct *bag);
	int lid;
} bag_t;
/* Do not use the structure directly. */
struct other {
	int size;
};
`;
  expect(reservedIn(text).map(({ name, holder, accessors, isAdvice }) => [name, holder, accessors, isAdvice])).toEqual([
    ['size', 'bag_struct', ['bag_size', 'bag_lid'], true],
    ['lid', 'bag_struct', ['bag_size', 'bag_lid'], true],
  ]);
});
