/** Makes random C records with every feature that a layout depends on, nested and mixed. */
import { sizeOf } from '../layout/record';
import type { Target } from '../layout/target';
import {
  type CType,
  type EnumDeclaration,
  type FloatName,
  type IntegerName,
  integer,
  type Member,
  pointerTo,
  type RecordDeclaration,
  strip,
  VA_LIST,
  VOID,
} from '../types/model';
import type { RandomNumbers } from './random-numbers';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const INTEGERS: readonly IntegerName[] = [
  'char',
  'signed char',
  'unsigned char',
  'short',
  'unsigned short',
  'int',
  'unsigned int',
  'long',
  'unsigned long',
  'long long',
  'unsigned long long',
  '_Bool',
];
const FLOATS: readonly FloatName[] = ['float', 'double', 'long double'];
const ALIGNMENTS: readonly number[] = [1, 2, 4, 8, 16, 32, 64];
const ENUM_VALUES: readonly bigint[] = [
  0n,
  1n,
  -1n,
  100n,
  200n,
  -129n,
  40000n,
  70000n,
  2n ** 31n,
  -(2n ** 31n),
  2n ** 33n,
];

/** Makes records for one target; names count up, so that all records of one generator fit into one C file. */
export class RandomRecords {
  private count = 0;
  private readonly earlier: RecordDeclaration[] = [];

  constructor(
    private readonly random: RandomNumbers,
    private readonly target: Target,
  ) {}

  /** The next record with a tag. It may embed earlier ones. */
  next(): RecordDeclaration {
    const pack = this.random.chance(4) ? this.random.pick([1, 2, 4, 8, 16]) : undefined;
    const record = this.record(`R${this.count++}`, 0, pack);
    this.earlier.push(record);
    if (this.earlier.length > 12) this.earlier.shift();
    return record;
  }

  private record(tag: string | undefined, depth: number, pack: number | undefined): RecordDeclaration {
    const { random } = this;
    const kind = random.chance(depth === 0 ? 20 : 45) ? 'union' : 'struct';
    const members: Member[] = [];
    const bitFieldShare = random.pick([0, 15, 30, 70]);
    const length = random.chance(3) ? 0 : 1 + random.below(depth === 0 ? 9 : 4);
    for (let index = 0; index < length; index++) members.push(this.member(depth, pack, bitFieldShare));
    const hasNamed = members.some((member) => member.name !== undefined);
    if (kind === 'struct' && depth === 0 && hasNamed && random.chance(6)) {
      members.push(this.plain({ kind: 'array', of: this.elementType(depth, pack), length: null }));
    }
    return {
      kind,
      ...(tag !== undefined && { tag }),
      members,
      packed: random.chance(15),
      aligns: this.alignments(12),
      ...(pack !== undefined && { pack }),
    };
  }

  private member(depth: number, pack: number | undefined, bitFieldShare: number): Member {
    const { random } = this;
    if (random.chance(bitFieldShare)) return this.bitField();
    if (depth < 3 && random.chance(7)) {
      const type: CType = { kind: 'record', record: this.record(undefined, depth + 1, pack) };
      // Attributes after an anonymous record's brace are the record's own: the member has none.
      return { type, packed: false, aligns: [] };
    }
    return this.plain(this.type(depth, pack));
  }

  private plain(type: CType): Member {
    return {
      name: `m${this.count++}`,
      type,
      packed: this.random.chance(8),
      aligns: this.alignments(10),
    };
  }

  private bitField(): Member {
    const { random } = this;
    let type: CType = random.chance(12) ? this.enumeration() : integer(random.pick(this.integers()));
    if (random.chance(8)) type = this.typedef(type);
    const bare = strip(type);
    const size = sizeOf(type, this.target) as number;
    const widest = bare.kind === 'integer' && bare.name === '_Bool' ? 1 : size * 8;
    const style = random.below(100);
    let width = 1 + random.below(Math.min(widest, style < 60 ? 9 : widest));
    if (style > 92) width = Math.min(widest, random.pick([8, 16, 32, 64]));
    const isUnnamed = random.chance(15);
    if (isUnnamed && random.chance(50)) width = 0;
    return {
      ...(!isUnnamed && { name: `m${this.count++}` }),
      type,
      bitWidth: width,
      packed: random.chance(8),
      aligns: this.alignments(6),
    };
  }

  private type(depth: number, pack: number | undefined): CType {
    const { random } = this;
    const kind = random.below(100);
    if (kind < 14)
      return { kind: 'array', of: this.elementType(depth, pack), length: random.pick([0, 1, 2, 3, 5, 17]) };
    if (kind < 20) return this.typedef(this.scalar());
    if (kind < 21) return this.typedef(this.typedef(this.scalar()));
    if (kind < 22) return this.typedef({ kind: 'array', of: this.scalar(), length: random.below(5) });
    if (kind < 34 && depth < 3) return this.recordType(depth, pack);
    if (kind < 37) return this.vector();
    if (kind < 39)
      return pointerTo({ kind: 'function', returns: VOID, parameters: [{ type: integer('int') }], variadic: false });
    if (kind < 42 && this.earlier.length > 0)
      return this.typedef({ kind: 'record', record: random.pick(this.earlier) });
    if (kind < 46) return this.atomic();
    return this.scalar();
  }

