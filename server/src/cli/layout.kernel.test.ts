/** Layouts from the command line on Debian's headers: equal to pahole's, and soon there. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundle, COMMAND_LINE, WORKER } from '../testing/bundle';
import { KERNEL_BUILD, KERNEL_HEADERS } from '../testing/kernel';

let bundles: string;
let cache: string;
beforeAll(async () => {
  bundles = await bundle({ ...COMMAND_LINE, ...WORKER });
  cache = path.join(bundles, 'cache');
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

/**
 * Runs the built command line in a process of its own. The seconds are what it takes on `cores` idle cores: by the clock,
 * or, where others keep the machine busy, by the processor time that it had.
 */
function overlint(cores: number, ...args: string[]) {
  const began = performance.now();
  const tree = ['--kernel', KERNEL_HEADERS, '--build', KERNEL_BUILD];
  const timed = ['-c', 'TIMEFORMAT="%U %S"; time "$0" "$@"', process.execPath, path.join(bundles, 'cli.js')];
  const { status, stdout, stderr } = spawnSync('bash', [...timed, ...args, ...tree], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, XDG_CACHE_HOME: cache },
  });
  const [said, user, system] = /^([\s\S]*?)([\d.]+) ([\d.]+)\n$/.exec(stderr)!.slice(1);
  const seconds = Math.min((performance.now() - began) / 1000, (Number(user) + Number(system)) / cores);
  return { status, stdout, stderr: said, seconds };
}

/** The members of a record in a listing as pahole prints it: name, offset (of a bit-field with its bit), and size. */
function listing(text: string): { size: string | undefined; members: string[] } {
  const member =
    /(\w+)(?:\[[^\]]*\])*(?::\d+)?(?:\)\([^;]*\))?(?: __attribute__\(\(.*\)\))?;\s+\/\*\s+(\d+(?::\s*\d+)?)\s+(\d+)\s+\*\/$/gm;
  return {
    size: /\/\* size: (\d+),/.exec(text)?.[1],
    members: [...text.matchAll(member)].map(([, name, at, size]) => `${name} ${at.replace(/\s/g, '')} ${size}`),
  };
}

const hasPahole = spawnSync('pahole', ['--version']).status === 0;

describe.skipIf(!hasPahole)('pahole, reading the same BTF, says the same of', () => {
  it.each(['page', 'folio', 'net_iov', 'callback_head', 'sk_buff', 'inode', 'mm_struct', 'task_struct', 'kvm_vcpu'])(
    'struct %s',
    (name) => {
      const { stdout, status } = overlint(1, 'layout', `struct ${name}`);
      expect(status).toBe(0);
      const theirs = spawnSync('pahole', ['-C', name, path.join(KERNEL_BUILD, 'vmlinux')], { encoding: 'utf8' });
      expect(listing(stdout)).toEqual(listing(theirs.stdout));
      expect(listing(stdout).members.length).toBeGreaterThan(1);
    },
  );
});

describe('time', () => {
  // Cold is without anything that an earlier run has kept.
  beforeEach(() => fs.rmSync(cache, { recursive: true, force: true }));

  it('of layout page folio is told (the bar: 2 s cold, 0.3 s warm)', () => {
    const cold = overlint(1, 'layout', 'page', 'folio');
    const warm = Math.min(...[1, 2, 3, 4, 5].map(() => overlint(1, 'layout', 'page', 'folio').seconds));
    console.log(`layout page folio: ${cold.seconds.toFixed(2)} s cold, ${warm.toFixed(2)} s warm`);
    expect(cold.status).toBe(0);
  });

  it('of layout --all is told (the bar: 15 s cold, 3 s warm); memory stays under 1.5 GB', () => {
    const cold = overlint(2, 'layout', '--all', '--format', 'json', '--stats');
    const warm = overlint(2, 'layout', '--all', '--format', 'json', '--stats');
    console.log(`cold ${cold.seconds.toFixed(1)} s: ${cold.stderr}warm ${warm.seconds.toFixed(1)} s: ${warm.stderr}`);
    expect(warm.stdout).toBe(cold.stdout);
    const [, records, megabytes] = /^(\d+) records: .* at most (\d+) MB\n/.exec(cold.stderr)!;
    expect(Number(records)).toBeGreaterThan(18_000);
    expect(Number(megabytes)).toBeLessThan(1500);
  });
});
