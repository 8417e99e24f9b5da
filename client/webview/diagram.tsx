/** The picture itself: rows of bytes, a band for each record, a lane for each view; one grid for keyboard and screen reader. */
import type { JSX } from 'preact';
import type { Model } from '../src/layout/answers';
import { drawingOrder } from './inner';
import { List } from './list';
import type { Moves } from './moves';
import {
  type Band,
  type BitMark,
  type Box,
  type ByteRow,
  bytesPerRow,
  type Elision,
  type Piece,
  rowsOf,
  type WordMarks,
} from './rows';
import type { Event, Scene, State } from './state';
import { amount, cellLabel, counted, markLabel, recordOf } from './words';

interface Context {
  readonly model: Model;
  /** How many records are the family's own; what stands behind them was expanded. */
  readonly order: (records: readonly number[]) => readonly number[];
  /** Drawn beside another picture, to be looked at: no keyboard goes there. */
  readonly isStill?: boolean;
  /** The member that is selected in the other picture. */
  readonly twin?: string;
  readonly scene: Scene;
  readonly active?: string;
  readonly found?: ReadonlySet<string>;
  readonly send: (event: Event) => void;
}

type Style = Readonly<Record<string, string | number>>;

interface DiagramProps {
  readonly state: State;
  readonly scene: Scene;
  readonly send: (event: Event) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onClick: (id: string) => void;
}

/** Colours of the views, which repeat; they tell views apart and mean nothing. */
const HUES = 6;

export function Diagram({ state, scene, send, onKeyDown, onClick }: DiagramProps): JSX.Element {
  const model = scene.model!;
  const found = scene.matches && new Set(scene.matches.map(({ id }) => id));
  const order = (records: readonly number[]): readonly number[] => drawingOrder(state.model!, records);
  const context: Context = { model, order, scene, active: state.active, found, send };
  const idAt = (event: { readonly target: EventTarget | null }): string | undefined =>
    (event.target as Element | null)?.closest('[role=gridcell]')?.id;
  return (
    <div class="diagram">
      {!scene.isList && <Ruler width={scene.width} wordSize={model.picture.wordSize} />}
      <div
        role="grid"
        aria-label={`Layout of ${model.picture.title}`}
        class={found ? 'grid searching' : 'grid'}
        onKeyDown={onKeyDown}
        onClick={(event) => {
          const id = idAt(event);
          if (id) onClick(id);
        }}
        onFocusIn={(event) => {
          const id = idAt(event);
          if (id) send({ type: 'reached', id });
        }}
        onMouseOver={(event) => send({ type: 'hovered', id: idAt(event) })}
        onMouseLeave={() => send({ type: 'hovered', id: undefined })}
      >
        {scene.isList ? <List state={state} scene={scene} hues={HUES} /> : drawRows(scene.rows, context)}
      </div>
    </div>
  );
}

/** The record as it is elsewhere, to be looked at beside the other. */
export function StillDiagram({ model, twin, pixels }: { model: Model; twin?: string; pixels: number }): JSX.Element {
  const width = bytesPerRow(pixels, model.picture);
  const scene: Scene = { isList: false, width, rows: [], lines: [], items: new Map(), moves: new Map() };
  const context: Context = { model, order: (records) => records, scene, send: () => {}, isStill: true, twin };
  return (
    <div class="diagram still" aria-hidden="true">
      <Ruler width={width} wordSize={model.picture.wordSize} />
      {drawRows(rowsOf({ picture: model.picture, family: [] }, width), context)}
    </div>
  );
}

function drawRows(rows: Scene['rows'], context: Context): JSX.Element[] {
  return rows.map((row) => (row.kind === 'elision' ? <Left key={`e${row.start}`} {...row} /> : drawRow(row, context)));
}

/** Byte offsets over the columns. */
function Ruler({ width, wordSize }: { width: number; wordSize: number }): JSX.Element {
  const marks = Array.from({ length: width / wordSize + 1 }, (_, index) => index * wordSize);
  return (
    <div class="ruler" aria-hidden="true">
      <div class="bytes">
        {marks.map((byte) => (
          <span key={byte} class="tick" style={{ left: percent(byte, width) }}>
            {byte}
          </span>
        ))}
      </div>
    </div>
  );
}

function Left({ start, end, name }: Elision): JSX.Element {
  return (
    <div class="elision" aria-hidden="true">
      ⋮ {amount((end - start) * 8)} more of {name || 'the same'}, up to {end}
    </div>
  );
}

function drawRow(row: ByteRow, context: Context): JSX.Element {
  const { cacheline } = context.model.picture;
  const opens = row.start % cacheline === 0;
  return (
    <div key={`r${row.start}`} role="presentation" class={opens ? 'byterow opens' : 'byterow'}>
      {context
        .order(row.bands.map(({ record }) => record))
        .map((record) => drawBand(row.bands.find((band) => band.record === record)!, row, context))}
    </div>
  );
}

