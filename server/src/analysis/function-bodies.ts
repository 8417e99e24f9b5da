/** The functions of a file in whose text certain words stand, with every expression in them. */
import { itemText } from '../preprocessor/item-text';
import type { Item } from '../preprocessor/items';
import type { PToken } from '../preprocessor/ptoken';
import { textsRemembered } from '../text/remembered-texts';
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
  for (const item of file.globals.mainTable.items)
    if (item.isFunction && wanted.test(itemText(file.main, item))) yield* bodiesOf(file, item);
}

/**
 * Asks about each function of the main file whose text matches, but for those of which an earlier state of the file had
 * nothing to say.
 *
 * @param topic The rule, all of whose answer about a function is what `ask` gives.
 */
export function* inFunctions<Answer>(
  file: FileAnalysis,
  wanted: RegExp,
  topic: string,
  ask: (body: FunctionBody) => readonly Answer[],
): Iterable<Answer> {
  if (!wanted.test(file.document.text)) return;
  const { mainTable, lineage } = file.globals;
  const silent = textsRemembered(lineage, topic);
  for (const item of mainTable.items) {
    if (!item.isFunction) continue;
    const text = itemText(file.main, item);
    if (silent.has(text)) continue;
    const answers = wanted.test(text) ? [...bodiesOf(file, item)].flatMap(ask) : [];
    if (answers.length === 0) silent.add(text);
    yield* answers;
  }
}

function* bodiesOf(file: FileAnalysis, item: Item): Iterable<FunctionBody> {
  const { declarations, tokens } = file.parsedWhole(file.globals.unit.main, item);
  for (const declaration of declarations) if (declaration.body) yield { declaration, tokens };
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
