/** The rule reserved-member: members that their own comments reserve. */
import { describe, expect, it } from 'vitest';
import { sayingsOf } from '../facts/reserved-members';
import { factsOf, shippedFacts } from '../packs/facts';
import { check, checkFix } from '../testing/check';

const HEADERS = `
    //- /include/linux/page_ref.h
    #include <linux/mm_types.h>
    static inline int atomic_read(const atomic_t *v) { return v->counter; }
    static inline int page_ref_count(const struct page *page)
    {
        return atomic_read(&page->_refcount);   // ok
    }
    //- /include/linux/mm.h
    #include <linux/page_ref.h>
    static inline int folio_mapcount(const struct folio *folio)
    {
        return atomic_read(&folio->_large_mapcount) + 1;   // ok
    }
    //- /include/linux/mm_types.h
    #ifndef MM_TYPES_H
    #define MM_TYPES_H
    typedef struct { int counter; } atomic_t;
    struct page {
        unsigned long flags;
        /* How many use it. *DO NOT USE DIRECTLY*. See page_ref.h */
        atomic_t _refcount;
        atomic_t plain;
    };
    /**
     * struct folio - Pages in a row.
     * @_large_mapcount: Do not use directly, call folio_mapcount().
     * @_nr_pages_mapped: Do not use outside of rmap and debug code.
     * @_nr_pages: Do not use directly, call folio_nr_pages().
     * @index: Where it lies.
     *
     * Whoever has a folio holds a reference.
     */
    struct folio {
        atomic_t _large_mapcount;
        atomic_t _nr_pages_mapped;
        unsigned int _nr_pages;
        unsigned long index;
    };
    #endif`;

describe('reserved-member', () => {
  it('reports what a comment reserves, with its sentence and its accessor', () => {
    check(`
    //- /fs/file.c
    #include <linux/mm.h>
    int wait_for_idle(struct page *page, struct folio *folio)
    {
        if (atomic_read(&folio->_large_mapcount) > 0)
                         ^^^^^^^^^^^^^^^^^^^^^^ warning[reserved-member]: folio->_large_mapcount is documented as private: "Do not use directly, call folio_mapcount()." (include/linux/mm_types.h:12). Use folio_mapcount().
            return 1;
        if (atomic_read(&folio->_nr_pages_mapped))
                         ^^^^^^^^^^^^^^^^^^^^^^^ warning[reserved-member]: folio->_nr_pages_mapped is documented as private: "Do not use outside of rmap and debug code." (include/linux/mm_types.h:13). Leave it to rmap and debug code.
            return 1;
        return atomic_read(&page->_refcount) == 1;
                            ^^^^^^^^^^^^^^^ warning[reserved-member]: page->_refcount is documented as private: "DO NOT USE DIRECTLY." (include/linux/mm_types.h:6). Use page_ref_count().
    }
    int good(struct page *page, struct folio *folio)
    {
        return page_ref_count(page) == 1 && folio_mapcount(folio) && page->plain.counter && folio->index;   // ok
    }
${HEADERS}
    `);
  });

  it('speaks once of a statement, and rewrites what an accessor says word for word', () => {
    const before = `
    //- /fs/file.c
    #include <linux/mm.h>
    #define wait_event_on(what, condition) ({ while (!(condition)) sleep_on(what); 0; })
    int sleep_on(void *what);
    int wait_for_idle(struct page *page)
    {
        return wait_event_on(&page->_refcount, atomic_read(&page->_refcount) == 1);
    }
${HEADERS}
    `;
    check(
      before.replace(
        /( *)return wait_event_on.*/,
        (line, margin) =>
          `${line}\n${margin}                      ^^^^^^^^^^^^^^^ warning[reserved-member]: page->_refcount is documented as private…`,
      ),
    );
    checkFix(before, before.replace('atomic_read(&page->_refcount) == 1', 'page_ref_count(page) == 1'));
  });

  it('is silent where the comment lets code use it, or the accessors live', () => {
    check(`
    //- /mm/rmap.c
    #include <linux/mm.h>
    int mapped(struct folio *folio) { return atomic_read(&folio->_nr_pages_mapped); }   // ok
    //- /fs/page_ref.c
    #include <linux/mm.h>
    void warm(struct page *page) { page->_refcount.counter = 0; }   // ok
${HEADERS}
    `);
  });

  it('is silent where only a cache is warmed, where the accessor is missing, and on others of the same name', () => {
    check(`
    //- /fs/file.c
    #include <linux/mm.h>
    void prefetch(const void *address);
    struct other { int _refcount, _large_mapcount; };
    void f(struct page *page, struct folio *folio, struct other *other)
    {
        prefetch(&page->_refcount);               // ok
        use(folio->_nr_pages);                    // ok: this tree has no folio_nr_pages()
        use(other->_refcount);                    // ok
        use(other->_large_mapcount);              // ok
        use(sizeof(page->_refcount));             // ok
    }
${HEADERS}
    `);
  });
});

