/** The layout model beside the BTF of Debian's kernel: the bars that it has to hold, on headers alone and on all sources. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../testing/bundle';
import { KERNEL_BUILD, KERNEL_HEADERS, KERNEL_SOURCE, MODULES } from '../testing/kernel';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

interface Built {
  readonly build?: string;
  readonly modules?: string;
}

function verify(kernel: string, { build = KERNEL_BUILD, modules }: Built = {}) {
  const btf = path.join(KERNEL_BUILD, 'vmlinux');
  const flags = ['--btf', btf, '--kernel', kernel, '--build', build, ...(modules ? ['--modules', modules] : [])];
  const args = [path.join(bundles, 'cli.js'), 'verify', '--format', 'json', ...flags];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 26 });
  expect(stderr).toBe('');
  return { status, ...JSON.parse(stdout) };
}

describe('overlint verify', () => {
  it('finds at least 99.5 % of the headers’ records exact, and none wrong', () => {
    const { status, compared, exact, wrong, records } = verify(KERNEL_HEADERS);
    expect(records.filter(({ verdict }: { verdict: string }) => verdict === 'wrong')).toEqual([]);
    expect([status, wrong]).toEqual([0, 0]);
    expect(compared).toBeGreaterThan(4700);
    expect(exact / compared).toBeGreaterThanOrEqual(0.995);
  });

  it('finds at least 97 % of all sources’ records exact, and none wrong, by a configuration that no build has completed', () => {
    const alone = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-config-'));
    fs.copyFileSync(path.join(KERNEL_BUILD, '.config'), path.join(alone, '.config'));
    const { status, compared, exact, wrong, records } = verify(KERNEL_SOURCE, { build: alone });
    fs.rmSync(alone, { recursive: true });
    expect(records.filter(({ verdict }: { verdict: string }) => verdict === 'wrong')).toEqual([]);
    expect([status, wrong]).toEqual([0, 0]);
    expect(compared).toBeGreaterThan(7600);
    expect(exact / compared).toBeGreaterThanOrEqual(0.97);
  });

  it.skipIf(!fs.existsSync(path.join(MODULES, 'kernel')))('finds all but 60 of the modules’ records exact, too', () => {
    const { exact, unknown, wrong, records } = verify(KERNEL_SOURCE, { modules: MODULES });
    expect(exact).toBeGreaterThanOrEqual(53_400);
    expect(unknown).toBeLessThanOrEqual(60);
    expect(records.filter(({ verdict }: { verdict: string }) => verdict === 'wrong')).toEqual([]);
    expect(wrong).toBe(0);
  });
});
