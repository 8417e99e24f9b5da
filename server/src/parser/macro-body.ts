/** The body of a macro as C: what an accessor that is a macro does with its parameters. */
import { expand } from '../preprocessor/expand';
import type { PToken } from '../preprocessor/ptoken';
import { fileTokens } from '../preprocessor/reading';
import type { MacroDefinition } from '../preprocessor/source';
import type { Expression } from '../types/ast';
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
