/** Copies of parts of Debian's kernel source, changed as a patch would change them: edits are data, in our own words. */
import fs from 'node:fs';
import path from 'node:path';
import { KERNEL_SOURCE } from './kernel';

/** A change to one file: `text` takes the place of the first `find` behind the first `behind`. */
export interface TreeEdit {
  readonly file: string;
  readonly behind: string;
  readonly find: string;
  readonly text: string;
}

/**
 * What the series "fs/dax: Fix ZONE_DEVICE page reference counts" does to two headers: struct page loses the member
 * pgmap, struct folio gets it, and page_pgmap() is the way to it. No use of the member is converted.
 */
export const PGMAP_MOVED: readonly TreeEdit[] = [
  {
    file: 'include/linux/mm_types.h',
    behind: 'struct page {',
    find: 'struct dev_pagemap *pgmap;',
    text: 'void *_unused_pgmap_compound_head;',
  },
  {
    file: 'include/linux/mm_types.h',
    behind: 'struct folio {',
    find: 'struct list_head lru;',
    text: 'struct list_head lru;\n\t\t\t\tstruct dev_pagemap *pgmap;',
  },
  {
    file: 'include/linux/mmzone.h',
    behind: 'return page_zonenum(page) == ZONE_DEVICE;',
    find: '}\n',
    text:
      '}\n\nstatic inline struct dev_pagemap *page_pgmap(const struct page *page)\n{\n' +
      '\tVM_WARN_ON_ONCE_PAGE(!is_zone_device_page(page), page);\n\treturn page_folio(page)->pgmap;\n}\n',
  },
  {
    file: 'include/linux/mmzone.h',
    behind: '#else\nstatic inline bool is_zone_device_page(',
    find: '#endif\n',
    text: 'static inline struct dev_pagemap *page_pgmap(const struct page *page)\n{\n\treturn NULL;\n}\n#endif\n',
  },
];

const TYPES = 'include/linux/mm_types.h';

/** Folios get operations of their owner in the word of lru.next, told by bit 1. */
export const OWNER_OPS: readonly TreeEdit[] = [
  {
    file: TYPES,
    behind: '} swp_entry_t;\n',
    find: '\n',
    text: '\nstruct folio;\nstruct folio_owner_ops {\n\tvoid (*free)(struct folio *folio);\n};\n',
  },
  {
    file: TYPES,
    behind: 'struct folio {',
    find: 'struct list_head lru;',
    text: 'struct list_head lru;\n\t\t\t\tconst struct folio_owner_ops *owner_ops; /* Bit 1 is set */',
  },
  {
    file: TYPES,
    behind: 'FOLIO_MATCH(compound_head, lru);',
    find: '\n',
    text: '\nFOLIO_MATCH(compound_head, owner_ops);\n',
  },
  {
    file: TYPES,
    behind: 'static inline void *folio_get_private(struct folio *folio)\n{\n\treturn folio->private;\n}\n',
    find: '\n',
    text:
      '\n#define FOLIO_OWNER_OPS (1UL << 1)\n' +
      'static inline void folio_set_owner_ops(struct folio *folio, const struct folio_owner_ops *ops)\n{\n' +
      '\tfolio->owner_ops = (const struct folio_owner_ops *)((unsigned long)ops | FOLIO_OWNER_OPS);\n}\n' +
      'static inline void folio_clear_owner_ops(struct folio *folio)\n{\n\tfolio->owner_ops = NULL;\n}\n' +
      'static inline const struct folio_owner_ops *folio_get_owner_ops(struct folio *folio)\n{\n' +
      '\tunsigned long word = (unsigned long)folio->owner_ops;\n\n' +
      '\tif (!(word & FOLIO_OWNER_OPS))\n\t\treturn NULL;\n' +
      '\treturn (const struct folio_owner_ops *)(word & ~FOLIO_OWNER_OPS);\n}\n',
  },
];

/** What makes a folder a kernel tree, and what a file under mm/ or drivers/ needs to be read or compiled. */
const ALWAYS = [
  'Makefile',
  'Kconfig',
  'Kbuild',
  'include',
  'arch/x86/include',
  'arch/x86/Kconfig',
  'arch/x86/Makefile',
];

/**
 * Copies these paths of linux-source-6.12, and what any file needs, into a folder and applies the edits.
 * @throws Error where an edit has no place, so that a test never runs on a tree that was not changed.
 */
export function copyKernel(target: string, paths: readonly string[], edits: readonly TreeEdit[] = []): void {
  for (const name of [...ALWAYS, ...paths]) {
    fs.mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
    fs.cpSync(path.join(KERNEL_SOURCE, name), path.join(target, name), { recursive: true, verbatimSymlinks: true });
  }
  for (const edit of edits) {
    const file = path.join(target, edit.file);
    const text = fs.readFileSync(file, 'latin1');
    fs.writeFileSync(file, edited(text, edit), 'latin1');
  }
}

/** A file's text with an edit. @throws Error where the edit has no place in it. */
export function edited(text: string, { file, behind, find, text: put }: TreeEdit): string {
  const from = text.indexOf(behind);
  const at = from < 0 ? -1 : text.indexOf(find, from + behind.length);
  if (at < 0) throw new Error(`${file} has no "${find}" behind "${behind}"`);
  return text.slice(0, at) + put + text.slice(at + find.length);
}
