/** The panel as its user drives it: keys, search, family, other targets; what is active and what is read out. */
import * as v from 'valibot';
import { beforeEach, describe, expect, it } from 'vitest';
import { layoutModels } from '../../server/src/testing/layout-model';
import { type Model, modelShape } from '../src/layout/answers';
import type { Remembered } from '../src/layout/messages';
import { drawingOrder } from './inner';
import { EMPTY, type Event, memberName, next, relatives, type State, sceneOf } from './state';

const C = `
struct list_head { struct list_head *next, *prev; };
struct page {
	unsigned long flags;	/* what it is */
	union {
		struct list_head lru;
		unsigned long compound_head;	/* Bit zero is set */
	};
	unsigned a:1, b:3;
	int refcount;
};
struct folio { unsigned long flags; struct list_head lru; };
#define FOLIO_MATCH(pg, fl) _Static_assert(__builtin_offsetof(struct page, pg) == __builtin_offsetof(struct folio, fl), "")
FOLIO_MATCH(flags, flags);
struct other { char bytes[200]; };
`;
const REMEMBERED: Remembered = { wanted: { uri: 'file:///a.h', record: 'struct page' }, history: [], follows: false };

let page: Model;
let small: Model;
let other: Model;

beforeEach(async () => {
  if (page) return;
  const [wide, narrow] = await layoutModels(C, 'struct page', undefined, 'i386');
  [page, small] = [v.parse(modelShape, wide), v.parse(modelShape, narrow)];
  other = v.parse(modelShape, (await layoutModels(C, 'struct other'))[0]);
});

const show = (model: Model, more: { base?: Model; member?: string } = {}): Event => ({
  type: 'message',
  message: { type: 'show', model, remembered: REMEMBERED, ...more },
});
const key = (name: string, ctrl = false): Event => ({ type: 'key', key: name, ctrl });
const panel = (...events: readonly Event[]): State =>
  events.reduce((state, event) => next(state, event), { ...EMPTY, pixels: 400 });

/** What the keyboard is on: a member’s name, `bit N`, or what else the cell is; `folio.` before the family’s. */
function on(state: State): string | undefined {
  const item = sceneOf(state).items.get(state.active ?? '');
  if (!item) return undefined;
  if (item.mark) return `bit ${item.mark.bit}`;
  const { record, cell, continues } = item.piece!;
  const relative = record > 0 ? `${state.model!.family[record - 1].picture.title}.` : '';
  return `${relative}${continues ? '…' : ''}${cell.name ?? cell.kind}`;
}

/** Every stop on the way that one key leads from the first cell. */
function way(name: string, ...first: readonly Event[]): (string | undefined)[] {
  let state = panel(show(page), ...first);
  const stops = [on(state)];
  for (;;) {
    const moved = next(state, key(name));
    if (moved.active === state.active) return stops;
    state = moved;
    stops.push(on(state));
  }
}

describe('the keyboard', () => {
  it('starts on the first cell, and reaches each one to the right', () => {
    expect(way('ArrowRight')).toEqual([
      'flags',
      'lru',
      'compound_head',
      'bit 0',
      'struct folio.flags',
      'struct folio.lru',
      '…lru',
      'hole',
      'refcount',
      'a',
      'b',
      'hole',
      'struct folio.…lru',
    ]);
  });

  it('comes back the same way', () => {
    expect(way('ArrowLeft', key('End', true))).toEqual([...way('ArrowRight')].reverse());
  });

  it('keeps to its byte on the way down, across lines that have nothing there', () => {
    const down = way('ArrowDown', { type: 'member', name: 'lru' });
    expect(down.slice(0, 4)).toEqual(['lru', 'compound_head', 'bit 0', 'struct folio.lru']);
    expect(down.at(-1)).toBe('struct folio.…lru');
  });

  it('goes to the ends of a line, and with Ctrl of the picture', () => {
    expect(on(panel(show(page), key('End')))).toBe('lru');
    expect(on(panel(show(page), key('End'), key('Home')))).toBe('flags');
    expect(on(panel(show(page), key('End', true)))).toBe('struct folio.…lru');
    expect(on(panel(show(page), key('End', true), key('Home', true)))).toBe('flags');
  });

  it('goes a row at a time with the page keys', () => {
    expect(on(panel(show(page), key('PageDown')))).toBe('…lru');
    expect(on(panel(show(page), key('PageDown'), key('PageUp')))).toBe('flags');
  });

  it('leaves other keys alone', () => {
    const state = panel(show(page));
    expect(next(state, key('x'))).toBe(state);
  });

  it('has nowhere to go before there is a picture', () => {
    expect(panel(key('ArrowRight'))).toMatchObject({ pixels: 400, said: '' });
    expect(on(panel(key('End', true)))).toBeUndefined();
  });
});