describe('reserved-member, further orders', () => {
  it('knows what must only be accessed through a function, who must use one, and a source that is named', () => {
    check(`
    //- /drivers/other/my-engine.c
    #include "../misc/engine.h"
    int look(struct engine *e)
    {
        if (e->seqno)
            ^^^^^^^^ warning[reserved-member]: e->seqno is documented as private…
            return 1;
        if (e->state)
            ^^^^^^^^ warning[reserved-member]: e->state is documented as private…
            return 1;
        return e->heat;
               ^^^^^^^ warning[reserved-member]: e->heat is documented as private…
    }
    int good(struct engine *e) { return engine_seqno(e) + engine_is_ready(e) + e->id; }   // ok
    //- /drivers/misc/engine.c
    #include "engine.h"
    long warm(struct engine *e) { return e->heat; }   // ok: the source that the comment names
    //- /drivers/misc/engine.h
    /**
     * struct engine - An engine.
     * @id: Its number; drivers should know it.
     * @seqno: The last one. It must only be accessed through engine_seqno().
     * @state: Internal to the core, drivers must use engine_is_ready().
     * @heat: Do not use outside of engine.c
     */
    struct engine { int id; int seqno; int state; long heat; };
    int engine_seqno(struct engine *e);
    int engine_is_ready(struct engine *e);
    `);
  });

  it('takes a mark of sparse for more than an advice about the same member, and finds it where no record is named', () => {
    check(`
    //- /drivers/misc/user.c
    #include <linux/gear.h>
    int look(struct gear_box *box) { return box->common->state_use_accessors & 1; }
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning[reserved-member]: box->common->state_use_accessors is documented as private: "unsigned int __private state_use_accessors;"…
    //- /include/linux/gear.h
    #define __private
    /**
     * struct gear - Gear.
     * @state_use_accessors: Use accessor functions to deal with it
     */
    struct gear {
        unsigned int __private state_use_accessors;
    };
    struct gear_box { struct gear *common; };
    `);
  });
});

describe('a member that a union lets everybody read', () => {
  it('is stored to by the functions that the comment names, in file systems, too', () => {
    check(`
    //- /include/linux/fs.h
    struct leaf {
        /*
         * Everybody may read links. They shall use the following functions to change it:
         *    (set|clear)_links
         */
        union {
            const unsigned int links;
            unsigned int __links;
        };
    };
    void set_links(struct leaf *leaf, unsigned int links);
    void clear_links(struct leaf *leaf);
    //- /fs/leaf.c
    #include <linux/fs.h>
    void set_links(struct leaf *leaf, unsigned int links)
    {
        leaf->__links = links;   // ok: it is its owner
    }
    //- /fs/oakfs/leaf.c
    #include <linux/fs.h>
    unsigned int grow(struct leaf *leaf)
    {
        leaf->__links = 2;
        ^^^^^^^^^^^^^ warning[reserved-member]: leaf->__links is documented as private: "const unsigned int links; unsigned int __links" (include/linux/fs.h:7). Use set_links().
        leaf->__links++;
        ^^^^^^^^^^^^^ warning[reserved-member]: leaf->__links is documented as private: "const unsigned int links; unsigned int __links" (include/linux/fs.h:7). Use set_links() or clear_links().
        set_links(leaf, 3);   // ok
        return leaf->links;   // ok
    }
    `);
  });
});

