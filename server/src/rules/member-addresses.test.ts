/** The rules on what is done with the address of a member: narrow-bitop, dma-shares-line, packed-address; and count-after-use. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADER = `
//- /include/linux/kernel.h
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
#define NULL ((void *)0)
#define GFP_KERNEL 3
#define ARCH_DMA_MINALIGN 64
#define __counted_by(member)
#define struct_size(p, member, count) (sizeof(*(p)) + sizeof(*(p)->member) * (count))
void set_bit(long nr, volatile unsigned long *addr);
void clear_bit(long nr, volatile unsigned long *addr);
unsigned long find_first_bit(const unsigned long *addr, unsigned long size);
void *kzalloc(unsigned long size, int flags);
void *memcpy(void *to, const void *from, unsigned long n);
void other(void *p);
struct spi_device;
struct spi_transfer { const void *tx_buf; void *rx_buf; unsigned len; };
int spi_read(struct spi_device *spi, void *buf, unsigned long len);
int spi_write_then_read(struct spi_device *spi, const void *tx, unsigned n, void *rx, unsigned m);
struct port { u32 flags; u8 mask[8]; unsigned long busy; u64 wide; };
struct hops { u16 nr; u32 of[] __counted_by(nr); };`;

function checkFunctions(text: string, rule: string): void {
  check(`\n//- /drivers/one.c\n#include <linux/kernel.h>\n${text}${HEADER}`, { rules: [rule] });
}

describe('narrow-bitop', () => {
  it('reports members that are narrower than a long, or not aligned to one, each once', () => {
    checkFunctions(
      `
void f(struct port *port)
{
    set_bit(3, (unsigned long *)&port->flags);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[narrow-bitop]: flags of struct port has 4 bytes, an unsigned long 8: set_bit() works on whole longs and touches what lies beside it. Make it an unsigned long.
    clear_bit(3, (unsigned long *)&port->flags);
    find_first_bit((void *)port->mask, 64);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[narrow-bitop]: mask of struct port lies at 4, which is not aligned to an unsigned long of 8 bytes…
    set_bit(3, &port->busy); // ok
    set_bit(3, (unsigned long *)&port->wide); // ok
}`,
      'narrow-bitop',
    );
  });

  it('knows loops over bits by the name of their macro', () => {
    checkFunctions(
      `
unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size, unsigned long from);
#define for_each_clear_bit(bit, addr, size) for ((bit) = 0; (bit) = find_next_zero_bit((addr), (size), (bit)), (bit) < (size); (bit)++)
int f(struct port *port)
{
    int bit, sum = 0;
    for_each_clear_bit(bit, (unsigned long *)&port->flags, 32)
    ^^^^^^^^^^^^^^^^^^ warning[narrow-bitop]: flags of struct port …
        sum += bit;
    return sum;
}`,
      'narrow-bitop',
    );
  });

  it('finds members through an index, and tells elements by theirs', () => {
    checkFunctions(
      `
struct group { u32 y; u32 z; u32 w; };
struct pairs { u8 pad[32]; u32 pair[4]; struct group in[2]; };
void f(struct group *p, struct pairs *all, int i)
{
    struct group own[2];
    set_bit(1, (unsigned long *)&p[1].z);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[narrow-bitop]: z of struct group has 4 bytes, …
    set_bit(1, (unsigned long *)&p[i].w);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[narrow-bitop]: w of struct group has 4 bytes, …
    set_bit(1, (unsigned long *)&own[1].y);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[narrow-bitop]: y of struct group has 4 bytes, …
    set_bit(1, (unsigned long *)&all->pair[0]); // ok
    set_bit(1, (unsigned long *)&all->pair[1]);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[narrow-bitop]: pair[1] of struct pairs lies at 36, which is not aligned to an unsigned long of 8 bytes…
    set_bit(1, (unsigned long *)&all->pair[3]);
    set_bit(1, (unsigned long *)&all->in[1].z);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[narrow-bitop]: in[1].z of struct pairs has 4 bytes, …
}`,
      'narrow-bitop',
    );
  });

  it('knows what a variable points to that is given one value', () => {
    checkFunctions(
      `
void f(struct port *port, unsigned long *other_map)
{
    unsigned long *map = (unsigned long *)&port->flags;
    unsigned long *either = (unsigned long *)&port->flags;
    if (port->wide)
        either = other_map;
    set_bit(3, map);
    ^^^^^^^^^^^^^^^ warning[narrow-bitop]: flags of struct port has 4 bytes…
    set_bit(3, either); // ok
}`,
      'narrow-bitop',
    );
  });
});

describe('count-after-use', () => {
  it('reports elements that are stored while the count is not', () => {
    checkFunctions(
      `
struct hops *f(const u32 *from, u16 nr)
{
    struct hops *hops = kzalloc(struct_size(hops, of, nr), GFP_KERNEL);
    int i;
    if (!hops)
        return NULL;
    for (i = 0; i < nr; i++) {
        hops->of[i] = from[i];
        ^^^^^^^^^^^ warning[count-after-use]: hops->of is counted by nr, and stored into before hops->nr is: to a compiler that knows the attribute the array is empty here. Store nr first.
        hops->nr++;
    }
    return hops;
}`,
      'count-after-use',
    );
  });

  it('follows a record that holds its own address, as one does whose list is empty', () => {
    checkFunctions(
      `
struct list { struct list *next; };
struct node { struct list list; u16 nr; u32 of[] __counted_by(nr); };
static inline void init_list(struct list *list) { list->next = list; }
struct node *f(u32 from, u16 nr)
{
    struct node *node = kzalloc(struct_size(node, of, nr), GFP_KERNEL);
    if (!node)
        return NULL;
    init_list(&node->list);
    node->of[0] = from;
    ^^^^^^^^^^^ warning[count-after-use]: node->of is counted by nr, …
    node->nr = nr;
    return node;
}`,
      'count-after-use',
    );
  });

  it('follows memory that a member was made to point to, until others may have stored into it', () => {
    checkFunctions(
      `
struct owner { struct hops *hops; };
int f(struct owner *owner, u32 from, u16 nr)
{
    owner->hops = kzalloc(struct_size(owner->hops, of, nr), GFP_KERNEL);
    if (!owner->hops)
        return -12;
    owner->hops->of[0] = from;
    ^^^^^^^^^^^^^^^^^^ warning[count-after-use]: owner->hops->of is counted by nr, and stored into before owner->hops->nr is: …
    owner->hops->nr = nr;
    owner->hops->of[1] = from; // ok
    return 0;
}
int g(struct owner *owner, u32 from, u16 nr)
{
    owner->hops = kzalloc(struct_size(owner->hops, of, nr), GFP_KERNEL);
    if (!owner->hops)
        return -12;
    other(owner);
    owner->hops->of[0] = from; // ok
    return 0;
}`,
      'count-after-use',
    );
  });

  it('is silent once the count is stored, on whole copies, and on records from elsewhere', () => {
    checkFunctions(
      `
struct hops *f(const struct hops *from, u16 nr)
{
    struct hops *hops = kzalloc(struct_size(hops, of, nr), GFP_KERNEL);
    struct hops *other_hops = kzalloc(struct_size(hops, of, nr), GFP_KERNEL);
    u32 *plain = other_hops->of;
    *hops = *from;
    memcpy(hops->of, from->of, nr * sizeof(*from->of)); // ok
    plain[0] = 1; // ok
    other(other_hops);
    other_hops->of[0] = 1; // ok
    return hops;
}
void g(struct hops *hops) { hops->of[0] = 1; } // ok`,
      'count-after-use',
    );
  });
});

describe('dma-shares-line', () => {
  it('reports buffers beside other members, and not those that are aligned and alone', () => {
    checkFunctions(
      `
struct close { struct spi_device *spi; u8 rx[4]; int gain; };
struct early { struct spi_device *spi; u8 rx[4] __attribute__((aligned(64))); int gain; };
struct apart { struct spi_device *spi; int gain; u8 tx[4] __attribute__((aligned(64))); u8 rx[4]; };
int f(struct close *close, struct early *early, struct apart *apart, struct spi_transfer *x)
{
    spi_read(close->spi, close->rx, 4);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[dma-shares-line]: rx of struct close goes to a device and shares its line of 64 bytes with spi, gain. Align it to the line, and keep other members out of it.
    spi_read(early->spi, &early->rx[0], 4);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[dma-shares-line]: rx of struct early goes to a device and shares its line of 64 bytes with gain. …
    spi_read(apart->spi, apart->rx, 4); // ok
    spi_write_then_read(close->spi, close->rx, 1, close->rx, 4); // ok
    x->rx_buf = close->rx;
    ^^^^^^^^^^^^^^^^^^^^^ warning[dma-shares-line]: rx of struct close …
    return 0;
}`,
      'dma-shares-line',
    );
  });

  it('takes a cache line where the macro says less, as it does on a target whose caches are coherent', () => {
    check(
      `
//- /drivers/one.c
#define ARCH_DMA_MINALIGN 8
#define L1_CACHE_BYTES 64
typedef unsigned char u8;
struct spi_device;
struct close { struct spi_device *spi; u8 rx[8]; long gain; };
struct apart { struct spi_device *spi; u8 rx[8] __attribute__((aligned(ARCH_DMA_MINALIGN))); u8 tx[8]; };
struct bounded { struct { u8 rx[8]; } dma __attribute__((aligned(ARCH_DMA_MINALIGN))); long gain __attribute__((aligned(64))); };
struct alone { u8 rx[8]; u8 tx[8]; };
int spi_read(struct spi_device *spi, void *buf, unsigned long len);
int f(struct close *close, struct apart *apart, struct bounded *bounded, struct alone *alone)
{
    spi_read(close->spi, close->rx, 8);
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ info[dma-shares-line]: rx of struct close goes to a device and shares its line of 64 bytes with spi, gain. This target keeps its caches coherent …
    spi_read(apart->spi, apart->rx, 8); // ok
    spi_read(close->spi, bounded->dma.rx, 8); // ok
    spi_read(close->spi, alone->rx, 8); // ok
    return 0;
}`,
      { rules: ['dma-shares-line'] },
    );
  });

  it('reads initializers of transfers', () => {
    checkFunctions(
      `
struct close { u8 rx[4]; int gain; };
void start(struct spi_transfer *list);
void f(struct close *close)
{
    struct spi_transfer list[] = {
        { .len = 1 },
        { .rx_buf = close->rx, .len = 4 },
                    ^^^^^^^^^ warning[dma-shares-line]: rx of struct close goes to a device and shares its line of 64 bytes with gain. …
    };
    start(list);
    start(&(struct spi_transfer){ .tx_buf = &close->rx });
                                            ^^^^^^^^^^ warning[dma-shares-line]: rx of struct close …
}`,
      'dma-shares-line',
    );
  });
});

describe('packed-address', () => {
  it('reports addresses that become pointers to what is aligned more strictly', () => {
    checkFunctions(
      `
struct log { u8 kind; u32 count; u8 more; u64 stamp; } __attribute__((packed));
struct calm { u64 stamp; u32 count; } __attribute__((packed));
u32 sum(const u32 *at);
void bytes(const u8 *at);
u32 f(struct log *log, struct calm *calm)
{
    u32 *count = &log->count;
                 ^^^^^^^^^^^ warning[packed-address]: count lies at 1 of the packed struct log, and becomes a pointer to what is aligned to 4. Use get_unaligned(), or copy it.
    u64 copy;
    memcpy(&copy, &log->stamp, sizeof(copy)); // ok
    bytes(&log->kind); // ok
    return sum(&calm->count) + sum(&log->count) + *count + copy;
                                   ^^^^^^^^^^^ warning[packed-address]: count lies at 1 …
}`,
      'packed-address',
    );
  });

  it('takes arrays and what a function returns for pointers, too', () => {
    checkFunctions(
      `
struct log { u8 kind; u32 counts[2]; u8 name[3]; } __attribute__((packed));
u32 sum(const u32 *at);
void bytes(const u8 *at);
u32 *f(struct log *log)
{
    bytes(log->name); // ok
    sum(log->counts);
        ^^^^^^^^^^^ warning[packed-address]: counts lies at 1 of the packed struct log, and becomes a pointer to what is aligned to 4. …
    return &log->counts[1];
           ^^^^^^^^^^^^^^^ warning[packed-address]: counts[1] lies at 5 …
}`,
      'packed-address',
    );
  });

  it('follows an index, a dereference, either way of a condition, and what is read right behind a cast', () => {
    checkFunctions(
      `
struct log { u8 kind; u32 count; u16 s; u64 t; } __attribute__((packed));
struct logs { struct log l[2]; };
struct held { struct log l[2]; } __attribute__((aligned(8)));
u32 sum(const u32 *at);
u32 f(struct log *l) { return sum(&l[1].count); }
                                  ^^^^^^^^^^^ warning[packed-address]: count lies at 1 of the packed struct log, and becomes a pointer to what is aligned to 4. …
u32 g(struct logs *l, struct held *held)
{
    return sum(&l->l[1].count) // ok
           + sum(&held->l[1].count); // ok
}
u32 h(struct log *l, int n)
{
    const u32 *p = &(*l).count;
                   ^^^^^^^^^^^ warning[packed-address]: count lies at 1 …
    u32 *q = n ? &l->count : NULL;
                 ^^^^^^^^^ warning[packed-address]: count lies at 1 …
    u8 first = *(u8 *)&l->count; // ok
    return *(u32 *)&l->count + *p + *q + first;
                   ^^^^^^^^^ warning[packed-address]: count lies at 1 …
}`,
      'packed-address',
    );
  });

  it('names the record that is packed, be it an inner one', () => {
    checkFunctions(
      `
struct memory { void *at; u32 size; } __attribute__((packed));
struct queue { u64 id; struct memory first, second; };
void give(void **at);
void f(struct queue *queue)
{
    give(&queue->first.at); // ok
    give(&queue->second.at);
         ^^^^^^^^^^^^^^^^^ warning[packed-address]: second.at lies at 20 of struct queue, as struct memory is packed, and becomes a pointer to what is aligned to 8. Use get_unaligned(), or copy it.
}`,
      'packed-address',
    );
  });

  it('is silent where the function that is given the address reads at any', () => {
    checkFunctions(
      `
struct log { u8 kind; u16 names[4]; u16 more; } __attribute__((packed));
#define loose(at) (((const struct { typeof(*(at)) v; } __attribute__((packed)) *)(at))->v)
static int careful(u16 *names, int count)
{
    u16 *at;
    int sum = 0;
    at = names;
    while (loose(at) && count--) {
        sum += loose(at);
        at++;
    }
    return sum;
}
static int copied(const u16 *at)
{
    const u16 *same = at;
    u16 value;
    memcpy(&value, same, sizeof(value));
    return value;
}
static int hasty(u16 *names) { return *names++; }
static int kept(u16 *names) { u16 *at = names; return at[1]; }
int f(struct log *log)
{
    return careful(log->names, 4) // ok
           + copied(&log->more) // ok
           + hasty(log->names)
                   ^^^^^^^^^^ warning[packed-address]: names lies at 1 …
           + kept(log->names);
                  ^^^^^^^^^^ warning[packed-address]: names lies at 1 …
}`,
      'packed-address',
    );
  });

  it('is silent on a member of which a comment says that it lies aligned', () => {
    checkFunctions(
      `
struct inner { u64 stamp; };
struct outer {
    u8 sum[2];
    u16 pad; /* forces alignment of what follows to 64 bits, behind a head of four bytes */
    struct inner inner;
    struct inner other; /* comes as it comes */
} __attribute__((packed));
u64 sum(const struct inner *inner);
u64 f(struct outer *outer)
{
    return sum(&outer->inner) // ok
           + sum(&outer->other);
                 ^^^^^^^^^^^^^ warning[packed-address]: other lies at 12 …
}`,
      'packed-address',
    );
  });
});
