/** arch/arm64/include/generated/asm/cpucap-defs.h, from arch/arm64/tools/cpucaps: names of features, one a line. */
import { fromTable, type Generator, tableRows } from './build-tree';
import { guarded } from './system-call-table';

export const arm64Capabilities: Generator = (tree) =>
  tree.arch.folder === 'arm64'
    ? new Map([['arch/arm64/include/generated/asm/cpucap-defs.h', fromTable(tree, 'arch/arm64/tools/cpucaps', header)]])
    : new Map();

function header(table: string): string {
  const names = tableRows(table).map(([name]) => name);
  const lines = names.map((name, index) => `#define ARM64_${name} ${index}`);
  return guarded('__ASM_CPUCAP_DEFS_H', [...lines, `#define ARM64_NCAPS ${names.length}`]);
}
