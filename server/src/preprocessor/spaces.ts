/**
 * White space around what macros and arguments come to, for `#`: where something in front of a token comes to nothing, it is
 * not always that of the token itself, nor that of the name or parameter in whose place it stands (GNU cpp: padding tokens,
 * stringify_arg).
 */
import { TokenFlag, TokenKind, tokenAt } from '../text/tokens';
import { pushAll, spaced } from './paste';
import { fileToken, type PToken } from './ptoken';

/**
 * Whether white space is written before a token itself. What a name or parameter in its place had stands apart from it (GNU
 * cpp: padding), and is lost where the token becomes the first of an argument (collect_args).
 */
export function isWrittenSpaced({ file, start, via, made, kind }: PToken): boolean {
  const { tokens } = file;
  const index = tokenAt(tokens, start);
  const isMade = made !== undefined && (tokens.flags[index] & TokenFlag.Spliced) === 0;
  if (isMade && (kind === TokenKind.String || kind === TokenKind.Number)) return false;
  // White space in front of a macro's body is none of it.
  return via?.macro.bodyFirst !== index && fileToken(file, index).space;
}

/** Expansions whose first token has white space before it wherever they stand. */
const spacedFirst = new WeakSet<readonly PToken[]>();

/** Expansions behind which a token has white space before it: they end with something that came to nothing, or are nothing. */
const spacedBehind = new WeakSet<readonly PToken[]>();

/** Whether the first token of an expansion has white space before it wherever it stands. */
function isSpacedFirst(tokens: readonly PToken[]): boolean {
  return spacedFirst.has(tokens);
}

/** Whether what follows an expansion has white space before it. */
export function isSpacedBehind(tokens: readonly PToken[]): boolean {
  return spacedBehind.has(tokens);
}

/** Notes of an expansion what white space it brings along. */
export function noteSpaces(tokens: readonly PToken[], isFirst: boolean, isBehind: boolean): void {
  if (isFirst && tokens.length > 0) spacedFirst.add(tokens);
  if (isBehind) spacedBehind.add(tokens);
}

/** Follows what stands before the first token of an expansion. What it stands in place of counts as without white space. */
export class LeadingSpace {
  /** What decides: undefined where that is the next token or name itself. */
  private decided: boolean | undefined = false;
  private isSpacedFirst = false;

  /** Whether a token, or a name that is expanded, would have white space before it here. */
  of({ space }: PToken): boolean {
    return this.decided === undefined ? space : this.decided || this.isSpacedFirst;
  }

  /** Whether it has been decided that there is white space, whatever comes. */
  get isSure(): boolean {
    return this.decided === true;
  }

  /** A name or parameter is replaced, which has white space before it as `of` said. */
  enter(hasSpace: boolean, tokens: readonly PToken[]): void {
    this.decided = hasSpace;
    this.isSpacedFirst = spacedFirst.has(tokens);
  }

  /** What stood in place of a name or parameter ends, and nothing came of it. */
  end(tokens: readonly PToken[]): void {
    const isSpaced = spacedBehind.has(tokens) && (tokens.length === 0 || this.decided === undefined);
    this.decided = this.decided || isSpaced || undefined;
    this.isSpacedFirst = false;
  }
}

/** What a macro's body comes to, put together from its start. */
export class Replacement {
  readonly tokens: PToken[] = [];
  /** What came to nothing had white space before it. */
  private gap = false;
  /** The same as the last token found it. */
  private gapBefore = false;
  private readonly lead = new LeadingSpace();
  private isSpacedFirst = false;

  /** Adds a token that stands for itself. */
  add(token: PToken): void {
    if (this.tokens.length === 0) this.isSpacedFirst = this.lead.of(token);
    this.tokens.push(this.gap ? spaced(token, true) : token);
    this.gapBefore = this.gap;
    this.gap = false;
  }

  /** Takes back the token that was added last. */
  drop(): void {
    this.tokens.pop();
    this.gap = this.gapBefore;
  }

  /** Adds what a parameter, or `__VA_OPT__`, comes to. */
  put(at: PToken, own: readonly PToken[]): void {
    const { lead, tokens } = this;
    if (tokens.length === 0) {
      lead.enter(lead.of(at), own);
      if (own.length > 0) this.isSpacedFirst = lead.of(own[0]);
      else lead.end(own);
    }
    const space = at.space || this.gap;
    pushAll(tokens, own, space || isSpacedFirst(own));
    this.gap = isSpacedBehind(own) || (own.length === 0 && space);
  }

  /** All of it, without what stands for empty operands. */
  whole(): PToken[] {
    const { tokens } = this;
    const whole = tokens.some((token) => token.made === '') ? tokens.filter((token) => token.made !== '') : tokens;
    noteSpaces(whole, this.isSpacedFirst, whole.length === 0 ? this.lead.isSure : this.gap);
    return whole;
  }
}
