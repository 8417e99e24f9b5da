/** Tells by a text alone whether a file may mask tag bits of a word that holds a pointer, before it is cut into tokens for it. */
import typeWords from '../packs/predefined/integer-words.json';

/** What any such file holds: an integer made of a pointer, or a pointer of what stands in parentheses. */
const CAST = new RegExp(
  `\\(\\s*(?:(?:${typeWords.words.join('|')})\\s+)*(?:${typeWords.words.join('|')})\\s*\\)|\\*\\s*(?:__\\w+\\s*)?\\)\\s*\\(`,
  'g',
);

/** A mask of low bits, or a name that may stand for one, on either side of an operator. */
const MASK =
  /(?:(?<!&)&(?!&)=?|(?<!\|)\|(?!\|)|[\^%])[~(\s]*(?:(?:unsigned\s+long|\w+_t|u64)\)[~(\s]*)?(?:(?:0[xX])?0*[0-7][uUlL]*\b|[A-Z_][A-Z0-9_]+\b)|&\s*\(?~\s*(?:\((?:unsigned\s+long|\w+_t|u64)\)\s*)?\(?(?:0[xX])?[\da-fA-F]{1,3}[uUlL]*\b|[A-Z0-9_)]\s*&\s*\(/;

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

/** What a local is asked for: a name in capitals behind the `&`. */
const FLAG = /\s*[A-Z_][A-Z0-9_]+\b/y;
const LOCAL = /\b([a-z]\w*)\s*$/;

/** Names and blanks before a `&` are looked at so far, in bytes. */
const BEFORE_FLAG = 100;

/** Whether a local is asked for a tag, and then followed as it is. */
function isFollowedWhole(text: string): boolean {
  if (!text.includes('*)')) return false;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    FLAG.lastIndex = at + 1;
    if (!FLAG.test(text)) continue;
    const behind = text.slice(FLAG.lastIndex, FLAG.lastIndex + BEHIND_CAST);
    if (!behind.includes('*)')) continue;
    const name = LOCAL.exec(text.slice(Math.max(0, at - BEFORE_FLAG), at))?.[1];
    if (name !== undefined && new RegExp(`\\*\\s*\\)\\s*${name}\\b`).test(behind)) return true;
  }
  return false;
}
