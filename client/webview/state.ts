/** The panel as one value: what is shown, where the keyboard is, what is searched; and what each event makes of it. */
import type { Model } from '../src/layout/answers';
import type { Remembered, ToPage } from '../src/layout/messages';
import { type Inner, withInner } from './inner';
import { type Moves, movesOf } from './moves';
import { type ByteRow, bytesPerRow, type Elision, rowsOf } from './rows';
import { type Item, isStepKey, type Line, linesOf, listLines, step } from './steps';
import { counted, recordOf } from './words';

export interface State {
  readonly model?: Model;
  /** The same record for the settings' own target, where another one is shown. */
  readonly base?: Model;
  readonly remembered?: Remembered;
  /** What is being worked on. */
  readonly busy?: string;
  readonly failure?: string;
  /** The last thing that is to be read out. */
  readonly said: string;
  /** Room for a row's bytes, in pixels. */
  readonly pixels: number;
  /** Width of the page, in pixels. */
  readonly room: number;
  /** Whether the search box is shown. */
  readonly isSearching: boolean;
  /** Records that members hold and that are drawn in place. */
  readonly inner: Inner;
  /** Height of the details in pixels, where the user chose one. */
  readonly detail?: number;
  /** The item that the keyboard is on. */
  readonly active?: string;
  /** The byte of a row that the way up and down keeps to. */
  readonly column?: number;
  readonly hovered?: string;
  readonly search: string;
  /** Titles of the family's members that are not drawn. */
  readonly hidden: readonly string[];
}

export const EMPTY: State = { said: '', pixels: 0, room: 0, isSearching: false, inner: [], search: '', hidden: [] };

/** A narrower page has a list in place of the diagram, in pixels. */
const FOR_DIAGRAM = 420;

export type Event =
  | { readonly type: 'message'; readonly message: ToPage }
  | { readonly type: 'resized'; readonly pixels: number; readonly room: number }
  | { readonly type: 'key'; readonly key: string; readonly ctrl: boolean }
  | { readonly type: 'reached'; readonly id: string }
  | { readonly type: 'hovered'; readonly id: string | undefined }
  | { readonly type: 'search'; readonly text: string }
  | { readonly type: 'match'; readonly direction: 1 | -1 }
  | { readonly type: 'member'; readonly name: string }
  | { readonly type: 'toggle'; readonly title: string }
  | { readonly type: 'searching'; readonly is: boolean }
  | { readonly type: 'fold'; readonly member: string }
  | { readonly type: 'detail'; readonly height: number };

/** What is drawn of a state. */
export interface Scene {
  /** The model with what was expanded in it. */
  readonly model?: Model;
  /** Whether it is drawn as a list, as there is no room for a diagram. */
  readonly isList: boolean;
  readonly width: number;
  readonly rows: readonly (ByteRow | Elision)[];
  readonly lines: readonly Line[];
  readonly items: ReadonlyMap<string, Item>;
  readonly moves: ReadonlyMap<string, Moves>;
  /** Items that the search finds, in the picture's order; undefined while nothing is searched. */
  readonly matches?: readonly Item[];
}

const NO_SCENE: Scene = { isList: false, width: 64, rows: [], lines: [], items: new Map(), moves: new Map() };

/** What is drawn of a state; the same again as long as nothing that it depends on has changed. */
export function sceneOf(state: State): Scene {
  if (!state.model) return NO_SCENE;
  if (last && DECIDING.every((name) => last!.of[name] === state[name])) return last.scene;
  const { base, pixels, room, search, remembered } = state;
  const model = withInner(state.model, state.inner);
  // Two pictures side by side are of the record alone, so that their rows can be looked at together.
  const isBeside = base !== undefined && remembered?.compared !== undefined;
  const hidden = isBeside ? relatives(state.model).map(({ title }) => title) : state.hidden;
  const isList = room > 0 && room < FOR_DIAGRAM;
  const width = isList ? WHOLE : bytesPerRow(pixels, model.picture);
  const rows = rowsOf(model, width, new Set(hidden));
  const lines = isList ? listLines(rows) : linesOf(rows);
  const all = lines.flatMap(({ items }) => items);
  const scene: Scene = {
    model,
    isList,
    width,
    rows,
    lines,
    items: new Map(all.map((item) => [item.id, item])),
    moves: movesOf(base, model),
    ...(search.trim() !== '' && { matches: all.filter((item) => isFound(item, search.trim())) }),
  };
  last = { of: state, scene };
  return scene;
}

/** A list has no rows: all bytes are in one. */
const WHOLE = 2 ** 40;

/** What of a state decides what is drawn. */
const DECIDING = ['model', 'base', 'remembered', 'pixels', 'room', 'hidden', 'search', 'inner'] as const;

let last: { readonly of: State; readonly scene: Scene } | undefined;

/** Whether a cell is searched for: by its name or its declaration, in any case of letters. */
function isFound({ piece }: Item, search: string): boolean {
  if (!piece || piece.continues || piece.cell.kind !== 'member') return false;
  const { name = '', declaration = '' } = piece.cell;
  return [name, declaration].some((text) => text.toLowerCase().includes(search.toLowerCase()));
}

