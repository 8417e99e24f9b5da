/** What all packs of a project say, taken together: the one thing that rules ask about kernel facts. */

import type { ByteFacts } from './bytes';
import type { EncodedWord, TaggedStores } from './encoded';
import type { FlowFacts, MemberUses, Typestate } from './flow';
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
import {
  type ClaimPattern,
  type Guarded,
  type MaskedMember,
  type MovedMember,
  type Pack,
  type ResetAtFree,
  shippedPacks,
  type TailFields,
} from './pack';

export interface Facts {
  readonly moved: readonly MovedMember[];
  readonly masked: readonly MaskedMember[];
  readonly guarded: readonly Guarded[];
  readonly encoded: readonly EncodedWord[];
  readonly resets: readonly ResetAtFree[];
  readonly tails: readonly TailFields[];
  readonly typestates: readonly Typestate[];
  readonly flow: readonly FlowFacts[];
  readonly claims: readonly ClaimPattern[];
  /** Headers that hold accessors of what other headers declare. */
  readonly context: readonly string[];
  /** Headers, from the kernel folder, whose asserts lay records over one another. */
  readonly families: readonly string[];
  /** Macros that fail the build where their first argument is true. */
  readonly buildBugs: readonly string[];
  readonly reserved: readonly ReservedFacts[];
  readonly exempt: readonly ExemptPlace[];
  readonly notDerived: readonly NotDerived[];
  readonly hidden: readonly HiddenMember[];
  readonly descriptors: readonly Descriptors[];
  readonly openCoded: readonly OpenCoded[];
  readonly counts: readonly CountingCalls[];
  readonly exports: readonly ExportedNames[];
  readonly memberUses: readonly MemberUses[];
  readonly taggedStores: readonly TaggedStores[];
  /** What functions do with memory. */
  readonly bytes: readonly ByteFacts[];
}

/** Puts packs together, in order. What is worked out from facts may be kept by the value: see `oncePerFacts`. */
export function factsOf(packs: readonly Pack[]): Facts {
  return {
    moved: packs.flatMap((pack) => pack.moved ?? []),
    masked: packs.flatMap((pack) => pack.masked ?? []),
    guarded: packs.flatMap((pack) => pack.guarded ?? []),
    encoded: packs.flatMap((pack) => pack.encoded ?? []),
    resets: packs.flatMap((pack) => pack.resets ?? []),
    tails: packs.flatMap((pack) => pack.tails ?? []),
    typestates: packs.flatMap((pack) => pack.typestates ?? []),
    flow: packs.flatMap((pack) => pack.flow ?? []),
    claims: packs.flatMap((pack) => pack.claims ?? []),
    context: packs.flatMap((pack) => pack.context ?? []),
    families: packs.flatMap((pack) => pack.families ?? []),
    buildBugs: packs.flatMap((pack) => pack.buildBugs ?? []),
    reserved: packs.flatMap((pack) => pack.reserved ?? []),
    exempt: packs.flatMap((pack) => pack.exempt ?? []),
    notDerived: packs.flatMap((pack) => pack.notDerived ?? []),
    hidden: packs.flatMap((pack) => pack.hidden ?? []),
    descriptors: packs.flatMap((pack) => pack.descriptors ?? []),
    openCoded: packs.flatMap((pack) => pack.openCoded ?? []),
    counts: packs.flatMap((pack) => pack.counts ?? []),
    exports: packs.flatMap((pack) => pack.exports ?? []),
    memberUses: packs.flatMap((pack) => pack.memberUses ?? []),
    taggedStores: packs.flatMap((pack) => pack.taggedStores ?? []),
    bytes: packs.flatMap((pack) => pack.bytes ?? []),
  };
}

/** The facts that ship with the product. */
export const shippedFacts: Facts = factsOf(shippedPacks);

/**
 * The shipped facts with those of more packs; a pack takes the place of a shipped one of its name. The same value for the
 * same list.
 */
export function factsWith(packs: readonly Pack[] | undefined): Facts {
  return packs === undefined || packs.length === 0 ? shippedFacts : joined(packs);
}

const joined = once((packs: readonly Pack[]) => {
  const names = new Set(packs.map(({ pack }) => pack));
  return factsOf([...shippedPacks.filter(({ pack }) => !names.has(pack)), ...packs]);
});

/** Works something out of facts when it is first asked for, and keeps it as long as the facts. */
export function oncePerFacts<Made>(make: (facts: Facts) => Made): (facts: Facts) => Made {
  return once(make);
}

/** Functions that never return, beyond those declared so. */
export const noreturnOf = oncePerFacts(
  ({ flow }): ReadonlySet<string> => new Set(flow.flatMap(({ noreturn }) => noreturn)),
);

function once<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new WeakMap<Key, { readonly made: Made }>();
  return (key) => {
    let kept = known.get(key);
    if (!kept) known.set(key, (kept = { made: make(key) }));
    return kept.made;
  };
}
