/** Completions in shells that have to be installed: fish says itself what it offers, and zsh is typed into. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, writeFiles } from '../testing/disk-tree';

const DEMO = path.resolve(import.meta.dirname, '../../../demo');

let scripts: Record<string, string>;
beforeAll(async () => {
  scripts = {};
  for (const shell of ['bash', 'zsh', 'fish'])
    scripts[shell] = (await runOverlint(['completion', shell], { folder: '/' })).out;
});

function run(program: string, ...args: string[]): string {
  const { stdout, stderr, error } = spawnSync(program, args, { cwd: DEMO, encoding: 'utf8', timeout: 60_000 });
  expect([error, stderr]).toEqual([undefined, '']);
  return stdout;
}

it.each([
  ['overlint ch', ['check']],
  ['overlint check --form', ['--format']],
  ['overlint check --format g', ['gcc', 'github']],
  ['overlint check --format=s', ['--format=sarif']],
  ['overlint check --fix mm/memr', ['mm/memremap.c']],
  ['overlint check --kernel m', ['mm/']],
  ['overlint explain raw-pg', ['raw-pgmap']],
  ['overlint explain raw-pgmap ', []],
  ['overlint diff mm Make', ['Makefile']],
  ['overlint diff mm Makefile Make', []],
  ['overlint hook ', ['install', 'print']],
])('fish: %s| offers %j', (line, expected) => {
  const folder = emptyFolder();
  writeFiles(folder, { 'overlint.fish': scripts.fish });
  const out = run('fish', '--no-config', '-c', `source ${folder}/overlint.fish; complete -C '${line}'`);
  const offered = out.split('\n').map((each) => each.split('\t')[0]);
  expect(offered.filter(Boolean)).toEqual(expected);
});

it.each([
  ['check --form\\tgith\\tmm/memr\\t--kernel dri\\t', '<check --format=github mm/memremap.c --kernel drivers>'],
  ['exp\\traw-pg\\t', '<explain raw-pgmap>'],
  ['hook ins\\t', '<hook install>'],
])('zsh: overlint %s runs %s', (typed, expected) => {
  const folder = emptyFolder();
  writeFiles(folder, {
    'overlint.zsh': scripts.zsh,
    'type.zsh': `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "PS1=''; autoload -Uz compinit; compinit -u -D; source ${folder}/overlint.zsh; bindkey '^I' complete-word"
zpty -w shell 'overlint() { print -r "<$*>" }; print -n rea""dy'
zpty -r shell out '*ready*'
zpty -w -n shell $'overlint ${typed}\\n'
zpty -r shell out '*\\<*\\>*'
print -r -- "$out"
zpty -d shell
`,
  });
  expect(run('zsh', '-f', `${folder}/type.zsh`)).toContain(expected);
});

it('bash: shellcheck has nothing to say', () => {
  const folder = emptyFolder();
  writeFiles(folder, { 'overlint.bash': scripts.bash });
  expect(run('shellcheck', '-s', 'bash', `${folder}/overlint.bash`)).toBe('');
});
