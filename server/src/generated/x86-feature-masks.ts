/**
 * arch/x86/include/generated/asm/cpufeaturemasks.h (6.15 and newer), from the features of
 * arch/x86/include/asm/cpufeatures.h (`#define X86_FEATURE_NAME ( WORD*32 + BIT )`, NCAPINTS words) and the options
 * CONFIG_X86_REQUIRED_FEATURE_NAME and CONFIG_X86_DISABLED_FEATURE_NAME: a mask a word and kind.
 */
import { type BuildTree, fromTable, type Generator, isOn } from './build-tree';
import { guarded } from './system-call-table';

export const x86FeatureMasks: Generator = (tree) =>
  tree.arch.folder === 'x86' && tree.list('arch/x86/tools').includes('cpufeaturemasks.awk')
    ? new Map([
        [
          'arch/x86/include/generated/asm/cpufeaturemasks.h',
          fromTable(tree, 'arch/x86/include/asm/cpufeatures.h', (text) => header(text, tree)),
        ],
      ])
    : new Map();

function header(features: string, tree: BuildTree): string {
  const words = Number(/^#define[ \t]+NCAPINTS[ \t]+(\d+)/m.exec(features)?.[1] ?? 0);
  /** By bit: a later name of the same bit wins. */
  const names = new Map<number, string>();
  for (const [, name, word, width, bit] of features.matchAll(
    /^#define[ \t]+X86_FEATURE_(\w+)[ \t]*\([ \t]*(\d+)[ \t]*\*[ \t]*(\d+)[ \t]*\+[ \t]*(\d+)[ \t]*\)/gm,
  ))
    names.set(Number(word) * Number(width) + Number(bit), name);
  const lines = ['REQUIRED', 'DISABLED'].flatMap((kind) => {
    const masks = Array.from({ length: words }, () => 0);
    for (const [bit, name] of names)
      if (isOn(tree, `X86_${kind}_FEATURE_${name}`)) masks[Math.floor(bit / 32)] += 2 ** (bit % 32);
    const defines = masks.map((mask, word) => `#define ${kind}_MASK${word} 0x${mask.toString(16).padStart(8, '0')}U`);
    return [...defines, `#define ${kind}_MASK_CHECK BUILD_BUG_ON_ZERO(NCAPINTS != ${words})`];
  });
  return guarded('_ASM_X86_CPUFEATUREMASKS_H', lines);
}
