/** The values of expressions and the places in memory that they name, over one state of stored bytes. */
import { offsetOf } from '../layout/member';
import { sizeOf } from '../layout/record';
import type { Target } from '../layout/target';
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { evaluate, genericBranch } from '../types/evaluate';
import { type CType, isUnknownValue, strip } from '../types/model';
import type { Globals } from '../types/scope';
import { baseRecord, typeOf } from '../types/typer';
import { initializing } from '../types/walk';
import { COMPUTED, comparedToZero } from './byte-arithmetic';
import type { OpenBytes } from './byte-objects';
import {
  anyElement,
  type BytePlace,
  type ByteState,
  type ByteValue,
  isTrue,
  type Location,
  objectsOf,
} from './byte-state';
import type { FlowFunction } from './callees';
import { movedIn } from './moved-variables';
import { conditionKey } from './truths';

export abstract class ByteValues {
  protected state!: ByteState;
  private readonly moving: ReadonlySet<Declaration>;

  constructor(
    protected readonly fn: FlowFunction,
    protected readonly globals: Globals,
    protected readonly target: Target,
  ) {
    this.moving = movedIn(fn.declaration);
  }

  protected abstract call(expression: Expression & { kind: 'call' }): ByteValue | undefined;
  /** The object that a member of some record points to, where it is room that nobody cleared. */
  protected abstract roomBehind(expression: Expression & { kind: 'member' }): ByteValue | undefined;
  /** Bytes are about to be stored. */
  protected abstract told(place: BytePlace, expression: Expression): void;
  /** What of a record that is copied whole was never stored. */
  protected abstract openIn(expression: Expression): OpenBytes | undefined;
  /** What was copied to a place was open where it came from. */
  protected abstract leaveOpen(location: Location | undefined, open: OpenBytes): void;
  /** A value is stored into a member. */
  protected abstract storedInto(expression: Expression & { kind: 'member' }, value: ByteValue | undefined): void;
  /** A variable was made to point to an object. */
  protected abstract viewed(of: Pick<Declaration, 'name' | 'type'>, value: ByteValue | undefined): void;
  /** A member of something that is not followed points to memory from now on; says whether that is kept. */
  protected abstract hold(expression: Expression, value: ByteValue | undefined): boolean;
  /** What such a member points to. */
  protected abstract heldBy(expression: Expression): ByteValue | undefined;
  /** The object that a variable is; undefined for one that holds a value. */
  abstract objectOf(declaration: Declaration): { readonly id: string; readonly size: number } | undefined;
  abstract placeOf(declaration: Declaration): string;
  abstract isSteady(call: string): boolean;

  /** What is known of an expression's truth; undefined where it may be either. */
  protected truth(expression: Expression, value: ByteValue | undefined): boolean | undefined {
    if (value?.kind === 'number') return value.value !== 0;
    if (isTrue(value) || value?.kind === 'pointer' || value?.kind === 'variable') return true;
    const key = conditionKey(expression, this);
    return key === undefined ? undefined : this.state.truths.get(key);
  }

  /** Nothing is known any more of what a value leads to: others have its address. Of a member, they may have stored that one. */
  protected escape(value: ByteValue | undefined): void {
    if (value?.kind === 'pointer' && value.isPart && value.at === value.low && !value.every) {
      this.storeBytes(value, value.high - value.low);
      return;
    }
    for (const object of objectsOf(value)) this.state.lose(object);
    if (value?.kind === 'variable') this.state.values.delete(value.of);
  }

  protected sizeOf(type: CType): number | undefined {
    const size = sizeOf(type, this.target);
    return isUnknownValue(size) ? undefined : size;
  }

