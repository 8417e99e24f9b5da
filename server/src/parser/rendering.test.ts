/** The text that the grammar reads: what is rewritten, and that the tree leads back to the tokens. */
import { describe, expect, it } from 'vitest';
import { spelling } from '../preprocessor/ptoken';
import { unitOf } from '../testing/unit';
import { Kind } from './kinds';
import { treesOf } from './parser';

/** The texts of the last item of a source: its own, and those of its blocks. */
function textsOf(source: string): string[] {
  const { globals } = unitOf({ '/.config': '', '/main.c': source });
  const [{ reading, table }] = globals.tables;
  const trees = treesOf(globals.tokensOf(reading, table.items.at(-1)!), globals);
  expect(trees.filter((tree) => tree.hasError(0))).toEqual([]);
  return trees.map((tree) => tree.rendering.text.trim());
}

/** The text of the statements in a function's body. */
function statements(source: string, before = ''): string {
  const [, body] = textsOf(`${before} void f(void) { ${source} }`);
  return body.slice('int x ( ) { '.length, -' }'.length);
}

describe('names', () => {
  it('are written alike, so that macros of one shape give one text', () => {
    expect(statements('a = read_once(b->c); "str" "ing"; \'c\'; 0x10UL;')).toBe('x = x ( x -> x ) ; "" ; 0 ; 0 ;');
    expect(textsOf('static inline struct page *f(int n);')).toEqual(['static inline struct x * x ( int x ) ;']);
  });

  it('that mean types are written as one where the grammar could not tell', () => {
    const types = 'typedef unsigned long T; int g;';
    expect(statements('g = (T) -1; g = (g) -1; g = (T)(g); g = (g)(1);', types)).toBe(
      'x = ( int ) - 0 ; x = ( ! x ) - 0 ; x = ( int ) ( x ) ; x = ( ! x ) ( 0 ) ;',
    );
    expect(statements('T (*h)(int); g(*h); T * p; int T; g = (T) - 1;', types)).toBe(
      'int ( * x ) ( int ) ; x ( * x ) ; x * x ; int x ; x = ( ! x ) - 0 ;',
    );
  });
});

describe('GNU C', () => {
  it.each([
    ['unsigned long const int v;', 'int const x ;'],
    [
      'typeof(a->b) v; __typeof__(struct s *) w;',
      'enum { a = sizeof ( ! x -> x ) } x ; enum { a = sizeof ( struct x * ) } x ;',
    ],
    ['v = sizeof(int) * 3;', 'x = ( sizeof ( int ) ) * 0 ;'],
    ['_Static_assert(sizeof(int) == 4, "four");', 'int X [ ( sizeof ( int ) ) == 0 ] ;'],
    ['v = __builtin_types_compatible_p(int, char *);', 'x = x ( sizeof ( int ) , sizeof ( int * ) ) ;'],
    ['v = __builtin_offsetof(struct s, a.b[1]);', 'x = x ( sizeof ( struct x ) , x . x [ 0 ] ) ;'],
    ['v = unknown_macro(p, struct s, m);', 'x = x ( x , sizeof ( struct x ) , x ) ;'],
    ['switch (v) case 1 ... 3: ;', undefined],
    ['v = &&out; goto *v; out: ;', 'x = & x ; return * x ; x : ;'],
    [
      'l: v = (unsigned long)&&l; v = (v)&&l; v = sizeof(int)&&v;',
      'x : x = ( int ) & x ; x = ( ! x ) && x ; x = ( sizeof ( int ) ) && x ;',
    ],
    ['__attribute__((fallthrough)); out: __attribute__((unused)) ;', '; x : ;'],
    ['_Pragma("GCC diagnostic push") v = 1;', 'x = 0 ;'],
    [
      'register long r asm("rax") = 1; asm volatile("nop" : : : "memory");',
      'register int x = 0 ; asm volatile ( "" : : : "" ) ;',
    ],
    ['v = ({ int a = 1; a; });', 'x = ( { } ) ;'],
  ])('%s', (source, text) => {
    if (text !== undefined) expect(statements(source)).toBe(text);
  });

  it('in records: bit-fields without a name, empty members, attributes', () => {
    expect(textsOf('struct s { int a : 3, : 2; u8 : 1;; unsigned b : 1; } __attribute__((packed));')).toEqual([
      'struct x { int x : 0 , X : 0 ; x X : 0 ; int x : 0 ; } ;',
    ]);
  });
});

it('leads each node back to its tokens, through what was rewritten', () => {
  const { globals } = unitOf({ '/.config': '', '/main.c': 'int n = sizeof(unsigned long) + f("a" "b");' });
  const [{ reading, table }] = globals.tables;
  const tokens = globals.tokensOf(reading, table.items[0]);
  const [tree] = treesOf(tokens, globals);
  const covered = (kind: Kind): string => {
    const node = tree.find(kind);
    return tokens.slice(tree.first(node), tree.end(node)).map(spelling).join(' ');
  };
  expect(covered(Kind.Sizeof)).toBe('sizeof ( unsigned long )');
  expect(covered(Kind.Call)).toBe('f ( "a" "b" )');
  expect(covered(Kind.Binary)).toBe('sizeof ( unsigned long ) + f ( "a" "b" )');
});
