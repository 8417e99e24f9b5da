/**
 * The C types that the layout engine, the expression typer and the rules speak of.
 *
 * A type is a value: two parses of the same declaration give equal but distinct objects, and records are compared by
 * their declaration. Unknown is a type of its own with the reason, and spreads: whoever can't know says so.
 */
import type { Place } from '../text/text';

/** Numbers that must not be mixed: bytes, bits. */
export type Bytes = number & { readonly brand?: 'bytes' };
export type Bits = number & { readonly brand?: 'bits' };

/** The integer types by their C names; `long` and friends get their width from the target. */
export type IntegerName =
  | 'char'
  | 'signed char'
  | 'unsigned char'
  | 'short'
  | 'unsigned short'
  | 'int'
  | 'unsigned int'
  | 'long'
  | 'unsigned long'
  | 'long long'
  | 'unsigned long long'
  | '__int128'
  | 'unsigned __int128'
  | '_Bool';

export type FloatName =
  | 'float'
  | 'double'
  | 'long double'
  | '_Float16'
  | '__float128'
  | '__float80'
  | '_Float128'
  | '_Float64x';

export type CType =
  | VoidType
  | IntegerType
  | FloatType
  | BitIntType
  | PointerType
  | ArrayType
  | VectorType
  | FunctionType
  | RecordType
  | EnumType
  | TypedefType
  | VaListType
  | UnknownType;

interface Qualified {
  /** `const` stands on this very type (not on what it points to). */
  readonly isConst?: boolean;
  /** `volatile` likewise. */
  readonly isVolatile?: boolean;
  /** `_Atomic` stands on this very type. */
  readonly isAtomic?: boolean;
  /** `__attribute__((aligned(n)))` of a typedef, or within a declarator or type name: replaces the alignment, up or down. */
  readonly align?: Bytes;
}

export interface VoidType extends Qualified {
  readonly kind: 'void';
}
export interface IntegerType extends Qualified {
  readonly kind: 'integer';
  readonly name: IntegerName;
}
export interface FloatType extends Qualified {
  readonly kind: 'float';
  readonly name: FloatName;
}
/** C23's `_BitInt(N)`. */
export interface BitIntType extends Qualified {
  readonly kind: 'bitint';
  readonly bits: Bits;
  readonly isUnsigned: boolean;
}
export interface PointerType extends Qualified {
  readonly kind: 'pointer';
  readonly to: CType;
  /** A parameter that is written as an array. */
  readonly isOfArray?: boolean;
}
export interface ArrayType extends Qualified {
  readonly kind: 'array';
  readonly of: CType;
  /** Elements; `null` for a flexible array (`[]`); a zero-length array has 0. */
  readonly length: number | null | UnknownValue;
}
/** `__attribute__((vector_size(n)))`. */
export interface VectorType extends Qualified {
  readonly kind: 'vector';
  readonly of: CType;
  /** Whole vector. */
  readonly bytes: Bytes | UnknownValue;
}
export interface FunctionType extends Qualified {
  readonly kind: 'function';
  readonly returns: CType;
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
}
export interface Parameter {
  readonly name?: string;
  readonly type: CType;
}
export interface RecordType extends Qualified {
  readonly kind: 'record';
  readonly record: RecordDeclaration;
}
export interface EnumType extends Qualified {
  readonly kind: 'enum';
  readonly enumeration: EnumDeclaration;
}
/** A typedef keeps its name for people; `to` is what it stands for. */
export interface TypedefType extends Qualified {
  readonly kind: 'typedef';
  readonly name: string;
  readonly to: CType;
  /** Why it may stand for something else: its size is unknown then. */
  readonly doubt?: string;
}
/** `__builtin_va_list`, whose size and alignment each ABI says; what is inside is nobody's business. */
export interface VaListType extends Qualified {
  readonly kind: 'va_list';
}
export interface UnknownType extends Qualified {
  readonly kind: 'unknown';
  readonly reason: string;
}

/** A constant that could not be worked out, with the reason. */
export interface UnknownValue {
  readonly unknown: string;
}

/** An `__attribute__((aligned(n)))` or `_Alignas`: bytes, or unknown where its argument is. */
export type Alignment = Bytes | UnknownValue;

