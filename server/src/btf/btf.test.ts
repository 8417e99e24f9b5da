import { describe, expect, it } from 'vitest';
import { layoutRecord } from '../layout/record';
import { target } from '../layout/target';
import { BTF_KINDS, type BtfEntry, makeBtf } from '../testing/make-btf';
import { anonymous, arrayOf, bits, member, recordType, struct, union } from '../testing/make-records';
import { readBtf } from './btf';
import { compareWithBtf } from './btf-compare';

const { int: INT, pointer: POINTER, array: ARRAY, struct: STRUCT, union: UNION, typedef: TYPEDEF } = BTF_KINDS;

/** `bytes` as the .BTF section of a 32-bit ELF file. */
function elf(bytes: Uint8Array, isLittleEndian: boolean): Uint8Array {
  const names = Buffer.from('\0.shstrtab\0.BTF\0', 'latin1');
  const file = new Uint8Array(52 + 3 * 40 + names.length + bytes.length);
  const view = new DataView(file.buffer);
  file.set([0x7f, 0x45, 0x4c, 0x46, 1, isLittleEndian ? 1 : 2, 1]);
  view.setUint32(32, 52, isLittleEndian);
  view.setUint16(46, 40, isLittleEndian);
  view.setUint16(48, 3, isLittleEndian);
  view.setUint16(50, 1, isLittleEndian);
  const section = (index: number, name: number, at: number, size: number) => {
    view.setUint32(52 + index * 40, name, isLittleEndian);
    view.setUint32(52 + index * 40 + 16, at, isLittleEndian);
    view.setUint32(52 + index * 40 + 20, size, isLittleEndian);
  };
  section(1, 1, 172, names.length);
  section(2, 11, 172 + names.length, bytes.length);
  file.set(names, 172);
  file.set(bytes, 172 + names.length);
  return file;
}

const PAIR: BtfEntry[] = [
  { kind: INT, name: 'int', size: 4, extra: [32] },
  { kind: POINTER, size: 4 },
  {
    kind: UNION,
    size: 8,
    members: [
      ['next', 2, 0],
      ['pair', 4, 0],
    ],
  },
  { kind: ARRAY, size: 0, extra: [1, 1, 2] },
  {
    kind: STRUCT,
    name: 'node',
    size: 16,
    members: [
      ['low', 1, 0, 3],
      ['', 3, 64, 0],
    ],
  },
  { kind: TYPEDEF, name: 'node_t', size: 5 },
  { kind: STRUCT, size: 4, members: [['counter', 1, 0]] },
  { kind: TYPEDEF, name: 'atomic_t', size: 7 },
];

describe('BTF', () => {
  it.each([true, false])('is read in either byte order (little endian: %s)', (isLittleEndian) => {
    const expected = [
      {
        kind: 'struct',
        name: 'node',
        isTypedef: false,
        size: 16,
        members: [
          { name: 'low', offsetBits: 0, sizeBits: 3, isBitField: true },
          { name: 'next', offsetBits: 64, sizeBits: 32, isBitField: false },
          { name: 'pair', offsetBits: 64, sizeBits: 64, isBitField: false },
        ],
      },
      {
        kind: 'struct',
        name: 'atomic_t',
        isTypedef: true,
        size: 4,
        members: [{ name: 'counter', offsetBits: 0, sizeBits: 32, isBitField: false }],
      },
    ];
    expect(readBtf(elf(makeBtf(PAIR, isLittleEndian), isLittleEndian))).toEqual(expected);
    const long: BtfEntry = { kind: INT, name: 'long unsigned int', size: 4, extra: [32] };
    expect(readBtf(makeBtf([...PAIR, long], isLittleEndian))).toEqual(expected);
  });

  it('of the older form keeps a bit-field in its integer', () => {
    const older = makeBtf([
      { kind: INT, name: 'int', size: 4, extra: [(5 << 16) | 3] },
      { kind: STRUCT, name: 's', size: 4, members: [['field', 1, 0]] },
    ]);
    expect(readBtf(older)[0].members).toEqual([{ name: 'field', offsetBits: 5, sizeBits: 3, isBitField: true }]);
  });

  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'shorter than the header'],
    ['something else', new Uint8Array(100), 'the magic number is missing'],
    ['a cut file', makeBtf(PAIR).subarray(0, 100), 'cut short'],
    ['an unknown kind', makeBtf([{ kind: 31, size: 0 }]), 'unknown kind 31'],
    ['a type that is not there', makeBtf([{ kind: STRUCT, name: 's', size: 4, members: [['m', 99, 0]] }]), 'type 99'],
    [
      'a typedef of itself',
      makeBtf([
        { kind: STRUCT, name: 's', size: 4, members: [['m', 2, 0]] },
        { kind: TYPEDEF, size: 2 },
      ]),
      'typedef of itself',
    ],
    [
      'a record within itself',
      makeBtf([
        { kind: STRUCT, name: 's', size: 4, members: [['', 2, 0]] },
        { kind: STRUCT, size: 4, members: [['', 2, 0]] },
      ]),
      'contains itself',
    ],
    [
      'an ELF file without it',
      elf(makeBtf(PAIR), true).map((byte, at) => (at === 52 + 80 ? 1 : byte)),
      'no .BTF section',
    ],
    ['a cut ELF file', elf(makeBtf(PAIR), true).subarray(0, 150), 'section table is cut short'],
  ])('says what is wrong with %s', (_, bytes, message) => {
    expect(() => readBtf(bytes)).toThrow(message);
  });

  it('never hangs or crashes on damaged bytes', () => {
    const whole = elf(makeBtf(PAIR), true);
    for (let at = 0; at < whole.length; at++) {
      for (const value of [0, 0xff, 0x80]) {
        const damaged = whole.map((byte, index) => (index === at ? value : byte));
        try {
          readBtf(damaged);
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
          expect(error).not.toBeInstanceOf(RangeError);
        }
      }
    }
  });
});

describe('comparison with BTF', () => {
  const theirs = readBtf(elf(makeBtf(PAIR), true))[0];
  const views = union([member('next', 'int'), member('pair', arrayOf('int', 2))]);
  const i386 = target('i386');

  it('finds nothing where all is equal', () => {
    const record = struct([bits('low', 'int', 3), anonymous({ ...views, aligns: [8] })]);
    expect(compareWithBtf(layoutRecord(record, i386), theirs)).toEqual([]);
  });

  it('names what differs', () => {
    const record = struct([bits('low', 'int', 4), anonymous(views)]);
    expect(compareWithBtf(layoutRecord(record, i386), theirs)).toEqual([
      { what: 'size', ours: '12 bytes', theirs: '16 bytes' },
      { what: 'bits', member: 'low', ours: '4 bits', theirs: '3 bits' },
      { what: 'offset', member: 'next', ours: 'bit 32', theirs: 'bit 64' },
      { what: 'offset', member: 'pair', ours: 'bit 32', theirs: 'bit 64' },
    ]);
  });

  it('stops at names that do not pair up', () => {
    const record = struct([bits('low', 'int', 3), member('views', recordType({ ...views, aligns: [8] }))]);
    expect(compareWithBtf(layoutRecord(record, i386), theirs)).toEqual([
      { what: 'member', member: 'views', ours: 'views', theirs: 'next' },
    ]);
  });

  it('keeps an unknown layout apart', () => {
    const layout = layoutRecord({ ...struct([]), unknown: 'a reason' }, i386);
    expect(compareWithBtf(layout, theirs)).toEqual([{ what: 'status', ours: 'unknown: a reason', theirs: 'known' }]);
  });
});
