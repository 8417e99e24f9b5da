/** The body of a macro as C: what an accessor that is a macro does with its parameters. */
import { expand } from '../preprocessor/expand';
import type { PToken } from '../preprocessor/ptoken';
import { fileTokens } from '../preprocessor/reading';
import type { MacroDefinition } from '../preprocessor/source';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue } from '../types/model';
import type { UnitGlobals } from './globals';
import { parseWholeExpression } from './parser';

/** The body as one expression, its parameters undeclared; undefined where it makes none. */
export function macroExpression(
  globals: UnitGlobals,
  { file, bodyFirst, bodyEnd }: Pick<MacroDefinition, 'file' | 'bodyFirst' | 'bodyEnd'>,
): { readonly expression: Expression; readonly tokens: readonly PToken[] } | undefined {
  const { unit } = globals;
  const { tokens } = expand([{ tokens: fileTokens(file, bodyFirst, bodyEnd), time: unit.end }], unit);
  const expression = parseWholeExpression(tokens, globals);
  return expression && { expression, tokens };
}

/** The number that a macro without parameters stands for; undefined where it is none, or not known. */
export function macroNumber(globals: UnitGlobals, macro: MacroDefinition): bigint | undefined {
  const made = macroExpression(globals, macro);
  const value = made && evaluate(made.expression, globals);
  return value === undefined || isUnknownValue(value) ? undefined : value.value;
}
