/** Macro expansion (C11 6.10.3, with GNU's variadic extensions), lazily: of one list of tokens at one time. */
import { nameId } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import { FEATURES, featureName } from './conditions';
import { type Frame, type MacroEnvironment, Runaway, Work } from './expansion-state';
import type { LeftBodies } from './left-bodies';
import { emptyOperand, isOptional, matchingParen, pasteTokens, pushAll, spaced, stringize, unexpanded } from './paste';
import {
  type Expansion,
  fileToken,
  isPunct,
  lineOfUse,
  madeToken,
  type PragmaOperator,
  type PToken,
  spelling,
  writtenAt,
} from './ptoken';
import type { TimedTokens } from './reading';
import type { MacroDefinition } from './source';
import { isSpacedBehind, isWrittenSpaced, LeadingSpace, noteSpaces, Replacement } from './spaces';

/** More tokens than this from one list means a macro that runs away. */
const MOST_TOKENS = 1_000_000;

const BUILT_IN = ['__LINE__', '__COUNTER__', '__FILE__', '__INCLUDE_LEVEL__', '_Pragma'].map(nameId);
const [LINE, COUNTER, FILE, LEVEL, PRAGMA] = BUILT_IN;
/** Names that come later are none of these. */
const LAST_BUILT_IN = Math.max(...BUILT_IN, ...FEATURES);

interface Expanded {
  readonly tokens: PToken[];
  readonly pragmas: readonly PragmaOperator[];
  /** Why there are none: an expansion that ran away. */
  readonly problem?: string;
}

/** Expands the pieces in order, but for bodies that are left; a macro call may reach from one piece into the next. */
export function expand(
  pieces: readonly TimedTokens[],
  environment: MacroEnvironment,
  operator = -1,
  left?: LeftBodies,
): Expanded {
  const out: PToken[] = [];
  const pragmas: PragmaOperator[] = [];
  const work = new Work(environment.expansions);
  try {
    new Expander(environment, pieces, new Set(), out, work, operator, pragmas, left).run();
  } catch (error) {
    if (!(error instanceof Runaway || error instanceof RangeError)) throw error;
    environment.expansions.isWary = true;
    return { tokens: [], pragmas: [], problem: 'a macro expands without end' };
  }
  return { tokens: out, pragmas };
}

class Expander {
  private readonly stack: Frame[] = [];
  private time = 0;
  /** A macro that came to nothing had white space before it: the next token has it. */
  private gap = false;
  private readonly lead = new LeadingSpace();
  /** Whether the first token that comes out has white space before it wherever the expansion stands. */
  private isSpacedFirst = false;

  constructor(
    private readonly environment: MacroEnvironment,
    pieces: readonly TimedTokens[],
    /** Macros that may not be expanded now. */
    private readonly disabled: Set<MacroDefinition>,
    private readonly out: PToken[],
    private readonly work: Work,
    /** Name id of the operator whose operand is not expanded: `defined` in a condition; -1 for none. */
    private readonly operator: number,
    /** Undefined in an argument: where that is put, its operators are read again. */
    private readonly pragmas?: PragmaOperator[],
    private readonly left?: LeftBodies,
  ) {
    for (let index = pieces.length - 1; index >= 0; index--) {
      const { tokens, time, isApart } = pieces[index];
      this.stack.push({ tokens, at: 0, macro: undefined, time, isApart });
    }
  }

  run(): void {
    for (let token = this.next(); token; token = this.next()) {
      if (this.out.length === 0) this.isSpacedFirst = this.lead.of(token);
      if (this.pragmas && this.out.length > (this.environment.most ?? Infinity)) return;
      if (this.gap) token = spaced(token, true);
      this.gap = false;
      if (token.kind === TokenKind.Identifier && token.id === this.operator) this.operand(token);
      else if (
        token.kind !== TokenKind.Identifier ||
        token.painted ||
        this.left?.isInside(this.out) ||
        !this.expandName(token)
      )
        this.emit(token);
    }
  }

