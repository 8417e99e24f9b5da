/** The built command line, as a process: what only the real streams, threads and exit codes can show. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundle, COMMAND_LINE, SERVER } from '../testing/bundle';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...SERVER, worker: 'testing/word-worker.ts' });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

function overlint(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(bundles, 'cli.js'), ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

it('checks with worker threads', () => {
  const folder = kernelOnDisk({ 'mm/a.c': 'old_name', 'mm/b.c': 'ends_here' });
  expect(overlint(folder, 'check', '--format', 'gcc', '--jobs', '2')).toEqual({
    status: 2,
    stdout: 'mm/a.c:1:1: error: do not write old_name [word]\nmm/a.c:1:1: note: the file starts here\n',
    stderr:
      'overlint: mm/b.c: was not checked, because the checker failed on it (the worker ended). Please report this\n',
  });
  expect(overlint(folder, 'check', 'mm/a.c').status).toBe(1);
  expect(overlint(folder, 'check', 'include').status).toBe(0);
});

it('loses no build to a file that the checker fails on', () => {
  const folder = kernelOnDisk({ 'mm/a.c': 'old_name', 'mm/b.c': 'ends_here' });
  const ended = 'was not checked, because the checker failed on it (the worker ended). Please report this';
  const kbuild = (...args: string[]) => overlint(folder, 'kbuild', ...args);
  expect(kbuild('mm/b.c')).toEqual({ status: 0, stdout: '', stderr: `overlint: mm/b.c: ${ended}\n` });
  expect(kbuild('--fail-on', 'error', 'mm/b.c').status).toBe(2);
  expect(kbuild('mm/a.c')).toMatchObject({ status: 0, stderr: expect.stringContaining('do not write old_name') });
});

it('says what is wrong with a request', () => {
  const folder = emptyFolder();
  const { status, stdout, stderr } = overlint(folder, 'check');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^overlint: No kernel tree found: neither /);
  expect(overlint(folder, 'check', '--rule', 'nothing').status).toBe(2);
  expect(overlint(folder, 'check', '--help')).toMatchObject({ status: 0, stderr: '' });
  // The runtime complains of settings that it does not know.
  expect(overlint(folder, '--version')).toMatchObject({
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    stderr: '',
  });
});

it('writes all of a long output before it ends, also into a pipe', () => {
  const folder = kernelOnDisk({ 'mm/a.c': 'old_name;\n'.repeat(5000) });
  const { stdout } = overlint(folder, 'check', '--format', 'json');
  expect(JSON.parse(stdout).findings).toHaveLength(5000);
});

it('ends quietly when nobody reads on', async () => {
  const folder = kernelOnDisk({ 'mm/a.c': 'old_name;\n'.repeat(20_000) });
  const child = spawn(process.execPath, [path.join(bundles, 'cli.js'), 'check'], { cwd: folder });
  let err = '';
  child.stderr.on('data', (data) => {
    err += data;
  });
  child.stdout.once('data', () => child.stdout.destroy());
  await new Promise((resolve) => child.on('close', resolve));
  expect(err).toBe('');
});

it('reads nothing but what the tree’s Makefile says, and runs nothing of it', () => {
  const folder = kernelOnDisk({
    Makefile: 'VERSION = 6\nPATCHLEVEL = 12\n$(shell touch ran)\n',
    'mm/a.c': 'old_name',
  });
  expect(overlint(folder, 'check').status).toBe(1);
  expect(fs.existsSync(`${folder}/ran`)).toBe(false);
});

it('starts the language server', async () => {
  const params = { processId: process.pid, rootUri: null, capabilities: {} };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  const child = spawn(process.execPath, [path.join(bundles, 'cli.js'), 'lsp', '--stdio'], { cwd: '/' });
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  const answer = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
  child.kill();
  expect(answer).toMatch(/^Content-Length: /);
});
