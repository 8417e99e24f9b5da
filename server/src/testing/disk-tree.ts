/** Makes small kernel trees on the real disk, for tests of what touches it; they are gone when the test is over. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** What makes a folder a kernel tree with a configuration. */
export const KERNEL_FILES: Readonly<Record<string, string>> = {
  Makefile: '# SPDX-License-Identifier: GPL-2.0\nVERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 9\nEXTRAVERSION =\n',
  Kconfig: 'mainmenu "Linux/$(ARCH) $(KERNELVERSION) Kernel Configuration"\n',
  'include/linux/types.h': 'typedef unsigned int u32;\n',
  'arch/x86/Kconfig': '',
  'arch/arm64/Kconfig': '',
  '.config': '#\n# Linux/x86 6.12.9 Kernel Configuration\n#\nCONFIG_X86_64=y\n',
};

/** An empty folder, symbolic links resolved. */
export function emptyFolder(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'overlint-test-')));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  // Some tests read it as another user.
  fs.chmodSync(folder, 0o755);
  return folder;
}

/** Writes files below a folder. Texts are byte strings, or bytes. */
export function writeFiles(folder: string, files: Readonly<Record<string, string | Buffer>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text, 'latin1');
  }
}

/** A kernel tree with these files on top of what makes it one. */
export function kernelOnDisk(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = emptyFolder();
  writeFiles(folder, { ...KERNEL_FILES, ...files });
  return folder;
}

/** The kernel in miniature that ships with the product. */
export const DEMO = path.resolve(import.meta.dirname, '../../../demo');

/** A copy of it, with these files on top. */
export function demoOnDisk(files: Readonly<Record<string, string | Buffer>> = {}): string {
  const folder = emptyFolder();
  fs.cpSync(DEMO, folder, { recursive: true });
  writeFiles(folder, files);
  return folder;
}

/** Runs something as a user without rights on others' files; root may read everything, whatever the mode says. */
export async function withoutRights<T>(action: () => T | Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return action();
  process.seteuid?.(65534);
  try {
    return await action();
  } finally {
    process.seteuid?.(0);
  }
}
