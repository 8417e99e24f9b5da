/**
 * Tells by tokens alone which functions and macros of a file may mask tag bits of a word that holds a pointer. What it names
 * is parsed with types before anything is said of it; what it leaves out is not looked at, as a kernel has too much of it.
 */
import typeWords from '../packs/predefined/integer-words.json';
import type { ItemTable } from '../preprocessor/items';
import { cutItems } from '../preprocessor/items';
import { type SourceFile, StepKind } from '../preprocessor/source';
import { nameText } from '../text/names';
import { Punct, TokenKind, tokenText } from '../text/tokens';
import { TokenScan } from './token-scan';

/** A function or macro that masks low bits of something. */
export interface MaskingAccessor {
  readonly name: string;
  readonly isMacro: boolean;
  /** Names of the members that are masked, or stored after a tag was put in. */
  readonly members: readonly string[];
  /** Tags of the structs to which a parameter points that is masked itself, or typedefs of such pointers. */
  readonly pointees: readonly string[];
  /** Offset of its name. */
  readonly start: number;
}

const TYPE_WORDS: ReadonlySet<string> = new Set([...typeWords.words, ...typeWords.others]);
const MASKING = new Set<number>([Punct.Ampersand, Punct.Pipe, Punct.Caret, Punct.Percent]);
/** What ends an operand to the left of a mask. */
const BOUNDS = new Set<number>([
  ...[Punct.Semicolon, Punct.LeftBrace, Punct.RightBrace, Punct.Comma, Punct.Question, Punct.Colon, Punct.AndAnd],
  ...[Punct.OrOr, Punct.Exclamation, Punct.Equal, Punct.EqualEqual, Punct.ExclamationEqual],
]);

interface Region {
  readonly name: string;
  readonly isMacro: boolean;
  readonly start: number;
  readonly parameters: ReadonlySet<string>;
  /** Where parameters begin, so that their types are in it, and the code. */
  readonly head: number;
  readonly first: number;
  readonly end: number;
}

export function maskingIn(file: SourceFile): readonly MaskingAccessor[] {
  return new MaskScan(file, cutItems(file, activeOf(file))).run();
}

/** All tokens of a file but those of its directives. */
function activeOf({ tokens, steps }: SourceFile): number[] {
  const ranges: number[] = [];
  let from = 0;
  for (const { directive } of steps) {
    if (directive.firstToken > from) ranges.push(from, directive.firstToken);
    from = directive.endToken;
  }
  if (tokens.count > from) ranges.push(from, tokens.count);
  return ranges;
}

/** What is masked in a region: names of members, and of parameters. */
interface Masked {
  readonly members: Set<string>;
  readonly parameters: Set<string>;
}

class MaskScan extends TokenScan {
  private readonly macros = new Map<string, Region>();
  private readonly known = new Map<Region, Masked>();

  constructor(
    file: SourceFile,
    private readonly table: ItemTable,
  ) {
    super(file);
  }

  run(): MaskingAccessor[] {
    const regions = [...this.macroRegions(), ...this.functionRegions()];
    const words = new Set(regions.flatMap((region) => [...this.masked(region).members]));
    if (words.size > 0) for (const region of regions) if (!region.isMacro) this.lookForFlags(region, words);
    return regions.flatMap((region) => {
      if (!/^\w+$/.test(region.name)) return [];
      const { members, parameters } = this.masked(region);
      const pointees = region.isMacro ? [] : [...parameters].flatMap((name) => this.pointeeOf(region, name) ?? []);
      if (members.size === 0 && pointees.length === 0) return [];
      const { name, isMacro, start } = region;
      return [{ name, isMacro, start, members: [...members], pointees }];
    });
  }

  private *macroRegions(): Iterable<Region> {
    const { tokens, steps } = this.file;
    for (const { kind, definition } of steps) {
      if (kind !== StepKind.Define || !definition || definition.bodyFirst >= definition.bodyEnd) continue;
      const { id, start, parameters, bodyFirst, bodyEnd } = definition;
      const region: Region = {
        ...{ name: nameText(id), isMacro: true, start, head: bodyFirst, first: bodyFirst, end: bodyEnd },
        parameters: new Set((parameters ?? []).map(nameText)),
      };
      this.macros.set(region.name, region);
      // Without parameters it is a constant, most often.
      if (parameters && tokens.count >= bodyEnd) yield region;
    }
  }

