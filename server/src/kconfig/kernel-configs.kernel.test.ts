/** Configurations of a real kernel are, line by line, those that its own build makes with the toolchain of the profile. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { askedTargets, KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { fuzzKconfig } from '../testing/random-kconfig.fuzz';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SCRATCH = fs.mkdtempSync('/tmp/overlint-kconfig-');
afterAll(() => fs.rmSync(SCRATCH, { recursive: true, force: true }));

/** ARCH, the prefix of the tools, and configurations of its own beside those that all have. */
const TARGETS = [
  ['x86_64', '', []],
  ['i386', 'i686-linux-gnu-', []],
  ['arm64', 'aarch64-linux-gnu-', []],
  ['arm', 'arm-linux-gnueabi-', ['multi_v7_defconfig']],
  ['riscv', 'riscv64-linux-gnu-', []],
  ['s390', 's390x-linux-gnu-', []],
  ['m68k', 'm68k-linux-gnu-', ['multi_defconfig']],
] as const;

const COMPILER = 'gcc-12';

/** What the kernel's build makes; tools beside the C toolchain count as absent, as they do in the profiles. */
function made(arch: string, prefix: string, target: string, config?: string): string {
  const folder = path.join(SCRATCH, arch);
  fs.mkdirSync(folder, { recursive: true });
  const file = path.join(folder, '.config');
  fs.rmSync(file, { force: true });
  if (config !== undefined) fs.copyFileSync(config, file);
  const given = [
    `O=${folder}`,
    `ARCH=${arch}`,
    `CROSS_COMPILE=${prefix}`,
    'PAHOLE=absent',
    'RUSTC=absent',
    'PYTHON3=absent',
  ];
  const { stderr, status } = spawnSync('make', ['-s', '-C', KERNEL_SOURCE, ...given, target], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return fs.readFileSync(file, 'latin1');
}

function ours(arch: string, name: string): string {
  const args = ['config', name, '--kernel', KERNEL_SOURCE, '--arch', arch, '--compiler', COMPILER];
  const { stdout, status, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...args], {
    ...{ encoding: 'latin1', maxBuffer: 1 << 26 },
  });
  expect(status, stderr).toBe(0);
  return stdout;
}

/** Lines of one that the other does not have at the same place. */
function differences(left: string, right: string): string[] {
  const [one, other] = [left.split('\n'), right.split('\n')];
  return one.flatMap((line, index) => (line === other[index] ? [] : [`${index}: ${line} | ${other[index]}`]));
}

describe.each(askedTargets(TARGETS))('%s', (arch, prefix, more) => {
  it.each(['defconfig', 'allmodconfig', 'allnoconfig', 'tinyconfig', 'allyesconfig', ...more])('%s', (target) => {
    const theirs = made(arch, prefix, target);
    const own = ours(arch, target);
    expect(differences(theirs, own)).toEqual([]);
    expect(own).toHaveLength(theirs.length);
  });
});

it("completes Debian's own configuration", () => {
  const config = path.join(KERNEL_BUILD, '.config');
  expect(differences(made('x86_64', '', 'olddefconfig', config), ours('x86_64', config))).toEqual([]);
});

it('lays fragments over a configuration', () => {
  made('x86_64', '', 'defconfig');
  const base = path.join(SCRATCH, 'base.config');
  fs.copyFileSync(path.join(SCRATCH, 'x86_64/.config'), base);
  const theirs = made('x86_64', '', 'kvm_guest.config', base);
  expect(differences(theirs, ours('x86_64', 'defconfig,kvm_guest.config'))).toEqual([]);
});

it('does not hang (the bar: a second)', () => {
  const times = Array.from({ length: 3 }, () => {
    const start = performance.now();
    ours('x86_64', 'defconfig');
    return performance.now() - start;
  });
  expect(Math.min(...times)).toBeLessThan(10_000);
});

it("agrees with the kernel's own conf on random files", () => {
  made('x86_64', '', 'allnoconfig');
  const differing: string[] = [];
  const conf = path.join(SCRATCH, 'x86_64/scripts/kconfig/conf');
  const seed = Date.now() % 1_000_000;
  const say = (line: string): unknown => differing.push(line);
  fuzzKconfig({ conf, count: 300, seed, isNewer: false, say });
  expect(differing).toEqual([]);
});

it("passes the language's own test suite", () => {
  const folder = path.join(SCRATCH, 'suite');
  const prepared = spawnSync(process.execPath, [path.join(ROOT, 'tools/kconfig-conf.mjs'), folder]);
  expect(prepared.status).toBe(0);
  const tests = path.join(KERNEL_SOURCE, 'scripts/kconfig/tests');
  const args = ['-B', '-m', 'pytest', '-p', 'no:cacheprovider', tests];
  const { stdout, stderr } = spawnSync('python3', args, { cwd: folder, encoding: 'utf8' });
  expect(stdout + stderr).toMatch(/^=+ 16 passed in /m);
});
