/** What moves an object from state to state, what tests tell of it, and what ends all knowledge of it. */
import { describe, it } from 'vitest';
import { checkDoors, checkDoorsIn } from '../testing/door-states';

describe('a typestate', () => {
  it('moves by a call, to one state whatever was, or by the state before', () => {
    checkDoorsIn(`
      flip(a);
      look(a);    // unknown
      open(a);
      flip(a);
      look(a);    // shut
      shut(a);
      flip(a);
      flip(a);
      flip(a);
      look(a);    // open
    `);
  });

  it('moves by the state before where that is listed, and else to the one state', () => {
    checkDoorsIn(`
      a->key = 1;
      lift(a);
      look(a);    // locked
      lift(b);
      look(b);    // open
    `);
  });

  it('moves by a call with the address of a member', () => {
    checkDoorsIn(`
      shut(a);
      turn(&a->latch);
      look(a);    // locked
      open(b);
      turn(&b->latch);
      look(b);    // open
    `);
  });

  it('moves by a store into a member, of its own record alone', () => {
    checkDoors(`
struct piano { int key; };
void f(struct door *a, struct piano *piano)
{
    a->key = 1;
    look(a);    // locked
    open(a);
    piano->key = 1;
    look(a);    // open
}`);
  });

  it('moves when a member is touched', () => {
    checkDoorsIn(`
      a->key = 1;
      n = a->code;
      look(a);    // shut
    `);
  });

  it('moves when the object is found by a member of it', () => {
    checkDoors(`
void f(struct latch *latch)
{
    struct door *found = door_of(latch);

    look(found);    // shut
    open(found);
    look(found);    // open
}`);
  });

  it('is told by a test, on each side of it', () => {
    checkDoorsIn(`
      if (is_open(a))
          look(a);    // open
      else
          look(a);    // shut
    `);
  });

  it('decides a test that it knows the answer of', () => {
    checkDoorsIn(`
      shut(a);
      if (is_open(a))
          open(b);
      look(b);    // unknown
      shut(b);
      open(a);
      if (!is_open(a))
          open(b);
      look(b);    // shut
    `);
  });

  it('is told by a test whose answer was kept, also negated and returned', () => {
    checkDoors(`
static int closed(struct door *door)
{
    return !is_open(door);
}
void f(struct door *a, struct door *b)
{
    _Bool kept = is_open(a);

    if (kept)
        look(a);    // open
    if (closed(b))
        look(b);    // shut
    else
        look(b);    // open
}`);
  });

  it('that moved on since a test was asked is not what the answer says', () => {
    checkDoorsIn(`
      _Bool was = is_open(a);

      shut(a);
      if (was)
          look(a);    // shut
    `);
  });

  it('ends where the object is let go of, and where a member is stored that names it', () => {
    checkDoorsIn(`
      open(a);
      hand_over(a);
      look(a);    // unknown
      open(a);
      a->number = 2;
      look(a);    // unknown
    `);
  });
});
