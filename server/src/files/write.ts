/** Writes a changed source file whole or not at all, and never over somebody else's change. */
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { openedPath } from './disk';
import { reasonOf } from './errno';

/**
 * Puts `after` in the place of `before`. The new text is written beside the file, forced to the disk and renamed over
 * it, so that at every moment, also after a power cut, the file is either old or new. Mode and owner stay.
 *
 * @param file Absolute path without symbolic links.
 * @param before Byte string that the file must still hold.
 * @returns Why the file was left as it was; undefined when it was written.
 */
export function replaceFile(file: string, before: string, after: string): string | undefined {
  let folder: number | undefined;
  try {
    folder = openFolder(path.dirname(file));
    if (folder === undefined) return 'not fixed: a folder on its way has become a link';
    return replaceIn(folder, file, before, after);
  } catch (error) {
    return `not fixed: ${reasonOf(error)}`;
  } finally {
    if (folder !== undefined) fs.closeSync(folder);
  }
}

/**
 * A folder, open: what is done by way of it is done in this folder, whatever becomes of its name. Undefined where it does
 * not stand where its path says. @throws Where it can't be opened.
 */
function openFolder(folder: string): number | undefined {
  const handle = fs.openSync(folder, 'r');
  const opened = openedPath(handle);
  if (opened === undefined || opened === folder) return handle;
  fs.closeSync(handle);
  return undefined;
}

function replaceIn(folder: number, named: string, before: string, after: string): string | undefined {
  const open = openedPath(folder) === undefined ? path.dirname(named) : `/proc/self/fd/${folder}`;
  const file = `${open}/${path.basename(named)}`;
  const beside = `${open}/.${path.basename(named)}.overlint-${crypto.randomUUID()}`;
  try {
    const status = fs.lstatSync(file);
    if (!status.isFile()) return 'not fixed: it is no longer a regular file';
    // A rename asks for rights on the folder alone; a file that may not be written is not to be replaced, either.
    fs.closeSync(fs.openSync(file, fs.constants.O_WRONLY | fs.constants.O_NOFOLLOW));
    writeForced(beside, after, status);
    if (fs.readFileSync(file, 'latin1') !== before) {
      fs.rmSync(beside);
      return 'not fixed: it changed since it was read';
    }
    fs.renameSync(beside, file);
    force(folder);
    return undefined;
  } catch (error) {
    fs.rmSync(beside, { force: true });
    return `not fixed: ${reasonOf(error)}`;
  }
}

function writeForced(file: string, text: string, like: fs.Stats): void {
  const handle = fs.openSync(file, 'wx', 0o600);
  try {
    fs.writeFileSync(handle, text, 'latin1');
    keepOwner(handle, like);
    fs.fchmodSync(handle, like.mode & 0o7777);
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}

/** Only root may give files away; for others the new file is theirs, as with every editor. */
function keepOwner(handle: number, like: fs.Stats): void {
  const { uid, gid } = fs.fstatSync(handle);
  if (uid === like.uid && gid === like.gid) return;
  try {
    fs.fchownSync(handle, like.uid, like.gid);
  } catch {
    // The text is what matters; a foreign group that can't be kept is no reason to leave the file unfixed.
  }
}

/** Forces the renaming itself to the disk. */
function force(folder: number): void {
  try {
    fs.fsyncSync(folder);
  } catch {
    // Some file systems can't; the file is whole all the same.
  }
}
