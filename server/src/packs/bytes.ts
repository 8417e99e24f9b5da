/** What packs say of memory: which functions store all of it, give it out unclear, or let it leave the kernel. */

/** Functions that store a whole range: an address, and how many bytes. */
export interface RangeStores {
  readonly call: readonly string[];
  /** Which argument is the address. */
  readonly to: number;
  /** Which argument is the length; of several the product. Without it the object behind the address is stored whole. */
  readonly length?: readonly number[];
  /** Which argument is the address that they copy from: what is open there stays open. */
  readonly from?: number;
}

/** Functions that write text up to its NUL and leave what is behind. */
export interface TextCalls {
  readonly call: readonly string[];
  readonly to: number;
  /** Which argument is the text. */
  readonly text?: number;
  /** Which argument is a format. */
  readonly format?: number;
  /** It writes behind what is there, so that nothing is sure to be stored. */
  readonly appends?: boolean;
  /** What pads the rest, for the fix. */
  readonly padding?: string;
}

/** Functions that give out memory with whatever was in it. */
export interface UnclearedMemory {
  readonly call: readonly string[];
  /** Which arguments multiply to the length; without them it is as much as whoever asks uses. */
  readonly length?: readonly number[];
  /** Record that stands in front of the room, already filled. */
  readonly header?: string;
  /** Which argument is the buffer that the room is a part of. */
  readonly of?: number;
  /** Flags of any argument with which the memory is cleared. */
  readonly clearedBy?: readonly string[];
  /** Which argument must be a constant for anything to be known. */
  readonly flags?: number;
  /** What gives it out cleared, with the same arguments. */
  readonly clearing?: string;
}

/** A pointer member behind which there is room that the caller did not clear. */
export interface UnclearedMember {
  readonly record: string;
  readonly member: string;
}

/** An argument in whose text one of these names stands. */
export interface SpelledArgument {
  readonly argument: number;
  readonly named: readonly string[];
}

/** Where bytes leave the kernel: a function, or a length that is stored into a member. */
export interface ByteSink {
  readonly call?: readonly string[];
  /** The member of the length; the object is what `behind` of the same record points to. */
  readonly store?: string;
  readonly behind?: string;
  readonly record?: string;
  /** Which argument is the address. */
  readonly object?: number;
  /** Which argument is the length; without it all that the object has. */
  readonly length?: number;
  /** Which argument is the buffer whose rooms leave with it. */
  readonly rooms?: number;
  /** Which argument is asked to let the object go: it leaves where a sink with `handed` is called with that. */
  readonly keeper?: number;
  /** Which argument lets all go that a call with `keeper` gave it. */
  readonly handed?: number;
  /** The functions are macros, which store a value of any type: a record leaves. */
  readonly isMacro?: boolean;
  /** Only where an argument is written with one of these macros or functions. */
  readonly when?: SpelledArgument;
  /** Where the bytes go, as a message says it. */
  readonly to: string;
}

/** Functions that are given a pointer as one of their arguments. */
export interface PointerCalls {
  readonly call: readonly string[];
  /** Which arguments. */
  readonly arguments: readonly number[];
}

/** Members that such a pointer is stored into. */
export interface PointerMembers {
  readonly record: string;
  readonly members: readonly string[];
}

export interface ByteFacts {
  readonly stores?: readonly RangeStores[];
  readonly texts?: readonly TextCalls[];
  /** Macros in which whatever writes text stores all of its room. */
  readonly padded?: readonly string[];
  /** Functions that neither store nor keep what they are given the address of. */
  readonly reads?: readonly string[];
  readonly uncleared?: readonly UnclearedMemory[];
  readonly unclearedMembers?: readonly UnclearedMember[];
  readonly sinks?: readonly ByteSink[];
  /** Functions that give out memory in any other way, cleared or not. */
  readonly allocators?: readonly string[];
  /** Macros that make the length of a record with a flexible array. */
  readonly sizes?: readonly string[];
  /** Macros that name the member that counts the elements of an array. */
  readonly countedBy?: readonly string[];
  /** Functions that work on words of the size of a long. */
  readonly longBits?: readonly PointerCalls[];
  /** Functions that may give what they are given the address of to a device. */
  readonly deviceBuffers?: readonly PointerCalls[];
  readonly deviceMembers?: readonly PointerMembers[];
  /** The macro that says how much memory devices and the CPU must not share. */
  readonly deviceLines?: readonly string[];
}
