/** Runs the Bad and Good examples of the rules' pages: takes them out of the page, and puts them into a function. */

import type { Finding } from '../analysis/finding';
import type { RuleMetadata } from '../analysis/rule';
import { Linter, type Project } from '../linter';
import type { SourceReader } from '../text/text';

/** What an example leaves out, as a page for people does. */
interface ExampleFrame {
  /** The parameters of the function that the code stands in; none where the code stands at file scope. */
  readonly parameters?: string;
  /** Declarations and includes above it. */
  readonly above?: string;
  /** What the file holds besides. */
  readonly below?: string;
}

interface RuleExample {
  readonly kind: 'Bad' | 'Good';
  /** C, or a patch where the rule speaks of changes. */
  readonly language: 'c' | 'diff';
  readonly code: string;
}

/** The examples on a rule's page: each block of code behind **Bad** or **Good**, up to the next paragraph. */
export function examplesOf({ doc }: RuleMetadata): RuleExample[] {
  return [...doc.matchAll(/\*\*(Bad|Good)\*\*\n([\s\S]*?)(?=\n\n[A-Z*]|$)/g)].flatMap(([, kind, text]) =>
    [...text.matchAll(/```(c|diff)\n([\s\S]*?)```/g)].map(([, language, code]) => ({
      kind: kind as RuleExample['kind'],
      language: language as RuleExample['language'],
      code,
    })),
  );
}

/** The file that an example makes. */
export function fileOf(code: string, { parameters, above = '', below = '' }: ExampleFrame): string {
  const body = parameters === undefined ? code : `void example(${parameters})\n{\n${code}\n}\n`;
  return `${above}\n${body}\n${below}`;
}

/** The findings of one rule in a text that stands in a tree as this file. */
export function findingsOf(rule: string, project: Project, path: string, text: string): readonly Finding[] {
  const reader: SourceReader = {
    read: (asked) => (asked === path ? text : project.reader.read(asked)),
    exists: (asked) => asked === path || project.reader.exists(asked),
  };
  const rules = new Set(rule === 'unused-allow' ? [rule, 'raw-pgmap'] : [rule]);
  const onTarget = (name: string): Project | undefined => {
    const other = project.onTarget?.(name);
    return other && { ...other, reader };
  };
  const linter = new Linter({ ...project, reader, onTarget }, { ahead: false, rules });
  return linter.lint({ path, text }).findings.filter((finding) => finding.rule === rule && finding.path === path);
}

const PAGE = 'struct page *page';
const FOLIO = 'struct folio *folio';

/** By rule: what is around its examples. */
export const FRAMES: Readonly<Record<string, ExampleFrame>> = {
  'raw-pgmap': { parameters: `${PAGE}, ${FOLIO}, struct dev_pagemap *pgmap, void *owner, int type` },
  'unguarded-pgmap': { parameters: `struct vm_area_struct *vma, unsigned long addr, pte_t pte, ${PAGE}` },
  'lru-while-owned': {
    parameters: `${FOLIO}, struct list_head pool, struct list_head isolated`,
    above: 'extern const struct folio_owner_ops ops;',
  },
  'owner-ops-unmasked': { parameters: FOLIO, above: 'extern const struct folio_owner_ops ops;' },
  'reserved-member': { parameters: `${PAGE}, ${FOLIO}, int error, int nr` },
  'page-type-mapcount': { parameters: PAGE },
  'memdesc-cast': { parameters: `${PAGE}, struct slab *slab` },
  'open-coded-devmap': { parameters: PAGE },
  'devmap-export': {},
  'refcount-on-slab': { parameters: 'struct slab *slab, void *object' },
  'index-share': { parameters: `${PAGE}, ${FOLIO}, unsigned long offset, unsigned long index` },
  'tag-bit-store': { parameters: PAGE, above: 'void free_compound_page(struct page *page);' },
  'encoded-pointer': { parameters: `struct scatterlist *sg, ${PAGE}, struct encoded_page *encoded, int len` },
  'raw-member': { parameters: 'struct dma_fence *fence, long when' },
  'packed-number': {
    parameters: 'struct nlattr *nla',
    above: '#include <net/netlink.h>\n#define LINK_NAME 3\nvoid take(struct nlattr *nla);',
  },
  'unmasked-pointer': { parameters: 'struct sock *sk, struct sk_psock *psock' },
  'hole-leak': { above: '#include <linux/uaccess.h>' },
  'narrow-bitop': { above: '#include <linux/bitops.h>' },
  'count-after-use': { above: '#include <linux/slab.h>\n#include <linux/string.h>' },
  'dma-shares-line': { above: '#include <linux/cache.h>\n#include <linux/spi/spi.h>' },
  'wrong-union-state': {},
  'wrong-kind-conversion': {},
  'unasked-word': { parameters: `struct xa_state *xas, ${FOLIO}`, above: '#include <linux/xarray.h>' },
  'packed-address': { above: '#include <linux/types.h>' },
  'raw-compound-word': { parameters: `${PAGE}, struct page *head` },
  'mapping-low-bits': { parameters: FOLIO },
  'memcg-data-bits': { parameters: `${FOLIO}, struct mem_cgroup *memcg` },
  'devmap-put': { parameters: PAGE },
  'kind-overlap': { parameters: `${PAGE}, struct page *pages, struct list_head *list` },
  'stale-union-member': {
    parameters: `${PAGE}, struct dev_pagemap *pgmap`,
    above: 'void use(struct dev_pagemap *pgmap);',
  },
  'mapping-not-reset': { parameters: `${PAGE}, struct address_space *mapping` },
  'private-not-reset': { parameters: `${PAGE}, int i, int order` },
  'tail-field': { parameters: `${PAGE}, struct address_space *mapping` },
  'tail-device-data': {
    parameters: `${PAGE}, void *zdd`,
    below:
      'void split(struct folio *a, struct folio *b);\nconst struct dev_pagemap_ops split_ops = { .folio_split = split };',
  },
  'swap-private': { parameters: FOLIO },
  'rcu-head-overlap': {
    parameters: `${PAGE}, struct list_head freed`,
    above: 'void free_page_rcu(struct rcu_head *head);',
  },
  'tag-bit-clash': {},
  'uapi-change': {},
  'hole-added': {},
  'ioctl-size': {},
  'compat-twin': { above: 'typedef unsigned int compat_long_t;' },
  'broken-match': {},
  'broken-assert': {},
  'missing-match': {},
  'unused-allow': { parameters: `${PAGE}, struct dev_pagemap *pgmap` },
};
