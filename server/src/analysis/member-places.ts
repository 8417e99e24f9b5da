/** Where the member that an expression names lies in the record that a pointer or a variable gives. */
import { offsetOf } from '../layout/member';
import type { ExactLayout } from '../layout/record';
import { layoutRecord, sizeOf } from '../layout/record';
import type { Target } from '../layout/target';
import { Punct } from '../text/tokens';
import type { Expression, MemberExpression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, type Member, type RecordDeclaration, strip } from '../types/model';
import type { Globals } from '../types/scope';
import { baseRecord, typeOf } from '../types/typer';

export interface MemberPlace {
  /** The outermost record, as the pointer or the variable in front of the path has it. */
  readonly layout: ExactLayout;
  /** In bytes, from its start. */
  readonly offset: number;
  readonly size: number;
  readonly type: CType;
  readonly member: Member;
  /** The path, as a person writes it behind the object, with elements but the first of arrays. */
  readonly path: string;
  /** A record on the way is packed. */
  readonly isPacked: boolean;
  /** The outermost that is. */
  readonly packed: RecordDeclaration | undefined;
}

/** The place of a member at any depth; undefined for bit-fields, and where a layout on the way is not exact. */
export function memberPlace(expression: Expression, globals: Globals, target: Target): MemberPlace | undefined {
  const steps: MemberExpression[] = [];
  let path = '';
  let offset = 0;
  let at = expression;
  for (;;) {
    if (at.kind === 'index') {
      // An element of an array that is no member, or that a pointer leads to, is an object of its own.
      if (!isArrayInRecord(at.base, globals)) break;
      const element = sizeOf(typeOf(at, globals), target);
      const index = evaluate(at.index, globals);
      if (isUnknownValue(element)) return undefined;
      const which = isUnknownValue(index) ? 0 : Number(index.value);
      offset += element * which;
      if (which !== 0) path = `[${which}]${path}`;
      at = at.base;
      continue;
    }
    if (at.kind !== 'member') break;
    steps.unshift(at);
    path = `.${at.name}${path}`;
    const record = baseRecord(at, globals);
    const place = 'reason' in record ? undefined : offsetOf(record, at.name, target);
    if (!place || isUnknownValue(place) || place.isBitField) return undefined;
    offset += place.offsetBits / 8;
    if (at.arrow) break;
    at = at.base;
  }
  if (steps.length === 0) return undefined;
  const records = steps.map((step) => baseRecord(step, globals));
  const [outer] = records;
  const innermost = records[records.length - 1];
  if ('reason' in outer || 'reason' in innermost) return undefined;
  const layout = layoutRecord(outer, target);
  const type = typeOf(expression, globals);
  const size = sizeOf(type, target);
  const last = offsetOf(innermost, steps[steps.length - 1].name, target);
  if (layout.status !== 'exact' || isUnknownValue(size) || isUnknownValue(last)) return undefined;
  const packed = records.flatMap((record) => ('reason' in record || !record.packed ? [] : record))[0];
  const isPacked = packed !== undefined || last.member.packed;
  return { layout, offset, size, type, member: last.member, path: path.slice(1), isPacked, packed };
}

function isArrayInRecord(expression: Expression, globals: Globals): boolean {
  if (strip(typeOf(expression, globals)).kind !== 'array') return false;
  return expression.kind === 'member' || (expression.kind === 'index' && isArrayInRecord(expression.base, globals));
}

/** The member whose address an expression is: `&p->m`, an array, casts and parentheses apart; undefined for others. */
export function addressed(expression: Expression, globals: Globals): Expression | undefined {
  if (expression.kind === 'cast') return addressed(expression.operand, globals);
  if (expression.kind === 'unary' && expression.operator === Punct.Ampersand) {
    const { operand } = expression;
    return operand.kind === 'member' || operand.kind === 'index' ? operand : undefined;
  }
  const isArray = expression.kind === 'member' && strip(typeOf(expression, globals)).kind === 'array';
  return isArray ? expression : undefined;
}
