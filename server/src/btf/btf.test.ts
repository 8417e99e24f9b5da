import { describe, expect, it } from 'vitest';
import { layoutRecord } from '../layout/record';
import { target } from '../layout/target';
import { BTF_KINDS, type BtfEntry, makeBtf } from '../testing/make-btf';
import { anonymous, arrayOf, bits, member, recordType, struct, union } from '../testing/make-records';
import { Btf, readBtf } from './btf';
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

describe('BTF of a module', () => {
  const kernel = makeBtf(PAIR);
  /** Its types are numbered from 9, and 1 and 5 are the kernel's `int` and `struct node`. */
  const TYPES: BtfEntry[] = [
    { kind: ARRAY, size: 0, extra: [10, 1, 3] },
    {
      kind: STRUCT,
      name: 'device',
      size: 20,
      members: [
        ['count', 1, 0],
        ['node', 5, 32],
      ],
    },
    {
      kind: STRUCT,
      name: 'bus',
      size: 60,
      members: [['devices', 9, 0]],
    },
  ];
  const module = makeBtf(TYPES, true, kernel);

  it('is numbered on from its kernel’s, and gives its own records alone', () => {
    const base = new Btf({ raw: kernel });
    expect(new Btf({ raw: module }, base).records()).toEqual([
      {
        kind: 'struct',
        name: 'device',
        isTypedef: false,
        size: 20,
        members: [
          { name: 'count', offsetBits: 0, sizeBits: 32, isBitField: false },
          { name: 'node', offsetBits: 32, sizeBits: 128, isBitField: false },
        ],
      },
      {
        kind: 'struct',
        name: 'bus',
        isTypedef: false,
        size: 60,
        members: [{ name: 'devices', offsetBits: 0, sizeBits: 480, isBitField: false }],
      },
    ]);
  });

  it('takes the base that the module brings along', () => {
    const other = new Btf({ raw: makeBtf([{ kind: INT, name: 'something else', size: 8, extra: [64] }]) });
    const own = new Btf({ raw: module, ownBase: kernel }, other);
    expect(own.records().map(({ name, size }) => [name, size])).toEqual([
      ['device', 20],
      ['bus', 60],
    ]);
  });

  it.each<[string, Uint8Array]>([
    ['has other names', makeBtf([{ ...PAIR[0], name: 'unsigned' }, ...PAIR.slice(1)])],
    ['has fewer types', makeBtf([{ kind: INT, name: 'a name that is just as long', size: 4, extra: [32] }])],
  ])('says that its base is another one, which %s', (_, raw) => {
    expect(() => new Btf({ raw: module }, new Btf({ raw })).records()).toThrow(
      'was the module built for another vmlinux?',
    );
  });

  it('must be of its base’s byte order', () => {
    expect(() => new Btf({ raw: module }, new Btf({ raw: makeBtf(PAIR, false) }))).toThrow('byte order');
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
