/** Says in plain words why the system refused a path, so that messages read alike wherever a file fails. */

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  ELOOP: 'symbolic links run in a circle',
  ENAMETOOLONG: 'the name is too long',
  EISDIR: 'is a folder',
  EROFS: 'the file system is read-only',
  EFBIG: 'the system allows no file so large',
  ENOSPC: 'no space left on the disk',
  EDQUOT: 'the disk quota is used up',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files in the system',
  EIO: 'the disk gave an input/output error',
  ESTALE: 'the network file system lost it',
};

/** The reason of a system error in plain words, ready to stand behind `PATH: `. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown };
  if (typeof code === 'string' && REASONS[code]) return REASONS[code];
  return typeof message === 'string' ? message : String(error);
}
