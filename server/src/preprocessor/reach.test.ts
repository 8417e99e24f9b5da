/** What a file may include, found without walking it. */
import { describe, expect, it } from 'vitest';
import type { CompileFlags } from '../kbuild/flags';
import { PreprocessedTree } from './tree';

const FILES: Readonly<Record<string, string>> = {
  '/k/include/linux/kconfig.h': '#define KCONFIG\n',
  '/k/include/linux/a.h': '\xef\xbb\xbf#ifdef NEVER\n# include <linux/b.h> // far\n#endif\n#include MADE_BY_A_MACRO\n',
  '/k/include/linux/b.h': '\xef\xbb\xbf#include "c.h"\n#include <linux/a.h>\nint in_b;\n',
  '/k/include/linux/c.h': 'int in_c; #include <linux/d.h>\n',
  '/k/include/linux/d.h': 'int in_d;\n',
  '/k/drivers/x/Makefile': 'ccflags-y += -I $(src)/inc\n',
  '/k/drivers/x/inc/own.h': 'int in_own;\n',
};

function treeOf(files: Readonly<Record<string, string>>, compile?: CompileFlags): PreprocessedTree {
  const reader = { read: (path: string) => files[path], exists: (path: string) => path in files };
  return new PreprocessedTree({ kernel: '/k', build: '/k', arch: 'x86', target: 'x86_64', reader, compile });
}

describe('what a file may include', () => {
  const text = '#include <linux/a.h>\n#include "own.h"\nint here;\n';
  const mentions = (name: string): boolean => treeOf(FILES).mayMention(name, '/k/drivers/x/x.c', text);

  it.each(['here', 'in_b', 'in_c', 'in_own', 'KCONFIG'])('holds %s', (name) => {
    expect(mentions(name)).toBe(true);
  });

  it.each(['in_d', 'nowhere'])('does not hold %s', (name) => {
    expect(mentions(name)).toBe(false);
  });

  it('holds what the file alone is compiled with', () => {
    const files = { ...FILES, '/m/forced.h': 'int in_forced;\n', '/m/include/mine.h': 'int in_mine;\n' };
    const set = { macros: [], folders: ['/m/include'], forced: ['/m/forced.h'] };
    const tree = treeOf(files, { sets: [set], of: { '/m/x.c': 0 } });
    const source = '#include "mine.h"\n';
    for (const name of ['in_forced', 'in_mine']) {
      expect(tree.mayMention(name, '/m/x.c', source)).toBe(true);
      expect(tree.mayMention(name, '/m/y.c', source)).toBe(false);
    }
  });

  it('is looked at anew when a Makefile changes', () => {
    const files = { ...FILES };
    const tree = treeOf(files);
    expect(tree.mayMention('in_own', '/k/drivers/x/x.c', text)).toBe(true);
    files['/k/drivers/x/Makefile'] = '';
    tree.forget('/k/drivers/x/Makefile');
    expect(tree.mayMention('in_own', '/k/drivers/x/x.c', text)).toBe(false);
  });

  it('is looked at anew when a header changes', () => {
    const files = { ...FILES };
    const tree = treeOf(files);
    expect(tree.mayMention('late', '/k/drivers/x/x.c', text)).toBe(false);
    files['/k/include/linux/c.h'] = 'int late;\n';
    tree.forget('/k/include/linux/c.h');
    expect(tree.mayMention('late', '/k/drivers/x/x.c', text)).toBe(true);
  });
});
