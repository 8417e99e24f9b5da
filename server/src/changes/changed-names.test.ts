/** Which names a change of a header gives another meaning. */
import { expect, it } from 'vitest';
import { changedNames, namesMadeFrom } from './changed-names';

const HEADER = `
#define SLOTS 4
#define NR_OF(x) ((x) + 1)
enum kind { KIND_A, KIND_B, KIND_C };
struct slot { int nr; /* which */ long at; };
struct other { int a; } __packed;
typedef struct { int b; } pair_t;
static inline int first(struct slot *s) { return s->nr; }
int second(struct slot *s);
`;

const changed = (from: string, to: string): string[] =>
  [...changedNames(HEADER, HEADER.replace(from, to)).keys()].sort();

it('what is declared in other words is changed, and what only moved or has another comment is not', () => {
  expect(changed('long at', 'long long at')).toEqual(['slot']);
  expect(changed('/* which */', '/* the number */  ')).toEqual([]);
  expect(changed('#define SLOTS 4', '#define SLOTS 8')).toEqual(['SLOTS']);
  expect(changed('((x) + 1)', '((x) + 2)')).toEqual(['NR_OF']);
  expect(changed('{ int b; }', '{ int b, c; }')).toEqual(['pair_t']);
  expect(changed('return s->nr', 'return -s->nr')).toEqual(['first']);
  expect(changed('struct other { int a; } __packed;\n', '')).toEqual(['other']);
});

it('enumerators before the first that changed have the value that they had', () => {
  expect(changed('KIND_B,', 'KIND_AB, KIND_B,')).toEqual(['KIND_AB', 'KIND_B', 'KIND_C']);
  expect(changed('KIND_C }', 'KIND_C, KIND_D }')).toEqual(['KIND_D']);
  expect(changed('KIND_B,', 'KIND_B = 7,')).toEqual(['KIND_B', 'KIND_C']);
});

it('records that hold one by value and constants that measure one are made from it; pointers and functions are not', () => {
  const text = `
struct board { struct slot slots[3]; };
struct link { struct slot *next; };
#define for_each_slot(s) for (struct slot *s = 0; s; s++)
#define BOARD_SLOT sizeof(struct slot)
static inline void reset(struct slot s) { }
struct sized { int at[SLOTS]; };
`;
  expect([...namesMadeFrom(new Map([['slot', 'type']]), text).keys()].sort()).toEqual(['BOARD_SLOT', 'board']);
  expect([...namesMadeFrom(new Map([['SLOTS', 'constant']]), text).keys()]).toEqual(['sized']);
});
