/** `overlint check --watch`: checks again whenever something changed that the findings rest on. */
import path from 'node:path';
import { nearestSettingsFile } from '../project/settings';
import { findTree } from '../project/tree';
import { NoWatch, TreeWatch } from '../project/tree-watch';
import { type CheckFlags, check } from './check';
import { type CommandContext, UsageError } from './command-context';
import { withoutControls } from './printable';

/** Clears the screen and what was scrolled off it (ECMA-48, 8.3.21 and 8.3.39). */
const CLEAR = '\x1b[H\x1b[2J\x1b[3J';

/**
 * Checks until the process is ended. What earlier rounds found of files that see nothing of a change is taken from the
 * cache.
 *
 * @throws UsageError where the first round can't begin; what goes wrong later is said, and waits for the next change.
 */
export async function watchCheck(paths: readonly string[], flags: CheckFlags, context: CommandContext): Promise<never> {
  const { folder, out, err } = context;
  const found = nearestSettingsFile(folder);
  const { kernel, build, arch, config } = { ...found?.settings, ...flags };
  const { tree, errors } = findTree({ folder, paths, kernel, build, arch, config });
  if (!tree) throw new UsageError(errors.join('\n'));
  const watch = watchOver(tree.roots, [folder, ...(found ? [path.dirname(found.path)] : [])]);
  try {
    for (let round = 0; ; round++) {
      if (out.isTerminal) out.write(CLEAR);
      try {
        await check(paths, flags, context);
      } catch (error) {
        if (!(error instanceof UsageError) || round === 0) throw error;
        err.write(`overlint: ${withoutControls(error.message)}\n`);
      }
      err.write(`Watching ${watch.folders.toLocaleString('en')} folders; Ctrl-C ends it.\n`);
      await watch.next();
    }
  } finally {
    watch.close();
  }
}

function watchOver(roots: readonly string[], alone: readonly string[]): TreeWatch {
  try {
    return new TreeWatch(roots, alone);
  } catch (error) {
    throw error instanceof NoWatch ? new UsageError(error.message) : error;
  }
}
