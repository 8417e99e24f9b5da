/** Colours of text for people; without them the text is the same. */
import type { Severity } from '../analysis/finding';
import type { CommandContext } from './command-context';

export interface Colours {
  severity(severity: Severity, text: string): string;
  /** Messages and whatever else the eye should find. */
  strong(text: string): string;
  /** Line numbers and rulers. */
  faint(text: string): string;
  added(text: string): string;
  removed(text: string): string;
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
  removed: '31',
} as const;

function paint(code: string, text: string): string {
  return text === '' ? '' : `\x1b[${code}m${text}\x1b[0m`;
}

const COLOURED: Colours = {
  severity: (severity, text) => paint(CODES[severity], text),
  strong: (text) => paint(CODES.strong, text),
  faint: (text) => paint(CODES.faint, text),
  added: (text) => paint(CODES.added, text),
  removed: (text) => paint(CODES.removed, text),
};

const PLAIN: Colours = {
  severity: (_severity, text) => text,
  strong: (text) => text,
  faint: (text) => text,
  added: (text) => text,
  removed: (text) => text,
};

/** When output is coloured, as git has it. */
export type ColourWhen = 'auto' | 'always' | 'never';

/** `--color`; false is `--no-color`. */
export interface ColourFlags {
  readonly color?: ColourWhen | false;
}

/**
 * The colours of what a command prints. `auto`: on a terminal that can, unless NO_COLOR is set to anything
 * (https://no-color.org); who asks for `always` gets them all the same.
 */
export function coloursFor(
  { color: when = 'auto' }: ColourFlags,
  { out, environment }: Pick<CommandContext, 'out' | 'environment'>,
): Colours {
  const isCapable = out.isTerminal && !environment.NO_COLOR && environment.TERM !== 'dumb';
  return when === 'always' || (when === 'auto' && isCapable) ? COLOURED : PLAIN;
}
