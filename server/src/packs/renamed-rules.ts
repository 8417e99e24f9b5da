/** Rule ids of earlier versions with the present ones, so that whoever writes an old id is told the new one. */
export const RENAMED_RULES: Readonly<Record<string, string | undefined>> = { 'direct-counter': 'reserved-member' };

/** Ends the sentence "X names RULE, which ": why it is refused. */
export function whyNoRule(name: string): string {
  const now = Object.hasOwn(RENAMED_RULES, name) ? RENAMED_RULES[name] : undefined;
  return now ? `is now ${JSON.stringify(now)}` : 'is no rule';
}
