/** Evaluates small Kconfig files in a test, and says what came of it. */
import { reportLoops } from '../kconfig/dependency-loops';
import { readDotConfig, writeDotConfig } from '../kconfig/dot-config';
import { Evaluator } from '../kconfig/evaluate';
import { type Filling, fillNew } from '../kconfig/filling';
import { finishTree } from '../kconfig/menu-tree';
import { type KconfigMessage, messageLine } from '../kconfig/messages';
import { parseKconfig } from '../kconfig/parser';

export interface KconfigExample {
  /** Files beside `Kconfig`. */
  readonly files?: Readonly<Record<string, string>>;
  /** What a `.config` says. */
  readonly config?: string;
  readonly filling?: Filling;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether the language is that of kernels before 6.18. */
  readonly isOlder?: boolean;
  readonly shell?: (command: string) => string;
}

interface Evaluated {
  /** The lines of `.config` below its heading. */
  readonly config: readonly string[];
  readonly messages: readonly string[];
  readonly evaluator: Evaluator;
}

export function evaluateKconfig(kconfig: string, example: KconfigExample = {}): Evaluated {
  const messages: string[] = [];
  const report = (message: KconfigMessage): unknown => messages.push(messageLine(message));
  const files: Readonly<Record<string, string>> = { ...example.files, Kconfig: kconfig };
  const parsed = parseKconfig({
    file: 'Kconfig',
    read: (file) => files[file],
    environment: example.environment ?? {},
    shell: example.shell ?? (() => ''),
    dialect: { isNewer: !example.isOlder },
    report,
  });
  finishTree(parsed, true, report);
  reportLoops(parsed, report);
  const evaluator = new Evaluator(parsed);
  if (example.config !== undefined) readDotConfig(evaluator, example.config, '.config', report);
  fillNew(evaluator, example.filling ?? 'defaults');
  const [, ...config] = writeDotConfig(evaluator).split('#\n');
  return { config: config.slice(1).join('#\n').split('\n').filter(Boolean), messages, evaluator };
}
