/** Which files on disk, changed from outside the editor, change what the server says. */
import path from 'node:path';
import type { FileSystemWatcher } from 'vscode-languageserver';
import { SETTINGS_FILE } from './configuration';

/** What the client is asked to watch. */
export const WATCHED: FileSystemWatcher[] = [
  { globPattern: '**/*.{c,h}' },
  { globPattern: '**/.config' },
  { globPattern: '**/include/config/auto.conf' },
  { globPattern: `**/${SETTINGS_FILE}` },
];

/** Files from which the conditions of a whole tree come. */
const CONFIGURATIONS: ReadonlySet<string> = new Set(['.config', 'auto.conf', 'autoconf.h']);

export function isConfiguration(file: string): boolean {
  return CONFIGURATIONS.has(path.posix.basename(file));
}

export function isSettingsFile(file: string): boolean {
  return path.posix.basename(file) === SETTINGS_FILE;
}