  /** `defined name` or `defined ( name )`, also where a macro brings it in. */
  private operand(operator: PToken): void {
    this.emit(operator);
    const first = this.next();
    if (!first) return;
    this.emit(first);
    const name = isPunct(first, Punct.LeftParen) ? this.next() : undefined;
    if (name) this.emit(name);
  }

  private emit(token: PToken): void {
    if (this.out.length >= MOST_TOKENS) throw new Runaway();
    this.out.push(token);
  }

  private next(): PToken | undefined {
    for (;;) {
      const frame = this.stack[this.stack.length - 1];
      if (!frame) return undefined;
      if (frame.time >= 0) this.time = frame.time;
      if (frame.at < frame.tokens.length) {
        this.work.spend(1);
        return frame.tokens[frame.at++];
      }
      this.pop();
    }
  }

  private pop(): void {
    const frame = this.stack.pop();
    if (!frame?.macro) return;
    this.disabled.delete(frame.macro);
    this.lead.end(frame.tokens);
    if (isSpacedBehind(frame.tokens)) this.gap = true;
  }

  /** Whether the next token is `(`; bodies that end here are left, as the call's arguments follow them. */
  private parenFollows(): boolean {
    for (let depth = this.stack.length - 1; depth >= 0; depth--) {
      const frame = this.stack[depth];
      if (frame.at < frame.tokens.length) {
        if (!isPunct(frame.tokens[frame.at], Punct.LeftParen) || (frame.isApart && frame.at === 0)) return false;
        while (this.stack.length - 1 > depth) this.pop();
        return true;
      }
    }
    return false;
  }

  /** Handles an identifier that may name a macro; false where it stands for itself. */
  private expandName(token: PToken): boolean {
    const macro = this.environment.macro(token.id, this.time);
    if (!macro) return this.builtin(token);
    if (this.disabled.has(macro)) {
      this.emit({ ...token, painted: true });
      return true;
    }
    if (!macro.parameters) {
      this.push(macro, token, this.substitute(macro, token, undefined));
      return true;
    }
    if (!this.parenFollows()) return false;
    const call = this.collectArguments(macro);
    if (!call) return false;
    this.push(macro, token, this.substitute(macro, token, call));
    return true;
  }

  private push(macro: MacroDefinition, name: PToken, tokens: readonly PToken[]): void {
    this.lead.enter(this.isSpacedFirst, tokens);
    this.gap = tokens.length === 0 && name.space;
    this.disabled.add(macro);
    this.stack.push({ tokens, at: 0, macro, time: -1 });
  }

  private builtin(token: PToken): boolean {
    if (token.id > LAST_BUILT_IN) return false;
    const { compiler } = this.environment.expansions;
    if (token.id === LINE) this.emit(madeToken(token, TokenKind.Number, String(lineOfUse(token, compiler))));
    else if (token.id === COUNTER)
      this.emit(madeToken(token, TokenKind.Number, String(this.environment.expansions.next(this.time))));
    else if (token.id === FILE) this.emit(madeToken(token, TokenKind.String, `"${writtenAt(token).file.path}"`));
    else if (token.id === LEVEL) {
      const level = this.environment.expansions.levelIn(writtenAt(token).file.path);
      if (level === undefined) return false;
      this.emit(madeToken(token, TokenKind.Number, String(level)));
    }
    // The operand is a string, or a macro that makes one.
    else if (token.id === PRAGMA && this.pragmas && this.parenFollows()) {
      const given = this.parenthesized();
      this.pragmas.push({ at: this.out.length, token, operand: this.expandArgument(given) });
    } else if (FEATURES.has(token.id) && this.parenFollows()) {
      const asked = featureName(token, this.parenthesized(), (tokens) => this.expandArgument(tokens));
      this.emit(madeToken(token, TokenKind.Number, String(this.environment.feature(spelling(token), asked))));
    } else return false;
    return true;
  }

  /** Takes `( … )`, which follows; what stands between. */
  private parenthesized(): PToken[] {
    const found: PToken[] = [];
    let depth = 0;
    for (let inner = this.next(); inner; inner = this.next()) {
      if (isPunct(inner, Punct.LeftParen) && depth++ === 0) continue;
      if (isPunct(inner, Punct.RightParen) && --depth === 0) break;
      found.push(inner);
    }
    return found;
  }

