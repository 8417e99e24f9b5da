/** The configuration that a tree's own Kconfig files make: where none is there, or a name stands for one. */
import os from 'node:os';
import path from 'node:path';
import { Disk, isInside, realPath } from '../files/disk';
import { stampBehindLinks, stampsBehindLinks } from '../files/file-stamps';
import { namesIn } from '../files/folder-names';
import { type BuildArchitecture, buildArchitecture } from '../kconfig/architecture';
import { chooseArchitecture, chooseConfiguration, configurationName } from '../kconfig/choice-of-configuration';
import { NoSuchConfiguration } from '../kconfig/configurations';
import { kernelConfiguration } from '../kconfig/kernel-configuration';
import type { KconfigMessage } from '../kconfig/messages';
import { compilerOfConfig, defaultCompiler, Toolchain, type ToolchainTable } from '../kconfig/toolchain';
import toolchainData from '../packs/toolchains.json';
import type { EvaluatedConfiguration } from '../preprocessor/config';
import { fromByteString, type SourceReader, toByteString } from '../text/text';
import { archOfConfig } from './arch';

const TOOLCHAINS: ToolchainTable = toolchainData;

/** The name stands for no configuration; the message says which there are. */
export class UnknownConfiguration extends Error {}

interface ConfigurationRequest {
  /** The source tree, absolute. */
  readonly kernel: string;
  /** A name, a file, or several joined by commas; undefined for the architecture's own defconfig. */
  readonly named: string | undefined;
  /** The architecture that the user named. */
  readonly arch: string | undefined;
  /** Where the user stands: files are named from there. */
  readonly folder: string;
  /** A `.config` that no build has completed, absolute, with its text: it is completed, with the compiler that it names. */
  readonly file?: { readonly path: string; readonly text: string };
  /** The tree's files where they are not those on disk. */
  readonly source?: KernelSource;
}

/** A kernel tree's files as something else than the disk has them. */
export interface KernelSource extends SourceReader {
  /** Stands for all of them: the same name, the same texts. */
  readonly id: string;
  /** The names in a folder (absolute path). */
  names(folder: string): readonly string[];
}

/** Whether a tree has the Kconfig files that configurations are made from; a distribution's headers have none. */
export function hasKconfig(kernel: string, files: SourceReader = new Disk([kernel])): boolean {
  return files.exists(path.join(kernel, 'Kconfig')) && files.exists(path.join(kernel, 'scripts/kconfig/lexer.l'));
}

/** An answer, and a stamp of everything that it was read from: undefined where nothing was there. */
export interface RememberedConfiguration {
  readonly answer: MadeConfiguration | undefined;
  readonly stamps: readonly (readonly [file: string, stamp: string | undefined])[];
}

/** Keeps configurations between runs. */
export interface ConfigurationMemory {
  recall(key: string): RememberedConfiguration | undefined;
  keep(key: string, remembered: RememberedConfiguration): void;
}

/** A configuration with what people should know of it, as whole sentences. */
export interface MadeConfiguration extends EvaluatedConfiguration {
  readonly warnings: readonly string[];
}

/** The last answers of this process; an editor asks for the same tree with every file that it opens. */
const remembered = new Map<string, RememberedConfiguration>();
const MOST_REMEMBERED = 8;

/**
 * Evaluates the tree's Kconfig files as scripts/kconfig does; nothing is run. undefined where the tree has no such
 * architecture. An answer holds until one of the files behind it changes.
 *
 * @param memory Of earlier runs; none where nothing is to be kept.
 * @throws UnknownConfiguration
 */
export function evaluatedConfiguration(
  request: ConfigurationRequest,
  memory?: ConfigurationMemory,
): MadeConfiguration | undefined {
  const { kernel, named, arch, folder, file, source } = request;
  const key = JSON.stringify([kernel, named, arch, folder, file?.path, ...(source ? [source.id, file?.text] : [])]);
  const last = remembered.get(key) ?? memory?.recall(key);
  const stampNow = stampsBehindLinks();
  if (last?.stamps.every(([path, stamp]) => stampNow(path) === stamp)) {
    remember(key, last);
    return last.answer;
  }
  const stamps = new Map<string, string | undefined>();
  const answer = evaluated(request, (path) => {
    if (!stamps.has(path)) stamps.set(path, stampBehindLinks(path));
  });
  const made = { answer, stamps: [...stamps] };
  remember(key, made);
  memory?.keep(key, made);
  return answer;
}

