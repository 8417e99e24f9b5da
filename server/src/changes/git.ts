/** Asks git for what a repository holds: reading only, and without running anything that the repository configures. */
import { spawnSync } from 'node:child_process';

/** What git said in place of an answer, ready to stand behind a colon. */
export class GitProblem extends Error {}

const MOST_BYTES = 2 ** 31 - 1;

/** Settings by which a repository could have programs run. */
const HARMLESS = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.allow=never'];

/**
 * Nothing is fetched, not even where the repository allows a protocol by name (`protocol.ext.allow`) and git is too old to
 * know the first of these.
 */
const NO_FETCH = { GIT_NO_LAZY_FETCH: '1', GIT_ALLOW_PROTOCOL: '', GIT_TERMINAL_PROMPT: '0' };

/** How long git may take, in seconds: where a pipe stands for one of its files, it waits for ever. */
const SECONDS: Readonly<Record<string, number>> = { 'rev-parse': 10, config: 10, 'cat-file': 120 };
const SECONDS_OTHERWISE = 15;

/** @throws GitProblem where git is missing, refuses or does not end. */
export function git(folder: string, args: readonly string[], input = ''): Buffer {
  const seconds = SECONDS[args[0]] ?? SECONDS_OTHERWISE;
  const { error, status, stdout, stderr } = spawnSync('git', [...HARMLESS, '-C', folder, ...args], {
    input,
    maxBuffer: MOST_BYTES,
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
    env: { ...process.env, ...NO_FETCH, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' },
  });
  if ((error as NodeJS.ErrnoException | undefined)?.code === 'ETIMEDOUT')
    throw new GitProblem(`git did not answer within ${seconds} seconds`);
  if (error) throw new GitProblem(`git can't be run: ${error.message}`);
  if (status !== 0)
    throw new GitProblem(
      stderr
        .toString('utf8')
        .trim()
        .replace(/^fatal: /, '') || `git ended with ${status}`,
    );
  return stdout;
}

/** A file in a revision. */
export interface Entry {
  /** From the folder that was asked about. */
  readonly path: string;
  readonly object: string;
}

/** The commit that a revision names. @throws GitProblem where it names none. */
export function commitOf(folder: string, revision: string): string {
  const named = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  return git(folder, named).toString('latin1').trim();
}

/** The regular files below a folder in a commit. */
export function filesIn(folder: string, commit: string): Entry[] {
  const listed = git(folder, ['ls-tree', '-r', '-z', commit]).toString('latin1');
  return listed.split('\0').flatMap((line) => {
    const match = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line);
    return match ? [{ object: match[1], path: match[2] }] : [];
  });
}

/** The contents of objects, as byte strings, in order. @throws GitProblem where one is missing. */
export function contentsOf(folder: string, objects: readonly string[]): string[] {
  if (objects.length === 0) return [];
  const all = git(folder, ['cat-file', '--batch'], `${objects.join('\n')}\n`);
  let at = 0;
  return objects.map((object) => {
    const end = all.indexOf(10, at);
    const size = Number(/^\w+ blob (\d+)$/.exec(all.toString('latin1', at, end))?.[1] ?? Number.NaN);
    if (Number.isNaN(size)) throw new GitProblem(`object ${object} is not there`);
    at = end + 1 + size + 1;
    return all.toString('latin1', end + 1, end + 1 + size);
  });
}
