/** The values of expressions and the places that they name, over one abstract state. */
import { numberValue } from '../preprocessor/numbers';
import { Punct } from '../text/tokens';
import type { Declaration, Expression, Initializer } from '../types/ast';
import { genericBranch } from '../types/evaluate';
import { isUnknownValue, strip } from '../types/model';
import type { Globals } from '../types/scope';
import { baseRecord, typeOf } from '../types/typer';
import type { AbstractState } from './abstract-state';
import type { FlowFunction } from './callees';
import {
  containerOf,
  elementOf,
  firstContent,
  type Location,
  memberOfObject,
  number,
  pointer,
  type Value,
} from './objects';
import { conditionKey } from './truths';
import { applyMove, type Typestates } from './typestates';

export abstract class ValueReader {
  private readonly ordinals = new Map<Declaration, number>();
  protected way!: AbstractState;

  constructor(
    readonly fn: FlowFunction,
    protected readonly globals: Globals,
    protected readonly typestates: Typestates,
  ) {}

  protected abstract call(expression: Expression & { kind: 'call' }): Value;
  /** A member of an object is named. */
  protected abstract touch(expression: Expression & { kind: 'member' }, base: Location): void;

  /** A value is stored into a member. */
  protected abstract stored(expression: Expression & { kind: 'member' }): void;

  placeOf(declaration: Declaration): string {
    let ordinal = this.ordinals.get(declaration);
    if (ordinal === undefined) {
      ordinal = this.ordinals.size;
      this.ordinals.set(declaration, ordinal);
    }
    return `v${this.fn.id}.${ordinal};`;
  }

  isSteady(call: string): boolean {
    return this.typestates.isSteady(call);
  }

  protected heldAt(expression: Expression): string {
    return `h${this.fn.id}.${expression.first}.${expression.end};`;
  }

  /** A value that this very place makes; what it made before is out of reach. */
  protected fresh(expression: { readonly first: number; readonly end: number }): Value {
    const name = this.freshName(expression);
    this.way.forget(name);
    return pointer(name);
  }

  freshName(expression: { readonly first: number; readonly end: number }): string {
    return `#${this.fn.id}.${expression.first}.${expression.end};`;
  }

  protected initialize(place: string, initializer: Initializer): void {
    if (initializer.kind !== 'list') {
      this.way.values.set(place, this.value(initializer));
      return;
    }
    for (const { path, value } of initializer.items) {
      const step = path.length === 1 ? path[0] : undefined;
      if (step?.kind === 'member') this.initialize(`${place}.${step.name}`, value);
      else this.initialize(`${place}[?]`, value);
    }
  }

