/** Which bits of which word a function or macro of a header masks, sets or takes off, with types. */
import type { UnitGlobals } from '../parser/globals';
import { type PToken, writtenAt } from '../preprocessor/ptoken';
import type { Place } from '../text/text';
import { Punct } from '../text/tokens';
import type { BinaryExpression, Declaration, Expression } from '../types/ast';
import { type CType, type RecordDeclaration, strip } from '../types/model';
import { baseRecord, findMember, typeOf } from '../types/typer';
import { partsOf, walkExpression, walkStatement } from '../types/walk';
import { constant, core, declarationsIn, lowBits } from './accessor-masks';
import type { WordKind } from './derived';
import { GivenPointers, MOST_STEPS } from './given-pointers';

/** A word as code names it: a member by its path from the record, or a pointer to a struct without a definition. */
export interface NamedWord {
  /** Undefined where a macro's parameter is the base, whose type only its callers know. */
  readonly record: RecordDeclaration | undefined;
  readonly path: string;
  readonly pointer?: string;
  readonly kind: WordKind | undefined;
}

export interface TagEvidence {
  readonly word: NamedWord;
  readonly bits: readonly number[];
  /** It takes the tags off, or puts them in: whoever only tests bits may test alignment. */
  readonly composes: boolean;
  /** A pointer is made of the word, or put into it. */
  readonly holdsPointer: boolean;
  readonly role: 'read' | 'write' | 'test';
  /** It asks whether anything but the tags is there. */
  readonly asksEmpty?: boolean;
  /** Of a store: which parameter the pointer is that it puts in, from 0. */
  readonly given?: number;
  /** It stores, and keeps the tags that are there. */
  readonly preserves?: boolean;
  /** The bits are more than a pointer to anything leaves free: taken off as a whole, or one of these asked for. */
  readonly isWide?: boolean;
  /** The mask, as written. */
  readonly place: Place;
}

/** The word that a member expression names; undefined where its type is no word that can hold a pointer. */
function namedWord(globals: UnitGlobals, expression: Expression): NamedWord | undefined {
  if (expression.kind === 'index') return namedWord(globals, expression.base);
  if (expression.kind !== 'member') return undefined;
  const steps = [expression.name];
  let at = expression;
  while (!at.arrow && at.base.kind === 'member') {
    at = at.base;
    steps.unshift(at.name);
  }
  const base = baseRecord(at, globals);
  const record = 'reason' in base ? undefined : base;
  const kind = wordKind(typeOf(expression, globals));
  if (record && kind === undefined) return undefined;
  return { record, path: steps.join('.'), kind };
}

const WORDS = new Set(['long', 'unsigned long', 'long long', 'unsigned long long']);

/** What a type can hold, a pointer's wrapping (an atomic word in a struct, an array of words) left off. */
function wordKind(type: CType, depth = 0): WordKind | undefined {
  const bare = strip(type);
  if (bare.kind === 'array') return wordKind(bare.of, depth);
  if (bare.kind === 'integer') return WORDS.has(bare.name) ? 'integer' : undefined;
  if (bare.kind === 'pointer') return strip(bare.to).kind === 'void' ? 'void' : 'pointer';
  if (bare.kind !== 'record' || depth > 1) return undefined;
  // atomic_long_t and its like are a word in a record.
  const [only, ...more] = bare.record.members ?? [];
  return only && more.length === 0 ? wordKind(only.type, depth + 1) : undefined;
}

/** What a definition does with the tags of words. */
export function evidenceIn(
  globals: UnitGlobals,
  { body, parameters, type }: Declaration,
  tokens: readonly PToken[],
): TagEvidence[] {
  if (!body) return [];
  const expressions: Expression[] = [];
  walkStatement(body, (part) => expressions.push(part));
  const finder = new EvidenceFinder(globals, tokens);
  for (const [index, parameter] of (parameters ?? []).entries()) finder.learnParameter(parameter, index);
  for (const { name, initializer } of declarationsIn(body))
    if (initializer && initializer.kind !== 'list') finder.learn(name, initializer);
  const bare = strip(type);
  const returns = bare.kind === 'function' ? strip(bare.returns).kind : 'void';
  return finder.find(expressions, returns === 'pointer');
}

/** As `evidenceIn`, of a macro that is one expression. */
export function evidenceInMacro(
  globals: UnitGlobals,
  expression: Expression,
  tokens: readonly PToken[],
): TagEvidence[] {
  const expressions: Expression[] = [];
  walkExpression(expression, (part) => expressions.push(part));
  return new EvidenceFinder(globals, tokens).find(expressions, strip(typeOf(expression, globals)).kind === 'pointer');
}

