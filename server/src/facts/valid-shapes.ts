/**
 * Sentences of headers that say which member of a union is valid by another member of the record: "If ->count is set, a is used. If not,
 * b is used", "only used if ->is_wide is set", and labels that stand for a bit of the record (`NF: …` for `is_nearfield`).
 */

import { ordered } from './ranges';

/** What a sentence asks for: that a member beside is zero, or is not, or that what it points to is of a kind. */
export interface BesideState {
  /** `0`, or the word for the kind. */
  readonly asked: string;
  readonly equals: string | undefined;
  readonly holds: boolean;
  readonly via?: string;
  /** `asked` is a value of an enum. */
  readonly isKind?: boolean;
  /** It is valid then alone. */
  readonly isExclusive?: boolean;
}

const BESIDE = '(?:->|@|\\w+->)?(\\w+)';
const SET = '(not\\s+)?(set|true|non-?zero|present|clear|false|zero|unset|NULL)\\b';
const IS_ZERO = /^(?:clear|false|zero|unset|null)$/i;

const EITHER_OR = new RegExp(
  `\\b(?:if|when)\\s+${BESIDE}\\s+is\\s+${SET},?\\s+(?:then\\s+)?(.+?)[.;]\\s+(?:if\\s+not|otherwise|else)\\b,?\\s*(.+?)(?:\\.(?=\\s|$)|$)`,
  'i',
);

/** `user is the caller's when is_user is set, kernel is ours for all other cases`. */
const WHEN_ELSE = new RegExp(
  `@?\\b(\\w+)\\s+is\\b[^.;]*?\\b(?:when|if|while)\\s+@?(\\w+)\\s+is\\s+${SET}[,;]?\\s+(?:and\\s+|while\\s+)?@?(\\w+)\\s+is\\b[^.;]*?\\b(?:otherwise|else|(?:in|for)\\s+(?:all|any)\\s+other\\s+cases?)\\b`,
  'i',
);

/** Both halves of `a is … when is_b is set, c is … otherwise`; the record's text is given without comments. */
export function whenElse(
  words: string,
  code: string,
  shared: ReadonlySet<string>,
): readonly { readonly members: readonly string[]; readonly state: BesideState; readonly quote: string }[] {
  const said = WHEN_ELSE.exec(words);
  if (!said) return [];
  const [quote, one, equals, not, word, other] = said;
  if (one === other || !shared.has(one) || !shared.has(other) || !isBit(equals, code)) return [];
  const state = stateOf(equals, not, word);
  return [
    { members: [one], state, quote },
    { members: [other], state: { ...state, holds: !state.holds }, quote },
  ];
}

/** The same of the member at which it stands: `if set, pos is valid; else skb`. */
const IF_SET = new RegExp(
  `^(?:if|when)\\s+(?:it\\s+is\\s+)?${SET},?\\s+(?:then\\s+)?(.+?)[.;]\\s+(?:if\\s+not|otherwise|else)\\b,?\\s*(.+?)(?:\\.(?=\\s|$)|$)`,
  'i',
);

const USED_IF = new RegExp(
  `\\b(?:valid|used|meaningful|defined|relevant|accessible|only)\\s+(?:only\\s+)?(if|iff|when|while|unless)\\s+(?:the\\s+)?${BESIDE}\\s+(?:is|are)\\s+${SET}\\s*[.;]?\\s*$`,
  'i',
);

function stateOf(equals: string, not: string | undefined, word: string): BesideState {
  return { asked: '0', equals, holds: IS_ZERO.test(word) === (not === undefined) };
}

/**
 * Both halves of "If ->n is set, then a/b are used. If not, c is used", each with the members that it names.
 *
 * @param own The member at which it stands, which need not be named.
 */
export function eitherOr(
  words: string,
  shared: ReadonlySet<string>,
  own: string | undefined,
): readonly { readonly members: readonly string[]; readonly state: BesideState; readonly quote: string }[] {
  const bare = own === undefined ? null : IF_SET.exec(words);
  const said = EITHER_OR.exec(words) ?? (bare && [bare[0], own!, ...bare.slice(1)]);
  if (!said) return [];
  const [quote, equals, not, word, first, second] = said;
  const [left, right] = [first, second].map((half) => [
    ...new Set((half.match(/\b\w+\b/g) ?? []).filter((name) => shared.has(name))),
  ]);
  // A member that both halves name tells nothing.
  if (left.length === 0 || right.length === 0 || shared.has(equals) || left.some((name) => right.includes(name)))
    return [];
  const state = stateOf(equals, not, word);
  return [
    { members: left, state, quote },
    { members: right, state: { ...state, holds: !state.holds }, quote },
  ];
}

/** "only used if ->count is set": the state of another member of the record, whose text without comments is given. */
export function besideState(sentence: string, code: string, shared: ReadonlySet<string>): BesideState | undefined {
  const said = USED_IF.exec(sentence);
  if (!said) return undefined;
  const [, word, equals, not, set] = said;
  if (shared.has(equals) || !new RegExp(`\\b${equals}\\s*(?::\\s*\\w+\\s*)?;`).test(code)) return undefined;
  const state = stateOf(equals, not, set);
  return word.toLowerCase() === 'unless' ? { ...state, holds: !state.holds } : state;
}

