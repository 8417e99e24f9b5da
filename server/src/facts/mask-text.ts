/** Tells by a text alone whether a file may mask tag bits of a word that holds a pointer, before it is cut into tokens for it. */
import typeWords from '../packs/predefined/integer-words.json';

/** What any such file holds: an integer made of a pointer, or a pointer of what stands in parentheses. */
const CAST = new RegExp(
  `\\(\\s*(?:(?:${typeWords.words.join('|')})\\s+)*(?:${typeWords.words.join('|')})\\s*\\)|\\*\\s*(?:__\\w+\\s*)?\\)\\s*\\(`,
  'g',
);

/** A mask of low bits, or a name that may stand for one, on either side of an operator. */
const MASK =
  /(?:(?<!&)&(?!&)|(?<!\|)\|(?!\|)|[\^%])[~(\s]*(?:(?:0[xX])?0*[0-7][uUlL]*\b|[A-Z_][A-Z0-9_]+\b)|&\s*\(?~\s*\(?(?:0[xX])?[\da-fA-F]{1,3}[uUlL]*\b|[A-Z0-9_)]\s*&\s*\(/;

/** So far from the cast is the mask looked for: in the same function, most often in the same line. */
const BEFORE_CAST = 150;
const BEHIND_CAST = 250;

/** Parts of it, which are found much faster than a pattern. */
const HINTS: readonly string[] = ['*)(', '*) (', ...typeWords.casts];

/** Whether a text is worth cutting into tokens for it. */
export function mayMask(text: string): boolean {
  if (!HINTS.some((hint) => text.includes(hint))) return isFollowedWhole(text);
  for (const { index } of text.matchAll(CAST))
    if (MASK.test(text.slice(Math.max(0, index - BEFORE_CAST), index + BEHIND_CAST))) return true;
  return isFollowedWhole(text);
}

/** A local that is asked for a tag, and then followed as it is. */
const ASKED = /\b([a-z]\w*)\s*&\s*[A-Z_][A-Z0-9_]+\b/g;

function isFollowedWhole(text: string): boolean {
  if (!text.includes('*)')) return false;
  for (const { 0: whole, 1: name, index } of text.matchAll(ASKED)) {
    const behind = text.slice(index + whole.length, index + whole.length + BEHIND_CAST);
    if (behind.includes('*)') && new RegExp(`\\*\\s*\\)\\s*${name}\\b`).test(behind)) return true;
  }
  return false;
}
