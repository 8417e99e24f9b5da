/** The ready-made headers are C: a compiler takes every choice of their parts. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseFixture, TREE } from './fixture';

const FILES = ['.config', 'Makefile', 'include/generated/autoconf.h'];
const HEADERS = ['compiler_types', 'kconfig', 'list', 'memremap', 'mm', 'mm_types', 'mmzone', 'types'];

describe('the ready-made headers', () => {
  it.each([
    '+page +folio',
    '+page +folio -page_pgmap',
    '+page +folio +owner_ops',
    '+page +folio +owner_ops +pgmap_moved',
  ])('compile with %s', (parts) => {
    const { reader } = parseFixture(`//- /include/linux/mm.h ${parts}\nstruct page *page_of(struct folio *folio);\n`);
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-headers-'));
    for (const name of [...FILES, ...HEADERS.map((header) => `include/linux/${header}.h`), 'main.c']) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), reader.read(`${TREE}/${name}`)!, 'latin1');
    }
    const flags = ['-nostdinc', '-Iinclude', '-include', 'linux/kconfig.h', '-include', 'linux/compiler_types.h'];
    const clang = spawnSync('clang-19', ['-fsyntax-only', '-Werror', '-std=gnu11', ...flags, 'main.c'], {
      cwd: folder,
      encoding: 'utf8',
    });
    fs.rmSync(folder, { recursive: true });
    expect(clang.stderr).toBe('');
    expect(clang.status).toBe(0);
  });
});
