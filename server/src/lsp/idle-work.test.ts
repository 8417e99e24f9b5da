import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { kernelOnDisk } from '../testing/disk-tree';
import { forgetful } from '../testing/forgetful-linter';
import { LanguageClient } from '../testing/language-client';
import { lex } from '../text/lexer';
import { IdleWork } from './idle-work';
import { serve } from './server';

it('headers that most files take are read, with what they include, before a document is opened', async () => {
  const folder = kernelOnDisk({
    'include/linux/mm.h': '#include <linux/inner.h>\n',
    'include/linux/inner.h': 'struct inner { int a; };\n',
    'include/linux/apart.h': 'struct apart { int a; };\n',
  });
  const read: string[] = [];
  const client = await LanguageClient.within(
    (connection) =>
      serve(connection, forgetful, {
        headerLexer: (text, file) => {
          read.push(path.relative(folder, file));
          return lex(text);
        },
      }),
    { folder },
  );
  onTestFinished(() => client.stop());
  await vi.waitFor(() => expect(read).toContain('include/linux/inner.h'));
  expect(read).toContain('include/linux/mm.h');
  expect(read).not.toContain('include/linux/apart.h');
});

function* counting(steps: number[]): Generator<void> {
  for (let step = 1; step <= 3; step++) {
    steps.push(step);
    yield;
  }
}

it('goes a step at a time, and ends where it is stopped', async () => {
  const idle = new IdleWork();
  const steps: number[] = [];
  idle.start(counting(steps));
  expect(steps).toEqual([]);
  await vi.waitFor(() => expect(steps).toEqual([1, 2, 3]));

  const others: number[] = [];
  idle.start(counting(others));
  await new Promise(setImmediate);
  idle.stop();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(others).toEqual([1]);
});
