/** Runs the examples of a pack: code with carets under what must be found, and nothing under what must stay silent. */

import { unifiedDiff } from '../changes/diff';
import { Linter } from '../linter';
import type { Pack, PackExample } from '../packs/pack';
import { toByteString } from '../text/text';

interface ExampleResult {
  /** `encoded-pointer (example 1)` */
  readonly title: string;
  /** What differs, as a unified diff of the annotated code, or why it could not be run; undefined where all is as expected. */
  readonly difference?: string;
}

const TREE = '/tree';
const CARETS = /^([ \t]*)(\^+)[ \t]*(.*?)[ \t]*$/;

/** Runs every example of a pack, with the facts of that pack and of those that ship. */
export function runExamples(pack: Pack, isShipped: boolean): ExampleResult[] {
  return (pack.examples ?? []).map((example, index) => {
    const title = `${example.rule} (example ${index + 1})`;
    const difference = differenceIn(example, isShipped ? [] : [pack]);
    return difference === '' ? { title } : { title, difference };
  });
}

interface Expected {
  /** From 0. */
  readonly line: number;
  readonly column: number;
  readonly width: number;
  readonly message: string;
}

function differenceIn(example: PackExample, packs: readonly Pack[]): string {
  const { code, expected } = taken(toByteString(example.code));
  const file = `${TREE}/${example.file ?? 'example.c'}`;
  const files = new Map(
    Object.entries(example.headers ?? {}).map(([name, text]) => [`${TREE}/${name}`, toByteString(text)]),
  );
  const config = ['CONFIG_64BIT=y', 'CONFIG_X86_64=y', 'CONFIG_MMU=y', ...(example.config ?? [])];
  files.set(`${TREE}/.config`, `${config.join('\n')}\n`);
  files.set(
    `${TREE}/include/generated/autoconf.h`,
    config.map((line) => `#define ${line.replace(/=y$/, ' 1').replace('=', ' ')}\n`).join(''),
  );
  files.set(file, code.join('\n'));
  const reader = { read: (path: string) => files.get(path), exists: (path: string) => files.has(path) };
  const linter = new Linter(
    { kernel: TREE, build: TREE, arch: 'x86', reader, packs },
    { ahead: false, rules: new Set([example.rule]) },
  );
  const { findings } = linter.lint({ path: file, text: code.join('\n') });
  const actual = findings
    .filter(({ path }) => path === file)
    .map(({ start, end, message }): Expected => {
      const before = code.join('\n').slice(0, start).split('\n');
      const line = before.length - 1;
      const column = before[line].length;
      return { line, column, width: Math.max(1, Math.min(end - start, code[line].length - column)), message };
    });
  // Where the example gives the start of a message, or none, the whole of it is not asked for.
  const met = actual.map((one) => {
    const same = expected.find(
      ({ line, column, width, message }) =>
        line === one.line && column === one.column && width === one.width && one.message.startsWith(message),
    );
    return same ?? one;
  });
  const [wanted, found] = [drawn(code, expected), drawn(code, met)];
  return wanted === found ? '' : unifiedDiff(example.file ?? 'example.c', wanted, found);
}

/** Takes the lines of carets out of an example's code. */
function taken(text: string): { code: string[]; expected: Expected[] } {
  const code: string[] = [];
  const expected: Expected[] = [];
  for (const line of text.split('\n')) {
    const [, before, carets, message] = CARETS.exec(line) ?? [];
    if (carets === undefined || code.length === 0) code.push(line);
    else expected.push({ line: code.length - 1, column: before.length, width: carets.length, message });
  }
  return { code, expected };
}

function drawn(code: readonly string[], findings: readonly Expected[]): string {
  const lines = code.flatMap((text, index) => {
    const here = findings.filter(({ line }) => line === index).sort((a, b) => a.column - b.column || a.width - b.width);
    const carets = here.map(({ column, width, message }) =>
      `${' '.repeat(column)}${'^'.repeat(width)} ${message}`.trimEnd(),
    );
    return [text, ...carets];
  });
  return `${lines.join('\n').trimEnd()}\n`;
}