describe('raw-member', () => {
  it('reads of a pair of functions by which a member is set and read', () => {
    check(
      `
    //- /include/linux/dev.h
    struct dev {
        void *data; /* what its driver likes, set and get with
                     * dev_set_data/dev_get_data */
        int id;
    };
    static inline void *dev_get_data(const struct dev *dev) { return dev->data; }
    static inline void dev_set_data(struct dev *dev, void *data) { dev->data = data; }
    //- /drivers/a.c
    #include <linux/dev.h>
    void *swap(struct dev *dev, void *data)
    {
        void *old = dev->data;
                    ^^^^^^^^^ warning[raw-member]: dev->data is to be used through an accessor: "set and get with dev_set_data/dev_get_data" (include/linux/dev.h:2). Use dev_get_data().
        dev->data = data;
        ^^^^^^^^^ warning[raw-member]: dev->data is to be used through an accessor: "set and get with dev_set_data/dev_get_data" (include/linux/dev.h:2). Use dev_set_data().
        return dev->id ? old : dev_get_data(dev);   // ok
    }
      `,
      { rules: ['raw-member'] },
    );
  });

  it('knows functions that a comment names for whoever changes it, and leaves reading to everybody', () => {
    check(
      `
    //- /include/linux/crate.h
    typedef struct { int counter; } atomic_t;
    static inline int atomic_read(const atomic_t *v) { return v->counter; }
    static inline void atomic_inc(atomic_t *v) { v->counter++; }
    static inline void atomic_dec(atomic_t *v) { v->counter--; }
    static inline void atomic_add(int by, atomic_t *v) { v->counter += by; }
    struct crate {
        /**
         * @users: How many use it.
         *
         * Use crate_take()/crate_drop() to modify. When this drops to 0
         * the crate goes.
         */
        atomic_t users;
    };
    static inline void crate_take(struct crate *c) { atomic_inc(&c->users); }   // ok
    static inline void crate_drop(struct crate *c) { atomic_dec(&c->users); }   // ok
    //- /fs/file.c
    #include <linux/crate.h>
    void use(struct crate *c)
    {
        atomic_inc(&c->users);
                    ^^^^^^^^ warning[raw-member]: c->users is to be used through an accessor: "Use crate_take()/crate_drop() to modify." (include/linux/crate.h:10). Use crate_take().
        atomic_dec(&c->users);
                    ^^^^^^^^ warning[raw-member]: c->users is to be used through an accessor: "Use crate_take()/crate_drop() to modify." (include/linux/crate.h:10). Use crate_drop().
        atomic_add(2, &c->users);
                       ^^^^^^^^ warning[raw-member]: c->users is to be used through an accessor: "Use crate_take()/crate_drop() to modify." (include/linux/crate.h:10). Use crate_take() or crate_drop().
    }
    int good(struct crate *c)
    {
        return atomic_read(&c->users) > 1;   // ok
    }
      `,
      { rules: ['raw-member'] },
    );
  });

  it('knows no accessor in what only guards against NULL, takes a reference, or gives out for writing', () => {
    check(
      `
    //- /drivers/a.c
    #include <linux/crate.h>
    int serial(struct crate *c) { return c->serial + c->number; } // ok
    int id(struct crate *c) { return c->crateid; } // ok
    const struct lid *look(struct crate *c) { return c->lid; } // ok
    int weight(struct crate *c) { return c->weight; }
                                         ^^^^^^^^^ warning[raw-member]: c->weight has accessors that do more than name it…
    //- /include/linux/crate.h
    struct lid { int open; };
    struct crate {
        int serial;
        int number;
        int crateid;
        int refs;
        int full;
        int weight;
        const struct lid *lid;
    };
    static inline int crate_serial(const struct crate *c)
    {
        return c ? c->serial : 0;
    }
    static inline int crate_number(const struct crate *c)
    {
        if (!c)
            return -1;
        return c->number;
    }
    static inline struct crate *crate_get_crateid(struct crate *c)
    {
        c->refs++;
        return c;
    }
    static inline struct lid *crate_lid(struct crate *c)
    {
        return c->full ? (struct lid *)c->lid : 0;
    }
    static inline int crate_weight(struct crate *c)
    {
        return c->full ? c->weight : 0;
    }
    `,
      { rules: ['raw-member'] },
    );
  });

  it('is silent where a test has said what the accessor asks first', () => {
    check(
      `
    //- /drivers/a.c
    #include <linux/dev.h>
    struct dev *bad(struct dev *dev)
    {
        if (!dev->is_virtual)
            return dev->owner;
                   ^^^^^^^^^^ warning[raw-member]: dev->owner has accessors that do more than name it…
        return 0;
    }
    struct dev *good(struct dev *dev)
    {
        return dev->is_virtual ? dev->owner : 0;   // ok
    }
    //- /include/linux/dev.h
    struct dev {
        unsigned is_virtual : 1;
        struct dev *owner;
    };
    static inline struct dev *dev_owner(struct dev *dev)
    {
        if (dev->is_virtual)
            dev = dev->owner;
        return dev;
    }
    `,
      { rules: ['raw-member'] },
    );
  });
});

