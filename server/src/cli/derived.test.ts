/** `overlint rules --derived`: what headers say by themselves, for those who write them. */
import { expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';

const HEADER = `
struct crate { int weight; };
struct depot {
	unsigned long slot;
	int count; /* do not use directly, call depot_count() */
};
static inline struct crate *depot_crate(struct depot *d) { return (struct crate *)(d->slot & ~1UL); }
static inline int depot_count(struct depot *d) { return d->count; }
`;

function tree() {
  const folder = kernelOnDisk({ 'include/linux/depot.h': HEADER, 'drivers/a.c': '#include <linux/depot.h>\n' });
  const derived = (from: string, ...args: string[]) =>
    runOverlint(['rules', '--derived', ...args, '--kernel', folder, '--no-cache'], { folder: from });
  return { folder, derived };
}

it('lists the facts with their words and places, whether a path is from here or from the kernel', async () => {
  const { folder, derived } = tree();
  const { out } = await derived(folder, 'include/linux/depot.h');
  expect(out).toContain('include/linux/depot.h:7: depot.slot: bit 0 is a tag\n');
  expect(out).toContain('by depot_crate');
  expect(out).toMatch(/include\/linux\/depot\.h:5: depot\.count: is reserved\n {2}".*do not use directly/);
  expect((await derived('/', 'include/linux/depot.h')).out).toBe(out);
  expect((await derived('/', `${folder}/include`)).out).toBe(out);
});

it('lists when the members of unions are valid, as comments, names and functions of the header say', async () => {
  const header = `enum cart_kind { CART_PUSHED, CART_DRAWN, CART_PARKED };
#define CART_F_LENT 1
struct cart {
	enum cart_kind kind;
	int flags;
	union {
		int hands; /* kind == CART_PUSHED */
		long horses; /* used for drawn carts */
	};
	union { int owner; int renter; /* only valid if CART_F_LENT is set */ };
};
`;
  const folder = kernelOnDisk({ 'include/linux/cart.h': header });
  const list = (...args: string[]) => runOverlint(['rules', '--derived', ...args, '--kernel', folder], { folder });
  const { out } = await list('include/linux/cart.h');
  expect(out).toContain(
    'include/linux/cart.h:7: cart.hands: is valid when kind is CART_PUSHED\n  "kind == CART_PUSHED"\n',
  );
  expect(out).toContain('include/linux/cart.h:8: cart.horses: is valid when CART_DRAWN\n  "used for drawn carts"\n');
  expect(out).toContain('include/linux/cart.h:10: cart.renter: is valid when CART_F_LENT is set\n');
  const rows = (await list('--format', 'json')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows.filter(({ kind }) => kind === 'valid-when')).toHaveLength(3);
  expect((await list('--format', 'json')).out).toBe((await list('--format', 'json', '--no-cache')).out);
});

it('names what is not there', async () => {
  const { err, code } = await tree().derived('/', 'include/linux/depo.h');
  expect(err).toContain('There is no header or folder include/linux/depo.h in ');
  expect(code).toBe(2);
});

it('says which lines of a pack take nothing back', async () => {
  const pack = `pack: own
notDerived:
  - { header: include/linux/depot.h, member: count, kinds: [reserved, accessor], because: it is ours }
  - { header: include/linux/depot.h, record: depot, member: slot, kinds: [tag], because: it is ours }
  - { header: include/linux/gone.h, member: slot, kinds: [tag], because: it is ours }
`;
  const folder = kernelOnDisk({
    'include/linux/depot.h': HEADER,
    'drivers/a.c': '#include <linux/depot.h>\nint f(struct depot *d) { return d->count; }\n',
    '.overlint/own.yaml': pack,
  });
  const args = ['check', '--kernel', folder, '--no-cache', '--rule', 'reserved-member', `${folder}/drivers`];
  const { out, err } = await runOverlint(args, { folder, execution: {} });
  expect(out).not.toContain('reserved-member');
  expect(err.split('\n').filter((line) => line.includes('pack'))).toEqual([
    'overlint: warning: include/linux/depot.h: nothing about count is derived as accessor: the pack that takes it back takes nothing back',
    'overlint: warning: include/linux/gone.h: a pack takes back what this header says, and it is not there',
  ]);
});

it('lets a gate ask the tree, and a warm run say what a cold one says', async () => {
  const folder = kernelOnDisk({
    'include/linux/depot.h': 'struct depot {\n\tint _count; /* do not use directly, use accessor in ledger.h */\n};\n',
    'include/linux/ledger.h': '#include <linux/depot.h>\nint depot_count(struct depot *d);\n',
    'drivers/a.c': '#include <linux/depot.h>\nint f(struct depot *d) { return d->_count; }\n',
  });
  const check = async () =>
    (
      await runOverlint(['check', '--kernel', folder, '--format', 'gcc', `${folder}/drivers/a.c`], {
        folder,
        execution: {},
      })
    ).out;
  const cold = await check();
  expect(cold).toContain('drivers/a.c:2:33: warning: d->_count is documented as private');
  expect(cold).toContain('include/linux/ledger.h:1:1: note: The accessors are here');
  expect(await check()).toBe(cold);
});

it('sees what a patch adds to the headers that gates ask', async () => {
  const folder = kernelOnDisk({
    'include/linux/mm_types.h':
      'struct dev_pagemap;\nstruct page { union { unsigned long compound_head; struct dev_pagemap *pgmap; }; };\n',
    'include/linux/nodes.h': '#include <linux/mm_types.h>\n',
    'drivers/a.c': '#include <linux/mm_types.h>\nvoid *f(struct page *page)\n{\n\treturn 0;\n}\n',
    'the.patch': `--- a/include/linux/nodes.h
+++ b/include/linux/nodes.h
@@ -1 +1,2 @@
 #include <linux/mm_types.h>
+struct dev_pagemap *page_pgmap(const struct page *page);
--- a/drivers/a.c
+++ b/drivers/a.c
@@ -1,5 +1,5 @@
 #include <linux/mm_types.h>
 void *f(struct page *page)
 {
-	return 0;
+	return page->pgmap;
 }
`,
  });
  const args = ['check', '--kernel', folder, '--no-cache', '--format', 'gcc', '--patch', `${folder}/the.patch`];
  expect((await runOverlint(args, { folder, execution: {} })).out).toContain('drivers/a.c:4:9: error: page->pgmap');
});
