/**
 * Mines from comments at the alternatives of a union for which objects, or in which state, each is there, in plain words: "for polled
 * bios", "in DMA mode", "once bound".
 */
import { entriesOf, isTakenBackAt } from './comment-entries';
import { membersBeside } from './members-beside';
import { type Arm, armOf, armsIn } from './union-arms';

/** What a comment says of the objects, or of the state, that an alternative of a union is there for. */
export interface InWords {
  /** By which accesses go to the alternative. */
  readonly members: ReadonlySet<string>;
  /** Which union of the record it stands in. */
  readonly union: number;
  /** Stems of the words that tell them from others, without a noun that is there for all of them: `poll` of `polled bios`. */
  readonly stems: readonly string[];
  /** Whether the words are to hold: not so of `while not bound`. */
  readonly holds: boolean;
  /** The comment says this alone, and of objects: another alternative is there for others. */
  readonly isWhole: boolean;
  readonly quote: string;
  /** Where the comment stands. */
  readonly start: number;
  readonly end: number;
}

const USED = String.raw`(?:only\s+)?(?:(?:used|valid|meaningful|set|in\s+use)\s+)?(?:only\s+)?`;
const WORDS = String.raw`(?:[a-z][\w-]*\s+)`;

/** What stands for a kind itself: `for the count action`. */
const KINDS = [
  'action',
  'operation',
  'command',
  'case',
  'type',
  'kind',
  'variant',
  'event',
  'format',
  'class',
  'method',
];

/** `for polled bios`, `used by zoned writes only`, `hashed ones only`, `for the count action`, `salted only`. */
const FOR = new RegExp(
  String.raw`^${USED}(?:for|by|in|on|with)\s+(?:the\s+)?(?<objects>${WORDS}{1,3}(?:[a-z][\w-]*s|${KINDS.join('|')}))(?:\s+only)?$|^(?:the\s+)?(?<only>${WORDS}{1,3}[a-z][\w-]*s|(?!(?:read|write)\b)[a-z][\w-]{3,})\s+only$`,
  'i',
);

/** `in DMA mode`, `in the listen state`. */
const IN = new RegExp(
  String.raw`^${USED}(?:in|for|during)\s+(?:the\s+)?(?<mode>${WORDS}{1,2}(?:mode|state|phase|stage))(?:\s+only)?$`,
  'i',
);

/** `once bound`, `while the port is not running`. */
const WHILE = new RegExp(
  String.raw`^${USED}(?:while|when|once|if|iff)\s+(?:the\s+)?(?:(?:\w+\s+)?(?:is|are|was|has\s+been)\s+)?(?<not>not\s+)?(?<state>(?![a-z-]*[^su]s$)[a-z][a-z-]{3,})$`,
  'i',
);

/** `for buffers in VRAM`. */
const THAT_ARE = new RegExp(
  String.raw`^${USED}(?:for|by)\s+(?:the\s+)?[a-z]\w*s\s+(?:in|on|with|of|that\s+are)\s+(?:the\s+)?(?<place>[a-z][\w-]{2,})$`,
  'i',
);

/** `for all others`: what the words at another alternative are not about. */
const OTHERS =
  /^(?:used\s+|valid\s+)?(?:for|by|with|in)\s+(?:all\s+)?(?:the\s+)?(?:others?|other\s+\w+)$|^(?:otherwise|else)$/i;

/** `the list is only valid until the signal bit is set`. */
const UNTIL =
  /\b(\w+) (?:is|are) (?:only )?(?:valid|used|meaningful|there) (?:only )?(until|before|while|when|if|as long as|after|once) (?:the |its )?((?:[\w-]+ ){1,3})(?:bit|flag) is (not )?(?:set|(clear(?:ed)?))\b/gi;

/** Words that tell no kind of object, and what lists and refusals are made of. */
const NO_KIND =
  /\b(?:not?|all|any|some|other|most|few|and|or|both|but|of|various|different|internal|private|these|those|its|bytes|bits|units|true|false|set|used|valid|needed|possible|present|null|necessary|available|required|given|known|done|zero|nonzero|empty|clear)\b/i;

/** Nouns that stand for objects of any kind, or for what is said beside them. */
const ANY_NOUN = new Set(
  ['ones', 'objects', 'entries', 'items', 'users', 'mode', 'state', 'phase', 'stage', 'bit', 'flag', ...KINDS].map(
    stem,
  ),
);

/**
 * What the comments of a record say of the objects that each alternative of its unions is there for, or of their state; the record stands
 * between two offsets.
 *
 * @param tag The record's: `bios` stands for all of `struct bio`.
 */