describe('the accessor that is named', () => {
  it('does what the code does: none that reads where something is stored, none that counts where it begins', () => {
    check(
      `
    //- /drivers/a.c
    #include <linux/crate.h>
    int users(struct crate *c)
    {
        atomic_set(&c->users, 1); // ok
        c->__used = 1; // ok
        c->__used++;
        ^^^^^^^^^ warning[raw-member]: c->__used has accessors that do more than name it: "crate_use(struct crate *c) { c->__used++; }" (include/linux/crate.h:16). Use crate_use().
        c->open = 1; // ok
        c->open = 0;
        ^^^^^^^ warning[reserved-member]: c->open is documented as private: "private: internal use only" (include/linux/crate.h:10). Use crate_shut().
        if (atomic_dec_and_test(&c->users))
                                 ^^^^^^^^ warning[raw-member]: c->users has accessors that do more than name it: "crate_put(struct crate *c) { return atomic_dec_and_test(&c->users); }" (include/linux/crate.h:14). Use crate_put().
            return 0;
        return atomic_read(&c->users);
                            ^^^^^^^^ warning[raw-member]: c->users has accessors that do more than name it: "crate_users(struct crate *c) { return atomic_read(&c->users); }" (include/linux/crate.h:15). Use crate_users().
    }
    //- /include/linux/crate.h
    typedef struct { int counter; } atomic_t;
    static inline void atomic_set(atomic_t *v, int to) { v->counter = to; }
    static inline void atomic_inc(atomic_t *v) { v->counter++; }
    static inline int atomic_dec_and_test(atomic_t *v) { return --v->counter == 0; }
    static inline int atomic_read(const atomic_t *v) { return v->counter; }
    /** struct crate - A crate. */
    struct crate {
        atomic_t users;
        int __used;
        /* private: internal use only */
        int open;
    };
    static inline void crate_get(struct crate *c) { atomic_inc(&c->users); }
    static inline int crate_put(struct crate *c) { return atomic_dec_and_test(&c->users); }
    static inline int crate_users(struct crate *c) { return atomic_read(&c->users); }
    static inline void crate_use(struct crate *c) { c->__used++; }
    static inline void crate_shut(struct crate *c) { c->open = 0; }
    `,
      { rules: ['raw-member', 'reserved-member'] },
    );
  });

  it('takes a record: what drops a reference to the value stores nothing', () => {
    check(
      `
    //- /drivers/a.c
    #include <linux/port.h>
    void hang(struct port *port)
    {
        use(port->line);
            ^^^^^^^^^^ warning[raw-member]: …
        port->line = 0; // ok
    }
    void numbers(struct ring *ring)
    {
        ring->number = ring_number(ring); // ok
        use(ring->number); // ok
    }
    //- /include/linux/port.h
    struct line { int speed; };
    struct port {
        /* Use port_line_get() to obtain it (and line_put() to release). */
        struct line *line;
    };
    struct line *port_line_get(struct port *port);
    void line_put(struct line *line);
    struct ring { int owner; int number; };
    static inline int ring_number(struct ring *ring) { return ring->owner; }
    `.replace(
        'raw-member]: …',
        'raw-member]: port->line is to be used through an accessor: "Use port_line_get() to obtain it (and line_put() to release)." (include/linux/port.h:3). Use port_line_get().',
      ),
      { rules: ['raw-member'] },
    );
  });

  it('is that of the member, where a comment speaks of two', () => {
    check(
      `
    //- /drivers/a.c
    #include <linux/crate.h>
    struct crate *above(struct crate *c)
    {
        return c->label ? c->parent : 0;
               ^^^^^^^^ warning[raw-member]: c->label is documented as private: "Use crate_get_parent() and crate_name/label() instead of accessing the following two fields directly." (include/linux/crate.h:3). Use crate_label().
                          ^^^^^^^^^ warning[raw-member]: c->parent is to be used through an accessor: "Use crate_get_parent() and crate_name/label() instead of accessing the following two fields directly." (include/linux/crate.h:3). Use crate_get_parent().
    }
    //- /include/linux/crate.h
    struct crate {
        /*
         * Use crate_get_parent() and crate_name/label() instead of accessing
         * the following two fields directly.
         */
        struct crate *parent;
        const char *label;
        int size;
    };
    struct crate *crate_get_parent(struct crate *c);
    const char *crate_label(struct crate *c);
    `,
      { rules: ['raw-member'] },
    );
  });

  it('need not be, where a part of a record is kept for somebody', () => {
    check(
      `
    //- /drivers/a.c
    #include <linux/crate.h>
    int flight(struct crate *c)
    {
        return c->in_flight + c->size + c->other;
               ^^^^^^^^^^^^ warning[raw-member]: c->in_flight is documented as private: "private: crate core only" (include/linux/crate.h:5). Leave it to the functions of include/linux/crate.h.
    }
    //- /include/linux/crate.h
    /** struct crate - A crate.
     * @size: What fits in.
     */
    struct crate {
        /* private: crate core only */
        int in_flight;
        /* public: for all */
        int size;
        /* private: */
        int other;
    };
    `,
      { rules: ['raw-member'] },
    );
  });
});

