/**
 * asm/orc_hash.h, from arch/ARCH/include/asm/orc_types.h: the SHA-1 of its lines `#define ORC_REG_…` and `#define
 * ORC_TYPE_…` and of `struct orc_entry`, as bytes. Modules compare it with the kernel's.
 */
import { createHash } from 'node:crypto';
import { fromTable, type Generator, isOn } from './build-tree';

export const orcHash: Generator = (tree) =>
  isOn(tree, 'UNWINDER_ORC')
    ? new Map([
        [
          `arch/${tree.arch.folder}/include/generated/asm/orc_hash.h`,
          fromTable(tree, `arch/${tree.arch.folder}/include/asm/orc_types.h`, header),
        ],
      ])
    : new Map();

function header(text: string): string {
  let isInside = false;
  const kept = text.split('\n').filter((line) => {
    const counts = isInside || /^#define ORC_(REG|TYPE)_/.test(line) || line === 'struct orc_entry {';
    isInside = (isInside || line === 'struct orc_entry {') && !line.startsWith('}');
    return counts;
  });
  const hash = createHash('sha1')
    .update(`${kept.join('\n')}\n`, 'latin1')
    .digest();
  return `#define ORC_HASH ${[...hash].map((byte) => `0x${byte.toString(16).padStart(2, '0')},`).join('')}\n`;
}
