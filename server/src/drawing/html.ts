/** A record as a page that stands alone: the picture, every member with its words, and the claims; nothing in it runs or is loaded. */
import { amount, rangeText } from './diagram';
import type { Picture, PictureCell, PictureClaim } from './picture';
import { escapeXml } from './svg-text';

/** Nothing is loaded and nothing runs; the page's own style alone counts. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE = `
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em; color: #1f2328; background: #ffffff; }
h1, td, th, code { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
h1 { font-size: 1.4em; margin: 0; } h2 { font-size: 1.1em; margin: 1.6em 0 .4em; }
.faint { color: #59636e; } figure { margin: 1em 0; overflow-x: auto; }
figure svg { max-width: 100%; height: auto; }
table { border-collapse: collapse; font-size: 13px; }
td, th { text-align: left; vertical-align: top; padding: 3px 18px 3px 0; border-bottom: 1px solid #d0d7de; }
td.said { font-family: inherit; max-width: 40em; } .clash { color: #cf222e; }
@media (prefers-color-scheme: dark) {
  body { color: #e6edf3; background: #0d1117; } .faint { color: #9198a1; }
  td, th { border-color: #30363d; } .clash { color: #ff7b72; }
}
`;

/**
 * @param picture With places as people read them: `include/linux/mm_types.h:89`.
 * @param svg The picture of it, a document of its own.
 */
export function drawHtml(picture: Picture<string>, svg: string): string {
  const { title, facts, comment, place, reason, cells, sizeless, claims } = picture;
  const members = [...cells, ...sizeless]
    .filter(({ kind, sizeBits }) => kind === 'member' || sizeBits > 0)
    .sort((one, other) => one.offsetBits - other.offsetBits || one.lane - other.lane);
  const lines = [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<h1>${escapeXml(title)}</h1>`,
    paragraph(facts.join(' · '), 'faint'),
    ...(place === undefined ? [] : [paragraph(place, 'faint')]),
    ...(comment === undefined ? [] : [paragraph(comment)]),
    ...(reason === undefined ? [] : [paragraph(`The layout is unknown: ${reason}`, 'clash')]),
    `<figure>${svg.trim()}</figure>`,
    '<h2>Members</h2>',
    ...table(
      ['offset', 'size', 'member', 'view', 'comment', 'place'],
      members.map((cell) => memberRow(cell, picture)),
    ),
    ...(claims.length === 0 ? [] : ['<h2>Claims on bits</h2>']),
    ...(claims.length === 0 ? [] : table(['word', 'bit', 'owner', 'said by', 'place'], claims.map(claimRow))),
    '</body>',
    '</html>',
    '',
  ];
  return lines.join('\n');
}

function paragraph(said: string, className = ''): string {
  return `<p${className && ` class="${className}"`}>${escapeXml(said)}</p>`;
}

function table(headings: readonly string[], rows: readonly string[]): string[] {
  const head = headings.map((heading) => `<th scope="col">${heading}</th>`).join('');
  return ['<table>', `<thead><tr>${head}</tr></thead>`, '<tbody>', ...rows, '</tbody>', '</table>'];
}

function row(columns: readonly string[], said: ReadonlySet<number>, className = ''): string {
  const cells = columns.map(
    (column, index) => `<td${said.has(index) ? ' class="said"' : ''}>${escapeXml(column)}</td>`,
  );
  return `<tr${className && ` class="${className}"`}>${cells.join('')}</tr>`;
}

/** Columns of whole sentences. */
const SAID_OF_MEMBER: ReadonlySet<number> = new Set([3, 4]);
const SAID_OF_CLAIM: ReadonlySet<number> = new Set([3]);

function memberRow(cell: PictureCell<string>, { views }: Picture<string>): string {
  const { kind, offsetBits, sizeBits, declaration = kind, view, comment = '', place = '' } = cell;
  const where = sizeBits === 0 ? String(offsetBits / 8) : rangeText(cell);
  const ofView = view === undefined ? '' : (views[view].comment ?? '');
  return row(
    [where, amount(sizeBits), declaration, ofView, comment, place],
    SAID_OF_MEMBER,
    kind === 'member' ? '' : 'faint',
  );
}

function claimRow({ word, bit, owner, kind, quote, place = '', clashes }: PictureClaim<string>): string {
  const who = `${owner}${kind === 'sets' ? '' : ' keeps it clear'}${clashes ? ' (clashes)' : ''}`;
  return row([`${word}`, `${bit}`, who, quote, place], SAID_OF_CLAIM, clashes ? 'clash' : '');
}
