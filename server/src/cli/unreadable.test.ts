/** A file that is there and can't be read is named, in every way in which that may be: silence would look like a clean tree. */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, writeFiles } from '../testing/disk-tree';
import { createLinter } from '../workers/lint-job';

const TREE: Readonly<Record<string, string>> = {
  Makefile: 'VERSION = 6\nPATCHLEVEL = 14\nSUBLEVEL = 0\nEXTRAVERSION =\n',
  '.config': 'CONFIG_64BIT=y\nCONFIG_X86=y\nCONFIG_X86_64=y\n',
  'include/generated/autoconf.h': '#define CONFIG_64BIT 1\n#define CONFIG_X86_64 1\n',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/compiler_types.h': '',
  'include/linux/page.h': 'struct page { unsigned long flags; };\n',
  'arch/x86/include/asm/types.h': '',
  'mm/one.c': '#include <linux/page.h>\nint f(struct page *page) { return page->flags; }\n',
};

/** A socket stays behind where its process is killed. */
const SOCKET = 'require("net").createServer().listen(process.argv[1], () => process.kill(process.pid, "SIGKILL"))';

/** What stands in the place of a file. */
const WAYS: Readonly<Record<string, (file: string) => void>> = {
  'a pipe': (file) => void execFileSync('mkfifo', [file]),
  'a folder': (file) => fs.mkdirSync(file),
  'a link out of the tree': (file) => {
    const outside = path.join(emptyFolder(), 'it');
    fs.writeFileSync(outside, 'CONFIG_64BIT=y\n');
    fs.symlinkSync(outside, file);
  },
  'a socket': (file) => void spawnSync(process.execPath, ['-e', SOCKET, file]),
  'a link that leads nowhere': (file) => fs.symlinkSync('nowhere', file),
  'a file of over 64 MB': (file) => {
    fs.writeFileSync(file, '');
    fs.truncateSync(file, (64 << 20) + 1);
  },
  'a binary file': (file) => fs.writeFileSync(file, 'x\0y\0\n'),
};

/** Which command reads each. */
const FILES: readonly (readonly [file: string, ways: readonly string[], words: readonly string[]])[] = [
  ['include/linux/page.h', Object.keys(WAYS), ['check', '--no-cache', '--rule', 'broken-assert', 'mm/one.c']],
  ['mm/one.c', Object.keys(WAYS).filter((way) => way !== 'a folder'), ['check', '--no-cache', 'mm/one.c']],
  ['overlint.json', Object.keys(WAYS), ['check', '--no-cache']],
  ['.config', Object.keys(WAYS), ['check', '--no-cache']],
  ['compile_commands.json', Object.keys(WAYS), ['check', '--no-cache']],
  ['Kconfig', Object.keys(WAYS), ['check', '--no-cache']],
  ['.overlint/own.yaml', Object.keys(WAYS), ['check', '--no-cache']],
  ['.overlint', Object.keys(WAYS).filter((way) => way !== 'a folder'), ['check', '--no-cache']],
];

describe.each(FILES)('%s', (file, ways, words) => {
  it.each(ways)('is named where it is %s', async (way) => {
    const folder = emptyFolder();
    writeFiles(folder, TREE);
    // What needs no header would not read one.
    if (file.endsWith('page.h'))
      fs.appendFileSync(path.join(folder, 'mm/one.c'), '_Static_assert(sizeof(struct page), "");\n');
    fs.rmSync(path.join(folder, file), { force: true });
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    WAYS[way](path.join(folder, file));
    const { code, err } = await runOverlint(words, { folder, execution: { create: createLinter } });
    expect(err).toContain(path.basename(file));
    // What a check can do without is named by a warning alone.
    if (!/^(?:\.config|compile_commands\.json|Kconfig)$/.test(file)) expect(code).toBe(2);
  });
});
