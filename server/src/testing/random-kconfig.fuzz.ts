/** Compares our values of random Kconfig files with those of the kernel's own conf: `node tools/random-kconfig.mjs --conf FILE`. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readDotConfig, writeDotConfig } from '../kconfig/dot-config';
import { Evaluator } from '../kconfig/evaluate';
import { fillNew } from '../kconfig/filling';
import { finishTree } from '../kconfig/menu-tree';
import { parseKconfig } from '../kconfig/parser';
import { RandomKconfig } from './random-kconfig';
import { RandomNumbers } from './random-numbers';

export interface KconfigFuzz {
  /** The kernel's program. */
  readonly conf: string;
  readonly count: number;
  readonly seed: number;
  /** Whether the program is of 6.18 or later. */
  readonly isNewer: boolean;
  readonly say: (line: string) => void;
}

const MODES = ['allnoconfig', 'allyesconfig', 'allmodconfig', 'alldefconfig', 'olddefconfig'] as const;
type Mode = (typeof MODES)[number];

/** Runs the comparison. @returns How many files differ, and how many the program refused. */
export function fuzzKconfig({ conf, count, seed, isNewer, say }: KconfigFuzz): { different: number; refused: number } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-kconfig-'));
  let different = 0;
  let refused = 0;
  try {
    for (let index = 0; index < count; index++) {
      const own = (seed + index * 7919) >>> 0;
      const generator = new RandomKconfig(new RandomNumbers(own), isNewer);
      const kconfig = generator.file();
      const configuration = generator.configuration();
      fs.writeFileSync(path.join(folder, 'Kconfig'), kconfig);
      for (const mode of MODES) {
        const theirs = theirConfig(conf, folder, mode, configuration);
        if (theirs === undefined) {
          refused++;
          break;
        }
        const ours = ourConfig(kconfig, configuration, mode, isNewer);
        if (ours === theirs) continue;
        different++;
        say(`seed ${own}, ${mode}:\n${kconfig}\n--- .config\n${configuration}\n${differentLines(theirs, ours)}`);
        break;
      }
    }
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  return { different, refused };
}

function theirConfig(conf: string, folder: string, mode: Mode, configuration: string): string | undefined {
  const target = path.join(folder, '.config');
  if (mode === 'olddefconfig') fs.writeFileSync(target, configuration);
  else fs.rmSync(target, { force: true });
  const { status } = spawnSync(conf, ['-s', `--${mode}`, 'Kconfig'], { cwd: folder, env: {}, stdio: 'ignore' });
  return status === 0 ? fs.readFileSync(target, 'latin1') : undefined;
}

function ourConfig(kconfig: string, configuration: string, mode: Mode, isNewer: boolean): string {
  const read = (): string => kconfig;
  const [shell, report] = [() => '', () => {}];
  const parsed = parseKconfig({ file: 'Kconfig', read, environment: {}, shell, dialect: { isNewer }, report });
  finishTree(parsed, isNewer, report);
  const evaluator = new Evaluator(parsed);
  if (mode === 'olddefconfig') {
    readDotConfig(evaluator, configuration, '.config', report);
    evaluator.restart();
  } else
    fillNew(
      evaluator,
      ({ allnoconfig: 'no', allyesconfig: 'yes', allmodconfig: 'module', alldefconfig: 'defaults' } as const)[mode],
    );
  return writeDotConfig(evaluator);
}

function differentLines(theirs: string, ours: string): string {
  const [left, right] = [theirs.split('\n'), ours.split('\n')];
  const only = (one: string[], other: string[], mark: string): string[] =>
    one.filter((line) => !other.includes(line)).map((line) => `${mark} ${line}`);
  const lines = [...only(left, right, '-'), ...only(right, left, '+')];
  return lines.length > 0 ? lines.join('\n') : 'the lines stand in another order';
}
