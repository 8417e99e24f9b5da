/** Which word of tag bits is meant, and what code does with it. */
import type { EncodedUse } from '../packs/encoded';
import type { Expression } from '../types/ast';
import type { RecordDeclaration } from '../types/model';

export interface WordUse {
  /** The expression that names the word, or a local that holds it, or the value that an initializer gives it. */
  readonly at: Expression;
  /** What it becomes a part of there. */
  readonly user?: Expression;
  readonly use: EncodedUse;
  /** It is taken for a pointer without a cast from an integer: `void *` says nothing of what it points to. */
  readonly isImplicit: boolean;
  /** What it is masked with, where bits are taken out of it or put in. */
  readonly mask?: Expression;
}

/** Tells the word from others. */
export interface WordTest {
  /** Whether an expression names the word in place. */
  is(expression: Expression): boolean;
  /** Whether a function of this name returns the word as it is. */
  isReturnedBy?(name: string): boolean;
  /** Whether a function of this name frees what its argument points to. */
  isFreeing?(name: string): boolean;
  /** Whether a function follows what it is given at a place among its arguments, which is declared as the word is. */
  isFollowing?(name: string, at: number): boolean;
  /** Whether an initializer's item gives this member of this record its value. */
  isMember?(record: RecordDeclaration, name: string): boolean;
  /** The highest tag bit. */
  readonly highest: number;
  /** Whether its setters keep the tags that are there, so that a plain pointer is none to store. */
  readonly isPreserved?: boolean;
  /** Whether a pointer that is compared with it can't be it: tags make it another number. */
  readonly isCompared?: boolean;
}

export interface WordUsage {
  readonly uses: readonly WordUse[];
  /** Each return gives the word as it is. */
  readonly isReturned: boolean;
}
