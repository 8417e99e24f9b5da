/** What `overlint layout` draws of a record: the SVG with its family and claims, and the page that stands alone. */
import { drawHtml } from '../drawing/html';
import { pictureOf } from '../drawing/picture';
import type { FoundRecord, RecordFinder } from '../project/record-finder';
import { recordSvg } from '../project/record-svg';
import type { Tree } from '../project/tree';
import type { Place } from '../text/text';

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
  const { svg, layout, globals, placeText } = recordSvg(found, finder, tree, options);
  if (form === 'svg') return svg;
  const place = ({ path, start }: Place): string => placeText(path, start);
  return drawHtml(pictureOf(globals, layout, { ...options, place, claims: finder.facts.claims }), svg);
}
