import { describe, it } from 'vitest';
import { check } from '../testing/check';

const HEADERS = '//- /include/linux/mm.h +page +folio +owner_ops';

/** Checks a function's body, in which `folio`, `other`, `list`, `ops` and `n` are parameters. */
function checkBody(body: string): void {
  const lines = body.replace(/^\n/, '').trimEnd().split('\n');
  const margin = /^ */.exec(lines[0])![0].length;
  check(
    [
      HEADERS,
      'extern void __attribute__((noreturn)) stop_here(void);',
      'struct holder { struct folio *folio; int flags; };',
      'static inline void put_at_exit(struct folio **folio) { if (*folio) folio_clear_owner_ops(*folio); }',
      'void f(struct folio *folio, struct folio *other, struct list_head *list, const struct folio_owner_ops *ops, int n)',
      '{',
      // A brace in the first column ends a function.
      ...lines.map((line) => `    ${line.slice(margin)}`),
      '}',
    ].join('\n'),
    { rules: ['lru-while-owned'] },
  );
}

describe('the control flow that states pass through', () => {
  it('follows switch with fallthrough and ranges', () => {
    checkBody(`
      switch (n) {
      case 1:
          folio_set_owner_ops(folio, ops);
      case 2 ... 4:
          list_add(&folio->lru, list);
                    ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used …
          break;
      case 5:
          folio_set_owner_ops(other, ops);
          break;
      default:
          list_add(&other->lru, list);    // ok
      }
      list_del(&other->lru);
                ^^^^^^^^^^ error[lru-while-owned]: other->lru is used …
    `);
  });

  it('ends a way at calls that never return, and at __builtin_unreachable()', () => {
    checkBody(`
      if (n == 1) {
          folio_set_owner_ops(folio, ops);
          stop_here();
      }
      if (n == 2) {
          folio_set_owner_ops(folio, ops);
          __builtin_unreachable();
      }
      if (n == 3) {
          folio_set_owner_ops(folio, ops);
          panic("gone");
      }
      list_add(&folio->lru, list);    // ok
    `);
  });

  it('evaluates && and ||, ?: and statement expressions in their order', () => {
    checkBody(`
      struct folio *chosen = n ? folio : other;
      bool is_owned = n > 1 && ({ folio_set_owner_ops(folio, ops); 1; });

      if (is_owned)
          list_add(&folio->lru, list);
                    ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used …
      else
          list_add(&folio->lru, list);    // ok
      if (n < 1 || !folio_get_owner_ops(chosen))
          list_add(&chosen->lru, list);    // ok
      else
          list_add(&chosen->lru, list);
                    ^^^^^^^^^^^ error[lru-while-owned]: chosen->lru is used …
    `);
  });

  it('asks the same condition once', () => {
    checkBody(`
      if (n)
          folio_set_owner_ops(folio, ops);
      if (!n)
          list_add(&folio->lru, list);    // ok
      if (folio_test_large(other))
          folio_set_owner_ops(other, ops);
      if (!folio_test_large(other))
          list_add(&other->lru, list);    // ok
    `);
  });

  it('does not keep ways apart for what a variable held that is gone, or an expression that is done with', () => {
    const used = (count: number) => `
      extern struct folio *take_folio(struct list_head *list);
      folio_set_owner_ops(folio, ops);
      ${Array.from(
        { length: count },
        (_, turn) => `
      if (n & ${1 << turn}) {
          struct folio *own = ({ take_folio(list); });
          folio_set_owner_ops(own, ops);
      }`,
      ).join('')}
      list_add(&folio->lru, list);
                ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used …
    `;
    checkBody(used(2));
    // With a way for each of those that was taken or not there would be more ways than are told apart.
    checkBody(used(8));
  });

  it('runs cleanups at the end of a scope, however it is left', () => {
    checkBody(`
      for (;;) {
          struct folio *guarded __attribute__((cleanup(put_at_exit))) = folio;

          folio_set_owner_ops(guarded, ops);
          if (n)
              break;
          goto out;
      }
      list_add(&folio->lru, list);    // ok
      return;
      out:
      list_add_tail(&folio->lru, list);    // ok
    `);
  });

  it('looks through likely(), and asks the same question in a macro of the file', () => {
    checkBody(`
      #define HAS_OWNER(folio) (folio_get_owner_ops(folio) != NULL)
      if (likely(HAS_OWNER(folio)))
          list_add(&folio->lru, list);
                    ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used …
      else
          list_add(&folio->lru, list);    // ok
      if (unlikely(!folio_get_owner_ops(other)))
          list_add(&other->lru, list);    // ok
      else
          list_add(&other->lru, list);
                    ^^^^^^^^^^ error[lru-while-owned]: other->lru is used …
    `);
  });

  it('knows the first of a list by its list, and each turn of an iterator anew', () => {
    checkBody(`
      struct folio *first = list_first_entry(list, struct folio, lru);
      struct folio *each;

      list_del(&first->lru);    // ok
      folio_set_owner_ops(first, ops);
      list_add(&first->lru, list);
                ^^^^^^^^^^ error[lru-while-owned]: first->lru is used …
      list_for_each_entry(each, list, lru) {
          if (folio_get_owner_ops(each))
              list_del(&each->lru);
                        ^^^^^^^^^ error[lru-while-owned]: each->lru is used …
          folio_clear_owner_ops(each);
      }
    `);
  });

  it('keeps local labels apart, which macros bring along each time they are used', () => {
    checkBody(`
      #define WAIT(condition) ({ __label__ out; for (;;) { if (condition) goto out; n++; } out: n; })
      WAIT(n > 1);
      folio_set_owner_ops(folio, ops);
      WAIT(n > 2);
      list_add(&folio->lru, list);
                ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used …
    `);
  });

  it('goes through functions that call themselves, and knows what they do on every way', () => {
    check(
      `${HEADERS}
static void walk(struct folio *folio, const struct folio_owner_ops *ops, int n)
{
    if (n > 0)
        walk(folio, ops, n - 1);
    else
        folio_set_owner_ops(folio, ops);
}
static void other(struct folio *folio, int n);
static void one(struct folio *folio, int n)
{
    if (n)
        other(folio, n - 1);
    folio_clear_owner_ops(folio);
}
static void other(struct folio *folio, int n)
{
    one(folio, n);
}
void f(struct folio *folio, struct folio *deep, struct list_head *list, const struct folio_owner_ops *ops, int n)
{
    walk(deep, ops, n);
    list_add(&deep->lru, list);
              ^^^^^^^^^ error[lru-while-owned]: deep->lru is used while owner_ops is set …
    folio_set_owner_ops(folio, ops);
    one(folio, n);
    list_del(&folio->lru);    // ok
}
`,
      { rules: ['lru-while-owned'] },
    );
  });

  it('goes through loops that no structure explains, computed gotos and asm goto, and comes to an end', () => {
    checkBody(`
      void *targets[] = { &&first, &&second };

      if (n)
          goto second;
      first:
      list_del(&folio->lru);    // ok
      folio_set_owner_ops(folio, ops);
      second:
      list_add(&folio->lru, list);
                ^^^^^^^^^^ error[lru-while-owned]: folio->lru is used …
      asm goto("1: jmp %l[first]" : : : : first, done);
      if (n-- > 0)
          goto first;
      goto *targets[n];
      done:
      return;
      list_del(&folio->lru);    // ok
    `);
  });

  it('gives up what it cannot tell: stores through pointers, calls by pointer, syntax errors', () => {
    checkBody(`
      struct holder holder = { .folio = folio };
      struct holder *far = (struct holder *)list;

      folio_set_owner_ops(far->folio, ops);
      list_del(&far->folio->lru);
                ^^^^^^^^^^^^^^^ error[lru-while-owned]: far->folio->lru is used …
      folio_set_owner_ops(far->folio, ops);
      far->flags = 1;
      far->folio = other;
      list_add(&far->folio->lru, list);    // ok
      folio_set_owner_ops(holder.folio, ops);
      ops->free(folio);
      list_del(&holder.folio->lru);    // ok
      folio_set_owner_ops(folio, ops);
      if (n) ) {
      list_add(&folio->lru, list);    // ok
    `);
  });

  it('comes to an end on a function of three thousand lines', () => {
    const lines = Array.from({ length: 600 }, (_, index) =>
      [
        `if (n == ${index})`,
        index % 2 ? 'folio_set_owner_ops(folio, ops);' : 'folio_clear_owner_ops(folio);',
        `while (n > ${index})`,
        'folio_lock(other);',
        `if (folio_get_owner_ops(other)) n += ${index};`,
      ].join('\n'),
    );
    checkBody(`${lines.join('\n')}\n`);
  });
});