export function next(state: State, event: Event): State {
  switch (event.type) {
    case 'message':
      return heard(state, event.message);
    case 'resized':
      return settled({ ...state, pixels: event.pixels, room: event.room });
    case 'key': {
      if (!isStepKey(event.key)) return state;
      const { lines } = sceneOf(state);
      const item = step(lines, state.active ?? '', event.key, state.column, event.ctrl);
      const isVertical = /^(Arrow(Up|Down)|Page)/.test(event.key);
      const column = isVertical ? (state.column ?? startOf(state, state.active)) : undefined;
      return item ? { ...state, active: item.id, column, hovered: undefined } : state;
    }
    case 'reached':
      return state.active === event.id ? state : { ...state, active: event.id, column: undefined };
    case 'hovered':
      return state.hovered === event.id ? state : { ...state, hovered: event.id };
    case 'search': {
      const searching = { ...state, search: event.text };
      const { matches } = sceneOf(searching);
      if (!matches) return { ...searching, said: '' };
      const said = matches.length === 0 ? 'No member found' : `${counted(matches.length, 'member')} found`;
      const isOn = matches.some(({ id }) => id === state.active);
      return { ...searching, said, active: isOn ? state.active : (matches[0]?.id ?? state.active), column: undefined };
    }
    case 'match': {
      const { matches = [] } = sceneOf(state);
      const at = matches.findIndex(({ id }) => id === state.active);
      const other = matches.at((at + event.direction) % matches.length);
      return other ? { ...state, active: other.id, column: undefined } : state;
    }
    case 'member':
      return { ...state, active: itemOf(state, event.name)?.id ?? state.active, column: undefined };
    case 'searching':
      return { ...state, isSearching: event.is };
    case 'fold':
      return settled({ ...state, inner: state.inner.filter(({ member }) => member !== event.member) });
    case 'detail':
      return { ...state, detail: event.height };
    case 'toggle': {
      const { hidden } = state;
      const isHidden = hidden.includes(event.title);
      return settled({
        ...state,
        hidden: isHidden ? hidden.filter((title) => title !== event.title) : [...hidden, event.title],
      });
    }
  }
}

function heard(state: State, message: ToPage): State {
  switch (message.type) {
    case 'show': {
      const { model, base, member, remembered } = message;
      const isOther = model.picture.title !== state.model?.picture.title;
      const selected = sceneOf(state).items.get(state.active ?? '');
      const heard = { busy: undefined, failure: undefined, hovered: undefined, inner: [] };
      const shown = { ...state, ...heard, model, base, remembered };
      const kept = isOther ? { ...shown, active: undefined, column: undefined, search: '' } : shown;
      const first = itemOf(kept, member) ?? (isOther ? undefined : sameItem(kept, state.model!, selected));
      return settled({ ...kept, active: first?.id ?? kept.active, said: summary(kept) });
    }
    case 'busy':
      return { ...state, busy: message.what, failure: undefined };
    case 'failed':
      return {
        ...state,
        busy: undefined,
        failure: message.message,
        remembered: message.remembered ?? state.remembered,
      };
    case 'member':
      return { ...state, active: itemOf(state, message.member)?.id ?? state.active, column: undefined };
    case 'follows':
      return { ...state, remembered: message.remembered };
    case 'search':
      return { ...state, isSearching: true };
    case 'inner': {
      const others = state.inner.filter(({ member }) => member !== message.member);
      return settled({ ...state, inner: [...others, { member: message.member, picture: message.picture }] });
    }
    case 'said':
      return { ...state, said: message.text };
  }
}

/** What a screen reader says of a picture that has come. */
function summary(state: State): string {
  const { picture } = state.model!;
  const moved = sceneOf(state).moves.get(picture.title);
  const said = [picture.title, ...picture.facts];
  if (moved) said.push(moved.moves.length === 0 ? 'nothing moved' : `${counted(moved.moves.length, 'member')} moved`);
  return said.join(', ');
}

/** The keyboard is on something that is drawn. */
function settled(state: State): State {
  const { items, lines } = sceneOf(state);
  if (state.active !== undefined && items.has(state.active)) return state;
  // A cell may begin in another row now, or may no longer be cut.
  const whole = state.active?.replace(/@\d+$/, '');
  const active = whole !== undefined && items.has(whole) ? whole : lines[0]?.items[0]?.id;
  return { ...state, active, column: undefined };
}

/** The item of a member of the record itself, by its name or a path that begins with it. */
function itemOf(state: State, path: string | undefined): Item | undefined {
  const name = path?.split(/[.[]/)[0];
  if (!name || !state.model) return undefined;
  const own = sceneOf(state).lines.flatMap(({ items }) => items.filter(({ piece }) => piece?.record === 0));
  return own.find(({ piece }) => piece!.cell.name === name);
}

/** Where a picture of another target has what was selected: the same member of the same record, wherever it lies now. */
function sameItem(state: State, before: Model, item: Item | undefined): Item | undefined {
  const { piece } = item ?? {};
  const name = piece?.cell.name;
  if (!piece || name === undefined || piece.record > before.family.length) return undefined;
  const { title } = recordOf(before, piece.record);
  const { model, items } = sceneOf(state);
  return [...items.values()].find(
    ({ piece: other }) => other?.cell.name === name && recordOf(model!, other.record).title === title,
  );
}

function startOf(state: State, id: string | undefined): number | undefined {
  return id === undefined ? undefined : sceneOf(state).items.get(id)?.start;
}

/** The name of the member that an item shows, where it is one of the record itself. */
export function memberName(item: Item | undefined): string | undefined {
  return item?.piece?.record === 0 ? item.piece.cell.name : undefined;
}

/** The titles of the family, each once, with where they begin. */
export function relatives({ family }: Model): { title: string; at: number; record: number }[] {
  return family.map(({ at, picture }, index) => ({ title: picture.title, at, record: index + 1 }));
}
