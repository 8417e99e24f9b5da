/** What `overlint layout` draws of a record: the SVG with its family and claims, and the page that stands alone. */
import { drawnClaims, type Surroundings } from '../drawing/drawn-bands';
import { drawHtml } from '../drawing/html';
import { pictureOf } from '../drawing/picture';
import { drawSvg } from '../drawing/svg';
import { layoutRecord } from '../layout/record';
import { relativeTo } from '../project/listing';
import type { FoundRecord, RecordFinder } from '../project/record-finder';
import type { Tree } from '../project/tree';
import { lineAt, lineStarts, type Place } from '../text/text';

interface DrawOptions {
  readonly typedefName?: string;
  readonly touched?: string;
  readonly note: string;
}

export function drawRecord(
  found: FoundRecord,
  form: 'svg' | 'html',
  tree: Tree,
  finder: RecordFinder,
  options: DrawOptions,
): string {
  const { globals, record } = finder.withAccessors(found, { families: true });
  const layout = found.layout.status === 'exact' ? layoutRecord(record, finder.target) : found.layout;
  const around: Surroundings = { globals, claims: finder.facts.claims };
  const placeText = (file: string, start: number): string =>
    `${relativeTo(tree, file)}:${lineAt(lineStarts(finder.tree.textOf(file) ?? ''), start) + 1}`;
  const svg = drawSvg(layout, { ...options, claims: drawnClaims(layout, placeText, around) }, around);
  if (form === 'svg') return svg;
  const place = ({ path, start }: Place): string => placeText(path, start);
  return drawHtml(pictureOf(globals, layout, { ...options, place, claims: finder.facts.claims }), svg);
}
