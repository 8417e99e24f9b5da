/** Whole runs over small trees: worker threads, crashes, and fixes in rounds. */
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTree } from '../project/tree';
import { bundle } from '../testing/bundle';
import { kernelOnDisk } from '../testing/disk-tree';
import { createWordLinter } from '../testing/word-linter';
import type { CreateLinter } from './lint-job';
import { type RunReport, run } from './run';
import type { Execution, FixMode } from './run-request';
import { PoolBroken } from './worker-pool';

let bundles: string;
beforeAll(async () => {
  bundles = await bundle({ worker: 'testing/word-worker.ts' });
});
afterAll(() => fs.rmSync(bundles, { recursive: true }));

interface Wanted {
  readonly files: Record<string, string>;
  readonly execution?: Execution;
  readonly fix?: FixMode;
  readonly unsafeFixes?: boolean;
}

async function runOver({ files, execution = { create: createWordLinter }, fix = 'no', unsafeFixes = false }: Wanted) {
  const kernel = kernelOnDisk(files);
  const tree = findTree({ folder: kernel, paths: [] }).tree!;
  const report = await run({ tree, paths: [], options: { ahead: false }, fix, unsafeFixes, cache: true, execution });
  return { kernel, report, read: (name: string) => fs.readFileSync(path.join(kernel, name), 'latin1') };
}

function threads(jobs: number): Execution {
  const limits = { taskMilliseconds: 4000, heapMegabytes: 64 };
  return { script: path.join(bundles, 'worker.js'), jobs, limits };
}

/** Findings and problems as lines, the tree's place left out. */
function lines({ findings, problems }: RunReport, kernel: string): string[] {
  return [
    ...findings.map(({ path, start, message }) => `${path}:${start}: ${message}`),
    ...problems.map(({ path, message }) => `${path}: ${message}`),
  ].map((line) => line.replace(`${kernel}/`, ''));
}

describe('worker threads', () => {
  it('give the same, however many there are', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 700 }, (_, index) => [
        `mm/${index % 7}/${index}.c`,
        `${index % 3 === 0 ? '#include "shared.h"\n' : ''}int ${index % 2 === 0 ? 'old_name' : 'fine'};\n`,
      ]),
    );
    files['include/shared.h'] = 'int odd_name;\n';
    const reports: unknown[] = [];
    for (const execution of [{ create: createWordLinter }, threads(1), threads(2), threads(5)]) {
      const { report, kernel } = await runOver({ files, execution });
      expect(report.findings).toHaveLength(351);
      reports.push(JSON.parse(JSON.stringify(report).replaceAll(kernel, '/k')));
    }
    for (const report of reports) expect(report).toEqual(reports[0]);
  });

  it('cost their file a message when they fail, and nothing else', async () => {
    const files = {
      'mm/a.c': 'int old_name;\n',
      'mm/b.c': 'int ends_here;\n',
      'mm/c.c': 'int hangs_here;\n',
      'mm/d.c': 'int eats_memory;\n',
      'mm/e.c': 'int throws_here;\n',
      'mm/f.c': 'int old_name;\n',
    };
    const { report, kernel } = await runOver({ files, execution: threads(2) });
    const failed = (reason: string): string =>
      `was not checked, because the checker failed on it (${reason}). Please report this`;
    expect(lines(report, kernel)).toEqual([
      'mm/a.c:4: do not write old_name',
      'mm/f.c:4: do not write old_name',
      `mm/b.c: ${failed('the worker ended')}`,
      `mm/c.c: ${failed('no answer in 4 s')}`,
      `mm/d.c: ${failed('Worker terminated due to reaching memory limit: JS heap out of memory')}`,
      `mm/e.c: ${failed('a mistake in a rule')}`,
    ]);
  });

  it('say so when they can’t start at all', async () => {
    const execution = { script: path.join(bundles, 'missing.js'), jobs: 2 };
    await expect(runOver({ files: {}, execution })).rejects.toThrow(PoolBroken);
  });
});

describe('fixes', () => {
  const files = {
    'mm/a.c': 'int old_name, nested_name;\r\n/* \xe4 */ int risky_name = old_name;\r\n',
    'mm/b.c': '#include "shared.h"\nint fine;\nint odd_name;\n',
    'include/shared.h': 'int old_name;\n',
  };

  it.each([
    ['this thread', () => ({ create: createWordLinter })],
    ['worker threads', () => threads(2)],
  ])('are applied in rounds until none is left, by %s', async (_what, execution) => {
    const { report, read, kernel } = await runOver({ files, fix: 'write', execution: execution() });
    expect(read('mm/a.c')).toBe('int new_name, new_name;\r\n/* \xe4 */ int risky_name = new_name;\r\n');
    expect(read('include/shared.h')).toBe('int new_name;\n');
    expect(report.fixed).toBe(5);
    expect(lines(report, kernel)).toEqual(['mm/a.c:37: do not write risky_name', 'mm/b.c:34: do not write odd_name']);
  });

  it('that are not proven are applied only when asked', async () => {
    const { read } = await runOver({ files, fix: 'write', unsafeFixes: true });
    expect(read('mm/a.c')).toContain('int new_name = new_name;');
  });

  it('can be shown without a byte being written; the findings are then those on disk', async () => {
    const { report, read } = await runOver({ files, fix: 'show' });
    expect(read('mm/a.c')).toBe(files['mm/a.c']);
    expect(report.changes.map(({ after }) => after)).toEqual([
      'int new_name;\n',
      'int new_name, new_name;\r\n/* \xe4 */ int risky_name = new_name;\r\n',
    ]);
    expect(report.findings).toHaveLength(6);
  });

  it('that undo each other come to an end', async () => {
    const { report, kernel } = await runOver({ files: { 'mm/a.c': 'never_settles;\n' }, fix: 'write' });
    expect(lines(report, kernel)).toEqual([
      'mm/a.c:0: do not write never_settles',
      'mm/a.c: still has something to fix after 10 rounds; run again, and please report this',
    ]);
  });

  it('refuse a file that changed since it was checked, and go on with the others', async () => {
    let saved = false;
    const create: CreateLinter = (project, options, setup) => {
      const linter = createWordLinter(project, options, setup);
      return {
        ...linter,
        lint: (document) => {
          const result = linter.lint(document);
          // Somebody saves the file in an editor just now.
          if (document.path.endsWith('b.c') && !saved) fs.appendFileSync(document.path, '\n');
          saved ||= document.path.endsWith('b.c');
          return result;
        },
      };
    };
    const both = { 'mm/a.c': 'int old_name;', 'mm/b.c': 'int old_name;' };
    const { report, read, kernel } = await runOver({ files: both, fix: 'write', execution: { create } });
    expect([read('mm/a.c'), read('mm/b.c')]).toEqual(['int new_name;', 'int old_name;\n']);
    expect(lines(report, kernel)).toEqual([
      'mm/b.c:4: do not write old_name',
      'mm/b.c: not fixed: it changed since it was checked',
    ]);
  });
});
