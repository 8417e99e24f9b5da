import { describe, expect, it } from 'vitest';
import { mineShapes } from './mining';
import { nameId } from './names';
import { Shape, Shapes } from './shapes';

function shapesIn(text: string): Shapes {
  return new Shapes(mineShapes([{ path: '/include/linux/a.h', text }]));
}

function shape(name: string, text: string): string {
  return Shape[shapesIn(text).of(nameId(name))];
}

describe('the shape of a macro', () => {
  it.each([
    // Nothing, attributes, specifiers.
    ['#define __nothing', '__nothing', 'Annotation'],
    ['#define __cold_path __attribute__((cold))', '__cold_path', 'Annotation'],
    ['#define __flat static inline __attribute__((flatten))', '__flat', 'Annotation'],
    [
      '#define __sec(s) __attribute__((section(#s)))\n#define __boot __sec(.boot) __cold\n#define __cold',
      '__boot',
      'Annotation',
    ],
    ['#define c_linkage extern "C"', 'c_linkage', 'Annotation'],
    ['#define checks(x)', 'checks', 'Annotation'],
    // Headers.
    ['#define each(p, l) for (p = (l)->first; p; p = p->next)', 'each', 'Header'],
    [
      '#define each_live(p, l) \\\n\tfor (p = (l)->first; p; p = p->next) \\\n\t\tif (!p->live) {} else',
      'each_live',
      'Header',
    ],
    ['#define each(p) for (;p;)\n#define each_pair(a, b) each(a) each(b)', 'each_pair', 'Header'],
    ['#define forever for (;;)', 'forever', 'Header'],
    ['#define unless(x) if (!(x))', 'unless', 'Header'],
    // Whole items.
    ['#define FLAG(n) static inline int has_##n(void) { return 1; }', 'FLAG', 'Whole'],
    ['#define FLAG(n) int n;\n#define FLAGS(n) FLAG(n) FLAG(x##n)', 'FLAGS', 'Whole'],
    // Types.
    ['#define word_t unsigned long', 'word_t', 'Type'],
    ['#define VEC(t) struct { int n; t *data; }', 'VEC', 'Type'],
    // Where an expression or a call may stand.
    ['#define LIMIT (1 << 4)', 'LIMIT', 'Plain'],
    ['#define swap(a, b) do { int t = a; a = b; b = t; } while (0)', 'swap', 'Plain'],
    ['#define DEFINE_BOX(x) struct box x = BOX_INIT(x)', 'DEFINE_BOX', 'Plain'],
    ['#define BOX_INIT(x) { .self = &(x) }', 'BOX_INIT', 'Plain'],
    ['#define if_set(x) if (x) set(x)', 'if_set', 'Plain'],
    ['#define twin twin', 'twin', 'Plain'],
    ['#define a b\n#define b a', 'a', 'Plain'],
  ])('%j: %s', (text, name, expected) => {
    expect(shape(name, text)).toBe(expected);
  });

  it('is the careful one where branches differ', () => {
    expect(shape('cond', '#ifdef X\n#define cond(a)\n#else\n#define cond(a) check(a)\n#endif')).toBe('Plain');
    expect(shape('note', '#ifdef X\n#define note\n#else\n#define note __attribute__((x))\n#endif')).toBe('Annotation');
  });

  it('knows macros that need arguments', () => {
    const shapes = shapesIn('#define __counted(n)\n#define __plain');
    expect(shapes.takesArguments(nameId('__counted'))).toBe(true);
    expect(shapes.takesArguments(nameId('__plain'))).toBe(false);
  });
});

describe('tables', () => {
  it('are plain data that can be written and read', () => {
    const table = mineShapes([{ path: '/a.h', text: '#define __a\n#define each(x) for (;x;)\n#define N 1' }]);
    expect(JSON.parse(JSON.stringify(table))).toEqual({ __a: ['A'], each: ['fH'] });
  });

  it('give way to a stronger one, also through macros that use it', () => {
    const tree = shapesIn('#define __note\n#define LIST ENTRY(1) ENTRY(2)\n#define ENTRY(x)');
    const file = tree.under({ ENTRY: ['fW'], __note: ['P'] });
    expect(Shape[tree.of(nameId('LIST'))]).toBe('Annotation');
    expect(Shape[file.of(nameId('LIST'))]).toBe('Whole');
    expect(Shape[file.of(nameId('__note'))]).toBe('Plain');
  });
});
