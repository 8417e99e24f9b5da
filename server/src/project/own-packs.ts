/** Finds a user's own packs, `.overlint/*.yaml`: at the kernel tree's root, and in the nearest folder above the files. */
import fs from 'node:fs';
import path from 'node:path';
import { Disk, isInside, realPath } from '../files/disk';
import type { Pack } from '../packs/pack';
import { MAX_PACK_BYTES, readPack } from '../packs/read-pack';
import { rules } from '../rules/index';

/** The folder that holds them. */
export const PACKS_FOLDER = '.overlint';

/** So many packs of one folder are read. */
const RULES = rules.map(({ id }) => id);

const MOST_PACKS = 100;

interface OwnPacks {
  readonly packs: readonly Pack[];
  /** Whole sentences that start with the place: a pack that is wrong is left out, the others count. */
  readonly problems: readonly string[];
}

/**
 * Reads the packs of a tree and of a workspace. Nothing in them runs. Cannot fail.
 *
 * @param kernel The kernel tree, absolute.
 * @param folder Where the user, or the document, stands; absolute. Folders above it are looked at up to the one that a
 *   repository begins in.
 */
export function ownPacks(kernel: string, folder: string): OwnPacks {
  const packs: Pack[] = [];
  const problems: string[] = [];
  const folders = new Set<string>();
  for (const named of [path.join(kernel, PACKS_FOLDER), nearestAbove(folder)]) {
    const status = named === undefined ? undefined : fs.lstatSync(named, { throwIfNoEntry: false });
    if (named === undefined || status === undefined) continue;
    const place = realPath(named);
    const around = realPath(path.dirname(named));
    if (place === undefined || !fs.statSync(place).isDirectory())
      problems.push(`${named}: is no folder; there are no packs in it.`);
    else if (around === undefined || !isInside([around], place))
      problems.push(`${named}: leads outside, to ${place}; the packs there are left out.`);
    else folders.add(place);
  }
  for (const place of folders) {
    // What lies in the folder may be a link that leads anywhere; the disk follows it no further than this folder.
    const disk = new Disk([place], MAX_PACK_BYTES);
    const names = namesIn(place);
    if (names.length > MOST_PACKS)
      problems.push(`${place}: holds more than ${MOST_PACKS} packs; the rest is left out.`);
    for (const name of names.slice(0, MOST_PACKS)) {
      const file = path.join(place, name);
      const loaded = disk.load(file);
      if ('problem' in loaded) {
        problems.push(`${file}: ${loaded.problem}; this pack is left out.`);
        continue;
      }
      const read = readPack(loaded.text, RULES);
      if (read.pack) packs.push(read.pack);
      for (const { line, column, message } of read.problems)
        problems.push(`${file}:${line}:${column}: ${message}; this pack is left out.`);
    }
  }
  return { packs, problems };
}

/** The nearest folder with packs at or above this one; undefined where there is none. */
function nearestAbove(folder: string): string | undefined {
  for (let at = folder; ; at = path.dirname(at)) {
    const place = path.join(at, PACKS_FOLDER);
    if (namesIn(place).length > 0) return place;
    if (fs.existsSync(path.join(at, '.git')) || at === path.dirname(at)) return undefined;
  }
}

/** Sorted, so that packs count in the same order everywhere. */
function namesIn(folder: string): string[] {
  try {
    return fs
      .readdirSync(folder)
      .filter((name) => /^[^.].*\.ya?ml$/.test(name))
      .sort();
  } catch {
    return [];
  }
}
