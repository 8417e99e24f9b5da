/** Mines from comments which state makes a member valid: "special must only be used if JOB_SPECIAL is set". */
import { entriesOf, isTakenBackAt } from './comment-entries';
import { kindsAlone } from './constants-alone';
import { closing, membersBeside, namesIn } from './members-beside';
import { kindsNamed } from './named-kinds';
import type { OnTakenBack } from './not-derived';
import {
  type BesideState,
  besideState,
  boundState,
  byBit,
  eitherOr,
  flaggedMembers,
  flagState,
  flagsForUse,
  kindAtEnd,
  kindBehind,
  LABEL,
  type Labelled,
  labelStates,
  namedBit,
  whenElse,
} from './valid-shapes';
import type { ValidWhen } from './valid-state';

/** How the state follows: `if X is set`, `when ->kind is X`, `for X() jobs`. */
const STATE =
  /\b(if|iff|IFF|when|while|once|unless|without|where|for\s+which)\s+(?:the\s+)?(?:(?:->|@|\w+->)?(\w+)\s*(?:==|is|&)\s*)?(!)?[@%]?(?:\b([A-Z][A-Z0-9]*_[A-Z0-9_]+|(?<=\s)\d+)\b|\b([a-z]\w*)\(\w*\))\s*((?:flag|bit)?\s*(?:is|are)?\s*(?:not\s+set|unset|clear(?:ed)?|false|not\s+true)\b)?/;

/** What makes such a sentence one about when a member may be used. */
const LIMITS =
  /\bonly\s+(?:\w+\s+)?(?:valid|used|set|meaningful|defined|initiali[sz]ed|accessible|relevant)\b|\b(?:valid|meaningful|defined|used|initiali[sz]ed|relevant|accessible)\s+(?:only\s+)?(?:if|iff|when|while|once|unless)\b|\bonly\s+(?:be\s+)?(?:\w+\s+)?(?:if|iff|when|while|once)\b|\bonly\s+(?:for|of|in)\s+(?:the\s+)?\w+\s+(?:where|for\s+which)\b|\b(?:use|look\s+at)\s+(?:it|this|them|these)\s+(?:only\s+)?(?:if|iff|when|while)\b/i;

const CONSTANT = '[@%]?[A-Z][A-Z0-9]*_[A-Z0-9_]+\\b';

/** @param joints What may stand between two of them, as alternatives of a pattern. */
const listOf = (joints: string): string => `(?<constants>${CONSTANT}(?:\\s*(?:${joints})+\\s*${CONSTANT})*)`;
const JOINTS = '\\||,|/|\\bor\\b';
const CONSTANTS = listOf(JOINTS);

/** What may come of a list: `for KIND_A, KIND_B and KIND_C` is for any of them. */
const ANY_OF = listOf(`${JOINTS}|\\band\\b`);

/** What would make more of it than a list: another one behind, or words that go on. */
const NO_MORE = `(?!\\s*(?:[|,/]\\s*${CONSTANT}|(?:and|nor|or)\\b|&))`;

/** Further constants behind the first one: `or %KIND_B`; what comes with `and` says more than a list. */
const ALSO = new RegExp(`^(?:\\s*(?:${JOINTS})+\\s*${CONSTANT})+(?!\\s*(?:,|and|nor|or|&|\\w*\\())`);

/** Shorter ways to say it: `for KIND_A, KIND_B and KIND_C`, `KIND_A only`, `kind == KIND_A`, `offset in the file, when kind == KIND_A | KIND_B`. */
const SHORT: readonly RegExp[] = [
  new RegExp(`^(?:only\\s+)?(?:used\\s+|valid\\s+)?(?:only\\s+)?for\\s+(?:the\\s+)?${ANY_OF}${NO_MORE}`, 'i'),
  new RegExp(`[,;(-]\\s*(?:only|valid|used)\\s+(?:only\\s+)?(?:for|in|with)\\s+(?:the\\s+)?${ANY_OF}${NO_MORE}`),
  new RegExp(`^${CONSTANTS}\\s+only\\b`),
  new RegExp(
    `^(?:if|iff|when|while)\\s+(?:the\\s+)?${CONSTANTS}\\s+(?:(?:flag|bit)\\s+)?(?:is\\s+)?set\\b(?!\\s*(?:and|or|,))`,
    'i',
  ),
  new RegExp(`^(?:->|@|\\w+->|\\w+\\.)?(?<equals>\\w+)\\s*==\\s*${CONSTANTS}\\s*(?:\\.?$|[:,]\\s(?!.*==))`),
  new RegExp(
    `\\b(?:when|if|while|where)\\s+(?:the\\s+)?(?:->|@|\\w+->|\\w+\\.)?(?<equals>(?!it\\b|this\\b|that\\b)[a-z]\\w*)\\s+is\\s+${CONSTANTS}\\s*\\.?$`,
  ),
  new RegExp(
    `^(?:only|used|valid)\\s+(?:only\\s+)?(?:with|under|(?<without>without))\\s+(?:the\\s+)?${CONSTANTS}\\s*(?:[.:;,]|$)`,
  ),
  new RegExp(`\\(\\s*(?:->|@)?(?<equals>\\w+)\\s*==\\s*${CONSTANTS}(?:\\s+only)?\\s*\\)\\s*\\.?$`),
  new RegExp(`[,;(]\\s*${CONSTANTS}\\s+(?:is|are)\\s+(?:set|(?<clear>clear(?:ed)?|unset|not\\s+set))\\s*\\)?\\s*\\.?$`),
  new RegExp(`\\b(?:when|if|while|with|where|for)\\s+(?:->|@|\\w+->|\\w+\\.)?(?<equals>\\w+)\\s*==\\s*${CONSTANTS}`),
];

