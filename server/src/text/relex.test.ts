/** Lexing after an edit gives what lexing the whole text gives. */
import { describe, expect, it } from 'vitest';
import { RandomNumbers } from '../testing/random-numbers';
import { ALL_KINDS, lex } from './lexer';
import { relex } from './relex';

const SOURCE = `${ALL_KINDS.replace(/\n[^\n]*$/, '*/\n')}
#define TWO(a) a \\
  /* of two lines */ a
int first; // line
/* a comment
   of two lines */ static int second(void)
{
\treturn first + "a string"[0];
}
#if X
struct s { int m; };
#endif
`.repeat(3);

const PIECES = [
  'x',
  ' ',
  '\n',
  '"',
  "'",
  '/*',
  '*/',
  '//',
  '\\',
  '\\\n',
  '#',
  '#if A\n',
  '*\\\n/',
  '.',
  '..',
  '{',
  ';\n',
  '1e+',
  'u8',
  '%:',
];

describe('a text that an edit made out of another', () => {
  it.each([
    ['a letter in a name', 'int a;\nint b;\nint c;\n', 'int a;\nint bc;\nint c;\n'],
    ['a comment that opens', 'int a;\nint b;\nint c;\n', 'int a;\n/*int b;\nint c;\n'],
    ['a directive that goes on', '#define A 1\n#define B 2\nint c;\n', '#define A 1\\\n#define B 2\nint c;\n'],
    ['lines that go', 'int a;\nint b;\nint c;\n', 'int a;\nint c;\n'],
    ['the end', 'int a;\nint b;', 'int a;\nint b;\n\nint c'],
  ])('has the tokens of the whole: %s', (_what, before, after) => {
    expect(relex(lex(before), after)).toEqual(lex(after));
  });

  it('has them after any edit', () => {
    const random = new RandomNumbers(11);
    let text = SOURCE;
    for (let turn = 0; turn < 600; turn++) {
      const from = random.below(text.length);
      const piece = turn % 3 === 0 ? '' : PIECES[random.below(PIECES.length)];
      const next = text.slice(0, from) + piece + text.slice(from + random.below(4));
      expect(relex(lex(text), next), JSON.stringify([text, next])).toEqual(lex(next));
      text = turn % 40 === 0 ? SOURCE : next;
    }
  });
});
