/** Decides which configuration and which architecture counts, and how they are called, before anything is read in full. */
import { type BuildArchitecture, buildArchitecture } from './architecture';

/** What a configuration is made from, by Kconfig files: names, files and fragments joined by commas. */
export interface ConfigurationChoice {
  readonly from: string;
  /** Nobody named it, and none is there. */
  readonly isAssumed: boolean;
}

/**
 * What the user named counts first, then what is there, then the architecture's own default.
 *
 * @param existing The `.config` of the tree, which is completed as the build would.
 */
export function chooseConfiguration(named: string | undefined, existing?: string): ConfigurationChoice {
  const given = named ?? existing;
  return { from: given ?? 'defconfig', isAssumed: given === undefined };
}

/** The architecture: the one that was named, else the configuration's, else this machine's, else x86_64. */
export function chooseArchitecture(
  named: string | undefined,
  configuration: string | undefined,
  machine: string | undefined,
  exists: (folder: string) => boolean,
): BuildArchitecture {
  for (const name of [named, configuration, machine]) {
    const arch = name === undefined ? undefined : buildArchitecture(name);
    if (arch && (name === named || exists(arch.folder))) return arch;
  }
  return buildArchitecture('x86_64');
}

/** `x86_64 defconfig`: how outputs call a configuration. */
export function configurationName(arch: BuildArchitecture, from: string): string {
  return `${arch.name} ${from}`;
}

/** What the first lines of a `.config`, or of the autoconf.h that was made of it, say it was made for. */
export function configHeader(text: string): { readonly arch: string; readonly version: string } | undefined {
  const match = /Linux\/(\w+) (\S+) Kernel Configuration/.exec(text.slice(0, 1000));
  return match ? { arch: match[1], version: match[2] } : undefined;
}
