/** `overlint layout --uapi` and `overlint diff A B --uapi` on a small tree. */
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { runOverlint } from '../testing/command';
import { emptyFolder, kernelOnDisk } from '../testing/disk-tree';

const HEADER = (
  members: string,
): string => `#define _IOC(dir, type, nr, size) (((dir) << 30) | ((type) << 8) | (nr) | ((size) << 16))
#define _IOR(type, nr, of) _IOC(2U, (type), (nr), sizeof(of))
struct entry {
${members}
};
struct list { unsigned int count; struct elsewhere inner; };
#define GET _IOR('x', 1, struct entry)
`;
const ARCHES = Object.fromEntries(
  ['arm', 'riscv', 's390', 'm68k'].map((arch) => [`arch/${arch}/Kconfig`, ''] as const),
);
const tree = (members: string): string => kernelOnDisk({ ...ARCHES, 'include/uapi/linux/tune.h': HEADER(members) });

const MEMBERS = '\tunsigned long long start;\n\tunsigned char perm;';

// Results are kept in a folder of the test's own.
beforeEach(() => {
  vi.stubEnv('XDG_CACHE_HOME', emptyFolder());
});

describe('layout --uapi', () => {
  it('gives a line a record: sizes, holes and numbers, on the targets where they differ', async () => {
    const folder = tree(MEMBERS);
    const { out, code } = await runOverlint(['layout', '--uapi', 'entry'], { folder });
    expect({ out, code }).toEqual({
      out: 'struct entry  16, i386 12, m68k 10  holes 9..15, i386 9..11, m68k 9  GET  include/uapi/linux/tune.h:3\n',
      code: 0,
    });
  });

  it('gives all offsets as JSON, and says why a layout is unknown', async () => {
    const folder = tree(MEMBERS);
    const { out, code } = await runOverlint(['layout', '--uapi', '--format', 'json'], { folder });
    const [entry, list] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entry.targets.i386).toEqual({
      size: 12,
      holes: [{ offset: 9, size: 3 }],
      members: [
        { name: 'start', offset: 0, size: 8 },
        { name: 'perm', offset: 8, size: 1 },
      ],
    });
    expect(entry.numbers.GET.i386).toBe(0x800c7801);
    expect(list.targets.arm.reason).toContain('struct elsewhere');
    expect(code).toBe(1);
  });

  it('knows numbers over a type that stand-ins for the architecture’s headers declare in two ways', async () => {
    const folder = kernelOnDisk({
      ...ARCHES,
      'include/uapi/asm-generic/narrow.h': 'typedef unsigned long long wide_t;\n',
      'include/uapi/asm-generic/wide.h': 'typedef unsigned long wide_t;\n',
      'include/uapi/linux/tune.h': `#include <asm-generic/narrow.h>\n${HEADER('\twide_t start;')}`,
    });
    const { out } = await runOverlint(['layout', '--uapi', 'entry', '--arch', 'x86_64'], { folder });
    expect(out).toBe('struct entry  8  GET  include/uapi/linux/tune.h:4\n');
  });

  it('gives the one target that --arch names, whatever the configuration is for', async () => {
    const folder = tree(MEMBERS);
    const { out } = await runOverlint(['layout', '--uapi', 'entry', '--arch', 'i386'], { folder });
    expect(out).toBe('struct entry  12  holes 9..11  GET  include/uapi/linux/tune.h:3\n');
  });

  it('refuses a name that no such header defines', async () => {
    const { err, code } = await runOverlint(['layout', '--uapi', 'nothing'], { folder: tree(MEMBERS) });
    expect({ err: err.includes('No header for programs defines nothing.'), code }).toEqual({ err: true, code: 2 });
  });
});

describe('diff --uapi', () => {
  it('says what changed between two folders for any program', async () => {
    const [folder, later] = [tree(MEMBERS), tree(`${MEMBERS}\n\tunsigned int gen;`)];
    const { out, code } = await runOverlint(['diff', folder, later, '--uapi'], { folder });
    expect(out).toMatch(/^include\/uapi\/linux\/tune\.h:6: struct entry: size 12 -> 16 on i386; .* GET takes it/);
    expect(code).toBe(1);
  });

  it('says what could not be compared, and why', async () => {
    const [folder, later] = [tree(MEMBERS), tree(`${MEMBERS}\n\tnowhere_t gen;`)];
    const { out, err, code } = await runOverlint(['diff', folder, later, '--uapi'], { folder });
    expect(out).toBe('Nothing changed for programs: 1 header for them differs.\n');
    expect(err).toMatch(/^overlint: warning: what is unknown was not compared: .*nowhere_t/);
    expect(code).toBe(0);
  });

  it('says nothing of a side against itself', async () => {
    const folder = tree(MEMBERS);
    const { out, code } = await runOverlint(['diff', folder, folder, '--uapi'], { folder });
    expect({ out, code }).toEqual({ out: 'Nothing changed for programs: 0 headers for them differ.\n', code: 0 });
  });
});
