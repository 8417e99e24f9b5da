import { describe, expect, it } from 'vitest';
import { RandomNumbers } from '../testing/random-numbers';
import { mineShapes } from './mining';
import { Shapes } from './shapes';
import { parse, parsePlain, type SyntaxTree } from './tree';

const SOURCE = `#define each_item(p, l) for (p = (l)->first; p; p = p->next)

struct item { int a; struct item *next; };

static int __sum(struct list *l)
{
	struct item *p;
	int sum = 0;

	each_item(p, l) {
#ifdef CONFIG_ODD
		if (p->a & 1)
			continue;
#endif
		sum += p->a;
	}
	return sum; /* of all */
}

int last(void) { return 1; }
`;

function functionNames(tree: SyntaxTree): string[] {
  return tree.functions().map(({ name }) => name);
}

describe('a syntax tree', () => {
  const tree = parse(SOURCE, Shapes.none);

  it('names functions and where they are', () => {
    expect(functionNames(tree)).toEqual(['__sum', 'last']);
    const [sum] = tree.functions();
    expect(SOURCE.slice(sum.start).startsWith('static int __sum')).toBe(true);
    expect(SOURCE.slice(sum.body.start, sum.body.end)).toMatch(/^\{.*\}$/s);
    expect(SOURCE.slice(0, sum.end).endsWith('all */\n}')).toBe(true);
    expect(sum.hasError).toBe(false);
  });

  it('finds the function around an offset', () => {
    const at = (text: string): string | undefined => tree.enclosingFunction(SOURCE.indexOf(text))?.name;
    expect(at('sum += p')).toBe('__sum');
    expect(at('struct item {')).toBeUndefined();
    expect(at('return 1')).toBe('last');
    expect(tree.enclosingFunction(SOURCE.length)).toBeUndefined();
  });

  it('finds nodes by their offsets and gives their text as it was written', () => {
    const start = SOURCE.indexOf('p->a;');
    const node = tree.namedNodeAt(start, start + 'p->a'.length);
    expect(node.type).toBe('field_expression');
    expect(tree.textOf(node)).toBe('p->a');
    const loop = tree.nodesOfType('while_statement')[0];
    expect(tree.textOf(loop)).toMatch(/^each_item\(p, l\)/);
    expect(tree.nodeAt(SOURCE.indexOf('l) {')).type).toBe('identifier');
  });

  it('says what could not be parsed', () => {
    expect(tree.issues()).toEqual([]);
    const broken = parse('int f(void) { return (1; }', Shapes.none);
    expect(broken.issues()).toHaveLength(1);
    expect(broken.functions()[0].hasError).toBe(true);
    expect(parsePlain(SOURCE).functions()[0].hasError).toBe(true);
  });

  it('prints itself with offsets', () => {
    expect(parse('int a;', Shapes.none).dump()).toBe(
      '(translation_unit) [0, 6)\n  (declaration) [0, 6)\n    type: (primitive_type) [0, 3)\n    declarator: (identifier) [4, 5)\n',
    );
  });

  it('lists functions also where a half-typed line stands before them', () => {
    expect(functionNames(parse(`struct x { int\n\n${SOURCE}`, Shapes.none))).toContain('last');
  });
});

describe('parsing again after an edit', () => {
  const shapes = new Shapes(mineShapes([{ path: '/a.h', text: '#define __note\n#define __take(x)\n' }]));
  const PIECES = [
    '{',
    '}',
    '(',
    ')',
    ';',
    ',',
    '->',
    ' ',
    '\n',
    '"',
    '/*',
    '*/',
    '#ifdef X\n',
    '#endif\n',
    '#define each_item(x) ',
  ].concat(['each_item(p, l)', '__note ', 'struct item *', 'if (', 'p', '', '', '', '']);

  it('gives the same tree as parsing afresh', () => {
    const random = new RandomNumbers(1);
    let text = SOURCE;
    let tree = parse(text, shapes);
    for (let round = 0; round < 400; round++) {
      if (round % 20 === 0) text = SOURCE;
      const start = random.below(text.length + 1);
      const end = Math.min(text.length, start + random.below(6));
      text = text.slice(0, start) + random.pick(PIECES) + text.slice(end);
      tree = parse(text, shapes, tree);
      const fresh = parse(text, shapes);
      expect(tree.masked).toBe(fresh.masked);
      expect(tree.masked).toHaveLength(text.length);
      if (!fresh.root.hasError) expect(tree.dump()).toBe(fresh.dump());
    }
  });
});
