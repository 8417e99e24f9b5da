/** Tokens after preprocessing: what they are, and where in the sources they were spelled. */
import { nameId } from '../text/names';
import { callEnd } from '../text/postfix';
import { lineAt, lineStarts } from '../text/text';
import { type Punct, TokenFlag, TokenKind, tokenText } from '../text/tokens';
import type { MacroDefinition, SourceFile } from './source';

/** One use of a macro: which, where, and inside which other expansion. */
export interface Expansion {
  readonly macro: MacroDefinition;
  /** The token that names the macro at its use. */
  readonly at: PToken;
}

/**
 * A preprocessed token. `file`, `start`, `end` say where it is spelled: an argument's token keeps its place at the
 * macro's use, a body's token its place in the `#define`; the latter has `via`.
 */
export interface PToken {
  readonly kind: TokenKind;
  /** Name id of an identifier, `Punct` of a punctuator, else -1. */
  readonly id: number;
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
  /** The expansion whose body spelled this token. */
  readonly via: Expansion | undefined;
  /** White space stands before it (for stringizing). */
  readonly space: boolean;
  /** Its macro was being expanded already: never to be expanded again (C11 6.10.3.4p2). */
  readonly painted: boolean;
  /** The spelling where it stands in no file: pasted, stringized, predefined. */
  readonly made: string | undefined;
}

/** A `_Pragma`, whose operand is no token of the unit. */
export interface PragmaOperator {
  /** How many tokens come out in front of it. */
  readonly at: number;
  readonly token: PToken;
  readonly operand: readonly PToken[];
}

export function spelling(token: PToken): string {
  return token.made ?? token.file.text.slice(token.start, token.end);
}

export function isPunct(token: PToken | undefined, punct: Punct): boolean {
  return token !== undefined && token.kind === TokenKind.Punctuator && token.id === punct;
}

/** The token at an index of a file, as preprocessing starts with it. */
export function fileToken(file: SourceFile, index: number, via?: Expansion): PToken {
  const { tokens } = file;
  return {
    kind: tokens.kinds[index],
    id: tokens.ids[index],
    file,
    start: tokens.starts[index],
    end: tokens.ends[index],
    via,
    space: (tokens.flags[index] & (TokenFlag.SpaceBefore | TokenFlag.LineStart)) !== 0,
    painted: false,
    made: tokens.flags[index] & TokenFlag.Spliced ? tokenText(tokens, index) : undefined,
  };
}

/** The outermost place of a token: where the text that the user wrote brings it in. */
export function writtenAt(token: PToken): PToken {
  while (token.via) token = token.via.at;
  return token;
}

/**
 * What `__LINE__` is: the line of the outermost macro that brings it in, for gcc where that is named, for Clang where its
 * call ends.
 */
export function lineOfUse(token: PToken, compiler: 'gcc' | 'clang'): number {
  let outer: MacroDefinition | undefined;
  for (let { via } = token; via; via = via.at.via) outer = via.macro;
  const { file, start } = writtenAt(token);
  return lineOf({ file, start: compiler === 'clang' && outer?.parameters ? callEnd(file.tokens, start) - 1 : start });
}

/** The line, from 1, on which a token is spelled, as `#line` in front of it counts (C11 6.10.4). */
function lineOf({ file, start }: Pick<PToken, 'file' | 'start'>): number {
  let known = lines.get(file);
  if (!known) lines.set(file, (known = { starts: lineStarts(file.text), counts: lineCounts(file) }));
  const { starts, counts } = known;
  const line = lineAt(starts, start) + 1;
  const count = counts.findLast((one) => one.end <= start);
  return count === undefined ? line : count.line + line - (lineAt(starts, count.end) + 2);
}

/** Where lines are counted on from another number: the end of a `#line`, and the number of the line behind it. */
interface LineCount {
  readonly end: number;
  readonly line: number;
}

function lineCounts({ tokens, text }: SourceFile): LineCount[] {
  return tokens.directives.flatMap(({ name, firstToken, endToken, end }) => {
    // `#line 200`, and `# 200` as preprocessed text has it.
    const at = name === 'line' ? firstToken + 2 : firstToken + 1;
    if ((name !== 'line' && name !== '') || at >= endToken || tokens.kinds[at] !== TokenKind.Number) return [];
    return [{ end, line: Number(text.slice(tokens.starts[at], tokens.ends[at])) }];
  });
}

const lines = new WeakMap<SourceFile, { readonly starts: Uint32Array; readonly counts: readonly LineCount[] }>();

export function madeToken(like: PToken, kind: TokenKind, made: string): PToken {
  const id = kind === TokenKind.Identifier ? nameId(made) : -1;
  return { ...like, kind, id, made, painted: false };
}