  /** Reads `( … )`; undefined (and everything put back as read) where the parenthesis is never closed. */
  private collectArguments(macro: MacroDefinition): PToken[][] | undefined {
    const parameters = macro.parameters as readonly number[];
    const taken: PToken[] = [this.next() as PToken];
    const found: PToken[][] = [[]];
    let depth = 1;
    for (;;) {
      // A name that may not be expanded where it is read may never be, wherever it comes to stand (C11 6.10.3.4p2).
      const token = this.paint(this.next());
      if (!token) {
        this.stack.push({ tokens: taken, at: 0, macro: undefined, time: -1 });
        return undefined;
      }
      taken.push(token);
      if (token.kind === TokenKind.Punctuator) {
        if (token.id === Punct.LeftParen) depth++;
        else if (token.id === Punct.RightParen && --depth === 0) break;
        else if (token.id === Punct.Comma && depth === 1 && !(macro.variadic && found.length >= parameters.length)) {
          found.push([]);
          continue;
        }
      }
      found[found.length - 1].push(token);
    }
    if (parameters.length === 0 && found.length === 1 && found[0].length === 0) return [];
    // What has too many arguments, or too few, is no call that a compiler takes.
    if (found.length === parameters.length || (macro.variadic && found.length === parameters.length - 1)) return found;
    this.stack.push({ tokens: taken, at: 0, macro: undefined, time: -1 });
    return undefined;
  }

  private paint(token: PToken | undefined): PToken | undefined {
    if (token?.kind !== TokenKind.Identifier || token.painted || this.disabled.size === 0) return token;
    const macro = this.environment.macro(token.id, this.time);
    return macro && this.disabled.has(macro) ? { ...token, painted: true } : token;
  }

  /** The body with parameters replaced, `#` and `##` done. */
  private substitute(macro: MacroDefinition, at: PToken, call: PToken[][] | undefined): PToken[] {
    const via: Expansion = { macro, at };
    const body: PToken[] = [];
    this.work.spend(macro.bodyEnd - macro.bodyFirst);
    for (let index = macro.bodyFirst; index < macro.bodyEnd; index++) body.push(fileToken(macro.file, index, via));
    if (body.length > 0) body[0] = spaced(body[0], at.space);
    return this.replace(macro, body, call);
  }

  private replace(macro: MacroDefinition, body: readonly PToken[], call: PToken[][] | undefined): PToken[] {
    const parameters = macro.parameters ?? [];
    const list = new Replacement();
    const out = list.tokens;
    const expandedArguments: PToken[][] = [];
    const argumentOf = (token: PToken): number => {
      if (!call || token.kind !== TokenKind.Identifier) return -1;
      return parameters.indexOf(token.id);
    };
    /** Whether a token is a parameter whose argument comes to nothing. */
    const isNothing = (token: PToken): boolean => {
      const argument = argumentOf(token);
      return argument >= 0 && this.expandArgument(call?.[argument] ?? []).length === 0;
    };
    for (let index = 0; index < body.length; index++) {
      const token = body[index];
      if (call && isPunct(token, Punct.Hash) && index + 1 < body.length && argumentOf(body[index + 1]) >= 0) {
        const made = stringize(token, call[argumentOf(body[++index])] ?? []);
        this.work.spendText(made);
        list.add(made);
        continue;
      }
      if (call && isPunct(token, Punct.Hash) && isOptional(body, index + 1)) {
        const { tokens, close } = this.optional(macro, body, index + 1, call);
        const made = stringize(token, tokens);
        this.work.spendText(made);
        list.add(made);
        index = close;
        continue;
      }
      if (isPunct(token, Punct.HashHash) && out.length > 0 && index + 1 < body.length) {
        if (call && isOptional(body, index + 1)) {
          const { tokens, close } = this.optional(macro, body, index + 1, call);
          if (isNothing(body[index + 3]) && !isPunct(body[index + 4], Punct.HashHash)) pushAll(out, tokens);
          else if (tokens.length > 0) {
            const left = out.pop() as PToken;
            out.push(...this.pasteTokens(left, tokens[0], token), ...tokens.slice(1));
          }
          index = close;
          continue;
        }
        index += this.paste(macro, body, index, call, list, argumentOf);
        continue;
      }
      if (call && isOptional(body, index)) {
        const { tokens, close } = this.optional(macro, body, index, call);
        // Beside ## an empty one is an empty operand.
        const endsEmpty = isNothing(body[close - 1]) && !isPunct(body[close - 2], Punct.HashHash);
        const isOperand = isPunct(body[close + 1], Punct.HashHash) && (tokens.length === 0 || endsEmpty);
        list.put(token, tokens);
        if (isOperand) out.push(emptyOperand(token));
        index = close;
        continue;
      }
      const argument = argumentOf(token);
      if (argument < 0) {
        list.add(token);
        continue;
      }
      const given = (call as PToken[][])[argument] ?? [];
      if (isPunct(body[index + 1], Punct.HashHash)) {
        this.work.spend(given.length);
        list.put(token, unexpanded(given, token));
        // An empty operand of ## still is one (C11 6.10.3.3p2).
        if (given.length === 0) out.push(emptyOperand(token));
        continue;
      }
      expandedArguments[argument] ??= this.expandArgument(given);
      this.work.spend(expandedArguments[argument].length);
      list.put(token, expandedArguments[argument]);
    }
    return list.whole();
  }

