/** Names in scope while a piece of C is parsed: blocks inside, the unit's file scope outside. */
import type { Dialect } from '../preprocessor/dialect';
import type { Declaration } from './ast';
import {
  type Alignment,
  type Bytes,
  type CType,
  type EnumDeclaration,
  type IntegerName,
  isUnknownValue,
  type RecordDeclaration,
  type UnknownValue,
} from './model';
import { TaggedRecord } from './tagged';

/** Sizes that constant expressions ask for; the layout room answers. */
export interface LayoutOracle {
  sizeOf(type: CType): Bytes | UnknownValue;
  /** C11's `_Alignof`: within records. */
  alignOf(type: CType): Bytes | UnknownValue;
  /** GNU C's `__alignof__` of a type, and of a member as its record places it. */
  preferredAlignOf(type: CType): Bytes | UnknownValue;
  alignOfMember(record: RecordDeclaration, member: string): Bytes | UnknownValue;
  /** The integer type of an enum. */
  enumInteger(enumeration: EnumDeclaration): IntegerName | UnknownValue;
  /** Bits from the start of the record to the named member (anonymous members are looked through). */
  offsetOf(
    record: RecordDeclaration,
    member: string,
  ): { readonly bits: number; readonly type: CType; readonly isBitField: boolean } | UnknownValue;
  /** `wchar_t` of four bytes. */
  readonly wideCharacter: IntegerName;
  /** The compiler that builds; where either may, what they read differently is unknown. */
  readonly compiler: 'gcc' | 'clang' | 'either';
  /** `__attribute__((aligned))` without a number. */
  readonly biggestAlignment: Bytes;
  /** Whether plain char is signed. */
  readonly charIsSigned: boolean;
  readonly longBytes: Bytes;
}

/** The file scope of a unit, as far as it is asked for. */
export interface Globals {
  readonly oracle: LayoutOracle;
  readonly dialect: Dialect;
  /** A typedef, function, variable or enumerator. */
  ordinary(name: string): Declaration | undefined;
  /** Whether several items may declare it, each with attributes of its own. */
  isDeclaredAgain?(name: string): boolean;
  /** Why compilers refuse what a file declares a name as, in several places; undefined where that fits. It may be kept. */
  readonly conflict?: (name: string, path: string) => string | undefined;
  /** A record by its tag; always the same object within a unit, complete or not. */
  record(kind: 'struct' | 'union', tag: string): RecordDeclaration;
  enumeration(tag: string): EnumDeclaration;
  /** Whether the file that is read now mentions a tag as things of several kinds, which compilers refuse. */
  isOfSeveralKinds?(tag: string): boolean;
  /** Whether the text defines a tag in another place than what is read now, which costs less than to read that. */
  definesElsewhere(tag: string): boolean;
  /** A definition at file scope was read. */
  defineRecord(tag: string, definition: RecordDeclaration): void;
  defineEnumeration(tag: string, definition: EnumDeclaration): void;
  define(declaration: Declaration): void;
}

export class Scope {
  private readonly names = new Map<string, Declaration>();
  private readonly tags = new Map<string, RecordDeclaration | EnumDeclaration>();

  constructor(
    readonly outer: Scope | undefined,
    readonly globals: Globals,
  ) {}

  /** The declaration in a block or parameter list that a name means. */
  local(name: string): Declaration | undefined {
    for (let scope: Scope | undefined = this; scope?.outer; scope = scope.outer) {
      const declaration = scope.names.get(name);
      if (declaration) return declaration;
    }
    return undefined;
  }

  /** The declaration that a name means, in any scope. */
  lookup(name: string): Declaration | undefined {
    return this.local(name) ?? this.globals.ordinary(name);
  }

  isTypedef(name: string): boolean {
    return this.lookup(name)?.kind === 'typedef';
  }

  define(declaration: Declaration): void {
    const known = this.outer && this.names.get(declaration.name);
    if (this.outer) this.names.set(declaration.name, known ? redeclared(declaration, known) : declaration);
    else this.globals.define(declaration);
  }

  record(kind: 'struct' | 'union', tag: string): RecordDeclaration {
    for (let scope: Scope | undefined = this; scope?.outer; scope = scope.outer) {
      const found = scope.tags.get(tag);
      if (found && 'members' in found && found.kind === kind) return found;
    }
    return this.globals.record(kind, tag);
  }

  /** A tag is the block's own from its first mention in a definition, or in a declaration of nothing else (C11 6.7.2.3p7, p8). */
  declareRecord(kind: 'struct' | 'union', tag: string): void {
    if (!this.outer) return;
    const known = this.tags.get(tag);
    const isOpen = known instanceof TaggedRecord && known.kind === kind && known.definition === undefined;
    if (!isOpen) this.tags.set(tag, new TaggedRecord(kind, tag, () => undefined));
  }

  enumeration(tag: string): EnumDeclaration {
    for (let scope: Scope | undefined = this; scope?.outer; scope = scope.outer) {
      const found = scope.tags.get(tag);
      if (found && 'enumerators' in found) return found;
    }
    return this.globals.enumeration(tag);
  }

  defineRecord(tag: string, definition: RecordDeclaration): RecordDeclaration {
    if (this.outer) {
      const known = this.tags.get(tag);
      if (known instanceof TaggedRecord && known.define(definition)) return known;
      this.tags.set(tag, definition);
      return definition;
    }
    this.globals.defineRecord(tag, definition);
    return this.globals.record(definition.kind, tag);
  }

  defineEnumeration(tag: string, definition: EnumDeclaration): EnumDeclaration {
    if (this.outer) {
      this.tags.set(tag, definition);
      return definition;
    }
    this.globals.defineEnumeration(tag, definition);
    return this.globals.enumeration(tag);
  }
}

/** One of two declarations of a name; a typedef that they align differently means one thing before and another behind. */
export function redeclared(kept: Declaration, other: Declaration): Declaration {
  if (kept.kind === 'enumerator') return twice(kept);
  if (kept.kind !== 'typedef' || other.kind !== 'typedef') return kept;
  if (kept.typeAlign === other.typeAlign) return kept;
  return { ...kept, doubt: `${kept.name} is declared with several alignments` };
}

/** An enumerator whose name something else in its scope has. */
export function twice(enumerator: Declaration): Declaration {
  const { name, value } = enumerator;
  return { ...enumerator, value: isUnknownValue(value) ? value : { unknown: `${name} is declared twice` } };
}

/** What attributes say about a declaration, a record or a type. */
export interface Attributes {
  packed: boolean;
  aligns: Alignment[];
  /** `_Alignas`, which only raises. */
  alignas: Alignment[];
  vectorBytes: Alignment | undefined;
  /** `mode(DI)` and the like. */
  mode: string | undefined;
  cleanup: string | undefined;
  /** `_Atomic` as a qualifier. */
  isAtomic: boolean;
  /** `restrict`, which only pointers to objects have. */
  isRestrict: boolean;
  names: string[];
}

/** Made for each declaration: spelled out, as spreads take ten times as long here. */
export function noAttributes(): Attributes {
  return {
    packed: false,
    aligns: [],
    alignas: [],
    vectorBytes: undefined,
    mode: undefined,
    cleanup: undefined,
    isAtomic: false,
    isRestrict: false,
    names: [],
  };
}
