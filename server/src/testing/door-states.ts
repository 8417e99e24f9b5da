/**
 * A typestate of a few words, for tests of the analysis itself: a door is opened and shut, and `look(door)` asks what is
 * known of it there. The C says behind each `look` what that must be.
 */
import { expect } from 'vitest';
import { violationsIn } from '../flow/check';
import { Typestates } from '../flow/typestates';
import type { FlowFacts, Typestate } from '../packs/flow';
import { writtenAt } from '../preprocessor/ptoken';
import { unitOf } from './unit';

const BEFORE = `
struct latch { int turned; };
struct door { int number; struct latch latch; struct door *next; union { int key; int code; }; };
struct house { struct door *front, *back; struct door cellar; struct door *rooms[4]; int floors; };
void open(struct door *door);
void shut(struct door *door);
void flip(struct door *door);
void hand_over(struct door *door);
void turn(struct latch *latch);
void lift(struct door *door);
_Bool is_open(struct door *door);
_Bool is_wide(struct door *door);
void look(struct door *door);
void may_slam(struct door *door);
void paint(struct door *door);
void build(struct house *house);
struct door *make(void);
void stop(void);
#define door_of(latch) ((struct door *)((char *)(latch) - __builtin_offsetof(struct door, latch)))
`;

const looks = (state: string) => ({ when: { dimension: 'leaf', states: [state] }, call: ['look'], message: state });

const DOOR: Typestate = {
  typestate: 'door',
  rule: 'door',
  record: 'door',
  gate: 'open',
  dimensions: { leaf: ['open', 'shut', 'locked'] },
  moves: [
    { call: ['open'], dimension: 'leaf', to: 'open', note: 'opened' },
    { call: ['shut'], dimension: 'leaf', to: 'shut', note: 'shut' },
    { call: ['flip'], dimension: 'leaf', from: { open: 'shut', shut: 'open' }, note: 'flipped' },
    { call: ['turn'], member: 'latch', dimension: 'leaf', from: { shut: 'locked' }, note: 'locked' },
    { call: ['lift'], dimension: 'leaf', from: { locked: 'locked' }, to: 'open', note: 'lifted' },
    { store: 'key', dimension: 'leaf', to: 'locked', note: 'a key is stored' },
    { touch: 'code', dimension: 'leaf', from: { locked: 'shut' }, note: 'unlocked by its code' },
    { entry: 'latch', dimension: 'leaf', to: 'shut', note: 'found by its latch' },
  ],
  tests: [{ call: ['is_open'], dimension: 'leaf', holds: ['open'], yes: 'open', no: 'shut', note: 'asked' }],
  forbids: [looks('open'), looks('shut'), looks('locked')],
  letGo: [{ call: ['hand_over'] }],
  mayChange: ['may_*'],
  raw: ['number'],
};

const FACTS: FlowFacts = { noreturn: ['stop'], headGetters: [], embedded: [], pure: ['is_*'] };

/**
 * Analyses C and fails unless what is known at each `look(…);` is what the comment behind it says: `// open`, `// shut`,
 * `// locked`, several joined by `or`, or `// unknown`. Nothing is known of a door that was looked at.
 *
 * @returns The counters, as `--stats` shows them.
 */
export function checkDoors(text: string): Readonly<Record<string, number>> {
  const counters: Record<string, number> = {};
  const known = statesByLine(text, (counter, by = 1) => {
    counters[counter] = (counters[counter] ?? 0) + by;
  });
  const found = text.split('\n').map((line, index) => {
    const code = /^(.*;) *\/\/ [a-z ]+$/.exec(line)?.[1];
    return code === undefined ? line : `${code}    // ${[...(known.get(index) ?? ['unknown'])].sort().join(' or ')}`;
  });
  const wanted = text.split('\n').map((line) => line.replace(/; *\/\/ ([a-z ]+)$/, ';    // $1'));
  expect(found.join('\n')).toBe(wanted.join('\n'));
  const unsaid = [...known.keys()].filter((line) => !/\/\/ [a-z ]+$/.test(text.split('\n')[line]));
  expect(unsaid.map((line) => text.split('\n')[line])).toEqual([]);
  return counters;
}

/** As `checkDoors`, of the body of a function with doors `a` and `b`, a house and a number. */
export function checkDoorsIn(body: string): Readonly<Record<string, number>> {
  return checkDoors(`void f(struct door *a, struct door *b, struct house *house, int n)\n{\n${body}\n}\n`);
}

function statesByLine(text: string, count: (counter: string, by?: number) => void): Map<number, Set<string>> {
  const { globals } = unitOf({ '/main.c': `#include "doors.h"\n${text}`, '/doors.h': BEFORE });
  const known = new Map<number, Set<string>>();
  for (const { violation, of } of violationsIn(globals, new Typestates([DOOR], [FACTS]), count)) {
    const { file, start } = writtenAt(of.tokens[violation.expression.first]);
    // The first line includes the declarations.
    const line = file.text.slice(0, start).split('\n').length - 2;
    if (!known.has(line)) known.set(line, new Set());
    known.get(line)?.add(violation.forbidden.data.message);
  }
  return known;
}
