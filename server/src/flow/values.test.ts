/** Which object an expression means: names, members, elements, copies; and what a store makes of it. */
import { describe, it } from 'vitest';
import { checkDoors, checkDoorsIn } from '../testing/door-states';

describe('an object', () => {
  it('is the same by every name that was given to it', () => {
    checkDoorsIn(`
      struct door *same = a;
      struct door *again;

      again = same;
      open(again);
      look(a);    // open
      shut((struct door *)(void *)again);
      look(same);    // shut
      open(&*a);
      look(a);    // open
    `);
  });

  it('is another one once its name means another', () => {
    checkDoorsIn(`
      open(a);
      a = b;
      look(a);    // unknown
      open(a);
      a++;
      look(a);    // unknown
    `);
  });

  it('is named by a member, as long as nothing is stored into a member of that name', () => {
    checkDoorsIn(`
      open(house->front);
      shut(house->back);
      look(house->front);    // open
      open(house->front);
      house->floors = 3;
      house->back = a;
      look(house->front);    // open
      look(house->back);    // unknown
    `);
  });

  it('stored into a member is found there again', () => {
    checkDoorsIn(`
      open(a);
      house->front = a;
      look(house->front);    // open
    `);
  });

  it('in a member of one record may be changed by a store into that member of another', () => {
    checkDoors(`
void f(struct house *one, struct house *other, struct door *a)
{
    open(one->front);
    other->front = a;
    look(one->front);    // unknown
    one->front = a;
    open(a);
    other->front = make();
    look(one->front);    // unknown
}`);
  });

  it('inside of another is told from it and from its other members', () => {
    checkDoorsIn(`
      open(&house->cellar);
      shut(house->front);
      look(&house->cellar);    // open
      look(house->front);    // shut
    `);
  });

  it('is one element of an array: constant indexes are told apart, and a variable one names itself', () => {
    checkDoorsIn(`
      open(house->rooms[1]);
      shut(house->rooms[2]);
      look(house->rooms[1]);    // open
      look(house->rooms[2]);    // shut
      open(house->rooms[n]);
      look(house->rooms[n]);    // open
      open(house->rooms[n]);
      n++;
      look(house->rooms[n]);    // unknown
    `);
  });

  it('is found from the address of its member, as container_of() does', () => {
    checkDoorsIn(`
      struct latch *latch = &a->latch;

      open(door_of(latch));
      look(a);    // open
    `);
  });

  it('that a call gives back is another one each time', () => {
    checkDoorsIn(`
      struct door *made = make();

      open(made);
      look(made);    // open
      open(made);
      look(make());    // unknown
    `);
  });

  it('stands in an initializer, by its member', () => {
    checkDoorsIn(`
      struct house own = { .front = a, .back = b };

      open(a);
      look(own.front);    // open
      look(own.back);    // unknown
    `);
  });

  it('at file scope is known by its name', () => {
    checkDoors(`
struct door *entrance;
void f(void)
{
    open(entrance);
    look(entrance);    // open
}`);
  });
});

describe('a number', () => {
  it('that is known decides a test', () => {
    checkDoorsIn(`
      int two = 1 + 1;

      shut(a);
      if (two < 2)
          open(a);
      if (two == 2)
          look(a);    // shut
    `);
  });

  it('is not known any more once it was changed in place', () => {
    checkDoorsIn(`
      int two = 2;

      shut(a);
      two += n;
      if (two != 2)
          open(a);
      look(a);    // open or shut
    `);
  });
});