function remember(key: string, made: RememberedConfiguration): void {
  remembered.delete(key);
  remembered.set(key, made);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) break;
    remembered.delete(oldest);
  }
}

/** @param uses Told every file and folder before it is read, absolute. */
function evaluated(
  { kernel, named, arch, folder, file: existing, source }: ConfigurationRequest,
  uses: (file: string) => void,
): MadeConfiguration | undefined {
  const files = source ?? new Disk([kernel]);
  const usesFile = source ? () => {} : uses;
  const exists = (name: string): boolean => {
    const file = path.join(kernel, 'arch', name, 'Kconfig');
    usesFile(file);
    return files.exists(file);
  };
  const configured = existing && archOfConfig(existing.text);
  const chosen: BuildArchitecture =
    arch === undefined ? chooseArchitecture(undefined, configured, os.arch(), exists) : buildArchitecture(arch);
  if (!exists(chosen.folder)) return undefined;
  const compiler = existing ? compilerOfConfig(TOOLCHAINS, existing.text) : defaultCompiler(TOOLCHAINS);
  const toolchain = Toolchain.find(TOOLCHAINS, compiler, chosen.name);
  if (!toolchain) return undefined;
  const given = (file: string): string | undefined => {
    const asked = path.resolve(folder, fromByteString(file));
    uses(asked);
    const real = realPath(asked);
    return real === undefined ? undefined : new Disk([real]).read(real);
  };
  const { from: chosenFrom, isAssumed } = chooseConfiguration(named, existing?.path);
  const from = chosenFrom === 'defconfig' ? (chosen.config ?? chosenFrom) : chosenFrom;
  const messages: KconfigMessage[] = [];
  try {
    const made = kernelConfiguration({
      from: toByteString(from),
      trustsAnswers: existing !== undefined,
      arch: chosen,
      toolchain,
      read: (file) => {
        const asked = path.resolve(kernel, file);
        usesFile(asked);
        return files.read(asked);
      },
      readGiven: given,
      list: (below) => {
        const asked = path.join(kernel, below);
        usesFile(asked);
        return source?.names(asked) ?? foldersOf(kernel)(asked);
      },
      report: (message) => messages.push(message),
    });
    const { table, missing } = made.kconfig.parsed;
    const hexadecimal = table.all.flatMap(({ name, type }) => (type === 'hex' && name ? [`CONFIG_${name}`] : []));
    return {
      name: existing ? existing.path : configurationName(chosen, from),
      ...(existing && { file: existing.path }),
      assumed: isAssumed,
      text: made.text,
      hexadecimal,
      warnings: [
        ...(missing.length === 0 ? [] : [incomplete(missing.length, fromByteString(missing[0]))]),
        ...aboutFile(messages, existing?.path),
      ],
    };
  } catch (error) {
    if (error instanceof NoSuchConfiguration && existing) return undefined;
    if (error instanceof NoSuchConfiguration) throw new UnknownConfiguration(fromByteString(error.message));
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** What is wrong with the lines of the configuration itself; the tree's own files are its developers' affair. */
function aboutFile(messages: readonly KconfigMessage[], file: string | undefined): string[] {
  const own = messages.filter(({ place }) => file !== undefined && place?.file === toByteString(file));
  if (own.length === 0) return [];
  const more = own.length > 1 ? ` (and ${own.length - 1} more such lines)` : '';
  return [`${file}:${own[0].place!.line}: ${fromByteString(own[0].text)}${more}.`];
}

function incomplete(count: number, first: string): string {
  const more = count > 1 ? ` and ${count - 1} more Kconfig files are` : ' is';
  return `${first}${more} missing: options that no Kconfig file defines keep the value that the configuration gives them.`;
}

/** Lists folders below one, and none that a link leads to outside of it. */
export function foldersOf(kernel: string): (folder: string) => string[] {
  return (folder) => {
    const real = realPath(folder);
    return real !== undefined && isInside([kernel], real) ? namesIn(real) : [];
  };
}
