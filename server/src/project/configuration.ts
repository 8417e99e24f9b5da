/** The configuration that a tree's own Kconfig files make: where none is there, or a name stands for one. */
import os from 'node:os';
import path from 'node:path';
import { Disk, isInside, realPath } from '../files/disk';
import { namesIn } from '../files/folder-names';
import { type BuildArchitecture, buildArchitecture } from '../kconfig/architecture';
import { chooseArchitecture } from '../kconfig/choice-of-configuration';
import { NoSuchConfiguration } from '../kconfig/configurations';
import { kernelConfiguration } from '../kconfig/kernel-configuration';
import { defaultCompiler, Toolchain, type ToolchainTable } from '../kconfig/toolchain';
import toolchainData from '../packs/toolchains.json';
import type { EvaluatedConfiguration } from '../preprocessor/config';
import { fromByteString, toByteString } from '../text/text';

const TOOLCHAINS: ToolchainTable = toolchainData;

/** The name stands for no configuration; the message says which there are. */
export class UnknownConfiguration extends Error {}

export interface ConfigurationRequest {
  /** The source tree, absolute. */
  readonly kernel: string;
  /** A name, a file, or several joined by commas; undefined for the architecture's own defconfig. */
  readonly named: string | undefined;
  /** The architecture that the user named. */
  readonly arch: string | undefined;
  /** Where the user stands: files are named from there. */
  readonly folder: string;
}

/** Whether a tree has the Kconfig files that configurations are made from; a distribution's headers have none. */
export function hasKconfig(kernel: string): boolean {
  const disk = new Disk([kernel]);
  return disk.exists(path.join(kernel, 'Kconfig')) && disk.exists(path.join(kernel, 'scripts/kconfig/lexer.l'));
}

/**
 * Evaluates the tree's Kconfig files as scripts/kconfig does; nothing is run. undefined where the tree has no such
 * architecture.
 *
 * @throws UnknownConfiguration
 */
export function evaluatedConfiguration({
  kernel,
  named,
  arch,
  folder,
}: ConfigurationRequest): EvaluatedConfiguration | undefined {
  const disk = new Disk([kernel]);
  const exists = (name: string): boolean => disk.exists(path.join(kernel, 'arch', name, 'Kconfig'));
  const chosen: BuildArchitecture =
    arch === undefined ? chooseArchitecture(undefined, undefined, os.arch(), exists) : buildArchitecture(arch);
  if (!exists(chosen.folder)) return undefined;
  const toolchain = Toolchain.find(TOOLCHAINS, defaultCompiler(TOOLCHAINS), chosen.name);
  if (!toolchain) return undefined;
  const given = (file: string): string | undefined => {
    const real = realPath(path.resolve(folder, fromByteString(file)));
    return real === undefined ? undefined : new Disk([real]).read(real);
  };
  const from = named ?? 'defconfig';
  try {
    const made = kernelConfiguration({
      from: toByteString(from),
      arch: chosen,
      toolchain,
      read: (file) => disk.read(path.resolve(kernel, file)),
      readGiven: given,
      list: (below) => foldersOf(kernel)(path.join(kernel, below)),
      report: () => undefined,
    });
    const { table } = made.kconfig.parsed;
    const hexadecimal = table.all.flatMap(({ name, type }) => (type === 'hex' && name ? [`CONFIG_${name}`] : []));
    return { name: `${chosen.name} ${from}`, assumed: named === undefined, text: made.text, hexadecimal };
  } catch (error) {
    if (error instanceof NoSuchConfiguration) throw new UnknownConfiguration(fromByteString(error.message));
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Lists folders below one, and none that a link leads to outside of it. */
export function foldersOf(kernel: string): (folder: string) => string[] {
  return (folder) => {
    const real = realPath(folder);
    return real !== undefined && isInside([kernel], real) ? namesIn(real) : [];
  };
}
