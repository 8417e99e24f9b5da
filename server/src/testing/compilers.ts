/** Asks real compilers where they place the members of records, to compare with what the layout room says. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElf } from '../btf/elf';
import { extentOf, layoutRecord, type RecordLayout, title } from '../layout/record';
import type { Compiler, Target, TargetName } from '../layout/target';
import { isUnknownValue, type Member, type RecordDeclaration, strip } from '../types/model';
import { RecordPrinter } from './print-records';

/** What to call for which target, with the flags by which kernels change what it lays out. */
export const COMPILERS: Readonly<Record<Compiler, Partial<Record<TargetName, readonly string[]>>>> = {
  clang: {
    x86_64: clang('x86_64-linux-gnu'),
    i386: clang('i386-linux-gnu'),
    arm64: clang('aarch64-linux-gnu'),
    arm64be: clang('aarch64_be-linux-gnu'),
    arm: clang('arm-linux-gnueabi'),
    armeb: clang('armeb-linux-gnueabi'),
    riscv64: clang('riscv64-linux-gnu'),
    riscv32: clang('riscv32-linux-gnu'),
    s390: clang('s390x-linux-gnu'),
    ppc32: clang('powerpc-linux-gnu'),
    ppc64: clang('powerpc64-linux-gnu'),
    ppc64le: clang('powerpc64le-linux-gnu'),
    mips: clang('mips-linux-gnu'),
    mipsel: clang('mipsel-linux-gnu'),
    mips64: clang('mips64-linux-gnuabi64'),
    mips64el: clang('mips64el-linux-gnuabi64'),
    sparc64: clang('sparc64-linux-gnu'),
    loongarch: clang('loongarch64-linux-gnu'),
    hexagon: [...clang('hexagon-linux-musl'), '-fno-short-enums'],
  },
  gcc: {
    x86_64: ['x86_64-linux-gnu-gcc'],
    i386: ['i686-linux-gnu-gcc'],
    arm64: ['aarch64-linux-gnu-gcc'],
    arm64be: ['aarch64-linux-gnu-gcc', '-mbig-endian'],
    arm: ['arm-linux-gnueabi-gcc'],
    armeb: ['arm-linux-gnueabi-gcc', '-mbig-endian'],
    riscv64: ['riscv64-linux-gnu-gcc'],
    s390: ['s390x-linux-gnu-gcc'],
    m68k: ['m68k-linux-gnu-gcc'],
    ppc32: ['powerpc-linux-gnu-gcc'],
    ppc64: ['powerpc64-linux-gnu-gcc'],
    ppc64le: ['powerpc64le-linux-gnu-gcc'],
    mips: ['mips-linux-gnu-gcc'],
    mipsel: ['mipsel-linux-gnu-gcc'],
    mips64: ['mips64-linux-gnuabi64-gcc'],
    mips64el: ['mips64el-linux-gnuabi64-gcc'],
    sparc: ['sparc64-linux-gnu-gcc', '-m32', '-mcpu=v8'],
    sparc64: ['sparc64-linux-gnu-gcc'],
    parisc: ['hppa-linux-gnu-gcc'],
    parisc64: ['hppa64-linux-gnu-gcc'],
    alpha: ['alpha-linux-gnu-gcc'],
    // Without a floating-point unit, as kernels are built, __builtin_va_list is a pointer.
    sh: ['sh4-linux-gnu-gcc', '-m4-nofpu'],
    sheb: ['sh4-linux-gnu-gcc', '-m4-nofpu', '-mb'],
    arc: ['arc-linux-gnu-gcc'],
    arceb: ['arc-linux-gnu-gcc', '-mbig-endian'],
    // See FOR_BARE_MACHINES.
    openrisc: ['or1k-elf-gcc'],
    xtensa: ['xtensa-lx106-elf-gcc'],
  },
};

/** There is no compiler for Linux here: the rules of layout are the same, the types behind uint32_t and wchar_t are not. */
export const FOR_BARE_MACHINES: ReadonlySet<TargetName> = new Set(['openrisc', 'xtensa']);

function clang(triple: string): readonly string[] {
  return ['clang-19', '-target', triple];
}

/** The command line of a target's compiler; undefined where there is none or it is not installed. */
export function compilerFor(target: Target): readonly string[] | undefined {
  const command = target.compiler === 'either' ? undefined : COMPILERS[target.compiler][target.name];
  if (command === undefined) return undefined;
  return spawnSync(command[0], ['--version']).status === 0 ? command : undefined;
}

