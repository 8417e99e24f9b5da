/** The whole page: what the record is, what can be done with it, the picture, what moved, and what there is to say of a cell. */
import type { JSX } from 'preact';
import type { Location } from '../src/layout/answers';
import type { FromPage } from '../src/layout/messages';
import { Detail } from './detail';
import { Diagram, StillDiagram } from './diagram';
import type { Moves } from './moves';
import { type Event, memberName, relatives, type Scene, type State } from './state';
import { placeOf } from './steps';
import { counted, moveText, offsetText } from './words';

interface PanelProps {
  readonly state: State;
  readonly scene: Scene;
  readonly send: (event: Event) => void;
  readonly tell: (message: FromPage) => void;
  readonly onGridKey: (event: KeyboardEvent) => void;
  readonly onSearchKey: (event: KeyboardEvent) => void;
}

export function Panel(props: PanelProps): JSX.Element {
  const { state, scene, send, tell, onGridKey } = props;
  const { model } = state;
  const shown = scene.items.get(state.hovered ?? '') ?? scene.items.get(state.active ?? '');
  const go = (place: Location): void => tell({ type: 'go', place });
  const isCompared = state.base !== undefined && state.remembered?.compared !== undefined && !scene.isList;
  const isExpanded = (name: string): boolean => state.inner.some(({ member }) => member === name);
  return (
    <>
      {model ? <Header {...props} /> : <h1>{state.busy ?? 'Overlint'}</h1>}
      <Notices {...props} />
      {model && (
        <main>
          <div class={isCompared ? 'beside' : undefined}>
            <section aria-label={state.model!.picture.title}>
              {isCompared && <h2>{state.model!.picture.facts.at(-1)}</h2>}
              <Diagram
                state={state}
                scene={scene}
                send={send}
                onKeyDown={onGridKey}
                onClick={(id) => {
                  send({ type: 'reached', id });
                  const place = placeOf(scene.items.get(id));
                  if (place) go(place);
                }}
              />
            </section>
            {isCompared && (
              <section class="other" aria-label={`As ${state.remembered!.compared!.name} has it`}>
                <h2>{state.remembered!.compared!.name}</h2>
                <StillDiagram
                  model={state.base!}
                  twin={memberName(scene.items.get(state.active ?? ''))}
                  pixels={state.pixels}
                />
              </section>
            )}
          </div>
          {model.picture.sizeless.length > 0 && (
            <p class="sizeless">
              without bytes of their own:{' '}
              {model.picture.sizeless.map(({ declaration, name, place }, index) => (
                <>
                  {index > 0 && ', '}
                  <button type="button" class="link" disabled={!place} onClick={() => place && go(place)}>
                    {declaration ?? name}
                  </button>
                </>
              ))}
            </p>
          )}
          <Moved {...props} />
        </main>
      )}
      {model && (
        <Detail
          model={scene.model!}
          item={shown}
          height={state.detail}
          onHeight={(height) => send({ type: 'detail', height })}
          isExpanded={isExpanded}
          onExpand={(member) =>
            isExpanded(member) ? send({ type: 'fold', member }) : tell({ type: 'expand', member })
          }
          moves={scene.moves}
          onGo={go}
          onRecord={(record, place) =>
            tell({ type: 'record', wanted: { record, uri: place?.uri ?? state.remembered!.wanted.uri } })
          }
          onMember={(name) => send({ type: 'member', name })}
        />
      )}
      <div role="status" aria-live="polite" class="unseen">
        {state.busy ?? state.failure ?? state.said}
      </div>
    </>
  );
}

function Header({ state, scene, send, tell, onSearchKey }: PanelProps): JSX.Element {
  const { picture } = state.model!;
  const remembered = state.remembered!;
  return (
    <header>
      <div class="headline">
        {remembered.history.length > 0 && (
          <button
            type="button"
            class="quiet"
            aria-label="Back"
            title="Back (Alt+Left)"
            onClick={() => tell({ type: 'back' })}
          >
            ←
          </button>
        )}
        <h1>
          {picture.place ? (
            <button type="button" class="link" onClick={() => tell({ type: 'go', place: picture.place! })}>
              {picture.title}
            </button>
          ) : (
            picture.title
          )}
        </h1>
        <span class="facts">{picture.facts.join(' · ')}</span>
        <Family state={state} send={send} tell={tell} />
      </div>
      {picture.comment && <p class="summary">{picture.comment}</p>}
      {(state.isSearching || state.search !== '') && (
        <div class="tools">
          <input
            type="search"
            id="search"
            placeholder="Search a member"
            aria-label="Search a member"
            aria-describedby="found"
            value={state.search}
            onInput={(event) => send({ type: 'search', text: event.currentTarget.value })}
            onKeyDown={onSearchKey}
          />
          <span id="found" class="count">
            {scene.matches &&
              countText(
                scene.matches.map(({ id }) => id),
                state.active,
              )}
          </span>
        </div>
      )}
    </header>
  );
}

