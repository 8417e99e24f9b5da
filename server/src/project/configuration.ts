/** The configuration that a tree's own Kconfig files make: where none is there, or a name stands for one. */
import os from 'node:os';
import path from 'node:path';
import { Disk, isInside, realPath } from '../files/disk';
import { stampBehindLinks } from '../files/file-stamps';
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

/** An answer, and a stamp of everything that it was read from: undefined where nothing was there. */
interface Remembered {
  readonly answer: EvaluatedConfiguration | undefined;
  readonly stamps: ReadonlyMap<string, string | undefined>;
}

/** The last answers of this process; an editor asks for the same tree with every file that it opens. */
const remembered = new Map<string, Remembered>();
const MOST_REMEMBERED = 8;

/**
 * Evaluates the tree's Kconfig files as scripts/kconfig does; nothing is run. undefined where the tree has no such
 * architecture. An answer holds until one of the files behind it changes.
 *
 * @throws UnknownConfiguration
 */
export function evaluatedConfiguration(request: ConfigurationRequest): EvaluatedConfiguration | undefined {
  const key = JSON.stringify([request.kernel, request.named, request.arch, request.folder]);
  const last = remembered.get(key);
  if (last && [...last.stamps].every(([file, stamp]) => stampBehindLinks(file) === stamp)) return last.answer;
  const stamps = new Map<string, string | undefined>();
  const answer = evaluated(request, (file) => {
    if (!stamps.has(file)) stamps.set(file, stampBehindLinks(file));
  });
  remembered.delete(key);
  remembered.set(key, { answer, stamps });
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) break;
    remembered.delete(oldest);
  }
  return answer;
}

/** @param uses Told every file and folder before it is read, absolute. */
function evaluated(
  { kernel, named, arch, folder }: ConfigurationRequest,
  uses: (file: string) => void,
): EvaluatedConfiguration | undefined {
  const disk = new Disk([kernel]);
  const exists = (name: string): boolean => {
    const file = path.join(kernel, 'arch', name, 'Kconfig');
    uses(file);
    return disk.exists(file);
  };
  const chosen: BuildArchitecture =
    arch === undefined ? chooseArchitecture(undefined, undefined, os.arch(), exists) : buildArchitecture(arch);
  if (!exists(chosen.folder)) return undefined;
  const toolchain = Toolchain.find(TOOLCHAINS, defaultCompiler(TOOLCHAINS), chosen.name);
  if (!toolchain) return undefined;
  const given = (file: string): string | undefined => {
    const asked = path.resolve(folder, fromByteString(file));
    uses(asked);
    const real = realPath(asked);
    return real === undefined ? undefined : new Disk([real]).read(real);
  };
  const from = named === undefined || named === 'defconfig' ? (chosen.config ?? 'defconfig') : named;
  try {
    const made = kernelConfiguration({
      from: toByteString(from),
      arch: chosen,
      toolchain,
      read: (file) => {
        const asked = path.resolve(kernel, file);
        uses(asked);
        return disk.read(asked);
      },
      readGiven: given,
      list: (below) => {
        const asked = path.join(kernel, below);
        uses(asked);
        return foldersOf(kernel)(asked);
      },
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
