/**
 * Reads the records of a kernel's BTF (Documentation/bpf/btf.rst), the layouts that its compiler really made, from raw
 * bytes (/sys/kernel/btf/vmlinux) or from the .BTF section of an ELF file of either class and byte order. A module's BTF is
 * split: its types and names are numbered on from those of its base.
 */
import type { Bits, Bytes } from '../types/model';
import { isElf, readElf } from './elf';

export interface BtfMember {
  readonly name: string;
  readonly offsetBits: Bits;
  /** Undefined where BTF does not say, as for a member of a type that is only declared. */
  readonly sizeBits: Bits | undefined;
  readonly isBitField: boolean;
}

export interface BtfRecord {
  readonly kind: 'struct' | 'union';
  /** Its tag, or, for a record without one, the name of a typedef of it. */
  readonly name: string;
  readonly isTypedef: boolean;
  readonly size: Bytes;
  /** Named members in order, those of anonymous members among them, as if they were the record's own. */
  readonly members: readonly BtfMember[];
}

const MAGIC = 0xeb9f;
const HEADER_SIZE = 24;

/** Kinds of BTF types by number, with the size of what follows their 12 bytes: fixed, and for each of `vlen` entries. */
const KINDS: readonly { name: string; fixed: number; each: number }[] = [
  { name: 'void', fixed: 0, each: 0 },
  { name: 'int', fixed: 4, each: 0 },
  { name: 'pointer', fixed: 0, each: 0 },
  { name: 'array', fixed: 12, each: 0 },
  { name: 'struct', fixed: 0, each: 12 },
  { name: 'union', fixed: 0, each: 12 },
  { name: 'enum', fixed: 0, each: 8 },
  { name: 'forward', fixed: 0, each: 0 },
  { name: 'typedef', fixed: 0, each: 0 },
  { name: 'volatile', fixed: 0, each: 0 },
  { name: 'const', fixed: 0, each: 0 },
  { name: 'restrict', fixed: 0, each: 0 },
  { name: 'function', fixed: 0, each: 0 },
  { name: 'prototype', fixed: 0, each: 8 },
  { name: 'variable', fixed: 4, each: 0 },
  { name: 'section', fixed: 0, each: 12 },
  { name: 'float', fixed: 0, each: 0 },
  { name: 'declaration tag', fixed: 4, each: 0 },
  { name: 'type tag', fixed: 0, each: 0 },
  { name: 'enum64', fixed: 0, each: 12 },
];

/** Kinds that only qualify or rename the type they point to. */
const TRANSPARENT = new Set(['typedef', 'volatile', 'const', 'restrict', 'type tag']);

/** How compilers write the type that is as large as a pointer. */
const LONG_NAMES = new Set(['long unsigned int', 'long int', 'unsigned long', 'long']);

/** Types may nest only so deep; more is a loop in a broken file. */
const DEEPEST_NESTING = 256;

/** A record may have only so many members at all depths; more is a broken file. */
const MOST_MEMBERS = 100_000;

interface BtfType {
  /** The BTF whose bytes hold it: of a module's types, some are the base's. */
  readonly holder: Btf;
  readonly kind: string;
  readonly nameAt: number;
  /** Bytes for sized kinds, a type's number for the others. */
  readonly sizeOrType: number;
  readonly count: number;
  readonly hasBitSizes: boolean;
  /** Where what follows the common 12 bytes stands. */
  readonly dataAt: number;
}

/** BTF as it stands in a file, not read yet; plain data. */
export interface BtfSection {
  readonly raw: Uint8Array;
  /** Of the ELF file around it, which is the one that tells. */
  readonly pointerSize?: Bytes;
  /** What a module built outside the kernel brings along of its base (.BTF.base), and is numbered on from. */
  readonly ownBase?: Uint8Array;
}

/** The named structs and unions of a whole BTF. Throws an Error that says what is wrong with bytes that do not hold together. */
export function readBtf(bytes: Uint8Array): BtfRecord[] {
  return new Btf(wholeBtfSection(bytes)).records();
}

/** The BTF within bytes that are no module's. @throws Error as readBtf() does. */
export function wholeBtfSection(bytes: Uint8Array): BtfSection {
  const section = btfSection(bytes);
  if (section.ownBase) throw new Error('this is the BTF of a module, which is no whole BTF');
  return section;
}

