/** Masks in accessors: which bits of a member a function in the headers tests, sets, clears or takes away. */

import { offsetOf } from '../layout/member';
import { layoutRecord } from '../layout/record';
import type { Target } from '../layout/target';
import type { UnitGlobals } from '../parser/globals';
import { macroExpression } from '../parser/macro-body';
import { type PToken, writtenAt } from '../preprocessor/ptoken';
import { nameId, nameText } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { Declaration, Expression, Statement } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue } from '../types/model';
import { baseRecord } from '../types/typer';
import { partsOf, statementsIn, walkStatement } from '../types/walk';
import type { Relative } from './families';
import { flatten } from './overlay';

/** A function masks a bit of a word. */
export interface AccessorMask {
  /** Byte offset of the word in the family's first record. */
  readonly word: number;
  readonly bit: number;
  /** The member that it goes by: `lru` of `page->lru.next`. */
  readonly member: string;
  /** It is the member itself that is masked, not one inside it. */
  readonly isWhole: boolean;
  /** The function. */
  readonly within: string;
  /** The constant that is this bit alone, as the mask names it or what it is made of. */
  readonly constant: string | undefined;
  /** The mask, as written. */
  readonly place: Place;
}

/** Only tags in the low bits of pointers are claims; wider masks are values of their own. */
const HIGHEST_TAG_BIT = 3;

/** The masks that inline functions of the unit's headers lay on the words of a family. */
export function accessorMasks(globals: UnitGlobals, family: readonly Relative[], target: Target): AccessorMask[] {
  const names = new Set<number>();
  for (const { record } of family) {
    for (const { name, sizeBits } of flatten(layoutRecord(record, target))) {
      if (sizeBits >= target.pointer.size * 8) names.add(nameId(name));
    }
  }
  const found: AccessorMask[] = [];
  for (const { table, reading } of globals.tables) {
    const { kinds, ids } = table.file.tokens;
    for (const item of table.items) {
      if (!item.isFunction || item.isCall) continue;
      let isCandidate = false;
      for (let token = item.body + 2; token < item.end && !isCandidate; token++) {
        isCandidate =
          kinds[token] === TokenKind.Identifier &&
          names.has(ids[token]) &&
          kinds[token - 1] === TokenKind.Punctuator &&
          (ids[token - 1] === Punct.Arrow || ids[token - 1] === Punct.Dot);
      }
      if (!isCandidate) continue;
      const { declarations, tokens } = globals.parseWhole(reading, item);
      for (const declaration of declarations) {
        for (const { mask, ...word } of masksIn(globals, declaration, family, target)) {
          const token = writtenAt(tokens[mask.first]);
          found.push({
            ...word,
            within: declaration.name,
            constant: constantName(globals, tokens.slice(mask.first, mask.end), 1n << BigInt(word.bit)),
            place: { path: token.file.path, start: token.start, end: token.end },
          });
        }
      }
    }
  }
  return found;
}

/** The name in a mask, or in what its macros are made of, that stands for one value. */
function constantName(globals: UnitGlobals, tokens: readonly PToken[], value: bigint): string | undefined {
  const isIt = (expression: Expression | undefined): boolean =>
    expression !== undefined && constant(expression, globals) === value;
  for (const token of tokens) {
    for (let via = token.via; via; via = via.at.via) {
      const { macro } = via;
      if (!macro.parameters && isIt(macroExpression(globals, macro)?.expression)) return nameText(macro.id);
    }
    if (token.kind !== TokenKind.Identifier || token.id < 0) continue;
    const named = globals.ordinary(nameText(token.id));
    if (named?.kind === 'enumerator' && named.value === value) return named.name;
  }
  return undefined;
}

interface Word {
  readonly word: number;
  readonly member: string;
  readonly isWhole: boolean;
}

