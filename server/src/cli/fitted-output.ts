/**
 * The last door to a terminal or a log: what was not made fit where a message was put together is made so here. Text of a
 * tree must not move a cursor, turn a line round or give a build service an order.
 */
import { UNFIT } from '../text/text';
import type { Output } from './command-context';

/** Colours and what clears a screen, as this program writes them; or what is unfit. */
const OURS_OR_UNFIT = new RegExp(`\x1b\\[(?:(?:1;3[136]|0|1|3[124])m|H|[23]J)|${UNFIT.source}`, 'g');

/** The same in bytes that are UTF-8: there 0x80 to 0x9f are parts of letters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const UNFIT_BYTES = /[\x00-\x08\x0b\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]/g;

/** Lines that GitHub's and Azure's runners take for orders. */
const ORDER = /^(?=[ \t]*(?:::|##\[))/gm;

interface Fitting {
  /** Whether colours are ours to print. */
  readonly isColoured: boolean;
  /** Whether lines that a build service takes for orders are ours. */
  readonly givesOrders: boolean;
}

/** An output that lets nothing through but text; bidirectional controls and the rest become U+FFFD. */
export function fittedOutput(output: Output, { isColoured, givesOrders }: Fitting): Output {
  let isLineStart = true;
  const withoutOrders = (text: string): string => {
    const begins = isLineStart;
    if (text !== '') isLineStart = text.endsWith('\n');
    if (givesOrders || !(text.includes('::') || text.includes('##['))) return text;
    return text.replace(ORDER, (_none, at: number) => (at > 0 || begins ? '| ' : ''));
  };
  const made = (text: string): string => {
    if (!UNFIT.test(text)) return text;
    return text.replace(OURS_OR_UNFIT, (found) => (found.length > 1 && isColoured ? found : '\ufffd'));
  };
  return {
    ...output,
    write: (text) => output.write(withoutOrders(made(text))),
    writeBytes: (text) => output.writeBytes(withoutOrders(text.replace(UNFIT_BYTES, '\xef\xbf\xbd'))),
  };
}
