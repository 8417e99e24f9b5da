/** What the text of an item says of a typedef that is known already, without parsing it. */

const ALIGNING = /^(?:__extension__\s+)?typedef\b.*align/s;

/** Whether an item may say something else of it: another alignment, or another type or thing, which compilers refuse. */
export function mayDiffer(text: string, name: string): boolean {
  return ALIGNING.test(text) || text.endsWith(` ${name};`);
}
