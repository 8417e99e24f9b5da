/** A condition that is asked twice answers twice the same, as long as nothing that it rests on is written. */
import { describe, it } from 'vitest';
import { checkDoorsIn } from '../testing/door-states';

describe('a condition that was asked before', () => {
  it('holds where it held, by its text', () => {
    checkDoorsIn(`
      shut(a);
      if (n > 3)
          open(a);
      if (n > 3)
          look(a);    // open
      else
          look(a);    // shut
    `);
  });

  it('holds under one and more negations, and compared with 0', () => {
    checkDoorsIn(`
      shut(a);
      if (n)
          open(a);
      if (!n)
          look(a);    // shut
      else if (n != 0)
          look(a);    // open
    `);
  });

  it('is another one once a variable in it was written', () => {
    checkDoorsIn(`
      shut(a);
      if (n > 3)
          open(a);
      n = make()->key;
      if (n > 3)
          look(a);    // open or shut
    `);
  });

  it('is another one once a member in it was written, whoever has the record', () => {
    checkDoorsIn(`
      shut(a);
      if (house->floors)
          open(a);
      b->number = 4;
      if (!house->floors)
          look(a);    // shut
      shut(a);
      if (house->floors)
          open(a);
      house->floors = n;
      if (!house->floors)
          look(a);    // open or shut
    `);
  });

  it('may call what only asks, and nothing else', () => {
    checkDoorsIn(`
      shut(a);
      if (is_wide(b))
          open(a);
      if (!is_wide(b))
          look(a);    // shut
      shut(a);
      if (make())
          open(a);
      if (!make())
          look(a);    // open or shut
    `);
  });
});
