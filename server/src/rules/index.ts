/** Every rule, one line each. */
import { brokenMatch } from './broken-match';
import { encodedPointer } from './encoded-pointer';
import { lruWhileOwned } from './lru-while-owned';
import { mappingLowBits } from './mapping-low-bits';
import { memcgDataBits } from './memcg-data-bits';
import { missingMatch } from './missing-match';
import { ownerOpsUnmasked } from './owner-ops-unmasked';
import { rawCompoundWord } from './raw-compound-word';
import { rawPgmap } from './raw-pgmap';
import type { Rule } from './rule';
import { tagBitClash } from './tag-bit-clash';
import { unguardedPgmap } from './unguarded-pgmap';
import { unusedAllow } from './unused-allow';

export const rules: readonly Rule[] = [
  rawPgmap,
  unguardedPgmap,
  lruWhileOwned,
  ownerOpsUnmasked,
  tagBitClash,
  brokenMatch,
  missingMatch,
  encodedPointer,
  rawCompoundWord,
  mappingLowBits,
  memcgDataBits,
  unusedAllow,
];
export type { Rule, RuleMetadata } from './rule';
