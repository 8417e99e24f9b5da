import { describe, expect, it } from 'vitest';
import { anonymous, arrayOf, bits, member, PAGE, POINTER, recordType, struct, union } from '../testing/make-records';
import { type CType, integer, type RecordDeclaration, unknownType, VA_LIST } from '../types/model';
import { alignOf, type ExactLayout, faultOf, layoutRecord, preferredAlignOf, sizeOf } from './record';
import { TARGET_NAMES, target, targetIn } from './target';

const x86 = target('x86_64', 'gcc');

function exact(record: RecordDeclaration, on = x86): ExactLayout {
  const layout = layoutRecord(record, on);
  if (layout.status !== 'exact') throw new Error(layout.reason);
  return layout;
}

/** `name@offset:size` in bits, then the size and alignment in bytes. */
function shape(record: RecordDeclaration, on = x86): string {
  const layout = exact(record, on);
  const fields = layout.fields.map((field) => `${field.name ?? '_'}@${field.offsetBits}:${field.sizeBits}`);
  return `${fields.join(' ')} = ${layout.size} align ${layout.align}`;
}

describe('members', () => {
  it('are aligned naturally, with holes between and padding behind', () => {
    const record = struct([member('a', 'char'), member('b', 'long'), member('c', 'short')]);
    expect(shape(record)).toBe('a@0:8 b@64:64 c@128:16 = 24 align 8');
    expect(exact(record).holes).toEqual([{ offsetBits: 8, sizeBits: 56 }]);
    expect(exact(record).paddingBits).toBe(48);
    expect(shape(record, target('i386', 'gcc'))).toBe('a@0:8 b@32:32 c@64:16 = 12 align 4');
    expect(shape(record, target('m68k', 'gcc'))).toBe('a@0:8 b@16:32 c@48:16 = 8 align 2');
  });

  it('align 8-byte scalars to 4 within i386 records, but __alignof__ says 8', () => {
    const i386 = target('i386', 'gcc');
    expect(shape(struct([member('a', 'int'), member('b', 'long long')]), i386)).toBe('a@0:32 b@32:64 = 12 align 4');
    expect(alignOf(integer('long long'), i386)).toBe(4);
    expect(preferredAlignOf(integer('long long'), i386)).toBe(8);
  });

  it('may be raised by aligned, and packed with what aligned then asks', () => {
    expect(shape(struct([member('a', 'char'), member('b', 'char', { aligns: [8] })]))).toBe(
      'a@0:8 b@64:8 = 16 align 8',
    );
    expect(shape(struct([member('a', 'char'), member('b', 'long', { packed: true })]))).toBe(
      'a@0:8 b@8:64 = 9 align 1',
    );
    expect(shape(struct([member('a', 'char'), member('b', 'long')], { packed: true }))).toBe(
      'a@0:8 b@8:64 = 9 align 1',
    );
    const both = struct([member('a', 'char'), member('b', 'long', { aligns: [2] })], { packed: true });
    expect(shape(both)).toBe('a@0:8 b@16:64 = 10 align 2');
    expect(shape(struct([member('a', 'char'), member('b', 'long')], { packed: true, aligns: [4] }))).toBe(
      'a@0:8 b@8:64 = 12 align 4',
    );
  });

  it('follow a typedef whose alignment is lowered', () => {
    const compat: CType = { kind: 'typedef', name: 'compat_u64', to: integer('unsigned long long'), align: 4 };
    expect(shape(struct([member('a', 'int'), member('b', compat)]))).toBe('a@0:32 b@32:64 = 12 align 4');
  });

  it('of packed records keep the inside of records that are not', () => {
    const inner = struct([member('a', 'char'), member('b', 'int')]);
    expect(shape(struct([member('x', 'char'), member('y', recordType(inner))], { packed: true }))).toBe(
      'x@0:8 y@8:64 = 9 align 1',
    );
  });

  it('obey #pragma pack, which caps even their own aligned', () => {
    const record = struct([member('a', 'char'), member('b', 'long', { aligns: [16] })], { pack: 2 });
    expect(shape(record)).toBe('a@0:8 b@16:64 = 10 align 2');
  });
});

