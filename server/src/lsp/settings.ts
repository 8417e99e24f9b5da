/** The settings: one schema for the editor's own, overlint.json and initializationOptions, and how they are read. */
import { homedir } from 'node:os';
import path from 'node:path';
import { rules } from '../rules/index';
import schema from './settings.schema.json';

/** Settings in force for one folder. Paths are absolute; an empty string means that Overlint finds the answer. */
export interface Settings {
  readonly kernel: string;
  readonly build: string;
  readonly arch: string;
  readonly config: string;
  readonly ahead: boolean;
  readonly rules: readonly string[];
}

type Name = keyof Settings;

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
}

const PROPERTIES = schema.properties as Record<Name, Property>;
const PATHS: readonly Name[] = ['kernel', 'build', 'config'];

export const DEFAULTS = Object.fromEntries(
  Object.entries(PROPERTIES).map(([name, property]) => [name, property.default]),
) as unknown as Settings;

export interface ReadSettings {
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
    else settings[name] = PATHS.includes(name) ? absolute(given as string, folder) : given;
  }
  return { settings: settings as Partial<Settings>, problems };
}

function whyNot(property: Property, given: unknown): string | undefined {
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
    problems.push(`rules names ${JSON.stringify(name)}, which is no rule; there are ${names.join(', ')}.`);
  return given.filter((name) => names.includes(name));
}

/** Users write paths as their shell and their editor do: `~/linux`, `${workspaceFolder}/build`, `../build`. */
function absolute(given: string, folder: string | undefined): string {
  const base = folder ?? process.cwd();
  const spelled = given.replace(/^~(?=[/\\]|$)/, homedir()).replaceAll('$' + '{workspaceFolder}', base);
  return path.resolve(base, spelled).replaceAll('\\', '/');
}
