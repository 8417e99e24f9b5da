/** The pre-commit hook of a git repository: where it stands, and putting it there. */
import fs from 'node:fs';
import path from 'node:path';
import { isLink } from '../files/disk';
import { reasonOf } from '../files/errno';
import { GitProblem, git } from './git';

/** By this line a hook is known as ours. */
const MARK = '# Made by "overlint hook install".';

/** Checks what is to be committed; files that a changed header reaches are left to CI, as they take long. */
export const HOOK = `#!/bin/sh
${MARK} "git commit --no-verify" goes past it.
if ! command -v overlint >/dev/null; then
	echo "overlint is not on the PATH: the commit is not checked." >&2
	exit 0
fi
exec overlint check --staged --changed-files-only
`;

/** Why there is no hook now; a whole sentence. */
export class NoHook extends Error {}

/**
 * Puts the hook into the repository that holds a folder. One of somebody else's is left alone.
 *
 * @returns The hook's path.
 * @throws NoHook where there is no repository, another hook, or no right to write.
 */
export function installHook(folder: string): string {
  const hooks = hooksFolder(folder);
  const file = path.join(hooks, 'pre-commit');
  try {
    if (isLink(hooks))
      throw new NoHook(`${hooks} is a link: a hook is written into the repository's own folder alone.`);
    const there = fs.lstatSync(file, { throwIfNoEntry: false });
    if (there && !(there.isFile() && fs.readFileSync(file, 'latin1').includes(MARK)))
      throw new NoHook(`${file} is there already, and not ours: call what "overlint hook print" prints from it.`);
    fs.mkdirSync(hooks, { recursive: true });
    fs.writeFileSync(file, HOOK, { mode: 0o755 });
    fs.chmodSync(file, 0o755);
    return file;
  } catch (error) {
    throw error instanceof NoHook ? error : new NoHook(`${file}: not written: ${reasonOf(error)}.`);
  }
}

function hooksFolder(folder: string): string {
  try {
    // Our own calls of git run no hooks; what the user configured stands before that.
    const configured = git(folder, ['config', '--get-all', '--null', 'core.hooksPath']).toString('utf8').split('\0');
    const theirs = configured.slice(0, -2).at(-1);
    const top = git(folder, ['rev-parse', '--show-toplevel']).toString('utf8').replace(/\n$/, '');
    if (theirs !== undefined)
      throw new NoHook(
        `core.hooksPath leads to ${path.resolve(top, theirs)}: call what "overlint hook print" prints from its pre-commit.`,
      );
    const own = git(folder, ['rev-parse', '--path-format=absolute', '--git-common-dir']);
    return path.join(own.toString('utf8').replace(/\n$/, ''), 'hooks');
  } catch (error) {
    if (error instanceof GitProblem) throw new NoHook(`${folder}: ${error.message}.`);
    throw error;
  }
}
