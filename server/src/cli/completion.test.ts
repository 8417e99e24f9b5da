/** Completion scripts know all commands and flags that there are, and work in a bash without anything beside. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, writeFiles } from '../testing/disk-tree';
import { SHELLS } from './choices';

async function script(shell: string): Promise<string> {
  const { out, err, code } = await runOverlint(['completion', shell], { folder: '/' });
  expect([err, code]).toEqual(['', 0]);
  return out;
}

/** What bash offers for a line whose words it split as readline does, at `=`, too. */
async function offered(line: string): Promise<string[]> {
  const folder = emptyFolder();
  writeFiles(folder, { 'mm/gup.c': '', 'mm/a b.c': '', Makefile: '', 'overlint.bash': await script('bash') });
  const words = line.split(/ |(=)/).filter((word) => word !== undefined);
  const run = `source overlint.bash; COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _overlint; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const args = ['--noprofile', '--norc', '-uc', `COMP_WORDS=("$@"); ${run}`, 'bash', ...words];
  const { stdout, stderr } = spawnSync('bash', args, { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.split('\n').filter(Boolean).sort();
}

describe('in bash', () => {
  it.each<[string, string[]]>([
    ['overlint ch', ['check']],
    ['overlint check --form', ['--format']],
    ['overlint check --format g', ['gcc', 'github']],
    ['overlint check --format=s', ['sarif']],
    ['overlint check --format=', ['checkpatch', 'gcc', 'github', 'json', 'sarif', 'text']],
    ['overlint check --format gcc --fail-on ', ['error', 'info', 'warning']],
    ['overlint check --color=never m', ['mm']],
    ['overlint check mm/g', ['mm/gup.c']],
    ['overlint check --fix mm/a', ['mm/a b.c']],
    ['overlint check --kernel ', ['mm']],
    ['overlint check --jobs ', []],
    ['overlint explain raw-pg', ['raw-pgmap']],
    ['overlint explain raw-pgmap ', []],
    ['overlint check --rule raw-pg', ['raw-pgmap']],
    ['overlint hook ', ['install', 'print']],
    ['overlint diff mm M', ['Makefile']],
    ['overlint diff mm Makefile M', []],
    ['overlint layout --format ', ['html', 'json', 'svg', 'text']],
    ['overlint nothing --', []],
  ])('%s| offers %j', async (line, expected) => {
    expect(await offered(line)).toEqual(expected);
  });
});

/** All that help shows is offered, whoever added it and whenever. */
describe.each(SHELLS)('in %s', (shell) => {
  it('every command and flag is known', async () => {
    const text = await script(shell);
    const help = async (...args: string[]) => (await runOverlint([...args, '--help'], { folder: '/' })).out;
    const commands = [...(await help()).matchAll(/^ {2}([a-z][a-z-]+) {2,}\[?|^ {2}([a-z][a-z-]+) [[<]/gm)]
      .map(([, plain, taking]) => plain ?? taking)
      .filter((name) => name !== 'help' && name !== 'overlint');
    expect(commands).toContain('merge-sarif');
    for (const command of commands) {
      expect(text).toContain(command);
      for (const [, flag] of (await help(command)).matchAll(/^ {2}(?:-\w, )?--([a-z-]+)/gm))
        expect(text).toMatch(new RegExp(`(--|-l )${flag}\\b`));
    }
  });
});

it('refuses another shell', async () => {
  const { err, code } = await runOverlint(['completion', 'tcsh'], { folder: '/' });
  expect([err, code]).toEqual([expect.stringContaining('Allowed choices are bash, zsh, fish.'), 2]);
});
