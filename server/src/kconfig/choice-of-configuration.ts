/** Decides which configuration and which architecture counts, and how they are called, before anything is read in full. */
import { type BuildArchitecture, buildArchitecture } from './architecture';

export type ConfigurationChoice =
  /** A file that counts as it stands. */
  | { readonly kind: 'as it stands'; readonly file: string; readonly isAssumed: false }
  /** What is made from Kconfig files: names, files and fragments joined by commas. */
  | { readonly kind: 'made'; readonly from: string; readonly isAssumed: boolean };

/**
 * What the user named counts first, then what is there, then the architecture's own default.
 *
 * @param existing The `.config` of the build folder or the tree.
 * @param isBuilt Whether a `.config` has include/generated/autoconf.h beside it: a build has completed it, so that it counts as it stands.
 */
export function chooseConfiguration(
  named: string | undefined,
  existing: string | undefined,
  isBuilt: (file: string) => boolean,
): ConfigurationChoice {
  const given = named ?? existing;
  if (given === undefined) return { kind: 'made', from: 'defconfig', isAssumed: true };
  if (isBuilt(given)) return { kind: 'as it stands', file: given, isAssumed: false };
  return { kind: 'made', from: given, isAssumed: false };
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

/** `x86_64 defconfig, assumed`: how outputs call a configuration. */
export function configurationTitle(choice: ConfigurationChoice, arch: BuildArchitecture): string {
  if (choice.kind === 'as it stands') return choice.file;
  return `${arch.name} ${choice.from}${choice.isAssumed ? ', assumed' : ''}`;
}

/** What the first lines of a `.config` say it was made for. */
export function configHeader(text: string): { readonly arch: string; readonly version: string } | undefined {
  const match = /^# Linux\/(\S+) (\S+) Kernel Configuration$/m.exec(text.slice(0, 1000));
  return match ? { arch: match[1], version: match[2] } : undefined;
}
