/** File URIs of the protocol to the inner rooms' paths and back. */
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { realPath } from '../files/disk';

/**
 * The absolute path with `/` as separator and symbolic links resolved, as the workspace names files; undefined for
 * what is no file (`untitled:`, `git:`, nonsense).
 */
export function pathOf(uri: string): string | undefined {
  if (typeof uri !== 'string' || !/^file:/i.test(uri)) return undefined;
  try {
    return resolved(fileURLToPath(uri)).replaceAll('\\', '/');
  } catch {
    // A host on a system without hosts in paths, or an escape such as %2F or %zz: no path of this machine.
    return undefined;
  }
}

/** Whether a URI means a file whose name is not UTF-8, which can't be opened. */
export function isUnreadableName(uri: string): boolean {
  if (typeof uri !== 'string' || !/^file:/i.test(uri)) return false;
  try {
    decodeURIComponent(uri);
    return false;
  } catch {
    return true;
  }
}

export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}

/** A file that is not on disk yet still stands in a folder whose links can be resolved. */
function resolved(file: string): string {
  const real = realPath(file);
  if (real !== undefined) return real;
  const folder = realPath(path.dirname(file));
  return folder === undefined ? file : path.join(folder, path.basename(file));
}
