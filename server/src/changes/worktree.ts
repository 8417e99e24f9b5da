/**
 * Compares files on disk with git's index without asking git to do it: git would run the clean filter that a
 * configuration inside the tree names for any file whose time says that it may have changed, in submodules too.
 */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { Disk } from '../files/disk';
import { git } from './git';

/** An entry of the index that the disk may contradict. */
interface IndexEntry {
  /** From the folder that was asked about. */
  readonly path: string;
  readonly mode: string;
  /** Name of the blob: SHA-1, or SHA-256 where the repository uses it. */
  readonly object: string;
}

/** Bits of an entry's flags (git: read-cache.h): `assume-unchanged`, and what a sparse checkout leaves out. */
const NOT_LOOKED_AT = 0x8000 | 0x40000000;

const ENTRY =
  /(\d{6}) ([0-9a-f]+) (\d)\t([^\0]*)\0 {2}ctime: (\d+):(\d+)\n {2}mtime: (\d+):(\d+)\n {2}dev: \d+\tino: (\d+)\n {2}uid: \d+\tgid: \d+\n {2}size: (\d+)\tflags: ([0-9a-f]+)\n/g;

/**
 * The C files below a folder whose content on disk is not that of the index, deleted ones included. Files are compared
 * by content wherever the times of the index don't prove that they are the same; no filter runs, line ends included.
 *
 * @throws GitProblem where the folder is in no repository.
 */
export function changedOnDisk(folder: string, disk: Disk): IndexEntry[] {
  const args = ['ls-files', '--stage', '--debug', '-z', '--no-recurse-submodules', '--', '*.c', '*.h'];
  const listed = git(folder, args).toString('utf8');
  const written = indexTime(folder);
  const changed: IndexEntry[] = [];
  for (const [, mode, object, stage, name, , , seconds, nanoseconds, inode, size, flags] of listed.matchAll(ENTRY)) {
    // Stages above 0 are sides of a merge, which the comparison with the revision reports.
    if (stage !== '0' || !mode.startsWith('100') || (Number.parseInt(flags, 16) & NOT_LOOKED_AT) !== 0) continue;
    const file = path.join(folder, name);
    const status = fs.lstatSync(file, { bigint: true, throwIfNoEntry: false });
    if (status?.isFile()) {
      const time = BigInt(seconds) * BILLION + BigInt(nanoseconds);
      const isSame =
        status.mtimeNs === time && time < written && status.size === BigInt(size) && status.ino === BigInt(inode);
      const text = isSame ? undefined : disk.read(file);
      if (isSame || (text !== undefined && objectName(text, object.length) === object)) continue;
    }
    changed.push({ path: name, mode, object });
  }
  return changed;
}

const BILLION = 1_000_000_000n;

/** When the index was written, in nanoseconds: a file that is not older may have been changed since with the same time. */
function indexTime(folder: string): bigint {
  const file = git(folder, ['rev-parse', '--path-format=absolute', '--git-path', 'index']).toString('utf8');
  return fs.statSync(file.replace(/\n$/, ''), { bigint: true, throwIfNoEntry: false })?.mtimeNs ?? 0n;
}

/** The name that git would give a text, a byte string, as a blob. */
function objectName(text: string, digits: number): string {
  const hash = crypto.createHash(digits === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${text.length}\0`).update(text, 'latin1').digest('hex');
}
