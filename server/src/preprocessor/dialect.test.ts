/** Which C a tree's own Makefile says that it is written in. */
import { expect, it } from 'vitest';
import { dialectOf } from './dialect';

it('is read from the flags for all files', () => {
  const flags = 'KBUILD_CFLAGS += -Wall -fshort-wchar\nKBUILD_CFLAGS\t+= -fms-extensions\n';
  expect(dialectOf(flags)).toEqual({ hasMsExtensions: true, wideBytes: 2 });
});

it('is plain where a flag is in a comment, is part of another one, or where there is no Makefile', () => {
  const plain = { hasMsExtensions: false, wideBytes: 4 };
  expect(dialectOf('# KBUILD_CFLAGS += -fshort-wchar\nX = -fms-extensions-no -fno-short-wchar\n')).toEqual(plain);
  expect(dialectOf(undefined)).toEqual(plain);
});
