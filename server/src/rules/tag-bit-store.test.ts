/** The rule tag-bit-store: what goes into words whose low bits say who owns them. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADER = `
    //- /include/linux/mm_types.h
    struct list_head { struct list_head *next, *prev; };
    struct address_space { long host; };
    struct page {
        unsigned long flags;
        union {
            struct list_head lru;
            unsigned long compound_head; /* Bit zero is set */
            unsigned long pp_magic;
        };
        struct address_space *mapping;
    };
    static inline int page_is_pfmemalloc(const struct page *page)
    {
        return (unsigned long)page->lru.next & (1UL << 1);
    }
    static inline void set_page_pfmemalloc(struct page *page)
    {
        page->lru.next = (void *)(1UL << 1);   // ok
    }
    static inline int PageAnon(const struct page *page)
    {
        return (unsigned long)page->mapping & 1;
    }`;
const options = { rules: ['tag-bit-store'] };

describe('tag-bit-store', () => {
  it('reports a function where a bit means anonymous', () => {
    check(
      `
    //- /mm/hugetlb.c
    #include <linux/mm_types.h>
    typedef void (*destructor)(struct page *page);
    void free_huge_page(struct page *page);
    void prepare(struct page *page, destructor dtor)
    {
        page[1].mapping = (void *)free_huge_page;
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[tag-bit-store]: A pointer to a function has no alignment that the language promises, and bit 0 of bytes 24 to 31 of struct page is …
        page[1].mapping = (void *)dtor;
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[tag-bit-store]: A pointer to a function…
    }
    void good(struct page *page, struct address_space *mapping, unsigned long order)
    {
        page[1].mapping = mapping;          // ok: aligned to eight bytes
        page[1].flags = order;              // ok
    }${HEADER}`,
      options,
    );
  });

  it('reports structs that are aligned too little, on the target where they are', () => {
    const source = `
    //- /mm/hugetlb_cgroup.c
    #include <linux/mm_types.h>
    struct hugetlb_cgroup { int id; };
    void set(struct page *page, struct hugetlb_cgroup *group)
    {
        page[2].lru.next = (void *)group;
    }${HEADER}`;
    check(
      source.replace(
        'void *)group;',
        (line) =>
          `${line}\n        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[tag-bit-store]: struct hugetlb_cgroup is aligned to 2 bytes on m68k, and bit 1 of bytes 4 to 7 of struct page is pfmemalloc's…`,
      ),
      {
        ...options,
        arch: 'm68k',
      },
    );
    check(source.replace('int id', 'long id'), options);
  });

  it('reports a signature that is compared whole beside another owner of a bit', () => {
    check(
      `
    #include <linux/mm_types.h>
    #define SIGNATURE 0x40
    int f(struct page *page)
    {
        if (page->pp_magic != SIGNATURE)
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[tag-bit-store]: pp_magic is compared whole, and bit 1 of bytes 8 to 15 of struct page is pfmemalloc's (page_is_pfmemalloc(), include/linux/mm_types.h:14). Mask it first.
            return 0;
        return (page->pp_magic & ~0x3UL) == SIGNATURE;   // ok
    }${HEADER}`,
      options,
    );
  });

  it('is silent on plain integers, other structs, and words that nobody claims', () => {
    check(
      `
    #include <linux/mm_types.h>
    struct object { struct list_head lru; void *mapping; };
    void call(void);
    void f(struct object *object, struct page *page, unsigned long word, void *any)
    {
        object->mapping = (void *)call;            // ok
        object->lru.next = (void *)call;           // ok
        page->lru.prev = (void *)call;             // ok
        page->compound_head = word;                // ok
        page->lru.next = any;                      // ok
        page->lru.next = (void *)0x100;            // ok
    }${HEADER}`,
      options,
    );
  });

  it('reports what goes into any word of which a header masks low bits, by hand or through its setter', () => {
    check(
      `
    //- /include/linux/slot.h
    struct buffer { unsigned long address; };
    struct slot { void *cookie; int state; };
    #define SLOT_MASK 3UL
    static inline struct buffer *slot_buffer(const struct slot *slot)
    {
        return (struct buffer *)((unsigned long)slot->cookie & ~SLOT_MASK);
    }
    static inline void slot_set(struct slot *slot, void *cookie, int tag)
    {
        slot->cookie = (void *)((unsigned long)cookie | (tag & 3));
    }
    //- /drivers/a.c
    #include <linux/slot.h>
    struct other { void *cookie; };
    struct tiny { short a; char b; } __attribute__((packed));
    struct named { char *name; };
    int work(void *data);
    void bad(struct slot *slot, unsigned short *halves, struct slot *all)
    {
        slot->cookie = work;
                       ^^^^ warning[tag-bit-store]: work goes into cookie, of which bits 0 and 1 are tags: include/linux/slot.h:6 has "return (struct buffer *)((unsigned long)slot->cookie & ~SLOT_MASK);". But a pointer to a function has no alignment that the language promises.
        slot_set(slot, &halves[3], 1);
                       ^^^^^^^^^^ warning[tag-bit-store]: &halves[3] goes into cookie…
    }
    void texts(struct slot *slot, char *name, struct tiny *tiny, struct named *named)
    {
        slot->cookie = name;
                       ^^^^ warning[tag-bit-store]: name goes into cookie…
        slot->cookie = tiny;
                       ^^^^ warning[tag-bit-store]: tiny goes into cookie…
        slot->cookie = named->name; // ok
    }
    void good(struct slot *slot, struct buffer *buffer, struct other *other, void *any)
    {
        slot->cookie = buffer;      // ok
        slot->cookie = any;         // ok
        slot_set(slot, buffer, 1);  // ok
        slot->cookie = (void *)0;   // ok
        other->cookie = work;       // ok
    }`,
      options,
    );
  });

  it('reports what goes in by any setter that is given flags beside it', () => {
    check(
      `
//- /include/linux/rail.h
struct rail_pad { unsigned short index, code; unsigned int width; };
struct rail_fw { unsigned char id; unsigned short code; } __attribute__((packed));
struct rail { void *far; long entry; };
#define RAIL_ON 1UL
#define RAIL_FIXED 2UL
static inline struct rail_pad *rail_pad(struct rail *r) { return (void *)((unsigned long)r->far & ~(RAIL_ON | RAIL_FIXED)); }
static inline void rail_set(struct rail *r, unsigned long bit) { r->far = (void *)((unsigned long)r->far | bit); }
static inline void rail_init(struct rail *r, void *pad, unsigned long bits)
{
        r->far = (void *)((unsigned long)pad | bits);
        r->entry = 0;
}
//- /drivers/a.c
#include <linux/rail.h>
void lay(struct rail *r, struct rail_pad *pad, struct rail_fw *fw)
{
        rail_init(r, pad, RAIL_FIXED); // ok
        rail_set(r, RAIL_ON); // ok
        rail_init(r, fw, 0);
                     ^^ warning[tag-bit-store]: fw goes into far, …
        rail_init(r, &pad->code, RAIL_ON);
                     ^^^^^^^^^^ warning[tag-bit-store]: &pad->code goes into far, …
}
`,
      { rules: ['tag-bit-store'] },
    );
  });
});