function masksIn(
  globals: UnitGlobals,
  declaration: Declaration,
  family: readonly Relative[],
  target: Target,
): (Word & { bit: number; mask: Expression })[] {
  const { body } = declaration;
  if (!body) return [];
  const expressions: Expression[] = [];
  /** Locals that hold a word, from their initializer or by being stored into it. */
  const aliases = new Map<string, Word>();
  walkStatement(body, (part) => expressions.push(part));
  const wordIn = (expression: Expression): Word | undefined => {
    if (expression.kind === 'name') return aliases.get(expression.name);
    if (expression.kind === 'member') return wordOf(globals, expression, family, target);
    if (expression.kind === 'cast' || expression.kind === 'unary') return wordIn(expression.operand);
    if (expression.kind === 'statement') return wordsBelow(expression).find((word) => word !== undefined);
    if (expression.kind !== 'binary' || !MASKING.has(expression.operator)) return undefined;
    // A word less a constant may be untagged; the difference of two words is a length, and no word any more.
    if (expression.operator === Punct.Minus)
      return constant(expression.right, globals) === undefined ? undefined : wordIn(expression.left);
    return wordIn(expression.left) ?? wordIn(expression.right);
  };
  // READ_ONCE() becomes a statement expression around the one member that it reads.
  const wordsBelow = (expression: Expression): (Word | undefined)[] => {
    const words: (Word | undefined)[] = [];
    if (expression.kind === 'statement') {
      walkStatement(expression.body, (part) => {
        if (part.kind === 'member') words.push(wordOf(globals, part, family, target));
      });
    } else for (const part of partsOf(expression)) words.push(...wordsBelow(part));
    return words;
  };
  const learn = (name: string, value: Expression): void => {
    const word = wordIn(value);
    if (word) aliases.set(name, word);
  };
  for (const statement of declarationsIn(body)) {
    if (statement.initializer && statement.initializer.kind !== 'list') learn(statement.name, statement.initializer);
  }
  for (const part of expressions) {
    if (part.kind !== 'assign' || part.operator !== Punct.Equal) continue;
    if (part.left.kind === 'name') learn(part.left.name, part.right);
    const word = part.left.kind === 'member' ? wordOf(globals, part.left, family, target) : undefined;
    const stored = core(part.right);
    if (word && stored.kind === 'name') aliases.set(stored.name, word);
  }
  const found: (Word & { bit: number; mask: Expression })[] = [];
  const add = (word: Word | undefined, mask: Expression): void => {
    const value = word && constant(mask, globals);
    for (const bit of value === undefined ? [] : lowBits(value)) found.push({ ...word!, bit, mask });
  };
  for (const part of expressions) {
    if (part.kind === 'binary' && MASKING.has(part.operator)) {
      add(wordIn(part.left), part.right);
      if (part.operator !== Punct.Minus) add(wordIn(part.right), part.left);
    } else if (part.kind === 'assign' && part.operator !== Punct.Equal) {
      // A plain store gives the word a value, which need not have to do with its bits.
      const word = part.left.kind === 'member' ? wordOf(globals, part.left, family, target) : undefined;
      add(word, part.right);
    }
  }
  return found;
}

const MASKING = new Set<number>([Punct.Ampersand, Punct.Pipe, Punct.Minus, Punct.Caret]);

/** The local declarations of a statement, at any depth. */
export function declarationsIn(statement: Statement): Declaration[] {
  const own = statement.kind === 'declaration' ? statement.declarations : [];
  return [...own, ...statementsIn(statement).flatMap(declarationsIn)];
}

/** An expression without the casts around it. */
export function core(expression: Expression): Expression {
  return expression.kind === 'cast' ? core(expression.operand) : expression;
}

export function constant(expression: Expression, globals: UnitGlobals): bigint | undefined {
  const value = evaluate(core(expression), globals);
  return isUnknownValue(value) ? undefined : value.value;
}

/** The tag bits that a mask names, by itself or by its complement (`& ~3`). */
export function lowBits(mask: bigint): number[] {
  const wide = BigInt.asUintN(64, mask);
  const inverse = BigInt.asUintN(64, ~mask);
  const chosen = wide < inverse ? wide : inverse;
  if (chosen === 0n || chosen >> BigInt(HIGHEST_TAG_BIT) !== 0n) return [];
  return [0, 1, 2].filter((bit) => (chosen >> BigInt(bit)) & 1n);
}

/** The word of the family's first record that a member access touches; undefined where it is another record's. */
export function wordOf(
  globals: UnitGlobals,
  expression: Expression & { kind: 'member' },
  family: readonly Relative[],
  target: Target,
): Word | undefined {
  const steps: string[] = [];
  let at = expression;
  while (!at.arrow && at.base.kind === 'member') {
    steps.unshift(at.name);
    at = at.base;
  }
  steps.unshift(at.name);
  const record = baseRecord(at, globals);
  if ('reason' in record) return undefined;
  const relative = family.find((other) => other.record === record);
  if (!relative) return undefined;
  const place = offsetOf(record, steps.join('.'), target);
  const size = target.pointer.size;
  if (isUnknownValue(place) || place.sizeBits !== size * 8) return undefined;
  return { word: relative.at + place.offsetBits / 8, member: steps[0], isWhole: steps.length === 1 };
}
