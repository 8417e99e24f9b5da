/** Says what a broken assert asserts and what is true instead, with the member that makes the difference. */
import type { LayoutAssert } from '../facts/layout-assert';
import { type FlatMember, flatten } from '../facts/overlay';
import { Punct } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, type RecordDeclaration, strip } from '../types/model';
import { typeName } from '../types/typename';
import { typeOf } from '../types/typer';
import type { FileAnalysis } from './analysis';
import type { Related } from './finding';

interface Description {
  /** Without a full stop. */
  readonly said: string;
  readonly related: readonly Related[];
  /** The record that has another size than one asserted, and is larger. */
  readonly grown?: RecordDeclaration;
}

/** What a comparison asserts of its left side, in words; `!=` asserts nothing that helps. */
const ASSERTED: Readonly<Record<number, string | undefined>> = {
  [Punct.EqualEqual]: 'asserted',
  [Punct.LessEqual]: 'asserted at most',
  [Punct.Less]: 'asserted less than',
  [Punct.GreaterEqual]: 'asserted at least',
  [Punct.Greater]: 'asserted more than',
  [Punct.ExclamationEqual]: 'asserted other than',
};

/** The comparison that says the contrary, and the one that says the same with its sides changed. */
const CONTRARY: Readonly<Record<number, Punct | undefined>> = {
  [Punct.EqualEqual]: Punct.ExclamationEqual,
  [Punct.ExclamationEqual]: Punct.EqualEqual,
  [Punct.LessEqual]: Punct.Greater,
  [Punct.Greater]: Punct.LessEqual,
  [Punct.Less]: Punct.GreaterEqual,
  [Punct.GreaterEqual]: Punct.Less,
};
const TURNED: Readonly<Record<number, Punct | undefined>> = {
  [Punct.LessEqual]: Punct.GreaterEqual,
  [Punct.GreaterEqual]: Punct.LessEqual,
  [Punct.Less]: Punct.Greater,
  [Punct.Greater]: Punct.Less,
};

export function describeAssert({ condition, holdsIfTrue }: LayoutAssert, file: FileAnalysis): Description {
  const nothing: Description = { said: holdsIfTrue ? 'the condition is false' : 'the condition is true', related: [] };
  const comparison = condition && failing(condition, holdsIfTrue, file);
  if (comparison?.expression.kind !== 'binary') return nothing;
  const { expression, isWanted } = comparison;
  const operator = isWanted ? expression.operator : CONTRARY[expression.operator];
  if (operator === undefined) return nothing;
  const [left, right] = [expression.left, expression.right];
  return (
    compared(left, right, operator, file) ??
    compared(right, left, TURNED[operator] ?? operator, file) ??
    plainly(left, right, file) ??
    nothing
  );
}

/** The comparison by which a condition is not what it is to be. */
function failing(
  expression: Expression,
  isWanted: boolean,
  file: FileAnalysis,
): { readonly expression: Expression; readonly isWanted: boolean } | undefined {
  if (expression.kind === 'unary' && expression.operator === Punct.Exclamation)
    return failing(expression.operand, !isWanted, file);
  if (expression.kind !== 'binary') return undefined;
  if (ASSERTED[expression.operator] !== undefined) {
    const value = evaluate(expression, file.globals);
    return isUnknownValue(value) || (value.value !== 0n) === isWanted ? undefined : { expression, isWanted };
  }
  if (expression.operator !== Punct.AndAnd && expression.operator !== Punct.OrOr) return undefined;
  return failing(expression.left, isWanted, file) ?? failing(expression.right, isWanted, file);
}

function plainly(left: Expression, right: Expression, { globals }: FileAnalysis): Description | undefined {
  const [one, other] = [evaluate(left, globals), evaluate(right, globals)];
  if (isUnknownValue(one) || isUnknownValue(other)) return undefined;
  return { said: `the left side is ${one.value}, the right side ${other.value}`, related: [] };
}

/** Of a size or an offset on one side. */
function compared(
  measured: Expression,
  against: Expression,
  operator: Punct,
  file: FileAnalysis,
): Description | undefined {
  const value = evaluate(measured, file.globals);
  const asserted = evaluate(against, file.globals);
  if (isUnknownValue(value) || isUnknownValue(asserted)) return undefined;
  const claim = `${ASSERTED[operator]} ${asserted.value}`;
  if (measured.kind === 'sizeof') {
    const type = measured.type ?? (measured.operand && typeOf(measured.operand, file.globals));
    if (!type) return undefined;
    const said = `${typeName(type)} is ${value.value} bytes, ${claim}`;
    const bare = strip(type);
    if (bare.kind !== 'record') return { said, related: [] };
    const isGrown = operator === Punct.EqualEqual && value.value > asserted.value;
    return { ...withMember(said, bare.record, Number(asserted.value), file), ...(isGrown && { grown: bare.record }) };
  }
  if (measured.kind !== 'offsetof') return undefined;
  const record = strip(measured.type);
  if (record.kind !== 'record') return undefined;
  const path = measured.path.map((step) => (step.kind === 'member' ? `.${step.name}` : '[…]')).join('');
  const said = `offsetof(${typeName(measured.type)}, ${path.slice(1)}) is ${value.value}, ${claim}`;
  return withMember(said, record.record, Math.min(Number(asserted.value), Number(value.value)), file);
}

/** Adds the first member that goes beyond a byte, or what fills up the record behind its last one. */
function withMember(said: string, record: RecordDeclaration, byte: number, file: FileAnalysis): Description {
  const layout = file.layout(record);
  if (layout.status !== 'exact') return { said, related: [] };
  const members = flatten(layout);
  const beyond = members.find((member) => member.offsetBits + member.sizeBits > byte * 8);
  const one = beyond ?? members[members.length - 1];
  if (!one) return { said, related: [] };
  const hole = layout.holes.find(({ offsetBits, sizeBits }) => offsetBits + sizeBits === one.offsetBits);
  const place = one.member.place;
  return {
    said: `${said}: ${one.name} ${where(one, beyond ? hole?.sizeBits : undefined)}`,
    related: place ? [{ ...place, message: `${one.name} is declared here` }] : [],
  };
}

function where({ offsetBits, sizeBits }: FlatMember, holeBits: number | undefined): string {
  const start = Math.floor(offsetBits / 8);
  const hole = holeBits !== undefined && holeBits >= 8 ? `, behind a hole of ${holeBits / 8} bytes` : '';
  return `takes bytes ${start} to ${Math.max(start, Math.ceil((offsetBits + sizeBits) / 8) - 1)}${hole}`;
}
