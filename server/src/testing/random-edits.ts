/** Edits as people and accidents make them, for fuzzing: of C text, repeatable from a seed. */
import type { RandomNumbers } from './random-numbers';

/** Puts `text` in the place of [start, end), in UTF-16 units. */
interface RandomEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What breaks readers of C, and what rules speak of. */
const PIECES = [
  '{',
  '}',
  '(',
  ')',
  ';',
  ',',
  '*',
  '&',
  '->',
  '.',
  '"',
  "'",
  '/*',
  '*/',
  '//',
  '\\\n',
  '\n',
  '\t',
  '#',
  '##',
  '0x',
  '#if 0\n',
  '#ifdef CONFIG_MMU\n',
  '#else\n',
  '#endif\n',
  '#include <linux/mm.h>\n',
  '#include "x"\n',
  '#define X(a) a\n',
  '#define page\n',
  '#undef page\n',
  '#pragma pack(1)\n',
  'page->pgmap',
  'folio->lru',
  'page_pgmap(page)',
  'goto out;',
  'out:',
  'if (x)',
  'else',
  'for (;;)',
  'do',
  'while (0);',
  'switch (x) {',
  'case 1:',
  'return;',
  'struct page *page',
  'static_assert(offsetof(struct page, lru) == offsetof(struct folio, lru));',
  'typedef',
  'struct {',
  'union {',
  'int',
  '__attribute__((packed))',
  'typeof(',
  'sizeof(',
  '({',
  '})',
  '?',
  ':',
  'é',
  '\u{1f600}',
  '\0',
  '\r\n',
  '=',
  '[',
  ']',
]; // prettier-ignore

/** The next edit of a text: mostly small, in one place. */
export function randomEdit(text: string, random: RandomNumbers): RandomEdit {
  const start = random.below(text.length + 1);
  const lineEnd = text.indexOf('\n', start) + 1 || text.length;
  switch (random.below(8)) {
    case 0:
      return { start, end: Math.min(text.length, start + 1 + random.below(4)), text: '' };
    case 1:
      return { start, end: lineEnd, text: '' };
    case 2: {
      const from = random.below(text.length + 1);
      return { start, end: start, text: text.slice(from, from + random.below(80)) };
    }
    case 3:
      return { start, end: Math.min(text.length, start + random.below(200)), text: random.pick(PIECES) };
    case 4:
      return { start: lineEnd, end: lineEnd, text: `\t${random.pick(PIECES)}\n` };
    case 5:
      return { start, end: start, text: ' ' };
    default:
      return { start, end: start, text: random.pick(PIECES) };
  }
}

export function applied(text: string, { start, end, text: put }: RandomEdit): string {
  return text.slice(0, start) + put + text.slice(end);
}
