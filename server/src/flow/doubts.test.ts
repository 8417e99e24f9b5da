/** What `--stats` says of functions of which the analysis knows less. */
import { describe, expect, it } from 'vitest';
import { checkDoorsIn } from '../testing/door-states';

const doubts = (body: string) => {
  const counters = checkDoorsIn(`open(a);\n${body}\nlook(b);    // unknown`);
  return Object.fromEntries(
    Object.entries(counters).flatMap(([name, count]) =>
      name.startsWith('flow.unsure: ') ? [[name.slice(13), count]] : [],
    ),
  );
};

describe('a function', () => {
  it('that is understood raises no doubt', () => {
    expect(doubts('while (n--) { if (n) continue; paint(a); }')).toEqual({});
  });

  it('may hold code that nothing leads to', () => {
    expect(doubts('if (n) { return; paint(a); }')).toEqual({ 'code that nothing leads to': 1 });
  });

  it('may hold what is not understood', () => {
    expect(doubts('if ) n;')).toMatchObject({ 'statements that are not understood': 1 });
  });

  it('may jump into the middle of a loop', () => {
    expect(doubts('if (n) goto middle; while (n--) { paint(a); middle: paint(b); }')).toEqual({
      'loops that are entered in the middle': 1,
    });
  });
});