/**
 * `struct` or `union` as declared. `members` is undefined for an incomplete one (only forward declared, as far as the
 * reading file can see). `members` may be worked out on first use.
 */
export interface RecordDeclaration {
  readonly kind: 'struct' | 'union';
  /** Undefined for an anonymous record. */
  readonly tag?: string;
  /** Where its definition (or, if incomplete, its mention) stands: the whole specifier, from keyword to brace. */
  readonly place?: Place;
  readonly members: readonly Member[] | undefined;
  /** `__attribute__((packed))` on the record itself. */
  readonly packed: boolean;
  /** Each `__attribute__((aligned(n)))` on the record itself, in the order of the text. */
  readonly aligns: readonly Alignment[];
  /** `#pragma pack(n)` in force at the closing brace: no member aligns to more than n bytes. Undefined without one. */
  readonly pack?: Bytes;
  /** Why the definition can't be trusted (syntax error, undecidable condition …): the layout is unknown. */
  readonly unknown?: string;
  /** `__attribute__((ms_struct))`, `transparent_union` and other attributes by name, for whoever asks. */
  readonly attributes?: readonly string[];
}

export interface Member {
  /** Undefined for an anonymous record member and for an unnamed bit-field. */
  readonly name?: string;
  readonly type: CType;
  /** Width of a bit-field; 0 closes the unit (C11 6.7.2.1p12). */
  readonly bitWidth?: Bits | UnknownValue;
  /** `packed` on this member alone. */
  readonly packed: boolean;
  readonly aligns: readonly Alignment[];
  /** Where the member is declared; through macros, the spelling that names it. */
  readonly place?: Place;
  /** What the source writes where a macro makes another name of it: `struct rcu_head rcu_head`. */
  readonly source?: SourceNames;
}

/** Names in the source for what a macro calls otherwise, for the compiler. */
export interface SourceNames {
  readonly name?: string;
  readonly tag?: string;
}

export interface EnumDeclaration {
  readonly tag?: string;
  readonly place?: Place;
  readonly packed: boolean;
  /** `__attribute__((mode(byte)))`: of which size it is. */
  readonly mode?: string;
  /** That mode stands on a typedef or an object, and not on the definition. */
  readonly isRetyped?: boolean;
  /** The type behind the colon of `enum E : unsigned char`. */
  readonly fixed?: CType;
  /** Each `__attribute__((aligned(n)))` on the enum itself; gcc has no ear for them. */
  readonly aligns?: readonly Alignment[];
  /** Undefined for an enum that is only mentioned. */
  readonly enumerators: readonly Enumerator[] | undefined;
  /** Why the definition can't be trusted. */
  readonly unknown?: string;
  /** Why compilers refuse it, which what stands behind it may say, too; undefined where they take it. */
  readonly whyRefused?: () => string | undefined;
}

export interface Enumerator {
  readonly name: string;
  readonly value: bigint | UnknownValue;
  readonly place?: Place;
}

export const VOID: VoidType = { kind: 'void' };
export const VA_LIST: VaListType = { kind: 'va_list' };
export const INT: IntegerType = { kind: 'integer', name: 'int' };

export function integer(name: IntegerName): IntegerType {
  return { kind: 'integer', name };
}
export function pointerTo(to: CType): PointerType {
  return { kind: 'pointer', to };
}
export function unknownType(reason: string): UnknownType {
  return { kind: 'unknown', reason };
}
export function isUnknownValue(value: unknown): value is UnknownValue {
  return typeof value === 'object' && value !== null && 'unknown' in value;
}

/** Follows typedefs to the type they stand for. */
export function strip(type: CType): CType {
  while (type.kind === 'typedef') type = type.to;
  return type;
}

/** Whether a type is an array whose length is left open. */
export function isIncompleteArray(type: CType): boolean {
  const bare = strip(type);
  return bare.kind === 'array' && bare.length === null;
}

/** The record that a type is, or points to, or is an array of; undefined where there is none. */
export function recordBehind(type: CType): RecordDeclaration | undefined {
  let bare = strip(type);
  if (bare.kind === 'pointer') bare = strip(bare.to);
  else if (bare.kind === 'array') bare = strip(bare.of);
  return bare.kind === 'record' ? bare.record : undefined;
}
