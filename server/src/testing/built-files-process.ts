/** Asks of the files that Kbuild compiles with a configuration: `node tools/built-files.mjs list|tokens|statements|asserts`. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FileAnalysis } from '../analysis/analysis';
import { macrosText } from '../kbuild/flags';
import { KbuildTree } from '../kbuild/kbuild-tree';
import { layoutOracle } from '../layout/oracle';
import { type TargetName, target } from '../layout/target';
import { spelling } from '../preprocessor/ptoken';
import { PreprocessedTree } from '../preprocessor/tree';
import { dump } from '../queries/dump';
import { isUnknownValue } from '../types/model';
import { RandomNumbers } from './random-numbers';

interface BuiltFiles {
  readonly kernel: string;
  readonly build: string;
  /** The folder below arch/. */
  readonly arch: string;
  readonly target: TargetName;
  readonly say: (line: string) => void;
}

/** Folders of programs that run where the kernel is built. */
const NOT_KERNEL = new Set(['tools', 'scripts', 'Documentation', 'samples', 'usr']);

export class BuiltFileChecks {
  private readonly tree: PreprocessedTree;
  private readonly kbuild: KbuildTree;

  constructor(private readonly given: BuiltFiles) {
    const { kernel, build, arch } = given;
    const isFile = (name: string): boolean => fs.statSync(name, { throwIfNoEntry: false })?.isFile() ?? false;
    const disk = {
      read: (name: string) => (isFile(name) ? fs.readFileSync(name, 'latin1') : undefined),
      exists: isFile,
    };
    this.tree = new PreprocessedTree({ ...given, reader: disk });
    const symbols = this.tree.config?.symbols ?? new Map<string, string>();
    this.kbuild = new KbuildTree({ kernel, build, arch, symbols, reader: disk });
  }

