/** A short fuzzing of the demo kernel with fixed seeds; `npm run fuzz:edits` and `npm run fuzz:files` go on from there. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { fuzzEdits } from './edits.fuzz';
import { fuzzFiles } from './files.fuzz';

const demo = path.resolve(import.meta.dirname, '../../../demo');
const files = fs
  .readdirSync(demo, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.[ch]$/.test(name))
  .sort()
  .map((name) => ({ name, text: fs.readFileSync(path.join(demo, name), 'utf8') }));

it('whatever is typed, the server says what a fresh look gives', async () => {
  const sources = files.filter(({ name }) => name.endsWith('.c'));
  const { compared, differences } = await fuzzEdits({ kernel: demo, build: demo, files: sources, edits: 600, seed: 1 });
  expect(differences).toEqual([]);
  expect(compared).toBe(600);
});

it('damaged files end no run and hang none', () => {
  const { linted, failures } = fuzzFiles({ kernel: demo, build: demo, files, count: 1500, seed: 1 });
  expect(failures).toEqual([]);
  expect(linted).toBe(1500);
});
