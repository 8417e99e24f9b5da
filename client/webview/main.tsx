/** The page's entry: hears the extension, the keyboard and the window, keeps the one state, and draws it. */
import { render } from 'preact';
import { type FromPage, heard, toPageShape } from '../src/layout/messages';
import { Panel } from './panel';
import { EMPTY, type Event, memberName, next, type State, sceneOf } from './state';
import { isStepKey, placeOf } from './steps';
import { keepLinesVisible } from './theme';

interface Host {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById('root')!;

/** What the page itself remembers while it is hidden, or the window loads anew. */
interface Kept {
  readonly search?: string;
  readonly hidden?: readonly string[];
  readonly active?: string;
  readonly detail?: number;
}

const kept = (host.getState() ?? {}) as Kept;
let state: State = {
  ...EMPTY,
  hidden: Array.isArray(kept.hidden) ? kept.hidden.map(String) : [],
  detail: typeof kept.detail === 'number' ? kept.detail : undefined,
};
let isFirst = true;

function send(event: Event): void {
  const before = state;
  state = next(state, event);
  if (state === before) return;
  // The first picture after a new start is the one that was shown before.
  if (isFirst && state.model) {
    isFirst = false;
    if (typeof kept.search === 'string' && kept.search) state = next(state, { type: 'search', text: kept.search });
    if (typeof kept.active === 'string' && sceneOf(state).items.has(kept.active))
      state = next(state, { type: 'reached', id: kept.active });
  }
  draw();
  if (state.remembered) {
    const { remembered, search, hidden, active, detail } = state;
    host.setState({ ...remembered, search, hidden, active, detail });
  }
  if (state.active !== before.active || state.hidden !== before.hidden || state.model !== before.model) {
    const member = memberName(sceneOf(state).items.get(state.active ?? ''));
    tell({ type: 'selected', ...(member !== undefined && { member }), hidden: [...state.hidden] });
  }
  // What was expanded for one target is asked for again for the next.
  if (state.model !== before.model && state.model?.picture.title === before.model?.picture.title)
    for (const { member } of before.inner) tell({ type: 'expand', member });
  if (event.type === 'message' && event.message.type === 'search') openSearch();
  if (state.active !== before.active) reach(event);
}

function tell(message: FromPage): void {
  host.postMessage(message);
}

function draw(): void {
  const scene = sceneOf(state);
  render(
    <Panel state={state} scene={scene} send={send} tell={tell} onGridKey={onGridKey} onSearchKey={onSearchKey} />,
    root,
  );
  measure();
}

/** Moves the focus where the event asks for it, and the window to what is meant. */
function reach({ type }: Event): void {
  const element = state.active === undefined ? null : document.getElementById(state.active);
  if (!element) return;
  if (type === 'key' || type === 'member') element.focus({ preventScroll: true });
  if (type !== 'reached') element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function go(): void {
  const place = placeOf(sceneOf(state).items.get(state.active ?? ''));
  if (place) tell({ type: 'go', place, focus: true });
}

function onGridKey(event: KeyboardEvent): void {
  if (event.altKey || event.metaKey) return;
  if (event.key === 'Enter') go();
  else if (event.key === '/' && !event.ctrlKey) openSearch();
  else if (isStepKey(event.key)) send({ type: 'key', key: event.key, ctrl: event.ctrlKey });
  else return;
  event.preventDefault();
}

function onSearchKey(event: KeyboardEvent): void {
  if (event.key === 'Enter') send({ type: 'match', direction: event.shiftKey ? -1 : 1 });
  else if (event.key === 'ArrowDown') document.getElementById(state.active ?? '')?.focus();
  else if (event.key === 'Escape') {
    send({ type: 'search', text: '' });
    send({ type: 'searching', is: false });
    document.getElementById(state.active ?? '')?.focus();
  } else return;
  event.preventDefault();
}

function openSearch(): void {
  send({ type: 'searching', is: true });
  document.getElementById('search')?.focus();
}

/** How much room a row's bytes have, and the page. */
function measure(): void {
  const bytes = root.querySelector('.ruler .bytes');
  const pixels = bytes ? Math.round(bytes.getBoundingClientRect().width) : state.pixels;
  const room = Math.round(root.getBoundingClientRect().width);
  if (pixels !== state.pixels || room !== state.room) send({ type: 'resized', pixels, room });
}

window.addEventListener('message', ({ data }) => {
  const message = heard(toPageShape, data);
  if (message) send({ type: 'message', message });
});
window.addEventListener('resize', measure);
window.addEventListener('keydown', (event) => {
  if (event.key === 'f' && (event.ctrlKey || event.metaKey)) openSearch();
  else if (event.key === 'ArrowLeft' && event.altKey && state.remembered?.history.length) tell({ type: 'back' });
  else return;
  event.preventDefault();
});

keepLinesVisible();
draw();
tell({ type: 'ready' });
