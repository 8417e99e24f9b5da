/** Escape and havoc: what calls and stores out of sight take away, and what they leave. */
import { describe, it } from 'vitest';
import { checkDoors, checkDoorsIn } from '../testing/door-states';

describe('what is known of an object', () => {
  it('outlives a call of a function that packs say nothing of', () => {
    checkDoorsIn(`
      open(a);
      paint(a);
      look(a);    // open
    `);
  });

  it('ends at a call that may change it, and only where that is given the object', () => {
    checkDoorsIn(`
      open(a);
      open(b);
      may_slam(a);
      look(a);    // unknown
      look(b);    // open
    `);
  });

  it('ends at a call by pointer', () => {
    checkDoors(`
void f(struct door *a, struct door *b, void (*call)(struct door *))
{
    open(a);
    open(b);
    call(a);
    look(a);    // unknown
    look(b);    // open
}`);
  });

  it('is lost by the name that a function is given the address of', () => {
    checkDoors(`
void swap(struct door **one, struct door **other);
void f(struct door *a, struct door *b, struct door *c)
{
    open(a);
    open(c);
    swap(&a, &b);
    look(a);    // unknown
    look(c);    // open
}`);
  });

  it('is lost by its place in a record that a function is given', () => {
    checkDoorsIn(`
      struct house own = { .front = a };

      open(a);
      build(&own);
      look(own.front);    // unknown
      look(a);    // open
    `);
  });

  it('is lost by a name that an asm writes', () => {
    checkDoorsIn(`
      open(a);
      open(b);
      asm volatile("" : "+r" (a) : "r" (n));
      look(a);    // unknown
      look(b);    // open
    `);
  });

  it('is lost by all names of a member that is stored through an unknown pointer', () => {
    checkDoorsIn(`
      open(a->next);
      b->next = make();
      look(a->next);    // unknown
    `);
  });

  it('changes where a cleanup runs, when the scope of its variable is left', () => {
    checkDoors(`
static inline void shut_later(struct door **door) { shut(*door); }
void f(struct door *a, int n)
{
    {
        struct door *held __attribute__((cleanup(shut_later))) = a;

        open(a);
        if (n)
            look(held);    // open
        open(a);
    }
    look(a);    // shut
}`);
  });
});

describe('a step with many outcomes', () => {
  it('takes each, up to so many, and then knows nothing behind it', () => {
    const asks = (count: number) =>
      Array.from({ length: count }, (_, index) => `_Bool k${index} = is_open(d[${index}]);`).join(' ');
    const text = (count: number, expected: string) => `
void f(struct door **d, struct door *a, int n)
{
    ${asks(count)}
    open(a);
    ${Array.from({ length: count }, (_, index) => `shut(d[${index}]);`).join(' ')}
    if (n)
        look(a);    // ${expected}
}`;
    checkDoors(text(3, 'open'));
    checkDoors(text(6, 'unknown'));
  });
});
