/** The settings: one schema for the editor's own, overlint.json and initializationOptions, and how they are read. */

import fs from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { LEVELS, type Level, type LevelOverride, type RuleLevels } from '../analysis/levels';
import { Disk } from '../files/disk';
import { whyNoRule } from '../packs/renamed-rules';
import { rules } from '../rules/index';
import { fromByteString } from '../text/text';
import { readBroken } from './broken-json';
import schema from './settings.schema.json';

/** Settings in force for one folder. Paths are absolute; an empty string means that Overlint finds the answer. */
export interface Settings {
  readonly kernel: string;
  readonly build: string;
  readonly arch: string;
  readonly config: string;
  readonly ahead: boolean;
  readonly inlayHints: 'off' | 'cursor' | 'on';
  readonly hover: 'picture' | 'text';
  readonly lenses: 'off' | 'overlays' | 'all';
  readonly rules: readonly string[];
  readonly levels: RuleLevels;
  readonly overrides: readonly LevelOverride[];
}

type Name = keyof Settings;

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: string };
}

const PROPERTIES = schema.properties as Record<Name, Property>;
const PATHS: readonly Name[] = ['kernel', 'build', 'config'];

export const DEFAULTS = Object.fromEntries(
  Object.entries(PROPERTIES).map(([name, property]) => [name, property.default]),
) as unknown as Settings;

interface ReadSettings {
  readonly settings: Partial<Settings>;
  /** What was wrong, as sentences that start with the setting's name; the rest still counts. */
  readonly problems: readonly string[];
}

/**
 * Reads settings from a client or a file. Names that stand beside the settings (`trace`, or what a newer version
 * knows) are left alone; null and the empty string mean that the setting was not made.
 * @param folder what relative paths start from
 */
export function readSettings(value: unknown, folder: string | undefined): ReadSettings {
  if (value === null || value === undefined) return { settings: {}, problems: [] };
  if (typeof value !== 'object' || Array.isArray(value))
    return { settings: {}, problems: ['settings must be an object, such as {"kernel": "/path/to/linux"}.'] };
  const settings: Partial<Record<Name, unknown>> = {};
  const problems: string[] = [];
  for (const name of Object.keys(PROPERTIES) as Name[]) {
    const given = (value as Record<string, unknown>)[name];
    if (given === null || given === undefined || given === '') continue;
    const problem = whyNot(PROPERTIES[name], given);
    if (problem) problems.push(`${name} ${problem}, not ${JSON.stringify(given)}.`);
    else if (name === 'rules') settings[name] = knownRules(given as string[], problems);
    else if (name === 'levels') settings[name] = knownLevels(given as object, name, problems);
    else if (name === 'overrides') settings[name] = knownOverrides(given as unknown[], problems);
    else if (name === 'config') settings[name] = fileOrName(given as string, folder);
    else settings[name] = PATHS.includes(name) ? absolute(given as string, folder) : given;
  }
  return { settings: settings as Partial<Settings>, problems };
}

function whyNot(property: Property, given: unknown): string | undefined {
  if (property.type === 'object')
    return typeof given === 'object' && !Array.isArray(given) ? undefined : 'must be an object';
  if (property.type === 'array' && property.items?.type === 'object')
    return Array.isArray(given) ? undefined : 'must be a list of objects';
  if (property.type === 'array')
    return Array.isArray(given) && given.every((item) => typeof item === 'string')
      ? undefined
      : 'must be a list of names';
  if (property.type === 'boolean') return typeof given === 'boolean' ? undefined : 'must be true or false';
  if (typeof given !== 'string') return 'must be a text';
  if (property.enum && !property.enum.includes(given))
    return `must be one of ${property.enum.filter((name) => name !== '').join(', ')}`;
  return undefined;
}

/** Names that are none are left out; if all were, nothing would be checked, and nobody would know why. */
function knownRules(given: readonly string[], problems: string[]): string[] {
  const names = rules.map((rule) => rule.id);
  for (const name of given.filter((one) => !names.includes(one)))
    problems.push(`rules names ${JSON.stringify(name)}, which ${whyNoRule(name)}; there are ${names.join(', ')}.`);
  return given.filter((name) => names.includes(name));
}

