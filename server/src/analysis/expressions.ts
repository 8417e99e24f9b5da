/** Every expression of the code around a token, for rules that look for shapes rather than for members. */
import { type PToken, writtenAt } from '../preprocessor/ptoken';
import { postfixStart } from '../text/postfix';
import type { Place } from '../text/text';
import { tokenAt } from '../text/tokens';
import type { Declaration, Expression, MemberExpression } from '../types/ast';
import { walkInitializer, walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';

export interface FoundExpression {
  readonly expression: Expression;
  /** The preprocessed tokens that it names its own by. */
  readonly tokens: readonly PToken[];
  /** The function or variable whose definition it stands in. */
  readonly within: Declaration;
  /** All expressions of that definition, this one included. */
  readonly among: readonly FoundExpression[];
}

const known = new WeakMap<Declaration, readonly FoundExpression[]>();

/** The expressions of the item around a token, outer ones first. */
export function expressionsAt(file: FileAnalysis, token: number): FoundExpression[] {
  const parsed = file.parsedAt(token);
  return parsed ? parsed.declarations.flatMap((within) => expressionsIn(within, parsed.tokens)) : [];
}

function expressionsIn(within: Declaration, tokens: readonly PToken[]): readonly FoundExpression[] {
  let found = known.get(within);
  if (!found) {
    const list: FoundExpression[] = [];
    const add = (expression: Expression): void => void list.push({ expression, tokens, within, among: list });
    if (within.initializer) walkInitializer(within.initializer, add);
    if (within.body) walkStatement(within.body, add);
    known.set(within, (found = list));
  }
  return found;
}

/** Where an expression is written; undefined where a macro's body makes a part of it, or it spans files. */
export function placeOfExpression(tokens: readonly PToken[], { first, end }: Expression): Place | undefined {
  if (end <= first) return undefined;
  const [start, last] = [tokens[first], tokens[end - 1]];
  if (start.via || last.via || start.file !== last.file || last.end <= start.start) return undefined;
  return { path: start.file.path, start: start.start, end: last.end };
}

/** Where a member is accessed, as the file itself spells it, be it inside what a macro is given; undefined where a header spells it. */
export function accessPlace(
  { main }: FileAnalysis,
  tokens: readonly PToken[],
  { nameToken, base }: MemberExpression,
): Place | undefined {
  const spelled = tokens[nameToken];
  if (spelled.file !== main) return undefined;
  const name = tokenAt(main.tokens, spelled.start);
  const first = postfixStart(main.tokens, name - 1, base.kind === 'call');
  return first < 0 ? undefined : { path: main.path, start: main.tokens.starts[first], end: spelled.end };
}

/** Where an expression comes into the text that people wrote, be it through a macro. */
export function writtenPlace(tokens: readonly PToken[], { first, end }: Expression): Place {
  const start = writtenAt(tokens[first]);
  const last = writtenAt(tokens[Math.max(first, end - 1)]);
  const isWhole = last.file === start.file && last.end > start.start;
  return { path: start.file.path, start: start.start, end: isWhole ? last.end : start.end };
}
