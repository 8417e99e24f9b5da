/**
 * Functions of a header that tell by the value of a number in a union whether the bytes hold that number or a pointer: no pointer is below a
 * page's size, and none to a record has its lowest bit set.
 */
import type { ObjectPaths } from '../flow/object-paths';
import { Punct } from '../text/tokens';
import type { Declaration, Expression, MemberExpression } from '../types/ast';
import { type CType, type RecordDeclaration, strip } from '../types/model';
import { baseRecord, findMember } from '../types/typer';
import { unionOf } from './kind-cover';

/** What a function that came out true, or false, says of members. */
interface ToldByValue {
  readonly predicate: string;
  readonly members: readonly { readonly member: string; readonly holds: boolean }[];
  /** The token of the member that is looked at. */
  readonly nameToken: number;
}

/** Numbers below are no pointers. */
const SMALLEST_POINTER = 4096n;

/** What a function says of a record's union by the value of one of its numbers; undefined where it does more, or another thing. */
export function toldByValue(
  { name, parameters = [], body }: Declaration,
  record: RecordDeclaration,
  paths: ObjectPaths,
): ToldByValue | undefined {
  const [statement, ...more] = body?.items ?? [];
  if (name === undefined || parameters.length !== 1 || more.length > 0) return undefined;
  if (statement?.kind !== 'return' || !statement.value) return undefined;
  const [value, isNegated] = bare(paths.core(statement.value), paths);
  if (value.kind !== 'binary') return undefined;
  const looked = lookedAt(value, paths);
  const base = looked && paths.core(looked.member.base);
  if (!looked || base?.kind !== 'name' || base.declaration !== parameters[0]) return undefined;
  const { member, isSmall, saysSmall } = looked;
  if (baseRecord(member, paths.globals) !== record || strip(findMember(record, member.name)!.type).kind !== 'integer')
    return undefined;
  const others = (unionOf(record, member.name) ?? []).filter((one) => one.name !== member.name);
  if (others.length === 0 || !others.every(({ name: other, type }) => other !== undefined && isRecordPointer(type)))
    return undefined;
  const holds = isSmall !== isNegated;
  const pointers = others.map((other) => ({ member: other.name!, holds: !holds }));
  const number = saysSmall ? [{ member: member.name, holds }] : [];
  return { predicate: `${name}()`, members: [...pointers, ...number], nameToken: member.nameToken };
}

function bare(value: Expression, paths: ObjectPaths): readonly [Expression, boolean] {
  if (value.kind !== 'unary' || value.operator !== Punct.Exclamation) return [value, false];
  const [inner, isNegated] = bare(paths.core(value.operand), paths);
  return [inner, !isNegated];
}

interface Looked {
  readonly member: MemberExpression;
  /** Where the comparison is true, the value is no pointer. */
  readonly isSmall: boolean;
  /** The number is all that the bytes can hold then; of a word with tags the pointer's kind alone is told. */
  readonly saysSmall: boolean;
}

function lookedAt({ operator, left, right }: Expression & { kind: 'binary' }, paths: ObjectPaths): Looked | undefined {
  const [one, other] = [paths.core(left), paths.core(right)];
  const isTurned = one.kind !== 'member';
  const [member, limit] = isTurned ? [other, one] : [one, other];
  const value = paths.constant(limit);
  if (member.kind !== 'member' || value === undefined || value <= 0n || value > SMALLEST_POINTER) return undefined;
  const [below, above] = isTurned
    ? [
        [Punct.Greater, Punct.GreaterEqual],
        [Punct.Less, Punct.LessEqual],
      ]
    : [
        [Punct.Less, Punct.LessEqual],
        [Punct.Greater, Punct.GreaterEqual],
      ];
  if (below.includes(operator)) return { member, isSmall: true, saysSmall: true };
  if (above.includes(operator)) return { member, isSmall: false, saysSmall: true };
  return operator === Punct.Ampersand && value === 1n ? { member, isSmall: true, saysSmall: false } : undefined;
}

function isRecordPointer(type: CType): boolean {
  const outer = strip(type);
  return outer.kind === 'pointer' && strip(outer.to).kind === 'record';
}
