/** In which state a member of a union is valid, as data. */
import { inWords } from './ranges';

/** A state that a comment asks for before a member may be used. */
export interface ValidWhen {
  readonly member: string;
  /** A constant (`JOB_SPECIAL`), or a predicate with its brackets (`job_is_special()`). */
  readonly asked: string;
  /** Further constants of which one is as good: `KIND_A | KIND_B`. */
  readonly others?: readonly string[];
  /** Where the state is told by use: the constants behind which other members of the union are used, which alone contradict. */
  readonly rivals?: readonly string[];
  /** Beside rivals: that it is another value, be it none of these, contradicts as well. */
  readonly needsIt?: boolean;
  /** A rival that is one bit among others contradicts as well: comments name the bits of both members. */
  readonly isByBit?: boolean;
  /** The comment says that it is valid then alone: where the state is met, the bytes are this member's. */
  readonly isExclusive?: boolean;
  /** The constant is a kind, and no flag among others: another value of its kind contradicts, be they macros. */
  readonly isKind?: boolean;
  /** The question looks at the value of the union's number. */
  readonly isByValue?: boolean;
  /** It is valid always then, be there a state of another member's or not: "if and only if". */
  readonly isAlways?: boolean;
  /** The comment speaks of storing it: "may only be set if". */
  readonly limitsStores?: boolean;
  /** Whether the flag is to be set, or the predicate to hold. */
  readonly holds: boolean;
  /** The member that the constant is compared with, where the comment says so; with `0`, a member of any type that is zero. */
  readonly equals: string | undefined;
  /** A pointer beside, of which an accessor tells the kind: `asked` is then the kind in a word of the comment, as `port`. */
  readonly via?: string;
  readonly quote: string;
  /** Where the comment says it. */
  readonly start: number;
  readonly end: number;
}

/** A state in words: `FERRY_WAITS is set`, `kind is FERRY_IDLE or FERRY_GONE`. */
export function stateText({ asked, others = [], holds, equals, via }: ValidWhen): string {
  const names = [asked, ...others].join(' or ');
  if (via !== undefined) return `${via} leads to a ${asked}`;
  if (equals !== undefined && asked === '0') return `${equals} is ${holds ? '0' : 'set'}`;
  return inWords(names, holds, equals);
}
