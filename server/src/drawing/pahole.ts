/** The text form of a layout, which reads as pahole's for people who know it, and then draws what pahole can't: overlaps. */

import { overlays } from '../facts/overlay';
import { type FieldLayout, layoutRecord, type RecordLayout, sizeOf, title } from '../layout/record';
import { type CType, isUnknownValue, type Member, type RecordDeclaration } from '../types/model';
import { declare, typeName } from '../types/typename';
import { drawBlock } from './block';
import { cachelineOf, type DiagramOptions } from './diagram';

/** The record as pahole prints it, and, where members overlap, the block of `drawBlock` below it. */
export function drawText(layout: RecordLayout, options: DiagramOptions = {}): string {
  const text = printRecord(layout, options);
  return overlays(layout).length === 0 ? text : `${text}\n\n${drawBlock(layout, options)}`;
}

/** The record in pahole's manner: C with offsets and sizes, holes, cacheline edges, and a summary. */
export function printRecord(layout: RecordLayout, options: DiagramOptions = {}): string {
  const printer = new PaholePrinter(cachelineOf(layout, options));
  printer.body(layout, 0, 1);
  const { record } = layout;
  const isTypedef = record.tag === undefined && options.typedefName !== undefined;
  const start = isTypedef ? `typedef ${record.kind} {` : `${title(record)} {`;
  const end = `}${attributes(record)}${isTypedef ? ` ${options.typedefName}` : ''};`;
  return [start, ...printer.lines, ...summary(layout, options), end].join('\n');
}

/** Where the comment with offset and size begins, in columns, and how wide the types of the outermost members are. */
const COMMENT_COLUMN = 57;
const TYPE_WIDTH = 26;

class PaholePrinter {
  readonly lines: string[] = [];
  private lastLine = 0;

  constructor(private readonly cacheline: number) {}

  body(layout: RecordLayout, base: number, depth: number): void {
    const isUnion = layout.record.kind === 'union';
    let end = base;
    for (const field of layout.fields) {
      if (field.isBitField && field.name === undefined) continue;
      const at = base + field.offsetBits;
      if (!isUnion) this.hole(end, at, depth);
      this.cachelineEdge(at, depth);
      this.field(field, layout, at, depth);
      end = isUnion ? base : at + field.sizeBits;
    }
    if (layout.status === 'unknown') this.add(depth, `/* unknown from here: ${layout.reason} */`);
  }

  private field(field: FieldLayout, layout: RecordLayout, at: number, depth: number): void {
    const { member } = field;
    const tagless = taglessRecord(member.type);
    if (tagless === undefined) {
      const width = member.bitWidth === undefined ? '' : `:${member.bitWidth}`;
      const declaration = `${columns(member, depth)}${width}${attributes(member)};`;
      this.add(depth, declaration, position(field, layout, at));
      return;
    }
    this.add(depth, `${tagless.kind} {`);
    this.body(layoutRecord(tagless, layout.target), at, depth + 1);
    const name = declare(member.type, member.name ?? '', () => '').trim();
    this.add(depth, `}${attributes(tagless)}${name && ` ${name}`}${attributes(member)};`, position(field, layout, at));
  }

  /** Bits up to the next byte, whole bytes, and bits after them, each in a line. */
  private hole(from: number, to: number, depth: number): void {
    const firstByte = Math.min(to, Math.ceil(from / 8) * 8);
    const lastByte = Math.max(firstByte, Math.floor(to / 8) * 8);
    const holes = [
      [firstByte - from, 1, 'bits'],
      [lastByte - firstByte, 8, 'bytes'],
      [to - lastByte, 1, 'bits'],
    ] as const;
    for (const [size, unit, name] of holes) {
      if (size === 0) continue;
      if (this.lines.at(-1) !== '') this.lines.push('');
      this.lines.push(`${'\t'.repeat(depth)}/* XXX ${size / unit} ${name} hole, try to pack */`, '');
    }
  }

  private cachelineEdge(at: number, depth: number): void {
    const line = Math.floor(at / 8 / this.cacheline);
    if (line <= this.lastLine) return;
    this.lastLine = line;
    const start = line * this.cacheline;
    const ago = Math.floor(at / 8) - start;
    const when = ago === 0 ? '' : ` was ${ago} bytes ago`;
    this.add(depth, `/* --- cacheline ${line} boundary (${start} bytes)${when} --- */`);
  }

  private add(depth: number, text: string, comment = ''): void {
    const room = COMMENT_COLUMN - 8 * depth;
    this.lines.push('\t'.repeat(depth) + (comment === '' ? text : `${text.padEnd(room - 1)} ${comment}`));
  }
}

