/** Long output on a terminal goes through a pager, as git's does, and has colours; elsewhere it has neither. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundle, COMMAND_LINE } from '../testing/bundle';
import { runOverlint } from '../testing/command';

const DEMO = path.resolve(import.meta.dirname, '../../../demo');

async function paged(args: readonly string[], isTerminal = true) {
  const shown: string[] = [];
  const page = (text: Uint8Array): boolean => shown.push(Buffer.from(text).toString('utf8')) > 0;
  const ran = await runOverlint(args, { folder: DEMO, isTerminal, page, environment: { NO_COLOR: '1' } });
  return { ...ran, shown };
}

describe('goes through the pager', () => {
  it.each([
    ['layout', 'page'],
    ['claims', 'page'],
    ['rules'],
    ['explain', 'raw-pgmap'],
    ['diff', 'dir:.', 'arch:i386', 'list_head'],
  ])('%s %s, all at once', async (...args) => {
    const { out, shown, code } = await paged(args);
    const plain = await paged(args, false);
    expect(shown).toHaveLength(1);
    expect(toUtf8(plain.out)).toBe(shown[0]);
    expect([out, plain.shown, plain.code]).toEqual(['', [], code]);
  });
});

describe('goes straight to the terminal', () => {
  it.each([
    ['--no-pager', 'layout', 'page'],
    ['layout', 'page', '--no-pager'],
    ['check', 'mm/swap.c', '--rule', 'raw-pgmap'],
    ['layout', '--help'],
  ])('%s %s %s', async (...args) => {
    const { out, shown } = await paged(args);
    expect(shown).toEqual([]);
    expect(out).not.toBe('');
  });

  it('what no pager could show, and what is wrong', async () => {
    const folder = DEMO;
    const none = await runOverlint(['rules'], { folder, isTerminal: true, page: () => false });
    expect(none.out).toContain('raw-pgmap');
    const { out, err, shown, code } = await paged(['layout', 'pgae']);
    expect([out, shown, code]).toEqual(['', [], 2]);
    expect(err).toContain('Did you mean page?');
  });
});

function toUtf8(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

describe('colours', () => {
  const coloured = async (...args: string[]) => toUtf8((await runOverlint(args, { folder: DEMO })).out);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is looked for.
  const withoutColours = (text: string): string => text.replace(/\x1b\[[\d;]*m/g, '');

  it.each([
    [['layout', 'list_head'], '\x1b[1mstruct list_head\x1b[0m {\n'],
    [['layout', 'list_head'], '\x1b[34m/*     8     8 */\x1b[0m\n'],
    [['diff', 'dir:.', 'arch:i386', 'list_head'], '\n\x1b[31m-      8       8  struct list_head *prev\x1b[0m\n'],
    [['diff', 'dir:.', 'arch:i386', 'list_head'], '\n\x1b[32m+      4       4  struct list_head *prev\x1b[0m\n'],
    [['explain', 'raw-pgmap'], '\x1b[1m# raw-pgmap\x1b[0m\n'],
    [['explain', 'raw-pgmap', '--format', 'text'], '\n\x1b[1mBad\x1b[0m\n'],
    [['rules'], '\x1b[1;31merror  \x1b[0m'],
  ])('%j has %j, and no other text', async (args, expected) => {
    const text = await coloured(...args, '--color=always');
    expect(text).toContain(expected);
    expect(withoutColours(text)).toBe(await coloured(...args));
  });

  it.each([[['layout', 'list_head', '--format', 'json']], [['explain', 'raw-pgmap', '--format', 'json']]])(
    '%j is for programs, and never has any',
    async (args) => {
      expect(await coloured(...args, '--color=always')).toBe(await coloured(...args));
    },
  );
});

describe.runIf(process.platform === 'linux')('on a real terminal', () => {
  let bundles: string;
  beforeAll(async () => {
    bundles = await bundle({ ...COMMAND_LINE });
  });
  afterAll(() => fs.rmSync(bundles, { recursive: true }));

  /** The last line that a terminal shows, and the exit code. */
  function onTerminal(args: string, environment: Record<string, string>) {
    const command = `'${process.execPath}' '${bundles}/cli.js' ${args}`;
    const { stdout, status } = spawnSync('script', ['-qec', command, '/dev/null'], {
      cwd: DEMO,
      encoding: 'utf8',
      input: '',
      env: { PATH: process.env.PATH, NO_COLOR: '1', TERM: 'xterm', ...environment },
    });
    return { last: stdout.trimEnd().split('\r\n').at(-1), code: status };
  }

  it.each([
    [{ OVERLINT_PAGER: "sed 's/^/paged: /'", PAGER: 'false' }, 'paged: };'],
    [{ PAGER: 'tail -n 1 | tr -d ";"' }, '}'],
    [{ OVERLINT_PAGER: '', PAGER: 'false' }, '};'],
    [{ OVERLINT_PAGER: 'cat' }, '};'],
    [{ OVERLINT_PAGER: 'no-such-program' }, '};'],
    // A pager that reads no further than it likes is no failure.
    [{ OVERLINT_PAGER: 'echo enough' }, 'enough'],
  ])('with %j', (environment, last) => {
    expect(onTerminal('layout list_head', environment)).toEqual({ last, code: 0 });
  });

  it('keeps the exit code', () => {
    expect(onTerminal('diff dir:. arch:i386 list_head', { PAGER: 'tail -n 1' }).code).toBe(1);
  });
});
