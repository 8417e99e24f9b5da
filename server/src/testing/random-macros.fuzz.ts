/** Compares our tokens of random macros and conditions with those of `gcc -E`: `npm run fuzz:macros`. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FileAnalysis } from '../analysis/analysis';
import { layoutOracle } from '../layout/oracle';
import { target } from '../layout/target';
import { PreprocessedTree } from '../preprocessor/tree';
import { dump } from '../queries/dump';
import { type MacroCase, RandomMacros } from './random-macros';
import { RandomNumbers } from './random-numbers';

interface MacroFuzz {
  readonly count: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** So many cases go to one run of gcc. */
const AT_ONCE = 50;

/** Runs the comparison. @returns How many cases differ, and how many gcc refused. */
export function fuzzMacros({ count, seed, say }: MacroFuzz): { different: number; refused: number } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-macros-'));
  let different = 0;
  let refused = 0;
  try {
    for (let first = 0; first < count; first += AT_ONCE) {
      const cases = Array.from({ length: Math.min(AT_ONCE, count - first) }, (_, index) => {
        const own = (seed + (first + index) * 7919) >>> 0;
        return { own, made: new RandomMacros(new RandomNumbers(own), `m${String(index).padStart(2, '0')}_`).next() };
      });
      const theirs = theirTokens(
        folder,
        cases.map(({ made }) => made),
      );
      cases.forEach(({ own, made }, index) => {
        const expected = theirs[index];
        if (expected === undefined) {
          refused++;
          return;
        }
        const found = ourTokens(made);
        if (expected.join(' ') === found.join(' ')) return;
        // Some refusals name no file: alone it is known whose they are.
        if (theirTokens(folder, [made])[0] === undefined) {
          refused++;
          return;
        }
        different++;
        const differing = expected.findIndex((token, place) => token !== found[place]);
        const at = differing < 0 ? expected.length : differing;
        const near = (tokens: readonly string[]): string => tokens.slice(Math.max(0, at - 5), at + 8).join(' ');
        const included = Object.entries(made.files).map(([name, text]) => `--- ${name}\n${text}`);
        say(`seed ${own}:\n${made.main}${included.join('')}--- gcc: ${near(expected)}\n--- ours: ${near(found)}\n`);
      });
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return { different, refused };
}

const TOKEN =
  /(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|[uUL]?'(?:\\.|[^'\\\n])*'|\.?\d(?:[eEpP][+-]|[\w.$])*|[A-Za-z_$]\w*|\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|##|\S/g;

function tokensOf(text: string): string[] {
  return text.replace(/^\s*#\s*pragma.*$|^# \d.*$/gm, '').match(TOKEN) ?? [];
}

/** What gcc makes of each case; undefined for those that it refuses, alone or in part. */
function theirTokens(folder: string, cases: readonly MacroCase[]): (readonly string[] | undefined)[] {
  const names = cases.map((_, index) => path.join(folder, `case${index}.c`));
  cases.forEach(({ main, files }, index) => {
    fs.writeFileSync(names[index], main);
    for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  });
  // The driver takes many files, and preprocesses each by itself; a refusal costs the others nothing.
  const { stdout, stderr } = spawnSync('gcc', ['-E', '-w', '-std=gnu11', '-funsigned-char', ...names], {
    encoding: 'latin1',
    maxBuffer: 1 << 28,
  });
  const outputs = new Map<string, string[]>();
  let now = '';
  for (const line of stdout.split('\n')) {
    const mark = /^# (?:0|1) "(.*\/case\d+\.c)"$/.exec(line);
    if (mark) now = mark[1];
    const lines = outputs.get(now);
    if (lines) lines.push(line);
    else outputs.set(now, [line]);
  }
  const refused = new Set([...stderr.matchAll(/case(\d+)\.c:\d+:(?:\d+:)? error/g)].map(([, index]) => Number(index)));
  if (cases.length === 1 && stderr.includes('error:')) refused.add(0);
  for (const [, name] of stderr.matchAll(/\/m(\d+)_\w+\.h:\d+:\d+: error/g)) refused.add(Number(name));
  return names.map((name, index) => (refused.has(index) ? undefined : tokensOf((outputs.get(name) ?? []).join('\n'))));
}

function ourTokens({ main, files }: MacroCase): string[] {
  const all: Readonly<Record<string, string>> = { ...files, 'main.c': main };
  const tree = new PreprocessedTree({
    kernel: '',
    build: '',
    arch: 'x86',
    target: 'x86_64',
    reader: { read: (name) => all[name.replace(/^\//, '')], exists: (name) => name.replace(/^\//, '') in all },
  });
  const x86 = target('x86_64', 'gcc');
  const file = new FileAnalysis({ path: '/main.c', text: main }, tree, x86, '', layoutOracle(x86));
  return tokensOf([...dump(file, 'unit')].join(''));
}
