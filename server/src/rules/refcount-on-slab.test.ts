/** The rule refcount-on-slab: references on descriptors that have no count. */
import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADER = `
    //- /include/linux/descriptors.h
    #define static_assert(c, ...) _Static_assert(c, #c)
    #define offsetof(t, m) __builtin_offsetof(t, m)
    struct slab { unsigned long __page_flags; void *slab_cache; char objects[32]; int __page_type; atomic_t __page_refcount; };
    static_assert(offsetof(struct page, flags) == offsetof(struct slab, __page_flags));
    static_assert(offsetof(struct page, _refcount) == offsetof(struct slab, __page_refcount));
    /**
     * struct ptdesc - A page of a page table.
     * @__page_refcount: As the page's own count.
     */
    struct ptdesc { unsigned long __page_flags; char table[40]; int __page_type; atomic_t __page_refcount; };
    static_assert(offsetof(struct page, flags) == offsetof(struct ptdesc, __page_flags));
    static_assert(offsetof(struct page, _refcount) == offsetof(struct ptdesc, __page_refcount));
    #define slab_folio(s) (_Generic((s), const struct slab *: (const struct folio *)s, struct slab *: (struct folio *)s))
    #define ptdesc_page(pt) (_Generic((pt), const struct ptdesc *: (const struct page *)(pt), struct ptdesc *: (struct page *)(pt)))
    void folio_put(struct folio *folio);
    void put_page(struct page *page);
    void get_page(struct page *page);`;

describe('refcount-on-slab', () => {
  it('reports references through conversions, casts and variables', () => {
    check(
      `
    //- /include/linux/mm_types.h +page +folio
    //- /drivers/one.c
    #include <linux/mm_types.h>
    #include <linux/descriptors.h>
    void f(struct slab *slab)
    {
        struct folio *folio = slab_folio(slab);
        folio_put(slab_folio(slab));
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[refcount-on-slab]: folio_put() counts references on struct slab, which has no count: __page_refcount is a placeholder (include/linux/descriptors.h:3). Leave slabs to the allocator.
        folio_put(folio);
        ^^^^^^^^^^^^^^^^ warning[refcount-on-slab]: folio_put() counts references on struct slab…
        get_page((struct page *)slab);
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[refcount-on-slab]: get_page() counts references on struct slab…
        put_page(&slab_folio(slab)->page);
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[refcount-on-slab]: put_page() counts references on struct slab…
    }${HEADER}`,
      { rules: ['refcount-on-slab'] },
    );
  });

  it('is silent on conversions, on counted descriptors, and on what may be something else', () => {
    check(
      `
    //- /include/linux/mm_types.h +page +folio
    //- /drivers/one.c
    #include <linux/mm_types.h>
    #include <linux/descriptors.h>
    struct owner { struct folio *folio; };
    void free_pages(struct page *page);
    void f(struct slab *slab, struct ptdesc *table, struct folio *other, struct owner *owner)
    {
        struct folio *folio = slab_folio(slab);
        free_pages(&folio->page);        // ok
        put_page(ptdesc_page(table));    // ok: documented as the page's count
        folio_put(owner->folio);         // ok
        folio = other;
        folio_put(folio);                // ok
    }${HEADER}`,
      { rules: ['refcount-on-slab'] },
    );
  });

  it('is silent where nothing lays the descriptor over struct page', () => {
    check(
      `
    //- /include/linux/mm_types.h +page +folio
    struct slab { unsigned long flags; char rest[48]; int __page_type, __page_refcount; };
    void folio_put(struct folio *folio);
    void f(struct slab *slab) { folio_put((struct folio *)slab); }   // ok
    `,
      { rules: ['refcount-on-slab'] },
    );
  });

  it('knows where memory comes from that is given to a variable once, or handed on at once', () => {
    check(
      `
    //- /include/linux/mm_types.h +page
    void *kmalloc(unsigned long size, unsigned int flags);
    void *kzalloc_in(unsigned long size);
    #define kzalloc(size, flags) ({ void *made = kzalloc_in(size); made; })
    struct page *virt_to_page(const void *address);
    void get_page(struct page *page);
    //- /drivers/one.c
    #include <linux/mm_types.h>
    void late(unsigned long n)
    {
        struct page *page;
        void *buffer;

        buffer = kmalloc(n, 0);
        page = virt_to_page(buffer);
        get_page(page);
        ^^^^^^^^^^^^^^ warning[refcount-on-slab]: get_page() counts references on the page of what kmalloc() gave out, …
        get_page(virt_to_page(kzalloc(n, 0)));
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[refcount-on-slab]: get_page() counts references on the page of what kzalloc() gave out, …
    }
    void other(unsigned long n, void *mine)
    {
        struct page *page;
        void *buffer;

        buffer = kmalloc(n, 0);
        buffer = mine;
        page = virt_to_page(buffer);
        get_page(page);    // ok
    }
    `,
      { rules: ['refcount-on-slab'] },
    );
  });

  it('knows who is given a reference to drop later', () => {
    check(
      `
    //- /include/linux/skbuff.h
    void *kmalloc(unsigned long size, unsigned int flags);
    void *page_frag_alloc(unsigned long size);
    struct page *virt_to_page(const void *address);
    struct sk_buff;
    void skb_fill_page_desc(struct sk_buff *skb, int i, struct page *page, int off, int size);
    //- /drivers/one.c
    #include <linux/skbuff.h>
    struct holder { char *data; };
    void get_page(struct page *page);
    void held(struct holder *h, struct holder *other)
    {
        h->data = kmalloc(16, 0);
        get_page(virt_to_page(h->data));
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[refcount-on-slab]: get_page() counts references on the page of what kmalloc() gave out, …
        get_page(virt_to_page(other->data)); // ok
    }
    void marks(struct sk_buff *skb)
    {
        char *mark = kmalloc(16, 0);
        char *other = page_frag_alloc(16);

        skb_fill_page_desc(skb, 0, virt_to_page(mark), 0, 16);
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[refcount-on-slab]: skb_fill_page_desc() is given a reference to the page of what kmalloc() gave out, …
        skb_fill_page_desc(skb, 1, virt_to_page(other), 0, 16); // ok
    }
    `,
      { rules: ['refcount-on-slab'] },
    );
  });
});
