/** A layout as the JSON line that `overlint layout --format json` prints for a record. */

import { flatten, words } from '../facts/overlay';
import type { RecordLayout } from '../layout/record';
import type { Bits, Bytes } from '../types/model';
import { typeName } from '../types/typename';

/** The contract of `overlint layout --format json`. */
export interface LayoutJson {
  readonly kind: 'struct' | 'union';
  readonly name: string;
  readonly file: string;
  /** The folder that the file is named from, where that is not the kernel's: a module out of the tree. */
  readonly root?: string;
  readonly line: number;
  /** Bytes; null where the layout is unknown. */
  readonly size: Bytes | null;
  readonly align: Bytes | null;
  readonly status: 'exact' | 'unknown';
  readonly reason?: string;
  /** Anonymous members are flattened into their parent; of an unknown layout, the members whose places are known. */
  readonly members: readonly {
    readonly name: string;
    readonly type: string;
    readonly offsetBits: Bits;
    readonly sizeBits: Bits;
    readonly bitfield: boolean;
  }[];
  /** Bits between two members of the record itself that belong to none. */
  readonly holes: readonly { readonly offsetBits: Bits; readonly sizeBits: Bits }[];
  /** Machine words in which members begin or end, in bytes, with the names of the members that hold bits of them. */
  readonly words: readonly { readonly offset: Bytes; readonly size: Bytes; readonly members: readonly string[] }[];
}

/** What a layout does not know of itself: the name of a record without a tag, and its place, file and line from 1. */
interface RecordPlace {
  readonly name: string;
  readonly file: string;
  readonly root?: string;
  readonly line: number;
}

export function layoutJson(layout: RecordLayout, { name, file, root, line }: RecordPlace): LayoutJson {
  const isExact = layout.status === 'exact';
  return {
    kind: layout.record.kind,
    name,
    file,
    ...(root !== undefined && { root }),
    line,
    size: isExact ? layout.size : null,
    align: isExact ? layout.align : null,
    status: layout.status,
    ...(!isExact && { reason: layout.reason }),
    members: flatten(layout).map((member) => ({
      name: member.name,
      type: typeName(member.type),
      offsetBits: member.offsetBits,
      sizeBits: member.sizeBits,
      bitfield: member.isBitField,
    })),
    holes: isExact ? layout.holes : [],
    words: words(layout).map(({ offset, size, members }) => ({
      offset,
      size,
      members: members.map((member) => member.name),
    })),
  };
}
