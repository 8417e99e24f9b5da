/**
 * Finds by the text of a header where its functions and macros take a member apart that holds several numbers:
 * `box->word & KIND_MASK`, `read(&box->word) >> COUNT_SHIFT`, `FIELD_GET(MASK, box->word)`.
 */
import words from '../packs/predefined/number-words.json';
import { bodyOf, functionsIn, macrosIn } from './member-text';

/** What is done with what a mask leaves of a member: it is given out, compared, only asked for, or kept while the rest is stored. */
export type PartUse = 'given' | 'compared' | 'asked' | 'kept';

/** A place where a header takes some bits of a member. */
export interface PartTaken {
  /** The function or macro. */
  readonly name: string;
  readonly isMacro: boolean;
  /** Offset of its name. */
  readonly start: number;
  /** The record of a parameter or local; undefined where the text does not name it. */
  readonly tag: string | undefined;
  readonly member: string;
  /** The code of the mask, and of how far the number is shifted down. */
  readonly mask?: string;
  readonly shift?: string;
  readonly use: PartUse;
}

/** Code that may take a member apart. */
const MAY_TAKE = new RegExp(
  String.raw`(?:->|\.)\s*\w+(?:\[[^\]\n]*\])?[\s)]*(?:&(?!&)|>>|[|]=)|\b(?:${[...words.takes, ...words.takesFrom].join('|')})\(`,
);

