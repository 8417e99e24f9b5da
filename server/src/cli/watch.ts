/** `overlint check --watch`: checks again whenever something changed that the findings rest on. */
import path from 'node:path';
import { type NamingRoots, relativeTo } from '../project/listing';
import { nearestSettingsFile } from '../project/settings';
import { findTree } from '../project/tree';
import { NoWatch, TreeWatch } from '../project/tree-watch';
import { type CheckFlags, check } from './check';
import { type CommandContext, UsageError } from './command-context';
import { noTree } from './no-tree';
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
  if (!tree) throw noTree(errors, paths, folder);
  const watch = watchOver(tree.roots, [folder, ...(found ? [path.dirname(found.path)] : [])]);
  let changes = '';
  try {
    for (let round = 0; ; round++) {
      if (out.isTerminal) out.write(CLEAR);
      try {
        await check(paths, flags, context);
      } catch (error) {
        if (!(error instanceof UsageError) || round === 0) throw error;
        err.write(`overlint: ${withoutControls(error.message)}\n`);
      }
      err.write(`[${timeOfDay()}] ${changes}Watching ${watch.folders.toLocaleString('en')} folders; Ctrl-C ends it.\n`);
      changes = said(await watch.next(), tree);
    }
  } finally {
    watch.close();
  }
}

/** As the clock on the wall has it, `14:05:12`. */
function timeOfDay(): string {
  return new Date().toTimeString().slice(0, 8);
}

/** So many files are named; a branch may change thousands. */
const MOST_NAMED = 3;

function said(changed: readonly string[], roots: NamingRoots): string {
  const named = changed.slice(0, MOST_NAMED).map((file) => relativeTo(roots, file));
  const rest = changed.length - named.length;
  return `${withoutControls(named.join(', '))}${rest > 0 ? ` and ${rest} more` : ''} changed. `;
}

function watchOver(roots: readonly string[], alone: readonly string[]): TreeWatch {
  try {
    return new TreeWatch(roots, alone);
  } catch (error) {
    throw error instanceof NoWatch ? new UsageError(error.message) : error;
  }
}
