/** What layouts could be for on this machine: kernel trees, build folders, configurations and architectures, from marks on disk. */
import fs from 'node:fs';
import path from 'node:path';
import { Disk, realPath } from '../files/disk';
import { configHeader } from '../kconfig/choice-of-configuration';
import { archFolder, archNamed, archOfConfig } from './arch';
import { hasKconfig } from './configuration';
import { findTree, isKernelTree, type Tree } from './tree';

interface FoundKernel {
  /** Absolute. */
  readonly path: string;
  /** `6.12.117` */
  readonly version: string;
}

interface FoundConfig {
  /** The file, absolute; of a build folder, the `.config` in it. */
  readonly path: string;
  /** The build folder that it stands in; undefined where it stands for itself (`/boot/config-6.12`). */
  readonly build?: string;
  /** As under arch/; undefined where the file does not say. */
  readonly arch?: string;
  /** `6.12.9`, of the kernel that it was made for. */
  readonly version?: string;
}

interface FoundTargets {
  readonly kernels: readonly FoundKernel[];
  readonly configs: readonly FoundConfig[];
  /** Names that the setting takes and the tree has. */
  readonly arches: readonly string[];
  /** Those of them whose default configuration the tree's Kconfig files make. */
  readonly defconfigs: readonly string[];
}

/** Where distributions and `make install` put kernels, beside what the user works in. */
const SYSTEM = { sources: '/usr/src', modules: '/lib/modules', boot: '/boot' };

/** Of a folder with more entries than these, the rest is not looked at. */
const MOST_ENTRIES = 300;

/**
 * @param folders the workspace's folders, absolute
 * @param tree the tree in use, if any
 * @param arches names of architectures that there is a data model for
 */
export function findTargets(
  folders: readonly string[],
  tree: Pick<Tree, 'kernel' | 'build'> | undefined,
  arches: readonly string[],
): FoundTargets {
  const near = [...(tree ? [tree.kernel, tree.build, path.dirname(tree.kernel)] : []), ...folders];
  const around = unique([...near.flatMap((folder) => [folder, ...entriesOf(folder)]), ...entriesOf(SYSTEM.sources)]);
  const kernels = unique(around.map((folder) => realPath(folder) ?? folder)).flatMap(kernelAt);
  const builds = [...around, ...entriesOf(SYSTEM.modules).map((folder) => path.join(folder, 'build'))];
  const boot = entriesOf(SYSTEM.boot).filter((file) => path.basename(file).startsWith('config-'));
  const configs = [
    ...unique(builds.map((folder) => realPath(folder) ?? folder)).flatMap((build) =>
      configAt(path.join(build, '.config'), build),
    ),
    ...boot.flatMap((file) => configAt(file)),
  ];
  const kernel = tree?.kernel;
  const hasArch = (name: string): boolean =>
    kernel === undefined || fs.existsSync(path.join(kernel, 'arch', archFolder(archNamed(name))));
  const fitting = configs.filter(
    ({ path: file, build, arch }) =>
      (arch === undefined || hasArch(arch)) && isFit(folders[0] ?? '/', kernel, build ?? { config: file }),
  );
  const there = arches.filter(hasArch);
  return {
    kernels,
    configs: fitting,
    arches: there,
    defconfigs: kernel !== undefined && hasKconfig(kernel) ? there : [],
  };
}

/** Whether a tree, or else the one that a build folder names, can be read with a configuration. */
function isFit(folder: string, kernel: string | undefined, given: string | { readonly config: string }): boolean {
  const named = typeof given === 'string' ? { build: given } : given;
  const paths = typeof given === 'string' ? [] : [folder];
  return (
    findTree({ folder, paths, ...(kernel !== undefined && { kernel }), ...named, isBare: true }).tree !== undefined
  );
}

function kernelAt(folder: string): FoundKernel[] {
  if (!isKernelTree(folder)) return [];
  const version = findTree({ folder, paths: [], kernel: folder, isBare: true }).tree?.version;
  return version === undefined ? [] : [{ path: folder, version }];
}

function configAt(file: string, build?: string): FoundConfig[] {
  const real = realPath(file);
  const text = real === undefined ? undefined : new Disk([real]).read(real);
  if (text === undefined) return [];
  const version = configHeader(text)?.version;
  const arch = archOfConfig(text);
  return [{ path: file, ...(build && { build }), ...(arch && { arch }), ...(version && { version }) }];
}

function entriesOf(folder: string): string[] {
  try {
    return fs
      .readdirSync(folder)
      .slice(0, MOST_ENTRIES)
      .map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

function unique(paths: readonly string[]): string[] {
  return [...new Set(paths)];
}
