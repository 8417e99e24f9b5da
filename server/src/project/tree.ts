/** Finds the kernel tree, its build folder and what they are for, from marks on disk; nothing of the tree is run. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Disk, isFolder, MAX_FILE_BYTES, realPath } from '../files/disk';
import { reasonOf } from '../files/errno';
import { readGiven } from '../files/result-file';
import { configHeader } from '../kconfig/choice-of-configuration';
import type { Project } from '../linter';
import { archFolder, archNamed, archOfConfig, targetOf } from './arch';
import { compileCommandsIn } from './compile-commands';
import { kernelOfModule, moduleAround } from './out-of-tree';
import { ownPacks } from './own-packs';
import {
  type ConfigurationWish,
  changedConfig,
  configFileOf,
  configurationFor,
  Unmet,
  type WrongSetting,
} from './tree-configuration';

/** A project as plain data, so that it can be sent to a worker; the reader is made where it is used. */
export interface Tree extends Omit<Project, 'reader'> {
  /** Folders and files that may be read, symbolic links resolved. */
  readonly roots: readonly string[];
  /** `6.12.117`, from the Makefile. */
  readonly version: string;
}

/** What the user said about the tree. Paths may be relative to `folder`. */
export interface TreeRequest extends ConfigurationWish {
  /** Files and folders to look at; the tree is looked for above them. */
  readonly paths: readonly string[];
  readonly kernel?: string;
  readonly build?: string;
  /** The tree alone is asked for, without a configuration. */
  readonly isBare?: boolean;
}

export interface TreeAnswer {
  /** Undefined where there are errors. */
  readonly tree?: Tree;
  /** Whole sentences: why there is no tree, and what to do. */
  readonly errors: readonly string[];
  /** What the user said that can't be met. */
  readonly wrong?: WrongSetting;
  /** Whole sentences: what stays unknown, or may not be meant. */
  readonly warnings: readonly string[];
  /** Whether there is a configuration; without one what hangs on an option is unknown. */
  readonly isConfigured?: boolean;
  /** Some of the user's own packs could not be read; the warnings say which. */
  readonly lacksPacks?: boolean;
}

/** Finds the tree that a request means. Cannot fail: what is missing is said in `errors`. */
export function findTree(request: TreeRequest): TreeAnswer {
  const warnings: string[] = [];
  try {
    return { ...settle(request, warnings), errors: [], warnings };
  } catch (error) {
    if (error instanceof Unmet)
      return { errors: [error.message], warnings, ...(error.setting && { wrong: error.setting }) };
    return { errors: [`The kernel tree could not be read: ${reasonOf(error)}.`], warnings };
  }
}

/** Whether a folder is a kernel tree or a distribution's header tree. */
export function isKernelTree(folder: string): boolean {
  return whyNoKernel(folder) === undefined;
}

function settle(
  request: TreeRequest,
  warnings: string[],
): Required<Pick<TreeAnswer, 'tree' | 'isConfigured' | 'lacksPacks'>> {
  const absolute = (given: string): string => path.resolve(request.folder, given);
  const place = request.kernel !== undefined ? namedKernel(absolute(request.kernel)) : kernelAbove(request, absolute);
  const build = request.build !== undefined ? namedBuild(absolute(request.build), request.config) : place.build;
  const namedFile = configFileOf(request, place.kernel);
  const given = namedFile === undefined ? readConfig(place.kernel, build, warnings) : readGiven(namedFile);
  const kconfig = new Disk([place.kernel]);
  if (!request.source && kconfig.read(path.join(place.kernel, 'Kconfig')) === undefined)
    for (const { path: file, message } of kconfig.refusals()) warnings.push(`${file} is not read: ${message}.`);
  const configuration = request.isBare
    ? undefined
    : configurationFor(request, place.kernel, build, namedFile, given, warnings);
  const configFile = namedFile ?? (configuration ? undefined : changedConfig(build));
  const config = configuration?.text ?? given;
  if (config === undefined && !request.isBare)
    warnings.push(
      `There is no .config in ${build}: options are undecided, and a layout that hangs on one is unknown. ` +
        'Name a build folder with --build or a configuration with --config.',
    );
  const version = versionOf(place.kernel)!;
  if (!configuration?.assumed) warnOfOtherVersion(given, version, build, warnings);
  const { packs, problems } = ownPacks(place.kernel, request.folder);
  warnings.push(...problems);
  const module = moduleOf(request, [place.kernel, build], (file, message) =>
    warnings.push(`${file} is not read: ${message}.`),
  );
  const roots = [...rootsOf(place.kernel, build, configFile), ...(module ? [module] : [])];
  const { compile, problem } = compileCommandsIn([...(module ? [module] : []), build, place.kernel], new Disk(roots));
  if (problem !== undefined) warnings.push(problem);
  const arch = settleArch(request.arch, config, place.kernel, warnings);
  const target = targetOf(arch, config, request.arch);
  const tree: Tree = {
    kernel: place.kernel,
    build,
    arch,
    ...(target ? { target } : {}),
    configFile,
    version,
    ...(configuration ? { configuration } : {}),
    ...(packs.length > 0 ? { packs } : {}),
    ...(compile ? { compile } : {}),
    ...(module ? { module } : {}),
    roots,
  };
  return { tree, isConfigured: config !== undefined, lacksPacks: problems.length > 0 };
}