export function saidInWords(text: string, from: number, to: number, tag: string): readonly InWords[] {
  const part = text.slice(from, to);
  const arms = armsIn(part.replace(/\/\*[\s\S]*?\*\//g, ''));
  if (arms.length === 0) return [];
  const found: InWords[] = [];
  for (const { comment, start, isAbove } of commentsOf(text, from, to)) {
    const place = { start, end: start + comment.length };
    for (const { member, words } of entriesOf(comment)) {
      for (const { members, union, ...said } of untilSet(words, arms))
        found.push({ members, union, ...said, ...place });
      for (const one of isAbove ? inClauses(words, arms) : []) found.push({ ...one, ...place });
      if (isAbove && member === undefined) continue;
      const said = saidBy(words, tag);
      const beside = member === undefined ? membersBeside(text, place.start, place.end) : [member];
      const arm = said && beside.length > 0 ? armOf(arms, beside) : undefined;
      if (!said || !arm || beside.some((one) => isTakenBackAt(text, from, to, one, undefined))) continue;
      found.push({ members: arm.all, union: arm.union, ...said, ...place });
    }
  }
  return found;
}

/** What a sentence says of a member that it names, by a bit that it tells of in words. */
function untilSet(words: string, arms: readonly Arm[]): Omit<InWords, 'start' | 'end'>[] {
  return [...words.replaceAll('*', '').matchAll(UNTIL)].flatMap(([quote, name, when, phrase, not, clear]) => {
    const arm = armOf(arms, [name]);
    const isUntil = /^(?:until|before)$/i.test(when);
    const holds = [isUntil, not !== undefined, clear !== undefined].filter(Boolean).length % 2 === 0;
    if (!arm || NO_KIND.test(phrase)) return [];
    return [{ members: arm.all, union: arm.union, stems: stemsOf(phrase), holds, isWhole: false, quote }];
  });
}

const CLAUSE =
  /\b(?:either|or|if|when|while|once)\s+(?:(?:it|that|the\s+\w+)\s+is\s+)?(?<state>[a-z][a-z-]{3,}),?\s+(?:then\s+)?(?:(?!->|@)[^.;:,]){0,40}?(?:,\s*)?(?:->|@)(?<name>\w+)/g;

/** What a sentence says of two members by states: `either free, then it is listed by ->link, or taken, then ->owner says by whom`. */
function inClauses(words: string, arms: readonly Arm[]): Omit<InWords, 'start' | 'end'>[] {
  const said = [...words.matchAll(CLAUSE)].flatMap(({ 0: quote, groups }) => {
    const arm = armOf(arms, [groups!.name]);
    if (!arm || NO_KIND.test(groups!.state)) return [];
    return [{ members: arm.all, union: arm.union, stems: stemsOf(groups!.state), holds: true, isWhole: false, quote }];
  });
  const isOpposed = (one: (typeof said)[number]): boolean =>
    said.some((other) => other.union === one.union && other.members !== one.members && other.stems[0] !== one.stems[0]);
  return said.filter(isOpposed);
}

function* commentsOf(
  text: string,
  from: number,
  to: number,
): Iterable<{ readonly comment: string; readonly start: number; readonly isAbove: boolean }> {
  const isDocumented = /\*\/\s*(?:typedef\s+)?$/.test(text.slice(Math.max(0, from - 40), from));
  const start = isDocumented ? text.lastIndexOf('/*', from) : from;
  for (const { 0: comment, index } of text.slice(start, to).matchAll(/\/\*[\s\S]*?\*\/|\/\/.*/g))
    yield { comment, start: start + index, isAbove: start + index < from };
}

/** What one entry says: as a whole, or in its last part behind a comma or in brackets. */
function saidBy(words: string, tag: string): Pick<InWords, 'stems' | 'holds' | 'isWhole' | 'quote'> | undefined {
  const [sentence] = words.replace(/^\/\/\s*/, '').split(/(?<=\w)[.;](?:\s|$)/);
  const bare = sentence.replace(/[\s.:!)]+$/, '');
  const last = /^.*[,(;]\s*((?:only|used|valid|for|in|on|by|during|while|when|once|if)\b.*)$/i.exec(bare)?.[1];
  for (const part of last === undefined ? [bare] : [bare, last]) {
    if (OTHERS.test(part)) return { stems: [], holds: true, isWhole: false, quote: words };
    const shape = [FOR, IN, WHILE, THAT_ARE].map((one) => one.exec(part)).find((one) => one !== null);
    const { objects, only, mode, state, place, not } = shape?.groups ?? {};
    const phrase = objects ?? only ?? mode ?? state ?? place;
    if (phrase === undefined || NO_KIND.test(phrase)) continue;
    const all = stemsOf(phrase);
    const noun = all[all.length - 1];
    const isAny = all.length > 1 && (ANY_NOUN.has(noun) || stemsOf(tag).includes(noun));
    const stems = isAny ? all.slice(0, -1) : all;
    const isWhole = part === bare && (objects ?? only) !== undefined;
    return { stems, holds: not === undefined, isWhole, quote: words };
  }
  return undefined;
}

/** The stems of words, be they apart by blanks, hyphens or underscores. */
function stemsOf(words: string): readonly string[] {
  return words
    .toLowerCase()
    .split(/[\s_-]+/)
    .flatMap((word) => (word === '' ? [] : [stem(word)]));
}

/** `plugged` and `plugging` of `plug`, `zoned` and `zones` of `zone`. */
function stem(word: string): string {
  const bare = word.length > 3 ? word.replace(/(?:ie)?s$/, '') : word;
  const root = bare.length > 4 ? bare.replace(/(?:ing|ed)$/, '') : bare;
  return root.length > 2 ? root.replace(/([bdgmnprt])\1$/, '$1').replace(/[ey]$/, '') : root;
}

/** Whether the name of a flag, of a question or of a kind is made of the words: `REQ_POLLED` for `polled bios`, `XFER_MODE_DMA` for `in DMA mode`. */
export function hasWords(name: string, { stems }: InWords): boolean {
  const parts = stemsOf(name.replace(/\(\)$/, ''));
  const meant = new Set(stems);
  return parts.some((_, index) => {
    const all = parts.slice(index);
    const rest = new Set(all.length > meant.size ? all.filter((one) => !ANY_NOUN.has(one)) : all);
    const isTold = index > 0 && [...rest].some((one) => one.length > 2);
    return isTold && meant.size === rest.size && [...meant].every((one) => rest.has(one));
  });
}
