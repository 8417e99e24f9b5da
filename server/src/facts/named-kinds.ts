/** What comments at members of one union say by the constants that they name: one each, all of one enum, or one flag that is set and clear. */
import { closing, membersBeside, spelledOut } from './members-beside';

/** The state of a member, as `ValidWhen` has it. */
interface NamedState {
  readonly member: string;
  readonly asked: string;
  readonly isKind?: boolean;
  readonly holds: boolean;
  readonly equals: undefined;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

interface NamedKind {
  readonly members: readonly string[];
  readonly constant: string;
  readonly isNegated: boolean;
  /** The comment holds nothing but the constant. */
  readonly isAlone: boolean;
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

const CONSTANT = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g;
/** Such words say something of the constant that is not told by it alone. */
const TURNED = /\b(?:not|unless|except|without|never|but|before|after|until)\b/i;
const ALONE = /^!?\s*[A-Z][A-Z0-9_]+\s*\.?$/;

/** @param shared Names of the members of the record's unions. */
export function kindsNamed(text: string, from: number, to: number, shared: ReadonlySet<string>): NamedState[] {
  return unionsIn(text, from, to).flatMap(([open, close]) => {
    const named = namedIn(text, open, close, shared);
    return [...ofOneEnum(text, named), ...ofOneFlag(named)];
  });
}

/** `/* JOB_IDLE: on the list *\/` and `/* JOB_RUNS: by time *\/`: kinds, of which each has its own bytes. */
function ofOneEnum(text: string, named: readonly NamedKind[]): NamedState[] {
  const plain = named.filter(({ isNegated }) => !isNegated);
  const names = new Set(plain.map(({ constant }) => constant));
  if (names.size < 2 || names.size !== plain.length || !isOneEnum(text, names)) return [];
  return plain.flatMap(({ members, constant, quote, start, end }) => {
    const state = { asked: constant, isKind: true, holds: true, equals: undefined, quote, start, end };
    return members.map((member): NamedState => ({ member, ...state }));
  });
}

/** `/* JOB_DONE *\/` at one member and `/* !JOB_DONE *\/` at another. */
function ofOneFlag(named: readonly NamedKind[]): NamedState[] {
  const alone = named.filter(({ isAlone }) => isAlone);
  return alone.flatMap(({ members, constant, isNegated, quote, start, end }) => {
    const others = alone.filter((one) => one.constant === constant);
    if (others.length !== 2 || others[0].isNegated === others[1].isNegated) return [];
    const state = { asked: constant, holds: !isNegated, equals: undefined, quote, start, end };
    return members.map((member): NamedState => ({ member, ...state }));
  });
}

function isOneEnum(text: string, names: ReadonlySet<string>): boolean {
  for (const [, body] of text.matchAll(/\benum\b[^{};()]*\{([^{}]*)\}/g)) {
    const values = new Set(body.replace(/\/\*[\s\S]*?\*\//g, '').match(CONSTANT));
    if ([...names].every((name) => values.has(name))) return true;
  }
  return false;
}

/** The constants that comments name right in a union, one each. */
function namedIn(text: string, open: number, close: number, shared: ReadonlySet<string>): NamedKind[] {
  const found: NamedKind[] = [];
  for (const { 0: comment, index } of text.slice(open, close).matchAll(/\/\*[\s\S]*?\*\//g)) {
    const [start, end] = [open + index, open + index + comment.length];
    const depth = depthAt(text, open, start);
    const isOfStruct =
      depth === 2 && /\bstruct\b[^{};]*\{[ \t]*$/.test(text.slice(text.lastIndexOf('\n', start) + 1, start));
    if (depth !== 1 && !isOfStruct) continue;
    const said = spelledOut(comment)
      .replace(/^\/\*+|\*+\/$/g, '')
      .replace(/\n[ \t]*\*?/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    const constants = new Set((said.match(CONSTANT) ?? []).filter((name) => !name.startsWith('CONFIG_')));
    const members = membersBeside(text, start, end).filter((one) => shared.has(one));
    const [constant, ...more] = constants;
    if (constant === undefined || more.length > 0 || members.length === 0 || TURNED.test(said)) continue;
    const isNegated = said.includes('!');
    found.push({ members, constant, isNegated, isAlone: ALONE.test(said), quote: said, start, end });
  }
  return found;
}

/** The braces of the unions of a record, as offsets behind the first and before the last. */
function unionsIn(text: string, from: number, to: number): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (const { 0: head, index } of text.slice(from, to).matchAll(/\bunion\b[^{};()]*\{/g)) {
    const brace = from + index + head.length - 1;
    found.push([brace + 1, closing(text, brace)]);
  }
  return found;
}

/** How many braces are open at an offset, that of the union among them. */
function depthAt(text: string, open: number, at: number): number {
  const code = text.slice(open, at).replace(/\/\*[\s\S]*?\*\//g, '');
  return 1 + (code.match(/\{/g)?.length ?? 0) - (code.match(/\}/g)?.length ?? 0);
}
