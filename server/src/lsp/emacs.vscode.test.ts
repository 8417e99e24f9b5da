/** The server in Emacs, with the configurations of docs/editors.md: what is found, said, offered and fixed. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-emacs-'));
  fs.cpSync(path.join(root, 'demo'), path.join(folder, 'demo'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'bin'));
  command('overlint', `exec node '${root}/dist/cli.js' "$@"`);
});

afterEach(() => fs.rmSync(folder, { recursive: true, maxRetries: 5 }));

function command(name: string, script: string): void {
  fs.writeFileSync(path.join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** The configuration that docs/editors.md has for one of Emacs' two clients. */
function configurationFor(client: string): string {
  const page = fs.readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
  const found = [...page.matchAll(/```elisp\n([\s\S]*?)```/g)].map((match) => match[1]);
  return found.find((text) => text.includes(`'${client}`))!;
}

/** What Emacs' client sees of the demo's mm/memory.c, and what else it says to its user. */
async function emacs(client: 'eglot' | 'lsp-mode') {
  fs.writeFileSync(path.join(folder, 'init.el'), configurationFor(client));
  // Nobody is there to say which folder is meant, and Emacs' own check of C wants a makefile for it.
  const quiet = `(progn (setq lsp-auto-guess-root t lsp-restart 'ignore)
    (add-hook 'c-mode-hook (lambda () (remove-hook 'flymake-diagnostic-functions 'flymake-cc t))))`;
  const flags = ['-q', '--batch', '--eval', '(package-activate-all)', '--eval', quiet, '-l', `${folder}/init.el`];
  const { stdout, stderr } = await promisify(execFile)('emacs', [...flags, '-l', 'tools/vscode/emacs.el'], {
    cwd: root,
    env: {
      ...process.env,
      HOME: folder,
      PATH: `${folder}/bin:${process.env.PATH}`,
      FILE: path.join(folder, 'demo/mm/memory.c'),
      CLIENT: client,
    },
    timeout: 100_000,
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const seen = lines.map((line) => JSON.parse(line) as { what: string; value: unknown });
  return { values: (what: string) => seen.filter((one) => one.what === what).map(({ value }) => value), stderr };
}

function fixed(): string {
  const before = fs.readFileSync(path.join(root, 'demo/mm/memory.c'), 'utf8');
  return before.replace('vmf->page->pgmap->', 'page_pgmap(vmf->page)->');
}

describe('in Emacs', () => {
  it('with eglot, raw accesses are shown, explained and fixed', async () => {
    const { values } = await emacs('eglot');
    expect(values('failed')).toEqual([]);
    expect(values('server')).toEqual([['overlint']]);
    expect(values('diagnostic')).toMatchObject([
      { line: 8, type: 'eglot-error', text: expect.stringMatching(/raw-pgmap.*shares its word with compound_head/) },
      { line: 14, type: 'eglot-error' },
    ]);
    expect(values('hover')[0]).toContain('▒ pgmap ▒');
    expect(values('actions')).toEqual([
      ['Use page_pgmap()', 'Fix all 2 of raw-pgmap in this file', 'Allow raw-pgmap here, with a reason'],
    ]);
    expect(values('passed')).toEqual([true]);
    expect(fs.readFileSync(path.join(folder, 'demo/mm/memory.c'), 'utf8')).toBe(fixed());
  });

  it('with lsp-mode, the same beside clangd, and nothing comes that it does not know', async () => {
    command('clangd', 'exec clangd-19 "$@"');
    const { values, stderr } = await emacs('lsp-mode');
    expect(values('failed')).toEqual([]);
    expect((values('server')[0] as string[]).sort()).toEqual(['clangd', 'overlint']);
    expect(values('diagnostic')).toMatchObject([
      { line: 8, type: 1, text: expect.stringMatching(/shares its word with compound_head/) },
      { line: 14, type: 1 },
    ]);
    expect(values('hover')[0]).toContain('▒ pgmap ▒');
    expect(values('actions')).toEqual([
      ['Use page_pgmap()', 'Fix all 2 of raw-pgmap in this file', 'Allow raw-pgmap here, with a reason'],
    ]);
    expect(values('passed')).toEqual([true]);
    expect(fs.readFileSync(path.join(folder, 'demo/mm/memory.c'), 'utf8')).toBe(fixed());
    expect(stderr).not.toMatch(/Unknown notification|Unknown request/);
  });
});