/** Levels that are none, and rules that are none, are named and left out. */
function knownLevels(given: object, where: string, problems: string[]): RuleLevels {
  const names = rules.map((rule) => rule.id);
  const kept: Record<string, Level> = {};
  for (const [name, level] of Object.entries(given)) {
    if (!names.includes(name)) problems.push(`${where} names ${JSON.stringify(name)}, which ${whyNoRule(name)}.`);
    else if (!LEVELS.includes(level))
      problems.push(`${where}.${name} must be one of ${LEVELS.join(', ')}, not ${JSON.stringify(level)}.`);
    else kept[name] = level;
  }
  return kept;
}

/** Each is asked about each file that is checked, and none costs nothing. */
const MOST_GLOBS = 1000;

function knownOverrides(given: readonly unknown[], problems: string[]): LevelOverride[] {
  let globs = 0;
  return given.flatMap((one, index) => {
    if (globs > MOST_GLOBS) return [];
    const where = `overrides[${index}]`;
    const { files, levels } = (one ?? {}) as { files?: unknown; levels?: unknown };
    const isList = Array.isArray(files) && files.every((file) => typeof file === 'string');
    if (!isList || typeof levels !== 'object' || levels === null || Array.isArray(levels)) {
      problems.push(`${where} must have a list of files and an object of levels.`);
      return [];
    }
    globs += files.length;
    if (globs > MOST_GLOBS) {
      problems.push(`overrides have more than ${MOST_GLOBS} globs: ${where} and those behind it are left out.`);
      return [];
    }
    return [{ files, levels: knownLevels(levels, `${where}.levels`, problems) }];
  });
}

export const SETTINGS_FILE = 'overlint.json';

/** The largest overlint.json that is read, in bytes. */
const MAX_SETTINGS_BYTES = 1 << 20;

/** Reasons that are no verbs of their own. */
function sentence(problem: string): string {
  return /^(?:is|leads|has) /.test(problem) ? problem : `can't be read: ${problem}`;
}

export interface SettingsFile extends ReadSettings {
  readonly path: string;
  /** Whether it is there and could not be read: then nothing of it counts. */
  readonly isUnread?: boolean;
  /** Its text in Unicode, and where that is no JSON. */
  readonly text?: string;
  readonly brokenAt?: number;
}

/** The settings in a folder's overlint.json; undefined where there is none. */
export function readSettingsFile(folder: string): SettingsFile | undefined {
  const file = `${folder}/${SETTINGS_FILE}`;
  const disk = new Disk([folder], MAX_SETTINGS_BYTES);
  const text = disk.read(file);
  if (text === undefined) {
    const problems = disk.allRefused.map(({ message }) => `left out: it ${sentence(message)}.`);
    return problems.length > 0 ? { path: file, settings: {}, problems, isUnread: true } : undefined;
  }
  const shown = fromByteString(text);
  try {
    return { path: file, text: shown, ...readSettings(JSON.parse(shown), folder) };
  } catch {
    // What is half typed must not take back the settings around it.
    const { value, problem, at } = readBroken(shown);
    const { settings, problems } = readSettings(value, folder);
    const said = `not valid JSON: ${problem}; what can be read of it counts.`;
    return { path: file, text: shown, brokenAt: at, settings, problems: [said, ...problems] };
  }
}

/** The overlint.json of the nearest folder, from the given one up to the root of its file system. */
export function nearestSettingsFile(folder: string): SettingsFile | undefined {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const found = readSettingsFile(at.replaceAll('\\', '/').replace(/\/$/, ''));
    if (found || at === path.dirname(at)) return found;
  }
}

/** A file's whole path; what is written as a name and is no file stays, since Kconfig knows names such as `tinyconfig`. */
function fileOrName(given: string, folder: string | undefined): string {
  const file = absolute(given, folder);
  const isName = given.includes(',') || !/^[.~$]|[/\\]/.test(given);
  return isName && !fs.existsSync(file) ? given : file;
}

/** Users write paths as their shell and their editor do: `~/linux`, `${workspaceFolder}/build`, `../build`. */
function absolute(given: string, folder: string | undefined): string {
  const base = folder ?? process.cwd();
  const spelled = given.replace(/^~(?=[/\\]|$)/, homedir()).replaceAll('$' + '{workspaceFolder}', base);
  return path.resolve(base, spelled).replaceAll('\\', '/');
}