  private *functionRegions(): Iterable<Region> {
    const { tokens } = this.file;
    for (const { first, body, end, isFunction, isCall } of this.table.items) {
      if (!isFunction || isCall) continue;
      const open = this.opening(this.beforeBody(first, body));
      const at = open - 1;
      if (at < first || tokens.kinds[at] !== TokenKind.Identifier) continue;
      const parameters = new Set<string>();
      for (let next = open; next < body; next++)
        if (tokens.kinds[next] === TokenKind.Identifier) parameters.add(tokenText(tokens, next));
      const name = tokenText(tokens, at);
      yield { name, isMacro: false, start: tokens.starts[at], parameters, head: at, first: body, end };
    }
  }

  /** The parenthesis that closes the parameters: annotations may stand between it and the body. */
  private beforeBody(first: number, body: number): number {
    let at = body - 1;
    while (at > first && !this.isPunct(at, Punct.RightParen)) at--;
    // `void f(int x) __acquires(x) {`: the first parentheses are the parameters.
    for (let open = this.opening(at); open > first; open = this.opening(at)) {
      if (!this.isPunct(open - 2, Punct.RightParen)) break;
      at = open - 2;
    }
    return at;
  }

  private masked(region: Region): Masked {
    let found = this.known.get(region);
    if (!found) {
      this.known.set(region, (found = { members: new Set(), parameters: new Set() }));
      for (let at = region.first + 1; at < region.end - 1; at++) this.look(region, at, found);
    }
    return found;
  }

  private look(region: Region, at: number, found: Masked): void {
    const { kinds, ids } = this.file.tokens;
    if (kinds[at] === TokenKind.Identifier) {
      // A macro of the same file masks what it is given.
      const macro = this.isPunct(at + 1, Punct.LeftParen) ? this.macros.get(nameText(ids[at])) : undefined;
      if (macro && macro !== region && this.masked(macro).parameters.size > 0)
        this.takeNames(region, at + 2, this.closing(at + 1, region.end), found);
      return;
    }
    // `word &= ~MASK;` of a local, or by a name that stands for the complement.
    const isOff = this.isPunct(at + 1, Punct.Tilde) || kinds[at + 1] === TokenKind.Identifier;
    if (this.isPunct(at, Punct.AmpersandEqual) && isOff && this.isLowConstant(at + 1)) {
      if (!this.isPunct(at - 2, Punct.Arrow) && !this.isPunct(at - 2, Punct.Dot))
        this.takeLocals(region, at - 1, at, found);
      return;
    }
    if (kinds[at] !== TokenKind.Punctuator || !MASKING.has(ids[at]) || !this.isBinary(at)) return;
    if (this.isConstantAlone(region.first, at)) {
      const end = this.operandEnd(at + 1, region.end);
      if (this.isLowConstant(this.operandStart(region.first, at)) && this.hasIntegerCast(at + 1, end))
        this.takeNames(region, at + 1, end, found);
      return;
    }
    const from = this.operandStart(region.first, at);
    const isComposed = this.hasIntegerCast(from, at);
    const isFollowed = this.isPunct(from - 1, Punct.LeftParen) && this.isPointerCastAt(from - 2);
    const isTag = this.isLowConstant(at + 1);
    if (isTag && (isComposed || isFollowed)) this.takeNames(region, from, at, found);
    else if (isTag) {
      this.takeLocals(region, from, at, found);
      if (this.isGivenToFollowed(region, from)) this.takeNames(region, from, at, found);
    }
    // `word = (unsigned long)pointer | flags`: the word is stored to.
    const isKept = this.keepsTags(from, at) && this.hasIntegerCast(at + 1, this.operandEnd(at + 1, region.end));
    if (ids[at] === Punct.Pipe && (isKept || (isComposed && (isTag || !this.isConstant(at + 1)))))
      this.takeStored(region, from, found);
  }

  /** Takes in members of which another function takes tags off, where a flag is asked for without a cast: `box->word & FLAG`. */
  private lookForFlags(region: Region, words: ReadonlySet<string>): void {
    const { kinds, ids } = this.file.tokens;
    for (let at = region.first + 3; at < region.end - 1; at++) {
      if (!this.isPunct(at, Punct.Ampersand) || kinds[at - 1] !== TokenKind.Identifier || !this.isLowConstant(at + 1))
        continue;
      const name = nameText(ids[at - 1]);
      const isMember = this.isPunct(at - 2, Punct.Arrow) || this.isPunct(at - 2, Punct.Dot);
      if (isMember && words.has(name)) this.masked(region).members.add(name);
    }
  }

  /** Whether tags are all that an operand takes out of a word: `(word & MASK) | (unsigned long)pointer`. */
  private keepsTags(from: number, to: number): boolean {
    for (let at = from + 1; at < to; at++)
      if (this.isPunct(at, Punct.Ampersand) && this.isBinary(at) && this.isLowConstant(at + 1)) return true;
    return false;
  }

