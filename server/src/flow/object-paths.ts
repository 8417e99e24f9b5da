/** Names the records that expressions reach, and the paths of members in them, by texts that are equal where the memory must be. */
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { evaluate, genericBranch } from '../types/evaluate';
import { isUnknownValue, type RecordDeclaration, strip } from '../types/model';
import type { Globals } from '../types/scope';
import { baseRecord, typeOf } from '../types/typer';

/** A member of an object, at any depth of records in it. */
export interface MemberOfObject {
  readonly object: string;
  readonly record: RecordDeclaration;
  /** `lru`, `w.nodes`. */
  readonly path: string;
  /** Only an element of the member, which is an array, is named. */
  readonly isElement: boolean;
  /** The path with what comes behind the member, `slots[2].name`, where all indices are constants. */
  readonly exact?: string;
}

/** Places: `v3;` for a variable, `g:name;` for one at file scope, `*(…)` for what a pointer leads to, `.name;` for a member. */
export class ObjectPaths {
  private readonly ordinals = new Map<Declaration, number>();

  constructor(readonly globals: Globals) {}

  variable(declaration: Declaration): string {
    let ordinal = this.ordinals.get(declaration);
    if (ordinal === undefined) this.ordinals.set(declaration, (ordinal = this.ordinals.size));
    return `v${ordinal};`;
  }

  /** The place that an expression names; undefined where it can't be told. */
  placeOf(expression: Expression): string | undefined {
    switch (expression.kind) {
      case 'name': {
        const { declaration, name } = expression;
        const meant = declaration && givenToMacro(declaration, this);
        if (meant) return this.placeOf(meant);
        return declaration ? this.variable(declaration) : `g:${name};`;
      }
      case 'member': {
        const base = expression.arrow ? this.pointedAt(expression.base) : this.placeOf(expression.base);
        return base === undefined ? undefined : `${base}.${expression.name};`;
      }
      case 'index': {
        const base = isArray(expression.base, this.globals)
          ? this.placeOf(expression.base)
          : this.pointedAt(expression.base);
        const index = this.constant(expression.index);
        return base === undefined || index === undefined ? undefined : `${base}[${index}]`;
      }
      case 'unary':
        return expression.operator === Punct.Star ? this.pointedAt(expression.operand) : undefined;
      default:
        return undefined;
    }
  }

  /** The place that a pointer leads to. */
  pointedAt(pointer: Expression): string | undefined {
    const expression = this.core(pointer);
    if (expression.kind === 'unary' && expression.operator === Punct.Ampersand) return this.placeOf(expression.operand);
    const place = this.placeOf(expression);
    if (place === undefined) return undefined;
    return isArray(expression, this.globals) ? place : `*(${place})`;
  }

  /** The object and the path in it that a member access names. */
  memberOf(expression: Expression & { kind: 'member' | 'index' }): MemberOfObject | undefined {
    let path = '';
    let isElement = false;
    let exact: string | undefined = '';
    for (let at: Expression = expression; ; ) {
      if (at.kind === 'index' && isArray(at.base, this.globals)) {
        const index = this.constant(at.index);
        exact =
          index === undefined || exact === undefined
            ? undefined
            : `[${index}]${exact === '' ? '' : '.'}${exact}`.replace('].[', '][');
        path = '';
        isElement = true;
        at = at.base;
        continue;
      }
      if (at.kind !== 'member') return undefined;
      path = path === '' ? at.name : `${at.name}.${path}`;
      if (exact !== undefined) exact = exact === '' || exact.startsWith('[') ? at.name + exact : `${at.name}.${exact}`;
      // `(&a->b)->c` is `a->b.c`.
      const addressed: Expression | undefined = at.arrow ? this.core(at.base) : undefined;
      const isAddress: boolean = addressed?.kind === 'unary' && addressed.operator === Punct.Ampersand;
      const inner: Expression = addressed?.kind === 'unary' && isAddress ? this.core(addressed.operand) : at.base;
      const isWithin = isAddress || !at.arrow;
      if (isWithin && (inner.kind === 'member' || (inner.kind === 'index' && isArray(inner.base, this.globals)))) {
        at = inner;
        continue;
      }
      const object = at.arrow ? this.pointedAt(at.base) : this.placeOf(at.base);
      const record = baseRecord(at, this.globals);
      if (object === undefined || 'reason' in record) return undefined;
      return { object, record, path, isElement, ...(isElement && exact !== undefined && { exact }) };
    }
  }

  /** The value of a constant expression. */
  constant(expression: Expression): bigint | undefined {
    if (expression.kind === 'name' && expression.declaration?.kind === 'variable') return undefined;
    const value = evaluate(expression, this.globals);
    return isUnknownValue(value) ? undefined : value.value;
  }

  /** An expression without casts, and the branch of `_Generic` that counts; `*&x` is x. */
  core(expression: Expression): Expression {
    switch (expression.kind) {
      case 'cast':
        return this.core(expression.operand);
      case 'generic': {
        const branch = genericBranch(expression, this.globals);
        return branch ? this.core(branch) : expression;
      }
      case 'unary': {
        if (expression.operator !== Punct.Star) return expression;
        const operand = this.core(expression.operand);
        const isAddress = operand.kind === 'unary' && operand.operator === Punct.Ampersand;
        return isAddress ? this.core(operand.operand) : expression;
      }
      default:
        return expression;
    }
  }
}

/** The variable that a macro was given, and that a local of the macro's stands for: `typeof(p) ___p = (p)`. */
export function givenToMacro(
  { name, kind, initializer, type }: Declaration,
  paths: ObjectPaths,
): Expression | undefined {
  if (!name.startsWith('__') || kind !== 'variable' || !initializer || initializer.kind === 'list') return undefined;
  const given = strip(type).kind === 'pointer' ? paths.core(initializer) : undefined;
  return given?.kind === 'name' && given.declaration && given.declaration.name !== name ? given : undefined;
}

/** Whether an expression is an array, and no pointer to its first element. */
export function isArray(expression: Expression, globals: Globals): boolean {
  return strip(typeOf(expression, globals)).kind === 'array';
}
