/** The asserts over layouts that a real kernel writes: all that can be evaluated hold, and a moved member breaks its own. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { target } from '../layout/target';
import { shippedFacts } from '../packs/facts';
import { PreprocessedTree } from '../preprocessor/tree';
import { KERNEL_BUILD, KERNEL_SOURCE } from '../testing/kernel';
import { assertsOf } from './asserts';
import { contextOf } from './context';

/** The kernel as it is, but for the texts given. */
function treeWith(texts: ReadonlyMap<string, string> = new Map()): PreprocessedTree {
  const isFile = (name: string): boolean => fs.statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
  const read = (name: string): string | undefined =>
    texts.get(name) ?? (isFile(name) ? fs.readFileSync(name, 'latin1') : undefined);
  const exists = (name: string): boolean => texts.has(name) || isFile(name);
  return new PreprocessedTree({
    kernel: KERNEL_SOURCE,
    build: KERNEL_BUILD,
    arch: 'x86',
    target: 'x86_64',
    reader: { read, exists },
  });
}

interface Written {
  readonly text: string;
  readonly verdict: string;
}

function assertsIn(tree: PreprocessedTree, file: string): Written[] {
  const { globals } = contextOf(tree, target('x86_64', 'gcc'), file);
  return assertsOf(globals, file, shippedFacts.buildBugs).map(({ place, verdict }) => ({
    text: (tree.textOf(place.path) ?? '').slice(place.start, place.end).replace(/\s+/g, ' '),
    verdict: typeof verdict === 'string' ? verdict : 'unknown',
  }));
}

const MM_TYPES = `${KERNEL_SOURCE}/include/linux/mm_types.h`;

/** mm_types.h with an edit that must apply. */
function edited(from: RegExp | string, to: string): PreprocessedTree {
  const text = fs.readFileSync(MM_TYPES, 'latin1');
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return treeWith(new Map([[MM_TYPES, changed]]));
}

describe('asserts over layouts', () => {
  it('all hold under include/ and mm/, as far as they can be evaluated', () => {
    const tree = treeWith();
    const all = ['include', 'mm'].flatMap((folder) =>
      fs
        .readdirSync(path.join(KERNEL_SOURCE, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.[ch]$/.test(name))
        .map((name) => path.join(KERNEL_SOURCE, folder, name))
        .filter((name) => /static_assert|BUILD_BUG_ON|_MATCH\(/.test(fs.readFileSync(name, 'latin1')))
        .flatMap((name) => assertsIn(tree, name)),
    );
    const count = (verdict: string): number => all.filter((assert) => assert.verdict === verdict).length;
    console.log(`${count('holds')} hold, ${count('fails')} fail, ${count('unknown')} can't be evaluated`);
    expect(all.filter(({ verdict }) => verdict === 'fails')).toEqual([]);
    expect(count('holds')).toBeGreaterThan(70);
  });

  it('break where a member of struct folio moves, exactly those that name what moved', () => {
    const tree = edited(
      /(struct folio \{[\s\S]*?)(\t\t\tstruct address_space \*mapping;\n)(\t\t\tpgoff_t index;\n)/,
      '$1$3$2',
    );
    const failing = assertsIn(tree, MM_TYPES).filter(({ verdict }) => verdict === 'fails');
    expect(failing.map(({ text }) => text)).toEqual(['FOLIO_MATCH(mapping, mapping)', 'FOLIO_MATCH(index, index)']);
  });

  it('hold with an owner_ops laid over lru, its own assert included', () => {
    const tree = edited(
      /(struct folio \{[\s\S]*?struct list_head lru;\n)([\s\S]*?)(FOLIO_MATCH\(compound_head, lru\);\n)/,
      '$1\t\t\t\tconst struct folio_owner_ops *owner_ops;\n$2$3FOLIO_MATCH(compound_head, owner_ops);\n',
    );
    const all = assertsIn(tree, MM_TYPES);
    expect(all.filter(({ verdict }) => verdict !== 'holds')).toEqual([]);
    expect(all).toContainEqual({ text: 'FOLIO_MATCH(compound_head, owner_ops)', verdict: 'holds' });
  });
});
