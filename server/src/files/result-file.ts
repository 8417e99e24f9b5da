/** Writes what a run has to say into a file that the user named: whole, or not at all. */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { MAX_FILE_BYTES } from './disk';
import { reasonOf } from './errno';

/**
 * A regular file is written beside its place, forced to the disk and renamed, so that a full disk costs the new text and
 * not the old one. A device or a pipe is written to as it is.
 *
 * @param text Byte string.
 * @returns Why it could not be written, ready to stand behind a colon; undefined when it was.
 */
export function writeResult(file: string, text: string): string | undefined {
  let beside: string | undefined;
  try {
    const status = fs.statSync(file, { throwIfNoEntry: false });
    if (status && !status.isFile()) {
      fs.writeFileSync(file, text, 'latin1');
      return undefined;
    }
    // Behind a link, the place beside it may be on another disk, or nobody's to write to.
    const target = status ? fs.realpathSync.native(file) : file;
    beside = path.join(path.dirname(target), `.${path.basename(target)}.overlint-${crypto.randomUUID()}`);
    fs.writeFileSync(beside, text, { encoding: 'latin1', flag: 'wx', flush: true });
    fs.renameSync(beside, target);
    return undefined;
  } catch (error) {
    if (beside !== undefined) fs.rmSync(beside, { force: true });
    return reasonOf(error);
  }
}

/** The text of a file that the user named. @throws with the reason where it can't be read or is too large. */
export function readGiven(file: string): string {
  const status = fs.statSync(file);
  if (status.size > MAX_FILE_BYTES) throw new Error('it is too large');
  if (status.isSocket()) throw new Error('it is a socket');
  // A device like /dev/zero has no end; a terminal and a pipe have one.
  if (status.isCharacterDevice() && fs.realpathSync(file) !== fs.realpathSync('/dev/stdin'))
    throw new Error('it is a device');
  return fs.readFileSync(file, 'latin1');
}
