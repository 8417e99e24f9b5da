/**
 * Damaged input of each kind ends in a sentence, never in a stack trace. OVERLINT_MUTATIONS says how many of each are tried
 * (500 for the bar of docs/trust.md); few are in every run.
 */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, writeFiles } from '../testing/disk-tree';
import { applied, randomEdit } from '../testing/random-edits';
import { RandomNumbers } from '../testing/random-numbers';
import { createLinter } from '../workers/lint-job';

const COUNT = Number(process.env.OVERLINT_MUTATIONS ?? 12);

const TREE: Readonly<Record<string, string>> = {
  Makefile:
    'VERSION = 6\nPATCHLEVEL = 14\nSUBLEVEL = 0\nEXTRAVERSION =\nccflags-y += -DX=1\nifdef CONFIG_A\nobj-y += one.o\nendif\n',
  Kconfig:
    'mainmenu "m"\nsource "arch/$(SRCARCH)/Kconfig"\nconfig A\n\tbool "a" if B\n\tdefault y\n\tselect B\nconfig B\n\tint "b"\n\trange 1 5\n',
  'arch/x86/Kconfig': 'config X86\n\tdef_bool y\nconfig 64BIT\n\tdef_bool y\n',
  'arch/x86/include/asm/types.h': '',
  'scripts/kconfig/lexer.l': '',
  '.config': '# Linux/x86 6.14.0 Kernel Configuration\nCONFIG_64BIT=y\nCONFIG_X86=y\nCONFIG_X86_64=y\nCONFIG_B=3\n',
  'include/generated/autoconf.h': '#define CONFIG_64BIT 1\n#define CONFIG_X86_64 1\n',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
  'include/linux/compiler_types.h': '',
  'include/linux/page.h':
    'struct page {\n\tunsigned long flags; /* Bit 0 is set by its owner */\n\tunion { int a:3; long b; } __attribute__((aligned(8)));\n\tint c[sizeof(long) * 2 ?: 1];\n};\n#pragma pack(push, 1)\nenum e { X = 1 << 3 };\n_Static_assert(sizeof(struct page) > 8, "s");\n',
  'mm/one.c':
    '#include <linux/page.h>\nint f(struct page *page)\n{\n\tswitch (page->flags) { case 1 ... 3: return page->a; }\n\treturn page->flags;\n}\n',
  'mm/Makefile': 'obj-$(CONFIG_A) += one.o two/\nCFLAGS_one.o := -I$(srctree)/x $(call cc-option,-Wx)\n',
  'overlint.json':
    '{"levels":{"raw-pgmap":"warning"},"overrides":[{"files":["mm/**"],"levels":{"raw-pgmap":"off"}}],"arch":"x86_64"}\n',
  '.overlint/own.yaml':
    'pack: own\nencoded:\n  - rule: encoded-pointer\n    record: page\n    header: include/linux/page.h\n    member: flags\n    bits: [0]\n    accessors: { read: page_flags }\n    because: it is so\n',
  'compile_commands.json':
    '[{"directory":"/x","file":"mm/one.c","command":"gcc -DA=1 -I inc -include x.h -c mm/one.c"},{"directory":"/x","file":"b.c","arguments":["gcc","-c","b.c"]}]\n',
  'the.patch':
    '--- a/mm/one.c\n+++ b/mm/one.c\n@@ -1,3 +1,4 @@\n #include <linux/page.h>\n+int g;\n int f(struct page *page)\n {\n',
  'base.json': '{"version":1,"findings":{"mm/one.c":[{"rule":"raw-pgmap","count":1,"fingerprint":"x"}]}}\n',
  'log.sarif':
    '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"o","rules":[{"id":"r"}]}},"results":[{"ruleId":"r","message":{"text":"m"},"locations":[{"physicalLocation":{"artifactLocation":{"uri":"a.c"},"region":{"startLine":1}}}]}]}]}\n',
};

/** Which commands read it. */
const KINDS: readonly (readonly [file: string, ...commands: string[]])[] = [
  ['overlint.json', 'check'],
  ['.overlint/own.yaml', 'check', 'test-pack .overlint/own.yaml'],
  ['.config', 'check', 'config .config'],
  ['Kconfig', 'config defconfig', 'layout page --config allyesconfig'],
  ['Makefile', 'check', 'layout page'],
  ['mm/Makefile', 'check mm/one.c'],
  ['compile_commands.json', 'check'],
  [
    'include/linux/page.h',
    'check --all-rules',
    'layout page',
    'layout --all',
    'claims page',
    'uses page.flags',
    'rules --derived',
  ],
  ['mm/one.c', 'check --all-rules', 'dump mm/one.c --after=flow'],
  ['the.patch', 'check --patch the.patch'],
  ['base.json', 'check --baseline base.json'],
  ['log.sarif', 'merge-sarif log.sarif log.sarif'],
];

it.each(KINDS)('%s, damaged', { timeout: 600_000 }, async (name, ...commands) => {
  const random = new RandomNumbers(17);
  const folder = emptyFolder();
  writeFiles(folder, TREE);
  for (let turn = 0; turn < COUNT; turn++) {
    let text = TREE[name];
    for (let edit = 1 + random.below(8); edit > 0; edit--) text = applied(text, randomEdit(text, random));
    fs.writeFileSync(path.join(folder, name), text);
    for (const command of commands) {
      const words = [...command.split(' '), ...(/^(check|layout|uses)/.test(command) ? ['--no-cache'] : [])];
      const { code, err } = await runOverlint(words, { folder, execution: { create: createLinter } });
      expect([code, err.split('\n').filter((line) => /^ {4}at /.test(line))], `${command}\n${text}\n${err}`).toEqual([
        expect.toSatisfy((given) => [0, 1, 2].includes(given)),
        [],
      ]);
    }
  }
});
