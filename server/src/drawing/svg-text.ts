/** What an SVG is written with: colours that every reader knows, and text that stays text. */
import { withoutUnfit } from '../text/text';

interface Colours {
  readonly ink: string;
  readonly faint: string;
  /** Stands out from paper and from each view by 3:1 and more. */
  readonly line: string;
  readonly paper: string;
  readonly hole: string;
  readonly touched: string;
  readonly clash: string;
  /** Of what shares its bytes with nothing. */
  readonly plain: string;
  /** They repeat, tell views apart and mean nothing. */
  readonly views: readonly string[];
}

const LIGHT: Colours = {
  ink: '#1f2328',
  faint: '#59636e',
  line: '#6e7781',
  paper: '#ffffff',
  hole: '#8c959f',
  touched: '#9a6700',
  clash: '#cf222e',
  plain: '#f6f8fa',
  views: ['#ddf4ff', '#dafbe1', '#fbefff', '#fff1e5', '#fff8c5', '#ffebe9'],
};

const DARK: Colours = {
  ink: '#e6edf3',
  faint: '#9198a1',
  line: '#8b949e',
  paper: '#0d1117',
  hole: '#6e7681',
  touched: '#e3b341',
  clash: '#ff7b72',
  plain: '#21262d',
  views: ['#0c2d6b', '#033a16', '#3c1e70', '#5a1e02', '#3b2300', '#67060c'],
};

/** How many colours views have, before they repeat. */
export const VIEW_COLOURS = LIGHT.views.length;

/** Colours are written out: mail, slides and librsvg know no CSS variables, and would draw all of it black. */
function coloured({ ink, faint, line, paper, hole, touched, clash, plain, views }: Colours): string {
  return [
    `text { fill: ${ink}; } .faint { fill: ${faint}; } .paper { fill: ${paper}; } .cell { stroke: ${line}; }`,
    `.touched { stroke: ${touched}; } .band { fill: ${touched}; } .edge { stroke: ${ink}; } .box { stroke: ${line}; }`,
    `.tick { stroke: ${line}; } .hatch { stroke: ${hole}; } .bit { fill: ${faint}; } .onbit { fill: ${paper}; }`,
    `.place { fill: ${paper}; } .plain { fill: ${plain}; } .clash { fill: ${clash}; }`,
    views.map((colour, view) => `.v${view} { fill: ${colour}; }`).join(' '),
    '.hole { fill: url(#hatch); }',
  ].join('\n');
}

/** Light or dark as the reader's system is. */
export const STYLE = `
text { font-family: ui-monospace, "DejaVu Sans Mono", monospace; font-size: 12px; }
.title { font-weight: bold; font-size: 15px; } .cell { stroke-width: 1; } .touched { stroke-width: 3; }
.box { stroke-width: 1; fill: none; } .small { font-size: 11px; } .italic { font-style: italic; }
.band { opacity: 0.16; } .edge { stroke-width: 2; } .tick { stroke-width: 1; } .hatch { stroke-width: 1.2; }
${coloured(LIGHT)}
@media (prefers-color-scheme: dark) {
${coloured(DARK)}
}
`;

export const HATCH =
  '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<line class="hatch" x1="0" y1="0" x2="0" y2="6"/></pattern></defs>';

/** Of the fixed-width font at its 12 pixels; names are cut by it. */
export const CHARACTER_WIDTH = 7.3;

export function round(pixels: number): number {
  return Math.round(pixels * 100) / 100;
}

export function text(atX: number, atY: number, said: string, className = '', anchor = ''): string {
  const attributes = `${className && ` class="${className}"`}${anchor && ` text-anchor="${anchor}"`}`;
  return `<text x="${round(atX)}" y="${round(atY)}"${attributes} xml:space="preserve">${escapeXml(said)}</text>`;
}

/** A label cut to a width in pixels; none where not even two characters have room. */
export function fitted(label: string, pixels: number): string {
  const room = Math.floor((pixels - 4) / CHARACTER_WIDTH);
  if (label.length <= room) return label;
  return room < 2 ? '' : `${label.slice(0, room - 1)}…`;
}

/** Text of a tree in XML and in HTML, where it can't become markup. */
export function escapeXml(said: string): string {
  // What XML has no place for, a reader would refuse whole (XML 1.0, 2.2).
  return withoutUnfit(said).replace(/[&<>"\ufffe\uffff]|\p{Cs}/gu, (character) =>
    /[&<>"]/.test(character) ? `&#${character.charCodeAt(0)};` : '\ufffd',
  );
}
