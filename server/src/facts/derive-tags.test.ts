/** What headers say by themselves: tagged words from masks, reserved members from comments and accessors. */
import { describe, expect, it } from 'vitest';
import { sourceFile } from '../preprocessor/source';
import { accessedIn } from './accessor-scan';
import { maskingIn } from './mask-scan';
import { reservedIn } from './reserved-members';

const members = (text: string): string[] =>
  maskingIn(sourceFile('/crate.h', text)).flatMap(({ name, members: masked }) => masked.map((one) => `${name} ${one}`));

describe('functions and macros that mask a word', () => {
  it.each([
    ['void *get(struct crate *c) { return (void *)(c->word & ~3UL); }', ['get word']],
    ['int full(struct crate *c) { return (unsigned long)c->owner & 1; }', ['full owner']],
    ['void *get(struct crate *c) { unsigned long w = c->word; return (void *)(w & ~FULL); }', ['get word']],
    ['#define get(c) ((struct lid *)((c)->word & ~(FULL | 2)))\n', ['get word']],
    ['void set(struct crate *c, void *p) { c->word = (unsigned long)p | FULL; }', ['set word']],
    ['#define MASK 0xff00\nvoid *get(struct crate *c) { return (void *)(c->word & ~MASK); }', []],
    ['int odd(struct crate *c) { return c->flags & 1; }', []],
    ['void *at(struct crate *c) { return (void *)&c->word; }', []],
  ])('%s', (text, expected) => {
    expect(members(text)).toEqual(expected);
  });
});

const reserved = (text: string): string[] =>
  reservedIn(text).map(({ holder, tag, name, isForWriters, isAdvice, accessors }) =>
    [`${tag ?? holder}.${name}`, isForWriters && 'writers', isAdvice && 'advice', ...accessors]
      .filter(Boolean)
      .join(' '),
  );

describe('members that comments reserve', () => {
  it.each([
    ['struct crate {\n\tint n; /* Do not touch directly, use crate_n() */\n};', ['crate.n crate_n']],
    ['struct crate {\n\t/* NEVER access directly */\n\tint n;\n};', ['crate.n']],
    [
      'struct crate {\n\t/* never change this directly, call crate_set() */\n\tint n;\n};',
      ['crate.n writers crate_set'],
    ],
    [
      'struct crate {\n\t/* the following two fields are internal, NEVER access directly */\n\tint a;\n\tint b;\n\tint c;\n};',
      ['crate.a', 'crate.b'],
    ],
    ['struct crate {\n\tint n; /* Use crate_n() to get it */\n};', ['crate.n advice crate_n']],
    ['struct crate {\n\tint __private n;\n};', ['crate.n']],
    [
      'struct crate {\n\t/* overlint: not-derived(reserved) the comment is old */\n\tint n; /* do not use directly */\n};',
      [],
    ],
    ['struct crate {\n\tint n; /* not to be used directly by programs */\n};', []],
    [
      '/**\n * struct crate - A crate.\n * @__lid: Same as box->lid. Unused for crates.\n * @__top: Same as box->top.\n */\nstruct crate {\n\tint __lid;\n\tint __top;\n};',
      ['crate.__lid advice'],
    ],
    // One of the members is meant, not all of them.
    [
      '/*\n * The top-lid field may not be accessed directly; use crate_top().\n */\nstruct crate {\n\tint n;\n\tint top_lid;\n};',
      ['crate.top_lid advice crate_top'],
    ],
    // The comment lets somebody do it, and tells not whom.
    [
      'struct crate {\n\t/* Use crate_n() instead of reading it directly. It is safe to read n directly in one. */\n\tint n;\n};',
      [],
    ],
    [
      '/** struct crate - A crate. */\nstruct crate {\n\t/* private: used only by lids\n\tn: how many */\n\tint n;\n};',
      ['crate.n advice'],
    ],
    ['/** struct crate - A crate. */\nstruct crate {\n\t/* private: do not show up in the docs */\n\tint n;\n};', []],
    ['/* Do not call this function directly. */\nint open_crate(struct crate *c);', []],
  ])('%s', (text, expected) => {
    expect(reserved(text)).toEqual(expected);
  });
});

