/**
 * arch/arm64/include/generated/asm/sysreg-defs.h, from arch/arm64/tools/sysreg: blocks `Sysreg NAME op0 op1 CRn CRm op2`
 * … `EndSysreg`, and `SysregFields NAME` … `EndSysregFields` for what several registers share. In them stand
 * `Field HIGH[:LOW] NAME`, `Enum`, `SignedEnum` or `UnsignedEnum` with values up to `EndEnum`, and bits that read as
 * zero, as one or as anything: `Res0 HIGH[:LOW]`, `Res1`, `Unkn`, `Raz`. `Fields NAME` or `Mapping NAME` leaves the
 * bits to another block.
 */
import { fromTable, type Generator, tableRows } from './build-tree';
import { guarded } from './system-call-table';

export const arm64Registers: Generator = (tree) =>
  tree.arch.folder === 'arm64'
    ? new Map([['arch/arm64/include/generated/asm/sysreg-defs.h', fromTable(tree, 'arch/arm64/tools/sysreg', header)]])
    : new Map();

/** The words of the table for bits without a name, and how their masks end. */
const NAMELESS: Readonly<Record<string, 'RES0' | 'RES1' | 'UNKN'>> = { Res0: 'RES0', Res1: 'RES1', Unkn: 'UNKN' };

/** Words that begin a field, and whether its values are signed, where that is said. */
const FIELDS: ReadonlyMap<string, string | undefined> = new Map([
  ['Field', undefined],
  ['Enum', undefined],
  ['SignedEnum', 'true'],
  ['UnsignedEnum', 'false'],
]);

function header(table: string): string {
  const lines: string[] = [];
  const define = (name: string, value: string): unknown => lines.push(`#define ${name} ${value}`);
  let register = '';
  let field = '';
  let masks = { RES0: '', RES1: '', UNKN: '' };
  let isElsewhere = false;
  for (const [word, ...rest] of tableRows(table)) {
    if (word === 'Sysreg' || word === 'SysregFields') {
      register = rest[0];
      masks = { RES0: 'UL(0)', RES1: 'UL(0)', UNKN: 'UL(0)' };
      isElsewhere = false;
      if (word === 'Sysreg') lines.push(...encodings(register, rest.slice(1)));
    } else if (word === 'EndSysreg' || word === 'EndSysregFields') {
      if (isElsewhere) continue;
      for (const [name, mask] of Object.entries(masks)) define(`${register}_${name}`, `(${mask})`);
    } else if (word === 'Fields' || word === 'Mapping') isElsewhere = true;
    else if (NAMELESS[word]) masks[NAMELESS[word]] += ` | GENMASK_ULL(${range(rest[0]).join(', ')})`;
    else if (FIELDS.has(word)) {
      field = `${register}_${rest[1]}`;
      const [high, low] = range(rest[0]);
      define(field, `GENMASK(${high}, ${low})`);
      define(`${field}_MASK`, `GENMASK(${high}, ${low})`);
      define(`${field}_SHIFT`, `${low}`);
      define(`${field}_WIDTH`, `${high - low + 1}`);
      const signed = FIELDS.get(word);
      if (signed !== undefined) define(`${field}_SIGNED`, signed);
    } else if (/^0b[01]+$/.test(word)) define(`${field}_${rest[0]}`, `UL(${word})`);
  }
  return guarded('__ASM_SYSREG_DEFS_H', lines);
}

function encodings(register: string, [op0, op1, crn, crm, op2]: readonly string[]): string[] {
  const parts = Object.entries({ Op0: op0, Op1: op1, CRn: crn, CRm: crm, Op2: op2 });
  return [
    `#define REG_${register} S${op0}_${op1}_C${crn}_C${crm}_${op2}`,
    `#define SYS_${register} sys_reg(${[op0, op1, crn, crm, op2].join(', ')})`,
    ...parts.map(([name, value]) => `#define SYS_${register}_${name} ${value}`),
  ];
}

function range(bits: string): [number, number] {
  const [high, low = high] = bits.split(':');
  return [Number(high), Number(low)];
}