/** A function that gives out a part of its one parameter. */
const OF_PARAMETER = /\(\s*\w+\s+(\w*_\w+)\)\s*\{\s*return\b[^;]*[&>][^;]*\b\1\b/;

const CALLS = String.raw`\b(${[...words.takes, ...words.takesFrom].join('|')})\(`;
const CALL = new RegExp(CALLS);

const MEMBER = /(?:->|\.)\s*([A-Za-z_]\w*)(?!\w|\s*(?:->|\.(?!\.)|\())/g;

/** A code without its comments, each byte where it was. */
export function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}

interface Region {
  readonly name: string;
  readonly isMacro: boolean;
  readonly start: number;
  readonly returns: string;
  readonly parameters: string;
  readonly body: string;
}

/** Whether a text is worth looking at. */
export function mayTakeParts(text: string): boolean {
  return MAY_TAKE.test(text) || (text.includes('inline') && OF_PARAMETER.test(text));
}

/** Where the functions and macros of a text take members apart. @param code Without comments. */
export function* partsTakenIn(code: string): Iterable<PartTaken> {
  const regions = [...regionsIn(code)];
  const macros = new Map<string, Region>();
  for (const region of regions)
    if (region.isMacro && /^\s*\w+\s*$/.test(region.parameters) && /&|>>/.test(region.body))
      macros.set(region.name, region);
  const called = macros.size > 0 ? new RegExp(String.raw`\b(?:${[...macros.keys()].join('|')})\(`) : undefined;
  for (const region of regions)
    if (/&|>>|\|=|[<>]/.test(region.body) || CALL.test(region.body) || called?.test(region.body) === true)
      yield* new RegionScan(region, macros).find();
}

/** The members that the functions and macros of a text may take numbers out of. */
export function packedMembersIn(text: string): string[] {
  if (!mayTakeParts(text)) return [];
  const taken = [...partsTakenIn(withoutComments(text))];
  return taken.flatMap(({ member, use }) => (use === 'given' || use === 'compared' ? [member] : []));
}

function* regionsIn(code: string): Iterable<Region> {
  for (const match of functionsIn(code)) {
    const { name, parameters, returns } = match.groups!;
    const start = match.index + match[0].indexOf(`${name}(`);
    yield { name, isMacro: false, start, parameters, returns, body: bodyOf(match) };
  }
  for (const macro of macrosIn(code)) yield { ...macro, isMacro: true, returns: '' };
}

const READER = new RegExp(words.readers);
const CAST_BEFORE = new RegExp(String.raw`\(\s*(?:${words.cast}\s*)+\)\s*$`);

/** A member, with what only reads it around it. */
interface Operand {
  readonly from: number;
  readonly to: number;
  readonly base: string | undefined;
  readonly member: string;
}

class RegionScan {
  private readonly body: string;

  /** @param macros Those of the text with one parameter, by name. */
  constructor(
    private readonly region: Region,
    private readonly macros: ReadonlyMap<string, Region>,
  ) {
    this.body = region.body;
  }

  *find(): Iterable<PartTaken> {
    const { body } = this;
    for (const operand of this.operands()) {
      yield* this.takenFrom(operand, operand.from, operand.to);
      yield* this.set(operand);
      yield* this.above(operand);
      const local = /(?:^|[;{\s*])([A-Za-z_]\w*)\s*=\s*$/.exec(body.slice(0, operand.from))?.[1];
      if (local === undefined || !/^\s*;/.test(body.slice(operand.to))) continue;
      for (const { index } of body.matchAll(new RegExp(String.raw`(?<!->|\.|\w)${local}\b`, 'g')))
        if (index > operand.to) yield* this.takenFrom(operand, index, index + local.length);
    }
    yield* this.fromCalls();
    if (!this.region.isMacro) yield* this.fromParameters();
  }

  /** Members that stand at the end of what names them. */
  private *operands(): Iterable<Operand> {
    const { body } = this;
    for (const match of body.matchAll(MEMBER)) {
      const [whole, member] = match;
      const start = chainStart(body, match.index);
      if (start < 0) continue;
      const to = match.index + whole.length;
      // Elements of an array are words of their own.
      if (body[to] === '[') continue;
      const base = /^\(*\s*(\w+)\s*\)*$/.exec(body.slice(start, match.index).trim())?.[1];
      yield { ...this.around(start, to), base, member };
    }
  }

  /** Takes in parentheses, casts and what only reads: `le16_to_cpu(…)`, `atomic_read(&…)`. */
  private around(from: number, to: number): { readonly from: number; readonly to: number } {
    const { body } = this;
    for (;;) {
      let before = body.slice(0, from).trimEnd();
      if (before.endsWith('&') && !before.endsWith('&&')) before = before.slice(0, -1).trimEnd();
      else if (CAST_BEFORE.test(before)) before = before.replace(CAST_BEFORE, '').trimEnd();
      const behind = /^\s*\)/.exec(body.slice(to));
      if (!before.endsWith('(') || !behind) return { from, to };
      const called = /(\w+)\s*$/.exec(before.slice(0, -1))?.[1];
      if (called !== undefined && !READER.test(called) && called !== 'return') return { from, to };
      if (called !== undefined && /^(?:if|while|for|switch)$/.test(called)) return { from, to };
      from = before.length - 1 - (called === undefined || called === 'return' ? 0 : called.length);
      to += behind[0].length;
    }
  }

  private *takenFrom(operand: Operand, from: number, to: number): Iterable<PartTaken> {
    const { body } = this;
    let mask: string | undefined;
    let shift: string | undefined;
    for (let grown = true; grown; ) {
      grown = false;
      const operator = /^\s*(&(?![&=])|>>(?!=))\s*/.exec(body.slice(to));
      if (!operator || (operator[1] === '&' ? mask !== undefined : shift !== undefined)) break;
      const start = to + operator[0].length;
      const end = operandEnd(body, start);
      if (end <= start) break;
      const value = body.slice(start, end).trim();
      if (operator[1] === '&') mask = shift === undefined ? value : `(${value}) << (${shift})`;
      else shift = value;
      ({ from, to } = this.around(from, end));
      grown = true;
    }
    if (mask === undefined && shift === undefined) {
      const left = /([A-Z_][A-Z0-9_]*)\s*&\s*$/.exec(body.slice(0, from));
      if (!left) {
        yield* this.givenToMacro(operand, from, to);
        return;
      }
      mask = left[1];
      from = left.index;
      const shifted = /^\s*\)\s*>>/.exec(body.slice(to));
      if (shifted) ({ from, to } = this.around(from, to));
    }
    yield this.taken(operand, mask, mask === undefined ? shift : undefined, this.useOf(operand, from, to));
  }

  /** `KIND_OF(box->word)`, a macro of the same text that masks what it is given. */
  private *givenToMacro(operand: Operand, from: number, to: number): Iterable<PartTaken> {
    const { body, macros } = this;
    const name = /(\w+)\(\s*$/.exec(body.slice(0, from))?.[1];
    const macro = name === undefined ? undefined : macros.get(name);
    if (!macro || !/^\s*\)/.test(body.slice(to))) return;
    const parameter = macro.parameters.trim();
    const inner = new RegionScan(macro, new Map());
    for (const { index } of macro.body.matchAll(new RegExp(String.raw`(?<!->|\.|\w)${parameter}\b`, 'g'))) {
      const place = inner.around(index, index + parameter.length);
      for (const { mask, shift } of inner.takenFrom(operand, place.from, place.to))
        yield this.taken(operand, mask, shift, this.useOf(operand, from - name!.length - 1, to + 1));
    }
  }

  /** What becomes of a part. */
  private useOf({ member }: Operand, from: number, to: number): PartUse {
    const { body, region } = this;
    const before = body.slice(0, from);
    const behind = body.slice(to);
    const statement = before.slice(Math.max(before.lastIndexOf(';'), before.lastIndexOf('{')) + 1);
    if (new RegExp(String.raw`(?:->|\.)${member}\s*=[^=]`).test(statement)) return 'kept';
    // A pointer that carries flags is no number.
    if (region.returns.includes('*') || /\*\s*\)[\s(]*(?:\(\w+(?:\s\w+)*\)\s*)?$/.test(before)) return 'asked';
    if (/^[\s)]*(?:[!=]=|[<>]=?(?![<>]))/.test(behind) || /(?:[!=]=|[<>]=?)[\s(]*$/.test(before)) {
      return /^[\s)]*[!=]=\s*0\b/.test(behind) ? 'asked' : 'compared';
    }
    if (/!\s*\(*$/.test(before) || /^[\s)]*(?:\?|&&|\|\|)/.test(behind) || /(?:&&|\|\|)[\s(]*$/.test(before))
      return 'asked';
    if (/\bbool\b/.test(region.returns) || /\b(?:if|while)\s*\([\s(]*$/.test(before)) return 'asked';
    if (region.isMacro)
      return /^[\s(]*(?:\([\w\s*]+\)[\s(]*)?$/.test(before) && /^[\s)]*$/.test(behind) ? 'given' : 'asked';
    if (/\breturn\b[^;]*$/.test(statement)) return 'given';
    // Two numbers that are told apart before they meet: `n = (n & LOW_MASK) - (n >> HIGH_SHIFT)`.
    return /^[\s)]*-/.test(behind) || /-[\s(]*$/.test(before) ? 'compared' : 'asked';
  }

  /** `box->word |= FLAG`, `box->word &= ~FLAG` */
  private *set(operand: Operand): Iterable<PartTaken> {
    const { body } = this;
    const match = /^\s*([|&])=\s*([^;]*);/.exec(body.slice(operand.to));
    if (match) yield this.taken(operand, match[1] === '&' ? `~(${match[2]})` : match[2], undefined, 'asked');
  }

  /** `x->len <= MOST ? x->len : x->len - MOST`: a bit above the number is taken off where it is set. */
  private *above(operand: Operand): Iterable<PartTaken> {
    const { body } = this;
    const most = /^\s*-\s*([A-Za-z_]\w*)[\s)]*;/.exec(body.slice(operand.to))?.[1];
    if (most === undefined || !/\breturn\b[^;]*$/.test(body.slice(0, operand.from))) return;
    const asked = new RegExp(String.raw`\b${operand.member}[\s)]*[<>]=?\s*${most}\b`);
    if (asked.test(body)) yield this.taken(operand, `(${most}) - 1`, undefined, 'given');
  }

  /** `FIELD_GET(MASK, box->word)` */
  private *fromCalls(): Iterable<PartTaken> {
    const { body } = this;
    for (const match of body.matchAll(new RegExp(CALLS, 'g'))) {
      const open = match.index + match[0].length - 1;
      const close = closing(body, open);
      const given = argumentsIn(body.slice(open + 1, close));
      if (given.length !== 2) continue;
      const isFirst = words.takesFrom.includes(match[1]);
      const [value, mask] = isFirst ? given : [given[1], given[0]];
      const member = /(?:->|\.)\s*(\w+)\s*\)*$/.exec(value);
      if (!member) continue;
      const base = /(\w+)\s*\)?\s*(?:->|\.)\s*\w+\s*\)*$/.exec(value)?.[1];
      const operand = { from: match.index, to: close + 1, base, member: member[1] };
      yield this.taken(operand, mask, undefined, this.useOf(operand, match.index, close + 1));
    }
  }

  /** A function that is given the value itself, by a parameter that has the member's name. */
  private *fromParameters(): Iterable<PartTaken> {
    const { body, region } = this;
    const parameter = /^[^,*]*\b(\w*_\w+)$/.exec(region.parameters.trim())?.[1];
    if (parameter === undefined || region.returns.includes('bool')) return;
    const operand = { from: 0, to: 0, base: undefined, member: parameter };
    for (const { index } of body.matchAll(new RegExp(String.raw`(?<!->|\.|\w)${parameter}\b`, 'g'))) {
      const { from, to } = this.around(index, index + parameter.length);
      yield* this.takenFrom(operand, from, to);
    }
  }

  private taken(operand: Operand, mask: string | undefined, shift: string | undefined, use: PartUse): PartTaken {
    const { name, isMacro, start } = this.region;
    return { name, isMacro, start, tag: this.tagOf(operand.base), member: operand.member, mask, shift, use };
  }

  /** The record that a parameter or local points to. */
  private tagOf(base: string | undefined): string | undefined {
    if (base === undefined) return undefined;
    const declared = new RegExp(String.raw`\b(?:struct|union)\s+(\w+)\s*\*?\s*(?:const\s+|__\w+\s+)?\b${base}\b`);
    return (declared.exec(this.region.parameters) ?? declared.exec(this.body))?.[1];
  }
}

