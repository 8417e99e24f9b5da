/** A record that was found as SVG, with its family, the claims on its bits and what comments say of its views. */
import { drawnClaims, type RecordContext } from '../drawing/drawn-bands';
import { drawSvg } from '../drawing/svg';
import { layoutRecord, type RecordLayout } from '../layout/record';
import type { UnitGlobals } from '../parser/globals';
import { lineAt, lineStarts } from '../text/text';
import { relativeTo } from './listing';
import type { FoundRecord, RecordFinder } from './record-finder';
import type { Tree } from './tree';

interface SvgOptions {
  readonly typedefName?: string;
  readonly touched?: string;
  readonly note: string;
  /** Titles of the family's members that are not drawn. */
  readonly hidden?: readonly string[];
}

/** The picture, and what it was drawn from. */
interface RecordSvg {
  readonly svg: string;
  readonly layout: RecordLayout;
  readonly globals: UnitGlobals;
  /** `include/linux/mm_types.h:89` */
  placeText(path: string, start: number): string;
}

export function recordSvg(found: FoundRecord, finder: RecordFinder, tree: Tree, options: SvgOptions): RecordSvg {
  const { globals, record } = finder.withAccessors(found);
  const layout = found.layout.status === 'exact' ? layoutRecord(record, finder.target) : found.layout;
  const context: RecordContext = { globals, claims: finder.facts.claims, hidden: options.hidden };
  const placeText = (file: string, start: number): string =>
    `${relativeTo(tree, file)}:${lineAt(lineStarts(finder.tree.textOf(file) ?? ''), start) + 1}`;
  const svg = drawSvg(layout, { ...options, claims: drawnClaims(layout, placeText, context) }, context);
  return { svg, layout, globals, placeText };
}
