/** Which accesses can't be to a record, as tokens tell: a wrong "no" would lose findings. */
import { describe, expect, it } from 'vitest';
import { sourceFile } from '../preprocessor/source';
import { basesOf } from './named-bases';

const mayAccess = (text: string): boolean => basesOf(sourceFile('/k/a.c', text)).mayAccess(['kind'], 'page');

describe('an access that may be to a member of struct page', () => {
  it.each([
    ['a variable of the tag', 'void f(struct page *p) { p->kind = 1; }'],
    ['a second declarator', 'struct page *a, *p; int f(void) { return p->kind; }'],
    ['no pointer', 'struct page p; int f(void) { return p.kind; }'],
    ['a union of the tag', 'union page *p; int f(void) { return p->kind; }'],
    ['what no declaration of the file names', 'int f(void) { return p->kind; }'],
    ['a call', 'int f(struct box *b) { return page_of(b)->kind; }'],
    ['an element', 'int f(struct box **b) { return b[0]->kind; }'],
    ['a member', 'int f(struct box *b) { return b->page->kind; }'],
    ['an initializer', 'struct box b = { .kind = 1 };'],
    ['one name for two types', 'int f(struct box *p) { return p->kind; } int g(struct page *p) { return p->kind; }'],
    ['a typedef elsewhere in the file', 'int f(struct box *p); int g(page_t *p) { return p->kind; }'],
    ['the second of a typedef', 'int f(struct box *p); int g(void) { page_t *o, *p; return p->kind; }'],
    ['typeof', 'int f(struct box *p); int g(struct page *q) { typeof(q) p = q; return p->kind; }'],
    ['typeof of an expression', 'int f(struct box *p); int g(void) { typeof(*(one())) *p = one(); return p->kind; }'],
    ['an automatic type', 'int f(struct box *p); int g(void) { __auto_type p = one(); return p->kind; }'],
    ['a parameter of a macro', 'int f(struct box *p);\n#define KIND(o, p) p->kind\n'],
    ['behind a body', 'int f(struct box *p); struct page { int kind; } *p; int g(void) { return p->kind; }'],
    ['a definition with a body', 'struct page { int kind; } p; int f(void) { return p.kind; }'],
  ])('%s', (_, text) => expect(mayAccess(text)).toBe(true));
});

describe('an access that is to another record', () => {
  it.each([
    ['a parameter', 'int f(struct box *p) { return p->kind; }'],
    ['a constant pointer to a pointer', 'int f(const struct box **p) { return (*p)->other + p->kind; }'],
    ['an object', 'struct box p; int f(void) { return p.kind; }'],
    [
      'behind a keyword',
      'int f(struct box *p) { if (p->kind) return p->kind; else p->kind = 2; return sizeof p->kind; }',
    ],
    ['the name alone', 'int kind(struct page *p) { return kind(p); }'],
  ])('%s', (_, text) => expect(mayAccess(text)).toBe(false));
});
