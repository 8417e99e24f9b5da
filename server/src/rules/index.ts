/** Every rule, one line each. */
import { brokenMatch } from './broken-match';
import { missingMatch } from './missing-match';
import { rawPgmap } from './raw-pgmap';
import type { Rule } from './rule';
import { tagBitClash } from './tag-bit-clash';

export const rules: readonly Rule[] = [rawPgmap, tagBitClash, brokenMatch, missingMatch];
export type { Rule, RuleMetadata } from './rule';
