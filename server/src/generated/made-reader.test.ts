/** What is on disk wins over made headers; what is not is made. */
import { expect, it } from 'vitest';
import { parseConfig } from '../preprocessor/config';
import { type MadeReader, readerWithHeaders } from './made-reader';

const FILES: Readonly<Record<string, string>> = {
  '/kernel/Makefile': 'VERSION = 6\nPATCHLEVEL = 1\n',
  '/kernel/kernel/bounds.c':
    'enum crew { ROWER, SAILOR, CREW };\nint main(void) { asm volatile("->" "CREW_SIZE" " %0 " "" : : "i" (CREW)); }\n',
  '/build/include/generated/autoconf.h': '#define CONFIG_OLD 1\n',
};

function reader(remade?: (path: string) => boolean): MadeReader {
  return readerWithHeaders({
    ...{ kernel: '/kernel', build: '/build', arch: 'x86', target: 'x86_64', remade },
    config: parseConfig('CONFIG_NEW=y\n'),
    reader: { read: (path) => FILES[path], exists: (path) => path in FILES },
    list: (folder) => (folder === '/kernel/kernel' ? ['bounds.c'] : []),
  });
}

it('reads what is on disk, and makes what is not', () => {
  const both = reader();
  expect(both.read('/build/include/generated/autoconf.h')).toBe('#define CONFIG_OLD 1\n');
  expect(both.exists('/build/include/generated/utsrelease.h')).toBe(true);
  expect(both.read('/build/include/generated/utsrelease.h')).toBe('#define UTS_RELEASE "6.1"\n');
  expect(both.exists('/kernel/include/generated/utsrelease.h')).toBe(false);
  expect(both.exists('/build/include/generated/utsversion.h')).toBe(false);
});

it('makes what exists for another configuration', () => {
  const both = reader((path) => path === 'include/generated/autoconf.h');
  expect(both.read('/build/include/generated/autoconf.h')).toBe('#define CONFIG_NEW 1\n');
});

it('evaluates constants by reading through itself', () => {
  expect(reader().read('/build/include/generated/bounds.h')).toContain('#define CREW_SIZE 2\n');
});
