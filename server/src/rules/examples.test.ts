/** The Bad and Good examples of the rules' pages on small headers: the fixtures' own, and those of the packs' examples. */
import { describe, expect, it } from 'vitest';
import { shippedPacks } from '../packs/pack';
import { findingsOfPatch } from '../testing/changes';
import { parseFixture, TREE } from '../testing/fixture';
import { examplesOf, FRAMES, fileOf, findingsOf } from '../testing/rule-examples';
import { rules } from './index';

/** A descriptor that is laid over struct page, with a placeholder where the page has its count. */
const SLAB = `
struct slab {
  unsigned long __page_flags;
  struct list_head slab_list;
  void *slab_cache, *freelist;
  unsigned long counters;
  unsigned int __page_type;
  atomic_t __page_refcount;
};
static_assert(offsetof(struct page, flags) == offsetof(struct slab, __page_flags));
static_assert(offsetof(struct page, _refcount) == offsetof(struct slab, __page_refcount));
#define slab_folio(s) (_Generic((s),                        \\
  const struct slab *: (const struct folio *)(s),           \\
  struct slab *: (struct folio *)(s)))`;

/** What a rule needs of headers that neither the fixtures nor the packs' examples have. */
const HEADERS: Readonly<Record<string, string>> = {
  'page-type-mapcount': 'int folio_mapcount(const struct folio *folio);\nbool PageBuddy(const struct page *page);',
  'memdesc-cast': SLAB,
  'refcount-on-slab': SLAB,
  'open-coded-devmap': `
static inline bool is_device_coherent_page(const struct page *page)
{
  return is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_COHERENT;
}`,
  'devmap-put': `
bool page_is_devmap_managed(struct page *page);
bool put_page_testzero(struct page *page);`,
  'rcu-head-overlap': 'void call_rcu(struct rcu_head *head, void (*func)(struct rcu_head *head));',
  'tag-bit-store': `
#define BIT(n) (1UL << (n))
static inline bool page_is_pfmemalloc(const struct page *page) { return (unsigned long)page->lru.next & BIT(1); }
static inline bool PageAnon(const struct page *page) { return (unsigned long)page->mapping & 1; }`,
  'raw-member': `//- /include/linux/mm_types.h
struct dma_fence {
  unsigned long flags;
  long timestamp;
};
static inline long dma_fence_timestamp(struct dma_fence *fence)
{
  while (!(fence->flags & 1))
    ;
  return fence->timestamp;
}`,
  'packed-number': `//- /include/linux/mm_types.h
//- /include/net/netlink.h
struct nlattr { unsigned short nla_len, nla_type; };
#define NLA_F_NESTED (1 << 15)
#define NLA_F_NET_BYTEORDER (1 << 14)
#define NLA_TYPE_MASK ~(NLA_F_NESTED | NLA_F_NET_BYTEORDER)
static inline int nla_type(const struct nlattr *nla) { return nla->nla_type & NLA_TYPE_MASK; }
static inline int nla_is_nested(const struct nlattr *nla) { return (nla->nla_type & NLA_F_NESTED) != 0; }`,
  'unmasked-pointer': `//- /include/linux/mm_types.h
struct sk_psock { int refcnt; };
struct sock { void *sk_user_data; };
static inline void *rcu_dereference_sk_user_data(struct sock *sk)
{
  return (void *)((unsigned long)sk->sk_user_data & ~7UL);
}`,
  'narrow-bitop': `//- /include/linux/mm_types.h
//- /include/linux/bitops.h
typedef unsigned int u32;
void set_bit(long nr, volatile unsigned long *addr);`,
  'count-after-use': `//- /include/linux/mm_types.h
//- /include/linux/slab.h
typedef unsigned short u16;
typedef unsigned int u32;
#define NULL ((void *)0)
#define GFP_KERNEL 3
#define __counted_by(member)
#define struct_size(p, member, count) (sizeof(*(p)) + sizeof(*(p)->member) * (count))
void *kzalloc(unsigned long size, int flags);
//- /include/linux/string.h
void *memcpy(void *to, const void *from, unsigned long n);`,
  'dma-shares-line': `//- /include/linux/mm_types.h
//- /include/linux/cache.h
typedef unsigned char u8;
#define ARCH_DMA_MINALIGN 64
//- /include/linux/spi/spi.h
struct spi_device;
int spi_read(struct spi_device *spi, void *buf, unsigned long len);`,
  'packed-address': `//- /include/linux/mm_types.h
//- /include/linux/types.h
typedef unsigned char u8;
typedef unsigned int u32;`,
  'hole-leak': `//- /include/linux/mm_types.h
//- /include/linux/uaccess.h
#define __user
typedef unsigned char u8;
typedef unsigned int u32;
unsigned long copy_to_user(void *to, const void *from, unsigned long n);`,
  'unasked-word': `//- /include/linux/mm_types.h
struct folio;
void folio_unlock(struct folio *folio);
//- /include/linux/xarray.h
typedef _Bool bool;
struct xa_state;
void *xas_load(struct xa_state *);
bool xas_retry(struct xa_state *xas, const void *entry);`,
  'ioctl-size': `//- /include/linux/mm_types.h
#define _IOC(dir, type, nr, size) (((dir) << 30) | ((type) << 8) | (nr) | ((size) << 16))
#define _IOW(type, nr, of) _IOC(1U, (type), (nr), sizeof(of))`,
  'kind-overlap': '',
  'stale-union-member': '',
  'tail-field': '',
  'index-share': `//- /include/linux/mm_types.h
struct page { unsigned long flags; union { unsigned long index, share; }; };`,
};

