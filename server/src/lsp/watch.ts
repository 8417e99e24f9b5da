/** Which files on disk, changed from outside the editor, change what the server says. */
import path from 'node:path';
import type { FileSystemWatcher } from 'vscode-languageserver';
import { PACKS_FOLDER } from '../project/own-packs';
import { SETTINGS_FILE } from '../project/settings';

/** What the client is asked to watch. */
export const WATCHED: FileSystemWatcher[] = [
  { globPattern: '**/*.{c,h}' },
  { globPattern: '**/{Kbuild,Makefile}' },
  { globPattern: '**/.config' },
  { globPattern: '**/include/config/auto.conf' },
  { globPattern: `**/${SETTINGS_FILE}` },
  { globPattern: `**/${PACKS_FOLDER}/*.{yaml,yml}` },
];

/** Files that hold what a whole tree goes by, beside packs: the conditions of its code. */
const CONFIGURATIONS: ReadonlySet<string> = new Set(['.config', 'auto.conf', 'autoconf.h']);

export function isConfiguration(file: string): boolean {
  const { dir, base } = path.posix.parse(file);
  return CONFIGURATIONS.has(base) || path.posix.basename(dir) === PACKS_FOLDER;
}

export function isSettingsFile(file: string): boolean {
  return path.posix.basename(file) === SETTINGS_FILE;
}
