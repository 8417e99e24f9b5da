/** What calls do to objects: which store their bytes, give out memory uncleared, or let it leave; others are entered. */
import type { ByteSink, SpelledArgument, TextCalls, UnclearedMemory } from '../packs/bytes';
import { nameText } from '../text/names';
import type { Expression } from '../types/ast';
import { strip } from '../types/model';
import { baseRecord, typeOf } from '../types/typer';
import { missingBits } from './bit-ranges';
import { ByteCopies } from './byte-copies';
import { type ByteObject, pathOf } from './byte-objects';
import { RETURNED } from './byte-run';
import { type BytePlace, type ByteStates, type ByteValue, objectsOf } from './byte-state';
import type { Choices } from './choices';
import { conditionKey } from './truths';

export abstract class ByteCalls extends ByteCopies {
  protected choices!: Choices;
  /** The call whose result nobody asks for. */
  protected dropped: Expression | undefined;

  protected roomBehind(expression: Expression & { kind: 'member' }): ByteValue | undefined {
    const tag = this.run.names.rooms.get(expression.name);
    if (tag === undefined) return undefined;
    const record = baseRecord(expression, this.globals);
    const key = conditionKey(expression, this);
    if ('reason' in record || record.tag !== tag || key === undefined) return undefined;
    const { id, size } = this.run.objects.room(key, this.fn.tokens[expression.first], this.fn);
    if (!this.state.objects.has(id)) this.state.begin(id, false);
    return { kind: 'pointer', object: id, at: 0, low: 0, high: size };
  }

  protected storedInto(expression: Expression & { kind: 'member' }, value: ByteValue | undefined): void {
    this.loseRoom(expression);
    const sink = this.run.names.storeSinks.get(expression.name);
    const record = sink && baseRecord(expression, this.globals);
    if (!sink || !record || 'reason' in record || record.tag !== sink.record) return;
    const behind = conditionKey({ ...expression, name: sink.behind ?? '' }, this);
    if (behind === undefined) return;
    if (value?.kind === 'number')
      this.state.lengths.set(behind, { from: 0, length: value.value, expression, of: this.fn, sink });
    else this.state.lengths.delete(behind);
  }

  /** What a member pointed to is another object once something was stored into the member. */
  private loseRoom(expression: Expression & { kind: 'member' }): void {
    const key = this.run.names.rooms.has(expression.name) ? conditionKey(expression, this) : undefined;
    if (key !== undefined) this.state.objects.set(key, null);
  }

  /** What leaves at the end of a function, by the lengths that were said on the way. */
  leaveAtEnd(states: ByteStates): void {
    for (const state of states.values())
      for (const [id, { from, length, keeper, expression, of, sink }] of state.lengths) {
        const object = keeper === undefined ? this.run.objects.get(id) : undefined;
        this.state = state;
        if (object) this.leaves(object, from, from + length, sink, expression, undefined, of);
      }
  }

  protected call(expression: Expression & { kind: 'call' }): ByteValue | undefined {
    const { callee } = expression;
    const isNamed = callee.kind === 'name' && !callee.declaration;
    const name = isNamed ? callee.name : undefined;
    if (name?.startsWith('__builtin_')) {
      const known = this.builtin(name, expression);
      if (known !== 'call') return known;
    }
    if (!isNamed) this.escape(this.value(callee));
    const given = expression.arguments.map((argument) => this.value(argument));
    const spoken = name === undefined ? 'unknown' : this.speak(name.replace(/^__builtin_/, ''), expression, given);
    if (spoken !== 'unknown') return spoken;
    if (name?.startsWith('__builtin_')) return this.constant(expression);
    const isConcerned = given.some((value) => objectsOf(value).length > 0 || value?.kind === 'variable');
    const isDropped = expression === this.dropped;
    const entered =
      name !== undefined && isConcerned ? this.run.enter(name, this.state, given, expression, isDropped) : undefined;
    if (!entered) {
      for (const value of given) this.escape(value);
      if (expression.arguments.some((argument) => this.isAddress(argument))) this.state.loseHeld();
      return undefined;
    }
    if (entered.length === 0) {
      this.state.loseAll();
      return undefined;
    }
    this.state = entered[this.choices.pick(entered.length)].copy();
    const value = this.state.values.get(RETURNED);
    this.state.values.delete(RETURNED);
    return value;
  }

  /** Whether an argument may lead to what members hold; a text does not. */
  private isAddress(argument: Expression): boolean {
    return argument.kind !== 'string' && strip(typeOf(argument, this.globals)).kind === 'pointer';
  }

