/**
 * Rewrites kernel C so that tree-sitter-c can read it: same length, same lines, same comments, every expression at its
 * offset. What is rewritten, and into what, stands in docs/syntax.md.
 */
import { type Decide, liveTokens } from './conditionals';
import { StatementMask } from './mask-statements';
import type { Shapes } from './shapes';
import type { TokenList } from './tokens';

/** The masked text of a lexed file. The shapes given should hold the file's own macros already. */
export function mask(tokens: TokenList, shapes: Shapes, decide?: Decide): string {
  return new StatementMask(tokens, liveTokens(tokens, decide), shapes).file();
}
