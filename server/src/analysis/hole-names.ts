/** Names the bytes of an object as people know them: by the member that they are, or that they lie behind. */
import { layoutRecord, sizeOf } from '../layout/record';
import type { Target } from '../layout/target';
import { type CType, isUnknownValue, type Member, strip } from '../types/model';

/** Bytes [from, to] that people would call by one name. */
export interface NamedBytes {
  readonly from: number;
  to: number;
  /** `behind post`, `tail`, `pad`; undefined where nothing is known of what lies there. */
  readonly name: string | undefined;
  /** The member that is meant, or that lies before. */
  readonly member: Member | undefined;
}

/** Names those bytes of an object of a type in which bits are missing. */
export function namedBytes(type: CType | undefined, missing: readonly number[], target: Target): NamedBytes[] {
  const found: NamedBytes[] = [];
  for (let range = 0; range < missing.length; range += 2) {
    const last = Math.floor((missing[range + 1] - 1) / 8);
    for (let byte = Math.floor(missing[range] / 8); byte <= last; byte++) {
      const { name, member } = type ? nameOf(type, Math.max(missing[range], byte * 8), target) : NOTHING;
      const before = found.at(-1);
      if (before?.to === byte) continue;
      if (before && before.to === byte - 1 && before.name === name) before.to = byte;
      else found.push({ from: byte, to: byte, name, member });
    }
  }
  return found;
}

interface Named {
  readonly name: string | undefined;
  readonly member: Member | undefined;
}

const NOTHING: Named = { name: undefined, member: undefined };

/** What a bit of an object is called. */
function nameOf(type: CType, bit: number, target: Target, path = '', member?: Member): Named {
  const bare = strip(type);
  if (bare.kind === 'array') {
    const size = sizeOf(bare.of, target);
    const element = strip(bare.of);
    if (isUnknownValue(size) || size === 0 || element.kind !== 'record') return { name: path, member };
    const index = Math.floor(bit / 8 / size);
    return nameOf(bare.of, bit - index * size * 8, target, `${path}[${index}]`, member);
  }
  if (bare.kind !== 'record') return { name: path, member };
  const layout = layoutRecord(bare.record, target);
  if (layout.status !== 'exact') return { name: path || undefined, member };
  const isNamed = (field: { name?: string; isBitField: boolean }) => field.name !== undefined || !field.isBitField;
  const fields = layout.fields.filter(isNamed);
  const stepped = (name: string | undefined) => [path, name].filter(Boolean).join('.');
  for (const field of fields) {
    if (bit < field.offsetBits || bit >= field.offsetBits + field.sizeBits) continue;
    return nameOf(field.member.type, bit - field.offsetBits, target, stepped(field.name), field.member);
  }
  const before = fields.findLast((field) => field.offsetBits + field.sizeBits <= bit);
  const isTail = !fields.some((field) => field.offsetBits > bit);
  const named = before?.member;
  if (isTail) return { name: path ? `tail of ${path}` : 'tail', member: named };
  return { name: before ? `behind ${stepped(before.name)}` : stepped('start'), member: named };
}
