import { describe, it } from 'vitest';
import { check } from '../testing/check';

describe('owner-ops-unmasked', () => {
  it('finds reads with the tag and stores without it', () => {
    check(
      `
    //- /include/linux/mm.h +page +folio +owner_ops
    struct other { const struct folio_owner_ops *owner_ops; };
    void f(struct folio *folio, struct other *other, const struct folio_owner_ops *ops)
    {
        folio->owner_ops->free(folio);
        ^^^^^^^^^^^^^^^^ error[owner-ops-unmasked]: folio->owner_ops is read with its tag: bit 1 tells whether the word is owner_ops at all (include/linux/mm_types.h:77). Use folio_get_owner_ops().
        if (folio->owner_ops != NULL)
            ^^^^^^^^^^^^^^^^ error[owner-ops-unmasked]: folio->owner_ops is read with its tag: …
            folio->owner_ops = ops;
            ^^^^^^^^^^^^^^^^ error[owner-ops-unmasked]: folio->owner_ops is stored without its accessor, which sets bit 1 (include/linux/mm_types.h:77). Use folio_set_owner_ops() or folio_clear_owner_ops().
        other->owner_ops = ops;    // ok
        use(sizeof(folio->owner_ops));    // ok
        folio_set_owner_ops(folio, ops);    // ok
    }`,
      { rules: ['owner-ops-unmasked'] },
    );
  });

  it('is silent where the headers lack an accessor', () => {
    check(
      `
    struct folio { const void *owner_ops; };
    void folio_set_owner_ops(struct folio *folio, void *ops);
    void *f(struct folio *folio)
    {
        return (void *)folio->owner_ops;    // ok
    }`,
      { rules: ['owner-ops-unmasked'] },
    );
  });
});
