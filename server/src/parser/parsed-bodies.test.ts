/** What is parsed once, however many ask. */
import { describe, expect, it } from 'vitest';
import type { Item } from '../preprocessor/items';
import type { Reading } from '../preprocessor/reading';
import { unitOf } from '../testing/unit';
import { ParsedBodies } from './parsed-bodies';

const wholeOf = (text: string, ...names: readonly string[]) => {
  const { globals } = unitOf({ '/main.c': text });
  return names.map((name) => {
    const { reading, item } = globals.definitionOf(name)!;
    return globals.parseWhole(reading, item);
  });
};

describe('a function that is parsed whole', () => {
  it('is the same for all that ask', () => {
    const [one, other, again] = wholeOf('void f(void) { } void g(void) { }', 'f', 'g', 'f');
    expect(one).toBe(again);
    expect(one).not.toBe(other);
  });

  it('is let go for others, the oldest one first, where all together are large', () => {
    const bodies = new ParsedBodies();
    const reading = {} as Reading;
    const parsed: string[] = [];
    const items = new Map(['a', 'b', 'c'].map((name) => [name, {} as Item]));
    const ask = (name: string) =>
      bodies.of(reading, items.get(name)!, () => {
        parsed.push(name);
        return { tokens: new Array(150_000), declarations: [], asserts: [], errors: [] };
      });
    for (const name of ['a', 'b', 'a', 'c', 'a', 'b']) ask(name);
    expect(parsed).toEqual(['a', 'b', 'c', 'b']);
  });

  it('is not read to its end where a macro makes it longer than any that is understood', () => {
    const twice = Array.from({ length: 20 }, (_, level) => `#define M${level + 1} M${level} M${level}`).join('\n');
    const [{ declarations, errors, tokens }] = wholeOf(`#define M0 x;\n${twice}\nvoid f(void) { M20 }`, 'f');
    expect(declarations).toEqual([]);
    expect(errors.map(({ reason }) => reason)).toEqual(['an item has more than 200000 tokens']);
    expect(tokens.length).toBe(200_001);
  });
});
