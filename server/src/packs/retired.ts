/** Names that were changed before the first release: who still uses one is told the new one. */

const RULES: Readonly<Record<string, string>> = { 'direct-counter': 'reserved-member' };

/** The present name of a rule that was renamed; undefined for any other. */
export function renamedRule(name: string): string | undefined {
  return Object.hasOwn(RULES, name) ? RULES[name] : undefined;
}
