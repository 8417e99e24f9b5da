/** Which C a tree's own Makefile says that it is written in. */
import { expect, it } from 'vitest';
import { dialectOf } from './dialect';

const GCC = { name: 'gcc', major: 12 } as const;

it('is read from the flags for all files', () => {
  const flags = 'KBUILD_CFLAGS += -Wall -fshort-wchar\nKBUILD_CFLAGS\t+= -fms-extensions\n';
  expect(dialectOf(flags, GCC)).toEqual({ hasMsExtensions: true, wideBytes: 2, hasBitInt: false });
});

it('is plain where a flag is in a comment, is part of another one, or where there is no Makefile', () => {
  const plain = { hasMsExtensions: false, wideBytes: 4, hasBitInt: false };
  expect(dialectOf('# KBUILD_CFLAGS += -fshort-wchar\nX = -fms-extensions-no -fno-short-wchar\n', GCC)).toEqual(plain);
  expect(dialectOf(undefined, GCC)).toEqual(plain);
});

it('has _BitInt from the version on that brought it', () => {
  expect(dialectOf(undefined, { name: 'gcc', major: 14 }).hasBitInt).toBe(true);
  expect(dialectOf(undefined, { name: 'clang', major: 14 }).hasBitInt).toBe(false);
  expect(dialectOf(undefined, { name: 'clang', major: 19 }).hasBitInt).toBe(true);
});
