/** What the demo kernel is there to show: each mistake in it is found, and every decoy is left alone. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Linter } from '../linter';
import { lineColumn, lineStarts, type SourceReader } from '../text/text';

const demo = path.resolve(import.meta.dirname, '../../../demo');
const reader: SourceReader = {
  read: (name) => (fs.existsSync(name) && fs.statSync(name).isFile() ? fs.readFileSync(name, 'latin1') : undefined),
  exists: (name) => fs.existsSync(name) && fs.statSync(name).isFile(),
};

/** Every finding of one rule in the demo, as `FILE:LINE: TEXT`. */
function found(rule: string): string[] {
  const linter = new Linter(
    { kernel: demo, build: demo, arch: 'x86', reader },
    { ahead: false, rules: new Set([rule]) },
  );
  const files = fs.readdirSync(demo, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[ch]$/.test(name));
  return files.sort().flatMap((name) => {
    const text = fs.readFileSync(path.join(demo, name), 'latin1');
    return linter.lint({ path: path.join(demo, name), text }).findings.map((finding) => {
      expect(finding.path).toBe(path.join(demo, name));
      return `${name}:${lineColumn(lineStarts(text), finding.start).line}: ${text.slice(finding.start, finding.end)}`;
    });
  });
}

it('holds ten raw accesses: in a macro, behind a call, written, on one line with a decoy', () => {
  expect(found('raw-pgmap')).toEqual([
    'drivers/dax/bus.c:26: page->pgmap',
    'drivers/gpu/migrate.c:10: (p)->pgmap',
    'drivers/gpu/migrate.c:14: page->pgmap',
    'drivers/gpu/migrate.c:24: sg_page(sg)->pgmap',
    'mm/memory.c:8: vmf->page->pgmap',
    'mm/memory.c:14: page->pgmap',
    'mm/memremap.c:9: page->pgmap',
    'mm/memremap.c:21: folio->page.pgmap',
    'mm/memremap.c:21: folio->page.pgmap',
    'mm/memremap.c:31: page->pgmap',
  ]);
});

it('lets two owners claim bit 1 of one word', () => {
  expect(found('tag-bit-clash')).toEqual(['include/linux/mm_types.h:110: owner_ops']);
});

it('puts a folio on a list while its owner has the word, once, and four times where that is right', () => {
  expect(found('lru-while-owned')).toEqual(['mm/hugepool.c:33: folio->lru']);
});

it('reads owner_ops with its tag, where the accessor would take it off', () => {
  expect(found('owner-ops-unmasked')).toEqual(['mm/hugepool.c:52: folio->owner_ops']);
});

it('hands a record to programs with a hole in it, once', () => {
  expect(found('hole-leak')).toEqual(['drivers/char/meter.c:15: copy_to_user(to, &sample, sizeof(sample))']);
});
