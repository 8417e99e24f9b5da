/** Where a file goes on behind an item that is half typed. */
import { TokenFlag, TokenKind, type TokenList } from '../text/tokens';

/**
 * Where cutting goes on in a file whose item at `first` has a bracket that nothing closes: behind a file inclusion, or
 * at a word in the first column, as the kernel's style writes what stands at file scope. -1 where there is none.
 */
export function resumeBehind(tokens: TokenList, ranges: readonly number[], first: number): number {
  const { kinds, starts, flags, text } = tokens;
  let before = first;
  for (let range = 0; range < ranges.length; range += 2) {
    for (let token = Math.max(first + 1, ranges[range]); token < ranges[range + 1]; before = token++) {
      if (!(flags[token] & TokenFlag.LineStart)) continue;
      if (kinds[token] === TokenKind.Identifier && text.charCodeAt(starts[token] - 1) === 10) return token;
      if (isInclusionBetween(tokens, before, token)) return token;
    }
  }
  return -1;
}

/** Whether an `#include` stands between two tokens. */
export function isInclusionBetween({ text, starts, ends }: TokenList, before: number, token: number): boolean {
  return INCLUSION.test(text.slice(ends[before], starts[token]));
}

const INCLUSION = /^[ \t]*#[ \t]*include\b/m;
