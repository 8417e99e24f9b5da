/** What rules share of a file. */
import { expect, it } from 'vitest';
import { Linter } from '../linter';
import { parseFixture, TREE } from '../testing/fixture';

it('parses an item once, however many places in it are asked about, and one whose end is missing holds itself alone', () => {
  const { files, reader } = parseFixture(`
  //- /mm/memory.c
  int f(int *p,
  int g(int *p)
  {
      return p[1] + p[2];
  }
  int h(int *p)
  {
      return p[1];
  }`);
  const { path, text } = files.at(-1)!;
  const linter = new Linter({ kernel: TREE, build: TREE, arch: 'x86', reader }, { ahead: false });
  linter.inspect({ path, text }, (file) => {
    const parsed = Array.from(file.main.tokens.kinds.slice(0, file.main.tokens.count), (_, token) =>
      file.parsedAt(token),
    );
    expect(new Set(parsed).size).toBe(3);
  });
});
