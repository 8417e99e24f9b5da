/** What a tree says stays text in Markdown. */
import { expect, it } from 'vitest';
import { block, code, literal } from './markdown';

it.each([
  ['![a](https://x)', '!\\[a\\]\\(https\\://x)'],
  ['<img src=x>', '\\<img src=x>'],
  ['www.x.org, me@x.org', 'www\\.x.org, me\\@x.org'],
  ['two\nlines', 'two lines'],
  ['&lt; _bold_ a_b', '&amp;lt; \\_bold\\_ a_b'],
])('writes %s as text', (text, literally) => {
  expect(literal(text)).toBe(literally);
});

it.each([
  ['int a', '`int a`'],
  ['a `b` c', '`` a `b` c ``'],
  ['a ``', '``` a `` ```'],
  ['a\n\nb', '`a b`'],
])('puts %s into a code span', (text, span) => {
  expect(code(text)).toBe(span);
});

it('lets no line end a block', () => {
  expect(block('c', 'a\n```\n![b](c)')).toBe("```c\na\n'''\n![b](c)\n```");
});
