/** Types of truth.mjs, for the tests that share it. */
export interface PgmapAccess {
  /** Relative to the source tree. */
  file: string;
  /** From 1. */
  line: number;
  /** Of `pgmap` itself, in bytes from 1. */
  column: number;
  /** True for struct page; false for a decoy. */
  real: boolean;
  /** The text before `->pgmap` or `.pgmap`. */
  base: string;
  /** The base is a struct page by value inside another record, not a pointer to one. */
  embedded: boolean;
}
export function pgmapTruth(kernel: string): PgmapAccess[];
