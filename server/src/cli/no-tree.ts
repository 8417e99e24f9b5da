/** What a command says where no kernel tree was found: a mistyped name is blamed first. */
import path from 'node:path';
import { realPath } from '../files/disk';
import { UsageError } from './command-context';

/**
 * @param errors Why there is no tree, as `findTree` says it.
 * @param paths What the user named.
 */
export function noTree(errors: readonly string[], paths: readonly string[], folder: string): UsageError {
  const missing = paths.map((name) => path.resolve(folder, name)).find((file) => realPath(file) === undefined);
  return new UsageError(missing === undefined ? errors.join('\n') : `${missing} does not exist.`);
}
