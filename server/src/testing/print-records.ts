/** Writes record declarations as C source that compilers take, and remembers on which line each record stands. */

import { type CType, type EnumDeclaration, isUnknownValue, type Member, type RecordDeclaration } from '../types/model';
import { declare, type Speller } from '../types/typename';

/** One C file. */
export class RecordPrinter {
  private readonly lines: string[] = [];
  private readonly declared = new Set<string>();
  /** Lines count from 1; every `struct` and `union` that opens a definition has one of its own. */
  readonly lineOf = new Map<RecordDeclaration, number>();

  /** Adds a line of C as it is. */
  add(line: string): void {
    this.lines.push(line);
  }

  text(): string {
    return `${this.lines.join('\n')}\n`;
  }

  /** Defines a record with a tag, after all that it needs; a second time does nothing. */
  define(record: RecordDeclaration): void {
    if (this.lineOf.has(record)) return;
    this.prepareMembers(record);
    if (record.pack !== undefined) this.add(`#pragma pack(push, ${record.pack})`);
    this.body(record, '', ';');
    if (record.pack !== undefined) this.add('#pragma pack(pop)');
  }

  private prepareMembers(record: RecordDeclaration): void {
    for (const member of record.members ?? []) this.prepare(member.type, true);
  }

  /** Defines what a type names, except a record that is to be defined in place. */
  private prepare(type: CType, mayBeInPlace: boolean): void {
    switch (type.kind) {
      case 'array':
        this.prepare(type.of, mayBeInPlace);
        break;
      case 'pointer':
        this.prepare(type.to, false);
        break;
      case 'enum':
        this.defineEnum(type.enumeration);
        break;
      case 'typedef': {
        if (this.declared.has(type.name)) break;
        this.declared.add(type.name);
        this.prepare(type.to, false);
        const align = type.align === undefined ? '' : ` __attribute__((aligned(${type.align})))`;
        this.add(`typedef ${declare(type.to, type.name)}${align};`);
        break;
      }
      case 'record':
        if (mayBeInPlace && !this.lineOf.has(type.record) && !isDefinedAlone(type.record))
          this.prepareMembers(type.record);
        else this.define(type.record);
    }
  }

  private defineEnum(enumeration: EnumDeclaration): void {
    if (this.declared.has(enumeration.tag!)) return;
    this.declared.add(enumeration.tag!);
    const values = enumeration.enumerators!.map(({ name, value }) => `${name} = ${value}LL`);
    this.add(
      `enum ${enumeration.tag} { ${values.join(', ')} }${enumeration.packed ? ' __attribute__((packed))' : ''};`,
    );
  }

  /** Writes `prefix struct TAG {` to `} attributes rest`. */
  private body(record: RecordDeclaration, prefix: string, rest: string): void {
    this.add(`${prefix}${record.kind}${record.tag === undefined ? '' : ` ${record.tag}`} {`);
    this.lineOf.set(record, this.lines.length);
    for (const member of record.members!) this.member(member);
    const attributes = attributeText(record.packed, record.aligns);
    this.add(`}${attributes}${rest}`);
  }

  private member(member: Member): void {
    const width = member.bitWidth === undefined ? '' : ` : ${member.bitWidth}`;
    const tail = `${width}${attributeText(member.packed, member.aligns)};`;
    const inPlace = recordInPlace(member.type);
    if (inPlace !== undefined && !this.lineOf.has(inPlace)) {
      const whole = declare(member.type, member.name ?? '', () => '');
      this.body(inPlace, '', ` ${whole.trim()}${tail}`);
      return;
    }
    const spell: Speller = (declared) => `${'kind' in declared ? declared.kind : 'enum'} ${declared.tag}`;
    this.add(`  ${declare(member.type, member.name ?? '', spell)}${tail}`);
  }
}

/** Random records of depth 0 may be embedded by several, so they stand alone; their tags say which they are. */
function isDefinedAlone(record: RecordDeclaration): boolean {
  return record.tag?.startsWith('R') === true;
}

function recordInPlace(type: CType): RecordDeclaration | undefined {
  if (type.kind === 'array') return recordInPlace(type.of);
  return type.kind === 'record' ? type.record : undefined;
}

function attributeText(packed: boolean, aligns: Member['aligns']): string {
  const names = packed ? ['packed'] : [];
  for (const align of aligns) if (!isUnknownValue(align)) names.push(`aligned(${align})`);
  return names.map((name) => ` __attribute__((${name}))`).join('');
}
