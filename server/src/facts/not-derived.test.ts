/** Lines of packs that take back what a header is understood to say. */
import { expect, it } from 'vitest';
import { Linter } from '../linter';
import type { NotDerived } from '../packs/members';
import { parseFixture, TREE } from '../testing/fixture';

const CRATE = `
//- /drivers/x/crate.h
struct crate {
	int _count; /* do not use directly, call crate_count() */
	int _lid; /* do not use directly, call crate_lid() */
};
static inline int crate_count(struct crate *crate) { return crate->_count & 7; }
static inline int crate_lid(struct crate *crate) { return crate->_lid & 7; }
//- /drivers/x/x.c
#include "crate.h"
int f(struct crate *crate)
{
	return crate->_count + crate->_lid;
}
`;

function found(notDerived: readonly NotDerived[], fixture = CRATE, rules?: readonly string[]): string[] {
  const { files, reader } = parseFixture(fixture);
  const packs = [{ pack: 'own', notDerived }];
  const linter = new Linter(
    { kernel: TREE, build: TREE, arch: 'x86', reader, packs },
    { ahead: false, rules: rules && new Set(rules) },
  );
  const { path, text } = files.find((file) => file.path.endsWith('.c'))!;
  return linter.lint({ path, text }).findings.map(({ start, end }) => text.slice(start, end));
}

const LINE: NotDerived = {
  header: 'drivers/x/crate.h',
  record: 'crate',
  member: '_count',
  kinds: ['reserved'],
  because: 'it is read under the lock',
};

it('takes back what a line of a pack names, and nothing else', () => {
  expect(found([])).toEqual(['crate->_count', 'crate->_lid']);
  expect(found([LINE])).toEqual(['crate->_lid']);
  expect(found([{ ...LINE, kinds: ['tag', 'accessor'] }])).toHaveLength(2);
  expect(found([{ ...LINE, record: 'box' }])).toHaveLength(2);
  expect(found([{ ...LINE, header: 'drivers/y/crate.h' }])).toHaveLength(2);
});

it('takes back that a number shares a word with others', () => {
  const fixture = `
//- /drivers/x/crate.h
struct crate {
	unsigned int state;
};
#define CRATE_KIND_MASK 7
static inline unsigned int crate_kind(const struct crate *crate) { return crate->state & CRATE_KIND_MASK; }
static inline unsigned int crate_age(const struct crate *crate) { return crate->state >> 3; }
static inline void crate_set_kind(struct crate *crate, unsigned int kind)
{
	crate->state = (crate->state & ~CRATE_KIND_MASK) | kind;
}
//- /drivers/x/x.c
#include "crate.h"
unsigned int f(struct crate *crate)
{
	return crate->state & 7;
}
`;
  const line: NotDerived = { ...LINE, member: 'state', kinds: ['accessor'] };
  const rules = ['packed-number'];
  expect(found([], fixture, rules)).toEqual(['crate->state']);
  expect(found([line], fixture, rules)).toEqual([]);
  expect(found([{ ...line, member: 'age' }], fixture, rules)).toEqual(['crate->state']);
});
