/** include/generated/autoconf.h, from the options of a `.config` (lines NAME=VALUE). */
import { autoconfText } from '../preprocessor/config';
import type { Generator } from './build-tree';

export const autoconf: Generator = (tree) =>
  new Map([['include/generated/autoconf.h', () => ({ text: autoconfText({ symbols: tree.symbols, malformed: [] }) })]]);