  /** Locals that hold an integer made of a word: the word is masked where they are. */
  private takeLocals(region: Region, from: number, to: number, found: Masked): void {
    if (to - from !== 1 || this.file.tokens.kinds[from] !== TokenKind.Identifier) return;
    const value = this.firstGiven(region, from, to);
    if (value && (this.hasIntegerCast(value[0], value[1]) || this.isFollowed(region, from)))
      this.takeNames(region, value[0], value[1], found);
  }

  /** Whether a masked value is given to a local of which a pointer is made: `offset = word & ~MASK`, `(struct x *)(base + offset)`. */
  private isGivenToFollowed({ end }: Region, from: number): boolean {
    const { kinds, ids } = this.file.tokens;
    const local = from - 2;
    if (!this.isPunct(from - 1, Punct.Equal) || kinds[local] !== TokenKind.Identifier) return false;
    if (this.isPunct(local - 1, Punct.Arrow) || this.isPunct(local - 1, Punct.Dot)) return false;
    for (let at = from, isPointer = false; at < end; at++) {
      if (this.isPointerCastAt(at)) isPointer = true;
      else if (this.isPunct(at, Punct.Semicolon)) isPointer = false;
      else if (isPointer && kinds[at] === TokenKind.Identifier && ids[at] === ids[local]) return true;
    }
    return false;
  }

  /** Whether a local becomes a pointer as it is: `(struct x *)local`. */
  private isFollowed({ first, end }: Region, name: number): boolean {
    const { kinds, ids } = this.file.tokens;
    for (let at = first; at < end; at++)
      if (kinds[at] === TokenKind.Identifier && ids[at] === ids[name])
        if (this.isPunct(at - 1, Punct.RightParen) && this.isPunct(at - 2, Punct.Star)) return true;
    return false;
  }

  private takeNames(region: Region, from: number, to: number, found: Masked, depth = 0): void {
    const { kinds, ids } = this.file.tokens;
    for (let at = from; at < to; at++) {
      if (kinds[at] !== TokenKind.Identifier) continue;
      const name = nameText(ids[at]);
      const isMember = this.isPunct(at - 1, Punct.Arrow) || this.isPunct(at - 1, Punct.Dot);
      if (this.isPunct(at + 1, Punct.Arrow) || this.isPunct(at + 1, Punct.Dot)) continue;
      if (isMember) found.members.add(name);
      else if (this.isPunct(at + 1, Punct.LeftParen)) {
        const macro = this.macros.get(name);
        if (macro && depth < 2) this.takeNames(macro, macro.first, macro.end, found, depth + 1);
      } else if (region.parameters.has(name)) {
        if (!TYPE_WORDS.has(name)) found.parameters.add(name);
      } else if (depth < 2) {
        const value = this.firstGiven(region, at, at + 1);
        if (value && (value[0] > at || value[1] < at)) this.takeNames(region, value[0], value[1], found, depth + 1);
      }
    }
  }

  /** The tokens of what a local is first given. */
  private firstGiven(region: Region, at: number, _to: number): readonly [number, number] | undefined {
    const { kinds, ids } = this.file.tokens;
    for (let other = region.first; other < region.end; other++) {
      if (kinds[other] !== TokenKind.Identifier || ids[other] !== ids[at]) continue;
      if (!this.isPunct(other + 1, Punct.Equal) || this.isPunct(other - 1, Punct.Arrow)) continue;
      let end = other + 2;
      while (end < region.end && !this.isPunct(end, Punct.Semicolon)) end++;
      return [other + 2, end];
    }
    return undefined;
  }

  private takeStored(region: Region, from: number, found: Masked): void {
    let at = from - 1;
    for (; at > region.first; at--) {
      // `word = (void *)(…)`
      if (this.isPointerCastAt(at)) at = this.opening(at);
      else if (!this.isPunct(at, Punct.LeftParen)) break;
    }
    // WRITE_ONCE(word, …) and its like name the word first.
    if (!this.isPunct(at, Punct.Equal) && !this.isPunct(at, Punct.Comma)) return;
    const { kinds, ids } = this.file.tokens;
    const before = at - 1;
    if (kinds[before] !== TokenKind.Identifier) return;
    if (this.isPunct(before - 1, Punct.Arrow) || this.isPunct(before - 1, Punct.Dot))
      found.members.add(nameText(ids[before]));
  }

