/** Accessors that are one expression, and places in code that say the same expression without them. */

import type { UnitGlobals } from '../parser/globals';
import { Punct } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, recordBehind, strip } from '../types/model';
import { typeOf } from '../types/typer';
import { partsOf } from '../types/walk';

/** An inline function of one parameter that returns one expression of it. */
export interface AccessorBody {
  readonly name: string;
  readonly parameter: string;
  readonly type: CType;
  /** Its terms; more than one where it is a chain of `&&`. Those that do not speak of the parameter are left out. */
  readonly terms: readonly Expression[];
  /** No term was left out. */
  readonly isWhole: boolean;
}

/** The body of an accessor as the unit sees it; undefined where it is no function of that shape. */
export function accessorBody(globals: UnitGlobals, name: string): AccessorBody | undefined {
  const definition = globals.definitionOf(name);
  if (!definition) return undefined;
  const { declarations } = globals.parseWhole(definition.reading, definition.item);
  const fn = declarations.find((declaration) => declaration.name === name && declaration.body);
  const items = fn?.body?.items ?? [];
  if (fn?.parameters?.length !== 1 || items.length !== 1) return undefined;
  const [only] = items;
  if (only.kind !== 'return' || !only.value) return undefined;
  const [{ name: parameter, type }] = fn.parameters;
  const all = conjuncts(only.value);
  const terms = all.filter((term) => speaksOf(term, parameter));
  return terms.length === 0 ? undefined : { name, parameter, type, terms, isWhole: terms.length === all.length };
}

/** The terms of a chain of `&&`, from left to right; of anything else, itself. */
export function conjuncts(expression: Expression): readonly Expression[] {
  if (expression.kind !== 'binary' || expression.operator !== Punct.AndAnd) return [expression];
  return [...conjuncts(expression.left), ...conjuncts(expression.right)];
}

/** Whether an expression names a parameter. */
export function speaksOf(expression: Expression, parameter: string): boolean {
  if (expression.kind === 'name') return expression.name === parameter;
  return partsOf(expression).some((part) => speaksOf(part, parameter));
}

/**
 * What stands for the parameter where an expression says a term of an accessor; undefined where it says something
 * else, or the parameter is bound to two different things, or what is bound could do something besides.
 */
export function boundIn(
  term: Expression,
  accessor: AccessorBody,
  expression: Expression,
  globals: UnitGlobals,
): Expression | undefined {
  let bound: Expression | undefined;
  const fits = (pattern: Expression, other: Expression): boolean => {
    if (pattern.kind === 'name' && pattern.name === accessor.parameter) {
      if (!isPlain(other) || (bound && !isSame(bound, other))) return false;
      bound ??= other;
      return isOfType(other, accessor.type, globals);
    }
    return sameNode(pattern, other, globals) && samePairs(partsOf(pattern), partsOf(other), fits);
  };
  return fits(term, expression) ? bound : undefined;
}

/** Whether two expressions are spelled alike, and mean the same names. */
export function isSame(one: Expression, other: Expression): boolean {
  if (one.kind === 'name' && other.kind === 'name' && one.declaration !== other.declaration) return false;
  return sameNode(one, other, undefined) && samePairs(partsOf(one), partsOf(other), isSame);
}

function samePairs<T>(one: readonly T[], other: readonly T[], same: (a: T, b: T) => boolean): boolean {
  return one.length === other.length && one.every((part, index) => same(part, other[index]));
}

/** Whether two expressions are alike apart from their parts. */
function sameNode(one: Expression, other: Expression, globals: UnitGlobals | undefined): boolean {
  if (one.kind === 'name' || one.kind === 'number') {
    if (one.kind === other.kind) {
      if (one.kind === 'name' && other.kind === 'name') return one.name === other.name;
      if (one.kind === 'number' && other.kind === 'number' && one.text === other.text) return true;
    }
    if (!globals) return false;
    const [a, b] = [evaluate(one, globals), evaluate(other, globals)];
    return !isUnknownValue(a) && !isUnknownValue(b) && a.value === b.value;
  }
  switch (one.kind) {
    case 'unary':
      return other.kind === 'unary' && one.operator === other.operator && one.postfix === other.postfix;
    case 'binary':
      return other.kind === 'binary' && one.operator === other.operator;
    case 'member':
      return other.kind === 'member' && one.name === other.name && one.arrow === other.arrow;
    case 'call':
    case 'index':
      return one.kind === other.kind;
    default:
      return false;
  }
}

/** An expression that may be written once instead of several times: names and members alone. */
function isPlain(expression: Expression): boolean {
  if (expression.kind === 'member') return isPlain(expression.base);
  return (
    expression.kind === 'name' ||
    (expression.kind === 'unary' && expression.operator === Punct.Ampersand && isPlain(expression.operand))
  );
}

function isOfType(expression: Expression, type: CType, globals: UnitGlobals): boolean {
  const record = recordBehind(strip(type));
  const other = recordBehind(strip(typeOf(expression, globals)));
  if (record === undefined || other === undefined || record === other) return record !== undefined && record === other;
  // An accessor of a header that the file does not include has records of its own.
  const isSamePlace = record.place?.path === other.place?.path && record.place?.start === other.place?.start;
  return record.place !== undefined && record.tag === other.tag && isSamePlace;
}