/** More bits than this are no tags but an offset in a page or the like. */
const WIDEST_TAGS = 255n;

const MASKING = new Set<number>([Punct.Ampersand, Punct.Pipe, Punct.Caret, Punct.Percent]);

/** The bits of a flag among the lowest eight, or all the lowest bits that a mask takes off. */
function flagBits(mask: bigint): readonly number[] {
  const wide = BigInt.asUintN(64, mask);
  const off = BigInt.asUintN(64, ~mask);
  const isLowest = (off & (off + 1n)) === 0n && off > 0n && off <= WIDEST_TAGS;
  const isFlag = wide > 0n && wide <= WIDEST_TAGS && (wide & (wide - 1n)) === 0n;
  const chosen = isLowest ? off : isFlag ? wide : 0n;
  return [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (chosen >> BigInt(bit)) & 1n);
}

interface Stored {
  readonly word: NamedWord;
  readonly value: Expression;
}

class EvidenceFinder {
  private readonly aliases = new Map<string, NamedWord>();
  /** Locals that hold the address of a word. */
  private readonly addresses = new Set<string>();
  /** The bits that locals hold of a word. */
  private readonly parts = new Map<string, readonly number[]>();
  /** The local that was given a value. */
  private readonly given = new Map<Expression, string>();
  /** What each local was given first. */
  private readonly values = new Map<string, Expression>();

  private readonly pointers = new GivenPointers();

  constructor(
    private readonly globals: UnitGlobals,
    private readonly tokens: readonly PToken[],
  ) {}

  learnParameter({ name, type }: Declaration, index: number): void {
    const bare = strip(type);
    if (bare.kind === 'pointer') this.pointers.learn(name, index);
    const to = bare.kind === 'pointer' ? strip(bare.to) : undefined;
    // A struct without a member is there for its name alone, as one that nobody defines.
    if (to?.kind !== 'record' || to.record.tag === undefined || (to.record.members?.length ?? 0) > 0) return;
    this.aliases.set(name, { record: undefined, path: '', pointer: to.record.tag, kind: 'pointer' });
  }

  learn(name: string, value: Expression): void {
    const word = this.wordIn(value);
    if (word) this.aliases.set(name, word);
    const address = core(value);
    if (address.kind === 'unary' && address.operator === Punct.Ampersand) this.addresses.add(name);
    this.given.set(address, name);
    if (!this.values.has(name)) this.values.set(name, value);
    const bits = this.keptBits(value);
    if (word && bits.length > 0) this.parts.set(name, bits);
  }

  /** The tag bits that a value takes out of a word, and nothing else of it: `word & MASK`. */
  private keptBits(value: Expression): readonly number[] {
    const mask = core(value);
    if (mask.kind === 'name') return this.parts.get(mask.name) ?? [];
    if (mask.kind !== 'binary' || mask.operator !== Punct.Ampersand) return [];
    const number = constant(mask.right, this.globals);
    return number !== undefined && number > 0n ? lowBits(number) : [];
  }

  find(expressions: readonly Expression[], returnsPointer: boolean): TagEvidence[] {
    const stores: Stored[] = [];
    for (const part of expressions) {
      if (part.kind !== 'assign') continue;
      const word = this.wordIn(part.left);
      if (part.left.kind === 'name' && part.operator === Punct.Equal) this.learn(part.left.name, part.right);
      else if (word) stores.push({ word, value: part.right });
    }
    const found: TagEvidence[] = [];
    for (const one of expressions) {
      const part = this.maskIn(one);
      if (!part) continue;
      for (const [value, mask] of [
        [part.left, part.right],
        [part.right, part.left],
      ]) {
        const word = this.wordIn(value);
        const number = constant(mask, this.globals);
        if (!word || number === undefined) continue;
        const low = lowBits(number);
        const narrow = low.length > 0 ? low : this.bitsBelowAlignment(part, number, expressions);
        const isWide = narrow.length === 0;
        const bits = isWide && part.operator === Punct.Ampersand ? flagBits(number) : narrow;
        if (bits.length === 0) continue;
        const isOff =
          part.operator === Punct.Ampersand && number !== BigInt(bits.reduce((sum, bit) => sum + 2 ** bit, 0));
        const composes = isOff || part.operator !== Punct.Ampersand;
        const role = isOff && returnsPointer ? 'read' : composes && part.operator === Punct.Pipe ? 'write' : 'test';
        // The bits are asked for, and the word is followed where they are clear.
        const isWhole = !composes && this.isFollowedWhole(word, expressions);
        const holdsPointer = isWhole || word.kind !== 'integer' || this.isFollowed(part, expressions);
        const asksEmpty = isOff && this.isAskedForZero(part, expressions);
        const place = this.placeOf(mask);
        found.push({ word, bits, composes: composes || isWhole, holdsPointer, role, asksEmpty, isWide, place });
      }
    }
    for (const { word, value: given } of stores) {
      const value = this.madeOf(given);
      const bits = this.tagsIn(value);
      const holdsPointer = word.kind !== 'integer' || this.holdsAddress(value);
      const composes = bits.length > 0 || (value.kind === 'binary' && value.operator === Punct.Pipe);
      const preserves = composes && this.keepsTags(value, word);
      const stored = { word, bits, composes, holdsPointer, preserves, place: this.placeOf(value) };
      found.push({ ...stored, role: 'write', given: composes ? this.pointers.in(value, this.values) : undefined });
    }
    return found;
  }