  /** What `__VA_OPT__ ( … )` at an index of a body comes to: nothing, where the rest of the arguments comes to nothing. */
  private optional(
    macro: MacroDefinition,
    body: readonly PToken[],
    index: number,
    call: PToken[][],
  ): { tokens: readonly PToken[]; close: number } {
    const close = matchingParen(body, index + 1);
    const rest = this.expandArgument(call[(macro.parameters ?? []).length - 1] ?? []);
    const tokens = rest.length > 0 ? this.replace(macro, body.slice(index + 2, close), call) : [];
    return { tokens, close };
  }

  /** Handles `##` at `index`; returns how many tokens of the body it took beyond itself. */
  private paste(
    macro: MacroDefinition,
    body: readonly PToken[],
    index: number,
    call: PToken[][] | undefined,
    list: Replacement,
    argumentOf: (token: PToken) => number,
  ): number {
    const out = list.tokens;
    const right = body[index + 1];
    const argument = argumentOf(right);
    const left = out[out.length - 1];
    if (argument < 0) {
      out.pop();
      out.push(...this.pasteTokens(left, right, body[index]));
      return 1;
    }
    const given = (call as PToken[][])[argument] ?? [];
    this.work.spend(given.length);
    const last = macro.variadic && argument === (macro.parameters as readonly number[]).length - 1;
    // GNU: `, ## rest` drops the comma where no rest is given, and pastes nothing else; an empty one keeps it.
    if (last && isPunct(left, Punct.Comma)) {
      const isGiven = (call as PToken[][]).length > argument && (argument > 0 || given.length > 0);
      if (!isGiven) list.drop();
      else pushAll(out, unexpanded(given, right), given.length > 0 && isWrittenSpaced(given[0]));
      return 1;
    }
    if (given.length > 0) {
      out.pop();
      out.push(...this.pasteTokens(left, given[0], body[index]));
      pushAll(out, unexpanded(given.slice(1), right));
    }
    return 1;
  }

  private pasteTokens(left: PToken, right: PToken, { via }: PToken): PToken[] {
    const pasted = pasteTokens(left, right);
    for (const token of pasted) this.work.spendText(token);
    // A `__LINE__` that is made here gives the line of the macro's use.
    return pasted[0]?.id === LINE && !pasted[0].via ? [{ ...pasted[0], via }] : pasted;
  }

  private expandArgument(tokens: readonly PToken[]): PToken[] {
    if (!tokens.some((token) => token.kind === TokenKind.Identifier)) return tokens as PToken[];
    const out: PToken[] = [];
    const pieces = [{ tokens, time: this.time }];
    const inner = new Expander(this.environment, pieces, this.disabled, out, this.work, this.operator);
    inner.run();
    noteSpaces(out, inner.isSpacedFirst, out.length === 0 ? inner.lead.isSure : inner.gap);
    return out;
  }
}
