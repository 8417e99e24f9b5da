/** What a worker does with what it is told, in any order of its notes. */
import { beforeAll, expect, it } from 'vitest';
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
