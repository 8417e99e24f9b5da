/** What there is to say of one cell or one bit: declaration, comment, bytes, who shares them, and where to go from it. */
import type { JSX } from 'preact';
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
}

export function Detail(props: DetailProps): JSX.Element {
  const { item } = props;
  return (
    <section class="detail" aria-label="Details">
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

function OfCell({ model, piece, moves, onGo, onRecord, onMember }: DetailProps & { piece: Piece }): JSX.Element {
  const { cell, record } = piece;
  const picture = recordOf(model, record);
  const sharing = sharers(picture, cell);
  const claims = record === 0 ? claimsOn(picture, cell) : [];
  const move = moves.get(picture.title)?.moves.find(({ name }) => name === cell.name);
  const view = cell.view === undefined ? undefined : picture.views[cell.view]?.label;
  const first = cell.offsetBits / 8;
  return (
    <div>
      <p class="declaration">{cell.declaration ?? `${cell.kind} of ${amount(cell.sizeBits)}`}</p>
      {cell.comment && <p class="comment">{cell.comment}</p>}
      <p class="where">
        {record > 0 && `${picture.title}, `}
        {amount(cell.sizeBits)} at {offsetText(cell.offsetBits)}
        {cell.sizeBits > 8 && cell.sizeBits % 8 === 0 && ` (to ${first + cell.sizeBits / 8 - 1})`}, cacheline{' '}
        {Math.floor(first / picture.cacheline)}
        {view !== undefined && view !== cell.name && `, view: ${view}`}
        {move && <strong class="movetext">, {moveText(move)}</strong>}
      </p>
      {sharing.length > 0 && (
        <p class="sharing">
          shares bytes with{' '}
          {sharing.map(({ name = '' }, index) => (
            <>
              {index > 0 && ', '}
              {record === 0 ? (
                <button type="button" class="link" onClick={() => onMember(name)}>
                  {name}
                </button>
              ) : (
                name
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
