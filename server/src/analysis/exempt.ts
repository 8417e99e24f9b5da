/** Places that a rule leaves alone, as packs name them. */
import type { Facts } from '../packs/facts';

/** Whether packs exempt a file, named from the kernel folder, from a rule. */
export function isExempt({ exempt }: Facts, rule: string, file: string): boolean {
  return exempt.some(({ rules, files }) => rules.includes(rule) && files.some((pattern) => fits(file, pattern)));
}

/** `mm/rmap.c` is one file, `mm/` a whole folder. */
function fits(file: string, pattern: string): boolean {
  return pattern.endsWith('/') ? file.startsWith(pattern) : file === pattern;
}

/** The name of a file without folder and suffix: `include/linux/page_ref.h` gives `page_ref`. */
export function stem(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
}