  value(expression: Expression): ByteValue | undefined {
    switch (expression.kind) {
      case 'number':
      case 'character':
      case 'sizeof':
      case 'alignof':
      case 'preferred':
      case 'offsetof':
      case 'compatible':
        return this.constant(expression);
      case 'name':
        return this.named(expression);
      case 'assign':
        return this.assign(expression);
      case 'unary':
        return this.unary(expression);
      case 'binary':
        return this.binary(expression);
      case 'member':
        return (
          this.roomBehind(expression) ?? this.heldBy(expression) ?? this.load(this.location(expression), expression)
        );
      case 'index':
        return this.load(this.location(expression), expression);
      case 'cast': {
        const value = this.value(expression.operand);
        const to = strip(expression.type);
        if (objectsOf(value).length === 0 || to.kind === 'pointer') return value;
        if (to.kind !== 'void') this.escape(value);
        return undefined;
      }
      case 'conditional':
      case 'statement':
        return this.state.values.get(expression);
      case 'call':
        return this.call(expression);
      case 'generic': {
        const branch = genericBranch(expression, this.globals);
        return branch && this.value(branch);
      }
      case 'compound':
        for (const part of initializing(expression.initializer)) this.escape(this.value(part));
        return undefined;
      case 'va_arg':
        this.value(expression.list);
        return undefined;
      default:
        return undefined;
    }
  }

  protected constant(expression: Expression): ByteValue | undefined {
    const value = evaluate(expression, this.globals);
    return isUnknownValue(value) ? undefined : { kind: 'number', value: Number(value.value) };
  }

  private named(expression: Expression & { kind: 'name' }): ByteValue | undefined {
    const { declaration } = expression;
    if (!declaration || declaration.kind === 'enumerator')
      return this.constant(expression) ?? this.fixed(expression.name);
    const known = this.state.values.get(declaration);
    return known ?? this.load(this.location(expression), expression);
  }

  /** The value of a constant at file scope, as far as its definition is in sight. */
  private fixed(name: string): ByteValue | undefined {
    const found = this.globals.ordinary(name);
    const { initializer } = found ?? {};
    if (!found?.type.isConst || !initializer || initializer.kind === 'list') return undefined;
    return this.constant(initializer);
  }

  private assign(expression: Expression & { kind: 'assign' }): ByteValue | undefined {
    const { left, right, operator } = expression;
    const given = this.value(right);
    const location = this.location(left);
    const value = operator === Punct.Equal ? given : this.updated(expression, location, given);
    const open = operator === Punct.Equal ? this.openIn(right) : undefined;
    this.store(left, location, value);
    if (open) this.leaveOpen(location, open);
    if (left.kind === 'member') this.storedInto(left, value);
    return value;
  }

  /** What `+=` and its kin leave in a variable. */
  private updated(
    { left, operator }: Expression & { kind: 'assign' },
    location: Location | undefined,
    by: ByteValue | undefined,
  ): ByteValue | undefined {
    if (location?.kind !== 'variable') return undefined;
    const before = this.state.values.get(location.of);
    if (before?.kind === 'pointer' && before.every) return { kind: 'pointer', ...anyElement(before, 0) };
    const sign = operator === Punct.PlusEqual ? 1 : operator === Punct.MinusEqual ? -1 : 0;
    if (sign === 0) {
      this.escape(before);
      return undefined;
    }
    return this.sum(before, by, sign, typeOf(left, this.globals));
  }

  private store(expression: Expression, location: Location | undefined, value: ByteValue | undefined): void {
    const { state } = this;
    if (expression.kind === 'member') state.forget(`->${expression.name};`);
    if (location?.kind === 'variable') {
      this.setVariable(location.of as Declaration, value);
      return;
    }
    // An object that holds its own address, as an empty list does, has not given it away.
    const isOwn = location && value?.kind === 'pointer' && value.object === location.object;
    const isHeld = !location && this.hold(expression, value);
    if (!isOwn && !isHeld) this.escape(value);
    if (!location) return;
    this.told(location, expression);
    this.storeBytes(location, this.sizeOf(typeOf(expression, this.globals)));
  }

  /** A variable that is moved on somewhere in the function leads to any element, not to the one that it starts with. */
  protected setVariable(declaration: Declaration, value: ByteValue | undefined): void {
    const to = strip(declaration.type);
    const size =
      value?.kind === 'pointer' && to.kind === 'pointer' && this.moving.has(declaration) && this.sizeOf(to.to);
    const held: ByteValue | undefined =
      size && value?.kind === 'pointer' && !value.every ? { kind: 'pointer', ...anyElement(value, size) } : value;
    this.state.set(declaration, held);
    this.state.forget(this.placeOf(declaration));
    this.viewed(declaration, value);
  }