/** Where what stands before `->` begins. */
function chainStart(body: string, arrow: number): number {
  let at = arrow;
  for (;;) {
    while (/\s/.test(body[at - 1] ?? '')) at--;
    if (body[at - 1] === ')' || body[at - 1] === ']') {
      at = opening(body, at - 1);
      if (at < 0) return -1;
      const name = /\w+\s*$/.exec(body.slice(0, at))?.[0];
      if (name !== undefined && !/^return\b/.test(name)) at -= name.length;
      else return at;
    } else {
      const name = /[A-Za-z_]\w*$/.exec(body.slice(0, at))?.[0];
      if (name === undefined) return -1;
      at -= name.length;
    }
    const step = /(?:->|\.)\s*$/.exec(body.slice(0, at))?.[0];
    if (step === undefined) return at;
    at -= step.length;
  }
}

function opening(body: string, close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (body[at] === ')' || body[at] === ']') depth++;
    else if ((body[at] === '(' || body[at] === '[') && --depth === 0) return at;
  }
  return -1;
}

function closing(body: string, open: number): number {
  let depth = 0;
  for (let at = open; at < body.length; at++) {
    if (body[at] === '(' || body[at] === '[') depth++;
    else if ((body[at] === ')' || body[at] === ']') && --depth === 0) return at;
  }
  return body.length;
}

const CAST = new RegExp(String.raw`^\((?:\s*${words.cast})+\s*\)\s*(?=[\w(~])`);

/** Where one operand ends: a name, a call, a number, or what stands in parentheses. */
function operandEnd(body: string, start: number): number {
  let at = start;
  while (/[~\s]/.test(body[at] ?? '')) at++;
  // A cast.
  const cast = CAST.exec(body.slice(at));
  if (cast) return operandEnd(body, at + cast[0].length);
  const name = /^\w+/.exec(body.slice(at))?.[0];
  if (name !== undefined) at += name.length;
  if (body[at] === '(') at = closing(body, at) + 1;
  return at;
}

function argumentsIn(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    else if (text[at] === ',' && depth === 0) {
      found.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...found, text.slice(from).trim()];
}