describe('what comments reserve', () => {
  it('reads entries of a record, comments at members, and who may', () => {
    const text = `
/**
 * struct sheet - A sheet.
 * @count: Do not access this member directly.  Use sheet_count()
 *    to learn how many there are.
 * @size: Plain.
 *
 * Do not use directly what this text speaks of.
 */
struct sheet {
        /**
         * @fence: What to wait for.
         *
         * This field should not be used directly. Use sheet_fence_get().
         */
        struct fence __rcu *fence;
        int bits[2]; /* never use directly; see bits.h */
        /* Do not use outside of core code */
        unsigned long inner:3;
        /* Do not use directly */
        int (*call)(void);
};`;
    const found = [...sayingsOf(shippedFacts).of({ text })].sort((a, b) => a.start - b.start);
    expect(
      found.map(({ name, tag, accessors, headers, scopes }) => ({ name, tag, accessors, headers, scopes })),
    ).toEqual([
      { name: 'count', tag: 'sheet', accessors: ['sheet_count'], headers: [], scopes: [] },
      { name: 'fence', tag: undefined, accessors: ['sheet_fence_get'], headers: [], scopes: [] },
      { name: 'bits', tag: undefined, accessors: [], headers: ['bits.h'], scopes: [] },
      { name: 'inner', tag: undefined, accessors: [], headers: [], scopes: ['core'] },
    ]);
  });

  it('takes sayings of other packs, in linear time, and leaves out what it cannot read', () => {
    const facts = factsOf([
      { pack: 'mine', reserved: { sayings: ['hands off of (?<scope>core)', '(x+x+)+y', '(?=no)'] } },
    ]);
    const text = `struct sheet {\n        /* Hands off of core; ${'x'.repeat(5000)} */\n        int count;\n};`;
    expect(sayingsOf(facts).of({ text })).toMatchObject([{ name: 'count', scopes: ['core'] }]);
  });
});