/** The BTF within bytes, which are an ELF file or BTF themselves. @throws Error as readBtf() does. */
export function btfSection(bytes: Uint8Array): BtfSection {
  if (!isElf(bytes)) return { raw: bytes };
  const elf = readElf(bytes);
  const section = (wanted: string) => elf.sections.find(({ name }) => name === wanted)?.bytes;
  const raw = section('.BTF');
  if (raw === undefined)
    throw new Error('the ELF file has no .BTF section: was its kernel built with CONFIG_DEBUG_INFO_BTF?');
  return { raw, pointerSize: elf.is64Bit ? 8 : 4, ownBase: section('.BTF.base') };
}

/** One BTF whose types are found; its records are read when they are asked for. */
export class Btf {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;
  private readonly isLittleEndian: boolean;
  private readonly types: BtfType[] = [];
  private readonly stringsAt: number;
  private readonly stringsEnd: number;
  private readonly pointerSize: Bytes;
  /** What its types and names are numbered on from. */
  private readonly base: Btf | undefined;
  /** The number of the first type, and the offset of the first name, that are its own. */
  private readonly firstType: number;
  private readonly firstName: number;
  private visitedMembers = 0;

  /**
   * @param base Of a module's, its kernel's.
   * @throws Error that says what is wrong with bytes that do not hold together, among themselves or with the base.
   */
  constructor({ raw, pointerSize, ownBase }: BtfSection, base?: Btf) {
    this.base = ownBase ? new Btf({ raw: ownBase, pointerSize }) : base;
    this.firstType = this.base?.typeCount ?? 0;
    this.firstName = this.base ? this.base.firstName + this.base.stringsEnd - this.base.stringsAt : 0;
    this.bytes = raw;
    this.view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    if (raw.length < HEADER_SIZE) throw new Error('this is no BTF: it is shorter than the header');
    this.isLittleEndian = this.view.getUint16(0, true) === MAGIC;
    if (!this.isLittleEndian && this.view.getUint16(0, false) !== MAGIC)
      throw new Error('this is no BTF: the magic number is missing');
    if (raw[2] !== 1) throw new Error(`BTF of version ${raw[2]} is not known; only 1 is`);
    const headerSize = this.word(4);
    const typesAt = headerSize + this.word(8);
    const typesEnd = typesAt + this.word(12);
    this.stringsAt = headerSize + this.word(16);
    this.stringsEnd = this.stringsAt + this.word(20);
    const isWhole = headerSize >= HEADER_SIZE && typesEnd <= raw.length && this.stringsEnd <= raw.length;
    if (!isWhole) throw new Error('the BTF is cut short: its header speaks of more bytes than there are');
    if (this.base !== undefined && this.base.isLittleEndian !== this.isLittleEndian)
      throw new Error('its byte order is not that of the base');
    this.readTypes(typesAt, typesEnd);
    this.pointerSize = pointerSize ?? this.base?.pointerSize ?? this.longSize();
  }

  /** Its own named structs and unions, those of the base apart. */
  records(): BtfRecord[] {
    const found: BtfRecord[] = [];
    for (const type of this.types) {
      if (isRecord(type) && type.nameAt !== 0) found.push(this.record(type, this.text(type.nameAt), false));
      else if (type.kind === 'typedef') {
        const meant = this.type(type.sizeOrType);
        if (isRecord(meant) && meant.nameAt === 0) found.push(this.record(meant, this.text(type.nameAt), true));
      }
    }
    return found;
  }

  private readTypes(start: number, end: number): void {
    if (this.base === undefined)
      this.types.push({
        holder: this,
        kind: 'void',
        nameAt: 0,
        sizeOrType: 0,
        count: 0,
        hasBitSizes: false,
        dataAt: start,
      });
    let at = start;
    while (at < end) {
      if (at + 12 > end) throw new Error(`BTF type ${this.firstType + this.types.length} is cut short`);
      const info = this.word(at + 4);
      const kind = KINDS[(info >>> 24) & 0x1f];
      if (kind === undefined)
        throw new Error(
          `BTF type ${this.firstType + this.types.length} is of the unknown kind ${(info >>> 24) & 0x1f}`,
        );
      const count = info & 0xffff;
      const dataAt = at + 12;
      this.types.push({
        holder: this,
        kind: kind.name,
        nameAt: this.nameAt(this.word(at)),
        sizeOrType: this.word(at + 8),
        count,
        hasBitSizes: info >>> 31 === 1,
        dataAt,
      });
      at = dataAt + kind.fixed + kind.each * count;
      if (at > end) throw new Error(`BTF type ${this.firstType + this.types.length - 1} is cut short`);
    }
  }

  private record(type: BtfType, name: string, isTypedef: boolean): BtfRecord {
    const members: BtfMember[] = [];
    this.visitedMembers = 0;
    this.collect(type, 0, members, 0);
    return { kind: type.kind as 'struct' | 'union', name, isTypedef, size: type.sizeOrType, members };
  }

