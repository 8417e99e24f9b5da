/** The rules broken-match and missing-match: asserts that tie records which are laid over one another. */
import { describe, it } from 'vitest';
import { check, checkFix } from '../testing/check';

const PREFIX = `
#define offsetof(t, m) __builtin_offsetof(t, m)
#define static_assert(c, ...) _Static_assert(c, #c)
struct page { unsigned long flags; void *mapping; unsigned int page_type; int _refcount; };`;

describe('broken-match', () => {
  it('gives both offsets, through whatever macro the file uses', () => {
    check(`${PREFIX}
    struct table { unsigned long flags; int moved; void *mapping; };
    #define TIE(pg, tb) static_assert(offsetof(struct page, pg) == offsetof(struct table, tb))
    TIE(flags, flags);   // ok
    TIE(mapping, mapping);
    ^^^^^^^^^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, mapping) is 8 but offsetof(struct table, mapping) is 16: this assert does not hold, and the build will stop here.
    #undef TIE
    #define TIE(pg, tb) static_assert(offsetof(struct table, tb) == offsetof(struct page, pg) + sizeof(struct page))
    TIE(flags, flags);
    ^^^^^^^^^^^^^^^^^ error[broken-match]: offsetof(struct table, flags) is 0 but offsetof(struct page, flags) + 24 is 24…
    #undef TIE
    `);
  });

  it('reads BUILD_BUG_ON in functions, and is silent on what it does not know', () => {
    check(`${PREFIX}
    extern void never(void) __attribute__((error("broken")));
    #define BUILD_BUG_ON(c) do { if (c) never(); } while (0)
    union niu { void *next; struct page page; };
    struct hidden;
    void f(int n)
    {
        BUILD_BUG_ON(offsetof(struct page, mapping) != offsetof(union niu, next));
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, mapping) is 8 but offsetof(union niu, next) is 0…
        BUILD_BUG_ON(offsetof(struct page, flags) != offsetof(union niu, next));   // ok
        BUILD_BUG_ON(offsetof(struct hidden, x) != offsetof(struct page, flags));   // ok
        BUILD_BUG_ON(offsetof(struct page, mapping) != n);   // ok
        if (sizeof(int) == sizeof(long))
            BUILD_BUG_ON(offsetof(struct page, mapping) != offsetof(union niu, next));   // ok
    }`);
    check(`${PREFIX}
    extern void never(void) __attribute__((error("broken")));
    #define BUILD_BUG_ON(c) do { if (c) never(); } while (0)
    union niu { void *next; struct page page; };
    #define AT(t, m) offsetof(t, m)
    #define PAGE_AT(m) AT(struct page, m)
    #define SAME(m, n) offsetof(struct page, m) == offsetof(union niu, n)
    void f(int n)
    {
        BUILD_BUG_ON(PAGE_AT(mapping) != AT(union niu, next));
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, mapping) is 8 but offsetof(union niu, next) is 0…
    }`);
  });

  it('sees an assert in its function where a type of the function is meant, or its words do not tell', () => {
    check(`${PREFIX}
    extern void never(void) __attribute__((error("broken")));
    #define BUILD_BUG_ON(c) do { if (c) never(); } while (0)
    struct own { unsigned long flags; };
    void f(void)
    {
        struct own { int moved; unsigned long flags; };
        BUILD_BUG_ON(offsetof(struct page, flags) != offsetof(struct own, flags));
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, flags) is 0 but offsetof(struct own, flags) is 8…
    }
    void g(void)
    {
        static_assert(offsetof(struct page, flags) == offsetof(struct own, flags));   // ok
        static_assert(offsetof(struct page, flags) == offsetof(struct own, flags), "moved");   // ok
        static_assert(offsetof(struct page, mapping) == offsetof(struct own, flags), "moved");
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, mapping) is 8 but offsetof(struct own, flags) is 0…
    }`);
  });

  it('reads the asserts that macros of a function bring, beside other code or one for many members', () => {
    check(`${PREFIX}
    extern void never(void) __attribute__((error("broken")));
    extern void load(int at);
    #define BUILD_BUG_ON(c) do { if (c) never(); } while (0)
    struct niu { unsigned long flags; int moved; void *mapping; };
    #define SAME(m) BUILD_BUG_ON(offsetof(struct page, m) != offsetof(struct niu, m))
    #define LOAD(m) do { SAME(m); load(offsetof(struct niu, m)); } while (0)
    void f(int n)
    {
        LOAD(flags);   // ok
        SAME(flags);   // ok
        SAME(mapping);
        ^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, mapping) is 8 but offsetof(struct niu, mapping) is 16…
        LOAD(mapping);
        ^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, mapping) is 8 but offsetof(struct niu, mapping) is 16…
    }`);
  });

  it('finds the assert that an offset is part of, whatever stands in between', () => {
    check(`${PREFIX}
    struct table { unsigned long flags; int moved; void *mapping; };
    _Static_assert(/* first; */ offsetof(struct page, mapping) ==
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, mapping) is 8 but offsetof(struct table, mapping) is 16…
                   /* then; */ offsetof(struct table, mapping), "tied");
    int is_tied = offsetof(struct page, mapping) == offsetof(struct table, mapping);   // ok
    `);
    check(`${PREFIX}
    struct table { unsigned long flags; int moved; void *mapping; };
    int before; // one;
    static_assert( // two;
    ^^^^^^^^^^^^^^^^^^^^^^ error[broken-match]: offsetof(struct page, mapping) is 8 but offsetof(struct table, mapping) is 16…
      // three;
      offsetof(struct page, mapping) == offsetof(struct table, mapping));
    `);
  });
});

describe('missing-match', () => {
  const SLAB = `${PREFIX}
    struct slab {
        unsigned long __page_flags;
        union { void *slab_cache; void *__mapping; };
        unsigned int __page_type;
        int __page_refcount;
    };
    #define SLAB_MATCH(pg, sl) static_assert(offsetof(struct page, pg) == offsetof(struct slab, sl))
    SLAB_MATCH(flags, __page_flags);
    SLAB_MATCH(mapping, slab_cache);
    SLAB_MATCH(_refcount, __page_refcount);
    #undef SLAB_MATCH`;

  it('reports a placeholder that no assert ties, and counts an asserted sibling as cover', () => {
    check(
      SLAB.replace(
        'unsigned int __page_type;',
        `$&
                     ^^^^^^^^^^^ warning[missing-match]: slab.__page_type stands over page.page_type at offset 16, and no assert ties the two…`,
      ),
    );
  });

  it('takes a single assert for what the code goes by, and not for a list that is meant to be complete', () => {
    check(
      SLAB.replace(/ *SLAB_MATCH\(flags.*\n/, '')
        .replace(/ *SLAB_MATCH\(mapping.*\n/, '')
        .replace('unsigned int __page_type;', '$&   // ok'),
    );
  });

  it("adds the assert in the file's own macro", () => {
    checkFix(SLAB, SLAB.replace(/SLAB_MATCH\(_ref.*\n/, '$&    SLAB_MATCH(page_type, __page_type);\n'), {
      unsafeFixes: true,
    });
  });
});
