/**
 * Headers of system calls (asm/unistd_64.h, asm/syscall_table.h) from an architecture's own tables, *.tbl below
 * arch/ARCH; system-call-table.ts says what is in them. Which header takes which lines is said in the Makefile beside the
 * table, as shell commands; here it is a table. Architectures that list their headers as `syscall-y` in asm/Kbuild are
 * in listed-system-calls.ts.
 */
import { type BuildTree, fromTable, type Generator, isOn, type MadeHeader } from './build-tree';
import {
  entriesHeader,
  guarded,
  headerGuard,
  type NumberOptions,
  numbersHeader,
  type SystemCall,
  systemCalls,
} from './system-call-table';

interface CallHeader extends NumberOptions {
  /** Below arch/ARCH/include/generated. */
  readonly file: string;
  /** Below arch/ARCH. */
  readonly table: string;
  /** All where none is named. */
  readonly abis?: readonly string[];
  /** The option that the build asks for. */
  readonly option?: string;
  /** What the header says: numbers by name, entries by number, or something of its own. */
  readonly print: 'numbers' | 'entries' | ((file: string, calls: readonly SystemCall[]) => string);
}

/** Most architectures have one table of all calls for one kind of program. */
const ONE_ABI: readonly CallHeader[] = [
  { file: 'uapi/asm/unistd_32.h', table: 'kernel/syscalls/syscall.tbl', print: 'numbers', counts: true },
  { file: 'asm/syscall_table.h', table: 'kernel/syscalls/syscall.tbl', print: 'entries' },
];

function twoAbis(...more: string[]): CallHeader[] {
  return ['32', '64'].flatMap((width): CallHeader[] => {
    const lines = { table: 'kernel/syscalls/syscall.tbl', abis: ['common', ...more, width] };
    return [
      { ...lines, file: `uapi/asm/unistd_${width}.h`, print: 'numbers', counts: true },
      { ...lines, file: `asm/syscall_table_${width}.h`, print: 'entries' },
    ];
  });
}

const X86_32 = 'entry/syscalls/syscall_32.tbl';
const X86_64 = 'entry/syscalls/syscall_64.tbl';
const X32_BIT = '__X32_SYSCALL_BIT';

/** By the folder below arch/. */
const HEADERS: Readonly<Record<string, readonly CallHeader[]>> = {
  alpha: ONE_ABI,
  arm: [
    ...['oabi', 'eabi'].map((abi): CallHeader => {
      const lines = { table: 'tools/syscall.tbl', abis: ['common', abi] };
      return { ...lines, file: `uapi/asm/unistd-${abi}.h`, print: 'numbers', offset: '__NR_SYSCALL_BASE' };
    }),
    { file: 'asm/unistd-nr.h', table: 'tools/syscall.tbl', print: armCount },
  ],
  m68k: ONE_ABI,
  microblaze: ONE_ABI,
  mips: ['n32', 'n64', 'o32'].flatMap((abi): CallHeader[] => {
    const table = `kernel/syscalls/syscall_${abi}.tbl`;
    return [
      { file: `uapi/asm/unistd_${abi}.h`, table, print: 'numbers', offset: '__NR_Linux' },
      { file: `asm/syscall_table_${abi}.h`, table, print: 'entries' },
      { file: `asm/unistd_nr_${abi}.h`, table, print: mipsCount },
    ];
  }),
  parisc: twoAbis(),
  powerpc: [
    ...twoAbis('nospu'),
    {
      file: 'asm/syscall_table_spu.h',
      table: 'kernel/syscalls/syscall.tbl',
      abis: ['common', 'spu'],
      print: 'entries',
    },
  ],
  s390: [
    ...['32', '64'].map((width): CallHeader => {
      const lines = { table: 'kernel/syscalls/syscall.tbl', abis: ['common', width] };
      return { ...lines, file: `uapi/asm/unistd_${width}.h`, print: s390Numbers };
    }),
    { file: 'asm/unistd_nr.h', table: 'kernel/syscalls/syscall.tbl', abis: ['common', '32', '64'], print: s390Count },
    { file: 'asm/syscall_table.h', table: 'kernel/syscalls/syscall.tbl', print: s390Entries },
  ],
  sh: ONE_ABI,
  sparc: twoAbis(),
  x86: [
    { file: 'uapi/asm/unistd_32.h', table: X86_32, abis: ['i386'], print: 'numbers', counts: true },
    { file: 'uapi/asm/unistd_64.h', table: X86_64, abis: ['common', '64'], print: 'numbers', counts: true },
    {
      ...{ file: 'uapi/asm/unistd_x32.h', table: X86_64, abis: ['common', 'x32'], print: 'numbers' },
      ...{ counts: true, offset: X32_BIT },
    },
    {
      ...{ file: 'asm/unistd_32_ia32.h', table: X86_32, abis: ['i386'], print: 'numbers', counts: true },
      ...{ prefix: 'ia32_', option: 'X86_64' },
    },
    {
      ...{ file: 'asm/unistd_64_x32.h', table: X86_64, abis: ['x32'], print: 'numbers', counts: true },
      ...{ prefix: 'x32_', option: 'X86_64' },
    },
    { file: 'asm/syscalls_32.h', table: X86_32, abis: ['i386'], print: 'entries' },
    { file: 'asm/syscalls_64.h', table: X86_64, abis: ['common', '64'], print: 'entries', option: 'X86_64' },
    { file: 'asm/syscalls_x32.h', table: X86_64, abis: ['common', 'x32'], print: 'entries', option: 'X86_X32_ABI' },
  ],
  xtensa: ONE_ABI,
};