/** Offset and size: in bytes, or of a bit-field the unit of its type, the bit in it, and the unit's size. */
function position({ offsetBits, sizeBits, isBitField, member }: FieldLayout, layout: RecordLayout, at: number): string {
  if (!isBitField) return `/* ${String(at / 8).padStart(5)} ${String(sizeBits / 8).padStart(5)} */`;
  const unit = (sizeOf(member.type, layout.target) as number) * 8;
  const start = Math.floor(offsetBits / unit) * unit;
  const fits = offsetBits + sizeBits <= start + unit;
  const unitAt = fits ? start : Math.floor(offsetBits / 8) * 8;
  const bit = String(offsetBits - unitAt).padStart(2);
  const byte = String((at - offsetBits + unitAt) / 8).padStart(5);
  return `/* ${byte}:${bit} ${String(unit / 8).padStart(2)} */`;
}

/** Type and name in two columns, where the name stands behind the whole type. */
function columns(member: Member, depth: number): string {
  let base = member.type;
  let name = member.name ?? '';
  while (base.kind === 'array') {
    name += `[${isUnknownValue(base.length) ? '?' : (base.length ?? '')}]`;
    base = base.of;
  }
  const pointee = base.kind === 'pointer' ? base.to.kind : undefined;
  if (base.kind === 'function' || pointee === 'function' || pointee === 'array')
    return declare(member.type, member.name ?? '');
  if (name === '') return typeName(base);
  return `${typeName(base).padEnd(Math.max(0, TYPE_WIDTH - 8 * (depth - 1)))} ${name}`;
}

/** The record without a tag that a member declares in place, or is an array of. */
function taglessRecord(type: CType): RecordDeclaration | undefined {
  if (type.kind === 'array') return taglessRecord(type.of);
  return type.kind === 'record' && type.record.tag === undefined ? type.record : undefined;
}

function attributes({ packed, aligns }: Pick<Member, 'packed' | 'aligns'>): string {
  const names = packed ? ['packed'] : [];
  for (const align of aligns) names.push(`aligned(${isUnknownValue(align) ? '?' : align})`);
  return names.map((name) => ` __attribute__((${name}))`).join('');
}

function summary(layout: RecordLayout, options: DiagramOptions): string[] {
  if (layout.status === 'unknown') return ['', `\t/* size: unknown, members: at least ${layout.fields.length} */`];
  const cacheline = cachelineOf(layout, options);
  const members = layout.fields.filter((field) => !field.isBitField || field.name !== undefined);
  const lines = [
    '',
    `size: ${layout.size}, align: ${layout.align}, cachelines: ${Math.ceil(layout.size / cacheline)}, members: ${members.length}`,
  ];
  let byteHoles = 0;
  let byteHoleSum = 0;
  let bitHoles = 0;
  let bitHoleSum = 0;
  for (const { offsetBits, sizeBits } of layout.holes) {
    const firstByte = Math.ceil(offsetBits / 8);
    const bytes = Math.max(0, Math.floor((offsetBits + sizeBits) / 8) - firstByte);
    if (bytes > 0) byteHoles++;
    if (sizeBits > bytes * 8) bitHoles++;
    byteHoleSum += bytes;
    bitHoleSum += sizeBits - bytes * 8;
  }
  const sum = (bits: boolean) =>
    members.filter((field) => field.isBitField === bits).reduce((total, field) => total + field.sizeBits, 0);
  if (byteHoles > 0) lines.push(`sum members: ${sum(false) / 8}, holes: ${byteHoles}, sum holes: ${byteHoleSum}`);
  const bits = sum(true);
  if (bitHoles > 0) {
    lines.push(`sum bitfield members: ${bits} bits, bit holes: ${bitHoles}, sum bit holes: ${bitHoleSum} bits`);
  } else if (bits > 0 && byteHoles > 0) {
    lines.push(`sum bitfield members: ${bits} bits${bits % 8 === 0 ? ` (${bits / 8} bytes)` : ''}`);
  }
  if (layout.paddingBits >= 8) lines.push(`padding: ${Math.floor(layout.paddingBits / 8)}`);
  if (layout.paddingBits % 8 > 0) lines.push(`bit_padding: ${layout.paddingBits % 8} bits`);
  const inLast = layout.size % cacheline;
  if (inLast > 0) lines.push(`last cacheline: ${inLast} bytes`);
  return lines.map((line) => (line === '' ? '' : `\t/* ${line} */`));
}
