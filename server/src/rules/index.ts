/** Every rule, one line each. */
import { brokenMatch } from './broken-match';
import { missingMatch } from './missing-match';
import { rawPgmap } from './raw-pgmap';
import type { Rule } from './rule';

export const rules: readonly Rule[] = [rawPgmap, brokenMatch, missingMatch];
export type { Rule, RuleMetadata } from './rule';
