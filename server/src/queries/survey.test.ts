/** What a survey of many headers has to keep apart: each record is to come out as the files that use it see it. */
import { describe, expect, it } from 'vitest';
import { target } from '../layout/target';
import { PreprocessedTree } from '../preprocessor/tree';
import { survey } from './survey';

const CONFIGURED = {
  '.config': 'CONFIG_X86_64=y\nCONFIG_WIDE=y\n',
  'include/linux/kconfig.h': '#include <generated/autoconf.h>\n',
};

/** Surveys the files of a small tree; each record as `FILE TAG SIZE`, or with the reason why its layout is unknown. */
function surveyed(files: Readonly<Record<string, string>>, wanted?: readonly string[], parts = 1): string[] {
  const texts = new Map(Object.entries({ ...CONFIGURED, ...files }));
  const inTree = (path: string): string => path.replace(/^\/k\//, '');
  const reader = {
    read: (path: string) => texts.get(inTree(path)),
    exists: (path: string) => texts.has(inTree(path)),
  };
  const list = (folder: string): string[] =>
    [...texts.keys()]
      .filter((path) => `/k/${path}`.startsWith(`${folder}/`))
      .map((path) => path.split('/').at(-1) ?? '');
  const tree = new PreprocessedTree({ kernel: '/k', build: '/k', arch: 'x86', target: 'x86_64', reader, list });
  const paths = (wanted ?? Object.keys(files).filter((name) => /\.[ch]$/.test(name))).map((name) => `/k/${name}`);
  const shares = Array.from({ length: parts }, (_, part) =>
    survey(
      tree,
      target('x86_64', 'gcc'),
      paths,
      ({ record, path, layout }) =>
        `${inTree(path)} ${record.tag} ${layout.status === 'exact' ? layout.size : layout.reason}`,
      { part, parts },
    ),
  );
  return shares.flat().sort();
}

describe('a header', () => {
  it('does not see what another one read before it defines', () => {
    expect(
      surveyed({
        'include/a.h': '#define WIDTH 8\ntypedef long value_t;\n',
        'include/b.h': '#ifndef WIDTH\n#define WIDTH 2\n#endif\nstruct b { char bytes[WIDTH]; };\n',
      }),
    ).toEqual(['include/b.h b 2']);
  });

  it('sees what another one took away from the compiler, if it asks for that', () => {
    const files = {
      'include/a.h': '#undef linux\nstruct a { int linux; };\n',
      'include/b.h': 'struct b { char bytes[4]; };\n',
      'include/c.h': '#ifdef linux\nstruct c { char bytes[2]; };\n#else\nstruct c { char bytes[3]; };\n#endif\n',
      'include/d.h': '#define WIDTH (linux + 4)\nstruct d { char bytes[WIDTH]; };\n',
    };
    expect(surveyed(files)).toEqual(['include/a.h a 4', 'include/b.h b 4', 'include/c.h c 2', 'include/d.h d 5']);
  });

  it('that leans on its includers is read behind them', () => {
    expect(
      surveyed({
        'include/inner.h': 'struct inner { value_t value; };\n',
        'include/outer.h': 'typedef short value_t;\n#include <inner.h>\n',
      }),
    ).toEqual(['include/inner.h inner 2']);
  });

  it('that nobody includes is read behind the only file that declares what it lacks', () => {
    const files = {
      'include/device.h': 'struct address { unsigned char bytes[6]; };\n#define SLOTS 4\n',
      'include/private.h': 'struct peer { struct address address; char slots[SLOTS]; };\n',
    };
    expect(surveyed(files)).toEqual(['include/device.h address 6', 'include/private.h peer 10']);
    const other = { ...files, 'include/another.h': 'struct address { int number; };\n' };
    expect(surveyed(other)).toContain(
      'include/private.h peer member address: struct address: it is only declared, not defined',
    );
  });

  it('that includes what is not there is not trusted, nor is who reads it', () => {
    const reason = 'include/broken.h:1: generated/bounds.h is not found';
    expect(
      surveyed({
        'include/broken.h': '#include <generated/bounds.h>\nstruct broken { int x; };\n',
        'include/reader.h': '#include <broken.h>\nstruct reader { int x; };\n',
        'include/other.h': 'struct other { int x; };\n',
      }),
    ).toEqual([`include/broken.h broken ${reason}`, 'include/other.h other 4', `include/reader.h reader ${reason}`]);
  });

  it('is not trusted where a condition rests on a name that nothing defines', () => {
    const guess = '#if MACHINE_WIDTH == 64\n#define ALIGN 8\n#else\n#define ALIGN 4\n#endif\n';
    const record = 'struct object { char c; long l; } __attribute__((packed, aligned(ALIGN)));\n';
    expect(surveyed({ 'a/object.h': guess + record })).toEqual([
      'a/object.h object a/object.h:1: the condition rests on MACHINE_WIDTH, which nothing defines',
    ]);
    expect(
      surveyed({
        'a/object.h': guess + record,
        'a/main.h': '#define MACHINE_WIDTH 64\n#include "object.h"\n',
      }),
    ).toEqual(['a/object.h object 16']);
  });

  it('of a driver leans on its users where it asks whether they defined a name', () => {
    const asks = '#ifdef WIDE\nstruct s { long x; };\n#else\nstruct s { char x; };\n#endif\n';
    expect(surveyed({ 'd/s.h': asks })).toEqual(['d/s.h s whether WIDE is defined hangs on what includes the file']);
    const guarded = '#ifndef PART\n#define PART\nstruct s { long x; };\n#endif\nstruct t { int y; };\n';
    expect(surveyed({ 'd/s.h': guarded })).toEqual(['d/s.h s 8', 'd/s.h t 4']);
  });

  it('is trusted where what is not defined does not count', () => {
    const guarded = '#if defined(MACHINE_WIDTH) && MACHINE_WIDTH == 64\n#error\n#endif\nstruct s { int x; };\n';
    expect(surveyed({ 'a.h': guarded })).toEqual(['a.h s 4']);
    expect(surveyed({ 'a.h': '#if 1 || OTHER\nstruct s { int x; };\n#endif\n' })).toEqual(['a.h s 4']);
    expect(surveyed({ 'a.h': '#if 1 ? 1 : OTHER\nstruct s { int x; };\n#endif\n' })).toEqual(['a.h s 4']);
  });
});

describe('sources that are read together', () => {
  it('keep their own records of one tag', () => {
    expect(
      surveyed({
        'net/first.c': 'struct state { int a; };\nstruct holder { struct state state; };\n',
        'net/second.c': 'struct state { long a; };\nstruct keeper { struct state state; };\n',
      }),
    ).toEqual(['net/first.c holder 4', 'net/first.c state 4', 'net/second.c keeper 8', 'net/second.c state 8']);
  });

  it('do not see how another one changes the configuration', () => {
    expect(
      surveyed({
        'boot/misc.c': '#undef CONFIG_WIDE\nstruct boot { int x; };\n',
        'mm/wide.c': '#ifdef CONFIG_WIDE\nstruct wide { long x[2]; };\n#endif\n',
      }),
    ).toEqual(['boot/misc.c boot 4', 'mm/wide.c wide 16']);
  });

  it('find what their Makefile lets their includes see', () => {
    expect(
      surveyed(
        {
          'kernel/trace/Makefile': 'CFLAGS_probe.o := -I$(src)\n',
          'kernel/trace/probe.c':
            '#define TRACE_FILE "./probe_trace.h"\n#include <define_trace.h>\nstruct probe { int x; };\n',
          'kernel/trace/probe_trace.h': 'struct event { int x; };\n',
          'include/define_trace.h': '#include TRACE_FILE\n',
        },
        ['kernel/trace/probe.c'],
      ),
    ).toEqual(['kernel/trace/probe.c probe 4']);
  });
});

it('comes out the same in shares', () => {
  const files = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [
      `include/h${index}.h`,
      `#include <h${(index * 5) % 12}.h>\nstruct s${index} { char c[${index + 1}]; };\n`,
    ]),
  );
  expect(surveyed(files, undefined, 3)).toEqual(surveyed(files));
});

