/** Keeps the diagrams in hovers in one piece: the hover is to widen with them, not to wrap their lines. */
import type { HoverMiddleware } from 'vscode-languageclient';

/** What stands between the fences. */
const BLOCK = /(?<=^```overlint-layout\n)[\s\S]*?(?=^```$)/gm;

const NO_BREAK_SPACE = '\u00a0';
const WORD_JOINER = '\u2060';

/**
 * VS Code wraps the code blocks in a hover at blanks, and at these marks by the rules of Unicode (UAX #14), which no
 * markup can turn off.
 */
function unbreakable(block: string): string {
  return block.replaceAll(' ', NO_BREAK_SPACE).replace(/[…–\-/?!|}](?=\S)/g, `$&${WORD_JOINER}`);
}

export const hoverMiddleware: HoverMiddleware = {
  async provideHover(document, position, token, next) {
    const hover = await next(document, position, token);
    for (const content of hover?.contents ?? []) {
      if (typeof content === 'object') content.value = content.value.replace(BLOCK, unbreakable);
    }
    return hover;
  },
};
