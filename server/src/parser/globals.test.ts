/** Names of file scope that need each other, however many: the stack of a thread has no say in what they mean. */
import { describe, expect, it } from 'vitest';
import { layoutIn, typeIn, unitOf } from '../testing/unit';

/** Each needs the one before it: 4,000 of them, which no stack holds at once. */
function chain(first: string, link: (one: string, before: string) => string): string {
  const lines = [first];
  for (let at = 1; at < 4000; at++) lines.push(link(`x${at}`, `x${at - 1}`));
  return lines.join('\n');
}

describe('a long chain', () => {
  it('of typedefs leads to its end', () => {
    const text = chain('typedef short x0;', (one, before) => `typedef ${before} ${one};`);
    expect(layoutIn(`${text}\nstruct s { x400 last; };`, 's')).toMatchObject({ status: 'exact', size: 2 });
    expect(layoutIn(`${text}\nstruct s { x3999 last; };`, 's')).toMatchObject({
      reason: 'member last: a type is nested too deeply',
    });
  });

  it('of enumerators has the value of the last', () => {
    const text = chain('enum { x0 = 1 };', (one, before) => `enum { ${one} = ${before} + 1 };`);
    expect(layoutIn(`${text}\nstruct s { char c[x3999]; };`, 's')).toMatchObject({ status: 'exact', size: 4000 });
  });

  it('of records of which each asks for the size of the next is measured', () => {
    const text = chain(
      'struct x0 { char c; };',
      (one, before) => `struct ${one} { char c[sizeof(struct ${before})]; };`,
    );
    expect(layoutIn(text, 'x3999')).toMatchObject({ status: 'exact', size: 1 });
  });

  it('that bites its tail ends', () => {
    const text = chain('typedef x3999 x0;', (one, before) => `typedef ${before} ${one};`);
    expect(layoutIn(`${text}\nstruct s { x3999 last; };`, 's').status).toBe('unknown');
  });

  it('leaves nothing half read behind', () => {
    const text = chain('typedef short x0;', (one, before) => `typedef ${before} ${one};`);
    const { globals } = unitOf({ '/main.c': `${text}\nextern x3999 last;\nextern x2000 middle;` });
    for (const name of ['last', 'middle']) expect(globals.ordinary(name)?.type).toMatchObject({ kind: 'typedef' });
  });
});

describe('a macro call at file scope', () => {
  it('declares the names that its macro pastes together', () => {
    expect(typeIn('#define LOCK(name) typedef long name##_lock_t;\nLOCK(page)\npage_lock_t *x;', 'x')).toBe(
      'page_lock_t *',
    );
  });

  it('declares them behind words of its own, too', () => {
    expect(typeIn('#define DEVICE(name) long device_##name = 1\nstatic DEVICE(page);', 'device_page')).toBe('long');
  });

  it.each([
    ['a function in front of a record', 'static inline int f_##n(int a) { return ONCE(a); } struct n { long a; };'],
    ['a record by a macro behind a function', 'static inline int f_##n(void) { return ONCE(1); } RECORD(n)'],
    [
      'a function that returns a record',
      'struct n { long a; }; static struct n f_##n(void) { return ONCE((struct n){ 0 }); }',
    ],
    ['a record with an attribute', 'struct __attribute__((aligned(8))) n { long a; };'],
    ['a record in a parenthesis', 'struct n { long a; }; int n##_size = sizeof(struct n);'],
    ['braces by macros', 'static inline int f_##n(void) BEGIN return 0; END RECORD(n)'],
    ['a brace by a macro in a body', 'static inline int f_##n(void) { if (1) BEGIN return 0; } END RECORD(n)'],
    ['a body that a macro closes', 'static inline int f_##n(void) { return 0; END RECORD(n)'],
    ['an initialiser of a cast', 'static int n##_list[] = (int[]) { ONCE(1) }; RECORD(n)'],
  ])('defines the record of a macro that holds %s', (_, body) => {
    const macros = [
      '#define ONCE(x) ({ struct bug { int line; } bug; (void)&bug; x; })',
      '#define RECORD(n) struct n { long a; };',
      '#define BEGIN {',
      '#define END }',
      `#define MAKE(n) ${body}`,
    ];
    const layout = layoutIn(`${macros.join('\n')}\nMAKE(made)\nstruct s { struct made m; char c; };`, 's');
    expect(layout).toMatchObject({ status: 'exact', size: 16 });
  });

  it('that is no macro declares nothing', () => {
    expect(typeIn('LOCK(page_lock)\nint x;', 'page_lock')).toBe('not declared');
    expect(typeIn('LOCK(page_lock)\nint x;', 'LOCK')).toBe('not declared');
  });

  it('defines a record where it stands, not where its macro does', () => {
    const text = '#define PAIR(name) struct name##_pair { name first, second; }\n\nPAIR(long);\n';
    const { globals } = unitOf({ '/main.c': text });
    const place = globals.record('struct', 'long_pair').place!;
    expect(text.slice(place.start).split('\n')[0]).toBe('PAIR(long);');
  });
});
