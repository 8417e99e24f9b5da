/** What packs say of words that carry tag bits, so that only their accessors may touch them raw. */

/** How a word is used: as a whole, or taken apart. */
export type EncodedUse = 'read' | 'write' | 'address' | 'bits' | 'pointer' | 'store' | 'zero';

/** The accessors by what they are for; a message names the one that fits the use. */
export interface EncodedAccessors {
  readonly read?: string;
  readonly write?: string;
  /** Tells whether the tag is set. */
  readonly test?: string;
}

/** Who may touch the word raw, beside the headers that declare its accessors. */
export interface EncodedExempt {
  /** Functions and macros; `*` stands for any part of a name. */
  readonly functions?: readonly string[];
  /** Files from the kernel folder; `*` stands for any part of a path. */
  readonly files?: readonly string[];
}

/** A word that carries tag bits: a member, a pointer to a type that marks such pointers, or an integer typedef. */
export interface EncodedWord {
  readonly rule: string;
  /** Tag of the record that holds `member`. */
  readonly record?: string;
  /** Where that record is defined, from the kernel folder; a record of the same tag elsewhere is another one. */
  readonly header?: string;
  readonly member?: string;
  /** Tag of a struct without a definition: a pointer to it is no pointer that may be followed. */
  readonly pointer?: string;
  /** Name of an integer typedef that holds a tagged pointer. */
  readonly typedef?: string;
  /** The tag bits, counted from the least significant. */
  readonly bits: readonly number[];
  /** The rule speaks of a use only where the accessor for it is declared. */
  readonly accessors: EncodedAccessors;
  /**
   * Which uses of a member are reported; `bits`, `pointer` and `store` where it is left out. `bits`: a tag is masked,
   * compared, put in or taken out. `pointer`: cast to a pointer as it is. `store`: made from a pointer by a cast.
   * `address`: reached by its address. `read` and `write`: any.
   */
  readonly uses?: readonly EncodedUse[];
  readonly exempt?: EncodedExempt;
  /** Ends the sentence "Bits 0 and 1 of it are tags: ". */
  readonly because: string;
}

/** Functions, and the argument that they store. */
export interface StoringCalls {
  readonly call: readonly string[];
  /** Which argument, from 0. */
  readonly argument: number;
}

/** Functions that put an argument into a word of which some bits are tags. */
export interface TaggedStores {
  readonly rule: string;
  /** Where they are declared, from the kernel folder. */
  readonly header: string;
  readonly calls: readonly StoringCalls[];
  readonly bits: readonly number[];
  /** The function that makes a word of a number. */
  readonly write?: string;
  /** Ends the sentence "Bits 0 and 1 are tags: ". */
  readonly because: string;
}
