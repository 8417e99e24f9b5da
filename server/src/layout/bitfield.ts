/**
 * Where one bit-field goes, and what it asks of its record's alignment, by each compiler's own algorithm.
 *
 * GCC's is stor-layout.cc (layout_decl, update_alignment_for_field, place_field), Clang's RecordLayoutBuilder.cpp
 * (LayoutBitField). On kernel code they agree. They part where a bit-field carries an `aligned` attribute, where its
 * type is a typedef with a forced alignment, and where it has the width of a machine integer as well as one of those.
 */
import type { Bits } from '../types/model';
import type { Target } from './target';

/** All in bits. */
interface BitField {
  /** The first free bit of the record; 0 in a union. */
  readonly position: Bits;
  /** 0 for the bit-field that only closes a unit. */
  readonly width: Bits;
  readonly named: boolean;
  /** Size and alignment of the declared type. */
  readonly typeSize: Bits;
  readonly typeAlign: Bits;
  /** `packed` on the member or on its record. */
  readonly packed: boolean;
  /** The strictest `aligned` attribute on the member; 0 if it has none. */
  readonly requestedAlign: Bits;
  /** `#pragma pack(n)` in force; 0 if none. */
  readonly pack: Bits;
  /** The alignment that attributes on the record itself ask for; 8 without one. */
  readonly recordRequest: Bits;
}

/** In bits, from the start of the record; on big-endian targets, too, in the order of allocation. */
interface PlacedBitField {
  readonly offset: Bits;
  /** What the bit-field asks of the record's alignment; 1 asks nothing. */
  readonly recordAlign: Bits;
}

export function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

/** The largest power of two that divides a position; every one divides 0. */
function knownAlignment(position: Bits): Bits {
  if (position === 0) return Number.POSITIVE_INFINITY;
  let align = 1;
  while (position % (align * 2) === 0) align *= 2;
  return align;
}

/** Places a bit-field as the target's compiler does; undefined where either may build and they part. */
export function placeBitField(field: BitField, target: Target): PlacedBitField | undefined {
  if (target.compiler === 'gcc') return placeByGcc(field, target);
  const byClang = placeByClang(field, target);
  if (target.compiler === 'clang') return byClang;
  const byGcc = placeByGcc(field, target);
  const agree = byGcc.offset === byClang.offset && byGcc.recordAlign === byClang.recordAlign;
  return agree ? byGcc : undefined;
}

function isMachineInteger(width: Bits, widest: Bits): boolean {
  return width >= 8 && width <= widest && (width & (width - 1)) === 0;
}

function placeByGcc(field: BitField, target: Target): PlacedBitField {
  const rules = target.bitFields;
  const { width, typeAlign, pack } = field;
  const closesUnit = width === 0;
  const known = knownAlignment(field.position);
  let align = Math.max(1, field.requestedAlign);
  let isMode = false;
  if (closesUnit) {
    // Neither `packed` nor #pragma pack touches these.
    align = Math.max(align, rules.typeMatters ? typeAlign : rules.emptyFieldBoundary);
  } else {
    if (isMachineInteger(width, rules.widestInteger)) {
      // A bit-field that happens to fill an aligned machine integer becomes an ordinary member.
      const modeAlign = Math.min(width, target.biggestAlignment * 8);
      if (known >= modeAlign && !(field.packed && modeAlign > 8)) {
        isMode = true;
        const limit = field.requestedAlign > 0 ? modeAlign : Math.min(modeAlign, rules.strictestMember);
        align = Math.max(align, limit);
      }
    }
    if (field.packed && field.requestedAlign === 0) align = Math.min(align, 8);
    if (pack > 0) align = Math.min(align, pack);
  }

  let recordAlign = 1;
  if (!rules.typeMatters) recordAlign = align;
  else if (field.named || rules.unnamedAligns) {
    let fromType = typeAlign;
    if (!closesUnit && pack > 0) fromType = Math.min(fromType, pack);
    else if (!closesUnit && field.packed) fromType = Math.min(fromType, 8);
    recordAlign = Math.max(align, fromType);
  }

  let offset = known < align ? roundUp(field.position, align) : field.position;
  const typeCounts = rules.typeMatters && !isMode && !field.packed && pack === 0 && !closesUnit;
  if (typeCounts && spansTooMany(offset, width, typeAlign, field.typeSize)) {
    // GCC keeps a position as a multiple of this unit plus bits, and rounds the bits alone.
    const unit = Math.max(field.recordRequest, target.biggestAlignment * 8);
    const start = align < unit ? Math.floor(field.position / unit) * unit : offset;
    offset = start + roundUp(offset - start, typeAlign);
  }
  return { offset, recordAlign };
}

/** A bit-field may not span more units of its type's alignment than the type itself does. */
function spansTooMany(offset: Bits, width: Bits, typeAlign: Bits, typeSize: Bits): boolean {
  return Math.ceil(((offset % typeAlign) + width) / typeAlign) > Math.floor(typeSize / typeAlign);
}

function placeByClang(field: BitField, target: Target): PlacedBitField {
  const { width, requestedAlign, pack } = field;
  let align = field.packed && width !== 0 ? 1 : field.typeAlign;
  align = Math.max(align, requestedAlign);
  if (pack > 0 && width !== 0) {
    const unpacked = Math.max(field.typeAlign, requestedAlign);
    align = Math.min(field.packed ? unpacked : align, pack);
  }
  let offset = field.position;
  if (width === 0 || (pack === 0 && (offset % align) + width > field.typeSize)) offset = roundUp(offset, align);
  else if (requestedAlign > 0 && (pack === 0 || requestedAlign <= pack)) offset = roundUp(offset, requestedAlign);
  const counts = field.named || target.bitFields.unnamedAligns;
  return { offset, recordAlign: counts ? align : 1 };
}