/** Every difference between our layouts of these records and the compiler's, as sentences; none is success. */
export function differencesFromCompiler(records: readonly RecordDeclaration[], target: Target): string[] {
  const command = compilerFor(target);
  if (command === undefined) throw new Error(`no ${target.compiler} for ${target.name} is installed`);
  return target.compiler === 'clang'
    ? compareWithClang(records, target, command)
    : compareWithGcc(records, target, command);
}

/** Runs a compiler over one C file in a folder of its own, and gives what it printed and wrote. */
function compile(
  command: readonly string[],
  options: readonly string[],
  source: string,
): { printed: string; object?: Buffer } {
  const folder = join(tmpdir(), `overlint-records-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  try {
    const file = join(folder, 'records.c');
    const object = join(folder, 'records.o');
    writeFileSync(file, source);
    const wantsObject = options.includes('-c');
    const full = [...command.slice(1), ...options, '-w', '-std=gnu11', ...(wantsObject ? ['-o', object] : []), file];
    const run = spawnSync(command[0], full, { encoding: 'utf8', maxBuffer: 1 << 30 });
    if (run.status !== 0) throw new Error(`${command[0]} refuses the records:\n${run.stderr.slice(0, 2000)}`);
    return { printed: run.stdout, ...(wantsObject && { object: readFileSync(object) }) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function compareWithClang(records: readonly RecordDeclaration[], target: Target, command: readonly string[]): string[] {
  const printer = new RecordPrinter();
  records.forEach((record, index) => {
    printer.define(record);
    printer.add(`int use_${index} = sizeof(${title(record)});`);
  });
  const options = ['-fsyntax-only', '-Xclang', '-fdump-record-layouts-simple'];
  const { printed } = compile(command, options, printer.text());
  const byLine = new Map<number, RecordDeclaration>();
  const byTitle = new Map<string, RecordDeclaration>();
  for (const [record, line] of printer.lineOf) {
    if (record.tag === undefined) byLine.set(line, record);
    else byTitle.set(title(record), record);
  }
  const differences: string[] = [];
  let compared = 0;
  for (const block of printed.split('*** Dumping AST Record Layout').slice(1)) {
    const type = /^Type: (.*)$/m.exec(block)![1];
    const line = /:(\d+):\d+\)$/.exec(type);
    if (/\b(__)?va_list(_tag)?\b/.test(type)) continue;
    const record = line === null ? byTitle.get(type) : byLine.get(Number(line[1]));
    if (record === undefined) throw new Error(`clang speaks of an unknown record: ${type}`);
    compared++;
    const number = (name: string) => Number(new RegExp(`^  ${name}:(\\d+)$`, 'm').exec(block)![1]);
    const offsets = /FieldOffsets: \[(.*)\]/.exec(block)![1];
    const theirs = `size ${number('Size') / 8} align ${number('Alignment') / 8} at ${offsets}`;
    const layout = layoutRecord(record, target);
    if (layout.status === 'unknown') differences.push(`${type}: unknown: ${layout.reason}`);
    else {
      const ours = new Map(layout.fields.map((field) => [field.member, field.offsetBits]));
      // A zero-width bit-field has no place of its own in a layout, so that Clang's counts for it.
      const list = record.members!.map((member, at) => ours.get(member) ?? offsets.split(', ')[at]).join(', ');
      const said = `size ${layout.size} align ${layout.align} at ${list}`;
      if (said !== theirs) differences.push(`${type}: we say ${said}\n  clang says ${theirs}`);
    }
  }
  if (compared !== printer.lineOf.size) throw new Error(`clang laid out ${compared} of ${printer.lineOf.size} records`);
  return differences;
}

/** One question to GCC: an expression with a number as its value, or an object with one bit-field's bits set. */
interface Question {
  readonly about: string;
  readonly ours: number | string;
  readonly expression?: string;
  readonly probe?: { readonly record: string; readonly designator: string; readonly isBool: boolean };
}

/** Offsets, sizes and bits of all members of a record, however deep, by the paths that C knows them by. */
function questionsAbout(record: RecordDeclaration, target: Target): Question[] {
  const whole = title(record);
  const layout = layoutRecord(record, target);
  if (layout.status === 'unknown') return [{ about: whole, ours: `unknown: ${layout.reason}`, expression: '0' }];
  const questions: Question[] = [
    { about: `sizeof(${whole})`, ours: layout.size, expression: `sizeof(${whole})` },
    { about: `__alignof__(${whole})`, ours: layout.align, expression: `__alignof__(${whole})` },
  ];
  const visit = (inner: RecordLayout, base: number, prefix: string, mayProbe: boolean): void => {
    for (const { member, name, offsetBits, sizeBits, isBitField } of inner.fields) {
      const at = base + offsetBits;
      const path = `${prefix}.${name}`;
      const about = `${whole}${path}`;
      if (isBitField) {
        if (name === undefined || !mayProbe) continue;
        const bare = strip(member.type);
        const isBool = bare.kind === 'integer' && bare.name === '_Bool';
        questions.push({
          about,
          ours: `bits ${at} to ${at + sizeBits}`,
          probe: { record: whole, designator: path, isBool },
        });
        continue;
      }
      const nested = recordWithin(member);
      if (name === undefined) {
        if (nested !== undefined) visit(layoutRecord(nested.record, target), at, prefix, mayProbe);
        continue;
      }
      const plain = path.slice(1);
      questions.push({
        about: `offset of ${about}`,
        ours: at / 8,
        expression: `__builtin_offsetof(${whole}, ${plain})`,
      });
      if (member.type.kind !== 'array' || member.type.length !== null) {
        questions.push({
          about: `size of ${about}`,
          ours: sizeBits / 8,
          expression: `sizeof(((${whole} *)0)->${plain})`,
        });
        const alignment = extentOf(member.type, target);
        if (nested !== undefined && !isUnknownValue(alignment)) {
          const expression = `__alignof__(__typeof__(((${whole} *)0)->${plain}${nested.indexes}))`;
          questions.push({ about: `alignment of ${about}`, ours: alignment.align, expression });
        }
      }
      if (nested === undefined) continue;
      visit(layoutRecord(nested.record, target), at, `${path}${nested.indexes}`, mayProbe && sizeBits > 0);
    }
  };
  visit(layout, 0, '', true);
  return questions;
}

/** The record that a member is, or is an array of, and the indexes that lead to its first. */
function recordWithin(member: Member): { record: RecordDeclaration; indexes: string } | undefined {
  // Members of an atomic record can't be asked for (C11 6.5.2.3p5).
  if (member.type.isAtomic) return undefined;
  let type = strip(member.type);
  let indexes = '';
  while (type.kind === 'array') {
    indexes += '[0]';
    if (type.of.isAtomic) return undefined;
    type = strip(type.of);
  }
  return type.kind === 'record' ? { record: type.record, indexes } : undefined;
}

function compareWithGcc(records: readonly RecordDeclaration[], target: Target, command: readonly string[]): string[] {
  const printer = new RecordPrinter();
  for (const record of records) printer.define(record);
  const questions = records.flatMap((record) => questionsAbout(record, target));
  const numbers = questions.filter((question) => question.expression !== undefined);
  const probes = questions.filter((question) => question.probe !== undefined);
  printer.add(
    '#define NUMBER(value) (((value) >> 0) & 255), (((value) >> 8) & 255), (((value) >> 16) & 255), ((value) >> 24)',
  );
  printer.add('__attribute__((section(".numbers"))) const unsigned char numbers[] = {');
  for (const { expression } of numbers) printer.add(`  NUMBER(${expression}),`);
  printer.add('};');
  probes.forEach(({ probe }, index) => {
    const value = probe!.isBool ? '1' : '-1';
    const start = `__attribute__((section(".probe${index}"))) const ${probe!.record} probe${index}`;
    printer.add(`${start} = { ${probe!.designator} = ${value} };`);
  });
  const { object } = compile(command, ['-c', '-fno-toplevel-reorder'], printer.text());
  const sections = new Map(readElf(object!).sections.map((section) => [section.name, section.bytes]));
  const answers = sections.get('.numbers') ?? new Uint8Array();
  const view = new DataView(answers.buffer, answers.byteOffset, answers.byteLength);
  const differences: string[] = [];
  const expect = (about: string, ours: number | string, theirs: number | string) => {
    if (ours !== theirs) differences.push(`${about}: we say ${ours}, gcc says ${theirs}`);
  };
  numbers.forEach(({ about, ours }, index) => {
    expect(about, ours, view.getUint32(index * 4, true));
  });
  probes.forEach(({ about, ours }, index) => {
    expect(about, ours, setBits(sections.get(`.probe${index}`)!, target.bigEndian));
  });
  return differences;
}

/** The run of set bits in an object, counted in the order of allocation. */
function setBits(bytes: Uint8Array, isBigEndian: boolean): string {
  const set: number[] = [];
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const within = isBigEndian ? 7 - (bit % 8) : bit % 8;
    if ((bytes[bit >> 3] >> within) & 1) set.push(bit);
  }
  const isOneRun = set.length > 0 && set.at(-1)! - set[0] + 1 === set.length;
  return isOneRun ? `bits ${set[0]} to ${set.at(-1)! + 1}` : `no single run: ${set.join(' ')}`;
}
