/** Who touches the bytes of a member: through every view and every record laid over it, in any spelling. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findTree } from '../project/tree';
import { bundle, WORKER } from '../testing/bundle';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';
import { Cancelled } from './cancelled';
import type { Threads } from './threads';
import { findUses, NoSuchMember, type UsesReport } from './uses-run';

const HEADERS = {
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/box.h': `#ifndef BOX_H
#define BOX_H
#include <linux/types.h>
#define static_assert(expression) _Static_assert(expression, #expression)
#define offsetof(type, member) __builtin_offsetof(type, member)
#define READ_ONCE(x) (*(const volatile typeof(x) *)&(x))
#define WRITE_ONCE(x, val) do { *(volatile typeof(x) *)&(x) = (val); } while (0)
#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))
struct link { struct link *next, *prev; };
struct box {
	unsigned long flags;
	union {
		struct link list;
		struct { void *owner; void *data; };
		unsigned long head;
	};
	u32 count;
};
struct crate {
	unsigned long __flags;
	void *label;
};
static_assert(offsetof(struct box, flags) == offsetof(struct crate, __flags));
static_assert(offsetof(struct box, list) == offsetof(struct crate, label));
#define box_of(l) container_of(l, struct box, list)
#define box_owner(b) ((b)->owner)
static inline void *crate_label(struct crate *c) { return c->label; }
#endif
`,
};

beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
});

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

interface Wanted {
  readonly source: string;
  readonly member?: string;
  readonly threads?: Threads;
}

async function search({ source, member = 'owner', threads = {} }: Wanted): Promise<UsesReport> {
  const kernel = kernelOnDisk({ ...HEADERS, 'mm/a.c': `#include <linux/box.h>\n${source}` });
  const tree = findTree({ folder: kernel, paths: [] }).tree!;
  return findUses({ tree, record: { name: 'box' }, member, cache: false, threads });
}

/** `read struct box owner: CODE` of each use in sources; those in headers come before them. */
function lines({ uses }: UsesReport): string[] {
  return uses.map(({ mode, record, member, text }) => `${mode} ${record} ${member}: ${text.trim()}`);
}

const IN_HEADERS = ['read struct crate label: static inline void *crate_label(struct crate *c) { return c->label; }'];

describe('uses of a member', () => {
  it('are found through every view and every record laid over it', async () => {
    const report = await search({
      source: `
void f(struct box *b, struct crate *c, struct other *o)
{
	b->owner = 0;
	b->head |= 1;
	use(b->data);
	use(b->list.next);
	use(b->list.prev);
	use(c->label);
	use(b->flags, b->count);
}
`,
    });
    expect(lines(report)).toEqual([
      ...IN_HEADERS,
      'write struct box owner: b->owner = 0;',
      'write struct box head: b->head |= 1;',
      'read struct box list: use(b->list.next);',
      'read struct crate label: use(c->label);',
    ]);
  });

  it('are read or written through READ_ONCE() and WRITE_ONCE(), and addresses stand apart', async () => {
    const report = await search({
      source: `
void g(struct box *b)
{
	use(READ_ONCE(b->head));
	WRITE_ONCE(b->head, 1);
	list_add(&b->list);
	use(sizeof(b->head));
}
`,
    });
    expect(lines(report)).toEqual([
      ...IN_HEADERS,
      'read struct box head: use(READ_ONCE(b->head));',
      'write struct box head: WRITE_ONCE(b->head, 1);',
      'address struct box list: list_add(&b->list);',
    ]);
  });

  it('are found where a macro names the member, in its body or as an argument', async () => {
    const report = await search({
      source: `
struct box *h(struct link *l, struct box *b)
{
	use(box_owner(b));
	use(container_of(l, struct box, list));
	return box_of(l);
}
`,
    });
    expect(lines(report)).toEqual([
      'address struct box list: #define box_of(l) container_of(l, struct box, list)',
      'read struct box owner: #define box_owner(b) ((b)->owner)',
      ...IN_HEADERS,
      'address struct box list: use(container_of(l, struct box, list));',
    ]);
  });

  it('are found in code that the configuration leaves out; what has no known record is counted', async () => {
    const report = await search({
      source: `
#ifdef CONFIG_BOX_OFF
void *off(struct box *b) { return b->owner; }
#endif
void *who(struct other *o) { return what()->owner; }
`,
    });
    expect(lines(report).slice(1)).toEqual(['read struct box owner: void *off(struct box *b) { return b->owner; }']);
    expect(Object.entries(report.stats).filter(([name]) => name.startsWith('unresolved'))).toEqual([
      [expect.stringMatching(/^unresolved: /), 1],
    ]);
  });

  it('are the same from worker threads', async () => {
    const source = 'void *f(struct box *b) { b->head = 1; return b->owner; }\n';
    const threads = { script: path.join(bundles, 'worker.js'), jobs: 2 };
    expect(lines(await search({ source, threads }))).toEqual(lines(await search({ source })));
  });

  it('are not looked for where there is no such member, or the user has said stop', async () => {
    await expect(search({ source: '', member: 'ownr' })).rejects.toThrow(
      new NoSuchMember('struct box has no member ownr. Did you mean owner?'),
    );
    const kernel = kernelOnDisk(HEADERS);
    const tree = findTree({ folder: kernel, paths: [] }).tree!;
    const stop = new AbortController();
    const request = { tree, record: { name: 'box' }, member: 'owner', cache: false, threads: {}, signal: stop.signal };
    await expect(findUses({ ...request, onProgress: () => stop.abort() })).rejects.toThrow(Cancelled);
  });
});

describe('overlint uses', () => {
  const tree = () =>
    kernelOnDisk({
      ...HEADERS,
      'mm/a.c': '#include <linux/box.h>\nvoid *f(struct box *b) { b->head = 1; return b->owner; }\n',
    });

  it('prints reads and writes apart, with file, line, column and the line itself', async () => {
    const { code, out, err } = await runOverlint(['uses', 'box.owner'], { folder: tree() });
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('struct box (include/linux/box.h): list, owner, head\n');
    expect(out).toContain('struct crate (include/linux/box.h): label\n');
    expect(out).toMatch(/^2 reads:\n.*\nmm\/a\.c:2:49: \[struct box owner\] void \*f.*\n\n1 write:\nmm\/a\.c:2:29: /m);
    expect(out).toMatch(/\n3 uses; 0 places of the same names left out, as their record is not known\n$/);
  });

  it('prints JSON', async () => {
    const { out } = await runOverlint(['uses', 'struct', 'box.owner', '--format', 'json'], { folder: tree() });
    const { record, member, uses } = JSON.parse(out);
    expect([record, member]).toEqual(['struct box', 'owner']);
    expect(uses[2]).toMatchObject({
      file: 'mm/a.c',
      line: 2,
      column: 49,
      mode: 'read',
      record: 'struct box',
      within: 'f',
    });
  });

  it.each([
    ['box.ownr', /struct box has no member ownr\. Did you mean owner\?/],
    ['bix.owner', /No file in .* defines bix\. Did you mean box\?/],
    ['box', /Name one member of a record, as in "overlint uses page\.lru"/],
  ])('says what is wrong with %s', async (name, message) => {
    const { code, out, err } = await runOverlint(['uses', name], { folder: tree() });
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});
