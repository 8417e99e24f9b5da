/** Names on stderr what could not be read or worked on. */
import type { Problem } from '../files/problem';
import { relativeTo } from '../project/listing';
import type { Tree } from '../project/tree';
import type { CommandContext } from './command-context';
import { withoutControls } from './printable';

/** Names the problems of a command; says whether there are any. */
export function sayProblems(problems: readonly Problem[], tree: Tree, { err }: CommandContext): boolean {
  for (const { path, message } of problems) {
    const name = path === tree.kernel ? path : relativeTo(tree, path);
    err.write(`overlint: ${withoutControls(name)}: ${withoutControls(message)}\n`);
  }
  return problems.length > 0;
}
