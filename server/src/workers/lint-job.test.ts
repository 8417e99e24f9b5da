/** What a worker does with what it is told, in any order of its notes. */
import { beforeAll, expect, it } from 'vitest';
import { asksHeaders } from '../linter';
import { loadGrammar } from '../parser/grammar';
import { findTree } from '../project/tree';
import { kernelOnDisk } from '../testing/disk-tree';
import { deriveTree } from './derive';
import { LintJob } from './lint-job';

beforeAll(() => loadGrammar());

const FILES = {
  'include/linux/kconfig.h': '',
  'include/linux/box.h': `struct box {
	int size;
	/* Do not use directly, call box_count(). */
	int nr_count;
};
static inline int box_count(const struct box *box)
{
	return box->nr_count;
}
`,
  'mm/a.c': '#include <linux/box.h>\nint f(struct box *box)\n{\n\treturn box->nr_count;\n}\n',
};

it('a file that is read before it is known what headers say has the same result, and what that rests on', () => {
  const kernel = kernelOnDisk(FILES);
  const { tree } = findTree({ folder: kernel, paths: [] });
  const { derived } = deriveTree(tree!, 'all');
  const file = `${kernel}/mm/a.c`;
  const texts = new Map([[file, FILES['mm/a.c'].replace('return', 'return 1 +')]]);
  const resultOf = (isExpected: boolean): unknown => {
    const job = new LintJob({ tree: tree!, options: { ahead: false }, cache: false });
    job.hear({ kind: 'buffers', texts });
    if (isExpected) job.hear({ kind: 'expect', file });
    job.hear({ kind: 'derived', derived });
    const { linted } = job.answer({ kind: 'lint', file })!;
    return linted;
  };
  const plain = resultOf(false);
  expect(plain).toMatchObject({ findings: [{ rule: 'reserved-member' }] });
  expect(resultOf(true)).toEqual(plain);
});

it('a file that is expected and is not there is missed where it is linted', () => {
  const kernel = kernelOnDisk(FILES);
  const { tree } = findTree({ folder: kernel, paths: [] });
  const job = new LintJob({ tree: tree!, options: { ahead: false }, cache: false });
  job.hear({ kind: 'expect', file: `${kernel}/mm/gone.c` });
  const { linted } = job.answer({ kind: 'lint', file: `${kernel}/mm/gone.c` })!;
  expect(linted?.problems).toHaveLength(1);
});

it('a rule that is named looks at files that assert by a macro of any header alone', () => {
  const kernel = kernelOnDisk({
    ...FILES,
    'include/linux/fits.h': `#define FITS(type, room) _Static_assert(sizeof(type) <= (room), "room")
#define WIRE(name, body) struct name body; FITS(struct name, 4)
#define STRUCT(name, body) WIRE(name, body)
`,
    'drivers/a.c': '#include <linux/fits.h>\nint f(void)\n{\n\tFITS(long, 4);\n\treturn 0;\n}\n',
    'drivers/b.c':
      '#include <linux/fits.h>\n#ifdef STRUCT\nSTRUCT(one, { long a; });\n#endif\nSTRUCT(two, { int a; });\n',
    'drivers/c.c': '#include <linux/fits.h>\nint f(void)\n{\n\treturn my_STRUCT(1) + (STRUCT(2));\n}\n',
  });
  const { tree } = findTree({ folder: kernel, paths: [] });
  const options = { ahead: false, rules: new Set(['broken-assert']) };
  expect(asksHeaders(options)).toBe('asserts');
  const { derived } = deriveTree(tree!, asksHeaders(options));
  const job = new LintJob({ tree: tree!, options, cache: false });
  job.hear({ kind: 'derived', derived });
  const files = ['a', 'b', 'c'].map((name) => `${kernel}/drivers/${name}.c`);
  const { scanned } = job.answer({ kind: 'scan', files, request: { lints: true } })!;
  expect(scanned!.candidates).toEqual(files.slice(0, 2));
  const found = files.slice(0, 2).map((file) => job.answer({ kind: 'lint', file })!.linted!.findings);
  expect(found).toMatchObject([[{ rule: 'broken-assert' }], [{ rule: 'broken-assert' }]]);
});
