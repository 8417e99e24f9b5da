/**
 * arch/s390/include/generated/asm/dis-defs.h, from arch/s390/tools/opcodes.txt: an instruction a line, as OPCODE NAME
 * FORMAT. Where a format keeps the rest of its opcode stands in arch/s390/tools/gen_opcode_table.c, as `.byte`, `.mask`
 * and the names of formats.
 */
import { fromTable, type Generator, tableRows } from './build-tree';
import { guarded } from './system-call-table';

export const s390Instructions: Generator = (tree) => {
  if (tree.arch.folder !== 's390') return new Map();
  const make = (opcodes: string): string => header(opcodes, tree.read('arch/s390/tools/gen_opcode_table.c') ?? '');
  return new Map([
    ['arch/s390/include/generated/asm/dis-defs.h', fromTable(tree, 'arch/s390/tools/opcodes.txt', make)],
  ]);
};

interface FormatKind {
  readonly byte: number;
  readonly mask: number;
}

interface Instruction {
  readonly opcode: string;
  readonly name: string;
  readonly format: string;
  readonly kind: FormatKind;
}

/** Longer names stand in a list of their own. */
const SHORT_NAME = 5;

function header(table: string, source: string): string {
  const kinds = kindsOf(source);
  const whole: FormatKind = { byte: 0, mask: 0xff };
  const rows = tableRows(table).map(([opcode, name, format]): Instruction => {
    return { opcode, name, format, kind: kinds.get(format.split('_')[0]) ?? whole };
  });
  const byFormat = sorted(rows, 'format');
  const byName = sorted(byFormat, 'name');
  const long = byName.filter(({ name }) => name.length > SHORT_NAME);
  const byOpcode = sorted(byName, 'opcode');
  const ordered = [
    ...byOpcode.filter(({ kind }) => kind.byte !== 0),
    ...byOpcode.filter(({ kind }) => kind.byte === 0),
  ];
  return guarded('__S390_GENERATED_DIS_DEFS_H__', [
    'enum {',
    ...[...new Set(byFormat.map(({ format }) => format))].map((format) => `\tINSTR_${format},`),
    '};',
    'enum {',
    ...long.map(({ name }) => `\tLONG_INSN_${name.toUpperCase()},`),
    '};',
    '#define LONG_INSN_INITIALIZER { \\',
    ...long.map(({ name }) => `\t[LONG_INSN_${name.toUpperCase()}] = "${name}", \\`),
    '}',
    '#define OPCODE_TABLE_INITIALIZER { \\',
    ...ordered.map(entry),
    '}',
    '#define OPCODE_OFFSET_INITIALIZER { \\',
    ...groups(ordered),
    '}',
  ]);
}

function kindsOf(source: string): Map<string, FormatKind> {
  const kinds = new Map<string, FormatKind>();
  const blocks = source.matchAll(/\.byte\s*=\s*(\d+),\s*\.mask\s*=\s*(\w+),\s*\.format\s*=[^{]*\{([^}]*)\}/g);
  for (const [, byte, mask, names] of blocks)
    for (const [, name] of names.matchAll(/"(\w+)"/g)) kinds.set(name, { byte: Number(byte), mask: Number(mask) });
  return kinds;
}

/** Sorted by bytes; equal ones stay in order. */
function sorted(rows: readonly Instruction[], key: 'format' | 'name' | 'opcode'): Instruction[] {
  return [...rows].sort((a, b) => (a[key] < b[key] ? -1 : a[key] > b[key] ? 1 : 0));
}

function entry({ opcode, name, format, kind }: Instruction, index: number): string {
  const rest = kind.byte === 0 ? opcode : opcode.slice(2);
  const named = name.length > SHORT_NAME ? `.offset = LONG_INSN_${name.toUpperCase()}` : `.name = "${name}"`;
  return `\t[${index}] = { .opfrag = 0x${rest}, .format = INSTR_${format}, ${named} }, \\`;
}

/** Instructions that share their first byte stand together; all those of one byte are one group. */
function groups(rows: readonly Instruction[]): string[] {
  const found: { opcode: string; kind: FormatKind; offset: number; count: number }[] = [];
  rows.forEach(({ opcode, kind }, offset) => {
    const last = found.at(-1);
    if (last && (last.opcode === opcode.slice(0, 2) || last.kind.byte === 0)) last.count++;
    else found.push({ opcode: opcode.slice(0, 2), kind, offset, count: 1 });
  });
  return found.map(({ opcode, kind, offset, count }) => {
    const mask = kind.mask.toString(16).padStart(2, '0');
    return `\t{ .opcode = 0x${opcode}, .mask = 0x${mask}, .byte = ${kind.byte}, .offset = ${offset}, .count = ${count} }, \\`;
  });
}