describe('records', () => {
  it('without members have no size', () => {
    expect(shape(struct([]))).toBe(' = 0 align 1');
    expect(shape(struct([], { aligns: [8] }))).toBe(' = 0 align 8');
  });

  it('may end in a flexible array, which takes no room but aligns', () => {
    const record = struct([member('count', 'char'), member('items', arrayOf('long', null))]);
    expect(shape(record)).toBe('count@0:8 items@64:0 = 8 align 8');
  });

  it('of the kernel come out as pahole prints them', () => {
    expect(exact(PAGE).size).toBe(64);
    expect(exact(PAGE).align).toBe(16);
  });

  it('take the last of several aligned with gcc, the strictest with clang, and stay unknown with either', () => {
    const record = struct([member('a', 'char')], { aligns: [8, 4] });
    expect(exact(record).align).toBe(4);
    expect(exact(record, target('x86_64', 'clang')).align).toBe(8);
    expect(layoutRecord(record, target('x86_64'))).toMatchObject({ status: 'unknown' });
  });

  it('are laid out once for each target', () => {
    expect(layoutRecord(PAGE, x86)).toBe(layoutRecord(PAGE, target('x86', 'gcc')));
    expect(layoutRecord(PAGE, x86)).not.toBe(layoutRecord(PAGE, target('arm64', 'gcc')));
  });
});

describe('unions', () => {
  it('put every member at 0 and pad to the strictest alignment', () => {
    expect(shape(union([member('a', arrayOf('char', 5)), member('b', 'int')]))).toBe('a@0:40 b@0:32 = 8 align 4');
    expect(shape(union([bits('a', 'int', 3)], { packed: true }))).toBe('a@0:3 = 1 align 1');
  });
});

describe('bit-fields', () => {
  it('share units with each other and with ordinary members', () => {
    const record = struct([bits('a', 'int', 3), bits('b', 'int', 30), member('c', 'char')]);
    expect(shape(record)).toBe('a@0:3 b@32:30 c@64:8 = 12 align 4');
    expect(shape(struct([member('c', 'char'), bits('a', 'int', 20)]))).toBe('c@0:8 a@8:20 = 4 align 4');
  });

  it('run on over units where m68k has its way, or where they are packed', () => {
    const members = [bits('a', 'int', 3), bits('b', 'int', 30)];
    expect(shape(struct(members), target('m68k', 'gcc'))).toBe('a@0:3 b@3:30 = 5 align 1');
    expect(shape(struct(members, { packed: true }))).toBe('a@0:3 b@3:30 = 5 align 1');
  });

  it('close their unit with a zero width, which aligns the record on Arm alone', () => {
    const record = struct([bits('a', 'char', 3), bits(undefined, 'int', 0), member('b', 'char')]);
    expect(shape(record)).toBe('a@0:3 b@32:8 = 5 align 1');
    expect(shape(record, target('arm64', 'gcc'))).toBe('a@0:3 b@32:8 = 8 align 4');
    expect(shape(record, target('arm', 'gcc'))).toBe('a@0:3 b@32:8 = 8 align 4');
    expect(shape(record, target('m68k', 'gcc'))).toBe('a@0:3 b@16:8 = 4 align 2');
  });

  it('leave bit holes', () => {
    const record = struct([bits('a', 'int', 3), bits(undefined, 'int', 5), bits('b', 'int', 2), member('c', 'short')]);
    expect(exact(record).holes).toEqual([
      { offsetBits: 3, sizeBits: 5 },
      { offsetBits: 10, sizeBits: 6 },
    ]);
  });

  it('with a forced alignment go where gcc and clang part: then unknown unless it is known who builds', () => {
    const wide: CType = { kind: 'typedef', name: 'wide', to: integer('int'), align: 8 };
    const record = struct([
      { ...bits('a', 'int', 3), type: wide },
      { ...bits('b', 'int', 3), type: wide },
    ]);
    expect(shape(record, target('x86_64', 'gcc'))).toBe('a@0:3 b@64:3 = 16 align 8');
    expect(shape(record, target('x86_64', 'clang'))).toBe('a@0:3 b@3:3 = 8 align 8');
    const either = layoutRecord(record, target('x86_64', 'either'));
    expect(either).toMatchObject({ status: 'unknown', at: record.members![1] });
  });
});