  value(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
      case 'character': {
        const constant = numberValue(expression.text);
        return constant ? number(Number(constant.value)) : this.fresh(expression);
      }
      case 'name':
        return this.named(expression);
      case 'assign':
        return this.assign(expression);
      case 'unary':
        return this.unary(expression);
      case 'binary':
        return this.binary(expression);
      case 'member':
      case 'index':
        return this.load(this.location(expression), expression);
      case 'cast':
        return this.value(expression.operand);
      case 'call':
        return this.call(expression);
      case 'generic': {
        const branch = genericBranch(expression, this.globals);
        return branch ? this.value(branch) : this.fresh(expression);
      }
      case 'compound': {
        const made = this.fresh(expression) as Value & { kind: 'pointer' };
        this.initialize(made.to, expression.initializer);
        return made;
      }
      case 'conditional':
      case 'statement':
        return this.way.values.get(this.heldAt(expression)) ?? this.fresh(expression);
      case 'va_arg':
        this.value(expression.list);
        return this.fresh(expression);
      default:
        return this.fresh(expression);
    }
  }

  /** The value as a test sees it; undefined where nothing can be told. */
  protected truth(expression: Expression): Value | undefined {
    const value = this.value(expression);
    if (value.kind !== 'pointer') return value;
    const key = conditionKey(expression, this);
    if (key === undefined) return undefined;
    return this.known(key) ?? { kind: 'condition', key, negated: false };
  }

  /** What a condition was found to be before, where nothing has been written since. */
  private known(key: string): Value | undefined {
    const is = this.way.truths.get(key);
    return is === undefined ? undefined : is ? { kind: 'nonzero' } : number(0);
  }

  /** The value that a function gives back: where its truth was asked before, callers get to know that much. */
  protected returned(expression: Expression): Value {
    const value = this.value(expression);
    if (value.kind !== 'pointer' || this.way.objects.has(value.to)) return value;
    const key = conditionKey(expression, this);
    return (key !== undefined && this.known(key)) || value;
  }

  protected named(expression: Expression & { kind: 'name' }): Value {
    const { declaration } = expression;
    const known = declaration ?? this.globals.ordinary(expression.name);
    if (known?.kind === 'enumerator')
      return known.value === undefined || isUnknownValue(known.value)
        ? this.fresh(expression)
        : number(Number(known.value));
    const place = declaration ? this.placeOf(declaration) : `g:${expression.name};`;
    if (known?.kind === 'function' || (known && strip(known.type).kind === 'array')) return pointer(place);
    return this.load({ to: place }, expression);
  }

  protected assign(expression: Expression & { kind: 'assign' }): Value {
    if (expression.operator !== Punct.Equal) {
      this.value(expression.right);
      if (expression.left.kind === 'member') this.stored(expression.left);
      this.store(this.location(expression.left), undefined);
      return this.fresh(expression);
    }
    const value = this.value(expression.right);
    const { left } = expression;
    if (left.kind === 'member' && this.typestates.isRaw(left.name)) {
      const base = this.base(left);
      if (base) this.way.giveUp(base.to);
    }
    if (left.kind === 'member') this.stored(left);
    this.store(this.location(left), value);
    return value;
  }

  protected unary(expression: Expression & { kind: 'unary' }): Value {
    const { operand } = expression;
    switch (expression.operator) {
      case Punct.Ampersand: {
        const location = this.location(operand);
        return location ? pointer(location.to, location.head) : this.fresh(expression);
      }
      case Punct.Star:
        return this.load(this.location(expression), expression);
      case Punct.Exclamation: {
        const value = this.truth(operand);
        if (!value) return this.fresh(expression);
        if (value.kind === 'number') return number(value.value === 0 ? 1 : 0);
        if (value.kind === 'nonzero') return number(0);
        return value.kind === 'pointer' ? this.fresh(expression) : { ...value, negated: !value.negated };
      }
      case Punct.PlusPlus:
      case Punct.MinusMinus:
        this.store(this.location(operand), undefined);
        return this.fresh(expression);
      case Punct.Minus: {
        const value = this.value(operand);
        return value.kind === 'number' ? number(-value.value) : this.fresh(expression);
      }
      default:
        this.value(operand);
        return this.fresh(expression);
    }
  }

  protected binary(expression: Expression & { kind: 'binary' }): Value {
    const { operator } = expression;
    if (operator === Punct.AndAnd || operator === Punct.OrOr)
      return this.way.values.get(this.heldAt(expression)) ?? this.fresh(expression);
    if (operator === Punct.Comma) {
      this.value(expression.left);
      return this.value(expression.right);
    }
    if (operator === Punct.Minus && expression.right.kind === 'offsetof') return this.container(expression);
    const left = this.value(expression.left);
    const right = this.value(expression.right);
    if (operator === Punct.EqualEqual || operator === Punct.ExclamationEqual) {
      const isEqual = operator === Punct.EqualEqual;
      if (left.kind === 'number' && right.kind === 'number')
        return number((left.value === right.value) === isEqual ? 1 : 0);
      const [asked, of] = right.kind === 'number' ? [left, expression.left] : [right, expression.right];
      const against = right.kind === 'number' ? right : left;
      if (against.kind === 'number' && against.value === 0) {
        if (asked.kind === 'nonzero') return number(isEqual ? 0 : 1);
        if (asked.kind === 'result' || asked.kind === 'condition')
          return isEqual ? { ...asked, negated: !asked.negated } : asked;
        const key = conditionKey(of, this);
        if (key !== undefined) return { kind: 'condition', key, negated: isEqual };
      }
    } else if (left.kind === 'number' && right.kind === 'number') {
      const result = COMPUTED[operator]?.(left.value, right.value);
      if (result !== undefined) return number(Number(result));
    } else if (left.kind === 'pointer' && (operator === Punct.Plus || operator === Punct.Minus)) {
      // p + 0 is p; any other sum is some other element, of which only the compound is known.
      if (right.kind === 'number' && right.value === 0) return left;
      const key = conditionKey(expression.right, this);
      if (key !== undefined && operator === Punct.Plus) {
        const { to, head } = elementOf(left, key);
        return pointer(to, head);
      }
      return left.head === undefined ? this.fresh(expression) : pointer(this.freshName(expression), left.head);
    }
    if (!COMPARISONS.has(operator)) return this.fresh(expression);
    const key = conditionKey(expression, this);
    return key === undefined ? this.fresh(expression) : { kind: 'condition', key, negated: false };
  }

  /** `(char *)p - offsetof(type, member)`, as container_of() comes to. */
  protected container(expression: Expression & { kind: 'binary' }): Value {
    const at = this.value(expression.left);
    const { right } = expression;
    if (right.kind !== 'offsetof') return this.fresh(expression);
    const steps = right.path.map((step) => (step.kind === 'member' ? step.name : '[]'));
    const known = at.kind === 'pointer' ? containerOf(at, steps.join('.')) : undefined;
    if (known) return pointer(known.to);
    const made = this.fresh(expression) as Value & { kind: 'pointer' };
    const tag = recordTag(right);
    for (const move of this.typestates.entryMoves(steps[0]))
      if ((move.data.record ?? move.typestate.record) === tag)
        applyMove(this.way, made.to, move, this.fn.tokens[expression.first]);
    return made;
  }

  /** The place that an expression names; undefined where it can't be told. */
  protected location(expression: Expression): Location | undefined {
    switch (expression.kind) {
      case 'name': {
        const { declaration } = expression;
        return { to: declaration ? this.placeOf(declaration) : `g:${expression.name};` };
      }
      case 'member': {
        const base = this.base(expression);
        if (base) this.touch(expression, base);
        if (!base) return undefined;
        if (this.typestates.isEmbeddedName(expression.name)) {
          const record = baseRecord(expression, this.globals);
          if (!('reason' in record) && this.typestates.isEmbedded(record.tag, expression.name))
            return { to: base.to, head: base.to };
        }
        return memberOfObject(base, expression.name);
      }
      case 'index': {
        const base = this.value(expression.base);
        const index = this.value(expression.index);
        if (base.kind !== 'pointer') return undefined;
        if (index.kind === 'number' && index.value === 0 && base.head !== undefined) return base;
        const key = index.kind === 'number' ? `${index.value}` : conditionKey(expression.index, this);
        return elementOf(base, key ?? this.freshName(expression));
      }
      case 'unary': {
        if (expression.operator !== Punct.Star) break;
        const value = this.value(expression.operand);
        return value.kind === 'pointer' ? value : undefined;
      }
      case 'cast':
        return this.location(expression.operand);
      case 'compound': {
        const value = this.value(expression);
        return value.kind === 'pointer' ? value : undefined;
      }
    }
    this.value(expression);
    return undefined;
  }

  /** The object of which a member is named. */
  protected base(expression: Expression & { kind: 'member' }): Location | undefined {
    if (!expression.arrow) return this.location(expression.base);
    const value = this.value(expression.base);
    return value.kind === 'pointer' ? value : undefined;
  }

  protected load(location: Location | undefined, expression: Expression): Value {
    if (!location) return this.fresh(expression);
    const known = this.way.values.get(location.to);
    if (known) return known;
    if (expression.kind !== 'name' && strip(typeOf(expression, this.globals)).kind === 'array')
      return pointer(location.to, location.head);
    const content = firstContent(location.to);
    return content === undefined ? this.fresh(expression) : pointer(content);
  }

  protected store(location: Location | undefined, value: Value | undefined): void {
    if (!location) return;
    const { way } = this;
    const { to } = location;
    if (to.endsWith(';') && !to.includes('(')) way.forget(to);
    const member = /\.(\w+)$/.exec(to)?.[1];
    if (member !== undefined) {
      // Any other object's member of this name may be the same one, but for those of variables.
      way.lose({ kind: 'member', text: member });
      way.forget(`.${member})`);
      way.lose({ kind: 'truth', text: `->${member};` });
    } else way.forget(`*(${to})`);
    if (value) way.values.set(to, value);
    else way.lose({ kind: 'place', text: to });
  }
}

const COMPARISONS = new Set<number>([
  Punct.EqualEqual,
  Punct.ExclamationEqual,
  Punct.Less,
  Punct.Greater,
  Punct.LessEqual,
  Punct.GreaterEqual,
  Punct.Ampersand,
]);

const COMPUTED: Readonly<Record<number, ((a: number, b: number) => number | boolean) | undefined>> = {
  [Punct.Less]: (a, b) => a < b,
  [Punct.Greater]: (a, b) => a > b,
  [Punct.LessEqual]: (a, b) => a <= b,
  [Punct.GreaterEqual]: (a, b) => a >= b,
  [Punct.Plus]: (a, b) => a + b,
  [Punct.Minus]: (a, b) => a - b,
};

function recordTag(expression: Expression & { kind: 'offsetof' }): string | undefined {
  const bare = strip(expression.type);
  return bare.kind === 'record' ? bare.record.tag : undefined;
}
