/** Reads in comments on members which of their bits are a number: `bits 0 - 23 = size, bit 31 = it is read-only`, `low 10 bits: index`. */
import { memberIn, plain, recordAround } from './member-text';

/** A number that a comment speaks of. */
export interface SaidNumber {
  readonly tag: string;
  readonly member: string;
  /** Where the member is declared. */
  readonly at: number;
  readonly bits: bigint;
  /** The function of the header that gives it out, as far as its name tells, with its place. */
  readonly accessor: string | undefined;
  readonly accessorAt: number;
  /** Where the comment says it. */
  readonly start: number;
  readonly quote: string;
}

const RANGE = /\bbits?\s*\[?(\d{1,2})\s*(?:-|to|\.\.\.?|:)\s*(\d{1,2})\b\]?/gi;
const LOW = /\b(?:low|lower|lowest|bottom)\s+(\d{1,2})\s+bits\b/gi;
/** What is said of other bits. */
const BESIDE = /\bbits?\s+\d|\b(?:upper|top|high|higher|highest|remaining|other)\b|\babove\b/gi;
const COMMENT = /\/\*(?:(?!\*\/)[\s\S])*?\bbits?\b(?:(?!\*\/)[\s\S])*\*\//gi;

/** Whether a text may speak of such numbers. */
function maySayNumbers(text: string): boolean {
  return text.search(RANGE) >= 0 || text.search(LOW) >= 0;
}

/** The numbers that the comments of a header speak of. */
export function* numbersSaid(text: string): Iterable<SaidNumber> {
  if (!maySayNumbers(text)) return;
  for (const { 0: comment, index } of text.matchAll(COMMENT)) {
    // One comment about one member: those of kernel-doc speak of all.
    if (/^\/\*\*\s/.test(comment) || !maySayNumbers(comment)) continue;
    const number = numberIn(plain(comment));
    const named = number && (memberBefore(text, index) ?? memberBehind(text, index, index + comment.length));
    const tag = named && recordAround(text, named.at);
    if (!number || !named || tag === undefined || isAlone(comment)) continue;
    const accessor = accessorIn(text, tag, [named.name, ...number.words]);
    const quote = number.quote;
    yield { tag, member: named.name, at: named.at, bits: number.bits, ...accessor, start: index, quote };
  }
}

function memberBefore(text: string, comment: number): { readonly name: string; readonly at: number } | undefined {
  const from = text.lastIndexOf('\n', comment) + 1;
  return memberIn(text.slice(from, comment), from);
}

/** The member below a comment, unless the comment goes on from one beside or above. */
function memberBehind(
  text: string,
  comment: number,
  end: number,
): { readonly name: string; readonly at: number } | undefined {
  const line = text.lastIndexOf('\n', comment);
  const above = text.slice(text.lastIndexOf('\n', line - 1) + 1, line);
  return /;\s*\/\*|^\s*\/\*.*\*\/\s*$/.test(above) ? undefined : memberIn(text.slice(end, end + 300), end);
}

interface Number {
  readonly bits: bigint;
  /** What it is called, as far as the comment says it. */
  readonly words: readonly string[];
  readonly quote: string;
}

/** The lowest number of several that a comment speaks of. */
function numberIn(comment: string): Number | undefined {
  const found: (Number & { readonly low: number })[] = [];
  const add = (match: RegExpMatchArray, low: number, high: number): void => {
    const behind = comment.slice(match.index! + match[0].length);
    // Some bits of something else, which lies in several members.
    if (high <= low || high > 63 || /^\s*of\b/.test(behind)) return;
    const words = /^[\s=:,-]*(?:(?:is|are|the|hold|holds|a|an|give|say)\s+)*(\w+)/.exec(behind)?.slice(1) ?? [];
    const quote = comment
      .slice(Math.max(0, match.index! - 20), match.index! + match[0].length + 60)
      .replace(/^\S*\s|\s\S*$/g, '');
    found.push({ bits: ((1n << BigInt(high - low + 1)) - 1n) << BigInt(low), low, words, quote });
  };
  for (const match of comment.matchAll(RANGE)) {
    const [a, b] = [Number(match[1]), Number(match[2])];
    add(match, Math.min(a, b), Math.max(a, b));
  }
  for (const match of comment.matchAll(LOW)) add(match, 0, Number(match[1]) - 1);
  const [first] = found.sort((a, b) => a.low - b.low);
  const others = [...comment.matchAll(BESIDE)].length;
  return first && first.low === 0 && (found.length > 1 || others > (/\bbits?\s+0/i.test(comment) ? 1 : 0))
    ? first
    : undefined;
}

/** Whether a comment says of the other bits that nobody uses them: two things are one then. */
function isAlone(comment: string): boolean {
  const things =
    comment.match(/\bbits?\s*\[?\d|\b(?:low|lower|lowest|bottom|upper|top|high|higher|highest)\s+\d/gi) ?? [];
  return /\b(?:reserved|unused|valid|rest of)\b/i.test(comment) && things.length < 3;
}

/** A function that takes the record alone and has the number's name. */
function accessorIn(text: string, tag: string, words: readonly string[]): Pick<SaidNumber, 'accessor' | 'accessorAt'> {
  const taking = new RegExp(String.raw`\b(\w+)\(\s*(?:const\s+)?struct\s+${tag}\s*\*\s*\w*\s*\)`, 'g');
  for (const { 1: name, index } of text.matchAll(taking))
    if (words.some((word) => name.endsWith(`_${word.toLowerCase()}`))) return { accessor: name, accessorAt: index };
  return { accessor: undefined, accessorAt: -1 };
}
