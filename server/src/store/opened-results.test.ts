/** What an earlier session or run found in a file is given at once, as long as it is what would be found now. */
import fs from 'node:fs';
import { beforeEach, expect, it } from 'vitest';
import { Disk } from '../files/disk';
import { findTree } from '../project/tree';
import { demoOnDisk, emptyFolder } from '../testing/disk-tree';
import { derivedOf } from '../workers/derive';
import { run } from '../workers/run';
import { RememberingLinter } from './opened-results';

const OPTIONS = { ahead: false, rules: undefined, levels: { levels: {}, overrides: [] } };

let kernel: string;

beforeEach(() => {
  process.env.XDG_CACHE_HOME = emptyFolder();
  kernel = demoOnDisk();
});

/** A session: a linter that knows nothing yet, and a document as it is on disk. */
function session() {
  const tree = findTree({ folder: kernel, paths: [] }).tree!;
  const { roots, version: _version, ...project } = tree;
  const linter = new RememberingLinter(
    { ...project, reader: new Disk(roots), derived: derivedOf(tree, 'words', false) },
    OPTIONS,
    tree,
  );
  const file = `${kernel}/mm/memremap.c`;
  return { linter, document: { path: file, text: fs.readFileSync(file, 'latin1') } };
}

/** A session in which a document is opened, linted and kept; returns what was found. */
function earlier() {
  const { linter, document } = session();
  const result = linter.lint(document);
  linter.remember(document, result);
  expect(result.findings.length).toBeGreaterThan(0);
  return result.findings;
}

it('nothing is known at first', () => {
  const { linter, document } = session();
  expect(linter.recall(document, new Map())).toBeUndefined();
});

it('the next session has it, and finds the same by itself', () => {
  const findings = earlier();
  const { linter, document } = session();
  expect(linter.recall(document, new Map())).toEqual(findings);
  expect(linter.lint(document).findings).toEqual(findings);
});

it('a run over the tree leaves it, too', async () => {
  const { linter, document } = session();
  const tree = findTree({ folder: kernel, paths: [] }).tree!;
  await run({ tree, paths: [], options: OPTIONS, fix: 'no', unsafeFixes: false, cache: true, execution: {} });
  expect(linter.recall(document, new Map())).toEqual(linter.lint(document).findings);
});

it('another text of the document, of a header on disk or of one that is open has none of it', () => {
  earlier();
  const header = `${kernel}/include/linux/mm_types.h`;
  const text = fs.readFileSync(header, 'latin1');
  const { linter, document } = session();
  expect(linter.recall({ ...document, text: `\n${document.text}` }, new Map())).toBeUndefined();
  expect(linter.recall(document, new Map([[header, `\n${text}`]]))).toBeUndefined();
  expect(linter.recall(document, new Map([[header, text]]))).toBeDefined();
  fs.writeFileSync(header, `\n${text}`, 'latin1');
  const later = session();
  expect(later.linter.recall(later.document, new Map())).toBeUndefined();
});

it('what was found under one configuration is not kept for another, though nobody told of the change', () => {
  fs.mkdirSync(`${kernel}/include/generated`, { recursive: true });
  fs.writeFileSync(`${kernel}/include/generated/autoconf.h`, '#define CONFIG_ZONE_DEVICE 1\n');
  const { linter, document } = session();
  fs.appendFileSync(`${kernel}/.config`, 'CONFIG_GCC_VERSION=130200\n');
  linter.remember(document, linter.lint(document));
  const later = session();
  expect(later.linter.recall(later.document, new Map())).toBeUndefined();
});
