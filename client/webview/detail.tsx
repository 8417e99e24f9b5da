/** What there is to say of one cell or one bit: declaration, comment, bytes, who shares them, and where to go from it. */
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Claim, Location, Model } from '../src/layout/answers';
import type { Moves } from './moves';
import type { Piece } from './rows';
import type { Item } from './steps';
import { amount, claimsOn, moveText, offsetText, placeText, recordOf, sharers } from './words';

interface DetailProps {
  readonly model: Model;
  readonly item: Item | undefined;
  readonly moves: ReadonlyMap<string, Moves>;
  readonly onGo: (place: Location) => void;
  readonly onRecord: (record: string, place: Location | undefined) => void;
  readonly onMember: (name: string) => void;
  /** Whether the record that a member holds is drawn in place. */
  readonly isExpanded: (member: string) => boolean;
  readonly onExpand: (member: string) => void;
  /** In pixels, where the user chose one. */
  readonly height: number | undefined;
  readonly onHeight: (height: number) => void;
}

/** Heights in pixels: one line, and what the keys add or take. */
const ONE_LINE = 27;
const STEP = 24;

export function Detail(props: DetailProps): JSX.Element {
  const { item, height, onHeight } = props;
  const section = useRef<HTMLElement>(null);
  const now = (): number => section.current?.getBoundingClientRect().height ?? ONE_LINE;
  const toggle = (): void => onHeight(now() > ONE_LINE + 1 ? ONE_LINE : 8 * STEP);
  return (
    <section
      ref={section}
      class={height === ONE_LINE ? 'detail line' : 'detail'}
      aria-label="Details"
      style={height === undefined ? undefined : { height: `${height}px` }}
    >
      <div
        class="splitter"
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the details"
        aria-valuenow={height ?? 0}
        tabIndex={0}
        title="Drag to resize; double-click for one line"
        onDblClick={toggle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') toggle();
          else if (event.key === 'ArrowUp') onHeight(now() + STEP);
          else if (event.key === 'ArrowDown') onHeight(Math.max(ONE_LINE, now() - STEP));
          else return;
          event.preventDefault();
        }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
          onHeight(
            Math.round(Math.max(ONE_LINE, Math.min(window.innerHeight - 120, window.innerHeight - event.clientY))),
          );
        }}
      />
      {item?.piece && <OfCell {...props} piece={item.piece} />}
      {item?.mark && (
        <div>
          <p class="declaration">
            bit {item.mark.bit} of word {item.word}
            {item.mark.clashes && <strong class="clash"> ⚠ claims clash</strong>}
          </p>
          <Claims claims={item.mark.claims} onGo={props.onGo} />
        </div>
      )}
    </section>
  );
}

function OfCell(props: DetailProps & { piece: Piece }): JSX.Element {
  const { model, piece, moves, onGo, onRecord, onMember } = props;
  const { cell, record } = piece;
  const picture = recordOf(model, record);
  const sharing = sharers(picture, cell);
  const claims = record === 0 ? claimsOn(picture, cell) : [];
  const move = moves.get(picture.title)?.moves.find(({ name }) => name === cell.name);
  const view = cell.view === undefined ? undefined : picture.views[cell.view]?.comment;
  const first = cell.offsetBits / 8;
  return (
    <div>
      <p class="declaration">
        {cell.declaration ?? `${cell.kind} of ${amount(cell.sizeBits)}`}{' '}
        <span class="where">
          {record > 0 && `${picture.title}, `}
          {amount(cell.sizeBits)} at {offsetText(cell.offsetBits)}
          {cell.sizeBits > 8 && cell.sizeBits % 8 === 0 && ` (to ${first + cell.sizeBits / 8 - 1})`}, cacheline{' '}
          {Math.floor(first / picture.cacheline)}
          {view !== undefined && `, view: ${view}`}
          {move && <strong class="movetext">, {moveText(move)}</strong>}
        </span>
      </p>
      {cell.comment && <p class="comment">{cell.comment}</p>}
      {sharing.length > 0 && (
        <p class="sharing">
          shares bytes with{' '}
          {sharing.map(({ name = '', label = name }, index) => (
            <>
              {index > 0 && ', '}
              {record === 0 ? (
                <button type="button" class="link" onClick={() => onMember(name)}>
                  {label}
                </button>
              ) : (
                label
              )}
            </>
          ))}
        </p>
      )}
      {cell.inner && cell.inner.length > 0 && (
        <p class="inner">
          holds{' '}
          {cell.inner
            .map(({ name, offsetBits }) => `${name} at ${offsetText(cell.offsetBits + offsetBits)}`)
            .join(', ')}
        </p>
      )}
      {claims.length > 0 && <Claims claims={claims} onGo={onGo} />}
      <p class="ways">
        {cell.place && (
          <button type="button" class="link" onClick={() => onGo(cell.place!)}>
            Go to {placeText(cell.place)}
          </button>
        )}
        {record === 0 && cell.isHeld && cell.record && cell.name !== undefined && (
          <button
            type="button"
            id="expand"
            aria-pressed={props.isExpanded(cell.name)}
            onClick={() => props.onExpand(cell.name!)}
          >
            Expand in place
          </button>
        )}
        {cell.record && (
          <button type="button" class="link" onClick={() => onRecord(cell.record!, cell.place)}>
            Show {cell.record}
          </button>
        )}
      </p>
    </div>
  );
}

function Claims({ claims, onGo }: { claims: readonly Claim[]; onGo: (place: Location) => void }): JSX.Element {
  return (
    <ul class="claims">
      {claims.map(({ word, bit, kind, owner, quote, place, clashes }) => (
        <li key={`${word}.${bit}.${owner}.${quote}`} class={clashes ? 'clash' : undefined}>
          bit {bit} of the word at byte {word}: <b>{owner}</b>
          {kind === 'sets' ? '' : ' keeps it clear'}, “{quote}”{clashes && ', clashes'}{' '}
          {place && (
            <button type="button" class="link" onClick={() => onGo(place)}>
              {placeText(place)}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}
