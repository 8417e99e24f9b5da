/** `overlint dump`: each step of what the product does, on one small file. */
import { expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk } from '../testing/disk-tree';

const FILES = {
  'include/linux/box.h': 'struct box { int size; };\n',
  'mm/a.c':
    '#include <linux/box.h>\n#define TWICE(x) ((x) + (x))\nint f(struct box *b)\n{\n\treturn b ? TWICE(b->size) : 0;\n}\n',
};

async function dumped(stage: string): Promise<string> {
  const { out, err, code } = await runOverlint(['dump', `--after=${stage}`, 'mm/a.c'], { folder: kernelOnDisk(FILES) });
  expect([err, code]).toEqual(['', 0]);
  return out;
}

it('prints the tokens of the file itself, each with its place', async () => {
  expect(await dumped('tokens')).toMatch(/^1:1 Punctuator #\n1:2 Identifier include\n/);
});

it('prints the expanded tokens of the unit as gcc -E does, a blank between', async () => {
  expect(await dumped('unit')).toBe(
    'struct box { int size ; } ; int f ( struct box * b ) { return b ? ( ( b -> size ) + ( b -> size ) ) : 0 ; }\n',
  );
});

it('prints the items of file scope', async () => {
  expect(await dumped('items')).toBe('mm/a.c:3: function f\n');
});

it('prints the text that tree-sitter reads and its trees, the block by itself, with the tokens that they lead back to', async () => {
  const out = await dumped('tree');
  expect(out).toContain('  text: int x ( struct x * x ) { } \n');
  expect(out).toContain('  text: int x ( ) { return x ? ( ( x -> x ) + ( x -> x ) ) : 0 ; } \n');
  expect(out).toContain('Name: size\n');
});

it('prints the AST, types as C writes them', async () => {
  expect(await dumped('ast')).toContain('"type":"int (struct box *b)"');
});

it('prints control-flow graphs', async () => {
  expect(await dumped('flow')).toContain('test b\n    -> 3 if true\n    -> 2 if false\n');
});

it('names a file that is not there, and a step that is none', async () => {
  const folder = kernelOnDisk(FILES);
  const missing = await runOverlint(['dump', '--after=items', 'mm/a.c', 'mm/no.c'], { folder });
  expect([missing.out, missing.code]).toEqual(['mm/a.c:3: function f\n', 2]);
  expect(missing.err).toContain('mm/no.c');
  expect((await runOverlint(['dump', '--after=nothing', 'mm/a.c'], { folder })).code).toBe(2);
});