  protected hold(expression: Expression, value: ByteValue | undefined): boolean {
    const key = this.run.takesAllMemory && value?.kind === 'pointer' ? conditionKey(expression, this) : undefined;
    const name = pathOf(expression);
    if (key === undefined || name === undefined || !value) return false;
    this.state.held.set(key, value);
    this.viewed({ name, type: typeOf(expression, this.globals) }, value);
    return true;
  }

  protected heldBy(expression: Expression): ByteValue | undefined {
    if (this.state.held.size === 0) return undefined;
    const key = conditionKey(expression, this);
    return key === undefined ? undefined : this.state.held.get(key);
  }

  /** What a compiler's own function comes to; `call` where it stores as the function of the name without its prefix does. */
  private builtin(name: string, expression: Expression & { kind: 'call' }): ByteValue | undefined | 'call' {
    if (name === '__builtin_expect' || name === '__builtin_assume_aligned') return this.value(expression.arguments[0]);
    if (name === '__builtin_constant_p' || /_size$/.test(name)) return this.constant(expression);
    if (name === '__builtin_choose_expr') {
      const chosen = this.constant(expression.arguments[0]);
      return chosen?.kind === 'number' ? this.value(expression.arguments[chosen.value ? 1 : 2]) : undefined;
    }
    return 'call';
  }

  /** What packs say of a function's name; `unknown` where they say nothing. */
  private speak(
    name: string,
    expression: Expression & { kind: 'call' },
    given: readonly (ByteValue | undefined)[],
  ): ByteValue | undefined | 'unknown' {
    const { names } = this.run;
    const sinks = names.sinks.get(name);
    if (sinks) {
      const meant = sinks.filter(({ when }) => !when || this.isMeant(when, expression));
      for (const sink of meant) this.leaveBy(sink, expression, given);
      return meant.length > 0 ? undefined : 'unknown';
    }
    const store = names.stores.get(name);
    if (store) {
      const length = store.length ? this.lengthOf(given, store.length) : { kind: 'most' as const, value: 0 };
      const from = store.from === undefined ? undefined : given[store.from];
      const size = length?.kind === 'number' ? length.value : undefined;
      const open = from?.kind === 'pointer' ? this.openAt(from, size) : undefined;
      const to = given[store.to];
      this.storeLength(to, length, expression);
      if (open && to?.kind === 'pointer') this.leaveOpen({ ...to, kind: 'bytes' }, open);
      // Others than memcpy() and its kin return whether they failed.
      const result = strip(typeOf(expression, this.globals));
      return result.kind === 'integer' || result.kind === 'void' ? undefined : given[store.to];
    }
    const text = names.texts.get(name);
    if (text) {
      this.storeText(text, expression, given);
      return undefined;
    }
    if (names.reads.has(name)) return undefined;
    if (this.run.takesAllMemory && names.allocators.has(name)) return this.giveAny(expression, given);
    const memory = names.uncleared.get(name);
    return memory ? this.give(memory, expression, given) : 'unknown';
  }

  private lengthOf(given: readonly (ByteValue | undefined)[], factors: readonly number[]): ByteValue | undefined {
    let product = 1;
    let isMost = false;
    for (const factor of factors) {
      const value = given[factor];
      if (value?.kind !== 'number' && value?.kind !== 'most') return undefined;
      isMost ||= value.kind === 'most';
      product *= value.value;
    }
    return { kind: isMost ? 'most' : 'number', value: product };
  }

  private storeLength(to: ByteValue | undefined, length: ByteValue | undefined, expression: Expression): void {
    if (to?.kind !== 'pointer') this.escape(to);
    else {
      this.told(to, expression);
      this.storeBytes(to, length?.kind === 'number' ? length.value : undefined);
    }
  }

