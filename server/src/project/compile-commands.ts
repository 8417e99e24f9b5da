/** `compile_commands.json`, as scripts/clang-tools/gen_compile_commands.py and others write it: read where there is one. */
import path from 'node:path';
import type { Disk } from '../files/disk';
import { readCommandLine, shellWords } from '../kbuild/command-line';
import type { CompileFlags, FlagSet } from '../kbuild/flags';
import { fromByteString } from '../text/text';

/** The file's name, in the build folder or the tree. */
const COMMANDS_FILE = 'compile_commands.json';

interface Entry {
  readonly directory: string;
  readonly file: string;
  readonly command?: string;
  readonly arguments?: readonly string[];
}

interface CompileCommands {
  readonly compile?: CompileFlags;
  /** A whole sentence where there is such a file and it can't be used. */
  readonly problem?: string;
}

/** @param folders Absolute, in the order in which they are looked into. */
export function compileCommandsIn(folders: readonly string[], disk: Disk): CompileCommands {
  for (const folder of folders) {
    const file = path.join(folder, COMMANDS_FILE);
    const text = disk.read(file);
    if (text === undefined) {
      const refused = disk.refusals().find(({ path: each }) => each === file);
      if (refused) return { problem: `${file} is not read, and is left out: ${refused.message}.` };
      continue;
    }
    try {
      return { compile: flagsIn(JSON.parse(fromByteString(text)), folder) };
    } catch {
      return { problem: `${file} is no compilation database, and is left out.` };
    }
  }
  return {};
}

/** @throws Error where the value has another shape. */
function flagsIn(entries: unknown, folder: string): CompileFlags {
  if (!Array.isArray(entries)) throw new Error('no array');
  const sets: FlagSet[] = [];
  const numbers = new Map<string, number>();
  const of: Record<string, number> = Object.create(null);
  for (const entry of entries as Entry[]) {
    if (typeof entry?.file !== 'string') throw new Error('no entry');
    const directory = path.resolve(folder, entry.directory ?? '.');
    const words = entry.arguments ?? shellWords(entry.command ?? '');
    const { flags } = readCommandLine(words.slice(1), directory);
    // What most files are compiled with says nothing new, and needs no context of its own.
    if (flags.macros.length + flags.folders.length + flags.forced.length === 0) continue;
    const key = JSON.stringify(flags);
    let number = numbers.get(key);
    if (number === undefined) {
      numbers.set(key, (number = sets.length));
      sets.push(flags);
    }
    of[path.resolve(directory, entry.file)] = number;
  }
  return { sets, of: { ...of } };
}
