/** What calls of functions in sight do to the objects of their callers. */
import { describe, it } from 'vitest';
import { checkDoors } from '../testing/door-states';

describe('a function in sight', () => {
  it('moves the objects that it is given, by their parameters', () => {
    checkDoors(`
static void both(struct door *first, struct door *second) { open(first); shut(second); }
void f(struct door *a, struct door *b)
{
    both(b, a);
    look(a);    // shut
    look(b);    // open
}`);
  });

  it('is reported where it is called, for what it does to an object in a state', () => {
    checkDoors(`
static void peek(struct door *door, int n) { if (n) look(door); }
void f(struct door *a, struct door *b, int n)
{
    open(a);
    peek(a, n);    // open
    peek(b, n);    // unknown
}`);
  });

  it('leaves what differs by the truth of what it returns', () => {
    checkDoors(`
static int try_open(struct door *door, int n)
{
    if (n)
        return -1;
    open(door);
    return 0;
}
void f(struct door *a, int n)
{
    shut(a);
    if (try_open(a, n))
        look(a);    // shut
    else
        look(a);    // open
}`);
  });

  it('leaves nothing known where it returns the same for different states', () => {
    checkDoors(`
static int maybe(struct door *door, int n)
{
    if (n)
        open(door);
    return 0;
}
void f(struct door *a, int n)
{
    shut(a);
    maybe(a, n);
    look(a);    // unknown
}`);
  });

  it('gives an object back in its state', () => {
    checkDoors(`
static struct door *made_open(void)
{
    struct door *door = make();

    open(door);
    return door;
}
void f(struct door *a)
{
    struct door *door = made_open();

    shut(a);
    look(door);    // open
    look(a);    // shut
}`);
  });

  it('leaves alone what it cannot see, and takes along what it reaches through what it is given', () => {
    checkDoors(`
static void shut_front(struct house *house) { shut(house->front); house->floors++; }
void f(struct house *house, struct door *a)
{
    open(a);
    open(house->front);
    open(house->back);
    shut_front(house);
    look(a);    // open
    look(house->front);    // shut
    look(house->back);    // open
}`);
  });

  it('makes its caller forget what it stored into', () => {
    checkDoors(`
static void move_in(struct house *house, struct door *door) { open(door); house->front = make(); }
void f(struct house *house, struct door *a)
{
    open(house->front);
    move_in(house, a);
    look(house->front);    // unknown
    look(a);    // open
}`);
  });

  it('makes its caller forget what it cannot see, where that may be what it stored into', () => {
    checkDoors(`
static void move_in(struct house *house, struct door *door) { open(door); house->front = make(); }
void f(struct house *house, struct house *other, struct door *a)
{
    open(other->front);
    open(other->back);
    move_in(house, a);
    look(other->front);    // unknown
    look(other->back);    // open
}`);
  });

  it('that calls itself does what it does on every way that comes to an end', () => {
    checkDoors(`
static void deep(struct door *door, int n)
{
    if (n)
        deep(door, n - 1);
    else
        open(door);
}
static void some(struct door *door, int n)
{
    if (n > 1)
        some(door, n - 1);
    else if (n)
        open(door);
}
static void late(struct door *door, int n)
{
    if (n)
        late(door, n - 1);
    open(door);
}
void f(struct door *a, struct door *b, struct door *c, int n)
{
    shut(a);
    deep(a, n);
    look(a);    // open
    shut(b);
    some(b, n);
    look(b);    // unknown
    late(c, n);
    look(c);    // open
}`);
  });

  it('that calls another which calls it does the same', () => {
    checkDoors(`
static void pong(struct door *door, int n);
static void ping(struct door *door, int n)
{
    if (n)
        pong(door, n - 1);
    else
        shut(door);
}
static void pong(struct door *door, int n)
{
    ping(door, n);
    open(door);
}
void f(struct door *a, struct door *b, int n)
{
    open(a);
    pong(a, n);
    look(a);    // open
    shut(b);
    ping(b, n);
    look(b);    // unknown
    pong(b, n);
    look(b);    // open
}`);
  });

  it('that never comes back leaves nothing known', () => {
    checkDoors(`
static void leave(struct door *door) { shut(door); stop(); }
void f(struct door *a, int n)
{
    open(a);
    if (n)
        leave(a);
    look(a);    // open
}`);
  });
});