export const systemCallHeaders: Generator = (tree) => {
  const { folder } = tree.arch;
  const wanted = (HEADERS[folder] ?? []).filter(({ option }) => !option || isOn(tree, option));
  return new Map(wanted.map((header) => [`arch/${folder}/include/generated/${header.file}`, makerOf(tree, header)]));
};

function makerOf(tree: BuildTree, header: CallHeader): () => MadeHeader {
  const { file, table, abis = [], print } = header;
  return fromTable(tree, `arch/${tree.arch.folder}/${table}`, (text) => {
    const calls = systemCalls(text, abis);
    if (print === 'numbers') return numbersHeader(file, calls, header);
    return print === 'entries' ? entriesHeader(calls) : print(file, calls);
  });
}

function byNumber(calls: readonly SystemCall[]): SystemCall[] {
  return [...calls].sort((a, b) => Number(a.number) - Number(b.number) || (a.abi < b.abi ? -1 : 1));
}

function countOf(calls: readonly SystemCall[]): number {
  return calls.reduce((most, { number }) => Math.max(most, Number(number) + 1), 0);
}

/** arch/arm/tools/syscallnr.sh: the count is rounded up so that it fits an instruction's constant of eight bits. */
function armCount(file: string, calls: readonly SystemCall[]): string {
  const count = countOf(calls);
  let step = 1;
  while (Math.floor(count / (256 * step)) > 0) step *= 4;
  const guard = headerGuard('_ASM_ARM_', file);
  const rounded = Math.ceil(count / step) * step;
  return `#ifndef ${guard}\n#define ${guard} 1\n#define __NR_syscalls ${rounded}\n#endif\n`;
}

/** arch/mips/kernel/syscalls/syscallnr.sh: the file's name ends in that of the ABI. */
function mipsCount(file: string, calls: readonly SystemCall[]): string {
  const abi = /_(\w+)\.h$/.exec(file)![1].replace(/^nr_/, '').replace('n64', '64').toUpperCase();
  return guarded(headerGuard('_UAPI_ASM_MIPS_', file), [`#define __NR_${abi}_Linux_syscalls ${countOf(calls)}`]);
}

function s390Numbers(file: string, calls: readonly SystemCall[]): string {
  const lines = byNumber(calls).map(({ name, number }) => `#define __NR_${name} ${Number(number)}`);
  return guarded(headerGuard('_UAPI_ASM_S390_', file), lines);
}

function s390Count(_file: string, calls: readonly SystemCall[]): string {
  return guarded('__ASM_S390_SYSCALLS_NR', [`#define NR_syscalls ${countOf(calls)}`]);
}

/** Each number with its entries for programs of 64 and of 31 bits; two lines of the table may share a number. */
function s390Entries(_file: string, calls: readonly SystemCall[]): string {
  const none = 'sys_ni_syscall';
  const entries = new Map<number, { wide: string; narrow: string }>();
  for (const { number, abi, entry, compat } of byNumber(calls)) {
    const [wide, narrow] = [entry, compat].map((name) => (name === '' || name === '-' ? none : name));
    const known = entries.get(Number(number));
    if (!known) entries.set(Number(number), { wide, narrow });
    else if (abi === '32') known.narrow = narrow;
    else if (abi === '64') known.wide = wide;
  }
  const lines = [`#define NI_SYSCALL SYSCALL(${none},${none})`];
  for (let number = 0; number < countOf(calls); number++) {
    const { wide, narrow } = entries.get(number) ?? { wide: none, narrow: none };
    lines.push(wide === none && narrow === none ? 'NI_SYSCALL' : `SYSCALL(${wide},${narrow})`);
  }
  return `${lines.join('\n')}\n`;
}