describe('the search', () => {
  const search = (text: string): Event => ({ type: 'search', text });

  it('goes to the first that it finds, by name or declaration, in any case, and says how many there are', () => {
    const state = panel(show(page), search('LRU'));
    expect(on(state)).toBe('lru');
    expect(state.said).toBe('2 members found');
    expect(on(panel(show(page), search('unsigned long comp')))).toBe('compound_head');
  });

  it('goes round through what it finds, both ways', () => {
    const found = panel(show(page), search('flags'));
    const forth: Event = { type: 'match', direction: 1 };
    const back: Event = { type: 'match', direction: -1 };
    expect(on(next(found, forth))).toBe('struct folio.flags');
    expect(on(next(next(found, forth), forth))).toBe('flags');
    expect(on(next(found, back))).toBe('struct folio.flags');
  });

  it('stays where it is when it finds nothing, and says so', () => {
    const state = panel(show(page), { type: 'member', name: 'refcount' }, search('nowhere'));
    expect(on(state)).toBe('refcount');
    expect(state.said).toBe('No member found');
    expect(next(state, { type: 'match', direction: 1 })).toBe(state);
    expect(next(state, search('')).said).toBe('');
  });

  it('stays where it is when that is found too', () => {
    expect(on(panel(show(page), { type: 'member', name: 'refcount' }, search('re')))).toBe('refcount');
  });
});