describe('records that macros make', () => {
  const files = {
    'include/group.h':
      '#define GROUP(tag, members...) union { struct { members }; struct tag { members } whole; }\n' +
      '#define PAIR(name) struct __attribute__((packed)) name##_pair { name first; name second; }\n',
    'include/a.h': '#include <group.h>\nstruct a { GROUP(a_head, char c; int i;); };\nPAIR(char);\n',
    'include/b.h':
      '#include <group.h>\n#include <a.h>\nPAIR(long);\n#define MAKES_CODE(x) static inline void x(void) { do { } while (0); }\nMAKES_CODE(f)\n',
  };

  it('are found where the macros are used', () => {
    expect(surveyed(files)).toEqual([
      'include/a.h a 8',
      'include/a.h a_head 8',
      'include/a.h char_pair 2',
      'include/b.h long_pair 16',
    ]);
  });

  it.each([2, 3, 5])('are the same in %d shares', (parts) => {
    expect(surveyed(files, undefined, parts)).toEqual(surveyed(files));
  });
});

describe('a header of a folder with a Makefile', () => {
  const own = { 'd/own.h': '#include <part.h>\nstruct own { struct part part; WORD word; };\n' };
  const part = { 'd/inc/part.h': 'struct part { int number; };\n' };

  it('has the macros and the folders that the Makefile gives its sources', () => {
    const makefile = 'obj-y += a.o\nccflags-y += -I$(src)/inc -DWORD=long\n';
    expect(surveyed({ ...own, ...part, 'd/Makefile': makefile }, ['d/own.h'])).toEqual(['d/own.h own 16']);
  });

  it('finds what is shipped for the build to copy', () => {
    const files = {
      'd/own.h': '#include "made.h"\nstruct own { made_t made; };\n',
      'd/made.h_shipped': 'typedef long made_t;\n',
    };
    expect(surveyed(files)).toEqual(['d/own.h own 8']);
  });

  it('has none of another folder’s, whose files are read with it', () => {
    const files = {
      'd/Makefile': 'obj-y += a.o\nccflags-y += -DWIDE\n',
      'd/a.h': '#ifdef WIDE\nstruct a { long l; };\n#else\nstruct a { char c; };\n#endif\n',
      'e/b.h': '#ifdef WIDE\nstruct b { long l; };\n#else\nstruct b { char c; };\n#endif\n',
    };
    expect(surveyed(files)).toEqual(['d/a.h a 8', 'e/b.h b whether WIDE is defined hangs on what includes the file']);
  });

  it('leaves to its users an option that is off and that a header beside it turns on by hand', () => {
    const a = '#ifdef CONFIG_DEBUG\nstruct a { long l; };\n#else\nstruct a { char c; };\n#endif\n';
    const off = { 'd/a.h': a, 'e/on.h': '#define CONFIG_DEBUG\n' };
    expect(surveyed(off)).toEqual(['d/a.h a 1']);
    const beside = { 'd/a.h': a, 'd/on.h': '#ifdef CONFIG_WIDE\n# define CONFIG_DEBUG 1\n#endif\n' };
    const reason = 'whether CONFIG_DEBUG is defined hangs on what includes the file';
    expect(surveyed(beside, ['d/a.h'])).toEqual([`d/a.h a ${reason}`]);
    const used = { ...beside, 'd/use.c': '#include "on.h"\n#include "a.h"\nstruct u { struct a a; };\n' };
    expect(surveyed(used, ['d/use.c'])).toEqual(['d/use.c u 8']);
  });

  it('knows MODULE where all that is built there is of modules, and a source where it is', () => {
    const text = (name: string): string =>
      `#ifdef MODULE\nstruct ${name} { long l; };\n#else\nstruct ${name} { char c; };\n#endif\n`;
    const files = { 'd/a.h': text('a'), 'd/b.c': text('b'), 'd/c.c': text('c') };
    const modular = { ...files, 'd/Makefile': 'obj-m += b.o c.o\n' };
    expect(surveyed(modular)).toEqual(['d/a.h a 8', 'd/b.c b 8', 'd/c.c c 8']);
    const mixed = { ...files, 'd/Makefile': 'obj-m += b.o\nobj-y += c.o\n' };
    const either = 'd/a.h a whether MODULE is defined hangs on what includes the file';
    expect(surveyed(mixed)).toEqual([either, 'd/b.c b 8', 'd/c.c c 1']);
  });

  it('is read behind a source that is compiled with other macros', () => {
    const files = {
      'd/Makefile': 'obj-m += a.o\nobj-y += b.o\n',
      'd/a.c': 'typedef short value_t;\n#include "leans.h"\nstruct a { int i; };\n',
      'd/leans.h': 'struct leans { value_t value; };\n',
    };
    expect(surveyed(files)).toEqual(['d/a.c a 4', 'd/leans.h leans 2']);
  });

  it('is unknown where a #pragma pack, and so the order of the includes, decides on what it includes', () => {
    const files = {
      'd/packed.h': '#pragma pack(push, 1)\n#include "plain.h"\nstruct packed { char c; int i; };\n#pragma pack(pop)\n',
      'd/plain.h': '#ifndef PLAIN\n#define PLAIN\nstruct plain { char c; int i; };\n#endif\n',
    };
    const reason = 'd/plain.h:1: which #pragma pack holds here hangs on the order of the includes';
    expect(surveyed(files)).toEqual([`d/packed.h packed ${reason}`, 'd/plain.h plain 8']);
    const source = { ...files, 'd/a.c': '#include "plain.h"\n#include "packed.h"\nstruct a { int i; };\n' };
    expect(surveyed(source)).toEqual(['d/a.c a 4', 'd/packed.h packed 5', 'd/plain.h plain 8']);
  });
});
