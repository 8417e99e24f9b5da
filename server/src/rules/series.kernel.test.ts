/** Two series for struct page and struct folio, put on the real tree as edits in our own words: what each brings to light. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Disk } from '../files/disk';
import { Linter } from '../linter';
import { KERNEL_BUILD } from '../testing/kernel';
import { copyKernel, edited, OWNER_OPS, PGMAP_MOVED, type TreeEdit } from '../testing/kernel-copy';
import { lineColumn, lineStarts } from '../text/text';

const TYPES = 'include/linux/mm_types.h';

let folder: string;
beforeAll(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-series-')));
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** A copy of the tree with mm/ and these edits; says `line: rule` of each default finding in a file. */
function treeWith(name: string, edits: readonly TreeEdit[]) {
  const kernel = path.join(folder, name);
  copyKernel(kernel, ['mm'], edits);
  const reader = new Disk([kernel, KERNEL_BUILD]);
  const linter = new Linter({ kernel, build: KERNEL_BUILD, arch: 'x86', reader }, { ahead: false });
  return (file: string, further: readonly TreeEdit[] = []) => {
    const before = reader.read(path.join(kernel, file)) as string;
    const text = further.reduce(edited, before);
    return linter.lint({ path: path.join(kernel, file), text }).findings.map((finding) => {
      const { line } = lineColumn(lineStarts(text), finding.start);
      return { code: text.split('\n')[line - 1].trim(), rule: finding.rule, message: finding.message };
    });
  };
}

describe('a tree whose folios have owner_ops', () => {
  let lint: ReturnType<typeof treeWith>;
  beforeAll(() => {
    lint = treeWith('owner-ops', OWNER_OPS);
  });

  it('has bit 1 claimed twice, and both places are named', () => {
    const clashes = lint(TYPES).filter(({ rule }) => rule === 'tag-bit-clash');
    expect(clashes).toHaveLength(1);
    expect(clashes[0].code).toContain('owner_ops; /* Bit 1 is set */');
    expect(clashes[0].message).toMatch(/bit 1 .*pfmemalloc/i);
    expect(clashes[0].message).toMatch(/include\/linux\/mm\.h:\d+/);
  });

  it('has no use of lru that is wrong, as nobody sets an owner yet', () => {
    for (const file of ['mm/swap.c', 'mm/vmscan.c', 'mm/hugetlb.c', 'mm/compaction.c', 'mm/migrate.c', 'mm/ksm.c'])
      expect(
        lint(file).filter(({ rule }) => rule === 'lru-while-owned'),
        file,
      ).toEqual([]);
  });

  it('has a free huge folio found whose owner is set before it goes on its list', () => {
    const behind = 'static void enqueue_hugetlb_folio(struct hstate *h, struct folio *folio)\n{';
    const move = 'list_move(&folio->lru, &h->hugepage_freelists[nid]);';
    const set = 'folio_set_owner_ops(folio, &huge_folio_ops);';
    const ops: TreeEdit = {
      file: 'mm/hugetlb.c',
      behind: 'static struct cma *hugetlb_cma[MAX_NUMNODES];',
      find: '\n',
      text: '\nstatic const struct folio_owner_ops huge_folio_ops;\n',
    };
    const with_ = (text: string): TreeEdit[] => [ops, { file: 'mm/hugetlb.c', behind, find: move, text }];
    const found = (text: string) =>
      lint('mm/hugetlb.c', with_(text))
        .filter(({ rule }) => rule === 'lru-while-owned')
        .map(({ code }) => code);
    expect(found(`${set}\n\t${move}`)).toEqual([move]);
    expect(found(`${move}\n\t${set}`)).toEqual([set]);
    expect(found(`${move}\n\tlist_del(&folio->lru);\n\t${set}`)).toEqual([]);
  });
});

describe('a tree with page_pgmap()', () => {
  const FILE = 'mm/migrate_device.c';
  const CALL = 'page = vm_normal_page(migrate->vma, addr, pte);';
  const TEST = 'else if (page && is_device_coherent_page(page) &&';
  let lint: ReturnType<typeof treeWith>;
  beforeAll(() => {
    lint = treeWith('pgmap', PGMAP_MOVED);
  });

  const declared: TreeEdit = {
    file: FILE,
    behind: 'for (; addr < end; addr += PAGE_SIZE, ptep++) {',
    find: '\n',
    text: '\n\t\tstruct dev_pagemap *pgmap;\n',
  };

  it('has the call found that stands above the test for NULL', () => {
    const hoisted = lint(FILE, [
      declared,
      { file: FILE, behind: CALL.slice(0, -1), find: ';', text: ';\n\t\t\tpgmap = page_pgmap(page);' },
      { file: FILE, behind: TEST, find: 'page->pgmap->owner', text: 'pgmap->owner' },
    ]);
    expect(hoisted.filter(({ rule }) => rule === 'unguarded-pgmap').map(({ code }) => code)).toEqual([
      'pgmap = page_pgmap(page);',
    ]);
  });

  it('has nothing found where the call stands behind the test', () => {
    const guarded = lint(FILE, [
      declared,
      {
        file: FILE,
        behind: CALL,
        find: `${TEST}\n`,
        text:
          'else if (page && is_device_coherent_page(page)) {\n\t\t\t\tpgmap = page_pgmap(page);\n' +
          '\t\t\t\tif (pgmap->owner != migrate->pgmap_owner)\n\t\t\t\t\tgoto next;\n\t\t\t} else if (page && (\n',
      },
      {
        file: FILE,
        behind: '} else if (page && (',
        find: '||\n\t\t\t     page->pgmap->owner != migrate->pgmap_owner))',
        text: '))',
      },
    ]);
    expect(guarded.filter(({ rule }) => rule === 'unguarded-pgmap')).toEqual([]);
    // The other call of the series is on a page of a swap entry, which is never NULL.
    expect(guarded.map(({ rule }) => rule)).toEqual(['raw-pgmap']);
  });
});
