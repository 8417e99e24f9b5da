/** The Kconfig files of one kernel tree for one architecture and toolchain, read and ready to be evaluated. */
import type { BuildArchitecture } from './architecture';
import { reportLoops } from './dependency-loops';
import { Evaluator } from './evaluate';
import { finishTree } from './menu-tree';
import type { Report } from './messages';
import { type ParsedKconfig, parseKconfig } from './parser';
import { TOOL_VARIABLES, type Toolchain } from './toolchain';

export interface KernelSource {
  /** A file by its path from the tree's folder; undefined where there is none. */
  read(file: string): string | undefined;
  readonly arch: BuildArchitecture;
  readonly toolchain: Toolchain;
  readonly report: Report;
}

export interface KernelKconfig {
  readonly parsed: ParsedKconfig;
  readonly evaluator: Evaluator;
  /** `6.12.94`, from the Makefile. */
  readonly version: string;
}

export function readKernelKconfig({ read, arch, toolchain, report }: KernelSource): KernelKconfig {
  const version = kernelVersion(read('Makefile') ?? '');
  // Since this word is one of the language.
  const isNewer = read('scripts/kconfig/lexer.l')?.includes('"transitional"') ?? true;
  const parsed = parseKconfig({
    file: 'Kconfig',
    // The tree's own folder stands for itself, wherever it is.
    read: (file) => read(file.replace(/^\$srctree\//, '')),
    environment: {
      ...TOOL_VARIABLES,
      ARCH: arch.name,
      SRCARCH: arch.folder,
      SUBARCH: arch.name === 'um' ? 'x86' : arch.folder,
      HEADER_ARCH: 'x86',
      KERNELVERSION: version,
      CC_VERSION_TEXT: toolchain.versionText,
      RUSTC_VERSION_TEXT: '',
      PAHOLE_VERSION: '0',
    },
    shell: (command) => toolchain.shell(command),
    dialect: { isNewer },
    report,
  });
  finishTree(parsed, isNewer, report);
  reportLoops(parsed, report);
  return { parsed, version, evaluator: new Evaluator(parsed) };
}

/** VERSION.PATCHLEVEL.SUBLEVEL and EXTRAVERSION, as the Makefile sets them. */
export function kernelVersion(makefile: string): string {
  const head = makefile.slice(0, 4096);
  const value = (name: string): string => new RegExp(`^${name}[ \\t]*=[ \\t]*(\\S*)`, 'm').exec(head)?.[1] ?? '';
  const numbers = ['VERSION', 'PATCHLEVEL', 'SUBLEVEL'].map(value).filter((number) => number !== '');
  return numbers.join('.') + value('EXTRAVERSION');
}