  /** With `_Atomic`, where it is known what a compiler makes of that. */
  private atomic(): CType {
    const isKnown = this.target.compiler === 'gcc' || this.target.widestAtomic !== undefined;
    const record = this.earlier.length > 0 && this.random.chance(40) ? this.random.pick(this.earlier) : undefined;
    const plain: CType = record && !endsFlexible(record) ? this.typedef({ kind: 'record', record }) : this.scalar();
    // What gcc for i386 makes of wider ones within records is not known.
    const isNarrow = this.target.bitFields.strictestMember > 64 || (sizeOf(plain, this.target) as number) <= 4;
    return isKnown && isNarrow && plain.kind !== 'va_list' ? { ...plain, isAtomic: true } : plain;
  }

  private scalar(): CType {
    const kind = this.random.below(100);
    if (kind < 2) return VA_LIST;
    if (kind < 12) return pointerTo(this.random.chance(50) ? VOID : integer('char'));
    if (kind < 20) return { kind: 'float', name: this.random.pick(this.floats()) };
    if (kind < 30) return this.enumeration();
    return integer(this.random.pick(this.integers()));
  }

  private floats(): readonly FloatName[] {
    return this.target.scalars.__float128 === undefined ? FLOATS : [...FLOATS, '__float128'];
  }

  private integers(): readonly IntegerName[] {
    return this.target.scalars.__int128 === undefined ? INTEGERS : [...INTEGERS, '__int128'];
  }

  /** Compilers take no elements whose size is no multiple of their alignment, nor flexible ones. */
  private elementType(depth: number, pack: number | undefined): CType {
    const { random } = this;
    const kind = random.below(100);
    if (kind < 15) return { kind: 'array', of: this.elementType(depth, pack), length: 1 + random.below(3) };
    if (kind < 30 && depth < 3) {
      const type = this.recordType(depth, pack);
      if (type.kind === 'record' && !endsFlexible(type.record)) return type;
    }
    if (kind < 40) {
      const size = 2 ** random.below(4);
      const name = (['char', 'short', 'int', 'long long'] as const)[Math.log2(size)];
      const align = 2 ** random.below(Math.log2(size) + 1);
      return { kind: 'typedef', name: `T${this.count++}`, to: integer(name), align };
    }
    return this.scalar();
  }

  private recordType(depth: number, pack: number | undefined): CType {
    const embedsEarlier = this.earlier.length > 0 && this.random.chance(40);
    const tag = this.random.chance(30) ? `inner_${this.count++}` : undefined;
    return {
      kind: 'record',
      record: embedsEarlier ? this.random.pick(this.earlier) : this.record(tag, depth + 1, pack),
    };
  }

  private typedef(to: CType): CType {
    const align = this.random.chance(85) ? this.random.pick(ALIGNMENTS) : undefined;
    return { kind: 'typedef', name: `T${this.count++}`, to, ...(align !== undefined && { align }) };
  }

  private vector(): CType {
    const of = this.random.pick(['unsigned char', 'short', 'int', 'long long'] as const);
    const to: CType = { kind: 'vector', of: integer(of), bytes: this.random.pick([8, 16, 32, 64]) };
    // By name, as GCC ignores `packed` beside a `vector_size` that makes a vector of bytes.
    return { kind: 'typedef', name: `T${this.count++}`, to };
  }

  private enumeration(): CType {
    const { random } = this;
    const tag = `E${this.count++}`;
    const enumerators: Mutable<NonNullable<EnumDeclaration['enumerators']>[number]>[] = [];
    const length = 1 + random.below(3);
    for (let index = 0; index < length; index++) {
      enumerators.push({ name: `${tag}_${index}`, value: random.pick(ENUM_VALUES) });
    }
    return { kind: 'enum', enumeration: { tag, packed: random.chance(35), enumerators } };
  }

  /** Mostly none; sometimes one, rarely two, at times the one without a number. */
  private alignments(percent: number): number[] {
    const found: number[] = [];
    while (found.length < 2 && this.random.chance(percent)) {
      found.push(this.random.chance(10) ? this.target.biggestAlignment : this.random.pick(ALIGNMENTS));
    }
    return found;
  }
}

function endsFlexible(record: RecordDeclaration): boolean {
  const last = record.members?.at(-1);
  if (last === undefined) return false;
  const type = strip(last.type);
  if (type.kind === 'array') return type.length === null;
  return record.members!.some((member) => {
    const inner = strip(member.type);
    return inner.kind === 'record' && endsFlexible(inner.record);
  });
}
