/** Before the tests in real editors: what they need is here, or is installed, or its absence is said at once. */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { CHROMIUM } from './workbench';

/** Debian's names of what must be on the machine, by the program that shows it. */
const PROGRAMS: Readonly<Record<string, string>> = { [CHROMIUM]: 'chromium', nvim: 'neovim', rg: 'ripgrep' };

export default function setup(): void {
  const missing = Object.entries(PROGRAMS).filter(([program]) => !isThere(program));
  if (missing.length) throw new Error(`missing; run: apt-get install ${missing.map(([, debian]) => debian).join(' ')}`);
  const script = path.join(import.meta.dirname, 'install-code-server.sh');
  // The first time it takes about a minute, which no single test should have to pay for.
  execFileSync('bash', [script], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function isThere(program: string): boolean {
  if (path.isAbsolute(program)) return fs.existsSync(program);
  return (process.env.PATH ?? '').split(path.delimiter).some((folder) => fs.existsSync(path.join(folder, program)));
}
