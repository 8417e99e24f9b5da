/** The Bad and Good examples of the rules' pages on Linux 6.12, and on 6.12 with what newer kernels declare. */
import { describe, expect, it } from 'vitest';
import { Disk } from '../files/disk';
import { findTree } from '../project/tree';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { edited, OWNER_OPS, PGMAP_MOVED, type TreeEdit } from '../testing/kernel-copy';
import { examplesOf, FRAMES, fileOf, findingsOf } from '../testing/rule-examples';
import { lex } from '../text/lexer';
import type { SourceReader } from '../text/text';
import type { TokenList } from '../text/tokens';
import { deriveTree } from '../workers/derive';
import { rules } from './index';

const FILE = `${KERNEL_SOURCE}/drivers/overlint-example.c`;

const INCLUDES = [
  '<linux/mm.h>',
  '<linux/memremap.h>',
  '<linux/pagemap.h>',
  '<linux/rmap.h>',
  '<linux/swap.h>',
  '<linux/rcupdate.h>',
  '<linux/scatterlist.h>',
  '<linux/memcontrol.h>',
  '<linux/export.h>',
  '<net/page_pool/helpers.h>',
  '<linux/dma-fence.h>',
  '<linux/skmsg.h>',
  '<linux/ioctl.h>',
  '"../mm/slab.h"',
]
  .map((name) => `#include ${name}\n`)
  .join('');

/** What newer and older kernels than 6.12 declare, in our own words: the gates of rules that 6.12 has no use for. */
const DECLARED: readonly TreeEdit[] = [
  {
    file: 'include/linux/mm.h',
    behind: 'static inline void put_page(struct page *page)\n{',
    find: '\n}\n',
    text:
      '\n}\nbool page_is_devmap_managed(struct page *page);\nvoid put_devmap_managed_page(struct page *page);\n' +
      'void *folio_zone_device_data(const struct folio *folio);\n',
  },
  {
    file: 'include/net/netmem.h',
    behind: 'typedef unsigned long __bitwise netmem_ref;',
    find: '\n',
    text:
      '\nstruct netmem_desc { unsigned long flags; unsigned long pp_magic; struct page_pool *pp; };\n' +
      '#define pp_page_to_nmdesc(p) ((struct netmem_desc *)(p))\n',
  },
  {
    file: 'include/linux/memremap.h',
    behind: 'struct dev_pagemap_ops {',
    find: '\n',
    text: '\n\tvoid (*folio_split)(struct folio *head, struct folio *tail);\n',
  },
];

/** Linux 6.12 with these edits, made in memory. */
function treeWith(edits: readonly TreeEdit[]): SourceReader {
  const disk = new Disk([KERNEL_SOURCE, KERNEL_BUILD]);
  const texts = new Map<string, string>();
  for (const edit of edits) {
    const path = `${KERNEL_SOURCE}/${edit.file}`;
    texts.set(path, edited(texts.get(path) ?? (disk.read(path) as string), edit));
  }
  return { read: (path) => texts.get(path) ?? disk.read(path), exists: (path) => texts.has(path) || disk.exists(path) };
}

/** Around what no configuration compiles. */
const NOWHERE = [
  ['#if 0', '#endif'],
  ['#if 0 && CONFIG_HZ', '#endif'],
  ['#if !1', '#endif'],
  ['#if 1\n#else', '#endif'],
  ['#if 1\n#elif defined(CONFIG_SMP)', '#endif'],
  ['#ifdef CONFIG_SMP\n#if 0', '#endif\n#endif'],
  ['#if defined(__ASSEMBLY__)', '#endif'],
  ['#ifdef __ASSEMBLER__', '#endif'],
  ['#ifndef __KERNEL__', '#endif'],
  ['#if !defined(__KERNEL__) || 0', '#endif'],
  ['#if IS_ENABLED(CONFIG_SMP) && 0', '#endif'],
  ['#if defined(CONFIG_SMP) && defined(__ASSEMBLY__)', '#endif'],
];

/** Rules whose gate 6.12 itself does not open. */
const PATCHED = new Map<string, readonly TreeEdit[]>([
  ['raw-pgmap', PGMAP_MOVED],
  ['unguarded-pgmap', PGMAP_MOVED],
  ['unused-allow', PGMAP_MOVED],
  ['lru-while-owned', OWNER_OPS],
  ['owner-ops-unmasked', OWNER_OPS],
  ['devmap-put', DECLARED],
  ['memdesc-cast', DECLARED],
  ['tail-device-data', DECLARED],
]);

/** All examples include the same headers. */
const lexed = new Map<string, TokenList>();
function lexOnce(text: string, file: string): TokenList {
  const known = lexed.get(file);
  if (known?.text === text) return known;
  const tokens = lex(text);
  lexed.set(file, tokens);
  return tokens;
}

/** What the tree's own headers say. */
const { derived } = deriveTree(
  findTree({ folder: KERNEL_SOURCE, paths: [], kernel: KERNEL_SOURCE, build: KERNEL_BUILD }).tree!,
  'all',
);

describe.each(rules.filter((rule) => rule.id in FRAMES && examplesOf(rule).some(({ language }) => language === 'c')))(
  'the page of $id',
  (rule) => {
    const reader = treeWith(PATCHED.get(rule.id) ?? []);
    // What gates ask of the tree on disk does not hold for a patched one.
    const said = { ...derived, declared: PATCHED.has(rule.id) ? undefined : derived.declared };
    const own = {
      kernel: KERNEL_SOURCE,
      build: KERNEL_BUILD,
      arch: 'x86',
      reader,
      derived: said,
      lex: lexOnce,
    } as const;
    const onTarget = () => ({ ...own, target: 'i386' }) as const;
    const project = { ...own, onTarget };
    it.each(examplesOf(rule).filter(({ language }) => language === 'c'))(
      'has a $kind example that is right: $code',
      ({ kind, code }) => {
        const found = findingsOf(rule.id, project, FILE, INCLUDES + fileOf(code, FRAMES[rule.id]));
        const messages = found.map(({ message }) => message);
        if (kind === 'Bad') expect(messages).not.toEqual([]);
        else expect(messages).toEqual([]);
      },
    );

    const bad = examplesOf(rule).filter(({ kind, language }) => kind === 'Bad' && language === 'c');
    it.runIf(bad.length > 0)('says nothing of a Bad one where no configuration compiles it', () => {
      const texts = bad.map(({ code }) => fileOf(code, FRAMES[rule.id]));
      const dead = texts.flatMap((text) => NOWHERE.map(([before, after]) => `${before}\n${text}\n${after}\n`)).join('');
      expect(findingsOf(rule.id, project, FILE, INCLUDES + dead).map(({ message }) => message)).toEqual([]);
    });
  },
);
