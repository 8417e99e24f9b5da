/** Kernel facts as data: the packs that ship with the product, read from YAML. */
import accessors from './accessors.yaml';
import type { ByteFacts } from './bytes';
import bytes from './bytes.yaml';
import type { EncodedWord, TaggedStores } from './encoded';
import type { EmbeddedMember, FlowFacts, MemberUses, Typestate } from './flow';
import inode from './inode.yaml';
import type {
  CountingCalls,
  Descriptors,
  ExemptPlace,
  ExportedNames,
  HiddenMember,
  NotDerived,
  OpenCoded,
  ReservedFacts,
} from './members';
import mm from './mm.yaml';
import pageStates from './page-states.yaml';
import rbtree from './rbtree.yaml';
import scatterlist from './scatterlist.yaml';
import skb from './skb.yaml';
import xarray from './xarray.yaml';

/** A member that newer headers keep behind an accessor, or moved into another record. */
export interface MovedMember {
  /** Id of the rule that speaks of it. */
  readonly rule: string;
  /** Tag of the record that has, or had, the member. */
  readonly record: string;
  /** Where that record is defined, from the kernel folder; a record of the same tag elsewhere is another one. */
  readonly header: string;
  readonly member: string;
  /** The member of the same record whose use of the bytes makes a raw access wrong. */
  readonly shares: string;
  /** The function that reads it. */
  readonly read: string;
  /** The record that holds it now. */
  readonly home: MovedHome;
  /** Functions and macros that may touch it raw. */
  readonly exempt: readonly string[];
  /** Ends the sentence "… shares its word with X: ". */
  readonly because: string;
}

/** Where a member lives now: the record's tag, the function from the old record to it, the member's name there. */
export interface MovedHome {
  readonly record: string;
  readonly through: string;
  readonly member: string;
  /** The member of the new record that is the old record itself: `folio->page.pgmap`. */
  readonly embeds: string;
}

/** A member that holds a tag bit, which each of its accessors masks. */
export interface MaskedMember {
  readonly rule: string;
  readonly record: string;
  readonly member: string;
  readonly bit: number;
  readonly get: string;
  readonly set: string;
  readonly clear: string;
}

/** A function that may be called only behind a test of its argument; what it asserts itself is read from its body. */
export interface Guarded {
  readonly rule: string;
  readonly call: string;
  /** Ends the sentence "… is called before it is tested for NULL: ". */
  readonly because: string;
}

/** Code that shows a rule at work with a pack: what is found stands over carets, everything else must stay silent. */
export interface PackExample {
  readonly rule: string;
  /** Texts of headers by their path from the kernel folder. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Lines `.config` has. */
  readonly config?: readonly string[];
  /** The path of the file that the code stands in, from the kernel folder; `example.c` where it is left out. */
  readonly file?: string;
  readonly code: string;
}

/** Members that whoever stores into them has to set to zero again before the page is freed. */
export interface ResetAtFree {
  readonly rule: string;
  readonly record: string;
  /** The member, and its other names in the same record. */
  readonly members: readonly string[];
  /** Functions and macros that store: the object, then the value. */
  readonly setters: readonly string[];
  /** Functions that free. */
  readonly frees: readonly string[];
  /** Only stores into elements past the first count. */
  readonly elementsOnly: boolean;
  /** What paths of files begin with, from the kernel folder, that do this on purpose. */
  readonly exempt: readonly string[];
  /** Ends the sentence "… is not set back: ". */
  readonly because: string;
}

/** Members that mean something else on the later pages of a compound page. */
export interface TailFields {
  readonly rule: string;
  readonly record: string;
  readonly members: readonly string[];
  /** Functions and macros that use a member of the page that they are given. */
  readonly calls?: readonly string[];
  /** Flags by which an allocation makes one of many pages. */
  readonly compound?: readonly string[];
  /** Functions that make single pages of one of many: where one is called, there are no tails. */
  readonly apart: readonly string[];
  readonly exempt: readonly string[];
  /** From a page to what holds the member for all of them. */
  readonly get: string;
  /** Functions and macros to one of many: what all of them are first, then which one. */
  readonly parts?: readonly string[];
  /** Members through which somebody else hands over any of them. */
  readonly lent?: readonly EmbeddedMember[];
  /** Tags of records that stand for all of them; the address of a member is the first one. */
  readonly whole?: readonly string[];
  /** Tests of whether it is one of many: whoever asks one knows what a page that was handed over is. */
  readonly asked?: readonly string[];
  readonly tables?: PageTables;
  readonly flags?: FlagPolicies;
}

/** Memory that holds a table, whose descriptor is another record. */
export interface PageTables {
  /** Functions and macros from an address to its page. */
  readonly finders: readonly string[];
  /** Types of what such memory holds. */
  readonly contents: readonly string[];
  /** The function from an address to its descriptor. */
  readonly get: string;
}

/** Bits of a word of which some are the head's: macros that take a policy say which. */
export interface FlagPolicies {
  /** Where they are declared, from the kernel folder. */
  readonly header: string;
  /** The member that holds the bits. */
  readonly member: string;
  /** What the names of the bits begin with. */
  readonly prefix: string;
  /** The function that a policy goes to the head by. */
  readonly head: string;
  /** What the names of the functions that change a bit begin with. */
  readonly setters: readonly string[];
}

/** One pack: a file of kernel facts. */
export interface Pack {
  readonly pack: string;
  readonly moved?: readonly MovedMember[];
  /** Headers that hold accessors of what other headers declare. */
  readonly context?: readonly string[];
  /** Headers, from the kernel folder, whose asserts lay records over one another. */
  readonly families?: readonly string[];
  /** Macros that fail the build where what they are given does not hold; their calls are read as asserts. */
  readonly buildBugs?: readonly string[];
  readonly claims?: readonly ClaimPattern[];
  readonly flow?: FlowFacts;
  readonly typestates?: readonly Typestate[];
  readonly masked?: readonly MaskedMember[];
  readonly guarded?: readonly Guarded[];
  readonly encoded?: readonly EncodedWord[];
  readonly examples?: readonly PackExample[];
  readonly reserved?: ReservedFacts;
  readonly exempt?: readonly ExemptPlace[];
  readonly notDerived?: readonly NotDerived[];
  readonly hidden?: readonly HiddenMember[];
  readonly descriptors?: readonly Descriptors[];
  readonly openCoded?: readonly OpenCoded[];
  readonly counts?: readonly CountingCalls[];
  readonly memberUses?: readonly MemberUses[];
  readonly taggedStores?: readonly TaggedStores[];
  readonly exports?: readonly ExportedNames[];
  readonly resets?: readonly ResetAtFree[];
  readonly tails?: readonly TailFields[];
  readonly bytes?: ByteFacts;
}

/** How a comment on a member claims a bit: a regular expression whose first group is the bit. */
export interface ClaimPattern {
  readonly pattern: string;
  readonly kind: 'sets' | 'keeps clear';
}

/** The packs that ship; a test holds them against the schema. */
export const shippedPacks = [
  ...[mm, accessors, pageStates, scatterlist, rbtree, skb, inode, xarray, bytes],
] as readonly Pack[];
