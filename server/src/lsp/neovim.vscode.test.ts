/** The server in Neovim: what is found, fixed one by one and all at once, and written. */
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../../..');
let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-neovim-'));
  fs.cpSync(path.join(root, 'demo'), path.join(folder, 'demo'), { recursive: true });
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

interface Seen {
  readonly what: string;
  readonly value: unknown;
}

/** Runs a headless Neovim with this configuration, and gives the lines of JSON that it prints. */
async function neovim(configuration: string, commands: string[], env: NodeJS.ProcessEnv): Promise<Seen[]> {
  const flags = ['--headless', '-u', configuration, '-i', 'NONE', '-n', ...commands];
  const { stdout } = await promisify(execFile)('nvim', flags, {
    cwd: root,
    env: { ...process.env, HOME: folder, ...env },
    timeout: 60_000,
  });
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Seen);
}

describe('in Neovim', () => {
  it('a raw page->pgmap is shown, explained and fixed, and the written file is right', async () => {
    const file = path.join(folder, 'demo/mm/memory.c');
    const before = fs.readFileSync(file, 'utf8');
    const seen = await neovim('NONE', ['-c', 'luafile tools/vscode/neovim.lua'], {
      FILE: file,
      SERVER: path.join(root, 'dist/server.js'),
    });
    const values = (what: string) => seen.filter((one) => one.what === what).map((one) => one.value);
    expect(values('failed')).toEqual([]);
    expect(values('diagnostic')).toMatchObject([
      { line: 8, code: 'raw-pgmap', severity: 'ERROR', message: expect.stringMatching(/shares its word with/) },
      { line: 14, code: 'raw-pgmap', severity: 'ERROR' },
    ]);
    const [hover] = values('hover') as string[];
    expect(hover).toMatch(/^```overlint-layout\nstruct page +64 bytes/m);
    expect(hover).toMatch(/▒ pgmap ▒/);
    expect(hover).toMatch(/… \d+ more views/);
    expect(hover).toMatch(/^- bit 0: `compound_head` sets it, "Bit zero is set"/m);
    expect(values('action')).toEqual([
      'Use page_pgmap()',
      'Fix all 2 of raw-pgmap in this file',
      'Allow raw-pgmap here, with a reason',
    ]);
    expect(values('passed')).toEqual([true]);
    expect(fs.readFileSync(file, 'utf8')).toBe(
      before
        .replace('vmf->page->pgmap->', 'page_pgmap(vmf->page)->')
        .replace('&& page->pgmap->', '&& page_pgmap(page)->'),
    );
  });

  it('the configuration in docs/editors.md works as it stands', async () => {
    const page = fs.readFileSync(path.join(root, 'docs/editors.md'), 'utf8');
    const configuration = /For 0\.7 [^\n]*\n\n```lua\n([\s\S]*?)```/.exec(page)?.[1];
    const report = `
      vim.cmd('edit ' .. os.getenv('FILE'))
      vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 10)
      io.stdout:write(vim.json.encode({ what = 'found', value = #vim.diagnostic.get(0) }) .. '\\n')
      vim.cmd('qall!')`;
    fs.writeFileSync(path.join(folder, 'init.lua'), configuration!);
    fs.writeFileSync(path.join(folder, 'report.lua'), report);
    fs.writeFileSync(path.join(folder, 'overlint'), `#!/bin/sh\nexec node '${root}/dist/cli.js' "$@"\n`, {
      mode: 0o755,
    });
    const seen = await neovim(path.join(folder, 'init.lua'), ['-c', `luafile ${folder}/report.lua`], {
      FILE: path.join(folder, 'demo/mm/memory.c'),
      PATH: `${folder}:${process.env.PATH}`,
    });
    expect(seen).toEqual([{ what: 'found', value: 2 }]);
  });
});
