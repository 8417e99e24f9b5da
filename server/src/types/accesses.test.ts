/** Which member accesses C holds, and what each does to the bytes. */
import { describe, expect, it } from 'vitest';
import { unitOf } from '../testing/unit';
import { visitDeclarations } from './accesses';

const BEFORE =
  'struct list { struct list *next, *prev; }; struct page { long flags; struct list lru; int order[2]; struct page *up; };';

/** The accesses in a function's body, in the order of the text: `lru: write`, a part of a member with `…`. */
function accessesIn(body: string): string[] {
  const text = `${BEFORE} long use(long n); void take(void *p); void f(struct page *p, struct page s, long n) { ${body} }`;
  const { globals } = unitOf({ '/main.c': text });
  const { item, reading } = globals.definitionOf('f')!;
  const found: { readonly first: number; readonly end: number; readonly text: string }[] = [];
  visitDeclarations(globals.parseWhole(reading, item).declarations, ({ expression, mode, partial }) => {
    const { first, end, name } = expression;
    found.push({ first, end, text: `${name}${partial ? '…' : ''}: ${mode}` });
  });
  return found.sort((a, b) => a.end - b.end).map((one) => one.text);
}

describe('the accesses in', () => {
  it.each([
    ['n = p->flags;', ['flags: read']],
    ['p->flags = n;', ['flags: write']],
    ['p->flags |= n;', ['flags: update']],
    ['p->flags++; --s.flags;', ['flags: update', 'flags: update']],
    ['take(&p->flags);', ['flags: address']],
    ['n = sizeof(p->flags);', ['flags: none']],
    ['n = *&p->flags;', ['flags: address']],
    // Of a.b a part of a is touched in the same way; through a pointer the pointer is read.
    ['p->lru.next = 0;', ['lru…: write', 'next: write']],
    ['p->up->flags = n;', ['up: read', 'flags: write']],
    ['p->lru.next->prev = 0;', ['lru…: read', 'next: read', 'prev: write']],
    ['p->order[s.flags] = 1;', ['order…: write', 'flags: read']],
    ['p->flags = s.flags;', ['flags: write', 'flags: read']],
    // What is not evaluated, what is perhaps.
    ['n ? p->flags : s.flags;', ['flags: read', 'flags: read']],
    ['n = _Generic(p->flags, long: s.order[0], default: 0);', ['flags: none', 'order…: read']],
    ['while (p->flags) if (s.flags) return;', ['flags: read', 'flags: read']],
    ['switch (p->flags) { case 1: s.flags = 2; }', ['flags: read', 'flags: write']],
    ['struct page copy = { .flags = p->flags };', ['flags: read']],
    ['n = ({ p->flags = 1; s.flags; });', ['flags: write', 'flags: read']],
    ['asm("" : "=r" (p->flags) : "r" (s.flags));', ['flags: write', 'flags: read']],
    ['n = use(p->flags) + (long)s.flags;', ['flags: read', 'flags: read']],
  ])('%s are %j', (body, expected) => {
    expect(accessesIn(body)).toEqual(expected);
  });
});
