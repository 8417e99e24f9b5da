/** What a picture shows of a record and its family: for each its boxes over the same bytes, the colour and the name of their views. */
import { claimsOf } from '../facts/claims';
import { familyOf } from '../facts/families';
import { layoutRecord, type RecordLayout, title } from '../layout/record';
import type { ClaimPattern } from '../packs/pack';
import type { UnitGlobals } from '../parser/globals';
import { readable } from '../text/text';
import type { Bytes } from '../types/model';
import type { Cell } from './cells';
import { type DiagramClaim, type DiagramOptions, titleOf } from './diagram';
import { commentsOn, viewsOf } from './picture';
import { type Box, boxesOf } from './rows';

/** What is known of a record beside its layout. */
export interface RecordContext {
  /** The unit that it was read in: with the accessors that claim bits and the asserts that tie families. */
  readonly globals: UnitGlobals;
  /** How comments claim bits. */
  readonly claims: readonly ClaimPattern[];
  /** Titles of the family's members that are not drawn. */
  readonly hidden?: readonly string[];
}

export interface DrawnBand {
  readonly title: string;
  readonly layout: RecordLayout;
  /** Their bytes, and their cells', count from where the first record begins. */
  readonly boxes: readonly Box[];
  /** The index of the view that a cell is of; undefined for what shares its bytes with nothing. */
  viewOf(cell: Cell): number | undefined;
  /** What the kernel's comment says of that view. */
  commentOf(view: number): string | undefined;
}

/** The record itself, then those of its family that are to be seen. */
export function drawnBands(layout: RecordLayout, options: DiagramOptions, context?: RecordContext): DrawnBand[] {
  const own = bandOf(titleOf(layout, options), layout, 0, context);
  if (!context || layout.status === 'unknown') return [own];
  const relatives = familyOf(context.globals, layout.record).slice(1);
  const others = relatives.map(({ record, at }) =>
    bandOf(title(record), layoutRecord(record, layout.target), at, context),
  );
  return [own, ...others.filter((band) => !context.hidden?.includes(band.title))];
}

function bandOf(name: string, layout: RecordLayout, at: Bytes, context: RecordContext | undefined): DrawnBand {
  const { views, of } = viewsOf(layout, context && commentsOn(context.globals.files, layout));
  const indexes = new Map<Cell, number | undefined>();
  const boxes = boxesOf(layout).map((box) => ({
    ...box,
    start: box.start + at,
    end: box.end + at,
    cells: box.cells.map((cell) => {
      const moved = { ...cell, offsetBits: cell.offsetBits + at * 8 };
      indexes.set(moved, of(cell).view);
      return moved;
    }),
  }));
  return {
    title: name,
    layout,
    boxes,
    viewOf: (cell) => indexes.get(cell),
    commentOf: (view) => views[view]?.comment,
  };
}

/** The claims on the words of a record, as captions and marks have them. */
export function drawnClaims(
  { record, target, status }: RecordLayout,
  placeText: (path: string, start: number) => string,
  context?: RecordContext,
): DiagramClaim[] {
  if (!context || status === 'unknown') return [];
  return claimsOf(context.globals, record, target, context.claims).map(
    ({ word, bit, kind, owner, quote, place, clashes }) => ({
      word,
      bit,
      meaning: kind === 'sets' ? owner : `${owner} keeps it clear`,
      quote: readable(quote),
      place: placeText(place.path, place.start),
      clashes,
    }),
  );
}
