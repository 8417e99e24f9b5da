/** Comments at the members of a union that are made of constants: each member is for its own. */
import { isTakenBackAt } from './comment-entries';
import { closing, membersBeside, spelledOut } from './members-beside';
import { areOfOneUnion, armsIn } from './union-arms';
import type { ValidWhen } from './valid-state';

/**
 * What comments say that are nothing but constants, at two or more members of one union: `/* EXIT_IO *\/ struct { … } io;`, or
 * `/* For EXIT_IO or nothing *\/`. The constants of the others are the rivals.
 */
export function kindsAlone(text: string, from: number, to: number, shared: ReadonlySet<string>): ValidWhen[] {
  const alone: KindAlone[] = [];
  const runs: { start: number; end: number }[] = [];
  for (const { 0: comment, index } of text.slice(from, to).matchAll(ALONE)) {
    const [start, end] = [from + index, from + index + comment.length];
    const last = runs.at(-1);
    if (last && text.slice(last.end, start).trim() === '' && !isBehindMember(text, last.start)) last.end = end;
    else runs.push({ start, end });
  }
  for (const { start, end } of runs) {
    const comment = text.slice(start, end);
    const [member, ...more] = membersBeside(text, start, end);
    if (member === undefined || !shared.has(member)) continue;
    if (more.length > 0 && !isBehindBrace(text, start)) continue;
    const within = isBehindBrace(text, start);
    const open = isBehindMember(text, start)
      ? null
      : /^\s*(?:struct|union)\b[^;{}()]*\{/.exec(text.slice(end, end + 200));
    const brace = within ? text.lastIndexOf('{', start) : open ? end + open[0].length - 1 : undefined;
    const until = brace === undefined ? end : closing(text, brace);
    const names = (
      spelledOut(comment)
        .replace(BEHIND_ALONE, '')
        .match(/\b[A-Z][A-Z0-9_]{2,}\b/g) ?? []
    ).filter((name) => !name.startsWith('CONFIG_'));
    const members = [member, ...more].filter((one) => shared.has(one));
    if (names.length > 0)
      alone.push({ member, members, names, start: brace !== undefined && within ? brace : start, end, until });
  }
  const arms = armsIn(text.slice(from, to).replace(/\/\*[\s\S]*?\*\//g, ''));
  const isBeside = (one: KindAlone, other: KindAlone): boolean =>
    arms.some(({ names, all }) => names.length > 1 && all.has(one.member) && all.has(other.member));
  const [only] = alone;
  const isFree = (member: string): boolean => !isTakenBackAt(text, from, to, member, undefined);
  // One that stands behind a brace is of that struct, be there a comment at the others or not.
  if (alone.length === 1 && only.names.length === 1 && text[only.start] === '{') {
    const [asked] = only.names;
    const state = { asked, isKind: true, isExclusive: true, holds: true, equals: undefined, quote: asked };
    return only.members.filter(isFree).map((member) => ({ member, ...state, start: only.start, end: only.end }));
  }
  return alone.flatMap((own) => {
    const { member, members, names, start, end } = own;
    const beside = alone.filter((one) => areOfOneUnion(arms, one.member, member));
    const others = beside.filter(
      (one) => one.member !== member && !holds(own, one) && !holds(one, own) && !isBeside(own, one),
    );
    const rivals = [...new Set(others.flatMap((one) => one.names))].filter((name) => !names.includes(name));
    // A constant at two members tells neither of them.
    const [asked, ...more] = names.filter((name) => !others.some((one) => one.names.includes(name)));
    if (asked === undefined || rivals.length === 0) return [];
    const quote = text
      .slice(text.indexOf('/*', start) + 2, end - 2)
      .replace(/\*\/\s*\/\*/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const state = { asked, others: more, rivals, isByBit: true, holds: true, equals: undefined, quote, start, end };
    return members.filter(isFree).map((one) => ({ member: one, ...state }));
  });
}

/** Whether a comment stands behind the brace that opens a struct. */
function isBehindBrace(text: string, at: number): boolean {
  return /\bstruct\b[^{}]*\{[ \t]*$/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}

/** Whether a comment stands on the line of the member that it is about, and is no part of what comes below. */
function isBehindMember(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at) + 1, at).includes(';');
}

/** A member with the constants that its comments name. */
interface KindAlone {
  readonly member: string;
  /** That one; of a struct without a name behind whose brace the comment stands, all of its members. */
  readonly members: readonly string[];
  readonly names: readonly string[];
  readonly start: number;
  readonly end: number;
  /** Where the record ends that is the member; what stands before is a part of it. */
  readonly until: number;
}

function holds(outer: KindAlone, inner: KindAlone): boolean {
  return outer.start < inner.start && inner.start < outer.until;
}

const ALONE =
  /\/\*+\s*(?:(?:[Oo]nly\s+|[Uu]sed\s+|[Vv]alid\s+)*(?:[Ff]or|[Ii]n|[Ii]f|[Ww]hen|[Ww]hile)\s+)?(?:(?:->|@)?[a-z]\w*\s*==\s*)?[A-Z][A-Z0-9_]{2,}(?:\s*(?:\||,|\/|&|\bor\b|\band\b)+[\s*]*[A-Z][A-Z0-9_]{2,})*(?:\s+or\s+[a-z]+|\s+only)?(?:\.?|\s*:\s[^*]*?|(?<=[A-Z0-9]_[A-Z0-9_]*)\s+(?!is\b|if\b|or\b|and\b|when\b|bit|flag|mask|not\b)[a-z][^*,;:()=|]*?)\s*\*\//g;

/** What is said behind such constants. */
const BEHIND_ALONE = /(?::\s|(?<=[A-Z0-9_])\s+(?!or\b|and\b|only\b)[a-z])[^*]*(?=\*\/)/;