  /** So many bytes are stored at a place; at one that is not known, all that it is a part of. */
  protected storeBytes(place: BytePlace & { bits?: { start: number; size: number } }, size: number | undefined): void {
    const { state } = this;
    const { object, at, low, high, every, bits } = place;
    if (at === undefined || size === undefined) {
      const end = every ? high + every.stride * (every.count - 1) : high;
      state.storeBits(object, (size === undefined && at !== undefined ? at : low) * 8, end * 8);
      return;
    }
    const { stride, count } = every ?? { stride: 0, count: 1 };
    state.storeEach(object, at * 8 + (bits?.start ?? 0), bits?.size ?? size * 8, stride * 8, count);
  }

  private unary(expression: Expression & { kind: 'unary' }): ByteValue | undefined {
    const { operand, operator } = expression;
    switch (operator) {
      case Punct.Ampersand: {
        const location = this.location(operand);
        if (location?.kind === 'variable') return location;
        if (!location) return undefined;
        const size = this.sizeOf(typeOf(operand, this.globals));
        return this.within(location, size);
      }
      case Punct.Star:
        return this.load(this.location(expression), expression);
      case Punct.PlusPlus:
      case Punct.MinusMinus: {
        const location = this.location(operand);
        const before = location?.kind === 'variable' ? this.state.values.get(location.of) : undefined;
        const sign = operator === Punct.PlusPlus ? 1 : -1;
        if (before?.kind === 'pointer') return before;
        const after = this.sum(before, { kind: 'number', value: 1 }, sign, typeOf(operand, this.globals));
        this.store(operand, location, after);
        return expression.postfix ? before : after;
      }
      case Punct.Exclamation: {
        const truth = this.truth(operand, this.value(operand));
        return truth === undefined ? undefined : { kind: 'number', value: truth ? 0 : 1 };
      }
      default: {
        const value = this.value(operand);
        if (value?.kind !== 'number' || operator === Punct.Tilde) return this.constant(expression);
        if (operator === Punct.Minus) return { kind: 'number', value: -value.value };
        return operator === Punct.Plus ? value : undefined;
      }
    }
  }

  /** A part of this size as a thing of its own, to which an unknown length is bound. */
  private within(location: Location & { kind: 'bytes' }, size: number | undefined): ByteValue {
    const { object, at, low, high, every, isPart } = location;
    if (at === undefined || size === undefined)
      return { kind: 'pointer', object, at, low, high, ...(every && { every }) };
    const part = isPart && { isPart };
    return { kind: 'pointer', object, at, low: at, high: at + size, ...(every && { every }), ...part };
  }

  private binary(expression: Expression & { kind: 'binary' }): ByteValue | undefined {
    const { operator, left, right } = expression;
    if (operator === Punct.AndAnd || operator === Punct.OrOr) return this.state.values.get(expression);
    const one = this.value(left);
    const other = this.value(right);
    if (operator === Punct.Comma) return other;
    if (operator === Punct.Plus || operator === Punct.Minus) {
      const sign = operator === Punct.Plus ? 1 : -1;
      if (one?.kind === 'pointer' && other?.kind === 'pointer') return undefined;
      if (other?.kind === 'pointer' && sign === 1) return this.sum(other, one, 1, typeOf(right, this.globals));
      return this.sum(one, other, sign, typeOf(left, this.globals));
    }
    if (one?.kind === 'number' && other?.kind === 'number') {
      const result = COMPUTED[operator]?.(one.value, other.value);
      if (result !== undefined && Number.isSafeInteger(Number(result)))
        return { kind: 'number', value: Number(result) };
      return this.constant(expression);
    }
    return comparedToZero(operator, one, other) ?? (one || other ? undefined : this.constant(expression));
  }

