/**
 * arch/s390/include/generated/asm/facility-defs.h, from the lists in arch/s390/tools/gen_facilities.c: of each, `.name =
 * "NAME"` and the numbers of its bits up to -1, some of them for an option alone. Bit 0 is the first word's highest one.
 */
import { fromTable, type Generator } from './build-tree';
import { activeLines, withoutComments } from './c-tables';
import { guarded } from './system-call-table';

export const s390Facilities: Generator = (tree) =>
  tree.arch.folder === 's390'
    ? new Map([
        [
          'arch/s390/include/generated/asm/facility-defs.h',
          fromTable(tree, 'arch/s390/tools/gen_facilities.c', (text) => header(text, tree.symbols)),
        ],
      ])
    : new Map();

function header(source: string, symbols: ReadonlyMap<string, string>): string {
  const text = activeLines(withoutComments(source), symbols);
  const lines = ['#include <linux/const.h>'];
  for (const [, name, body] of text.matchAll(/\.name\s*=\s*"(\w+)"\s*,\s*\.bits\s*=[^{]*\{([^}]*)\}/g)) {
    const bits = body.split(',').map(Number);
    const words: bigint[] = [];
    for (const bit of bits.slice(0, bits.indexOf(-1))) {
      const word = Math.floor(bit / 64);
      while (words.length <= word) words.push(0n);
      words[word] |= 1n << BigInt(63 - (bit % 64));
    }
    const values = words.length > 0 ? words : [0n];
    lines.push(`#define ${name} ${values.map((word) => `_AC(0x${word.toString(16).padStart(16, '0')},UL)`).join(',')}`);
  }
  return guarded('__ASM_S390_FACILITY_DEFS__', lines);
}