interface KernelPlace {
  readonly kernel: string;
  readonly build: string;
}

/** `--kernel` names a tree, or the build folder of one (a distribution's split headers, an O= folder). */
function namedKernel(folder: string): KernelPlace {
  const place = kernelAt(folder);
  if (place) return place;
  throw new Unmet(`${folder} is no kernel tree: ${whyNoKernel(realPath(folder) ?? folder)}. Check --kernel.`, 'kernel');
}

/** Walks up from each path in turn, then from where the user stands; last, the build folder may name its sources. */
function kernelAbove(request: TreeRequest, absolute: (given: string) => string): KernelPlace {
  const starts = [...request.paths.map(absolute), request.folder];
  for (const start of starts) {
    for (let folder = realPath(existing(start))!; ; folder = path.dirname(folder)) {
      const place = kernelAt(folder);
      if (place) return place;
      if (folder === path.dirname(folder)) break;
    }
  }
  const place = request.build === undefined ? undefined : kernelAt(absolute(request.build));
  if (place) return place;
  const module = moduleOf(request, []);
  if (module !== undefined) return kernelNamedFor(module);
  throw new Unmet(
    `No kernel tree found: neither ${starts[0]} nor a folder above it holds include/linux and a Makefile with ` +
      'VERSION and PATCHLEVEL. Name the tree with --kernel DIR.',
  );
}

/** The folder of a module out of the tree that a request is about: what it names, or else where the user stands. */
function moduleOf(
  { folder, paths }: TreeRequest,
  trees: readonly string[],
  refused?: (file: string, message: string) => void,
): string | undefined {
  for (const start of paths.length > 0 ? paths : [folder]) {
    const module = moduleAround(realPath(existing(path.resolve(folder, start)))!, trees, refused);
    if (module !== undefined) return module;
  }
  return undefined;
}

/** The tree that a module's own Makefile names. */
function kernelNamedFor(module: string): KernelPlace {
  const said = kernelOfModule(module);
  const place = said && said.refusal === undefined ? kernelAt(said.named) : undefined;
  if (place) return place;
  const why = said
    ? `its Makefile names ${said.named}, ${said.refusal ?? 'which is no kernel tree'}`
    : 'its Makefile names none';
  throw new Unmet(`No kernel tree found for the module in ${module}: ${why}. Name the tree with --kernel DIR.`);
}

function kernelAt(given: string): KernelPlace | undefined {
  const folder = realPath(given);
  if (folder === undefined) return undefined;
  if (isKernelTree(folder)) return { kernel: folder, build: folder };
  const sources = sourcesOf(folder);
  return sources === undefined ? undefined : { kernel: sources, build: folder };
}

/**
 * The sources that a build folder was made from: its Makefile includes theirs (Makefile of 6.x: `cmd_makefile`;
 * Debian's split headers do the same), or `source` is a link to them (older O= folders).
 */
function sourcesOf(build: string): string | undefined {
  const included = /^include[ \t]+(\S+)\/Makefile$/m.exec(firstBytes(path.join(build, 'Makefile')) ?? '')?.[1];
  for (const named of [included, 'source']) {
    const folder = named && realPath(path.resolve(build, named));
    if (folder && folder !== build && isKernelTree(folder)) return folder;
  }
  return undefined;
}

function namedBuild(given: string, config: string | undefined): string {
  const folder = realPath(given);
  if (folder === undefined || !isFolder(folder)) throw new Unmet(`${given} is no folder. Check --build.`, 'build');
  const marks = ['.config', 'include/generated', 'include/config'];
  if (config === undefined && !marks.some((mark) => fs.existsSync(path.join(folder, mark))))
    throw new Unmet(
      `${given} is no build folder: it holds neither .config nor include/generated. Name the O= folder, or of split ` +
        'headers the one with the configuration (as /lib/modules/VERSION/build leads to). Check --build.',
      'build',
    );
  return folder;
}