  /** A number, or a pointer that moves by elements. */
  private sum(
    value: ByteValue | undefined,
    by: ByteValue | undefined,
    sign: 1 | -1,
    type: CType,
  ): ByteValue | undefined {
    if (value?.kind === 'number' && by?.kind === 'number')
      return { kind: 'number', value: value.value + sign * by.value };
    if (value?.kind !== 'pointer') return value?.kind === 'among' ? value : undefined;
    const bare = strip(type);
    const element = bare.kind === 'pointer' ? bare.to : bare.kind === 'array' ? bare.of : undefined;
    const size = element && this.sizeOf(element);
    if (value.every)
      return by?.kind === 'number' && by.value === 0 ? value : { kind: 'pointer', ...anyElement(value, 0) };
    if (size === undefined || value.at === undefined) return { ...value, at: undefined };
    if (by?.kind === 'number') return { ...value, at: value.at + sign * by.value * size, isPart: undefined };
    return sign === 1 ? { kind: 'pointer', ...anyElement(value, size) } : { ...value, at: undefined };
  }

  /** The place that an expression names; undefined where it is none that is followed. */
  protected location(expression: Expression): Location | undefined {
    switch (expression.kind) {
      case 'name': {
        const { declaration } = expression;
        if (!declaration || (declaration.kind !== 'variable' && declaration.kind !== 'parameter')) return undefined;
        const object = this.objectOf(declaration);
        if (object) return { kind: 'bytes', object: object.id, at: 0, low: 0, high: object.size };
        return declaration.isStatic ? undefined : { kind: 'variable', of: declaration };
      }
      case 'member': {
        const base = expression.arrow ? this.followed(this.value(expression.base)) : this.location(expression.base);
        return base?.kind === 'bytes' ? this.memberOf(base, expression) : undefined;
      }
      case 'index': {
        const base = this.value(expression.base);
        this.value(expression.index);
        // A variable that is an index goes over the array, most often in a loop.
        const index = this.constant(expression.index);
        const moved = this.sum(base, index, 1, typeOf(expression.base, this.globals));
        const place = this.followed(moved);
        if (place?.kind !== 'bytes' || place.every || place.at === undefined) return place;
        const size = this.sizeOf(typeOf(expression, this.globals));
        return size === undefined ? place : { ...place, low: place.at, high: place.at + size, isPart: undefined };
      }
      case 'unary':
        if (expression.operator === Punct.Star) return this.followed(this.value(expression.operand));
        break;
      case 'cast':
        return this.location(expression.operand);
      case 'generic': {
        const branch = genericBranch(expression, this.globals);
        return branch && this.location(branch);
      }
    }
    this.escape(this.value(expression));
    return undefined;
  }

  /** What a pointer leads to. Of one of several, all may be stored into. */
  private followed(value: ByteValue | undefined): Location | undefined {
    if (value?.kind === 'variable') return value;
    if (value?.kind === 'pointer') return { ...value, kind: 'bytes' };
    this.escape(value);
    return undefined;
  }

  private memberOf(
    base: Location & { kind: 'bytes' },
    expression: Expression & { kind: 'member' },
  ): Location | undefined {
    const record = baseRecord(expression, this.globals);
    const place = 'reason' in record ? undefined : offsetOf(record, expression.name, this.target);
    if (!place || isUnknownValue(place)) {
      this.state.lose(base.object);
      return undefined;
    }
    const { object, every } = base;
    if (base.at === undefined) return base;
    const at = base.at + Math.floor(place.offsetBits / 8);
    const high = base.at + Math.ceil((place.offsetBits + place.sizeBits) / 8);
    // A flexible array goes on to the end of what it lies in.
    const isOpen = place.sizeBits === 0 && strip(place.type).kind === 'array';
    return {
      kind: 'bytes',
      object,
      at,
      low: at,
      high: isOpen ? base.high : high,
      ...(every && { every }),
      ...(place.offsetBits > 0 && !isOpen && { isPart: true as const }),
      ...(place.isBitField && { bits: { start: place.offsetBits % 8, size: place.sizeBits } }),
    };
  }

  private load(location: Location | undefined, expression: Expression): ByteValue | undefined {
    if (!location) return undefined;
    if (location.kind === 'variable') return this.state.values.get(location.of);
    if (strip(typeOf(expression, this.globals)).kind !== 'array') return undefined;
    const { object, at, low, high, every, isPart } = location;
    return { kind: 'pointer', object, at, low, high, ...(every && { every }), ...(isPart && { isPart }) };
  }
}
