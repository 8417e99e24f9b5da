/** The functions of a file in whose text certain words stand, with every expression in them. */
import type { PToken } from '../preprocessor/ptoken';
import type { Declaration, Expression } from '../types/ast';
import { walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';

export interface FunctionBody {
  readonly declaration: Declaration;
  readonly tokens: readonly PToken[];
}

/** Functions of the main file whose text matches, parsed whole. Headers are read for nothing else. */
export function* functionBodies(file: FileAnalysis, wanted: RegExp): Iterable<FunctionBody> {
  if (!wanted.test(file.document.text)) return;
  const { globals } = file;
  const { starts, ends, text } = file.main.tokens;
  for (const item of globals.mainTable.items) {
    if (!item.isFunction || !wanted.test(text.slice(starts[item.first], ends[item.end - 1]))) continue;
    const { declarations, tokens } = file.parsedWhole(globals.unit.main, item);
    for (const declaration of declarations) if (declaration.body) yield { declaration, tokens };
  }
}

export function expressionsOfBody({ declaration }: FunctionBody): Expression[] {
  const found: Expression[] = [];
  if (declaration.body) walkStatement(declaration.body, (part) => void found.push(part));
  return found;
}

/** Any of some words, whole. */
export function anyWord(words: readonly string[]): RegExp {
  return new RegExp(`\\b(?:${words.join('|')})\\b`);
}

/** A called function's name; undefined where it is called through a pointer. */
export function calleeOf(expression: Expression): string | undefined {
  if (expression.kind !== 'call' || expression.callee.kind !== 'name' || expression.callee.declaration)
    return undefined;
  return expression.callee.name;
}
