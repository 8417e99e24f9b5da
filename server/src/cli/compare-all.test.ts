/** What a commit moved, asked without names: records, those that hold them, and the claims and asserts over them. */
import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { runOverlint } from '../testing/command';
import { kernelOnDisk, writeFiles } from '../testing/disk-tree';

const BOX = `#include <linux/types.h>
#define DRAWERS 2
enum slot { SLOT_LEFT, SLOT_RIGHT, NR_SLOTS };
struct box {
	unsigned long flags;
	void *owner;	/* Bit zero is set */
	u32 number;
};
`;

const FILES = {
  'include/linux/box.h': BOX,
  'include/linux/crate.h': `#include <linux/box.h>
struct crate {
	struct box *first;
	unsigned long owner;
	struct box box;
	u32 weight;
};
struct label {
	struct box *box;
};
#define SAME_PLACE(a, b) _Static_assert(__builtin_offsetof(struct box, a) == __builtin_offsetof(struct crate, b), #a)
SAME_PLACE(owner, owner);
SAME_PLACE(flags, first);
`,
  'include/linux/shelf.h':
    '#include <linux/box.h>\nstruct shelf {\n\tu32 drawers[DRAWERS];\n\tu32 slots[NR_SLOTS];\n};\n',
  'mm/own.c': '#include <linux/box.h>\nstruct private_box {\n\tstruct box box;\n};\n',
};

/** Two commits, the second with these files changed; and what overlint says of them. */
async function diff(changed: Readonly<Record<string, string>>, ...args: string[]) {
  const folder = kernelOnDisk(FILES);
  const git = (...words: string[]): void => {
    const who = ['-c', 'user.name=a', '-c', 'user.email=a@b'];
    execFileSync('git', ['-C', folder, ...who, ...words], { stdio: 'ignore' });
  };
  git('init');
  git('add', '.');
  git('commit', '-m', 'one');
  writeFiles(folder, changed);
  git('commit', '--allow-empty', '-am', 'two');
  return runOverlint(['diff', 'HEAD~1', 'HEAD', ...args], { folder });
}

const inBox = (find: string, put: string) => ({ 'include/linux/box.h': BOX.replace(find, put) });

it('finds what moved, and what holds it, in headers and sources', async () => {
  const { out, err, code } = await diff(inBox('\tvoid *owner', '\tunsigned long extra;\n\tvoid *owner'));
  expect([err, code]).toEqual(['', 1]);
  expect(out.match(/^(?:struct|union) \w+$/gm)).toEqual(['struct box', 'struct crate', 'struct private_box']);
  expect(out).toContain('claim: owner sets bit 0: bytes 8 to 15 -> bytes 16 to 23\n         include/linux/box.h:7\n');
  expect(out).toContain(
    'assert: SAME_PLACE(owner, owner) (include/linux/crate.h:12)\n' +
      '- HEAD~1: holds: struct box.owner at byte 8, struct crate.owner at byte 8\n' +
      '+ HEAD: fails: struct box.owner at byte 16, struct crate.owner at byte 8\n',
  );
  expect(out).not.toContain('SAME_PLACE(flags');
});

it('gives the same as JSON, a line each', async () => {
  const { out } = await diff(inBox('\tvoid *owner', '\tunsigned long extra;\n\tvoid *owner'), '--format', 'json');
  const lines = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines[0]).toMatchObject({
    name: 'box',
    changes: [{ change: 'added', name: 'extra' }, { change: 'moved' }, { change: 'moved' }],
    claims: [{ a: { word: 8, bit: 0, owner: 'owner', line: 6 }, b: { word: 16, line: 7 } }],
  });
  expect(lines.at(-1)).toMatchObject({
    assert: 'SAME_PLACE(owner, owner)',
    a: { verdict: 'holds' },
    b: { verdict: 'fails' },
  });
});

it.each([
  ['a macro that sizes an array', inBox('DRAWERS 2', 'DRAWERS 3')],
  ['an enumerator that comes before the one that does', inBox('SLOT_RIGHT,', 'SLOT_MIDDLE, SLOT_RIGHT,')],
])('finds records that are moved by %s', async (_what, changed) => {
  const { out, code } = await diff(changed);
  expect([out.match(/^struct \w+$/gm), code]).toEqual([['struct shelf'], 1]);
});

it('says that nothing moved', async () => {
  const nothing = { out: 'No record lies otherwise.\n', err: '', code: 0 };
  expect(await diff(inBox('u32 number;', 'u32 number; /* from 1 */'))).toEqual(nothing);
  expect(await diff({})).toEqual(nothing);
});

it('wants revisions where it is to find out by itself', async () => {
  const { err, code } = await runOverlint(['diff', '.', '.'], { folder: kernelOnDisk(FILES) });
  expect([err, code]).toEqual([expect.stringContaining('without names, both sides are git revisions of one tree'), 2]);
});