  /** A value, or what a local was given that hands it on, as rcu_assign_pointer() and its like have it. */
  private madeOf(given: Expression): Expression {
    let value = core(given);
    for (let step = 0; value.kind === 'name' && step < MOST_STEPS; step++) {
      const before = this.values.get(value.name);
      if (!before) break;
      value = core(before);
    }
    return value.kind === 'binary' ? value : given;
  }

  /** A mask that is put on something: `word & MASK`, or `local &= ~MASK`, which the local then holds. */
  private maskIn(part: Expression): BinaryExpression | undefined {
    if (part.kind === 'binary') return MASKING.has(part.operator) ? part : undefined;
    if (part.kind !== 'assign' || part.operator !== Punct.AmpersandEqual || part.left.kind !== 'name') return undefined;
    const mask: BinaryExpression = { ...part, kind: 'binary', operator: Punct.Ampersand };
    this.given.set(mask, part.left.name);
    return mask;
  }

  /** Whether the tags that a word holds are put into the value that it is given. */
  private keepsTags(value: Expression, word: NamedWord): boolean {
    let keeps = false;
    walkExpression(value, (part) => {
      if (part.kind !== 'binary' || part.operator !== Punct.Pipe) return;
      for (const side of [part.left, part.right]) {
        const own = this.keptBits(side).length > 0 ? this.wordIn(side) : undefined;
        keeps ||= own !== undefined && own.record === word.record && own.path === word.path;
      }
    });
    return keeps;
  }

  /** Whether a word becomes a pointer as it is. */
  private isFollowedWhole(word: NamedWord, expressions: readonly Expression[]): boolean {
    if (word.kind !== 'integer') return false;
    return expressions.some((part) => {
      if (part.kind !== 'cast' || strip(part.type).kind !== 'pointer') return false;
      const operand = core(part.operand);
      const named = operand.kind === 'name' || operand.kind === 'member' ? this.wordIn(operand) : undefined;
      return named !== undefined && named.record === word.record && named.path === word.path;
    });
  }

  private isAskedForZero(masked: Expression, expressions: readonly Expression[]): boolean {
    return expressions.some((part) => {
      if (part.kind === 'unary') return part.operator === Punct.Exclamation && core(part.operand) === masked;
      if (part.kind !== 'binary') return false;
      if (part.operator !== Punct.EqualEqual && part.operator !== Punct.ExclamationEqual) return false;
      const [left, right] = [core(part.left), core(part.right)];
      return (
        (left === masked && constant(right, this.globals) === 0n) ||
        (right === masked && constant(left, this.globals) === 0n)
      );
    });
  }

  /** Whether a masked word becomes a pointer, by itself or as a local that was given it: `offset = word & ~MASK`. */
  private isFollowed(masked: Expression, expressions: readonly Expression[]): boolean {
    const local = this.given.get(masked);
    return expressions.some((part) => {
      if (part.kind !== 'cast' || strip(part.type).kind !== 'pointer') return false;
      let isIn = false;
      walkExpression(part.operand, (inner) => {
        isIn ||= inner === masked || (inner.kind === 'name' && inner.name === local);
      });
      return isIn;
    });
  }

