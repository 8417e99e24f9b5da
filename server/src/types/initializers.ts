/** How many elements the initializer of an array makes, braces left out among them (C11 6.7.9). */
import type { Designator, Expression, Initializer, InitializerList } from './ast';
import { type CType, isUnknownValue, type Member, strip, type UnknownValue } from './model';

interface World {
  /** The type of an expression. */
  typeOf(expression: Expression): CType;
  /** The value of a constant. */
  constant(expression: Expression): number | UnknownValue;
}

type Items = InitializerList['items'];

/** What an initializer can't be read as; caught where the length is asked for. */
class Unreadable extends Error {}

/** Elements of an array without a length of its own that an initializer gives it. */
export function initializedLength(of: CType, initializer: Initializer, world: World): number | UnknownValue {
  if (initializer.kind !== 'list') {
    const length = initializer.kind === 'string' ? stringLength(of, initializer, world) : undefined;
    return length ?? { unknown: 'the initializer of an array is no list' };
  }
  const [only] = initializer.items;
  // What stands behind a string is too much, and left out.
  if (only && only.path.length === 0 && only.value.kind === 'string') {
    const length = stringLength(of, only.value, world);
    if (length !== undefined) return length;
  }
  try {
    return new Walk(world, initializer.items).elements(of);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { unknown: error.message };
  }
}

/** The length of a string, end included, where it can stand for elements of a type; undefined where it can't. */
function stringLength(of: CType, string: Expression, world: World): number | undefined {
  const made = world.typeOf(string);
  const element = strip(of);
  if (made.kind !== 'array' || element.kind !== 'integer') return undefined;
  const unit = strip(made.of);
  if (unit.kind !== 'integer' || widthClass(unit.name) !== widthClass(element.name)) return undefined;
  return typeof made.length === 'number' ? made.length : undefined;
}

/** Types that strings of the same kind may initialize. */
function widthClass(name: string): string {
  const bare = name.replace(/^(un)?signed /, '');
  return bare === 'long' ? 'int' : bare;
}

/** Reads initializers one after the other, an object for each as far as it goes. */
class Walk {
  private at = 0;

  constructor(
    private readonly world: World,
    private readonly items: Items,
  ) {}

  elements(of: CType): number {
    let next = 0;
    let length = 0;
    while (this.at < this.items.length) {
      const { path } = this.items[this.at];
      if (path.length > 0) next = this.index(path[0], length);
      this.object(of, path.slice(1));
      if (this.isBracedString(of, this.items[this.at - 1].value))
        throw new Unreadable('a string in braces is one element');
      next++;
      length = Math.max(length, next);
    }
    return length;
  }

  private isBracedString(of: CType, value: Initializer): boolean {
    if (value.kind !== 'list' || strip(of).kind !== 'integer') return false;
    return value.items.some((item) => item.value.kind === 'string');
  }

  private index(step: Designator, _length: number): number {
    if (step.kind !== 'index') throw new Unreadable('a member of an array is initialized');
    const value = this.world.constant(step.last ?? step.index);
    if (isUnknownValue(value)) throw new Unreadable(value.unknown);
    const first = step.last && this.world.constant(step.index);
    if (first !== undefined && !isUnknownValue(first) && first > value) throw new Unreadable('a range is empty');
    if (value < 0) throw new Unreadable('an index below 0 is initialized');
    return value;
  }

  /** One object of a type, from the item that is next. @param path What is left of that item's designators. */
  private object(type: CType, path: readonly Designator[]): void {
    const bare = strip(type);
    if (path.length > 0) {
      this.designated(bare, path);
      return;
    }
    const { value } = this.items[this.at];
    if (bare.kind === 'unknown') throw new Unreadable(bare.reason);
    const isWhole = value.kind === 'list' || (bare.kind !== 'array' && bare.kind !== 'record');
    if (isWhole || this.standsForAll(bare, value as Expression)) this.at++;
    else this.inner(bare, 0);
  }

  /** Whether an expression is all of an array or record, and not its first scalar. */
  private standsForAll(bare: CType, value: Expression): boolean {
    if (bare.kind === 'array') return value.kind === 'string' && stringLength(bare.of, value, this.world) !== undefined;
    const type = strip(this.world.typeOf(value));
    if (type.kind === 'unknown') throw new Unreadable(type.reason);
    return type.kind === 'record';
  }

  /** The parts of an array or record whose braces are left out, from one of them on. */
  private inner(bare: CType, from: number): void {
    const before = this.at;
    for (let part = from; this.at < this.items.length; part++) {
      const type = this.partOf(bare, part);
      // What has no room takes nothing; what has a designator is a part of an outer object.
      if (type === undefined || (this.at > before && this.items[this.at].path.length > 0)) break;
      if (part > from && this.items[this.at].path.length > 0) break;
      this.object(type, []);
    }
    if (from === 0 && this.at === before) throw new Unreadable('an object without members is initialized');
  }

  private partOf(bare: CType, part: number): CType | undefined {
    if (bare.kind === 'array') {
      if (isUnknownValue(bare.length)) throw new Unreadable(bare.length.unknown);
      return bare.length !== null && part < bare.length ? bare.of : undefined;
    }
    if (bare.kind !== 'record') return undefined;
    const members = this.membersOf(bare);
    return bare.record.kind === 'union' && part > 0 ? undefined : members[part]?.type;
  }

  private membersOf(bare: CType & { kind: 'record' }): readonly Member[] {
    const { members, unknown } = bare.record;
    if (!members || unknown !== undefined) throw new Unreadable(unknown ?? 'a record is not defined here');
    // Unnamed bit-fields take part in no initialization (C11 6.7.9p9).
    return members.filter(({ name, bitWidth }) => name !== undefined || bitWidth === undefined);
  }

  /** `.a[1] = value`, and what follows: it goes on behind the part that is named. */
  private designated(bare: CType, [step, ...rest]: readonly Designator[]): void {
    if (bare.kind === 'array') {
      const part = this.index(step, 0);
      const type = this.partOf(bare, part);
      if (type === undefined) throw new Unreadable('an element behind the end is initialized');
      this.object(type, rest);
      this.onward(bare, part + 1);
      return;
    }
    if (bare.kind !== 'record' || step.kind !== 'member') throw new Unreadable('a designator fits no type');
    const members = this.membersOf(bare);
    const part = members.findIndex((member) => holds(member, step.name));
    if (part < 0) throw new Unreadable(`there is no member ${step.name}`);
    const isOwn = members[part].name !== undefined;
    this.object(members[part].type, isOwn ? rest : [step, ...rest]);
    if (bare.record.kind === 'struct') this.onward(bare, part + 1);
  }

  private onward(bare: CType, from: number): void {
    for (let part = from; this.at < this.items.length && this.items[this.at].path.length === 0; part++) {
      const type = this.partOf(bare, part);
      if (type === undefined) return;
      this.object(type, []);
    }
  }
}

/** Whether a member is called so, or is an anonymous record with such a member. */
function holds({ name, type }: Member, wanted: string): boolean {
  if (name !== undefined) return name === wanted;
  const bare = strip(type);
  return bare.kind === 'record' && (bare.record.members ?? []).some((member) => holds(member, wanted));
}
