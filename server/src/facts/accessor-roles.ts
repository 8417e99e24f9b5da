/** Tells by the text of a function what it does to a member: gives it out, stores to it, or counts by it. */

/** What a function does to a member of the record that it is given. */
export type AccessorRole = 'reads' | 'stores' | 'counts';

/** Functions that store what they are given have names that say so. */
const STORING = /(?:^|_)(?:set|init|store|assign|write)(?:_|$)/i;

/** So have those that count, or change bits. */
const COUNTING = /(?:^|_)(?:inc|dec|add|sub|get|put|hold|xchg|cmpxchg|or|and|clear|change)(?:_|$)/i;

/** Whether a function that is given the address of something stores what it is given, by its name. */
export function isStoring(called: string): boolean {
  return STORING.test(called);
}

/**
 * What a function does to a member; undefined where it only works with it: hands it on among others, or follows it.
 *
 * @param code The body, without comments.
 * @param base The parameter that is the record.
 */
export function roleOf(code: string, base: string, member: string): AccessorRole | undefined {
  const own = String.raw`\b${base}->${member}\b(?!\s*(?:->|\.|\[|\())`;
  const found = (pattern: string): RegExpExecArray | null => new RegExp(pattern).exec(code);
  const called = found(String.raw`\b(\w+)\s*\((?:[^();&]*,)?\s*&${own}`)?.[1];
  // What is made of what was there keeps something of it.
  const isKept = new RegExp(`${own}[^;]*${own}`).test(code);
  if (called !== undefined && isStoring(called)) return isKept ? 'counts' : 'stores';
  if (found(String.raw`${own}\s*=(?!=)`)) return isKept ? 'counts' : 'stores';
  if (found(String.raw`\b[A-Z_]*(?:STORE|WRITE)[A-Z_]*\(\s*${own}`)) return 'stores';
  if (found(String.raw`(?:\+\+|--)\s*${own}|${own}\s*(?:\+\+|--|(?:[-+|&^]|<<|>>)=)`)) return 'counts';
  const returned = [...code.matchAll(/\breturn\b([^;]*);/g)].map(([, value]) => value);
  if (called !== undefined && COUNTING.test(called)) return 'counts';
  return returned.some((value) => new RegExp(own).test(value) && !isAmongOthers(value, base)) ? 'reads' : undefined;
}

/** Whether a value is made of other members of the record, too, or by a call that is given something besides. */
function isAmongOthers(value: string, base: string): boolean {
  if (new RegExp(String.raw`,\s*&?${base}->|\b${base}->\w+\s*,`).test(value)) return true;
  const named = new Set([...value.matchAll(new RegExp(String.raw`\b${base}->(\w+)`, 'g'))].map(([, name]) => name));
  return named.size > 1;
}
