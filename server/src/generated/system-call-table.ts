/**
 * Reads tables of system calls (*.tbl) and prints headers of them. A line is NUMBER ABI NAME [ENTRY [COMPAT [noreturn]]],
 * where ABI says which programs have that call, and a dash in place of an entry stands for none.
 */
import { tableRows } from './build-tree';

export interface SystemCall {
  readonly number: string;
  readonly abi: string;
  readonly name: string;
  readonly entry: string;
  readonly compat: string;
  readonly extra: string;
}

/** The calls of some ABIs, in the order of the table; those of all where none is named. */
export function systemCalls(table: string, abis: readonly string[]): SystemCall[] {
  return (
    tableRows(table)
      .filter((row) => /^[0-9A-Fa-fXx]+$/.test(row[0]) && row.length > 1)
      // The build compares the start of the name alone.
      .filter(([, abi]) => abis.length === 0 || abis.some((wanted) => abi.startsWith(wanted)))
      .map(([number, abi, name = '', entry = '', compat = '', extra = '']) => ({
        number,
        abi,
        name,
        entry,
        compat: compat === '-' ? '' : compat,
        extra,
      }))
  );
}

export interface NumberOptions {
  /** What is added to each number: the name of a macro. */
  readonly offset?: string;
  /** What stands between `__NR_` and the name. */
  readonly prefix?: string;
  /** Whether the kernel finds the count of calls in it, too. */
  readonly counts?: boolean;
}

/** `#define __NR_NAME NUMBER` for each call, as scripts/syscallhdr.sh makes it. */
export function numbersHeader(file: string, calls: readonly SystemCall[], options: NumberOptions = {}): string {
  const { offset, prefix = '' } = options;
  const lines = calls.map(
    ({ name, number }) => `#define __NR_${prefix}${name} ${offset ? `(${offset} + ${number})` : number}`,
  );
  const count = Number(calls.at(-1)?.number ?? 0) + 1;
  if (options.counts) lines.push('#ifdef __KERNEL__', `#define __NR_${prefix}syscalls ${count}`, '#endif');
  return guarded(headerGuard('_UAPI_ASM_', file), lines);
}

/** A macro call for each number, gaps included, as scripts/syscalltbl.sh makes it. */
export function entriesHeader(calls: readonly SystemCall[]): string {
  const lines: string[] = [];
  let next = 0;
  for (const { number, entry, compat, extra } of calls) {
    for (; next < Number(number); next++) lines.push(`__SYSCALL(${next}, sys_ni_syscall)`);
    const suffix = extra === 'noreturn' ? '_NORETURN' : '';
    if (compat) lines.push(`__SYSCALL_${suffix ? 'COMPAT_NORETURN' : 'WITH_COMPAT'}(${number}, ${entry}, ${compat})`);
    else lines.push(`__SYSCALL${suffix}(${number}, ${entry || 'sys_ni_syscall'})`);
    next = Number(number) + 1;
  }
  return `${lines.join('\n')}\n`;
}

export function guarded(guard: string, lines: readonly string[]): string {
  return `${[`#ifndef ${guard}`, `#define ${guard}`, ...lines, `#endif`].join('\n')}\n`;
}

/** The name of a guard macro as the build's scripts make it from a file's name. */
export function headerGuard(prefix: string, file: string): string {
  const name = file.slice(file.lastIndexOf('/') + 1).toUpperCase();
  return prefix + name.replace(/[^A-Z0-9_]/g, '_').replace(/__/g, '_');
}
