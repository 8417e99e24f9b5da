/** What `overlint rules` and `overlint explain` print. */
import { expect, it } from 'vitest';
import { rules } from '../rules/index';
import { runOverlint } from '../testing/command';

it('lists every rule on a line of its own', async () => {
  const { out, code } = await runOverlint(['rules'], { folder: '/' });
  const lines = out.trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(rules.map(({ id }) => id));
  expect(lines.find((line) => line.startsWith('raw-pgmap '))).toMatch(/^raw-pgmap +error {4}on {3}page->pgmap is read/);
  expect(code).toBe(0);
});

it('lists them, too, where no rule is named to explain', async () => {
  const [listed, explained] = [
    await runOverlint(['rules'], { folder: '/' }),
    await runOverlint(['explain'], { folder: '/' }),
  ];
  expect(explained).toEqual(listed);
});

it.each(rules.map(({ id }) => id))('explains %s', async (id) => {
  const { out, code } = await runOverlint(['explain', id], { folder: '/' });
  expect(out).toContain('**Bad**');
  expect(code).toBe(0);
});
