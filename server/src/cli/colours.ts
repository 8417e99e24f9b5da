/** Colours of text for people; without them the text is the same. */
import type { Severity } from '../rules/finding';

export interface Colours {
  severity(severity: Severity, text: string): string;
  /** Messages and whatever else the eye should find. */
  strong(text: string): string;
  /** Line numbers and rulers. */
  faint(text: string): string;
  added(text: string): string;
}

/** SGR codes (ECMA-48, 8.3.117). */
const CODES = {
  error: '1;31',
  warning: '1;33',
  info: '1;36',
  hint: '1;36',
  strong: '1',
  faint: '34',
  added: '32',
} as const;

function paint(code: string, text: string): string {
  return text === '' ? '' : `\x1b[${code}m${text}\x1b[0m`;
}

const COLOURED: Colours = {
  severity: (severity, text) => paint(CODES[severity], text),
  strong: (text) => paint(CODES.strong, text),
  faint: (text) => paint(CODES.faint, text),
  added: (text) => paint(CODES.added, text),
};

const PLAIN: Colours = {
  severity: (_severity, text) => text,
  strong: (text) => text,
  faint: (text) => text,
  added: (text) => text,
};

export function coloursOf(coloured: boolean): Colours {
  return coloured ? COLOURED : PLAIN;
}
