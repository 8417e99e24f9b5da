/** Every rule, one line each. */
import { brokenMatch } from './broken-match';
import { lruWhileOwned } from './lru-while-owned';
import { missingMatch } from './missing-match';
import { ownerOpsUnmasked } from './owner-ops-unmasked';
import { rawPgmap } from './raw-pgmap';
import type { Rule } from './rule';
import { tagBitClash } from './tag-bit-clash';
import { unguardedPgmap } from './unguarded-pgmap';

export const rules: readonly Rule[] = [
  rawPgmap,
  unguardedPgmap,
  lruWhileOwned,
  ownerOpsUnmasked,
  tagBitClash,
  brokenMatch,
  missingMatch,
];
export type { Rule, RuleMetadata } from './rule';
