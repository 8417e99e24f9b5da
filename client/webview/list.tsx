/** The picture where there is no room for one: a list of members with their offsets and sizes, each record under its name. */
import type { JSX } from 'preact';
import type { BitMark, Piece } from './rows';
import type { Scene, State } from './state';
import type { Item } from './steps';
import { amount, cellLabel, markLabel, offsetText, recordOf } from './words';

interface ListProps {
  readonly state: State;
  readonly scene: Scene;
  readonly hues: number;
}

/** The rows of the grid that the diagram is, too. */
export function List({ state, scene, hues }: ListProps): JSX.Element {
  let record = 0;
  return (
    <>
      {scene.lines.map(({ items: [item] }) => {
        const own = item.piece?.record ?? 0;
        const isFirst = own !== record;
        record = own;
        return (
          <>
            {isFirst && own > 0 && (
              <h2 key={`h${own}`} class="listhead">
                {recordOf(scene.model!, own).title}
              </h2>
            )}
            <div key={item.id} role="row" class="entry">
              {item.piece ? entry(item, item.piece, state, scene, hues) : markEntry(item, item.mark!, state)}
            </div>
          </>
        );
      })}
    </>
  );
}

function entry(item: Item, { cell }: Piece, state: State, scene: Scene, hues: number): JSX.Element {
  const classes = ['listed', cell.kind, cell.view === undefined ? 'shared' : `hue${cell.view % hues}`];
  if (scene.matches?.some(({ id }) => id === item.id)) classes.push('found');
  return (
    <div
      id={item.id}
      role="gridcell"
      tabIndex={item.id === state.active ? 0 : -1}
      class={classes.join(' ')}
      aria-label={cellLabel(scene.model!, item.piece!)}
    >
      <span class="at">{offsetText(cell.offsetBits)}</span>
      <span class="name">{cell.label ?? cell.name ?? cell.kind}</span>
      <span class="size">{amount(cell.sizeBits)}</span>
    </div>
  );
}

function markEntry(item: Item, mark: BitMark, state: State): JSX.Element {
  const owners = [...new Set(mark.claims.map(({ owner }) => owner))].join(', ');
  return (
    <div
      id={item.id}
      role="gridcell"
      tabIndex={item.id === state.active ? 0 : -1}
      class={mark.clashes ? 'listed mark clash' : 'listed mark'}
      aria-label={markLabel(item.word!, mark)}
    >
      <b>{mark.bit}</b>
      <span class="name">{mark.clashes ? `⚠ ${owners}` : owners}</span>
    </div>
  );
}
