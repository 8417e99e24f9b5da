/**
 * arch/arm/include/generated/asm/mach-types.h, from arch/arm/tools/mach-types: a board a line, as the name of its test,
 * its option without CONFIG_, the name of its number without MACH_TYPE_, and the number, if it has one yet. sh has a
 * shorter one: include/generated/machtypes.h, from arch/sh/tools/mach-types, a name and an option a line.
 */
import { fromTable, type Generator, tableRows } from './build-tree';
import { guarded } from './system-call-table';

export const armMachines: Generator = ({ arch, ...tree }) => {
  if (arch.folder === 'arm')
    return new Map([
      [
        'arch/arm/include/generated/asm/mach-types.h',
        fromTable({ arch, ...tree }, 'arch/arm/tools/mach-types', armHeader),
      ],
    ]);
  if (arch.folder === 'sh')
    return new Map([
      ['include/generated/machtypes.h', fromTable({ arch, ...tree }, 'arch/sh/tools/mach-types', shHeader)],
    ]);
  return new Map();
};

function armHeader(table: string): string {
  const rows = tableRows(table);
  const numbered = rows.filter((row) => row.length === 4);
  const lines = ['#ifndef __ASSEMBLY__', 'extern unsigned int __machine_arch_type;', '#endif'];
  lines.push(...numbered.map(([, , type, number]) => `#define MACH_TYPE_${type} ${Number(number)}`));
  for (const [test, option, type] of numbered)
    lines.push(
      `#ifdef CONFIG_${option}`,
      '# ifdef machine_arch_type',
      '#  undef machine_arch_type',
      '#  define machine_arch_type __machine_arch_type',
      '# else',
      `#  define machine_arch_type MACH_TYPE_${type}`,
      '# endif',
      `# define machine_is_${test}() (machine_arch_type == MACH_TYPE_${type})`,
      '#else',
      `# define machine_is_${test}() (0)`,
      '#endif',
    );
  lines.push(...rows.filter((row) => row.length === 3).map(([test]) => `#define machine_is_${test}() (0)`));
  lines.push('#ifndef machine_arch_type', '#define machine_arch_type __machine_arch_type', '#endif');
  return guarded('__ASM_ARM_MACH_TYPE_H', lines);
}

function shHeader(table: string): string {
  const rows = tableRows(table).filter((row) => row.length === 2);
  const lines = rows.flatMap(([name, option]) => [
    `#ifdef CONFIG_${option}`,
    `  #define MACH_${name} 1`,
    '#else',
    `  #define MACH_${name} 0`,
    '#endif',
  ]);
  lines.push(...rows.map(([name]) => `#define mach_is_${name.toLowerCase()}() (MACH_${name})`));
  return guarded('__ASM_SH_MACHTYPES_H', lines);
}
