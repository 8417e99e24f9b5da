import { describe, expect, it } from 'vitest';
import { lex } from './lexer';
import { nameId, nameText } from './names';
import { Punct, TokenFlag, TokenKind, tokenAt, tokenText } from './tokens';

/** Spellings of all tokens. */
function spellings(text: string): string[] {
  const tokens = lex(text);
  return Array.from({ length: tokens.count }, (_, index) => tokenText(tokens, index));
}

describe('tokens', () => {
  it('are split by the longest match', () => {
    expect(spellings('a+++b<<=c->d...x')).toEqual(['a', '++', '+', 'b', '<<=', 'c', '->', 'd', '...', 'x']);
  });

  it.each([
    ['0x1p+4-1e-3', ['0x1p+4', '-', '1e-3']],
    ['.5f 0xFFUL 1k', ['.5f', '0xFFUL', '1k']],
    [`L"wide" u8"x" 'a' L'\\n'`, ['L"wide"', 'u8"x"', "'a'", "L'\\n'"]],
    ['"a\\"b" "open\nnext', ['"a\\"b"', '"open', 'next']],
    ['a $b _c9 caf\xe9', ['a', '$b', '_c9', 'caf\xe9']],
    ['a/*b*/c//d\ne', ['a', 'c', 'e']],
    ['a\\\nb', ['ab']],
    ['a \\\nb', ['a', 'b']],
    ['1\\\n2 +\\ \n= "x\\\ny"', ['12', '+=', '"xy"']],
    ['a/\\\n* b *\\\n/c', ['a', 'c']],
    ['#\\\n# /\\\n/ b \\\n c\nd', ['##', 'd']],
    ['a->', ['a', '->']],
    ['a->\0b', ['a', '->', '\0', 'b']],
    ['a.', ['a', '.']],
    ['\xef\xbb\xbfint', ['int']],
    ['', []],
  ])('%j', (text, expected) => {
    expect(spellings(text)).toEqual(expected);
  });

  it('read digraphs as what they mean', () => {
    const tokens = lex('<: <% %> :>');
    expect([...tokens.ids]).toEqual([Punct.LeftBracket, Punct.LeftBrace, Punct.RightBrace, Punct.RightBracket]);
  });

  it('keep stray bytes apart', () => {
    expect([...lex('a @ b').kinds]).toEqual([TokenKind.Identifier, TokenKind.Other, TokenKind.Identifier]);
  });

  it('say what stands before them', () => {
    const tokens = lex('a b/**/c(\n  d');
    const both = TokenFlag.LineStart | TokenFlag.SpaceBefore;
    expect([...tokens.flags]).toEqual([TokenFlag.LineStart, TokenFlag.SpaceBefore, TokenFlag.SpaceBefore, 0, both]);
  });

  it('are found by offset', () => {
    const tokens = lex('ab  cd');
    expect([0, 1, 2, 4, 6].map((offset) => tokenAt(tokens, offset))).toEqual([0, 0, 1, 1, 2]);
  });
});

describe('directives', () => {
  it('reach to the end of their logical line', () => {
    const text = 'x\n# define A(b) \\\n  b /* over\n lines */ + 1\ny\n#endif';
    const tokens = lex(text);
    expect(tokens.directives.map(({ name, start, end }) => [name, text.slice(start, end)])).toEqual([
      ['define', '# define A(b) \\\n  b /* over\n lines */ + 1'],
      ['endif', '#endif'],
    ]);
  });

  it('start only where a line does', () => {
    expect(lex('a # b\n#\n/* c */ #if 1\n').directives.map(({ name }) => name)).toEqual(['', 'if']);
  });
});

describe('comments', () => {
  it('are listed with both ends', () => {
    const text = 'a /* b */ c // d \\\n e\nf /* open';
    const { comments } = lex(text);
    const found = Array.from({ length: comments.length / 2 }, (_, index) =>
      text.slice(comments[2 * index], comments[2 * index + 1]),
    );
    expect(found).toEqual(['/* b */', '// d \\\n e', '/* open']);
  });
});

describe('names', () => {
  it('get one number a spelling, however they come in', () => {
    const [first, second, third] = lex('folio page folio').ids;
    expect(first).toBe(third);
    expect(second).not.toBe(first);
    expect(nameId('folio')).toBe(first);
    expect(nameText(first)).toBe('folio');
  });

  it('stay apart when there are many', () => {
    const made = Array.from({ length: 70_000 }, (_, index) => nameId(`name_${index}`));
    expect(new Set(made).size).toBe(made.length);
    expect(made.every((id, index) => nameText(id) === `name_${index}`)).toBe(true);
    expect(made.every((id, index) => nameId(`name_${index}`) === id)).toBe(true);
  });
});
