/**
 * Modules that are built out of the kernel tree: which folder is the module's own, and which kernel its Makefile names. Both
 * are told from text; nothing is run.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Disk, isFolder, isInside } from '../files/disk';

/** What Kbuild reads in a folder of a module, in the order in which it looks (scripts/Makefile.build). */
const KBUILD_FILES = ['Kbuild', 'Makefile'];

/** A Makefile that Kbuild reads lists objects or flags; one that only starts the build says where the module is. */
const IS_KBUILD = /^[ \t]*(?:export[ \t]+)?(?:obj|ccflags|subdir|subdir-ccflags)-|\b(?:M|SUBDIRS)=\$/m;

type Refused = (file: string, message: string) => void;

/** Folders that only an administrator writes to: a Makefile of the workspace may name a kernel in them. */
const OF_THE_SYSTEM = ['/lib/modules', '/usr/lib/modules', '/usr/src'];

/** Variables in values of variables are followed so deep. */
const DEEPEST = 8;

/** The longest path that Linux takes, in bytes: variables that grow beyond it name no folder. */
const LONGEST = 4096;

const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*[:?]{0,2}=([^#\n]*)/gm;

/**
 * The folder of the module that a file or folder is part of; undefined where none can be told. It is the nearest one above
 * with a Kbuild file, or else the one further above whose Kbuild file visits that.
 *
 * @param place Absolute, symbolic links resolved.
 * @param trees The kernel tree and the build folder: what holds one of them is no module.
 * @param refused Told of a Kbuild file that is there and can't be read.
 */
export function moduleAround(place: string, trees: readonly string[], refused?: Refused): string | undefined {
  if (isInside(trees, place)) return undefined;
  let found: string | undefined;
  const start = isFolder(place) ? place : path.dirname(place);
  for (let folder = start; folder !== path.dirname(folder); folder = path.dirname(folder)) {
    if (trees.some((tree) => isInside([folder], tree))) break;
    const text = kbuildText(folder, refused);
    if (text === undefined) continue;
    if (found === undefined ? IS_KBUILD.test(text) : visits(text, path.relative(folder, found))) found = folder;
  }
  return found;
}

/** The kernel that a module's Makefile hands the build to; undefined where it names none, or one that only make would know. */
export function kernelNamedIn(makefile: string, release: string = os.release()): string | undefined {
  const joined = makefile.replace(/\\\n/g, ' ').replace(/\$[({]shell[ \t]+uname[ \t]+-r[ \t]*[)}]/g, release);
  const given = /(?:^|\s)-C[ \t]*(\S+)/m.exec(joined)?.[1];
  if (given === undefined) return undefined;
  const values = given.includes('$') ? valuesIn(joined) : new Map<string, string>();
  let value = given;
  for (let depth = 0; depth < DEEPEST && value.includes('$') && value.length <= LONGEST; depth++)
    value = value.replace(/\$[({]([\w.-]+)[)}]/g, (whole, name: string) => values.get(name) ?? whole);
  return value.length <= LONGEST && path.isAbsolute(value) && !/[$`\s]/.test(value) ? path.normalize(value) : undefined;
}

/** What a module's Makefile says of its kernel. */
interface NamedKernel {
  /** As the Makefile has it. */
  readonly named: string;
  /** Why it is not taken, ready to stand behind a comma; undefined where it may be. */
  readonly refusal?: string;
}

export function kernelOfModule(module: string): NamedKernel | undefined {
  const named = kernelNamedIn(makefileOf(module) ?? '');
  if (named === undefined) return undefined;
  if (!isInside(OF_THE_SYSTEM, named))
    return { named, refusal: `which is not taken from a Makefile, as it is not in ${OF_THE_SYSTEM.join(', ')}` };
  return fs.existsSync(named) ? { named } : { named, refusal: 'which is not there' };
}

/** What a Makefile's variables are set to first, as written; a value that is no path for its length is left out. */
function valuesIn(makefile: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [, name, text] of makefile.matchAll(ASSIGNMENT)) {
    const value = text.trim();
    if (!values.has(name) && value.length <= LONGEST) values.set(name, value);
  }
  return values;
}

function makefileOf(folder: string): string | undefined {
  return new Disk([folder]).read(path.join(folder, 'Makefile'));
}

/** The text of all that Kbuild or make reads in a folder; undefined where there is none. */
function kbuildText(folder: string, refused?: Refused): string | undefined {
  const disk = new Disk([folder]);
  const texts = KBUILD_FILES.flatMap((name) => disk.read(path.join(folder, name)) ?? []);
  for (const { path: file, message } of disk.refusals()) refused?.(file, message);
  return texts.length > 0 ? texts.join('\n') : undefined;
}

/** Whether a Kbuild file visits a folder below its own. */
function visits(text: string, folder: string): boolean {
  const lists = text.replace(/\\\n/g, ' ').matchAll(/^[ \t]*(?:obj|subdir)-\S*[ \t]*[:+?]?=[ \t]*(.*)$/gm);
  return [...lists].some(([, list]) =>
    list.split(/\s+/).some((word) => word !== '' && path.posix.normalize(`${word}/`) === `${folder}/`),
  );
}
