/** What the demo kernel is there to show: every raw access to a page's map is found, and every decoy is left alone. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { Linter } from '../linter';
import { lineColumn, lineStarts, type SourceReader } from '../syntax/text';

const demo = path.resolve(import.meta.dirname, '../../../demo');
const reader: SourceReader = {
  read: (name) => (fs.existsSync(name) && fs.statSync(name).isFile() ? fs.readFileSync(name, 'latin1') : undefined),
  exists: (name) => fs.existsSync(name) && fs.statSync(name).isFile(),
};

it('holds ten raw accesses, in a macro, behind a call, written, on one line with a decoy', () => {
  const linter = new Linter(
    { kernel: demo, build: demo, arch: 'x86', reader },
    { ahead: false, rules: new Set(['raw-pgmap']) },
  );
  const files = fs.readdirSync(demo, { recursive: true, encoding: 'utf8' }).filter((name) => /\.[ch]$/.test(name));
  const found = files.sort().flatMap((name) => {
    const text = fs.readFileSync(path.join(demo, name), 'latin1');
    return linter.lint({ path: path.join(demo, name), text }).findings.map((finding) => {
      expect(finding.path).toBe(path.join(demo, name));
      return `${name}:${lineColumn(lineStarts(text), finding.start).line}: ${text.slice(finding.start, finding.end)}`;
    });
  });
  expect(found).toEqual([
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