/** The configuration's text, from the first place that has one; what a link leads to outside of tree and build is not read. */
function readConfig(kernel: string, build: string, warnings: string[]): string | undefined {
  const disk = new Disk(rootsOf(kernel, build, undefined));
  const names = ['.config', 'include/config/auto.conf', 'include/generated/autoconf.h'];
  let text: string | undefined;
  for (const name of names) text ??= disk.read(path.join(build, name));
  for (const { path: file, message } of disk.refusals())
    warnings.push(
      message.startsWith('leads outside')
        ? `${file} is a link that leads out of the tree: it is not read. It can be named with --config.`
        : `${file} is not read: ${message}.`,
    );
  return text;
}

function settleArch(asked: string | undefined, config: string | undefined, kernel: string, warnings: string[]): string {
  const configured = config === undefined ? undefined : archOfConfig(config);
  if (asked === undefined) return configured ?? archNamed(os.arch());
  const arch = archNamed(asked);
  if (!isFolder(path.join(kernel, 'arch', archFolder(arch))))
    throw new Unmet(
      `There is no architecture ${asked} in ${kernel}/arch: it has ${archesIn(kernel).join(', ')}.`,
      'arch',
    );
  if (configured !== undefined && configured !== arch)
    warnings.push(`The configuration is for ${configured}, but --arch says ${asked}.`);
  else if (config !== undefined) {
    const [own, wanted] = [targetOf(arch, config), targetOf(arch, config, asked)];
    if (own !== wanted) warnings.push(`The configuration is for ${own}, but --arch says ${asked}.`);
  }
  return arch;
}

function archesIn(kernel: string): string[] {
  try {
    const entries = fs.readdirSync(path.join(kernel, 'arch'), { withFileTypes: true });
    const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    // An architecture's name becomes a variable of makefiles: no other folder is one.
    return names.filter((name) => /^[\w.+-]+$/.test(name));
  } catch {
    return [];
  }
}

function warnOfOtherVersion(config: string | undefined, version: string, build: string, warnings: string[]): void {
  const configured = /^\d+\.\d+/.exec(configHeader(config ?? '')?.version ?? '')?.[0];
  if (configured !== undefined && !`${version}.`.startsWith(`${configured}.`))
    warnings.push(`The configuration in ${build} is for Linux ${configured}, the tree is Linux ${version}.`);
}

/**
 * What may be read: the tree, the build folder and the headers that it points to. Some distributions (Ubuntu) make the
 * build folder of links into a second header tree, which its Makefile and include/linux then lead to.
 */
function rootsOf(kernel: string, build: string, configFile: string | undefined): string[] {
  const roots = new Set([kernel, build]);
  for (const folder of [kernel, build]) {
    const sources = sourcesOf(folder);
    if (sources) roots.add(sources);
    const makefile = realPath(path.join(folder, 'Makefile'));
    const headers = realPath(path.join(folder, 'include/linux'));
    for (const linked of [makefile && path.dirname(makefile), headers && path.resolve(headers, '../..')])
      if (linked && isKernelTree(linked)) roots.add(linked);
  }
  if (configFile) roots.add(configFile);
  return [...roots];
}

/** Why a folder is no kernel tree, ready to stand behind a colon; undefined where it is one. */
function whyNoKernel(folder: string): string | undefined {
  if (!fs.existsSync(folder)) return 'no such folder';
  if (!isFolder(folder)) return 'it is not a folder';
  try {
    if (fs.readdirSync(folder).length === 0) return 'it is empty';
  } catch (error) {
    return reasonOf(error);
  }
  if (!isFolder(path.join(folder, 'include/linux'))) return 'it has no include/linux';
  return versionOf(folder) === undefined ? 'its Makefile does not set VERSION and PATCHLEVEL' : undefined;
}

/** `6.12.117` or `6.12.0-rc3`, from the first lines of the tree's Makefile. */
function versionOf(folder: string): string | undefined {
  const makefile = firstBytes(path.join(folder, 'Makefile'));
  const value = (name: string): string =>
    new RegExp(`^${name}[ \\t]*=[ \\t]*(\\S*)`, 'm').exec(makefile ?? '')?.[1] ?? '';
  const numbers = [value('VERSION'), value('PATCHLEVEL')];
  if (!numbers.every((number) => /^\d+$/.test(number))) return undefined;
  return `${[...numbers, value('SUBLEVEL') || '0'].join('.')}${value('EXTRAVERSION')}`;
}

/** The start of a text file: the marks stand within its first lines. */
function firstBytes(file: string): string | undefined {
  return wholeText(file)?.slice(0, 16_384);
}

function wholeText(file: string): string | undefined {
  try {
    const status = fs.statSync(file);
    return status.isFile() && status.size <= MAX_FILE_BYTES ? fs.readFileSync(file, 'latin1') : undefined;
  } catch {
    return undefined;
  }
}

/** The path itself, or the nearest folder above it that exists. */
function existing(start: string): string {
  let at = start;
  while (!fs.existsSync(at) && at !== path.dirname(at)) at = path.dirname(at);
  return at;
}
