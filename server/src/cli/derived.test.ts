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

it('names what is not there', async () => {
  const { err, code } = await tree().derived('/', 'include/linux/depo.h');
  expect(err).toContain('There is no header or folder include/linux/depo.h in ');
  expect(code).toBe(2);
});
