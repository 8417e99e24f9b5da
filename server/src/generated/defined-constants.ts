/**
 * Evaluates the constants that a C file defines for other headers by DEFINE() of include/linux/kbuild.h: an assembly
 * statement whose text says `->NAME %0`, with the value as its operand. Such a file is read as any other, and its operands
 * are evaluated with the types and layouts of the target.
 */
import { layoutOracle } from '../layout/oracle';
import { target } from '../layout/target';
import { UnitGlobals } from '../parser/globals';
import { parseWholeExpression } from '../parser/parser';
import { isPunct, type PToken, spelling } from '../preprocessor/ptoken';
import { PreprocessedTree } from '../preprocessor/tree';
import type { TreeSettings } from '../preprocessor/tree-context';
import { Punct, TokenKind } from '../text/tokens';
import { evaluate } from '../types/evaluate';
import { isUnknownValue } from '../types/model';
import type { DefinedConstant, Evaluate } from './build-tree';

/** What evaluates files of a kernel tree; its reader should know the made headers, too. */
export function evaluatorOf(settings: TreeSettings): Evaluate {
  return (file) => definedConstants(settings, file);
}

function definedConstants(settings: TreeSettings, file: string): DefinedConstant[] | undefined {
  const path = `${settings.kernel}/${file}`;
  const text = settings.reader.read(path);
  if (text === undefined) return undefined;
  const tree = new PreprocessedTree(settings);
  const unit = tree.unit(path, text);
  const globals = new UnitGlobals(unit, tree, layoutOracle(target(settings.target, tree.compiler.name)));
  const found: DefinedConstant[] = [];
  // An architecture may keep them in files that this one includes, and call their functions.
  for (const { table, reading } of globals.tables) {
    if (!table.file.path.endsWith('.c')) continue;
    for (const item of table.items.filter(({ isFunction }) => isFunction)) {
      const doubt = unit.doubtIn(table.file.path, item.first, item.end);
      for (const { name, tokens } of constantsIn(globals.tokensOf(reading, item)))
        found.push({ name, value: doubt === undefined ? valueOfTokens(tokens, globals) : { unknown: doubt } });
    }
  }
  return found;
}

interface Operand {
  readonly name: string;
  readonly tokens: readonly PToken[];
}

function* constantsIn(tokens: readonly PToken[]): Iterable<Operand> {
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at].kind !== TokenKind.String) continue;
    let text = '';
    for (; tokens[at]?.kind === TokenKind.String; at++) text += spelling(tokens[at]).slice(1, -1);
    const name = /->(\w+) %0 /.exec(text)?.[1];
    if (name === undefined) continue;
    while (at < tokens.length && !isPunct(tokens[at], Punct.LeftParen)) at++;
    const end = closing(tokens, at);
    yield { name, tokens: tokens.slice(at + 1, end) };
    at = end;
  }
}

function closing(tokens: readonly PToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (isPunct(tokens[at], Punct.LeftParen)) depth++;
    else if (isPunct(tokens[at], Punct.RightParen) && --depth === 0) return at;
  }
  return tokens.length;
}

function valueOfTokens(tokens: readonly PToken[], globals: UnitGlobals): DefinedConstant['value'] {
  const expression = parseWholeExpression(tokens, globals);
  if (!expression) return { unknown: 'its value is no expression that can be read' };
  const constant = evaluate(expression, globals);
  if (isUnknownValue(constant)) return constant;
  // Compilers write an operand as a signed number of its type's width.
  const bytes = globals.oracle.sizeOf(constant.type);
  return isUnknownValue(bytes) ? bytes : BigInt.asIntN(bytes * 8, constant.value);
}
