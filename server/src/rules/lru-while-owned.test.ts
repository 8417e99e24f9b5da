import { describe, expect, it } from 'vitest';
import { check, checkFix, findingsIn } from '../testing/check';

const HEADERS = `//- /include/linux/mm.h +page +folio +owner_ops`;

/** Checks C against headers that have owner_ops; lines keep their indentation. */
function checkOwned(source: string): void {
  const indent = /^ */.exec(source.replace(/^\n/, ''))![0];
  check(`${indent}${HEADERS}\n${source.replace(/^\n/, '')}`, { rules: ['lru-while-owned'] });
}

describe('lru-while-owned', () => {
  it('follows a switch whose body has no braces', () => {
    checkOwned(`
    void f(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops, int n)
    {
        folio_set_owner_ops(folio, ops);
        switch (n) case 3: n = 4;
        list_add(&folio->lru, list);
                  ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used while owner_ops is set (bit 1 of bytes 8 to 15, set at line 4)…
    }`);
  });

  it('offers to clear the owner around the use, and to restore it where the folio is on no list then', () => {
    const code = (use: string, apart: string) => `
void f(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	${use}
}
void g(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
{
	folio_set_owner_ops(folio, ops);
	if (list)
		${apart}
}
`;
    const add = 'list_add(&folio->lru, list);';
    const remove = 'list_del(&folio->lru); /* gone */';
    checkFix(
      `${HEADERS}\n//- /mm/a.c${code(add, remove)}`,
      `${HEADERS}\n//- /mm/a.c${code(
        `folio_clear_owner_ops(folio);\n\t${add}`,
        `{
			const struct folio_owner_ops *owner_ops = folio_get_owner_ops(folio);

			folio_clear_owner_ops(folio);
			list_del(&folio->lru);
			folio_set_owner_ops(folio, owner_ops);
		} /* gone */`,
      )}`,
      { rules: ['lru-while-owned'], unsafeFixes: true },
    );
    const [first, second] = findingsIn(`${HEADERS}\n//- /mm/a.c${code(add, remove)}`, { rules: ['lru-while-owned'] });
    expect([first, second].map(({ fixes }) => [fixes[0].title, fixes[0].safe])).toEqual([
      ['Clear owner_ops before it', false],
      ['Clear owner_ops before it, and restore it afterwards', false],
    ]);
  });

  it('finds lru used after owner_ops was set', () => {
    checkOwned(`
    void f(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
    {
        list_add(&folio->lru, list);    // ok
        list_del(&folio->lru);    // ok
        folio_set_owner_ops(folio, ops);
        list_add(&folio->lru, list);
                  ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used while owner_ops is set (bit 1 of bytes 8 to 15, set at line 6). Clear it first: folio_clear_owner_ops(folio).
        folio_clear_owner_ops(folio);
        list_add(&folio->lru, list);    // ok
    }`);
  });

  it('goes by the result of folio_get_owner_ops()', () => {
    checkOwned(`
    void f(struct folio *folio, struct list_head *list)
    {
        if (folio_get_owner_ops(folio))
            list_add(&folio->lru, list);
                      ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used while owner_ops is set (bit 1 of bytes 8 to 15, found set at line 4). …
        else
            list_add(&folio->lru, list);    // ok
    }
    void g(struct folio *folio, struct list_head *list)
    {
        const struct folio_owner_ops *ops = folio_get_owner_ops(folio);

        if (!ops) {
            list_add(&folio->lru, list);    // ok
            return;
        }
        folio_clear_owner_ops(folio);
        list_add(&folio->lru, list);    // ok
        list_del(&folio->lru);
        folio_set_owner_ops(folio, ops);
        folio_put(folio);    // ok
    }
    void h(struct folio *folio, struct list_head *list)
    {
        const struct folio_owner_ops *ops = folio_get_owner_ops(folio);

        if (ops)
            folio_clear_owner_ops(folio);
        list_add(&folio->lru, list);    // ok
        list_del(&folio->lru);
        if (ops)
            folio_set_owner_ops(folio, ops);
        folio_put(folio);    // ok
    }`);
  });

  it('follows a folio through copies, pages and list macros', () => {
    checkOwned(`
    void f(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
    {
        struct folio *copy = folio;
        struct page *page = &folio->page;
        struct page *tail = folio_page(folio, 2);

        folio_set_owner_ops(page_folio(tail), ops);
        if (list)
            list_add(&copy->lru, list);
                      ^^^^^^^^^ error[lru-while-owned]: copy->lru is used …
        else
            list_add(&page->lru, list);
                      ^^^^^^^^^ error[lru-while-owned]: page->lru is used …
    }
    void g(struct list_head *list, const struct folio_owner_ops *ops)
    {
        struct folio *folio, *next;

        list_for_each_entry_safe(folio, next, list, lru) {
            list_del(&folio->lru);    // ok
            folio_set_owner_ops(folio, ops);    // ok
        }
        list_for_each_entry(folio, list, lru) {
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[lru-while-owned]: folio->lru is used while owner_ops is set (bit 1 of bytes 8 to 15, set at line 24). …
            list_del(&folio->lru);    // ok
            folio_set_owner_ops(folio, ops);    // ok
        }
    }
    `);
  });

  it('finds owner_ops set on a listed folio, and an owner lost', () => {
    checkOwned(`
    void f(struct list_head *list, const struct folio_owner_ops *ops)
    {
        struct folio *folio = list_first_entry(list, struct folio, lru);

        folio_set_owner_ops(folio, ops);
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error[lru-while-owned]: owner_ops is set while folio is on a list through lru (bytes 8 to 15, since line 4). Take it off first: list_del(&folio->lru).
    }
    int g(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
    {
        folio_clear_owner_ops(folio);
        list_add(&folio->lru, list);
        if (!ops)
            goto out;
        list_del(&folio->lru);
        folio_set_owner_ops(folio, ops);
        folio_put(folio);    // ok
        return 0;
    out:
        list_del(&folio->lru);
        folio_put(folio);
        ^^^^^^^^^^^^^^^^ error[lru-while-owned]: folio is let go with its owner lost: owner_ops was cleared at line 10 and not set again. Set it first: folio_set_owner_ops(folio, ...).
        return -1;
    }
    int undone(struct folio *folio, const struct folio_owner_ops *ops, int error)
    {
        folio_set_owner_ops(folio, ops);
        if (!error)
            return 0;
        folio_clear_owner_ops(folio);
        folio_put(folio);    // ok
        return error;
    }`);
  });

  it('follows calls into functions in sight, and gives up where they may do either', () => {
    checkOwned(`
    static void own(struct folio *folio, const struct folio_owner_ops *ops)
    {
        folio_set_owner_ops(folio, ops);
    }
    static void disown_if(struct folio *folio, int condition)
    {
        if (condition)
            folio_clear_owner_ops(folio);
    }
    static bool isolate(struct folio *folio, struct list_head *list)
    {
        if (!folio_try_get(folio))
            return false;
        folio_clear_owner_ops(folio);
        list_add(&folio->lru, list);
        return true;
    }
    static void touch(struct folio *folio, struct list_head *list)
    {
        list_add(&folio->lru, list);
    }
    void f(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
    {
        own(folio, ops);
        touch(folio, list);
        ^^^^^^^^^^^^^^^^^^ error[lru-while-owned]: folio->lru is used while owner_ops is set (bit 1 of bytes 8 to 15, set at line 25). …
    }
    void g(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops, int maybe)
    {
        own(folio, ops);
        disown_if(folio, maybe);
        touch(folio, list);    // ok
    }
    void h(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
    {
        own(folio, ops);
        if (isolate(folio, list))
            list_del(&folio->lru);    // ok
        else
            list_del(&folio->lru);
                      ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used …
    }`);
  });

  it('follows inline functions of headers', () => {
    check(
      `
    //- /include/linux/mm.h +page +folio +owner_ops
    //- /include/linux/pool.h
    static inline void folio_set_pool_owner(struct folio *folio, const struct folio_owner_ops *ops)
    {
        folio_set_owner_ops(folio, ops);
    }
    static inline void folio_clear_pool_owner(struct folio *folio)
    {
        folio_clear_owner_ops(folio);
    }
    //- /mm/pool.c
    #include <linux/pool.h>
    void f(struct folio *folio, struct list_head *list, const struct folio_owner_ops *ops)
    {
        folio_set_pool_owner(folio, ops);
        list_add(&folio->lru, list);
                  ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used while owner_ops is set (bit 1 of bytes 8 to 15, set at line 5). …
        folio_clear_pool_owner(folio);
        list_del(&folio->lru);    // ok
    }`,
      { rules: ['lru-while-owned'] },
    );
  });

  it('is silent without owner_ops in the headers', () => {
    check(
      `
    //- /include/linux/mm.h +page +folio -owner_ops
    void folio_set_owner_ops(struct folio *folio, void *ops);
    void f(struct folio *folio, struct list_head *list)
    {
        folio_set_owner_ops(folio, list);
        list_add(&folio->lru, list);    // ok
    }`,
      { rules: ['lru-while-owned'] },
    );
  });
});