it('a function that gives a member of a union out behind a test is how it is to be read', () => {
  check(
    `
    //- /drivers/a.c
    #include <linux/req.h>
    struct lid *bad(struct req *req)
    {
        return req->lid;
               ^^^^^^^^ warning[raw-member]: req->lid has accessors that do more than name it: "req_to_lid(const struct req *req)" (include/linux/req.h:14). Use req_to_lid().
    }
    struct lid *good(struct req *req)
    {
        if (test_flag(REQ_LID, &req->flags))
            return req->lid; // ok
        req->lid = 0; // ok
        return req->size ? req_to_lid(req) : 0;
    }
    //- /include/linux/req.h
    struct lid { int open; };
    struct req {
        union {
            void *page;
            struct lid *lid;
        };
        unsigned long flags;
        int size;
    };
    #define REQ_LID 1UL
    #define test_flag(nr, addr) (__builtin_constant_p(nr) ? const_test_bit(nr, addr) : arch_test_bit(nr, addr))
    static inline int const_test_bit(unsigned long nr, const unsigned long *addr) { return *addr >> nr & 1; }
    static inline int arch_test_bit(unsigned long nr, const unsigned long *addr) { return *addr >> nr & 1; }
    static inline struct lid *req_to_lid(const struct req *req)
    {
        if (test_flag(REQ_LID, &req->flags))
            return req->lid;
        return NULL;
    }
    static inline int req_bytes(const struct req *req)
    {
        if (req->flags & REQ_LID)
            return req->size;
        return 0;
    }
    `,
    { rules: ['raw-member'] },
  );
});

describe('what a private part says of its members', () => {
  it('lets members be read that are only not to be changed, and takes no question about two members for an accessor of one', () => {
    check(
      `
    //- /include/linux/crate.h
    /**
     * struct crate - holds things
     * @size: how many
     */
    struct crate {
        int size;
        /* private: internal use only
         *
         * phase:  where it stands; do not change
         * loaded: how many it has;
         *         not to be changed by drivers
         * colour: what it looks like
         */
        int phase;
        int loaded;
        int colour;
        unsigned lent:1;
    };
    static inline int crate_is_lent(struct crate *c) { return c->lent; }
    static inline int crate_may_paint(struct crate *c) { return c->size && c->colour == 2; }
    //- /drivers/a.c
    #include <linux/crate.h>
    int f(struct crate *c)
    {
        if (c->phase == 1 && c->loaded) // ok
            c->size = 0;
            c->phase = 2;
            ^^^^^^^^ warning[raw-member]: c->phase is documented as private: "phase: where it stands; do not change" (include/linux/crate.h:7). Leave it to the functions of include/linux/crate.h.
        if (c->lent)
            ^^^^^^^ warning[reserved-member]: c->lent is documented as private: "private: internal use only" (include/linux/crate.h:7). Use crate_is_lent().
            c->loaded++;
            ^^^^^^^^^ warning[raw-member]: c->loaded is documented as private: "loaded: how many it has; not to be changed by drivers" …
        return c->colour;
               ^^^^^^^^^ warning[raw-member]: c->colour is documented as private: "private: internal use only" (include/linux/crate.h:7). Leave it to the functions of include/linux/crate.h.
    }
    `,
      { rules: ['raw-member', 'reserved-member'] },
    );
  });
});

