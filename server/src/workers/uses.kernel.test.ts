/** The bytes of page->pgmap in linux-source-6.12: what touches them under this and other names, against a table read by hand. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { findTree } from '../project/tree';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { findUses, type UsesReport } from './uses-run';

async function usesOf(member: string, ...paths: string[]): Promise<UsesReport> {
  const tree = findTree({ folder: '/', paths: [], kernel: KERNEL_SOURCE, build: KERNEL_BUILD }).tree!;
  const absolute = paths.map((name) => path.join(tree.kernel, name));
  return findUses({ tree, record: { name: 'page' }, member, paths: absolute, cache: true, threads: {} });
}

describe('on linux-source-6.12', () => {
  it('each access to page->pgmap that was found by hand is found, and no decoy', async () => {
    const rows = fs.readFileSync(path.join(import.meta.dirname, '../testing/data/pgmap-6.12.tsv'), 'utf8').trim();
    const table = rows
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'));
    const files = [...new Set(table.map(([file]) => file))];
    const { uses, query } = await usesOf('pgmap', ...files);
    expect(query.sharing.map(({ tag }) => tag)).toEqual(expect.arrayContaining(['page', 'folio', 'slab', 'ptdesc']));
    const found = uses.filter(({ record, member }) => record === 'struct page' && member === 'pgmap');
    const truths = table.filter(([, , , verdict]) => verdict === 'true').map(([file]) => file);
    expect(found.map((use) => path.relative(KERNEL_SOURCE, use.path)).sort()).toEqual(truths.sort());
  });

  it('compound_head is read, set and cleared where page-flags.h does so', async () => {
    const { uses } = await usesOf('compound_head', 'include/linux/page-flags.h', 'mm/slab.h', 'mm/debug.c');
    const own = uses.filter(({ member }) => member === 'compound_head');
    expect(own.filter(({ mode }) => mode === 'write').map(({ within }) => within)).toEqual([
      'set_compound_head',
      'clear_compound_head',
      expect.any(String),
    ]);
    expect(own.filter(({ mode }) => mode === 'read').map(({ within }) => within)).toContain('_compound_head');
    expect(uses.filter(({ member }) => member === 'pt_list')).toEqual([]);
  });

  it('lru is found where only a list macro names it', async () => {
    const { uses } = await usesOf('lru', 'arch/x86/mm/fault.c', 'net/ceph/pagelist.c');
    const lines = uses.map(({ text }) => text.trim());
    expect(lines).toContain('list_for_each_entry(page, &pgd_list, lru) {');
    expect(lines.some((line) => /list_entry\(pl->head\.prev, struct page,\s*$|struct page, lru\)/.test(line))).toBe(
      true,
    );
  });
});
