/** What packs say to the flow analysis: typestates of objects, and what functions do that is not in their text. */

/** What moves an object from one state to another. Exactly one of `call`, `touch`, `store` and `entry` says when. */
export interface TypestateMove {
  /** Functions and macros that are called with the object, or with the address of its `member`. */
  readonly call?: readonly string[];
  /** Which argument; 0 where it is left out. */
  readonly argument?: number;
  readonly member?: string;
  /** A member is touched in any way. */
  readonly touch?: string;
  /** A value is stored into a member, or into a part of it. */
  readonly store?: string;
  /** The object is found through this member of it, as container_of() does. */
  readonly entry?: string;
  /** Of `entry`: tag of the record that is found so, where it is another one than the typestate's, laid over it. */
  readonly record?: string;
  readonly dimension: string;
  /** The new state by the old one; `unknown` is a state here. States that are not listed become `to`. */
  readonly from?: Readonly<Record<string, string>>;
  /** The new state; without it states that `from` does not list stay. */
  readonly to?: string;
  /** Said of the place in a report: "owner_ops is set here". */
  readonly note: string;
}

/** A call whose result, true or false, tells the state of its argument. */
export interface TypestateTest {
  readonly call: readonly string[];
  readonly argument?: number;
  readonly dimension: string;
  /** States in which the result is true. */
  readonly holds: readonly string[];
  /** What an unknown state becomes where the result was true, and where it was false. */
  readonly yes: string;
  readonly no: string;
  readonly note: string;
}

/** Calls with the object as one of their arguments. */
export interface TypestateCall {
  readonly call: readonly string[];
  readonly argument?: number;
}

export interface DimensionStates {
  readonly dimension: string;
  readonly states: readonly string[];
}

/** What must not happen to an object in one of these states: a member is touched or stored, or functions are called. */
export interface ForbiddenEvent {
  readonly when: DimensionStates;
  /** Silent where another dimension is in one of these states. */
  readonly unless?: DimensionStates;
  readonly touch?: string;
  readonly store?: string;
  readonly call?: readonly string[];
  readonly argument?: number;
  /** The functions are called with the address of this member of the object. */
  readonly member?: string;
  /** `{object}` as written, `{line}` where it came into its state, `{word}` that the overlaid members share. */
  readonly message: string;
}

/** Functions of the second of two overlaid members, by which their word is lent to the first. */
interface WordLending {
  readonly get: string;
  readonly clear: string;
  readonly set: string;
}

/** A small state machine over the objects of one record. Each dimension has its own states; all start unknown. */
export interface Typestate {
  readonly typestate: string;
  readonly rule: string;
  /** Tag of the record whose objects it is about. */
  readonly record: string;
  /** The rule speaks only where this is declared, and where these two members of the record share their bytes. */
  readonly gate: string;
  /** No macro puts the gate's name together, so that it need not be looked for where no header spells it. */
  readonly spelled?: boolean;
  readonly overlaid?: readonly [string, string];
  /** Names without which there is nothing to find; without it those of the calls and tests that begin a state. */
  readonly starters?: readonly string[];
  /** Files that do this on purpose: what their paths from the kernel folder begin with. */
  readonly exempt?: readonly string[];
  /** By which functions the first of the overlaid members may be used meanwhile. */
  readonly lend?: WordLending;
  readonly dimensions: Readonly<Record<string, readonly string[]>>;
  readonly moves: readonly TypestateMove[];
  readonly tests: readonly TypestateTest[];
  readonly forbids: readonly ForbiddenEvent[];
  /** Calls after which the object may be gone, so that nothing is known of it. */
  readonly letGo: readonly TypestateCall[];
  /** Functions without a body in sight that may change the state; `*` stands for any part of a name. */
  readonly mayChange: readonly string[];
  /** Members whose raw store leaves nothing known. */
  readonly raw: readonly string[];
}

export interface EmbeddedMember {
  readonly record: string;
  readonly member: string;
}

/** What the flow analysis has to know of functions and records that is not in their text. */
export interface FlowFacts {
  /** Functions that never return, beyond those declared so. */
  readonly noreturn: readonly string[];
  /** Functions from any page of a compound to its head. */
  readonly headGetters: readonly string[];
  /** Members at the start of a record that are another name of it: a folio's first page. */
  readonly embedded: readonly EmbeddedMember[];
  /** Tests that answer the same until something is written; `*` stands for any part of a name. */
  readonly pure: readonly string[];
  /** Macros whose result is as true as their argument, so that a test in one is a test of the code around it. */
  readonly transparent?: readonly string[];
  /** Functions that ask for one bit of a word: its number, and the word's address; `*` stands for any part of a name. */
  readonly bitTests?: readonly string[];
}

/** What functions whose bodies are elsewhere do to what they are given. */
export interface MemberUses {
  readonly call: readonly string[];
  /** Which argument; 0 where it is left out. */
  readonly argument?: number;
  /** What they do first with the memory at the argument, or with the members that are listed. */
  readonly does: 'reads' | 'stores';
  /** The argument points to this record, and they use these members of it. */
  readonly record?: string;
  readonly members?: readonly string[];
  /** Others use the memory later: until then nothing else is to be stored over it. */
  readonly isPending?: boolean;
}

/** Whether a name fits a pattern in which `*` stands for any run of characters. */
export function fits(name: string, pattern: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return name === pattern;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index === 0 && !name.startsWith(part)) return false;
    const found = index === parts.length - 1 ? name.length - part.length : name.indexOf(part, at);
    if (found < at || !name.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return true;
}
