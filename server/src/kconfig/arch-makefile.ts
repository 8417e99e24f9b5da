/** Reads from arch/…/Makefile which configuration is an architecture's default, and which ones are put together. */
import { Makefile } from '../kbuild/makefile';
import type { BuildArchitecture } from './architecture';

interface MergedConfig {
  readonly base: string;
  /** Files below arch/…/configs that are laid over it, in order. */
  readonly fragments: readonly string[];
}

/** The name of the default configuration, KBUILD_DEFCONFIG: `x86_64_defconfig`. */
export function defaultConfigName(makefile: string, arch: BuildArchitecture): string {
  return read(makefile, arch).words('KBUILD_DEFCONFIG')[0] ?? 'defconfig';
}

/** What a target of the Makefile puts together; undefined where it is no such target. */
export function mergedConfig(makefile: string, name: string): MergedConfig | undefined {
  const rule = new RegExp(`^${literal(name)}:(.*)\\n((?:\\t.*\\n?)*)`, 'm').exec(makefile.replace(/\\\n[ \t]*/g, ' '));
  if (!rule) return undefined;
  const merge = /\$\(call merge_into_defconfig(?:_override)?,([^,()]*),([^()]*)\)/.exec(rule[2]);
  if (merge)
    return {
      base: merge[1].trim(),
      fragments: merge[2]
        .split(/\s+/)
        .filter(Boolean)
        .map((part) => `${part}.config`),
    };
  // A target that only stands for another one.
  const other = rule[2] === '' ? rule[1].trim() : '';
  return /^\w+_defconfig$/.test(other) && other !== name ? mergedConfig(makefile, other) : undefined;
}

/** The Makefile's variables, where conditions on ARCH and its like decide. Nothing is run. */
function read(makefile: string, arch: BuildArchitecture): Makefile {
  const given = new Map([
    ['ARCH', arch.name],
    ['SRCARCH', arch.folder],
    ['SUBARCH', 'x86'],
  ]);
  const file = new Makefile({
    read: () => undefined,
    given: (name) => given.get(name),
    // Which machine builds counts for a few defaults: they are those of the most common one. All else prints nothing.
    printed: (command) => (/^uname -m\b/.test(command.trim()) ? 'x86_64' : ''),
  });
  file.run(makefile);
  return file;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
