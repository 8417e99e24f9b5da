/**
 * include/generated/autoconf.h, from the options of a `.config` (lines NAME=VALUE). A hexadecimal option may lack its 0x
 * there, and gets it here; Kconfig files say which options are hexadecimal.
 */
import { autoconfText } from '../preprocessor/config';
import type { BuildTree, Generator } from './build-tree';

export const autoconf: Generator = (tree) =>
  new Map([
    ['include/generated/autoconf.h', () => ({ text: autoconfText({ symbols: prefixed(tree), malformed: [] }) })],
  ]);

function prefixed({ symbols, isHexadecimal }: BuildTree): ReadonlyMap<string, string> {
  if (!isHexadecimal) return symbols;
  return new Map(
    [...symbols].map(([name, value]) => [name, !/^0x/i.test(value) && isHexadecimal(name) ? `0x${value}` : value]),
  );
}
