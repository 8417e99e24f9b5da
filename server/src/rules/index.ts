/** Every rule, one line each. */
import { rawPgmap } from './raw-pgmap';
import type { Rule } from './rule';

export const rules: readonly Rule[] = [rawPgmap];
export type { Rule, RuleMetadata } from './rule';
