/** Every rule, one line each. */
import { brokenMatch } from './broken-match';
import { lruWhileOwned } from './lru-while-owned';
import { missingMatch } from './missing-match';
import { rawPgmap } from './raw-pgmap';
import type { Rule } from './rule';
import { tagBitClash } from './tag-bit-clash';

export const rules: readonly Rule[] = [rawPgmap, lruWhileOwned, tagBitClash, brokenMatch, missingMatch];
export type { Rule, RuleMetadata } from './rule';