function drawBand(band: Band, row: ByteRow, context: Context): JSX.Element {
  const { title, cacheline } = recordOf(context.model, band.record);
  const isOwn = band.record === 0;
  const bits = band.lanes.flatMap(({ boxes }) => boxes.filter(({ isBits }) => isBits));
  return (
    <div
      key={`${row.start}/${band.record}`}
      role="rowgroup"
      class={isOwn ? 'band own' : 'band'}
      aria-label={`${title}, from byte ${row.start}`}
    >
      <div class="gutter" aria-hidden="true" title={title}>
        {isOwn ? row.start : title}
        {isOwn && row.start % cacheline === 0 && <small>cacheline {row.start / cacheline}</small>}
      </div>
      <div role="presentation" class="lanes">
        {band.lanes.map(({ boxes, view }, index) => (
          <div key={index} role="row" class="lane">
            <div role="presentation" class="bytes">
              {boxes.map((box) =>
                box.isBits ? drawBitsPlace(box, row) : box.pieces.map((piece) => drawPiece(piece, row, context)),
              )}
            </div>
            {view !== undefined && (
              <div class="view" aria-hidden="true" title={view}>
                {view}
              </div>
            )}
          </div>
        ))}
        {bits.map((box) => (
          <div key={`b${box.start}`} role="row" class="bits">
            <span class="bitsname" aria-hidden="true">
              {bytesText(box)}
            </span>
            {box.pieces.map((piece) => drawBits(piece, context))}
          </div>
        ))}
        {isOwn && row.words.length > 0 && (
          <div role="row" class="marks" aria-label="Claims on bits">
            <div role="presentation" class="bytes">
              {row.words.map((word) => drawMarks(word, row, context))}
            </div>
          </div>
        )}
      </div>
    </div>
  );
}

function bytesText({ start, end }: Box): string {
  return end - start === 1 ? `byte ${start}` : `bytes ${start}–${end - 1}`;
}

/** Where bit-fields are; they themselves stand below. */
function drawBitsPlace(box: Box, row: ByteRow): JSX.Element {
  const fields = box.pieces.filter(({ cell }) => cell.kind === 'member').length;
  return (
    <div key={`b${box.start}`} class="cell bitsplace" aria-hidden="true" style={extent(box, row)}>
      {counted(fields, 'bit-field')}
    </div>
  );
}

function drawPiece(piece: Piece, row: ByteRow, context: Context): JSX.Element {
  return gridCell(piece, context, extent(piece, row));
}

function drawBits(piece: Piece, context: Context): JSX.Element {
  return gridCell(piece, context, { flexGrow: piece.cell.sizeBits });
}

function gridCell(piece: Piece, context: Context, style: Style): JSX.Element {
  const { id, cell } = piece;
  const { model, scene, active, found } = context;
  const title = recordOf(model, piece.record).title;
  const move = moveOf(scene.moves.get(title), cell.name);
  const classes = ['cell', cell.kind, cell.view === undefined ? 'shared' : `hue${cell.view % HUES}`];
  if (found?.has(id)) classes.push('found');
  if (move) classes.push('moved');
  if (piece.continues) classes.push('continues');
  if (piece.goesOn) classes.push('goeson');
  if (context.isStill) {
    if (cell.name !== undefined && cell.name === context.twin) classes.push('twin');
    return (
      <div key={id} class={classes.join(' ')} style={style}>
        <span class="name">{nameOn(piece)}</span>
      </div>
    );
  }
  return (
    <div
      key={id}
      id={id}
      role="gridcell"
      tabIndex={id === active ? 0 : -1}
      class={classes.join(' ')}
      style={style}
      aria-label={cellLabel(model, piece, move)}
    >
      <span class="name">{nameOn(piece)}</span>
    </div>
  );
}

function nameOn({ cell, continues }: Piece): string {
  if (cell.kind !== 'member') return cell.sizeBits % 8 === 0 ? cell.kind : `${cell.sizeBits} unused`;
  const name = cell.isBitField ? `${cell.label ?? cell.name}:${cell.sizeBits}` : (cell.label ?? cell.name ?? '');
  return continues ? `… ${name}` : name;
}

function moveOf(moves: Moves | undefined, name: string | undefined): Moves['moves'][number] | undefined {
  return name === undefined ? undefined : moves?.moves.find((move) => move.name === name && move.after);
}

function drawMarks(word: WordMarks, row: ByteRow, context: Context): JSX.Element {
  const { bigEndian } = context.model.picture;
  return (
    <div key={word.start} role="presentation" class={bigEndian ? 'word high' : 'word'} style={extent(word, row)}>
      {word.bits.map((mark) => drawMark(word.start, mark, context))}
    </div>
  );
}

function drawMark(word: number, mark: BitMark, { active, isStill }: Context): JSX.Element {
  const owners = [...new Set(mark.claims.map(({ owner }) => owner))].join(', ');
  const isClear = mark.claims.every(({ kind }) => kind === 'keeps clear');
  const classes = ['mark', mark.clashes ? 'clash' : '', isClear ? 'clear' : ''];
  const said = (
    <>
      <b>{mark.bit}</b>
      <span class="name">{mark.clashes ? `⚠ ${owners}` : owners}</span>
    </>
  );
  if (isStill)
    return (
      <div key={mark.id} class={classes.join(' ')}>
        {said}
      </div>
    );
  return (
    <div
      key={mark.id}
      id={mark.id}
      role="gridcell"
      tabIndex={mark.id === active ? 0 : -1}
      class={classes.join(' ')}
      aria-label={markLabel(word, mark)}
    >
      {said}
    </div>
  );
}

function extent({ start, end }: { start: number; end: number }, row: ByteRow): Style {
  const width = row.end - row.start;
  return { left: percent(start - row.start, width), width: percent(end - start, width) };
}

function percent(bytes: number, width: number): string {
  return `${(100 * bytes) / width}%`;
}
