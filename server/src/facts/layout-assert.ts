/** A build-time assert, and what it may say of two members. */
import type { Place } from '../text/text';
import type { Expression } from '../types/ast';
import type { RecordDeclaration } from '../types/model';

/** One side of an assert: `offsetof(record, path)`, with what is added to it, in bytes. */
export interface AssertedOffset {
  readonly record: RecordDeclaration;
  /** `mapping`, `lru.next`. */
  readonly path: string;
  /** Of the member. */
  readonly offset: number;
  /** `+ 2 * sizeof(struct page)`. */
  readonly plus: number;
}

export interface LayoutAssert {
  /** Where it is written: the macro call, or the assert itself. */
  readonly place: Place;
  readonly verdict: 'holds' | 'fails' | { readonly unknown: string };
  /** What is asserted, where it is an expression, and whether that is to be true. */
  readonly condition?: Expression;
  readonly holdsIfTrue: boolean;
  /** The two members that it says lie at one place, where it has that shape. */
  readonly match?: readonly [AssertedOffset, AssertedOffset];
}
