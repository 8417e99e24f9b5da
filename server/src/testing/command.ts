/** Runs the command line inside the test, with captured output and the linter of words. */

import type { CommandContext, Output } from '../cli/command-context';
import { overlint } from '../cli/overlint';
import { toByteString } from '../text/text';
import type { Execution } from '../workers/run-request';
import { createWordLinter } from './word-linter';

interface Ran {
  readonly code: number;
  /** Byte strings, as they would be in a file. */
  readonly out: string;
  readonly err: string;
}

interface RunSettings {
  readonly folder: string;
  readonly execution?: Execution;
  readonly isTerminal?: boolean;
  readonly environment?: CommandContext['environment'];
  readonly page?: CommandContext['page'];
}

export async function runOverlint(args: readonly string[], settings: RunSettings): Promise<Ran> {
  const written = { out: '', err: '' };
  const output = (name: 'out' | 'err'): Output => ({
    write: (text) => {
      written[name] += toByteString(text);
    },
    writeBytes: (text) => {
      written[name] += text;
    },
    isTerminal: settings.isTerminal ?? false,
  });
  const code = await overlint(args, {
    folder: settings.folder,
    out: output('out'),
    err: output('err'),
    environment: settings.environment ?? {},
    page: settings.page,
    execution: settings.execution ?? { create: createWordLinter },
  });
  return { code, ...written };
}
