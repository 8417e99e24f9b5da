/** What is known behind each kind of statement: how ways part and meet. */
import { describe, expect, it } from 'vitest';
import { checkDoors, checkDoorsIn } from '../testing/door-states';

describe('ways through a function', () => {
  it('part at if and meet behind it', () => {
    checkDoorsIn(`
      open(a);
      if (n) {
          shut(a);
      } else {
          open(b);
          look(b);    // open
      }
      look(a);    // open or shut
      look(b);    // unknown
    `);
  });

  it('keep what both sides of an if leave alike', () => {
    checkDoorsIn(`
      if (n)
          open(a);
      else
          open(a);
      look(a);    // open
    `);
  });

  it('know nothing before the first statement that tells', () => {
    checkDoorsIn(`
      look(a);    // unknown
      open(a);
      look(a);    // open
    `);
  });

  it('are unknown behind the body of a loop whose macro is not declared, and behind nested functions', () => {
    checkDoorsIn(`
      open(a);
      each_door(n) { shut(a); }
      look(a);    // unknown
      open(a);
      each_door_of(n, 1) { shut(a); }
      look(a);    // unknown
      open(a);
      each_of_both(n, m) { shut(a); }
      look(a);    // unknown
      open(a);
      void inner(void) { shut(a); }
      look(a);    // unknown
    `);
  });

  it('go round while until nothing changes: a turn sees what the turn before left', () => {
    checkDoorsIn(`
      open(a);
      while (n--) {
          look(a);    // open or shut
          shut(a);
      }
      look(a);    // open or shut
    `);
  });

  it('go through do at least once', () => {
    checkDoorsIn(`
      open(a);
      do {
          shut(a);
      } while (n--);
      look(a);    // shut
    `);
  });

  it('run the step of for behind its body, also by continue, and not by break', () => {
    checkDoorsIn(`
      shut(a);
      for (; n--; open(a)) {
          if (n == 1)
              continue;
          shut(a);
          if (n == 2)
              break;
          look(a);    // shut
      }
      look(a);    // open or shut
    `);
  });

  it('run the step of for after continue, too', () => {
    checkDoorsIn(`
      shut(a);
      for (; n--; shut(a)) {
          open(a);
          if (house->floors)
              continue;
      }
      look(a);    // shut
    `);
  });

  it('never come out of for without a test and a break', () => {
    checkDoorsIn(`
      open(a);
      for (;;)
          flip(b);
      look(a);    // unknown
    `);
  });

  it('take one case of a switch, fall into the next, and leave by break', () => {
    checkDoorsIn(`
      switch (n) {
      case 1:
          open(a);
          break;
      case 2:
          open(b);
      case 3:
          shut(a);
          look(b);    // open
          break;
      case 4 ... 6:
          return;
      }
      look(a);    // open or shut
    `);
  });

  it('come to the end of a switch by a case alone where there is a default', () => {
    checkDoorsIn(`
      open(a);
      switch (n) {
      case 1:
          shut(a);
          break;
      default:
          shut(a);
      }
      look(a);    // shut
    `);
  });

  it('jump forwards and backwards by goto', () => {
    checkDoorsIn(`
      open(a);
      if (n)
          goto out;
      again:
      shut(a);
      look(a);    // shut
      shut(a);
      if (n--)
          goto again;
      out:
      look(a);    // open or shut
    `);
  });

  it('end at return and at a function that never comes back', () => {
    checkDoorsIn(`
      shut(a);
      if (n == 1) {
          open(a);
          return;
      }
      if (n == 2) {
          open(a);
          stop();
      }
      look(a);    // shut
    `);
  });

  it('evaluate the right side of && and || only where the left one asks for it', () => {
    checkDoors(`
int opened(struct door *door) { open(door); return 1; }
void f(struct door *a, struct door *b, int n)
{
    shut(a);
    shut(b);
    if (n && opened(a))
        look(a);    // open
    else
        look(a);    // shut
    if (n || opened(b))
        look(b);    // open or shut
}`);
  });

  it('take both sides of ?: and the value of the one that was taken', () => {
    checkDoorsIn(`
      struct door *chosen;

      open(a);
      shut(b);
      chosen = n ? a : b;
      look(chosen);    // open or shut
    `);
  });

  it('take no side of a test that is a constant', () => {
    checkDoorsIn(`
      shut(a);
      if (0)
          open(a);
      if (sizeof(n) == 4 || n)
          look(a);    // shut
    `);
  });

  it('run through a statement expression in its place', () => {
    checkDoorsIn(`
      struct door *same = ({ open(a); a; });

      look(same);    // open
      n = ({ int held = n; shut(b); held; });
      look(b);    // shut
    `);
  });

  it('may go anywhere by a computed goto, as far as labels have their address taken', () => {
    checkDoorsIn(`
      void *to[] = { &&one, &&two };

      shut(a);
      goto *to[n];
      one:
      open(a);
      two:
      look(a);    // open or shut
    `);
  });

  it('know nothing behind what is no C', () => {
    const { 'flow.unsure: statements that are not understood': count } = checkDoorsIn(`
      open(a);
      if ) n;
      look(a);    // unknown
    `);
    expect(count).toBeGreaterThan(0);
  });
});
