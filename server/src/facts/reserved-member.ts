/** A member that a header asks to leave to others, as plain data. */

/** A member with what its comment says of it. */
export interface ReservedMember {
  readonly name: string;
  /** The record whose kernel-doc names it; undefined where the comment stands at the member itself. */
  readonly tag: string | undefined;
  /** The tag of the record around the comment, as far as the text alone says it. */
  readonly holder: string | undefined;
  /** Offset of the member's name in the header; -1 where a kernel-doc above the record speaks of it. */
  readonly at: number;
  /** The kernel's own sentence, on one line. */
  readonly quote: string;
  /** Where the saying stands in the header: offsets of its first and behind its last byte. */
  readonly start: number;
  readonly end: number;
  /** Functions that the comment gives instead: `folio_mapcount`. */
  readonly accessors: readonly string[];
  /** Those of the accessors that store what they are given, where their bodies alone were found; the others give it out. */
  readonly writers?: readonly string[];
  /** Those that count by it, or change a part of it, where that was found. */
  readonly counters?: readonly string[];
  /** What those store that store one constant alone: `false`. */
  readonly constants?: Readonly<Record<string, string>>;
  /** Headers that hold the accessors, without their folder: `page_ref.h`. */
  readonly headers: readonly string[];
  /** Only what changes it is to be left to others. */
  readonly isForWriters?: boolean;
  /** Whatever is done to it is its owner's, be there an accessor that does it or not: `all others ask lid_busy()`. */
  readonly isOwners?: boolean;
  /** Only calls through it are to be left to others: it is filled in everywhere. */
  readonly isForCallers?: boolean;
  /** No comment speaks of it: its accessors show it. */
  readonly isAccessed?: boolean;
  /** It stands in a header beside the file, or in one that a pack names. */
  readonly isBeside?: boolean;
  /** It forbids nothing. */
  readonly isAdvice?: boolean;
  /** It stands in no comment: the declaration itself says it. */
  readonly isMarked?: boolean;
  /** Code that may use it: `rmap`, `debug`. */
  readonly scopes: readonly string[];
  /** Names of the members as which other records have the holder in them: who goes through one need not name the holder. */
  readonly within?: readonly string[];
}
