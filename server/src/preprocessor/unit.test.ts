/** Units: conditions, includes and their order, and what an edit keeps. */
import { describe, expect, it } from 'vitest';
import { preprocessed, unitOf } from '../testing/unit';

describe('a unit', () => {
  it('takes the branches that hold', () => {
    const text = `
    #define A 2
    #if A > 1 && defined(A) && !defined B
    int one;
    #elif 1
    int two;
    #else
    int three;
    #endif
    #ifdef B
    # if 1
    int four;
    # endif
    #elif (-1 >> 1) == -1 && 0xffffffffffffffffu > 1 && 'a' == 97
    int five;
    #endif`;
    expect(preprocessed(text)).toBe('int one ; int five ;');
  });

  it('counts a condition that makes no sense as false, and says so', () => {
    const { unit } = unitOf({ '/main.c': '#if 1 +\nint a;\n#endif\n#include "gone.h"\nint b;' });
    expect(unit.problems.filter(({ path }) => path === '/main.c').map(({ message }) => message)).toEqual([
      "the condition can't be evaluated: the expression ends early",
      'gone.h is not found',
    ]);
  });

  it.each([
    ['parentheses', `${'('.repeat(100_000)}1${')'.repeat(100_000)}`],
    ['signs', `${'!'.repeat(300_000)}1`],
    ['conditionals', `${'1 ? '.repeat(100_000)}1${' : 1'.repeat(100_000)}`],
    ['conditionals behind one another', `${'0 ? 1 : '.repeat(100_000)}1`],
  ])('takes %s without end for no condition', (_what, condition) => {
    const { unit } = unitOf({ '/main.c': `#if ${condition}\nint a;\n#endif\nint b;` });
    expect(unit.problems.filter(({ path }) => path === '/main.c').map(({ message }) => message)).toEqual([
      "the condition can't be evaluated: it nests more than 500 deep",
    ]);
  });

  it('does without the headers of intrinsics that compilers bring along', () => {
    const { unit } = unitOf({ '/main.c': '#include <larchintrin.h>\n#include "arm_neon.h"\nint b;' });
    expect(unit.problems.filter(({ path }) => path === '/main.c').map(({ message }) => message)).toEqual([
      'arm_neon.h is not found',
    ]);
  });

  it('counts a condition whose macro expands without end as false, and says so', () => {
    const grow = Array.from({ length: 40 }, (_, at) => `#define m${at} m${at + 1} + m${at + 1}`).join('\n');
    const { unit } = unitOf({ '/main.c': `${grow}\n#define m40 1\n#if m0\nint a;\n#endif\n` });
    expect(unit.problems.filter(({ path }) => path === '/main.c').map(({ message }) => message)).toEqual([
      "the condition can't be evaluated: a macro expands without end",
    ]);
  });

  it('reads what is included in the middle of an item as a part of it', () => {
    const files = { '/list.h': 'ENTRY(red)\nENTRY(green)\n' };
    const text =
      '#define ENTRY(x) COLOUR_##x,\nenum colour {\n#include "list.h"\nCOLOURS\n};\n#undef ENTRY\nint n = COLOURS;';
    expect(preprocessed(text, files)).toContain('enum colour { COLOUR_red , COLOUR_green , COLOURS } ;');
  });

  it('reads a guarded header once, an unguarded one each time, and ends where one includes itself', () => {
    const files = {
      '/guarded.h': '#ifndef G\n#define G\nint guarded;\n#endif\n',
      '/each.h': 'int each;\n',
      '/self.h': '#include "self.h"\nint self;\n',
    };
    const { unit } = unitOf({
      ...files,
      '/main.c':
        '#include "guarded.h"\n#include "guarded.h"\n#include "each.h"\n#include "each.h"\n#include "self.h"\n',
    });
    const count = (path: string): number => unit.readings.filter(({ file }) => file.path === path).length;
    expect([count('/guarded.h'), count('/each.h')]).toEqual([1, 2]);
    expect(unit.problems.some(({ message }) => message.includes('deep'))).toBe(true);
  });

  it('is had from the one before where only code between directives changed', () => {
    const files: Record<string, string> = {
      '/a.h': '#define A 1\n',
      '/main.c': '#include "a.h"\n#define B A\nint x = B;\n#if B\nint y;\n#endif\n',
    };
    const { tree, unit } = unitOf(files);
    const edited = tree.unit('/main.c', files['/main.c'].replace('int x = B;', 'int more; int x = B + 1;'));
    expect(edited.readings[0]).toBe(unit.readings[0]);
    expect(edited.main.ranges.length).toBe(4);
    const anew = tree.unit('/main.c', files['/main.c'].replace('#define B A', '#define B 0'));
    expect(anew.main.ranges.length).toBe(2);
  });
});