/** `2 of 5` */
function countText(ids: readonly string[], active: string | undefined): string {
  const at = active === undefined ? -1 : ids.indexOf(active);
  return at < 0 ? counted(ids.length, 'match').replace('matchs', 'matches') : `${at + 1} of ${ids.length}`;
}

function Family({ state, send, tell }: Pick<PanelProps, 'state' | 'send' | 'tell'>): JSX.Element | null {
  const model = state.model!;
  const family = relatives(model);
  if (family.length === 0) return null;
  return (
    <details class="family">
      <summary>
        Family ({family.filter(({ title }) => !state.hidden.includes(title)).length} of {family.length})
      </summary>
      <div class="choices">
        {family.map(({ title, at, record }) => (
          <span key={title} class="relative">
            <label>
              <input
                type="checkbox"
                checked={!state.hidden.includes(title)}
                onChange={() => send({ type: 'toggle', title })}
              />
              {title}
              {at > 0 && ` at ${at}`}
            </label>
            <button
              type="button"
              class="link"
              aria-label={`Show ${title}`}
              title={`Show ${title}`}
              onClick={() => {
                const uri = model.family[record - 1].picture.place?.uri ?? state.remembered!.wanted.uri;
                tell({ type: 'record', wanted: { record: title, uri } });
              }}
            >
              ↗
            </button>
          </span>
        ))}
      </div>
    </details>
  );
}

function Notices({ state, tell }: PanelProps): JSX.Element {
  const { model, base, busy, failure } = state;
  return (
    <>
      {busy !== undefined && model && <p class="notice busy">{busy}</p>}
      {failure !== undefined && <p class="notice failure">{failure}</p>}
      {model?.picture.status === 'unknown' && (
        <p class="notice failure">The layout is unknown: {model.picture.reason}</p>
      )}
      {model?.warnings.map((warning) => (
        <p key={warning} class="notice">
          {warning}
        </p>
      ))}
      {base && (
        <p class="notice">
          Compared with {state.remembered?.compared?.name ?? `${base.picture.facts.at(-1)}, as the settings have it`}:{' '}
          {sizeText(base.picture.size)}.{' '}
          <button type="button" class="link" id="own" onClick={() => tell({ type: 'ownTarget' })}>
            Back to the settings’ target alone
          </button>
        </p>
      )}
    </>
  );
}

function sizeText(size: number | null): string {
  return size === null ? 'the size is unknown there' : `${counted(size, 'byte')} there`;
}

function Moved({ state, scene, send }: PanelProps): JSX.Element | null {
  const { model, base } = state;
  const moves = scene.moves.get(model!.picture.title);
  if (!base || !moves) return null;
  return (
    <section class="moves" aria-label="What moved">
      <h2>{heading(moves)}</h2>
      {moves.moves.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">member</th>
              <th scope="col">{base.picture.facts.at(-1)}</th>
              <th scope="col">{model!.picture.facts.at(-1)}</th>
            </tr>
          </thead>
          <tbody>
            {moves.moves.map((move) => (
              <tr key={move.name}>
                <th scope="row">
                  {move.after ? (
                    <button type="button" class="link" onClick={() => send({ type: 'member', name: move.name })}>
                      {move.name}
                    </button>
                  ) : (
                    move.name
                  )}
                </th>
                <td>{extentText(move.before) ?? '—'}</td>
                <td>{extentText(move.after) ?? moveText(move)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** `12 members moved or changed, 3 stayed` */
function heading({ moves, same }: Moves): string {
  if (moves.length === 0) return `Nothing moved: all ${counted(same, 'member')} stayed`;
  const gone = moves.filter(({ after }) => !after).length;
  const added = moves.filter(({ before }) => !before).length;
  const moved = moves.length - gone - added;
  const parts = [
    moved > 0 ? `${counted(moved, 'member')} moved or changed size` : '',
    added > 0 ? `${added} new` : '',
    gone > 0 ? `${gone} gone` : '',
    `${same} stayed`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function extentText(extent: { offsetBits: number; sizeBits: number } | undefined): string | undefined {
  if (!extent) return undefined;
  const { offsetBits, sizeBits } = extent;
  const size = sizeBits % 8 === 0 ? String(sizeBits / 8) : `${sizeBits} bits`;
  return `${size} at ${offsetText(offsetBits)}`;
}