  private storeText(
    fact: TextCalls,
    expression: Expression & { kind: 'call' },
    given: readonly (ByteValue | undefined)[],
  ): void {
    const to = given[fact.to];
    if (to?.kind !== 'pointer') {
      this.escape(to);
      return;
    }
    this.told(to, expression);
    const object = this.run.objects.get(to.object);
    const text = fact.text === undefined ? undefined : literalIn(expression.arguments[fact.text]);
    const format = fact.format === undefined ? undefined : literalIn(expression.arguments[fact.format]);
    // Of a plain buffer that is formatted into, whoever lets it go knows how much it is.
    const isOpen = fact.format !== undefined && (format === undefined || format.includes('%'));
    const isAny = isOpen && (format === undefined || !hasKnownLeast(format)) && !isRecordLike(object);
    if (to.at === undefined || this.isPadded(expression) || isAny) {
      this.storeBytes(to, undefined);
      return;
    }
    // A plain buffer is made as large as its number may be.
    const digits = isRecordLike(object) ? 1 : MOST_DIGITS;
    const length =
      text !== undefined ? text.length + 1 : format !== undefined ? shortest(format, digits) : fact.appends ? 0 : 1;
    this.storeBytes(to, Math.min(length, to.high - to.at));
    const texts = object?.texts;
    if (texts && !texts.some((one) => one.expression === expression))
      texts.push({ low: to.at, high: to.high, expression, of: this.fn, fact, isOpen });
  }

  /** Whether a macro around a call pads what the call leaves. */
  private isPadded(expression: Expression): boolean {
    for (let token = this.fn.tokens[expression.first]; token.via; token = token.via.at)
      if (this.run.names.padded.has(nameText(token.via.macro.id))) return true;
    return false;
  }

  /** Memory that nobody cleared. */
  private give(
    memory: UnclearedMemory,
    expression: Expression & { kind: 'call' },
    given: readonly (ByteValue | undefined)[],
  ): ByteValue | undefined {
    const length: ByteValue | undefined = memory.length
      ? this.lengthOf(given, memory.length)
      : { kind: 'number', value: Number.POSITIVE_INFINITY };
    for (const value of given) if (value?.kind === 'pointer') this.escape(value);
    const isClear = memory.clearedBy?.some((flag) => this.isSpelled(expression, flag));
    const isSure = memory.flags === undefined || given[memory.flags]?.kind === 'number';
    if (length?.kind !== 'number' || length.value <= 0 || isClear || !isSure) return undefined;
    const header = memory.header === undefined ? 0 : this.headerOf(memory.header);
    if (header === undefined || (memory.length && this.run.objects.isTooLarge(length.value))) return undefined;
    const of = memory.of === undefined ? undefined : conditionKey(expression.arguments[memory.of], this);
    const object = this.run.objects.given(expression, this.fn, header + length.value, memory, of);
    this.state.begin(object.id, false);
    this.state.storeBits(object.id, 0, header * 8);
    return { kind: 'pointer', object: object.id, at: 0, low: 0, high: object.size };
  }

  /** Memory of whatever length, in which nothing counts as stored yet. */
  private giveAny(expression: Expression & { kind: 'call' }, given: readonly (ByteValue | undefined)[]): ByteValue {
    for (const value of given) if (value?.kind === 'pointer') this.escape(value);
    const { id, size } = this.run.objects.given(expression, this.fn, Number.POSITIVE_INFINITY, undefined, undefined);
    this.state.begin(id, false);
    return { kind: 'pointer', object: id, at: 0, low: 0, high: size };
  }

  protected told(place: BytePlace, expression: Expression): void {
    const stored = this.state.objects.get(place.object);
    const object = this.run.objects.get(place.object);
    if (stored && object) this.run.onStore?.({ object, place, stored, expression, of: this.fn });
  }

  private headerOf(tag: string): number | undefined {
    return this.sizeOf({ kind: 'record', record: this.globals.record('struct', tag) });
  }

  /** Whether an expression's text, or a macro in it, names something. */
  private isSpelled({ first, end }: Expression, name: string): boolean {
    for (let at = first; at < end; at++)
      for (let token = this.fn.tokens[at]; token; token = token.via?.at as typeof token) {
        if (token.id >= 0 && nameText(token.id) === name) return true;
        if (token.via && nameText(token.via.macro.id) === name) return true;
      }
    return false;
  }

  private isMeant({ argument, named }: SpelledArgument, expression: Expression & { kind: 'call' }): boolean {
    const given = expression.arguments[argument];
    // Of one of two ways it is not known which is taken.
    return given !== undefined && given.kind !== 'conditional' && named.some((name) => this.isSpelled(given, name));
  }

