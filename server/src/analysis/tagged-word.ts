/** A word that carries tag bits, by what packs and headers say of it. */
import type { DerivedTag } from '../facts/derived';
import type { EncodedWord } from '../packs/encoded';

/** A word of a pack, or one that headers tell of. */
export interface TaggedWord extends EncodedWord {
  /** What headers say of it. */
  readonly derived?: DerivedTag;
}
