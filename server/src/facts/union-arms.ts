/** The alternatives of a record's unions as its text has them, and which of them words are about. */
import { closing, namesIn } from './members-beside';

/** One alternative of a union: a member, or a struct without a name. */
export interface Arm {
  /** By which accesses go to it: one name, or those of a struct without one. */
  readonly names: readonly string[];
  /** Those of what lies within as well. */
  readonly all: ReadonlySet<string>;
  /** Which union of the record it is of. */
  readonly union: number;
}

/** @param code The text of a record without comments. */
export function armsIn(code: string): readonly Arm[] {
  const found: Arm[] = [];
  let union = 0;
  for (const { 0: head, index } of code.matchAll(/\bunion\b[^{};()]*\{/g)) {
    const open = index + head.length - 1;
    for (const part of partsOf(code.slice(open + 1, closing(code, open)))) {
      const brace = part.indexOf('{');
      const all = namesIn(`${part};`);
      const outer = brace < 0 ? all : namesIn(`${part.slice(closing(part, brace) + 1)};`);
      const names = outer.length > 0 ? outer : all;
      if (names.length > 0) found.push({ names, all: new Set(all), union });
    }
    union++;
  }
  return found;
}

/** The declarations in the braces of a union, one each. */
function partsOf(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < body.length; at++) {
    if (body[at] === '{') depth++;
    else if (body[at] === '}') depth--;
    else if (body[at] === ';' && depth === 0) {
      parts.push(body.slice(from, at));
      from = at + 1;
    }
  }
  return parts;
}

/** The arm that all names are of; undefined where they are of none, or of several. */
export function armOf(arms: readonly Arm[], names: readonly string[]): Arm | undefined {
  const fitting = arms.filter(({ all }) => names.every((name) => all.has(name)));
  // What lies in a union within an arm is of both: the inner one says more.
  const inner = fitting.filter((arm) => !fitting.some((other) => other !== arm && other.all.size < arm.all.size));
  return inner.length === 1 ? inner[0] : undefined;
}

/** Whether two members stand in one union, at any depth. */
export function areOfOneUnion(arms: readonly Arm[], one: string, other: string): boolean {
  return arms.some((arm) => arm.all.has(one) && arms.some(({ all, union }) => union === arm.union && all.has(other)));
}

/** Stands around the names of members, of which a list is one. */
const [OPEN, CLOSE] = ['\u0001', '\u0002'];
/** A list of members, as `marked()` has it. */
export const MEMBERS = `${OPEN}([^${CLOSE}]+)${CLOSE}`;

/**
 * A sentence with its lists of members marked: `->a and ->b are used` as one list, and `are used` behind it.
 *
 * @param names Undefined in a word that stands for no member.
 * @param isBare Whether a name alone is a member, be it a word of the language as well.
 */
export function marked(sentence: string, names: ReadonlySet<string>, isBare: boolean): string {
  const one = sentence.replace(
    /(@|->|%|(?<![\w)\].])\.|&(?:struct )?\w+(?:\.|->)|\b\w+->|[`'"]+)?\b([a-z_]\w*(?:(?:\.|->)\w+)*)\b(?:\[\w*\])?[`'"]*(?!\()/g,
    (whole, sigil: string | undefined, path: string) => {
      if (sigil === '%') return whole;
      const parts = path.split(/\.|->/);
      const isSaid = sigil !== undefined || parts.length > 1 || isBare || path.includes('_');
      const named = isSaid ? parts.find((part) => names.has(part)) : undefined;
      return named === undefined ? whole : `${OPEN}${named}${CLOSE}`;
    },
  );
  const both = new RegExp(`${MEMBERS}\\s*(?:,\\s*and|,|and|or|/|&|\\+)\\s*${MEMBERS}`);
  let merged = one;
  for (let before = ''; before !== merged; ) {
    before = merged;
    merged = merged.replace(both, (_, left: string, right: string) => `${OPEN}${left} ${right}${CLOSE}`);
  }
  return merged;
}