  private leaveBy(
    sink: ByteSink,
    expression: Expression & { kind: 'call' },
    given: readonly (ByteValue | undefined)[],
  ): void {
    if (sink.rooms !== undefined) {
      const buffer = conditionKey(expression.arguments[sink.rooms], this);
      for (const object of this.run.objects.all) {
        if (object.buffer === undefined || object.buffer !== buffer) continue;
        this.leaves(object, 0, object.size, sink, expression, undefined);
        this.state.lose(object.id);
      }
    }
    if (sink.handed !== undefined) this.leaveHanded(sink, expression);
    const value = sink.object === undefined ? undefined : given[sink.object];
    const length = sink.length === undefined ? undefined : given[sink.length];
    const object = value?.kind === 'pointer' ? this.run.objects.get(value.object) : undefined;
    if (value?.kind !== 'pointer' || !object || value.at === undefined || value.every) return;
    if (sink.length !== undefined && length?.kind !== 'number' && length?.kind !== 'most') return;
    // A bound of a text's length says nothing of how long the text is.
    if (length?.kind === 'most' && object.texts.length > 0) return;
    const end = length ? value.at + (length as { value: number }).value : object.size;
    const isPart = value.at > 0 || end < object.size;
    if (isPart && !isRecordLike(object) && object.texts.some(({ isOpen }) => isOpen)) return;
    const named = expression.arguments[sink.object!];
    if (sink.keeper === undefined) {
      this.leaves(object, value.at, end, sink, expression, named);
      return;
    }
    const keeper = conditionKey(expression.arguments[sink.keeper], this);
    const said = { from: value.at, length: end - value.at, keeper, expression, of: this.fn, sink };
    if (keeper === undefined) this.state.lose(object.id);
    else this.state.lengths.set(object.id, said);
  }

  /** What a keeper was given leaves; from then on others have it. */
  private leaveHanded({ handed }: ByteSink, expression: Expression & { kind: 'call' }): void {
    const by = conditionKey(expression.arguments[handed!], this);
    for (const [id, { from, length, keeper, sink }] of [...this.state.lengths]) {
      const object = this.run.objects.get(id);
      if (keeper === undefined || keeper !== by || !object) continue;
      this.leaves(object, from, from + length, sink, expression, undefined);
      this.state.lengths.delete(id);
      this.state.lose(id);
    }
  }

  /** A record that a macro stores somewhere leaves with it. */
  protected leaveByMacro(value: Expression): void {
    const { macroSinks } = this.run.names;
    for (let token = this.fn.tokens[value.first]; macroSinks.size > 0 && token.via; token = token.via.at) {
      const sink = macroSinks.get(nameText(token.via.macro.id));
      const place = sink && this.location(value);
      if (!sink || place?.kind !== 'bytes') continue;
      const object = this.run.objects.get(place.object);
      if (object && place.at !== undefined && !place.every)
        this.leaves(object, place.at, place.high, sink, value, undefined);
      return;
    }
  }

  private leaves(
    object: ByteObject,
    from: number,
    end: number,
    sink: ByteSink,
    expression: Expression,
    named: Expression | undefined,
    of = this.fn,
  ): void {
    const stored = this.state.objects.get(object.id);
    if (!this.run.onLeave || !stored) return;
    const to = Math.min(end, object.size);
    // Of an object whose size is not known, a call may say any length.
    if (this.run.objects.isTooLarge(to - from)) return;
    const missing = missingBits(stored, from * 8, to * 8);
    if (missing.length > 0) this.run.onLeave({ object, sink, missing, expression, of, named });
  }
}

/** Whether an object is a record, or room for one, and no plain buffer. */
function isRecordLike(object: ByteObject | undefined): boolean {
  const type = object?.type && strip(object.type);
  const of = type?.kind === 'array' ? strip(type.of) : type;
  return of?.kind === 'record' || (object?.views.length ?? 0) > 0;
}

/** Whether all that a format asks for is of a kind whose fewest bytes are known. */
function hasKnownLeast(format: string): boolean {
  return !format.replace(/%[-+ #0]*\d*(?:hh?|ll?|z)?[diouxXcs%]/g, '').includes('%');
}

/** How many digits a number may have. */
const MOST_DIGITS = 20;

/** The fewest bytes that a format writes, its NUL among them. @param digits As how many those of a number count. */
function shortest(format: string, digits: number): number {
  const plain = format.replace(/%([-+ #0]*)(\d*)(?:\.\d+)?[a-zA-Z]*?([diouxXcps%])/g, (_all, _flags, width, kind) =>
    ' '.repeat(Math.max(Number(width) || 0, kind === 's' ? 0 : /[diouxX]/.test(kind) ? digits : 1)),
  );
  return plain.length + 1;
}

function literalIn(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'cast') return literalIn(expression.operand);
  return expression?.kind === 'string' && expression.prefix === '' ? expression.text : undefined;
}
