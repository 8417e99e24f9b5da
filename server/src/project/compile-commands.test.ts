/** Command lines as Kbuild writes them, and compile_commands.json as the kernel's script does. */
import { describe, expect, it } from 'vitest';
import { Disk } from '../files/disk';
import { readCommandLine } from '../kbuild/command-line';
import { PreprocessedTree } from '../preprocessor/tree';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';
import { findTree } from './tree';

describe('a command line', () => {
  const read = (line: string) => readCommandLine(line.split(' '), '/src/out');

  it('says what is beyond the flags of every file', () => {
    const line =
      '-D__linux__ -Wbitwise --arch=x86 -m64 -Wp,-MMD,x.d -nostdinc -I../arch/x86/include -I./arch/x86/include/generated ' +
      '-I../include -I./include -include ../include/linux/kconfig.h -include ../include/linux/compiler_types.h ' +
      '-D__KERNEL__ -O2 -I ../drivers/box -DBOX=2 -UOLD -D EMPTY= -include own.h -DKBUILD_MODNAME="box" -c -o x.o ../mm/x.c';
    expect(read(line)).toEqual({
      flags: {
        macros: ['__linux__', 'BOX=2', '!OLD', 'EMPTY='],
        folders: ['/src/drivers/box'],
        forced: ['/src/out/own.h'],
      },
      file: '/src/mm/x.c',
      kernel: '/src',
      arch: 'x86',
    });
  });

  it.each(['', '-I', '-D', '-o x.c', '--', '-include'])('of "%s" is no trouble', (line) => {
    expect(read(line)).toMatchObject({ file: undefined, kernel: undefined });
  });
});

describe('compile_commands.json', () => {
  /** A tree with such a database. */
  function treeWith(database: string) {
    const folder = kernelOnDisk({
      'mm/a.c': '#ifdef WANTED\n#include "own.h"\n#endif\n',
      'odd/own.h': 'int own;\n',
      'compile_commands.json': database,
    });
    const { tree, warnings } = findTree({ folder, paths: [] });
    return { tree: tree!, warnings, folder };
  }

  it('gives single files their own flags, and shares those that are alike', () => {
    const command = 'gcc -I./include -DWANTED -D\'NAME="a b"\' -Iodd -c -o mm/a.o mm/a.c';
    const entries = ['a', 'b'].map((name) => ({ directory: '/', file: `mm/${name}.c`, command }));
    const { tree } = treeWith(JSON.stringify(entries));
    expect(tree.compile).toEqual({
      sets: [{ macros: ['WANTED', 'NAME="a b"'], folders: ['/include', '/odd'], forced: [] }],
      of: { '/mm/a.c': 0, '/mm/b.c': 0 },
    });
  });

  it('decides what of a file is read, and where it finds its headers', () => {
    const { tree, folder } = treeWith('[]');
    const path = `${folder}/mm/a.c`;
    const seen = (macros: readonly string[], folders: readonly string[], of: Record<string, number>): string[] => {
      const compile = { sets: [{ macros, folders, forced: [] }], of };
      const reader = new Disk(tree.roots);
      const preprocessed = new PreprocessedTree({ ...tree, target: 'x86_64', reader, compile });
      return preprocessed.unit(path, reader.read(path)!).readings.map(({ file }) => file.path);
    };
    const own = `${folder}/odd/own.h`;
    expect(seen(['WANTED'], [`${folder}/odd`], { [path]: 0 })).toContain(own);
    expect(seen(['WANTED'], [], { [path]: 0 })).not.toContain(own);
    expect(seen(['WANTED', '!WANTED'], [`${folder}/odd`], { [path]: 0 })).not.toContain(own);
    expect(seen(['WANTED'], [`${folder}/odd`], {})).not.toContain(own);
  });

  it.each(['', '{}', '[1]', '[{"file":1}]', '{"file": "a.c"'])(
    'that holds %j is left out, and that is said',
    async (text) => {
      const { warnings, folder, tree } = treeWith(text);
      expect(warnings).toEqual([`${folder}/compile_commands.json is no compilation database, and is left out.`]);
      expect(tree.compile).toBeUndefined();
      expect((await runOverlint(['check'], { folder })).code).toBe(0);
    },
  );
});
