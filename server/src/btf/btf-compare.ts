/** Compares a layout with the record of a built kernel's BTF, which decides. */

import { flatten } from '../facts/overlay';
import type { RecordLayout } from '../layout/record';
import type { BtfRecord } from './btf';

/** One way in which a layout is not what the built kernel has. */
export interface Difference {
  readonly what: 'status' | 'size' | 'member' | 'offset' | 'bits';
  /** The member it is about; undefined where it is about the whole record. */
  readonly member?: string;
  /** For people: what the layout says and what BTF says. */
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Every difference between a layout and BTF: size in bytes, and the names, offsets and sizes in bits of the members in
 * order, anonymous ones flattened. An unknown layout differs by its status alone. Names that do not pair up end the
 * comparison of members, as what follows would be compared with the wrong one.
 */
export function compareWithBtf(layout: RecordLayout, theirs: BtfRecord): Difference[] {
  if (layout.status === 'unknown') return [{ what: 'status', ours: `unknown: ${layout.reason}`, theirs: 'known' }];
  const differences: Difference[] = [];
  if (layout.size !== theirs.size) {
    differences.push({ what: 'size', ours: `${layout.size} bytes`, theirs: `${theirs.size} bytes` });
  }
  const members = flatten(layout);
  const count = Math.max(members.length, theirs.members.length);
  for (let index = 0; index < count; index++) {
    const our = members[index];
    const their = theirs.members[index];
    if (our === undefined || their === undefined || our.name !== their.name) {
      const member = our?.name ?? their?.name;
      differences.push({ what: 'member', member, ours: our?.name ?? 'no member', theirs: their?.name ?? 'no member' });
      break;
    }
    if (our.offsetBits !== their.offsetBits) {
      const said = { ours: `bit ${our.offsetBits}`, theirs: `bit ${their.offsetBits}` };
      differences.push({ what: 'offset', member: our.name, ...said });
    }
    if (their.sizeBits !== undefined && our.sizeBits !== their.sizeBits) {
      differences.push({
        what: 'bits',
        member: our.name,
        ours: `${our.sizeBits} bits`,
        theirs: `${their.sizeBits} bits`,
      });
    }
  }
  return differences;
}
