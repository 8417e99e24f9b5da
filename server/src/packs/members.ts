/** What packs say of members behind accessors, of descriptors, and of places that rules leave alone. */
import type { StoringCalls } from './encoded';

/** Members that comments in headers reserve: how they say so, and where the rule on them looks. */
export interface ReservedFacts {
  /** Headers, from the kernel folder, whose comments are read. */
  readonly headers?: readonly string[];
  /** Regular expressions for the sayings; a blank stands for any gap between words. The group `scope` is who may. */
  readonly sayings?: readonly string[];
  /** Functions that take a member's address without asking for its value. */
  readonly harmless?: readonly string[];
}

/** A member of which a header is not understood to say what its words or its code would be taken for. */
export interface NotDerived {
  /** From the kernel folder. */
  readonly header: string;
  /** Tag of the record; any of the header's without it. */
  readonly record?: string;
  readonly member: string;
  readonly kinds: readonly ('tag' | 'reserved' | 'accessor')[];
  readonly because: string;
}

/** Files in which rules stay silent, each with a reason. */
export interface ExemptPlace {
  readonly rules: readonly string[];
  /** From the kernel folder; one that ends in `/` is a folder with all below it. */
  readonly files: readonly string[];
  readonly because: string;
}

/** Members that a rule keeps behind accessors. */
export interface HiddenMember {
  readonly rule: string;
  readonly record: string;
  /** Where that record is defined, from the kernel folder. */
  readonly header: string;
  readonly members: readonly string[];
  /** By member: the functions that give or set it; the first one that the tree has is offered. */
  readonly accessors: Readonly<Record<string, readonly string[]>>;
  /** By member: calls that make a file an owner of the member's bits; one `*` stands for any letters. */
  readonly owners?: Readonly<Record<string, readonly string[]>>;
  /** Members whose use in the same function makes a use of `members` wrong. */
  readonly with?: readonly string[];
  /** Words of which one stands in every file that this is about; without them it is about all. */
  readonly near?: readonly string[];
  readonly home?: HiddenHome;
  /** Why: ends a sentence. */
  readonly because: string;
}

/** The record that is to be gone by instead. */
export interface HiddenHome {
  readonly record: string;
  /** The function or macro to it. */
  readonly through: string;
  /** Where both are, from the kernel folder. */
  readonly header: string;
}

/** Records that lie over one another for now: casts between them have a helper, `FROM_TO()`. */
export interface Descriptors {
  /** Tags that code is found by. */
  readonly tags: readonly string[];
  /** Further tags that are cast from. */
  readonly from: readonly string[];
}

/** Accessors whose bodies are not to be spelled out. */
export interface OpenCoded {
  readonly rule: string;
  readonly accessors: readonly string[];
  /** Words in their bodies, by which files are found. */
  readonly words: readonly string[];
}

/** Functions that count references, and the member that they count in. */
export interface CountingCalls {
  readonly calls: readonly string[];
  readonly record: string;
  readonly member: string;
  /** Words that stand in files with descriptors that may have no count. */
  readonly tags: readonly string[];
  /** Functions and macros from an address to the descriptor of its memory. */
  readonly finders?: readonly string[];
  /** Functions and macros that give out memory whose descriptor has no count of its own. */
  readonly allocators?: readonly string[];
  /** Types of what such memory holds: entries of page tables. */
  readonly contents?: readonly string[];
  /** Functions that are given a reference to drop later. */
  readonly takers?: readonly StoringCalls[];
}

/** Symbols that a rule on exports speaks of. */
export interface ExportedNames {
  readonly rule: string;
  readonly names: readonly string[];
  /** The macro that exports them to every module, and the one that is to be used. */
  readonly macro: string;
  readonly instead: string;
}
