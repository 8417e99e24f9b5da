/** The truth about linux-source-6.12: of all that is spelt `pgmap` there, which accesses are to struct page. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, WORKER } from '../testing/bundle';
import { runOverlint } from '../testing/command';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { lineStarts } from '../text/text';

const truth = fs.readFileSync(path.join(import.meta.dirname, '../testing/data/pgmap-6.12.tsv'), 'utf8');

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: string;
}

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ ...WORKER });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

async function check(jobs: number, ...flags: string[]) {
  const kernel = ['--kernel', KERNEL_SOURCE, '--build', KERNEL_BUILD, '--format', 'json'];
  const execution = { script: path.join(bundles, 'worker.js'), jobs };
  return runOverlint(['check', ...kernel, ...flags], { folder: '/', execution });
}

/** `FILE: TEXT` of each finding, the text being what the finding covers, without spaces. Lines shift, these do not. */
function covered(findings: readonly Place[]): string[] {
  return findings.map(({ file, line, column, endLine, endColumn }) => {
    const text = fs.readFileSync(path.join(KERNEL_SOURCE, file), 'latin1');
    const starts = lineStarts(text);
    const code = text.slice(starts[line - 1] + column - 1, starts[endLine - 1] + endColumn - 1);
    return `${file}: ${code.replace(/\s/g, '')}`;
  });
}

/** The accesses that were read by hand, as `covered` gives them; `base->pgmap`, or `.pgmap` where the base is no pointer. */
function accesses(verdict: 'true' | 'decoy'): string[] {
  const rows = truth.trim().split('\n').slice(1);
  return rows
    .map((row) => row.split('\t'))
    .filter(([, , , said]) => said === verdict)
    .map(([file, , , , type, base]) => `${file}: ${base}${type.includes('by value') ? '.' : '->'}pgmap`);
}

describe('linux-source-6.12', () => {
  it('has exactly the 23 true accesses under --newer-kernels, and none of the 51 decoys', async () => {
    const { out, err } = await check(2, '--newer-kernels', '--rule', 'raw-pgmap');
    expect(err).toBe('');
    const found = covered(JSON.parse(out).findings).sort();
    expect(found).toEqual(accesses('true').sort());
    expect(found).toHaveLength(23);
    const decoys = accesses('decoy');
    expect(decoys).toHaveLength(51);
    expect(found.filter((access) => decoys.includes(access))).toEqual([]);
  });

  it('has no accessor, and so nothing is found without --newer-kernels', async () => {
    const { out, code } = await check(2, '--rule', 'raw-pgmap');
    expect(JSON.parse(out).findings).toEqual([]);
    expect(code).toBe(0);
  });

  it('gives the same bytes whatever the number of jobs', async () => {
    const one = await check(1, '--newer-kernels', '--rule', 'raw-pgmap');
    for (const jobs of [2, 3]) expect((await check(jobs, '--newer-kernels', '--rule', 'raw-pgmap')).out).toBe(one.out);
  });
});
