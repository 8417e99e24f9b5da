/** Holds the house to its plan: the rooms, their one-way imports, the size and the names of files. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  brokenImports,
  circlesInRooms,
  EMPTY_ROOMS,
  ROOMS,
  readSources,
  roomsOnDisk,
  type SourceFile,
  tooLargeRooms,
  tooLong,
  vagueNames,
  withoutOpening,
} from './house';

const root = path.resolve(import.meta.dirname, '../../..');
const everything = readSources(root, ['client', 'server', 'tools']);

describe('the house', () => {
  it('has exactly the rooms of the plan, so that neither a new folder nor a vanished one slips past', () => {
    expect(roomsOnDisk(root)).toEqual(ROOMS.filter((room) => !EMPTY_ROOMS.includes(room)).sort());
  });

  it('imports one way only', () => {
    expect(brokenImports(everything)).toEqual([]);
  });

  it('has no circle of imports inside a room', () => {
    expect(circlesInRooms(everything)).toEqual([]);
  });

  it('has no room that swallows the house', () => {
    expect(tooLargeRooms(everything)).toEqual([]);
  });

  it('keeps files small', () => {
    expect(tooLong(everything)).toEqual([]);
  });

  it('gives files names that say what is inside', () => {
    expect(vagueNames(everything)).toEqual([]);
  });

  it('opens each file with a comment that says what it is for', () => {
    expect(withoutOpening(everything)).toEqual([]);
  });
});

describe('the rules themselves', () => {
  const file = (path: string, ...imports: string[]): SourceFile => ({
    path,
    text: imports.map((name, index) => `import x${index} from '${name}';`).join('\n'),
  });

  it.each([
    ['an inner room reaching down', file('server/src/text/a.ts', '../layout/target')],
    ['the linter reaching for the disk', file('server/src/linter.ts', './files/disk')],
    ['the two edges meeting', file('server/src/cli/a.ts', '../lsp/main')],
    ['the two edges meeting the other way', file('server/src/lsp/a.ts', '../cli/main')],
    ['a product file using a fixture', file('server/src/rules/a.ts', '../testing/check')],
    ['a product file leaning on a test', file('server/src/rules/a.ts', './b.test')],
    ['a parser outside its room', file('server/src/types/a.ts', 'tree-sitter')],
    ['the disk outside the rooms of files', file('server/src/cli/a.ts', 'node:fs')],
    ['the disk by its old name', file('server/src/rules/a.ts', 'fs')],
    ['the disk by promises', file('server/src/lsp/a.ts', 'node:fs/promises')],
    ['the client reading the server', file('client/src/a.ts', '../../server/src/text/text')],
    ['the server reading the client', file('server/src/lsp/a.ts', '../../../client/src/extension')],
  ])('catch %s', (_what, source) => {
    expect(brokenImports([source])).toHaveLength(1);
  });

  it('catch what is imported for its type, re-exported, required or loaded late', () => {
    const text = [
      `import type { A } from '../workers/a';`,
      `export { b } from '../workers/b';`,
      `const c = require('../workers/c');`,
      `const d = import('../workers/d');`,
    ].join('\n');
    expect(brokenImports([{ path: 'server/src/types/a.ts', text }])).toHaveLength(4);
  });

  it('leave the rest alone', () => {
    expect(
      brokenImports([
        file('server/src/layout/a.ts', './b', '../types/model', '../text/text', 'node:path'),
        file('server/src/files/a.ts', 'node:fs', '../linter'),
        file('server/src/rules/a.test.ts', '../testing/check', '../linter', 'node:fs'),
        file('client/src/a.ts', './b', 'vscode'),
      ]),
    ).toEqual([]);
  });

  it('see a circle, also where a type alone is imported, and a room past its share', () => {
    const [a, b] = [file('server/src/types/a.ts', './b'), file('server/src/types/b.ts', './a')];
    expect(circlesInRooms([a, b])).toEqual(['server/src/types/a.ts -> server/src/types/b.ts -> server/src/types/a.ts']);
    expect(circlesInRooms([a, file('server/src/types/b.ts', '../text/text')])).toEqual([]);
    expect(tooLargeRooms([{ path: 'server/src/types/a.ts', text: 'x\n' }])).toEqual(['types: 1 of 1 lines']);
  });

  it('see a file past the limit and a name that says nothing', () => {
    expect(tooLong([{ path: 'server/src/cli/a.ts', text: 'x\n'.repeat(401) }])).toEqual([
      'server/src/cli/a.ts: 401 lines',
    ]);
    expect(
      vagueNames([
        file('server/src/cli/utils.ts'),
        file('server/src/cli/file-helper.ts'),
        file('server/src/cli/cover.ts'),
      ]),
    ).toEqual(['server/src/cli/utils.ts', 'server/src/cli/file-helper.ts']);
  });
});
