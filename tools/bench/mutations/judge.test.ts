import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from './judge';

describe('the mutation bench', () => {
  it('has a corpus on which the rule is silent, and finds its first mutants', () => {
    const source = fs.readFileSync(path.join(import.meta.dirname, 'corpus/straight.c'), 'latin1');
    const judged = judge('straight.c', source, ({ of }) => of === 'own_then_pool');
    expect(judged.onOriginals).toEqual([]);
    expect(judged.brokenOriginals).toEqual([]);
    expect(judged.verdicts.map(({ mutant, verdict }) => `${mutant.kind}: ${mutant.was}: ${verdict}`).sort()).toEqual([
      'drop: folio_clear_owner_ops(folio);: found',
      'drop: folio_set_owner_ops(folio, ops);: equivalent',
      'drop: list_add_tail(&folio->lru, pool);: equivalent',
      'swap: folio_clear_owner_ops(folio); list_add_tail(&folio->lru, pool);: found',
      'swap: folio_lock(folio); folio_clear_owner_ops(folio);: equivalent',
      'swap: folio_set_owner_ops(folio, ops); folio_lock(folio);: equivalent',
      'swap: list_add_tail(&folio->lru, pool); folio_unlock(folio);: equivalent',
      'touch after set: folio_set_owner_ops(folio, ops);: found',
    ]);
  });

  it('tells a rule that says nothing from one that speaks', () => {
    const silent = judge(
      'none.c',
      'void f(struct folio *folio, struct list_head *list)\n{\n\tlist_add(&folio->lru, list);\n}\n',
    );
    expect(silent.brokenOriginals).toEqual([]);
    expect(silent.verdicts.map(({ verdict }) => verdict)).toEqual(['equivalent']);
  });
});