/** Rules that speak of the owner's operations of a folio. */
const OWNED = ['lru-while-owned', 'owner-ops-unmasked'];

/** The headers that a rule's examples stand on, as directives of a fixture, and the includes that they need. */
function treeFor(rule: string): { fixture: string; includes: string } {
  const example = shippedPacks.flatMap(({ examples = [] }) => examples).find((one) => one.rule === rule);
  const headers = Object.entries(example?.headers ?? {});
  const own = HEADERS[rule] ?? '';
  if (own.startsWith('//- ')) return { fixture: own, includes: '#include <linux/mm_types.h>\n' };
  if (!example || rule in HEADERS)
    return {
      fixture: `//- /include/linux/mm.h +page +folio${OWNED.includes(rule) ? ' +owner_ops' : ''}\n//- /include/extra.h\n#include <linux/mm.h>\n${own}\n`,
      includes: '#include <linux/mm.h>\n#include <extra.h>\n',
    };
  return {
    fixture: headers.map(([name, text]) => `//- /${name}\n${text}`).join('\n'),
    includes: headers.map(([name]) => `#include <${name.replace(/^include\//, '')}>\n`).join(''),
  };
}

it('stands on the page of every rule, once as Bad and once as Good', () => {
  const without = rules.filter((rule) => examplesOf(rule).length < 2 || !(rule.id in FRAMES)).map(({ id }) => id);
  expect(without).toEqual([]);
});

it.each(
  rules.flatMap((rule) =>
    examplesOf(rule)
      .filter(({ language }) => language === 'diff')
      .map((example) => ({ id: rule.id, ...example })),
  ),
)('the page of $id has a $kind patch that is right: $code', ({ id, kind, code }) => {
  const messages = findingsOfPatch(id, code).map(({ message }) => message);
  if (kind === 'Bad') expect(messages).not.toEqual([]);
  else expect(messages).toEqual([]);
});

describe.each(rules.filter((rule) => rule.id in FRAMES && examplesOf(rule).some(({ language }) => language === 'c')))(
  'the page of $id',
  (rule) => {
    const { fixture, includes } = treeFor(rule.id);
    const own = { kernel: TREE, build: TREE, arch: 'x86', reader: parseFixture(fixture).reader } as const;
    const project = {
      ...own,
      onTarget: () => ({ ...own, arch: 'i386', target: 'i386', build: '/nonexistent' }) as const,
    };
    it.each(examplesOf(rule).filter(({ language }) => language === 'c'))(
      'has a $kind example that is right: $code',
      ({ kind, code }) => {
        const text = includes + fileOf(code, FRAMES[rule.id]);
        const messages = findingsOf(rule.id, project, `${TREE}/drivers/example.c`, text).map(({ message }) => message);
        if (kind === 'Bad') expect(messages).not.toEqual([]);
        else expect(messages).toEqual([]);
      },
    );
  },
);
