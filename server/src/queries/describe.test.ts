/** What a hover says of records and members. */
import { describe, expect, it } from 'vitest';
import { hoverAt } from '../testing/hover';

const HEADERS = '//- /include/linux/mm_types.h +page +folio';

describe('a hover', () => {
  it('names record, bytes and what shares them, on a member access', () => {
    const text = hoverAt(`${HEADERS}\nvoid *f(struct page *page) { return page->pg$map; }`);
    expect(text).toContain(
      'pgmap\n`struct dev_pagemap *pgmap`: 8 bytes at offset 8 of `struct page` (include/linux/mm_types.h:',
    );
    expect(text).toContain(
      '**shares bytes with** (`lru`), (`pp_magic`), (`compound_head`), (`rcu_head`)\n\n```overlint-layout\nstruct page',
    );
    expect(text).toMatch(/```\n\n⋮\n\n> The device.*\n\n- bit 0: `compound_head` sets it/);
  });

  it('quotes the kernel’s comment and the claims on the word, each with its place', () => {
    const source = `struct list { struct list *next; };
struct box {
	int first;
	union {
		struct list list;
		unsigned long tag; /* Bit zero is set, *not* by <user>_s */
	};
};
int f(struct box *b) { return b->$; }`;
    const tag = hoverAt(source.replace('$', 'ta$g'));
    expect(tag).toContain(
      '```\n\n⋮\n\n> Bit zero is set, \\*not\\* by \\<user>\\_s (main.c:6)\n\n- bit 0: `tag` sets it,',
    );
    expect(hoverAt(source.replace('$', 'li$st'))).toContain('- bit 0: `tag` sets it, "Bit zero is set');
    expect(hoverAt(source.replace('$', 'fir$st'))).not.toContain('- bit 0');
  });

  it('tells the claims on a member’s word in a list, and those on all words below the picture of a record', () => {
    const source = `struct box {
	unsigned long tag; /* Bit zero is set */
	unsigned long label; /* Bit 1 is set */
};
int f(struct box *b) { return b->$; }`;
    const tag = hoverAt(source.replace('$', 'ta$g'));
    expect(tag?.match(/bit 0/g)).toHaveLength(1);
    expect(tag).not.toContain('bit 1');
    const record = hoverAt(source.replace('struct box *b', 'struct bo$x *b').replace('->$', '->tag'));
    expect(record).toMatch(/\nbytes 0 to 7\n {2}bit 0 {2}tag/);
    expect(record).toMatch(/\nbytes 8 to 15\n {2}bit 1 {2}label/);
  });

  it('says that several numbers share a member, and by which function one of them is read', () => {
    const text = hoverAt(`//- /include/linux/crate.h
#define CRATE_KIND_MASK 7
struct crate { unsigned int state; };
static inline unsigned int crate_kind(const struct crate *c) { return c->state & CRATE_KIND_MASK; }
static inline unsigned int crate_age(const struct crate *c) { return c->state >> 3; }
//- /main.c
#include <linux/crate.h>
int f(struct crate *c) { return c->sta$te; }`);
    expect(text).toMatch(
      /- several numbers share it, use `crate_kind\(\)`: `.*CRATE_KIND_MASK;.*\(include\/linux\/crate\.h:3\)/,
    );
  });

  it('says when a member of a union is valid', () => {
    const text = hoverAt(`//- /include/linux/cart.h
#define CART_F_LENT 1
struct cart { int flags; union { int owner; int renter; /* only valid if CART_F_LENT is set */ }; };
//- /main.c
#include <linux/cart.h>
int f(struct cart *c) { return c->ren$ter; }`);
    expect(text).toMatch(/- valid when CART_F_LENT is set: "only valid if .* is set" \(include\/linux\/cart\.h:2\)/);
  });

  it('draws of a long record the touched row and its neighbours, with few of many views', () => {
    const words = Array.from({ length: 40 }, (_, index) => `unsigned long long_name_of_word_${index};`).join(' ');
    const views = Array.from({ length: 9 }, (_, index) => `unsigned long view_${index};`).join(' ');
    const text = hoverAt(`struct long_one { ${words} union { ${views} }; ${words.replaceAll('long_name', 'other')} };
long f(struct long_one *p) { return p->view$_5; }`);
    const [, drawn] = text!.split('```');
    expect(drawn).toMatch(/▒ view_5 ▒/);
    expect(drawn).toMatch(/… 7 more views/);
    expect(drawn.match(/⋮ \d+–\d+/g)).toHaveLength(2);
    expect(text!.trimEnd().split('\n').length).toBeLessThanOrEqual(20);
  });

  it('draws a record at its tag, at its keyword, and a member at its declaration', () => {
    expect(hoverAt(`${HEADERS}\nvoid f(struct pa$ge *p);`)).toContain('`struct page` (include/linux/mm_types.h:');
    expect(hoverAt(`${HEADERS}\nvoid f(str$uct page *p);`)).toContain('`struct page` (include/linux/mm_types.h:');
    expect(hoverAt('struct own { int a; union { long b; char c$; }; };')).toContain(
      '`char c`: 1 byte at offset 8 of `struct own` (main.c:1)',
    );
  });

  it('knows a member at its declaration where a macro behind the brace gives the alignment', () => {
    const aligned = '#define wide __attribute__((aligned(16)))\nstruct own { int a$; } wide;';
    expect(hoverAt(aligned)).toContain('`int a`: 4 bytes at offset 0 of `struct own` (main.c:2)');
  });

  it('reads the member that a list macro is given, and that of an offsetof', () => {
    const list = '#define first(p, m) ((typeof(p))((char *)(p) - __builtin_offsetof(typeof(*(p)), m)))\n';
    expect(hoverAt(`${HEADERS}\n${list}void *f(struct page *p) { return first(p, l$ru); }`)).toContain(
      '`struct list_head lru`: 16 bytes at offset 8',
    );
    expect(hoverAt(`${HEADERS}\nint n = __builtin_offsetof(struct page, lru.pr$ev);`)).toContain(
      'lru.prev`: 8 bytes at offset 16',
    );
  });

  it('gives of a variable or parameter the record in one line', () => {
    const said =
      '`struct page *page`: `struct page` (include/linux/mm_types.h:11), 56 bytes, align 8, 1 cacheline, no holes, 2 overlays';
    expect(hoverAt(`${HEADERS}\nvoid *f(struct page *pa$ge) { return page->pgmap; }`)).toBe(`page\n${said}`);
    expect(hoverAt(`${HEADERS}\nvoid *f(struct page *page) { return pa$ge->pgmap; }`)).toBe(`page\n${said}`);
    expect(hoverAt(`${HEADERS}\nvoid f(void) { struct page pa$ge; }`)).toContain('`struct page page`: `struct page`');
  });

  it('gives of an accessor what it stands for, be it a function or a macro', () => {
    const header = `//- /include/linux/box.h
struct box { int first; union { long open; void *lid; }; };
static inline long box_open(const struct box *box) { return box->open; }
static inline void box_reset(struct box *box) { box->first = 0; box->open = 0; box->lid = 0; }
#define box_lid(box) ((box)->lid)
//- /main.c
#include <linux/box.h>
`;
    expect(hoverAt(`${header}long f(struct box *b) { return box_op$en(b); }`)).toContain(
      '`box_open()` stands for `long open`: 8 bytes at offset 8 of `struct box` (include/linux/box.h:1), **shares bytes with** (`lid`)',
    );
    expect(hoverAt(`${header}void *f(struct box *b) { return box_l$id(b); }`)).toContain(
      '`box_lid()` stands for `void *lid`',
    );
    expect(hoverAt(`${header}void f(struct box *b) { box_re$set(b); }`)).toBeUndefined();
  });

  it('calls a claimed bit by its constant, and takes no plain store for a claim', () => {
    const header = `//- /include/linux/box.h
#define BOX_LOCKED 0x2UL
#define BOX_FLAGS (BOX_LOCKED | BOX_OPEN)
enum { BOX_OPEN = 1 };
struct box { unsigned long state; unsigned long cookie; };
static inline int box_flags(struct box *box) { return box->state & BOX_FLAGS; }
static inline void box_mark(struct box *box) { box->cookie = 3; }
//- /main.c
#include <linux/box.h>
`;
    const state = hoverAt(`${header}int f(struct box *b) { return b->st$ate; }`);
    expect(state).toContain('- bit 0 is `BOX_OPEN`, `box_flags()` (include/linux/box.h:5)');
    expect(state).toContain('- bit 1 is `BOX_LOCKED`, `box_flags()` (include/linux/box.h:5)');
    expect(hoverAt(`${header}int f(struct box *b) { return b->coo$kie; }`)).not.toContain('bit 0');
  });

  it('calls things as the source does where a macro renames them, with the other name as a note', () => {
    const source = `#define later_head call_head
struct call_head { struct call_head *next; };
struct job { union { long word; struct later_head later_head; }; };
`;
    expect(hoverAt(`${source}void *f(struct job *j) { return &j->later_$head; }`)).toContain(
      '`struct later_head later_head` (compiled as `struct call_head call_head`): 8 bytes at offset 0',
    );
    expect(hoverAt(`${source}long f(struct job *j) { return j->wo$rd; }`)).toContain(
      '**shares bytes with** (`later_head`)',
    );
    expect(hoverAt(`${source}void f(struct later_$head *head);`)).toContain(
      '`struct later_head`, a name for `struct call_head` (main.c:2)',
    );
  });

  it('says nothing of other names, and nothing where the record is unknown', () => {
    expect(hoverAt(`${HEADERS}\nint f(int nu$mber) { return number; }`)).toBeUndefined();
    expect(hoverAt('int f(struct hidden *h) { return h->mem$ber; }')).toBeUndefined();
  });
});
