/** Short ways to write record declarations by hand, for tests of the layout room. */
import {
  type CType,
  type IntegerName,
  integer,
  type Member,
  pointerTo,
  type RecordDeclaration,
  VOID,
} from '../types/model';

type RecordExtras = Partial<Pick<RecordDeclaration, 'tag' | 'packed' | 'aligns' | 'pack' | 'unknown' | 'attributes'>>;
type MemberExtras = Partial<Pick<Member, 'packed' | 'aligns' | 'bitWidth'>>;

export const POINTER: CType = pointerTo(VOID);

export function struct(members: readonly Member[], extras: RecordExtras = {}): RecordDeclaration {
  return { kind: 'struct', members, packed: false, aligns: [], ...extras };
}

export function union(members: readonly Member[], extras: RecordExtras = {}): RecordDeclaration {
  return { kind: 'union', members, packed: false, aligns: [], ...extras };
}

/** A member with a name; a string is an integer type's name. */
export function member(name: string, type: CType | IntegerName, extras: MemberExtras = {}): Member {
  const full = typeof type === 'string' ? integer(type) : type;
  return { name, type: full, packed: false, aligns: [], ...extras };
}

/** A bit-field; without a name, an unnamed one. */
export function bits(name: string | undefined, type: IntegerName, width: number, extras: MemberExtras = {}): Member {
  return {
    ...(name !== undefined && { name }),
    type: integer(type),
    bitWidth: width,
    packed: false,
    aligns: [],
    ...extras,
  };
}

/** An anonymous struct or union as a member. */
export function anonymous(record: RecordDeclaration): Member {
  return { type: recordType(record), packed: false, aligns: [] };
}

export function recordType(record: RecordDeclaration): CType {
  return { kind: 'record', record };
}

export function arrayOf(of: CType | IntegerName, length: number | null): CType {
  return { kind: 'array', of: typeof of === 'string' ? integer(of) : of, length };
}

const LIST_HEAD = struct([member('next', POINTER), member('prev', POINTER)], { tag: 'list_head' });

/** A record of the shape of the kernel's struct page: words, a union of views, narrow members at the end. */
export const PAGE = struct(
  [
    member('flags', 'unsigned long'),
    anonymous(
      union([
        anonymous(
          struct([
            anonymous(
              union([
                member('lru', recordType(LIST_HEAD)),
                anonymous(struct([member('__filler', POINTER), member('mlock_count', 'unsigned int')])),
                member('buddy_list', recordType(LIST_HEAD)),
              ]),
            ),
            member('mapping', POINTER),
            anonymous(union([member('index', 'unsigned long'), member('share', 'unsigned long')])),
            member('private', 'unsigned long'),
          ]),
        ),
        anonymous(
          struct([
            member('pp_magic', 'unsigned long'),
            member('pp', POINTER),
            member('_pp_mapping_pad', 'unsigned long'),
            member('dma_addr', 'unsigned long'),
            member('pp_ref_count', 'unsigned long'),
          ]),
        ),
        anonymous(struct([member('compound_head', 'unsigned long')])),
        anonymous(struct([member('pgmap', POINTER), member('zone_device_data', POINTER)])),
      ]),
    ),
    anonymous(union([member('page_type', 'unsigned int'), member('_mapcount', 'int')])),
    member('_refcount', 'int'),
    member('memcg_data', 'unsigned long'),
  ],
  { tag: 'page', aligns: [16] },
);