  /** The bits that `& ~MASK` takes off where the rest becomes a pointer to what is aligned to more than all of them. */
  private bitsBelowAlignment(
    { operator }: BinaryExpression,
    mask: bigint,
    expressions: readonly Expression[],
  ): readonly number[] {
    const off = BigInt.asUintN(64, ~mask);
    if (operator !== Punct.Ampersand || off < 8n || off > WIDEST_TAGS) return [];
    const isAligned = expressions.some((part) => {
      const to = part.kind === 'cast' ? strip(part.type) : undefined;
      const bytes = to?.kind === 'pointer' && strip(to.to).kind === 'record' && this.globals.oracle.alignOf(to.to);
      return typeof bytes === 'number' && BigInt(bytes) > off;
    });
    return isAligned ? [0, 1, 2, 3, 4, 5, 6, 7].filter((bit) => (off >> BigInt(bit)) & 1n) : [];
  }

  /** Whether an integer is made of a pointer somewhere in a value. */
  private holdsAddress(value: Expression): boolean {
    let holds = false;
    walkExpression(value, (part) => {
      if (part.kind !== 'cast' || strip(part.type).kind !== 'integer') return;
      const from = strip(typeOf(part.operand, this.globals)).kind;
      holds ||= from === 'pointer' || from === 'array';
    });
    return holds;
  }

  /** The low constants that are put into a value with `|`. */
  private tagsIn(value: Expression): number[] {
    const bits = new Set<number>();
    walkExpression(value, (part) => {
      if (part.kind !== 'binary' || part.operator !== Punct.Pipe) return;
      for (const side of [part.left, part.right])
        for (const one of core(side).kind === 'conditional' ? partsOf(core(side)).slice(1) : [side]) {
          const number = constant(one, this.globals);
          if (number !== undefined) for (const bit of lowBits(number)) bits.add(bit);
          else for (const bit of this.keptBits(one)) bits.add(bit);
        }
    });
    return [...bits].sort((a, b) => a - b);
  }

  /** The word that a value is, or that is masked or handed on in it. */
  private wordIn(expression: Expression, depth = 0): NamedWord | undefined {
    if (depth > 20) return undefined;
    const inner = (part: Expression): NamedWord | undefined => this.wordIn(part, depth + 1);
    switch (expression.kind) {
      case 'name':
        return this.aliases.get(expression.name);
      case 'member':
        return namedWord(this.globals, expression);
      case 'index':
        return namedWord(this.globals, expression);
      case 'cast':
        return inner(expression.operand);
      case 'unary':
        return this.leadsElsewhere(expression) ? undefined : inner(expression.operand);
      case 'binary':
        if (!MASKING.has(expression.operator)) return undefined;
        return inner(expression.left) ?? inner(expression.right);
      case 'conditional':
        return (expression.yes && inner(expression.yes)) ?? inner(expression.no);
      case 'statement': {
        // READ_ONCE() and its like are made of the one word that they hand on.
        const words: NamedWord[] = [];
        walkStatement(expression.body, (part) => {
          const word = part.kind === 'member' || part.kind === 'name' ? inner(part) : undefined;
          if (word) words.push(word);
        });
        return words[0];
      }
      case 'call': {
        // atomic_long_read() and its like take the address.
        const [first] = expression.arguments;
        const bare = first && core(first);
        if (bare?.kind !== 'unary' || bare.operator !== Punct.Ampersand) return undefined;
        return wordKind(typeOf(expression, this.globals)) ? inner(bare.operand) : undefined;
      }
      default:
        return undefined;
    }
  }

  /** Whether `*` follows a word, so that what it gives is no longer the word; `*&word` is the word, as READ_ONCE() has it. */
  private leadsElsewhere({ operator, operand }: Expression & { kind: 'unary' }): boolean {
    if (operator !== Punct.Star) return false;
    const to = core(operand);
    if (to.kind === 'unary') return to.operator !== Punct.Ampersand;
    return to.kind !== 'name' || !this.addresses.has(to.name);
  }

  private placeOf({ first, end }: Expression): Place {
    const start = writtenAt(this.tokens[first]);
    const last = writtenAt(this.tokens[Math.max(first, end - 1)]);
    return { path: start.file.path, start: start.start, end: last.file === start.file ? last.end : start.end };
  }
}

/** Whether a record has a member of this path, as a word that a pointer fits in. */
export function hasWord(record: RecordDeclaration, path: string): WordKind | undefined {
  let at: RecordDeclaration | undefined = record;
  let kind: WordKind | undefined;
  for (const step of path.split('.')) {
    const member: ReturnType<typeof findMember> = at && findMember(at, step);
    if (!member) return undefined;
    kind = wordKind(member.type);
    const bare = strip(member.type);
    at = bare.kind === 'record' ? bare.record : undefined;
  }
  return kind;
}