describe('unknown', () => {
  it('names the member it starts at, and keeps what lies before', () => {
    const record = struct([member('a', 'int'), member('b', unknownType('foo_t is not declared')), member('c', 'int')]);
    const layout = layoutRecord(record, x86);
    expect(layout).toMatchObject({
      status: 'unknown',
      reason: 'member b: foo_t is not declared',
      at: record.members![1],
    });
    expect(layout.fields.map((field) => field.name)).toEqual(['a']);
  });

  it('spreads through arrays and records by value, not through pointers', () => {
    const incomplete: RecordDeclaration = {
      kind: 'struct',
      tag: 'device',
      members: undefined,
      packed: false,
      aligns: [],
    };
    const holder = struct([member('all', arrayOf(recordType(incomplete), 2))], { tag: 'holder' });
    expect(layoutRecord(struct([member('h', recordType(holder))]), x86)).toMatchObject({
      reason: 'member h: struct holder: member all: struct device: it is only declared, not defined',
    });
    expect(shape(struct([member('p', { kind: 'pointer', to: recordType(incomplete) })]))).toBe('p@0:64 = 8 align 8');
  });

  it('answers a record that contains itself', () => {
    const members: ReturnType<typeof member>[] = [];
    const loop = struct(members, { tag: 'loop' });
    members.push(member('again', recordType(struct([anonymous(loop)]))));
    expect(layoutRecord(loop, x86)).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('contains itself'),
    });
  });

  it.each([
    ['an alignment that is no power of two', struct([member('a', 'int', { aligns: [3] })]), '3 is no alignment'],
    ['an unknown alignment', struct([], { aligns: [{ unknown: 'N is not defined' }] }), 'N is not defined'],
    ['a width past the type', struct([bits('a', 'char', 9)]), '9 bits do not fit'],
    ['an unknown width', struct([bits('a', 'int', 1, { bitWidth: { unknown: 'N' } })]), 'the width is unknown: N'],
    ['a bit-field of a pointer', struct([{ ...bits('a', 'int', 1), type: POINTER }]), 'only integers'],
    ['a foreign layout', struct([], { attributes: ['__ms_struct__'] }), 'ms_struct'],
    ['a definition that is not trusted', struct([], { unknown: 'syntax error' }), 'syntax error'],
    ['an enormous array', struct([member('a', arrayOf('long', 2 ** 52))]), 'impossible size'],
  ])('answers %s', (_, record, reason) => {
    const layout = layoutRecord(record, x86);
    expect(layout).toMatchObject({ status: 'unknown', reason: expect.stringContaining(reason) });
  });
});

