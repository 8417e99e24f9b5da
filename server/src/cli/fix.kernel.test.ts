/** Proves the fix on a real kernel: the files still compile, nothing else changed, and a second run is silent. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kernelFlags } from '../../../tools/bench/kernel-flags.mjs';
import { type PgmapAccess, pgmapTruth } from '../../../tools/bench/truth.mjs';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { copyKernel, PGMAP_MOVED } from '../testing/kernel-copy';

const CLI = path.resolve(import.meta.dirname, '../../../dist/cli.js');
const tree = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-fix-'));
const original = new Map<string, string>();
let truth: PgmapAccess[];
let firstRun: { status: number | null; stdout: string; stderr: string };

function check(...flags: string[]) {
  const args = [CLI, 'check', '--rule', 'raw-pgmap', '--kernel', tree, '--build', KERNEL_BUILD, '--no-cache', ...flags];
  return spawnSync(process.execPath, [...args, tree], { cwd: tree, encoding: 'utf8', maxBuffer: 1 << 26 });
}

const read = (file: string): string => fs.readFileSync(path.join(tree, file), 'latin1');

/** A file's text with each access rewritten where it stands, as a person would who changes nothing else. */
function rewritten(text: string, accesses: readonly PgmapAccess[]): string {
  const lines = text.split('\n');
  // From the right, so that the columns of those further left stay true.
  for (const { line, column, base, embedded } of [...accesses].sort((a, b) => b.column - a.column)) {
    const code = lines[line - 1];
    const accessEnd = column - 1 + 'pgmap'.length;
    const start = code.slice(0, column - 1).lastIndexOf(base);
    const isWrite = /^\s*=[^=]/.test(code.slice(accessEnd));
    const folio = base.replace(/->page$/, '');
    const access = embedded ? `${folio}->pgmap` : isWrite ? `page_folio(${base})->pgmap` : `page_pgmap(${base})`;
    lines[line - 1] = code.slice(0, start) + access + code.slice(accessEnd);
  }
  return lines.join('\n');
}

beforeAll(() => {
  const listed = pgmapTruth(KERNEL_SOURCE);
  const folders = new Set(
    listed.map((row) => path.dirname(row.file)).filter((folder) => !folder.startsWith('include')),
  );
  copyKernel(tree, [...folders].sort(), PGMAP_MOVED);
  truth = pgmapTruth(tree).filter((row) => row.real);
  for (const row of listed) original.set(row.file, read(row.file));
  firstRun = check('--fix');
});

afterAll(() => fs.rmSync(tree, { recursive: true, force: true }));

describe('check --fix on a kernel whose struct page lost the member', () => {
  it('ends well', () => {
    expect(firstRun.stderr).toBe('');
    expect(firstRun.status).toBe(0);
  });

  it('rewrites each access where it stands, moves no call and touches nothing else', () => {
    for (const [file, before] of original) {
      const accesses = truth.filter((row) => row.file === file);
      expect(read(file), file).toBe(rewritten(before, accesses));
    }
  });

  it('leaves files that compile with the kernel’s flags', () => {
    const touched = [...original.keys()].filter((file) => read(file) !== original.get(file));
    expect(touched).toEqual([...new Set(truth.map((row) => row.file))].sort());
    for (const file of touched) {
      const flags = kernelFlags(tree, KERNEL_BUILD, file);
      const clang = spawnSync('clang-19', ['-fsyntax-only', ...flags, path.join(tree, file)], { encoding: 'utf8' });
      expect(clang.stderr, file).toBe('');
      expect(clang.status, file).toBe(0);
    }
  });

  it('finds nothing the second time', () => {
    const again = check('--format', 'json');
    expect(JSON.parse(again.stdout).findings).toEqual([]);
    expect(again.status).toBe(0);
  });
});
