/** The colours of pictures in hovers, for each kind of theme. */

/** The kinds of themes that editors have. */
export const THEMES = ['light', 'dark', 'highContrast', 'highContrastLight'] as const;
export type Theme = (typeof THEMES)[number];

export interface Colours {
  readonly ink: string;
  readonly faint: string;
  /** Edges of cells; at least 3:1 against the background of a hover. */
  readonly line: string;
  readonly cell: string;
  readonly touched: string;
  readonly touchedInk: string;
  readonly clash: string;
  /** They repeat, tell views apart and mean nothing. */
  readonly views: readonly string[];
}

/** An image in a hover knows neither the theme's CSS variables nor what the system prefers: colours are written out. */
export const COLOURS: Readonly<Record<Theme, Colours>> = {
  light: {
    ink: '#1f1f1f',
    faint: '#616161',
    line: '#7a7a7a',
    cell: '#ffffff',
    touched: '#005fb8',
    touchedInk: '#ffffff',
    clash: '#895503',
    views: ['#1a7f37', '#a1260d', '#8250df', '#9a6700', '#0969da', '#bf3989'],
  },
  dark: {
    ink: '#dddddd',
    faint: '#a0a0a0',
    line: '#808080',
    cell: '#313137',
    touched: '#0e639c',
    touchedInk: '#ffffff',
    clash: '#e2b714',
    views: ['#73c991', '#f48771', '#c586c0', '#d7ba7d', '#75beff', '#e685b5'],
  },
  highContrast: {
    ink: '#ffffff',
    faint: '#ffffff',
    line: '#6fc3df',
    cell: '#000000',
    touched: '#f38518',
    touchedInk: '#000000',
    clash: '#ffd700',
    views: ['#89d185', '#ff9d8a', '#e0a3ff', '#ffd700', '#75beff', '#ffa3d1'],
  },
  highContrastLight: {
    ink: '#000000',
    faint: '#292929',
    line: '#0f4a85',
    cell: '#ffffff',
    touched: '#0f4a85',
    touchedInk: '#ffffff',
    clash: '#6b3a00',
    views: ['#1a5a2a', '#8a1f0c', '#5b2aa8', '#6b4a00', '#054a96', '#8a1f63'],
  },
};