describe('targets', () => {
  it('place a member of 8 bytes, a pointer and a va_list each by its own ABI', () => {
    const record = struct([member('c', 'char'), member('l', 'long long'), member('p', POINTER), member('v', VA_LIST)]);
    const shapes = TARGET_NAMES.map((name) => `${name}: ${shape(record, target(name))}`);
    expect(shapes).toContain('x86_64: c@0:8 l@64:64 p@128:64 v@192:192 = 48 align 8');
    expect(shapes).toContain('arm64: c@0:8 l@64:64 p@128:64 v@192:256 = 56 align 8');
    expect(shapes).toContain('i386: c@0:8 l@32:64 p@96:32 v@128:32 = 20 align 4');
    expect(shapes).toContain('arm: c@0:8 l@64:64 p@128:32 v@160:32 = 24 align 8');
    expect(shapes).toContain('riscv64: c@0:8 l@64:64 p@128:64 v@192:64 = 32 align 8');
    expect(shapes).toContain('s390: c@0:8 l@64:64 p@128:64 v@192:256 = 56 align 8');
    expect(shapes).toContain('m68k: c@0:8 l@16:64 p@80:32 v@112:32 = 18 align 2');
    expect(shapes).toContain('ppc32: c@0:8 l@64:64 p@128:32 v@160:96 = 32 align 8');
    expect(shapes).toContain('ppc64le: c@0:8 l@64:64 p@128:64 v@192:64 = 32 align 8');
    expect(shapes).toContain('alpha: c@0:8 l@64:64 p@128:64 v@192:128 = 40 align 8');
    expect(shapes).toContain('sh: c@0:8 l@32:64 p@96:32 v@128:32 = 20 align 4');
    expect(shapes).toContain('microblaze: c@0:8 l@32:64 p@96:32 v@128:32 = 20 align 4');
    expect(shapes).toContain('hexagon: c@0:8 l@64:64 p@128:32 v@160:96 = 32 align 8');
    expect(shapes).toContain('xtensa: c@0:8 l@64:64 p@128:32 v@160:96 = 32 align 8');
  });

  it('count bits from the most significant one, or from the least', () => {
    const big = TARGET_NAMES.filter((name) => target(name).bigEndian);
    expect(big.join(' ')).toBe(
      'arm64be armeb s390 m68k ppc32 ppc64 mips mips64 sparc sparc64 parisc parisc64 sheb arceb microblaze openrisc xtensaeb',
    );
  });

  it('are built by the one compiler that there is, whichever is named', () => {
    expect(target('alpha', 'clang')).toBe(target('alpha', 'gcc'));
    expect(target('hexagon', 'gcc').compiler).toBe('clang');
    expect(target('mips', 'clang')).not.toBe(target('mips', 'gcc'));
  });

  it.each([
    ['powerpc', 'PPC64 CPU_LITTLE_ENDIAN', 'ppc64le'],
    ['powerpc', 'PPC64', 'ppc64'],
    ['powerpc', 'PPC32', 'ppc32'],
    ['mips', '64BIT CPU_LITTLE_ENDIAN', 'mips64el'],
    ['mips', '32BIT CPU_BIG_ENDIAN', 'mips'],
    ['sparc', '64BIT', 'sparc64'],
    ['parisc', '', 'parisc'],
    ['riscv', '32BIT', 'riscv32'],
    ['arm64', 'CPU_BIG_ENDIAN', 'arm64be'],
    ['um', 'X86_64', 'x86_64'],
    ['um', 'X86_32', 'i386'],
    ['z80', '64BIT', undefined],
  ])('of arch/%s with %s is %s', (arch, options, name) => {
    expect(targetIn(arch, (option) => options.split(' ').includes(option))).toBe(name);
  });
});

describe('sizes of types', () => {
  it('come from the target', () => {
    expect(sizeOf(integer('long'), target('arm', 'gcc'))).toBe(4);
    expect(sizeOf({ kind: 'float', name: 'long double' }, target('m68k', 'gcc'))).toBe(12);
    expect(sizeOf(integer('__int128'), target('arm', 'gcc'))).toEqual({ unknown: 'there is no __int128 on arm' });
  });

  it.each([
    [[0n, 1n], false, 4],
    [[-1n, 1n], false, 4],
    [[0n, 200n], true, 1],
    [[-1n, 200n], true, 2],
    [[2n ** 32n], false, 8],
    [[-1n, 2n ** 31n], false, 8],
  ])('of an enum with the values %s, packed %s: %i', (values, packed, size) => {
    const enumerators = values.map((value, index) => ({ name: `E${index}`, value }));
    expect(sizeOf({ kind: 'enum', enumeration: { packed, enumerators } }, x86)).toBe(size);
  });
});

describe('a layout is checked', () => {
  const sound = exact(struct([member('a', 'char'), member('b', 'long')]));
  it.each([
    [{}, undefined],
    [{ paddingBits: 8 }, 'members 72 + holes 56 + padding 8 bits are not 16 bytes'],
    [{ size: 20 }, '20 bytes are no multiple of 8'],
    [{ fields: [sound.fields[1], sound.fields[0]] }, 'a lies over the one before'],
    [{ fields: [{ ...sound.fields[0], offsetBits: 4 }] }, 'a starts within a byte'],
  ])('with %j', (change, fault) => {
    expect(faultOf({ ...sound, ...change })).toBe(fault);
  });
});
