/** Which configuration a request means: a file, a name that the tree's Kconfig files give a meaning, or one that is worked out. */
import fs from 'node:fs';
import path from 'node:path';
import { MAX_FILE_BYTES, realPath } from '../files/disk';
import { reasonOf } from '../files/errno';
import type { EvaluatedConfiguration } from '../preprocessor/config';
import { archNamed, archOfConfig } from './arch';
import {
  type ConfigurationMemory,
  evaluatedConfiguration,
  hasKconfig,
  type KernelSource,
  UnknownConfiguration,
} from './configuration';

/** A request that can't be met; the message is a whole sentence for the user. */
export class Unmet extends Error {
  constructor(
    message: string,
    readonly setting?: WrongSetting,
  ) {
    super(message);
  }
}

export type WrongSetting = 'kernel' | 'build' | 'arch' | 'config';

/** What of a request says which configuration is meant. */
export interface ConfigurationWish {
  /** Absolute; where the user stands. */
  readonly folder: string;
  readonly arch?: string;
  readonly config?: string;
  /** Keeps configurations that were worked out between runs; without it none are kept. */
  readonly memory?: ConfigurationMemory;
  /** The tree's files where they are not those on disk: Kconfig files of a revision. */
  readonly source?: KernelSource;
}

/** The file that the user named as the configuration; undefined where it is a name that the tree's Kconfig files give a meaning. */
export function configFileOf({ config, folder, source }: ConfigurationWish, kernel: string): string | undefined {
  if (config === undefined) return undefined;
  const file = path.resolve(folder, config);
  return fs.existsSync(file) || !hasKconfig(kernel, source) ? namedConfig(file) : undefined;
}

function namedConfig(given: string): string {
  const file = realPath(given);
  if (file === undefined) throw new Unmet(`${given}: no such file. Check --config.`, 'config');
  try {
    const status = fs.statSync(file);
    if (!status.isFile() || status.size > MAX_FILE_BYTES)
      throw new Unmet(`${given} is no configuration file.`, 'config');
    fs.accessSync(file, fs.constants.R_OK);
  } catch (error) {
    throw error instanceof Unmet ? error : new Unmet(`${given}: ${reasonOf(error)}. Check --config.`, 'config');
  }
  return file;
}

/** The configuration that is worked out: a name stands for it, nothing is there, or what is there was completed by no build. */
export function configurationFor(
  { config: named, arch, folder, memory, source }: ConfigurationWish,
  kernel: string,
  build: string,
  configFile: string | undefined,
  given: string | undefined,
  warnings: string[],
): EvaluatedConfiguration | undefined {
  if (!hasKconfig(kernel, source)) return undefined;
  const isNamed = named !== undefined && configFile === undefined;
  const configured = given === undefined || isNamed ? undefined : archOfConfig(given);
  const isForeign = arch !== undefined && configured !== undefined && configured !== archNamed(arch);
  // Who names an architecture alone does not mean the configuration that another one's build left in the tree.
  const isOverruled = isForeign && configFile === undefined && build === kernel;
  if (isForeign && !isOverruled) return undefined;
  const file = isNamed || isOverruled || given === undefined ? undefined : (configFile ?? path.join(build, '.config'));
  if (file !== undefined && isCompleted(file)) return undefined;
  try {
    const made = evaluatedConfiguration(
      {
        kernel,
        named: isNamed ? named : undefined,
        arch,
        folder,
        source,
        ...(file !== undefined && { file: { path: file, text: given! } }),
      },
      memory,
    );
    if (!made) return undefined;
    const { warnings: told, ...configuration } = made;
    warnings.push(...told);
    if (configuration.assumed) {
      const found = isOverruled ? `The .config is for ${configured}` : 'There is no .config';
      warnings.push(`${found}: assuming ${configuration.name}. Choose another with --config or --build.`);
    }
    return configuration;
  } catch (error) {
    if (error instanceof UnknownConfiguration) throw new Unmet(`${error.message} Check --config.`, 'config');
    throw error;
  }
}

/** Whether a build has completed a configuration: its autoconf.h stands beside it. What is no `.config` at all stands as it is, too. */
function isCompleted(file: string): boolean {
  return !fs.existsSync(file) || fs.existsSync(autoconfBeside(file));
}

/** The `.config` of a build folder that was changed after its build: it counts in place of what that made of it. */
export function changedConfig(build: string): string | undefined {
  const file = path.join(build, '.config');
  const [config, made] = [file, autoconfBeside(file)].map((each) => fs.statSync(each, { throwIfNoEntry: false }));
  return config?.isFile() && made && made.mtimeMs < config.mtimeMs ? file : undefined;
}

function autoconfBeside(file: string): string {
  return path.join(path.dirname(file), 'include/generated/autoconf.h');
}
