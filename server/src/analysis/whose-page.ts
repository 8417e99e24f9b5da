/** Which page of several an expression means: a later one, any of them, or that of a table. */
import type { TailFields } from '../packs/pack';
import { nameText } from '../text/names';
import { Punct } from '../text/tokens';
import type { Expression } from '../types/ast';
import { recordBehind, strip } from '../types/model';
import { typeOf } from '../types/typer';
import { walkExpression } from '../types/walk';
import type { FileAnalysis } from './analysis';
import { constantOf } from './elements';
import type { FoundExpression } from './expressions';
import { expressionsAround, madeBy, onlyValue, pointedTypedef, valuesOf } from './local-values';

export type Whose =
  | { readonly kind: 'tail' }
  /** It may be a later one. */
  | { readonly kind: 'any'; readonly because: string; readonly isLent: boolean }
  | { readonly kind: 'table'; readonly type: string };

const TAIL: Whose = { kind: 'tail' };

/** So many locals are followed from one to the next. */
const DEEPEST = 4;

/** @param page A pointer to a page, or an element of an array of pages. */
export function whosePage(
  file: FileAnalysis,
  found: FoundExpression,
  page: Expression,
  fact: TailFields,
  depth = 0,
): Whose | undefined {
  if (depth > DEEPEST) return undefined;
  if (page.kind === 'cast') return whosePage(file, found, page.operand, fact, depth);
  const type = tableIn(found, page, fact);
  if (type !== undefined) return { kind: 'table', type };
  const part = (fact.parts ?? []).find((name) => isMadeBy(found, page, name));
  const step = steppedIn(file, page);
  const index = part !== undefined && page.kind === 'call' ? page.arguments[1] : step?.by;
  const constant = index && constantOf(index);
  if (constant !== undefined && constant !== 0n) return TAIL;
  if (constant === 0n)
    return step && part === undefined ? whosePage(file, found, step.from, fact, depth + 1) : undefined;
  if (part !== undefined) return any(`${part}() gives any page of many`);
  if (step) return isFirst(file, found, step.from, fact) ? any('it is one page of many') : undefined;
  if (page.kind === 'member') {
    const tag = recordBehind(strip(typeOf(page.base, file.globals)))?.tag;
    const isLent = (fact.lent ?? []).some(({ record, member }) => record === tag && member === page.name);
    return isLent ? any(`${page.name} of struct ${tag} is whatever page was asked for`, true) : undefined;
  }
  if (page.kind !== 'name' || !page.declaration) return undefined;
  const value = onlyValue(page.declaration, expressionsAround(found));
  if (value) return whosePage(file, found, value, fact, depth + 1);
  const { values, isMoved } = valuesOf(page.declaration, expressionsAround(found));
  const isOne = isMoved && values.some((from) => isWhole(file, found, from, fact) || isFirst(file, found, from, fact));
  return isOne ? any('it goes through the pages of many') : undefined;
}

function any(because: string, isLent = false): Whose {
  return { kind: 'any', because, isLent };
}

/** `p + i`, `&p[i]`; `p[i]` where it is no pointer itself. */
function steppedIn(
  file: FileAnalysis,
  page: Expression,
): { readonly from: Expression; readonly by: Expression } | undefined {
  if (page.kind === 'binary' && page.operator === Punct.Plus) return { from: page.left, by: page.right };
  const element = page.kind === 'unary' && page.operator === Punct.Ampersand ? page.operand : page;
  if (element.kind !== 'index') return undefined;
  const isElement = element !== page || strip(typeOf(page, file.globals)).kind !== 'pointer';
  return isElement ? { from: element.base, by: element.index } : undefined;
}

/** Whether a pointer is one to the first of many pages. */
function isFirst(file: FileAnalysis, found: FoundExpression, from: Expression, fact: TailFields): boolean {
  if (isWhole(file, found, from, fact)) return true;
  if (from.kind !== 'name' || !from.declaration) return false;
  return valuesOf(from.declaration, expressionsAround(found)).values.some((value) => isWhole(file, found, value, fact));
}

/** Whether a value is the first of many pages: how it is allocated, found, or what it is the address in. */
function isWhole(file: FileAnalysis, found: FoundExpression, value: Expression, fact: TailFields): boolean {
  if (value.kind === 'cast') return isWhole(file, found, value.operand, fact);
  if (file.facts.flow.some(({ headGetters }) => headGetters.some((name) => isMadeBy(found, value, name)))) return true;
  if (value.kind === 'unary' && value.operator === Punct.Ampersand && value.operand.kind === 'member') {
    const tag = recordBehind(strip(typeOf(value.operand.base, file.globals)))?.tag;
    return tag !== undefined && (fact.whole ?? []).includes(tag);
  }
  if (value.kind !== 'call' && value.kind !== 'statement') return false;
  if (spells(found, value, fact.compound)) return true;
  let isAsked = false;
  walkExpression(value, (part) => {
    const flags =
      part.kind === 'name' && part.declaration ? onlyValue(part.declaration, expressionsAround(found)) : undefined;
    isAsked ||= flags !== undefined && spells(found, flags, fact.compound);
  });
  return isAsked;
}

/** Whether an expression is written with one of some macros. */
function spells({ tokens }: FoundExpression, { first, end }: Expression, names: readonly string[] = []): boolean {
  for (let at = first; at < end; at++)
    for (let { via } = tokens[at]; via; via = via.at.via) if (names.includes(nameText(via.macro.id))) return true;
  return false;
}

/** Whether a call, or a macro that stands for one, makes an expression. */
function isMadeBy({ tokens }: FoundExpression, expression: Expression, name: string): boolean {
  const core = expression.kind === 'cast' ? expression.operand : expression;
  if (core.kind === 'call' && core.callee.kind === 'name' && core.callee.name === name) return true;
  for (let { via } = tokens[expression.first]; via; via = via.at.via) if (nameText(via.macro.id) === name) return true;
  return false;
}

/** The type of the entries of a table whose page an expression finds by an address in it. */
function tableIn(found: FoundExpression, page: Expression, { tables }: TailFields): string | undefined {
  if (!tables?.finders.includes(madeBy(found, page))) return undefined;
  let type: string | undefined;
  walkExpression(page, (part) => {
    const isSpelled = found.tokens.slice(part.first, part.end).some(({ via }) => !via);
    const declared = isSpelled && part.kind === 'name' ? part.declaration : undefined;
    const to = declared && pointedTypedef(declared);
    if (to !== undefined && tables.contents.includes(to)) type ??= to;
  });
  return type;
}