const IF_FLAG = new RegExp(
  `\\b(?:if|when)\\s+@?(\\w+)\\s+is\\s+${SET},?\\s+(?:then\\s+)?@(\\w+)\\s+(?:is|has|holds|contains|points|keeps|gives)\\b`,
  'gi',
);

/** "If @is_wide is true, @wings is an array": which member a bit of the record makes valid, which the sentence names by a sign. */
export function flaggedMembers(
  words: string,
  code: string,
  shared: ReadonlySet<string>,
): readonly { readonly members: readonly string[]; readonly state: BesideState; readonly quote: string }[] {
  return [...words.matchAll(IF_FLAG)].flatMap(([quote, equals, not, word, member]) =>
    shared.has(member) && !shared.has(equals) && isBit(equals, code)
      ? [{ members: [member], state: stateOf(equals, not, word), quote }]
      : [],
  );
}

const KIND_AT_END = /,\s*(?:in\s+|at\s+)?[@%]?([A-Z][A-Z0-9]*_[A-Z0-9_]+)\s*\.?$/;

/**
 * `the eight bytes from the host, STAGE_SETUP`: a value of an enum of which the record has a member.
 *
 * @param text The header's text; `code` is that of the record without comments.
 */
export function kindAtEnd(
  sentence: string,
  text: string,
  code: string,
  shared: ReadonlySet<string>,
): BesideState | undefined {
  const constant = KIND_AT_END.exec(sentence)?.[1];
  if (constant === undefined || /[A-Z]_[A-Z].*,.*[A-Z]_[A-Z]/.test(sentence)) return undefined;
  const tag = new RegExp(`\\benum\\s+(\\w+)\\s*\\{[^{}]*\\b${constant}\\b`).exec(text)?.[1];
  const name = tag && new RegExp(`\\benum\\s+${tag}\\s+(\\w+)\\s*;`).exec(code)?.[1];
  if (!name || shared.has(name)) return undefined;
  return { asked: constant, isKind: true, isExclusive: true, holds: true, equals: undefined };
}

/** Whether the text of a record without comments has a `bool`, or one bit, of a name. */
function isBit(name: string, code: string): boolean {
  return new RegExp(`\\b(?:_B|b)ool\\s+${name}\\s*;|\\b${name}\\s*:\\s*1\\s*[;,]`).test(code);
}

