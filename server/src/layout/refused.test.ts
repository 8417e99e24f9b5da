/** Records that gcc and clang refuse are unknown with a reason, whatever stands in them otherwise. */
import { describe, expect, it } from 'vitest';
import { layoutIn } from '../testing/unit';

/** Why `struct s` is unknown; its size where it is not. */
function reason(text: string): string | number {
  const layout = layoutIn(text, 's');
  return layout.status === 'unknown' ? layout.reason : layout.size;
}

const check = (rows: readonly (readonly [c: string, expected: RegExp | number])[]): void => {
  it.each(rows)('%s', (text, expected) => {
    if (typeof expected === 'number') expect(reason(text)).toBe(expected);
    else expect(reason(text)).toMatch(expected);
  });
};

describe('a name that is declared twice', () => {
  check([
    ['struct t { int x; };\nstruct t { int x; };\nstruct s { char a; struct t b; };', /struct t is defined twice/],
    ['struct t { int x; };\nunion t { int x; };\nstruct s { char a; struct t b; };', /struct t is defined twice/],
    ['struct s { int a; struct s { int x; } b; };', /struct s is defined twice/],
    ['struct t { int x; };\nstruct t;\nstruct s { char a; struct t b; };', 8],
    ['typedef int t;\ntypedef long t;\nstruct s { t a; };', /t is declared as several types/],
    ['typedef int t;\ntypedef int t;\nstruct s { t a; };', 4],
    ['enum e { A, A };\nstruct s { enum e a; };', /./],
  ]);
});

describe('a word that can not stand there', () => {
  check([
    ['struct s { int restrict x; };', /restrict of what is no pointer/],
    ['struct s { int (*restrict x)(void); };', /restrict of what is no pointer/],
    ['struct s { char a; int *restrict x; };', 16],
    ['typedef int *p;\nstruct s { char a; p restrict x; };', 16],
    ['struct s { char a; int b _Alignas(8); };', /_Alignas can not stand there/],
    ['struct s { char a; int * _Alignas(8) b; };', /_Alignas can not stand there/],
    ['struct s { int x asm("y"); };', /no asm label/],
    ['struct s { int b __attribute__((packed)) : 3; };', /in front of a width/],
    ['struct s { int b __attribute__((aligned(8, 16))); };', /too many arguments/],
    ['struct s { int b __attribute__((packed(1))); };', /too many arguments/],
    ['struct s { int b __attribute__((mode)); };', /lacks its argument/],
    ['struct s { int b __attribute__(aligned(8)); };', /can not be read/],
    ['struct s { _Atomic(int[3]) b; };', /_Atomic of an array/],
    ['struct s { int (*b __attribute__((aligned(16))))(void); };', /in front of a \)/],
    ['struct s { int b[static 3]; };', /are for parameters/],
    ['struct s { int b[const 3]; };', /are for parameters/],
    ['struct s { void (*b)(int x[static 3], int y[const]); };', 8],
    ['struct s { int a; } junk junk;', /no declarator: junk junk/],
    ['struct s { int a; } static const name;', 4],
    ['struct s { int a; } __attribute__((packed)) name asm("symbol");', 4],
    ['typedef void *t __attribute__((vector_size(16)));\nstruct s { t b; };', /only numbers/],
  ]);
});

describe('a pragma inside a declaration', () => {
  check([
    ['struct s\n#pragma pack(1)\n{ char a; int b; };', /not worked out/],
    ['struct s { char a; int\n#pragma pack(1)\nb; };', /not worked out/],
    ['struct s { char a;\n#pragma pack(1)\nint b; };\n#pragma pack()', 5],
  ]);
});

describe('a constant that is none', () => {
  check([
    ['struct s { char a[(int)0x80000000 / -1 < 0 ? 2 : 3]; };', /a division overflows/],
    ['struct s { char a[_Generic(0, int: 1, int: 2)]; };', /_Generic/],
    ['struct s { char a[_Generic((void)0, void: 1, default: 2)]; };', /_Generic of what no value has/],
    ['struct s { char a[sizeof(9223372036854775808)]; };', /too large/],
    ['struct s { char a[1lul]; };', /no integer/],
    ['struct t { int b : 3; };\nstruct s { char a[__builtin_offsetof(struct t, b)]; };', /bit-field/],
    ['enum e : unsigned char { A = 256 };\nstruct s { enum e a; };', /does not hold A/],
    ['struct s { char a[16777217 == 16777216.0f ? 2 : 3]; };', 2],
    ['static const char t[] = { "abc", "def" };\nstruct s { char a[sizeof(t)]; };', 4],
    ['struct s { char a["abc"[1] == \'b\' ? 2 : 3]; };', 2],
  ]);
});

describe('brackets of C23', () => {
  check([
    ['struct [[gnu::packed, gnu::aligned(2)]] s { char a; int b; };', 6],
    ['struct [[deprecated("x")]] s { char a; [[nodiscard]] int b; };', 8],
    ['struct [[using gnu: packed]] s { char a; int b; };', /./],
  ]);
});
