/** Findings in branches that are off: none where the branch's own options declare what the code uses otherwise. */
import { expect, it } from 'vitest';
import { findingsIn } from '../testing/check';

const PREFIX = `
//- /include/linux/mm_types.h +page +folio
//- /include/linux/mmzone.h +page_pgmap
//- /include/linux/mine.h
#ifdef CONFIG_OTHER
typedef struct dax *handle;
#else
typedef struct page *handle;
#endif
//- /main.c
struct dax;
void use(void *value);
`;
const either = (on: string, off: string): string => `#ifdef CONFIG_OTHER\n${on}\n#else\n${off}\n#endif\n`;
const using = (what: string): string => `#ifdef CONFIG_OTHER\nuse(${what});\n#endif\n`;

const messages = (text: string): string[] =>
  findingsIn(PREFIX + text)
    .filter(({ rule }) => rule === 'raw-pgmap')
    .map(({ message }) => message);

it.each([
  [
    'a variable',
    `${either('extern struct dax *page;', 'extern struct page *page;')}void f(void) {\n${using('page->pgmap')}}`,
  ],
  ['a parameter', `void f(int n,\n${either('struct dax *page)\n{', 'struct page *page)\n{')}${using('page->pgmap')}}`],
  [
    'a typedef',
    `${either('typedef struct dax what;', 'typedef struct page what;')}void f(what *page) {\n${using('page->pgmap')}}`,
  ],
  [
    'a macro for a type',
    `${either('#define P struct dax', '#define P struct page')}void f(P *page) {\n${using('page->pgmap')}}`,
  ],
  [
    'a macro',
    `${either('#define at(x) ((struct dax *)(x))', '#define at(x) ((struct page *)(x))')}void f(void *p) {\n${using('at(p)->pgmap')}}`,
  ],
  [
    'a function',
    `${either('struct dax *at(void *);', 'struct page *at(void *);')}void f(void *p) {\n${using('at(p)->pgmap')}}`,
  ],
  [
    'a member',
    `struct w {\n${either('struct dax *p;', 'struct page *p;')}};\nvoid f(struct w *w) {\n${using('w->p->pgmap')}}`,
  ],
  ["a header's typedef", `#include <linux/mine.h>\nvoid f(handle h) {\n${using('h->pgmap')}}`],
])('is silent where %s differs', (_what, text) => {
  expect(messages(`${text}\n`)).toEqual([]);
});

it.each([
  ['nothing', `void f(struct page *page) {\n${using('page->pgmap')}}`],
  [
    'what it does not use',
    `${either('extern struct dax *other;', 'extern struct page *other;')}void f(struct page *page) {\n${using('page->pgmap')}}`,
  ],
  [
    "another function's parameter",
    `${either('void g(struct dax *page);', 'void g(struct page *page);')}void f(struct page *page) {\n${using('page->pgmap')}}`,
  ],
  [
    'what another option decides',
    `${either('extern struct dax *page;', 'extern struct page *page;').replace('OTHER', 'MORE')}void f(void) {\n${using('page->pgmap')}}`,
  ],
])('speaks where %s differs', (_what, text) => {
  expect(messages(`${text}\n`)).toHaveLength(1);
});
