/** What headers say of members, as plain data: kept between runs, and asked by rules, by the editor and by `rules --derived`. */
import type { NotDerived } from '../packs/members';
import type { Place } from '../text/text';
import type { Declared } from './declared';
import { type DerivedKind, isTakenBackBy } from './not-derived';
import type { ReservedMember } from './reserved-member';

/** A function or macro through which a member is to be used. */
export interface DerivedAccessor extends Place {
  readonly name: string;
}

/** Where a header says it, and in which words: a comment's sentence, or the line of code. */
export interface Evidence extends Place {
  readonly quote: string;
}

/** A record of a header, by the place that tells it from others of its tag. */
export interface RecordKey {
  readonly tag: string;
  readonly path: string;
}

/** What a word is declared as: an integer, `void *`, or a pointer to something. */
export type WordKind = 'integer' | 'void' | 'pointer';

/** A word that holds a pointer and tags in the bits that the pointer leaves free. */
export interface DerivedTag {
  /** The record and the member (`lru.next`), where a member is tagged. */
  readonly record?: RecordKey;
  readonly member?: string;
  /** Tag of the struct that nobody defines, where pointers to it are tagged. */
  readonly pointer?: string;
  /** The typedef that stands for such a pointer: code need not name the tag. */
  readonly alias?: string;
  readonly kind: WordKind;
  /** Counted from the least significant. */
  readonly bits: readonly number[];
  readonly read?: DerivedAccessor;
  readonly write?: DerivedAccessor;
  readonly test?: DerivedAccessor;
  /** Functions that put a pointer in which they are given, and which of their parameters that is, from 0. */
  readonly setters?: readonly { readonly name: string; readonly at: number }[];
  /** The bits of it that an accessor answers for: whoever asks for another may do so by its name. */
  readonly asked?: readonly number[];
  /** Says whether there is a pointer: it leaves the tags out, as no code in its header compares the whole word with zero. */
  readonly empty?: DerivedAccessor;
  /** A setter keeps the tags that are there: a plain pointer that is stored overwrites them. */
  readonly isPreserved?: boolean;
  /** Every function and macro of the headers that masks it. */
  readonly accessors: readonly DerivedAccessor[];
  /** Functions of these headers that may give it out as it is. */
  readonly wrappers?: readonly string[];
  readonly evidence: Evidence;
  /** Its tags have names of their own, and are asked for by these. */
  readonly isNamed?: boolean;
  /** It never comes without its tag: a number beside it says so. */
  readonly isSet?: boolean;
  /** Where its tags are clear it is a plain pointer: nobody takes them off. */
  readonly isAsked?: boolean;
  /** A source tells of it, by functions of its own: it is judged like others, but for those functions and their callers. */
  readonly isOwn?: boolean;
}

/** A member that a header asks to leave to others. */
export interface DerivedReserved extends ReservedMember {
  /** The header. */
  readonly path: string;
}

/** A function or macro that gives one of the numbers out, or asks for it. */
export interface PartAccessor extends DerivedAccessor {
  /** The bits, as a hexadecimal number of 64 bits. */
  readonly bits: string;
  /** It gives the number out. */
  readonly gives: boolean;
}

/** A member that holds several numbers, or a number and flags. */
export interface DerivedPacked {
  readonly tag: string;
  readonly member: string;
  /** Headers that define the record, as far as they are those of accessors. */
  readonly headers: readonly string[];
  readonly accessors: readonly PartAccessor[];
  /** A setter keeps the other bits. */
  readonly isPreserved: boolean;
  readonly evidence: Evidence;
}

/** A comment of a header that takes a fact back; at which offset it says so. */
export interface TakenBack {
  readonly kind: DerivedKind;
  readonly path: string;
  readonly at: number;
}

/** Macros of headers by where calling them asserts. */
export interface AssertingNames {
  /** They do nothing but assert. */
  readonly anywhere: readonly string[];
  /** They bring an assert where they are called at file scope. */
  readonly atFileScope: readonly string[];
}

export interface Derived {
  /** Whose headers were looked at: paths of folders that end in a slash. */
  readonly folders: readonly string[];
  readonly tags: readonly DerivedTag[];
  readonly reserved: readonly DerivedReserved[];
  /** Members that hold several numbers; undefined where nobody looked. */
  readonly packed?: readonly DerivedPacked[];
  /** By the tag or typedef that marks tagged pointers: what is declared with it: `encoded_pages`, `record.member`, `function()`. */
  readonly holders: Readonly<Record<string, readonly string[]>>;
  /** Functions that ask a `void *` for a tag which the same header takes off. */
  readonly carried?: readonly string[];
  /** Lines of packs that take nothing back, with the header that each names. */
  readonly idle?: readonly { readonly path: string; readonly message: string }[];
  /** Where comments take something back. */
  readonly takenBack?: readonly TakenBack[];
  /** Who declares what rules ask for; undefined where nobody looked. */
  readonly declared?: Declared;
  /** Which macros assert; undefined where nobody looked. */
  readonly asserting?: AssertingNames;
}

/**
 * How much is worked out: who declares what rules ask for (`gates`), which macros assert as well (`asserts`), or what comments
 * and masks say (`words`); all that, and accessors that do more than name a member (`all`), which takes as long as the rest.
 */
export type Depth = 'gates' | 'asserts' | 'words' | 'all';

/** What a fact is taken back by: which kind it is of, and which member it is about. */
function factOf(one: DerivedTag | DerivedReserved | DerivedPacked): Parameters<typeof isTakenBackBy>[1] {
  if ('bits' in one) {
    const { record, member, pointer, evidence } = one;
    const name = member?.split('.')[0] ?? pointer ?? '';
    return { kind: 'tag', path: record?.path ?? evidence.path, record: record?.tag, member: name };
  }
  if ('member' in one) {
    const { tag, member, headers, evidence } = one;
    return { kind: 'accessor', path: headers[0] ?? evidence.path, record: tag, member };
  }
  return {
    kind: one.isAccessed ? 'accessor' : 'reserved',
    path: one.path,
    record: one.tag ?? one.holder,
    member: one.name,
  };
}

/** Tells of a fact whether one of some lines of packs takes it back. @param kernel The kernel folder, which packs name headers from. */
export function takenBackBy(
  lines: readonly NotDerived[],
  kernel: string,
): (one: DerivedTag | DerivedReserved | DerivedPacked) => boolean {
  return (one) => lines.some((line) => isTakenBackBy(line, factOf(one), kernel));
}

export const NOTHING_DERIVED: Derived = { folders: [], tags: [], reserved: [], holders: {} };

/** Whether members were looked for: not where a run over many files asks headers for its gates alone. */
export function areWordsAsked({ folders, tags, reserved }: Derived): boolean {
  return folders.length === 0 || tags.length > 0 || reserved.length > 0;
}

/** `bit 0 is a tag`, `bits 0 and 1 are tags` */
export function tagsText(bits: readonly number[]): string {
  if (bits.length === 1) return `bit ${bits[0]} is a tag`;
  return `bits ${bits.slice(0, -1).join(', ')} and ${bits[bits.length - 1]} are tags`;
}