describe('what is no accessor of a member', () => {
  it('asks whether there is one, calls back what only counts, or speaks of what the record leaves to drivers', () => {
    check(
      `
    //- /include/linux/crate.h
    typedef struct { int counter; } atomic_t;
    int atomic_read(const atomic_t *v);
    int atomic_dec_and_test(atomic_t *v);
    void atomic_inc(atomic_t *v);
    struct label { int size; };
    struct crate { int flags; atomic_t users; struct label wide; int tall; union { struct label round; int flat; }; };
    static inline int crate_is_wide(struct crate *c) { return !!(c->flags & 1); }
    static inline int crate_has_round(struct crate *c) { return !!(c->flags & 4); }
    static inline int crate_is_tall(struct crate *c) { return !!(c->flags & 2); }
    static inline void crate_get(struct crate *c) { atomic_inc(&c->users); }
    static inline int crate_put(struct crate *c, void (*release)(struct crate *c))
    {
        if (atomic_dec_and_test(&c->users)) {
            release(c);
            return 1;
        }
        return 0;
    }
    static inline int crate_users(struct crate *c) { return atomic_read(&c->users); }
    /**
     * struct belt - moves crates
     * @speed: how fast it is
     * @mine: private data for the driver's use
     *
     * Plain drivers shouldn't use this struct directly, see belt_make().
     */
    struct belt {
        int speed;
        void *mine;
    };
    int belt_make(struct belt *b, int speed);
    //- /drivers/a.c
    #include <linux/crate.h>
    void *f(struct crate *c, struct belt *b)
    {
        struct label *label = &c->wide; // ok
        label = &c->round; // ok
        if (c->tall)
            ^^^^^^^ warning[raw-member]: c->tall has accessors that do more than name it: "crate_is_tall(struct crate *c) { return !!(c->flags & 2); }" (include/linux/crate.h:9). Use crate_is_tall().
            return 0;
        if (!atomic_dec_and_test(&c->users)) // ok
            return 0;
        atomic_inc(&c->users);
                    ^^^^^^^^ warning[raw-member]: c->users has accessors that do more than name it: "crate_get(struct crate *c) { atomic_inc(&c->users); }" (include/linux/crate.h:10). Use crate_get().
        b->mine = label; // ok
        b->speed++;
        ^^^^^^^^ warning[raw-member]: b->speed is to be used through an accessor: "shouldn't use this struct directly, see belt_make()." …
        return b->mine; // ok
    }
    `,
      { rules: ['raw-member'] },
    );
  });

  it('is asked for behind its own test, be there a call in between', () => {
    check(
      `
    //- /include/linux/signal.h
    int test_bit(int bit, const unsigned long *word);
    long now(void);
    enum { LAMP_LIT = 2 };
    struct lamp { unsigned long flags; long since; };
    struct pair { struct lamp first, second; };
    static inline long lamp_since(struct lamp *l)
    {
        if (!test_bit(LAMP_LIT, &l->flags))
            return 0;
        return l->since;
    }
    //- /drivers/a.c
    #include <linux/signal.h>
    long f(struct pair *p)
    {
        if (!test_bit(LAMP_LIT, &p->first.flags))
            return 0;
        if (!test_bit(LAMP_LIT, &p->second.flags))
            return now() - p->first.since; // ok
        return p->second.since - p->first.since; // ok
    }
    long g(struct pair *p)
    {
        if (!test_bit(LAMP_LIT, &p->first.flags))
            return now() - p->second.since;
                           ^^^^^^^^^^^^^^^ warning[raw-member]: …
        return 0;
    }
    `,
      { rules: ['raw-member'] },
    );
  });
});

describe('an order that names who does it', () => {
  it('forbids, and says by whom it is done', () => {
    check(`
    //- /include/linux/fence.h
    /**
     * struct fence - one of a timeline
     * @number: Must be read with fence_number() only.
     * @parked: whether it waits. Drivers must not change this, use fence_park() instead.
     */
    struct fence { long number; _Bool parked; };
    long fence_number(struct fence *fence);
    void fence_park(struct fence *fence, _Bool on);
    //- /drivers/a.c
    #include <linux/fence.h>
    long number(struct fence *f)
    {
        f->parked = 1;
        ^^^^^^^^^ warning[reserved-member]: f->parked is documented as private: "must not change this, use fence_park() instead." (include/linux/fence.h:4). Use fence_park().
        if (f->parked) // ok
            return fence_number(f);
        return f->number;
               ^^^^^^^^^ warning[reserved-member]: f->number is documented as private: "Must be read with fence_number() only." (include/linux/fence.h:3). Use fence_number().
    }
`);
  });
});