  /** All of them, relative to the kernel, in order; or as many as asked for, chosen by the seed. */
  list(count: number | undefined, seed: number): string[] {
    const { kernel } = this.given;
    const all: string[] = [];
    const walk = (folder: string): void => {
      for (const entry of fs.readdirSync(path.join(kernel, folder), { withFileTypes: true })) {
        const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) {
          if (folder === 'arch' ? entry.name === this.given.arch : folder !== '' || !NOT_KERNEL.has(entry.name))
            walk(name);
        } else if (name.endsWith('.c') && this.kbuild.file(path.join(kernel, name))?.built !== undefined)
          all.push(name);
      }
    };
    walk('');
    all.sort();
    if (count === undefined) return all;
    const random = new RandomNumbers(seed);
    const chosen: string[] = [];
    while (chosen.length < count && all.length > 0) chosen.push(...all.splice(random.below(all.length), 1));
    return chosen.sort();
  }

  private analysis(name: string): FileAnalysis {
    const file = path.join(this.given.kernel, name);
    const x = target(this.given.target, 'gcc');
    const text = fs.readFileSync(file, 'latin1');
    return new FileAnalysis({ path: file, text }, this.tree, x, this.given.kernel, layoutOracle(x));
  }

  /** Compares the tokens of each file with what `gcc -E` makes of it. */
  tokens(names: readonly string[]): { different: number; refused: number } {
    let different = 0;
    let refused = 0;
    for (const name of names) {
      const theirs = this.theirTokens(name);
      if (!theirs) refused++;
      const ours = tokensOf([...dump(this.analysis(name), 'unit')].join(''));
      this.tree.release(path.join(this.given.kernel, name));
      if (!theirs) continue;
      const at = theirs.findIndex((token, index) => token !== ours[index]);
      if (at < 0 && theirs.length === ours.length) continue;
      different++;
      const near = (list: readonly string[]): string => list.slice(Math.max(0, at - 6), at + 8).join(' ');
      this.given.say(
        `${name}: token ${at} of ${theirs.length}, ${ours.length}\n  gcc:  ${near(theirs)}\n  ours: ${near(ours)}`,
      );
    }
    return { different, refused };
  }

  private theirTokens(name: string): string[] | undefined {
    const { kernel, build, arch } = this.given;
    const set = this.kbuild.file(path.join(kernel, name));
    if (!set) return undefined;
    const flags = path.join(os.tmpdir(), `overlint-flags-${process.pid}.h`);
    fs.writeFileSync(flags, macrosText(set.macros) + macrosText(set.names ?? []), 'latin1');
    const both = (folder: string): string[] => [`-I${build}/${folder}`, `-I${kernel}/${folder}`];
    const own = `arch/${arch}/include`;
    const folders = [own, `${own}/generated`, 'include', `${own}/uapi`, `${own}/generated/uapi`, 'include/uapi'];
    const { status, stdout } = spawnSync(
      'gcc',
      [
        ...['-E', '-P', '-w', '-nostdinc', '-std=gnu11', '-O2', '-funsigned-char', '-fno-PIE', '-mcmodel=kernel'],
        ...['-mno-sse', '-mno-mmx', '-mno-sse2', '-mno-3dnow', '-mno-avx', '-mno-red-zone', '-fcf-protection=none'],
        ...['-D__KERNEL__', '-DCC_USING_FENTRY', '-DCC_USING_NOP_MCOUNT', '-include', flags],
        ...folders.flatMap(both),
        ...both('include/generated/uapi'),
        ...['compiler-version', 'kconfig', 'compiler_types'].flatMap((one) => ['-include', `linux/${one}.h`]),
        ...set.folders.map((folder) => `-I${folder}`),
        ...set.forced.flatMap((header) => ['-include', header]),
        path.join(kernel, name),
      ],
      { encoding: 'latin1', maxBuffer: 1 << 28, cwd: kernel },
    );
    fs.rmSync(flags, { force: true });
    return status === 0 ? tokensOf(stdout) : undefined;
  }

  /** Counts what stands in function bodies and is not understood. */
  statements(names: readonly string[]): number {
    let broken = 0;
    for (const name of names) {
      const file = this.analysis(name);
      const { mainTable } = file.globals;
      for (const item of mainTable.items) {
        const { errors, tokens } = file.parsedWhole(file.unit.main, item);
        for (const { at, reason } of errors) {
          broken++;
          const near = tokens.slice(Math.max(0, at - 4), at + 12).map(spelling);
          this.given.say(`${name}: ${reason}: ${near.join(' ')}`);
        }
      }
      this.tree.release(path.join(this.given.kernel, name));
    }
    return broken;
  }

  /** Works out the asserts of each file; says those that do not hold or are not known. */
  asserts(names: readonly string[]): { held: number; broken: number; unknown: number } {
    const counts = { held: 0, broken: 0, unknown: 0 };
    for (const name of names) {
      if (!/assert|BUILD_BUG|ASSERT/.test(fs.readFileSync(path.join(this.given.kernel, name), 'latin1'))) continue;
      const file = this.analysis(name);
      for (const { verdict, place } of file.asserts) {
        const written = (): string => `${name}:${file.lineNumber(place)}: ${file.written(place)}`;
        if (verdict === 'holds') counts.held++;
        else if (isUnknownValue(verdict)) {
          counts.unknown++;
          this.given.say(`unknown: ${written()}: ${verdict.unknown}`);
        } else {
          counts.broken++;
          this.given.say(`broken: ${written()}`);
        }
      }
      this.tree.release(path.join(this.given.kernel, name));
    }
    return counts;
  }
}

const TOKEN =
  /(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"|[uUL]?'(?:\\.|[^'\\\n])*'|\.?\d(?:[eEpP][+-]|[\w.$])*|[A-Za-z_$\x80-\xff][\w$\x80-\xff]*|\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|##|\S/g;

/** Without pragmas; the name of a file is another wherever the tree lies. */
function tokensOf(text: string): string[] {
  const tokens = text.replace(/^[ \t]*#[ \t]*pragma.*$/gm, '').match(TOKEN) ?? [];
  return tokens.map((token) => (/^"(?:\/[^"]*|)\.[chS]"$|^""$/.test(token) ? '"FILE"' : token));
}