const WHEN_USING =
  /\bset\s+(?:the\s+)?([A-Z][A-Z0-9]*_[A-Z0-9_]+)\s+(?:flag\s+)?(?:when|if|while)\s+using\s+["'`@]*(\w+)/gi;

/** `Set CRATE_FL_WIDE flag when using "wings"`: the flag is the member's. */
export function flagsForUse(
  words: string,
  shared: ReadonlySet<string>,
): readonly { readonly members: readonly string[]; readonly asked: string; readonly quote: string }[] {
  return [...words.matchAll(WHEN_USING)].flatMap(([quote, asked, member]) =>
    shared.has(member) && asked === asked.toUpperCase() ? [{ members: [member], asked, quote }] : [],
  );
}

const FLAG_ONLY =
  /(?:^|[,;(]\s*)((?:only\s+)?(?:used\s+|valid\s+)?(?:only\s+)?(?:(?:if|iff|when|while|unless)\s+)?)(!|not\s+)?(?:->|@|\w+->)?(\w+)\s*[).;]*$/i;

/** "only while @active", "regular files; !is_dir": a bit of the record, be it only named at the end of what is said. */
export function flagState(sentence: string, code: string, shared: ReadonlySet<string>): BesideState | undefined {
  const [, words = '', not, equals] = FLAG_ONLY.exec(sentence) ?? [];
  const isSaid = not === '!' || sentence.trim() === equals || /\b(?:if|iff|when|while|unless)\b/i.test(words);
  if (equals === undefined || shared.has(equals) || !isSaid) return undefined;
  if (!isBit(equals, code)) return undefined;
  const isNot = (not !== undefined) !== /\bunless\b/i.test(words);
  return { asked: '0', equals, holds: isNot, ...(/\bonly\b/i.test(words) && { isExclusive: true }) };
}

const BOUND =
  /(?:^|[,;(]\s*|\b(?:if|iff|when|while|where|for)\s+)(?:->|@|\w+->)?([a-z]\w*)\s*(>=|<=|>|<)\s*(\d+|[A-Z][A-Z0-9]*_[A-Z0-9_]+)\s*(?:[).;]*$|[:,]\s)/;

/** `rev >= 3`, "if len <= BOX_INLINE": a number of the record, compared by order. */
export function boundState(sentence: string, code: string, shared: ReadonlySet<string>): BesideState | undefined {
  const [, name, operator, bound] = BOUND.exec(sentence) ?? [];
  if (name === undefined || shared.has(name) || !new RegExp(`\\b${name}\\s*(?::\\s*\\w+\\s*)?;`).test(code))
    return undefined;
  return { ...ordered(name, operator, bound), equals: undefined };
}

const CLAUSE = '\\b(0|1|set|clear|unset)\\s*(?:=>?|:|-|->|if|means|for|is|says)\\s*(?:it\\s+)?([^,;.=]*?)';
const BY_BIT = new RegExp(
  `\\bbit\\s+(zero|\\d)\\s*(?::|=>|,|is)?\\s*${CLAUSE}[,;/]?\\s+(?:and\\s+|or\\s+|else\\s+)?${CLAUSE}(?:[.;,]|$)`,
  'gi',
);

/**
 * Both halves of "bit 0: 0 = mods, 1 = sites", and of "bit 1 => 1 if points to struct note, 0 if points to struct page": which members of a
 * union a bit of its number tells apart.
 *
 * @param word The member that has the bit.
 * @param code The union's text, or that of its record, without comments.
 */
export function byBit(
  words: string,
  word: string | undefined,
  code: string,
  shared: ReadonlySet<string>,
): readonly {
  readonly members: readonly string[];
  readonly state: BesideState;
  readonly isSet: boolean;
  readonly quote: string;
}[] {
  if (word === undefined) return [];
  const memberOf = (clause: string): string | undefined => {
    const pointee = /\b(?:struct\s+)(\w+)/.exec(clause)?.[1];
    const declared = pointee && [...code.matchAll(new RegExp(`\\bstruct\\s+${pointee}\\s*\\*\\s*(\\w+)\\s*;`, 'g'))];
    const named = declared ? declared.map(([, name]) => name) : (clause.match(/\w+/g) ?? []);
    const members = [...new Set(named)].filter((name) => shared.has(name) && name !== word);
    return members.length === 1 ? members[0] : undefined;
  };
  return [...words.matchAll(BY_BIT)].flatMap(([quote, bit, one, first, other, second]) => {
    const halves = [[one, first] as const, [other, second] as const].map(([value, clause]) => {
      return { member: memberOf(clause), isSet: /^(?:1|set)$/i.test(value) };
    });
    const [left, right] = halves;
    if (left.isSet === right.isSet || left.member === right.member) return [];
    const equals = `${word} & ${1 << (Number(bit) || 0)}`;
    return halves.flatMap(({ member, isSet }) => {
      if (member === undefined) return [];
      return [{ members: [member], isSet, state: { asked: '0', equals, holds: !isSet }, quote: quote.trim() }];
    });
  });
}

const BEHIND =
  /\b(?:only\s+(?:used\s+|valid\s+)?|(?:used|valid)\s+)(?:only\s+)?(?:if|iff|when)\s+.*?\(?@?\b(\w+)\)?\s+is\s+an?\s+([a-z]\w{2,})\s*[.;]?$/i;

/** "Used only if the first object (obj0) is a port": a member of the record is a pointer to something of that kind. */
export function kindBehind(sentence: string, code: string): BesideState | undefined {
  const [, via, kind] = BEHIND.exec(sentence) ?? [];
  if (via === undefined || !new RegExp(`\\*\\s*${via}\\s*;`).test(code)) return undefined;
  return { asked: kind.toLowerCase(), equals: undefined, holds: true, via };
}

/** A member of a union whose comment begins with a label. */
export interface Labelled {
  readonly member: string;
  readonly label: string;
}

/**
 * What the labels of a union's members stand for: each is short for one bit `is_…` of the record, and for no other one.
 *
 * @param code The record's text without comments.
 */
export function labelStates(labels: readonly Labelled[], code: string): ReadonlyMap<string, BesideState> {
  const bits = [...code.matchAll(/\b(is_(\w+))\s*:\s*1\s*;|\bbool\s+(is_(\w+))\s*;/g)].map(
    ([, bit, word, truth, its]) => ({ name: bit ?? truth, word: word ?? its }),
  );
  const found = new Map<string, BesideState>();
  for (const { member, label } of labels) {
    const fitting = bits.filter(({ word }) => isShortFor(label, word));
    if (fitting.length === 1) found.set(member, { asked: '0', equals: fitting[0].name, holds: false });
  }
  const meant = new Set([...found.values()].map(({ equals }) => equals));
  return found.size > 1 && meant.size === found.size ? found : new Map();
}

/** The bit of a record that a label is the name of, `async: what to call at the end`. */
export function namedBit(said: string, code: string): string | undefined {
  const [, name] = /^\s*([a-z]\w*):\s/.exec(said) ?? [];
  return name !== undefined && isBit(name, code) ? name : undefined;
}

/** Whether a label has the first letter of a word, and the others in their order: `NF` of `nearfield`. */
function isShortFor(label: string, word: string): boolean {
  const [first, ...letters] = label.toLowerCase();
  let at = 0;
  return word.startsWith(first) && letters.every((letter) => (at = word.indexOf(letter, at + 1)) > 0);
}

/** The labels that begin the comments behind the members of a record: `PF: what the port holds`. */
export const LABEL = /^\s*([A-Z]{2,4}):\s/;
