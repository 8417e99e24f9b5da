/** Says what the code around a member access does with its value: takes bits out of it, follows it, composes it. */
import type { EncodedUse } from '../packs/encoded';
import type { UnitGlobals } from '../parser/globals';
import { Punct } from '../text/tokens';
import type { AssignExpression, Expression, MemberExpression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, strip } from '../types/model';
import { typeOf } from '../types/typer';
import { partsOf, walkInitializer, walkStatement } from '../types/walk';
import type { AccessSite, FileAnalysis } from './analysis';

/** How the value of an access is used; nothing for a copy, a test for zero, or where the code could not be parsed. */
export function usesAt(file: FileAnalysis, site: AccessSite): readonly EncodedUse[] {
  // A header's macro was parsed with the file that uses it.
  if (site.file !== file.main) return [];
  const parsed = file.parsedAt(site.nameToken);
  if (!parsed) return [];
  const start = site.file.tokens.starts[site.nameToken];
  const isThis = (part: Expression): part is MemberExpression => {
    if (part.kind !== 'member') return false;
    const token = parsed.tokens[part.nameToken];
    return token.file === site.file && token.start === start;
  };
  const found = new Set<EncodedUse>();
  const parents = new Map<Expression, Expression>();
  const sites: Expression[] = [];
  const visit = (part: Expression): void => {
    for (const child of partsOf(part)) parents.set(child, part);
    if (isThis(part)) sites.push(part);
  };
  for (const { body, initializer } of parsed.declarations) {
    if (initializer) walkInitializer(initializer, visit);
    if (body) walkStatement(body, visit);
  }
  for (const one of sites) for (const use of usesOf(one, parents, file.globals)) found.add(use);
  return [...found];
}

function usesOf(
  access: Expression,
  parents: ReadonlyMap<Expression, Expression>,
  globals: UnitGlobals,
): readonly EncodedUse[] {
  const found: EncodedUse[] = [];
  let value = access;
  for (let parent = parents.get(value); parent; value = parent, parent = parents.get(value)) {
    if (parent.kind === 'cast') {
      if (isFollowable(parent.type, parent.operand, globals)) found.push('pointer');
      continue;
    }
    if (parent.kind === 'assign' && parent.left === value) found.push(...usesOfAssignment(parent, globals));
    else if (parent.kind === 'binary' && isTakenApart(value, parent, globals)) found.push('bits');
    // READ_ONCE() and its like hand the value on; what they are made of is no use of it.
    if (parent.kind !== 'statement' && parent.kind !== 'generic') return found;
  }
  return found;
}

function usesOfAssignment({ operator, right }: AssignExpression, globals: UnitGlobals): EncodedUse[] {
  // A low constant that is stored is a tag alone; one that is put in or taken out changes the tags.
  if (isLowConstant(right, globals)) return ['bits'];
  if (operator !== Punct.Equal) return [];
  let isComposed = false;
  const look = (part: Expression): void => {
    if (part.kind === 'cast' && strip(part.type).kind === 'integer') {
      const from = strip(typeOf(part.operand, globals));
      isComposed ||= from.kind === 'pointer' || from.kind === 'array';
    }
    // What is called gives a whole value; its arguments are its own affair.
    if (part.kind !== 'call') for (const inner of partsOf(part)) look(inner);
  };
  look(right);
  return isComposed ? ['store'] : [];
}

/** Whether a value meets a mask or a tag: in bit arithmetic, or where the whole of it is compared with one. */
export function isTakenApart(value: Expression, around: Expression, globals: UnitGlobals): boolean {
  if (around.kind !== 'binary' || !TAKING_APART.has(around.operator)) return false;
  return isLowConstant(around.left === value ? around.right : around.left, globals);
}

const TAKING_APART: ReadonlySet<Punct> = new Set([
  Punct.Ampersand,
  Punct.Pipe,
  Punct.Minus,
  Punct.Plus,
  Punct.EqualEqual,
  Punct.ExclamationEqual,
]);

/** A mask or a tag: a constant, or the complement of one, in which only low bits differ from none, or from all. */
function isLowConstant(expression: Expression, globals: UnitGlobals): boolean {
  if (expression.kind === 'cast') return isLowConstant(expression.operand, globals);
  const constant = evaluate(expression, globals);
  if (isUnknownValue(constant)) return false;
  const low = BigInt.asIntN(64, constant.value);
  return (low > 0n && low < 64n) || (low < -1n && low >= -64n);
}

/** `void *` only carries a value; a pointer to anything else is there to be followed. A cast between pointers changes nothing. */
function isFollowable(type: CType, operand: Expression, globals: UnitGlobals): boolean {
  const bare = strip(type);
  if (bare.kind !== 'pointer' || strip(bare.to).kind === 'void') return false;
  return strip(typeOf(operand, globals)).kind === 'integer';
}