/** Whether a sentence at a member ends in a question that a function of the header asks: `how we got at it, if box_is_lent()`. */
function endsInQuestion(sentence: string, text: string): boolean {
  const asked = /[,\s]\s*(?:if|when|while)\s+(?:the\s+)?!?([a-z]\w*)\(\w*\)\s*\.?$/.exec(sentence)?.[1];
  return asked !== undefined && new RegExp(`\\bbool\\s+${asked}\\(\\s*(?:const\\s+)?struct\\s`).test(text);
}

/** What a sentence refuses: `should not be used when FLAG is set`. */
const IS_NOT =
  /(?:\bnot|\bnever|n't)\s+(?:be\s+)?(?:\w+ly\s+)?(?:valid|used|set|meaningful|defined|accessed|relevant)\s*$/i;

/** A sentence about when a member may be stored. */
const LIMITS_STORES = /\b(?:may|must|can|should)\s+only\s+be\s+(?:set|written|stored|assigned|changed)\b/i;

/** What a caller is to give is checked by whoever reads it. */
const IS_ARGUMENT = /\b(?:specified|passed|provided|given|supplied)\b/i;

/** What the comments in and above a record say of the members of its unions; the record stands between two offsets. */
export function validWhen(text: string, from: number, to: number, onTakenBack?: OnTakenBack): ValidWhen[] {
  const code = text.slice(from, to).replace(/\/\*[\s\S]*?\*\//g, '');
  const shared = sharedIn(code);
  if (shared.size === 0) return [];
  const isDocumented = text
    .slice(Math.max(0, from - 100), from)
    .trimEnd()
    .endsWith('*/');
  const start = isDocumented ? text.lastIndexOf('/*', from) : from;
  const part = text.slice(start, to);
  const found: ValidWhen[] = [];
  for (const { 0: comment, index } of part.matchAll(/\/\*[\s\S]*?\*\//g)) {
    const place = { start: start + index, end: start + index + comment.length };
    // What stands above the record is about all of it, unless it names a member.
    const isAbove = place.end <= from;
    const beside = isAbove ? [] : membersBeside(text, place.start, place.end);
    for (const { member, words } of entriesOf(comment)) {
      for (const { members, asked, quote } of flagsForUse(words, shared))
        for (const one of members)
          if (!isTakenBackAt(text, from, to, one, onTakenBack))
            found.push({ member: one, asked, holds: true, equals: undefined, isExclusive: true, quote, ...place });
      const halves = [
        ...flaggedMembers(words, code, shared),
        ...whenElse(words, code, shared),
        ...eitherOr(words, shared, wordBeside(member === undefined ? beside : [member], code)),
        ...byBit(
          words,
          wordBeside(member === undefined ? beside : [member], code),
          code,
          // Above a union it speaks of that one alone.
          beside.length > 1 ? new Set(beside) : shared,
        ),
      ];
      for (const { members, state, quote } of halves)
        for (const one of members)
          if (!isTakenBackAt(text, from, to, one, onTakenBack)) found.push({ member: one, ...state, quote, ...place });
      for (const sentence of words.split(/(?<=[.;])\s+/)) {
        if (IS_ARGUMENT.test(sentence)) continue;
        const isLimited = LIMITS.test(sentence) || (beside.length > 0 && endsInQuestion(sentence, text));
        const state = isLimited ? STATE.exec(sentence) : null;
        const short = shortState(sentence);
        if (short) {
          for (const one of member !== undefined ? [member] : beside) {
            if (!shared.has(one) || one === short.equals || isTakenBackAt(text, from, to, one, onTakenBack)) continue;
            found.push({ member: one, holds: true, ...short, quote: sentence.trim(), ...place });
          }
        }
        const besides = short
          ? undefined
          : (besideState(sentence, code, shared) ??
            kindBehind(sentence, code) ??
            flagState(sentence, code, shared) ??
            boundState(sentence, code, shared) ??
            (state ? undefined : kindAtEnd(sentence, text, code, shared)));
        if (besides)
          for (const one of member !== undefined ? [member] : beside)
            if (shared.has(one) && one !== besides.via && !isTakenBackAt(text, from, to, one, onTakenBack))
              found.push({ member: one, ...besides, quote: sentence.trim(), ...place });
        if (!state || short || besides) continue;
        const [whole, word, equals, not, constant, predicate, negated] = state;
        // A number alone is no state.
        if (constant !== undefined && /^\d/.test(constant) && equals === undefined) continue;
        const before = sentence.slice(0, state.index);
        const isCompared = equals !== undefined && /==|is\s+[%@]?[A-Z]/.test(whole) && !/&/.test(whole);
        const rest = sentence.slice(state.index + whole.length);
        const others = isCompared && constant !== undefined ? (ALSO.exec(rest)?.[0].match(/\w+_\w+/g) ?? []) : [];
        // Two states in one sentence are more than can be told apart.
        if (
          others.length === 0 &&
          /^\s*(?:(?:,\s*)?(?:or|and|nor)\s+|[|,/]+\s*)[@%!]?(?:[A-Z][A-Z0-9]*_|\w+\()/.test(rest)
        )
          continue;
        const named = [...before.matchAll(/\b\w+\b/g)].map(([name]) => name).filter((name) => shared.has(name));
        const members = member !== undefined ? [member] : new Set(named.length > 0 ? named : beside);
        const isExclusive = equals === undefined && /\b(?:only|iff)\b/i.test(sentence) && !IS_NOT.test(before);
        const isNot = [
          ...[word === 'unless' || word === 'without', not !== undefined, negated !== undefined],
          ...[IS_NOT.test(before)],
        ];
        for (const one of members) {
          if (!shared.has(one) || one === equals || isTakenBackAt(text, from, to, one, onTakenBack)) continue;
          const asked = constant ?? `${predicate}()`;
          const holds = isNot.filter(Boolean).length % 2 === 0;
          found.push({
            member: one,
            asked,
            holds,
            equals: isCompared ? equals : undefined,
            ...(others.length > 0 && { others }),
            ...(isExclusive && { isExclusive, isAlways: /\biff\b/i.test(sentence) }),
            ...(LIMITS_STORES.test(sentence) && { limitsStores: true }),
            quote: sentence.trim(),
            ...place,
          });
        }
      }
    }
  }
  const kinds = kindsNamed(text, from, to, shared);
  // Where all have a comment, the constants of those alone that have nothing else in theirs are not all rivals.
  const areAll = (alone: readonly ValidWhen[]): boolean =>
    kinds.length > alone.length && alone.every(({ member }) => kinds.some((one) => one.member === member));
  // What goes on behind its constant is one of them, too.
  const isNamed = ({ member, quote }: ValidWhen): boolean =>
    quote.includes(':') && kinds.some((one) => one.member === member);
  const alone = kindsAlone(text, from, to, shared).filter((one) => !isNamed(one));
  found.push(...(areAll(alone) ? [] : alone), ...labelled(text, from, to, code, shared, onTakenBack));
  const told = new Set(found.map(({ member }) => member));
  const named = kinds.filter(({ member }) => !told.has(member) && !isTakenBackAt(text, from, to, member, onTakenBack));
  return [...found, ...named];
}

/** The one member, or of several the one that is a number. @param code The record's text without comments. */
export function wordBeside(members: readonly string[], code: string): string | undefined {
  if (members.length === 1) return members[0];
  const numbers = members.filter((name) =>
    new RegExp(`\\b(?:long|int|\\w+_t|[us](?:32|64))\\s+${name}\\s*;`).test(code),
  );
  return numbers.length === 1 ? numbers[0] : undefined;
}

/** What labels say that begin the comments at members of unions: where their bit is set, the bytes are theirs. */
function labelled(
  text: string,
  from: number,
  to: number,
  code: string,
  shared: ReadonlySet<string>,
  onTakenBack: OnTakenBack | undefined,
): ValidWhen[] {
  const places = new Map<string, Pick<ValidWhen, 'quote' | 'start' | 'end'>>();
  const labels: Labelled[] = [];
  const bits = new Map<string, BesideState>();
  for (const { 0: comment, 1: said, index } of text.slice(from, to).matchAll(/\/\*+([^*]*?)\*\//g)) {
    const label = LABEL.exec(said)?.[1];
    const bit = label === undefined ? namedBit(said, code) : undefined;
    const [start, end] = [from + index, from + index + comment.length];
    const [member, ...more] = (label ?? bit) === undefined ? [] : membersBeside(text, start, end);
    if (member === undefined || more.length > 0 || !shared.has(member)) continue;
    if (bit !== undefined && !shared.has(bit)) bits.set(member, { asked: '0', equals: bit, holds: false });
    if (label !== undefined) labels.push({ member, label });
    places.set(member, { quote: said.trim(), start, end });
  }
  return [...labelStates(labels, code), ...bits].flatMap(([member, state]) =>
    isTakenBackAt(text, from, to, member, onTakenBack)
      ? []
      : [{ member, ...state, isExclusive: true, ...places.get(member)! }],
  );
}

/** `only for in-lookup ones` of a member, where a function of the header says which they are: `d_in_lookup(const struct dentry *)`. */
export function onlyForKind(text: string, from: number, to: number, tag: string): ValidWhen[] {
  const found: ValidWhen[] = [];
  for (const { 0: comment, 1: quote, 2: kind, index } of text.slice(from, to).matchAll(ONLY_FOR)) {
    const [start, end] = [from + index, from + index + comment.length];
    const [member, ...more] = membersBeside(text, start, end);
    const word = kind.replaceAll('-', '_');
    const predicate = new RegExp(`\\b(\\w+_${word})\\(\\s*(?:const\\s+)?struct\\s+${tag}\\s*\\*\\s*\\w+\\s*\\)`, 'g');
    const names = new Set([...text.matchAll(predicate)].map(([, name]) => name));
    const [name] = names;
    if (member === undefined || more.length > 0 || names.size !== 1) continue;
    if (isTakenBackAt(text, from, to, member, undefined)) continue;
    found.push({ member, asked: `${name}()`, holds: true, equals: undefined, isExclusive: true, quote, start, end });
  }
  return found;
}

const ONLY_FOR =
  /\/\*+\s*((?:used\s+)?only\s+(?:used\s+)?(?:for|on|in)\s+(?:the\s+)?([a-z]+(?:-[a-z]+)*)\s+\w+s)\.?\s*\*\//gi;

/** A state that is said in one of the shorter ways: only that of the member at which it stands. */
function shortState(
  sentence: string,
): (Pick<ValidWhen, 'asked' | 'others' | 'equals'> & { holds?: false }) | undefined {
  for (const shape of SHORT) {
    const said = shape.exec(sentence)?.groups;
    // Letters of either case are for the words around the constants.
    const names = said?.constants.match(/[A-Za-z]\w*_\w+/g)?.filter((name) => name === name.toUpperCase()) ?? [];
    if (names.length === 0) continue;
    const isClear = (said?.clear ?? said?.without) !== undefined;
    // Of several flags that are clear each one may be meant.
    if (isClear && names.length > 1) return undefined;
    return { asked: names[0], others: names.slice(1), equals: said?.equals, ...(isClear && { holds: false }) };
  }
  return undefined;
}

/**
 * What a comment in a function beside a record says of a member: "Only grown trees have tree->fruit", where the code asks
 * `tree_is_grown(tree)`.
 */
export function hadOnlyBy(text: string, tag: string): ValidWhen[] {
  const found: ValidWhen[] = [];
  for (const { 0: comment, 1: quote, 2: base, 3: name, index } of text.matchAll(ONLY_HAVE)) {
    const head = text.slice(text.lastIndexOf('\n}', index) + 1, index);
    const end = index + comment.length;
    const code = text.slice(end, text.indexOf('\n}', end));
    const asked = new RegExp(`\\b(\\w+)\\(\\s*${base}\\s*\\)`).exec(code)?.[1];
    if (asked === undefined || !new RegExp(`\\bstruct\\s+${tag}\\s*\\*\\s*${base}\\b`).test(head)) continue;
    const meant = new RegExp(`^#\\s*define\\s+${name}\\s+(?:\\w+\\.)*(\\w+)\\s*$`, 'm').exec(text)?.[1];
    const state = { asked: `${asked}()`, holds: true, equals: undefined, isExclusive: true, quote };
    found.push({ member: meant ?? name, ...state, start: index, end });
  }
  return found;
}

const ONLY_HAVE = /\/\*\s*(Only\s[\w\s-]+?\s(?:have|has)\s+(\w+)->(\w+)\b\.?)\s*\*\//g;

/** The names that are declared in the unions of a record's text. */
function sharedIn(code: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { index } of code.matchAll(/\bunion\b[^{};]*\{/g)) {
    const open = code.indexOf('{', index);
    for (const name of namesIn(code.slice(open, closing(code, open)))) names.add(name);
  }
  return names;
}