  private collect(record: BtfType, base: Bits, into: BtfMember[], depth: number): void {
    const { holder } = record;
    if (depth > DEEPEST_NESTING) throw new Error('the BTF holds a record that contains itself');
    for (let index = 0; index < record.count; index++) {
      if (++this.visitedMembers > MOST_MEMBERS)
        throw new Error(`the BTF holds a record of more than ${MOST_MEMBERS} members`);
      const at = record.dataAt + index * 12;
      const name = holder.text(holder.word(at));
      const typeIndex = holder.word(at + 4);
      const packed = holder.word(at + 8);
      const offsetBits = base + (record.hasBitSizes ? packed & 0xffffff : packed);
      let bitSize = record.hasBitSizes ? packed >>> 24 : 0;
      const bare = this.bare(typeIndex);
      if (name === '') {
        if (isRecord(bare)) this.collect(bare, offsetBits, into, depth + 1);
        continue;
      }
      let start = offsetBits;
      if (!record.hasBitSizes && bare.kind === 'int') {
        // The older form: an int that says which of its bits count.
        const encoding = bare.holder.word(bare.dataAt);
        const bits = encoding & 0xff;
        if (bits !== bare.sizeOrType * 8) bitSize = bits;
        start += (encoding >>> 16) & 0xff;
      }
      const size = bitSize > 0 ? bitSize : this.sizeBits(typeIndex);
      into.push({ name, offsetBits: start, sizeBits: size, isBitField: bitSize > 0 });
    }
  }

  private bare(index: number): BtfType {
    let type = this.type(index);
    for (let depth = 0; TRANSPARENT.has(type.kind); depth++) {
      if (depth > DEEPEST_NESTING) throw new Error('the BTF holds a typedef of itself');
      type = this.type(type.sizeOrType);
    }
    return type;
  }

  private sizeBits(index: number): Bits | undefined {
    let elements = 1;
    let type = this.bare(index);
    for (let depth = 0; type.kind === 'array'; depth++) {
      if (depth > DEEPEST_NESTING) throw new Error('the BTF holds an array of itself');
      elements *= type.holder.word(type.dataAt + 8);
      type = this.bare(type.holder.word(type.dataAt));
    }
    if (type.kind === 'pointer') return elements * this.pointerSize * 8;
    const isSized = ['int', 'struct', 'union', 'enum', 'float', 'enum64'].includes(type.kind);
    return isSized ? elements * type.sizeOrType * 8 : undefined;
  }

  private type(index: number): BtfType {
    const type = index < this.firstType ? this.base?.type(index) : this.types[index - this.firstType];
    if (type === undefined) throw new Error(`the BTF refers to type ${index}, which is not there; ${this.whoseElse}`);
    return type;
  }

  private get typeCount(): number {
    return this.firstType + this.types.length;
  }

  private get whoseElse(): string {
    return this.base ? 'was the module built for another vmlinux?' : "is it a module's?";
  }

  /** A pointer is as large as a `long` on all of Linux; raw BTF says nothing else of it. */
  private longSize(): Bytes {
    const long = this.types.find(({ kind, nameAt }) => kind === 'int' && LONG_NAMES.has(this.text(nameAt)));
    return long?.sizeOrType ?? 8;
  }

  private word(at: number): number {
    return this.view.getUint32(at, this.isLittleEndian);
  }

  /** An offset of a name. In another vmlinux than its base, the names of a module begin elsewhere, and this is how that shows. */
  private nameAt(offset: number): number {
    if (this.base !== undefined && !this.beginsName(offset)) this.noName(offset);
    return offset;
  }

  private beginsName(offset: number): boolean {
    if (this.base !== undefined && offset < this.firstName) return this.base.beginsName(offset);
    const at = this.stringsAt + offset - this.firstName;
    return at < this.stringsEnd && (at === this.stringsAt || this.bytes[at - 1] === 0);
  }

  private noName(offset: number): never {
    throw new Error(`the BTF refers to a name at ${offset}, where none begins; ${this.whoseElse}`);
  }

  private text(offset: number): string {
    if (this.base !== undefined && offset < this.firstName) return this.base.text(offset);
    const start = this.stringsAt + offset - this.firstName;
    if (start >= this.stringsEnd) this.noName(offset);
    let end = start;
    while (end < this.stringsEnd && this.bytes[end] !== 0) end++;
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, end - start).toString('latin1');
  }
}

function isRecord(type: BtfType): boolean {
  return type.kind === 'struct' || type.kind === 'union';
}