describe('what is shown', () => {
  it('is read out, with the member that was asked for under the keyboard', () => {
    const state = panel(show(page, { member: 'compound_head' }));
    expect(on(state)).toBe('compound_head');
    expect(memberName(sceneOf(state).items.get(state.active!))).toBe('compound_head');
    expect(state.said).toBe('struct page, 32 bytes, align 8, 1 cacheline, 1 hole of 3 bytes 4 bits, x86_64, 6.12.9');
  });

  it('goes to a member by a path that begins with it', () => {
    const member = (path: string): Event => ({ type: 'message', message: { type: 'member', member: path } });
    expect(on(panel(show(page), member('lru.next')))).toBe('lru');
    expect(on(panel(show(page), member('refcount[0]')))).toBe('refcount');
    expect(on(panel(show(page), member('nowhere')))).toBe('flags');
  });

  it('says what another target moves', () => {
    const state = panel(show(page), show(small, { base: page }));
    const { moves, same } = sceneOf(state).moves.get('struct page')!;
    expect(moves.map(({ name }) => name)).toEqual(['flags', 'lru', 'compound_head', 'a', 'b', 'refcount']);
    expect(same).toBe(0);
    expect(state.said).toMatch(/6 members moved$/);
    expect(panel(show(page, { base: page })).said).toMatch(/nothing moved$/);
  });

  it('keeps the keyboard’s place and the search for the same record, and forgets both for another', () => {
    const searched = panel(show(page), { type: 'search', text: 'count' });
    const again = next(searched, show(small));
    expect([on(again), again.search]).toEqual(['refcount', 'count']);
    const changed = next(searched, show(other));
    expect([on(changed), changed.search]).toEqual(['bytes', '']);
  });

  it('keeps the keyboard on a cell that is cut otherwise after a resize', () => {
    const cut = panel(show(page), key('PageDown'));
    expect(on(cut)).toBe('…lru');
    expect(on(next(cut, { type: 'resized', pixels: 1000, room: 1000 }))).toBe('lru');
  });

  it('puts the keyboard back to the start when its record is hidden', () => {
    const toggle: Event = { type: 'toggle', title: 'struct folio' };
    const hidden = panel(show(page), key('End', true), toggle);
    expect(on(hidden)).toBe('flags');
    expect(relatives(hidden.model!).map(({ title }) => title)).toEqual(['struct folio']);
    const shown = next(hidden, toggle);
    expect(sceneOf(shown).lines).toEqual(sceneOf(panel(show(page))).lines);
  });

  it('keeps the selection on its member where another target has it elsewhere', () => {
    const selected = panel(show(page), { type: 'member', name: 'refcount' });
    const before = sceneOf(selected).items.get(selected.active!)!.piece!.cell.offsetBits;
    const changed = next(selected, show(small, { base: page }));
    expect(on(changed)).toBe('refcount');
    expect(sceneOf(changed).items.get(changed.active!)!.piece!.cell.offsetBits).toBeLessThan(before);
    const relative = next(panel(show(page), key('End', true)), show(small));
    expect(on(relative)).toBe('struct folio.lru');
  });

  it('is a list of members where there is no room for rows', () => {
    const narrow = panel(show(page), { type: 'resized', pixels: 120, room: 300 });
    expect(sceneOf(narrow).isList).toBe(true);
    const listed = sceneOf(narrow).lines.map(({ items }) =>
      items.map(({ piece, mark }) => piece?.cell.name ?? mark?.bit),
    );
    expect(listed.filter(([name]) => name !== undefined)).toEqual(
      ['flags', 'lru', 'compound_head', 'a', 'b', 'refcount', 0, 'flags', 'lru'].map((name) => [name]),
    );
    expect(on(next(narrow, key('ArrowDown')))).toBe('lru');
    expect(sceneOf(next(narrow, { type: 'resized', pixels: 700, room: 900 })).isList).toBe(false);
  });

  it('draws what a member holds in place, over its bytes, until it is folded', async () => {
    const list = v.parse(modelShape, (await layoutModels(C, 'struct list_head'))[0]).picture;
    const opened = panel(show(page), { type: 'message', message: { type: 'inner', member: 'lru', picture: list } });
    const inner = [...sceneOf(opened).items.values()].filter(({ piece }) => piece?.record === 2);
    expect(inner.map(({ piece }) => [piece!.cell.name, piece!.start])).toEqual([
      ['next', 8],
      ['prev', 16],
    ]);
    expect(drawingOrder(page, [0, 1, 2])).toEqual([0, 2, 1]);
    expect(sceneOf(next(opened, { type: 'fold', member: 'lru' })).items.size).toBe(
      sceneOf(panel(show(page))).items.size,
    );
  });

  it('stays when the next picture fails, with the reason', () => {
    const busy = panel(show(page), { type: 'message', message: { type: 'busy', what: 'Reading…' } });
    expect(busy.busy).toBe('Reading…');
    const failed = next(busy, { type: 'message', message: { type: 'failed', message: 'There is no such record.' } });
    expect(failed).toMatchObject({ busy: undefined, failure: 'There is no such record.', model: page });
    expect(next(failed, show(page)).failure).toBeUndefined();
  });

  it('is worked out once for the same state', () => {
    const state = panel(show(page));
    expect(sceneOf({ ...state, hovered: 'c0.0' })).toBe(sceneOf(state));
    expect(sceneOf({ ...state, search: 'x' })).not.toBe(sceneOf(state));
  });
});