describe('members whose accessors do more', () => {
  const CRATE = 'struct crate {\n\tint state;\n\tlong stamp;\n\tatomic_t users;\n\tint __weight;\n};\n';
  const accessed = (text: string): string[] =>
    accessedIn(CRATE + text).map(({ name, accessors }) => `${name} ${accessors}`);
  it.each([
    [
      'static inline long crate_stamp(struct crate *c)\n{\n\twhile (!c->state)\n\t\t;\n\treturn c->stamp;\n}',
      ['stamp crate_stamp'],
    ],
    ['static inline long crate_stamp(struct crate *c)\n{\n\treturn c->stamp;\n}', []],
    ['static inline int crate_is_stamp(struct crate *c)\n{\n\treturn c->state == CRATE_STAMP;\n}', []],
    ['static inline long crate_stamp(struct crate *c)\n{\n\treturn c->state;\n}', ['stamp crate_stamp']],
    ['static inline int crate_weighs(struct crate *c)\n{\n\treturn c->__weight;\n}', ['__weight crate_weighs']],
    [
      'static inline void crate_get(struct crate *c)\n{\n\tatomic_inc(&c->users);\n}\nstatic inline void crate_put(struct crate *c)\n{\n\tatomic_dec(&c->users);\n}',
      ['users crate_get,crate_put'],
    ],
    ['static inline void crate_get(struct crate *c)\n{\n\tatomic_inc(&c->users);\n}', []],
    ['static inline int crate_weighs(struct crate *c) { return c->__weight; }', ['__weight crate_weighs']],
    // A counter that lies behind a pointer is not the pointer; what one more function uses is a thing of its own.
    [
      'static inline void crate_get(struct crate *c) { atomic_inc(&c->state->users); }\nstatic inline void crate_put(struct crate *c) { atomic_dec(&c->state->users); }',
      [],
    ],
    [
      'static inline long crate_stamp(struct crate *c) { return c->state; }\nstatic inline void crate_press(struct crate *c) { c->stamp = 1; }',
      [],
    ],
    // It only guards against NULL.
    ['static inline long crate_stamp(struct crate *c) { return c ? c->stamp.when : 0; }', []],
    // What works with a member is no other way to read it.
    ['static inline int crate_class(struct crate *c) { return class_of(c->__weight, c->state); }', []],
    ['static inline struct lid *crate_lid(struct crate *c) { return container_of(c->__weight, struct lid, w); }', []],
    ['static inline char *crate_label(struct crate *c) { return c->__weight->label; }', []],
  ])('%s', (text, expected) => {
    expect(accessed(text)).toEqual(expected);
  });

  it('tells what each does with the member', () => {
    const text = `
static inline void crate_init(struct crate *c) { atomic_set(&c->users, 1); }
static inline void crate_get(struct crate *c) { atomic_inc(&c->users); }
static inline void crate_mark(struct crate *c) { atomic_set(&c->users, atomic_read(&c->users) | 1); }
static inline int crate_users(struct crate *c) { return atomic_read(&c->users); }
`;
    expect(accessedIn(CRATE + text)).toMatchObject([
      {
        accessors: ['crate_init', 'crate_get', 'crate_mark', 'crate_users'],
        writers: ['crate_init'],
        counters: ['crate_get', 'crate_mark'],
      },
    ]);
  });
});

describe('the functions of a header that stand in where a comment names none', () => {
  const users = (body: string) => {
    const text = `struct crate {\n\tint n; /* do not use directly */\n};\nstatic inline int crate_n(struct crate *c, int v)\n{\n${body}\n}\n`;
    const [{ accessors, writers }] = reservedIn(text);
    return [...accessors, '|', ...(writers ?? [])].join(' ');
  };
  it.each([
    ['\treturn c->n;', 'crate_n |'],
    ['\treturn atomic_read(&c->n);', 'crate_n |'],
    ['\treturn weight(v, c->n);', '|'],
    ['\treturn c->n[v];', 'crate_n |'],
    ['\treturn c->n[v].size;', '|'],
    ['\tc->n = v;', 'crate_n | crate_n'],
    ['\tc->n = 0;', '|'],
    ['\tif (c->n)\n\t\tv++;', '|'],
  ])('%s', (body, expected) => {
    expect(users(body)).toBe(expected);
  });

  it('store one constant, where they do nothing else', () => {
    const text = `struct crate {\n\tint n; /* do not use directly */\n};\nstatic inline void crate_clear(struct crate *c) { c->n = 0; }\n`;
    expect(reservedIn(text)).toMatchObject([{ writers: ['crate_clear'], constants: { crate_clear: '0' } }]);
  });
});