  /** The tag of `struct tag *name` among the parameters. */
  private pointeeOf({ head, first }: Region, name: string): string | undefined {
    const { tokens } = this.file;
    for (let at = head; at < first; at++) {
      if (tokens.kinds[at] !== TokenKind.Identifier || nameText(tokens.ids[at]) !== name) continue;
      if (!this.isPunct(at - 1, Punct.Star)) {
        // A typedef may stand for such a pointer; types will tell.
        const type = tokens.kinds[at - 1] === TokenKind.Identifier ? tokenText(tokens, at - 1) : '';
        if (type.includes('_') && !TYPE_WORDS.has(type)) return type;
        continue;
      }
      if (tokens.kinds[at - 2] !== TokenKind.Identifier) continue;
      if (tokenText(tokens, at - 3) === 'struct') return nameText(tokens.ids[at - 2]);
    }
    return undefined;
  }

  private isBinary(at: number): boolean {
    const { tokens } = this.file;
    if (this.isPunct(at - 1, Punct.RightParen)) return !this.isCast(this.opening(at - 1), at - 1);
    if (this.isPunct(at - 1, Punct.RightBracket)) return true;
    return tokens.kinds[at - 1] !== TokenKind.Punctuator && tokenText(tokens, at - 1) !== 'return';
  }

  private operandStart(first: number, at: number): number {
    let depth = 0;
    let start = at;
    for (let token = at - 1; token > first; token--) {
      if (this.isPunct(token, Punct.RightParen) || this.isPunct(token, Punct.RightBracket)) depth++;
      else if (this.isPunct(token, Punct.LeftParen) || this.isPunct(token, Punct.LeftBracket)) {
        if (depth-- === 0) break;
      } else if (depth === 0) {
        const { kinds, ids } = this.file.tokens;
        if (kinds[token] === TokenKind.Punctuator && BOUNDS.has(ids[token])) break;
        if (tokenText(this.file.tokens, token) === 'return') break;
      }
      start = token;
    }
    return start;
  }

  /** Whether all that stands to the left of an operator is one constant: `~MASK & (unsigned long)word`. */
  private isConstantAlone(first: number, at: number): boolean {
    let from = this.operandStart(first, at);
    while (from < at && this.isPunct(from, Punct.Tilde)) from++;
    return from === at - 1 && this.isConstant(from);
  }

  private isConstant(at: number): boolean {
    const token = this.constantFrom(at);
    const { tokens } = this.file;
    return tokens.kinds[token] === TokenKind.Number || /^[A-Z_][A-Z0-9_]+$/.test(tokenText(tokens, token));
  }

  /** Where a constant stands behind `~`, parentheses and casts to integers: `~(unsigned long)FLAG`. */
  private constantFrom(at: number): number {
    const { tokens } = this.file;
    let token = at;
    for (;;) {
      while (this.isPunct(token, Punct.Tilde) || this.isPunct(token, Punct.LeftParen)) token++;
      let end = token;
      while (tokens.kinds[end] === TokenKind.Identifier && TYPE_WORDS.has(tokenText(tokens, end))) end++;
      if (end === token || !this.isPunct(end, Punct.RightParen)) return token;
      token = end + 1;
    }
  }

  /** A number that can be a tag or a mask of tags, or a name in capitals that may stand for one. */
  private isLowConstant(at: number): boolean {
    const token = this.constantFrom(at);
    const { tokens } = this.file;
    const text = tokenText(tokens, token);
    // What is taken off may be more, where the pointer is aligned to more.
    if (tokens.kinds[token] === TokenKind.Number)
      return isLow(text, this.isPunct(at, Punct.Tilde) ? END_OF_MASKS : END_OF_TAGS);
    if (tokens.kinds[token] !== TokenKind.Identifier || !/^[A-Z_][A-Z0-9_]+$/.test(text)) return false;
    const macro = this.macros.get(text);
    if (!macro) return true;
    const numbers: string[] = [];
    for (let inner = macro.first; inner < macro.end; inner++)
      if (tokens.kinds[inner] === TokenKind.Number) numbers.push(tokenText(tokens, inner));
    const end = this.isPunct(at, Punct.Tilde) || this.isPunct(at, Punct.LeftParen) ? END_OF_MASKS : END_OF_TAGS;
    return numbers.every((number) => isLow(number, end));
  }
}

/** Tags of what may point to anything are less than this, what a mask takes off a pointer that is aligned to more than that. */
const [END_OF_TAGS, END_OF_MASKS] = [8, 256];

function isLow(number: string, end: number): boolean {
  const value = Number(number.replace(/[uUlL]+$/, ''));
  return value >= 0 && value < end;
}
