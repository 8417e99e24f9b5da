/**
 * Says what a function does with a word that carries tag bits: takes bits out of it, follows it, puts it together. The word is
 * followed through locals that only ever hold it, through its address, and through what READ_ONCE() and its like are made of.
 */
import type { EncodedUse } from '../packs/encoded';
import type { UnitGlobals } from '../parser/globals';
import { Punct } from '../text/tokens';
import type { AsmStatement, Declaration, Expression, Initializer, Statement } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { type CType, isUnknownValue, type Member, strip } from '../types/model';
import { findMember, typeOf } from '../types/typer';
import { partsOf, statementsIn, walkInitializer, walkStatement } from '../types/walk';
import { isComposed, isPutTogether } from './composed-values';
import { bareExchange, type Exchange, exchangeAt, localsGiven } from './exchanged-words';
import {
  COMPARING,
  isFollowable,
  isLowConstant,
  isMadeInteger,
  isNextOf,
  isOfOneType,
  isTakenApart,
  isWordWide,
  isZeroTest,
  makesPointer,
  readBy,
  takesPointer,
} from './word-operators';
import type { WordTest, WordUsage, WordUse } from './word-test';

/** What a definition does with a word; nothing for a copy, a test for zero, or where the code could not be parsed. */
export function wordUsesIn(globals: UnitGlobals, declaration: Declaration, word: WordTest): WordUsage {
  return new WordUses(globals, declaration, word).find();
}

class WordUses {
  private readonly parents = new Map<Expression, Expression>();
  /** Where an expression is the value of a declared name, or of a return. */
  private readonly given = new Map<Expression, Declaration | 'returned'>();
  private readonly all: Expression[] = [];
  /** Locals that only ever hold the word, and those that only hold its address. */
  private readonly holding = new Set<Declaration>();
  private readonly pointing = new Set<Declaration>();
  private readonly composed = new Set<Declaration>();
  /** Where locals are first changed in place, as by `word &= ~MASK`: behind it they hold something else. */
  private readonly changed = new Map<Declaration, number>();
  /** What each local is given: by its initializer and by assignments. */
  private readonly values = new Map<Declaration, Expression[]>();
  private readonly uses: WordUse[] = [];
  private readonly asms: AsmStatement[] = [];
  /** What decides in statements. */
  private readonly tests = new Set<Expression>();

  constructor(
    private readonly globals: UnitGlobals,
    private readonly declaration: Declaration,
    private readonly word: WordTest,
  ) {}

  find(): WordUsage {
    const { body, initializer, type } = this.declaration;
    if (initializer) {
      walkInitializer(initializer, this.visit);
      this.initializers(initializer, type);
    }
    if (body) {
      walkStatement(body, this.visit);
      this.statements(body);
    }
    this.learnLocals();
    for (const part of this.all) if (this.isValue(part)) this.climb(part);
    for (const part of this.all) if (part.kind === 'call') this.bitCall(part);
    for (const { word, use } of this.exchanges().flatMap((one) => bareExchange(one, this.values, this.word)))
      this.report(word, use, use === 'pointer' && strip(typeOf(word, this.globals)).kind !== 'integer');
    const returned = [...this.given].flatMap(([value, to]) => (to === 'returned' ? [value] : []));
    return { uses: this.uses, isReturned: returned.length > 0 && returned.every((value) => this.isCopy(value)) };
  }

  private readonly visit = (part: Expression): void => {
    for (const child of partsOf(part)) this.parents.set(child, part);
    if (part.kind === 'statement') {
      let last: Statement | undefined = part.body.items.at(-1);
      while (last?.kind === 'label') last = last.body;
      if (last?.kind === 'expression' && last.expression) this.parents.set(last.expression, part);
      this.statements(part.body);
    }
    if (part.kind === 'compound') this.initializers(part.initializer, part.type);
    this.all.push(part);
  };

  /** Takes in what declarations and returns give their values to. */
  private statements(statement: Statement): void {
    if (statement.kind === 'return' && statement.value) this.given.set(statement.value, 'returned');
    if (statement.kind === 'declaration')
      for (const local of statement.declarations) {
        if (!local.initializer) continue;
        if (local.initializer.kind === 'list') this.initializers(local.initializer, local.type);
        else {
          this.given.set(local.initializer, local);
          this.give(local, local.initializer);
        }
      }
    if ('test' in statement && statement.test) this.tests.add(statement.test);
    if (statement.kind === 'asm') this.asms.push(statement);
    for (const inner of statementsIn(statement)) this.statements(inner);
  }

  private give(local: Declaration, value: Expression): void {
    const known = this.values.get(local);
    if (known) known.push(value);
    else this.values.set(local, [value]);
  }

  /** What the lists of an initializer give the word's own member. */
  private readonly listed: Expression[] = [];

  private initializers(initializer: Initializer, type: CType): void {
    if (initializer.kind !== 'list' || !this.word.isMember) return;
    let bare = strip(type);
    if (bare.kind === 'array') {
      for (const { value } of initializer.items) this.initializers(value, bare.of);
      return;
    }
    if (bare.kind !== 'record') return;
    const { record } = bare;
    let next = 0;
    for (const { path, value } of initializer.items) {
      const [step] = path;
      const name = step?.kind === 'member' ? step.name : record.members?.[next]?.name;
      const member: Member | undefined = name === undefined ? undefined : findMember(record, name);
      next = (record.members?.indexOf(member as Member) ?? next) + 1;
      if (!member || name === undefined) continue;
      if (value.kind === 'list') {
        bare = strip(member.type);
        this.initializers(value, member.type);
      } else if (this.word.isMember(record, name)) this.listed.push(value);
    }
  }

  private learnLocals(): void {
    for (const part of this.all) {
      if (part.kind !== 'assign' || part.left.kind !== 'name' || !part.left.declaration) continue;
      const { declaration, first } = part.left;
      if (part.operator === Punct.Equal) this.give(declaration, part.right);
      else this.changed.set(declaration, Math.min(first, this.changed.get(declaration) ?? first));
    }
    for (let grown = true; grown; ) {
      grown = false;
      for (const [local, values] of this.values) {
        const learn = (known: Set<Declaration>, holds: (value: Expression) => boolean): void => {
          // A parameter that walks on began with what the caller has.
          if (local.kind === 'parameter' && values.some((value) => isNextOf(value, local))) return;
          if (known.has(local) || !values.every(holds)) return;
          known.add(local);
          grown = true;
        };
        // A local that makes a pointer of a `void *` is reported where it does.
        learn(this.holding, (value) => this.isCopy(value) && !takesPointer(local.type, value, this.globals));
        learn(this.pointing, (value) => this.isAddress(value));
        learn(this.composed, (value) => isComposed(value, this.composed, this.globals));
      }
      for (const local of this.exchanges().flatMap(localsGiven)) {
        grown ||= !this.holding.has(local);
        this.holding.add(local);
      }
    }
    for (const value of this.listed) if (isComposed(value, this.composed, this.globals)) this.report(value, 'store');
  }

  /** What xchg(), cmpxchg() and their like are made of, with the word's place in it. */
  private exchanges(): Exchange[] {
    const places = this.asms.map(({ outputs }) => outputs.find((one) => one.kind !== 'name' && this.isValue(one)));
    return this.asms.flatMap((asm, index) => exchangeAt(asm, places[index]));
  }

  /** The word itself, where it lies or as a local holds it. */
  private isValue(part: Expression): boolean {
    if (part.kind === 'name') {
      const { declaration, first } = part;
      if (!declaration || !this.holding.has(declaration)) return false;
      return first <= (this.changed.get(declaration) ?? first);
    }
    if (part.kind === 'call' && part.callee.kind === 'name')
      return this.word.isReturnedBy?.(part.callee.name) === true || this.isRead(part);
    if (part.kind === 'member') return this.word.is(part);
    // A word of an array; what lies behind a pointer that is the word itself is none.
    if (part.kind === 'index')
      return isWordWide(typeOf(part, this.globals)) && (this.word.is(part) || this.isPointing(part.base));
    return part.kind === 'unary' && part.operator === Punct.Star && this.isAddress(part.operand);
  }

  /** `atomic_long_read(&word)` */
  private isRead(call: Expression & { kind: 'call' }): boolean {
    if (call.arguments.length !== 1 || !this.isAddress(call.arguments[0])) return false;
    const read = readBy(call.callee, this.globals);
    return read !== undefined && isWordWide(read);
  }

  private isPointing(part: Expression): boolean {
    return part.kind === 'name' && part.declaration !== undefined && this.pointing.has(part.declaration);
  }

  /** `&word`, and what is made of it by casts. */
  private isAddress(part: Expression): boolean {
    if (part.kind === 'cast') return this.isAddress(part.operand);
    if (part.kind === 'unary' && part.operator === Punct.Ampersand) {
      const { operand } = part;
      if (operand.kind === 'unary' && operand.operator === Punct.Star) return this.isAddress(operand.operand);
      return this.word.is(operand);
    }
    return this.isPointing(part);
  }

  /** The word's value, handed on as it is. */
  private isCopy(part: Expression, depth = 0): boolean {
    if (this.isValue(part)) return true;
    if (depth > 20) return false;
    if (part.kind === 'cast') return !makesPointer(part, this.globals) && this.isCopy(part.operand, depth + 1);
    if (part.kind !== 'statement') return false;
    const last = part.body.items.at(-1);
    return last?.kind === 'expression' && last.expression !== undefined && this.isCopy(last.expression, depth + 1);
  }

  private report(at: Expression, use: EncodedUse, isImplicit = false, user?: Expression, mask?: Expression): void {
    this.uses.push({ at, user, use, isImplicit, mask });
  }

  private climb(access: Expression): void {
    const type = strip(typeOf(access, this.globals));
    let value = access;
    // An integer that was cast to `void *` is a pointer to whoever takes it.
    let isCast = false;
    for (let parent = this.parents.get(value); ; value = parent, parent = this.parents.get(value)) {
      if (!parent) {
        const given = this.given.get(value);
        if (given) this.gives(access, value, given);
        if (this.tests.has(value)) this.report(access, 'zero');
        return;
      }
      switch (parent.kind) {
        case 'cast': {
          const from = strip(typeOf(parent.operand, this.globals));
          if (isFollowable(parent.type) && !isOfOneType(parent.type, type)) {
            if (from.kind === 'integer') this.report(access, 'pointer', type.kind !== 'integer', parent);
            else if (from.kind === 'pointer' && strip(from.to).kind === 'void')
              this.report(access, 'pointer', true, parent);
            // Whoever makes another pointer of it knows of the kind, and of the tags that say so.
            else if (from.kind === 'pointer' && strip(from.to).kind === 'record' && isOfOneType(from, type))
              this.report(access, 'pointer', false, parent);
          }
          isCast ||= type.kind === 'integer' && strip(parent.type).kind === 'pointer';
          continue;
        }
        case 'statement':
        case 'generic':
          continue;
        case 'conditional':
          if (parent.test !== value) continue;
          this.report(access, 'zero');
          return;
        case 'binary':
          if (parent.operator === Punct.Comma && parent.right === value) continue;
          if (type.kind === 'integer' && parent.operator === Punct.Plus && this.isFollowedSum(parent, value))
            this.report(access, 'pointer');
          if (isZeroTest(value, parent, this.globals)) this.report(access, 'zero');
          // Compared with a constant, the word is taken as a whole.
          if (!COMPARING.has(parent.operator) && isTakenApart(value, parent, this.globals))
            this.report(access, 'bits', false, undefined, parent.left === value ? parent.right : parent.left);
          // `container_of()`: so many bytes in front of what it is taken to point to.
          if (type.kind === 'pointer' && parent.operator === Punct.Minus && parent.left === value) continue;
          if (this.word.isCompared && COMPARING.has(parent.operator))
            if (this.isPlainValue(parent.left === value ? parent.right : parent.left, type))
              // Tags make it another number than that of a pointer.
              this.report(access, 'pointer', type.kind !== 'integer');
          return;
        case 'assign':
          if (parent.left === value) this.assigned(access, parent);
          else if (!this.isValue(parent.left) && takesPointer(typeOf(parent.left, this.globals), value, this.globals))
            this.report(access, 'pointer', true);
          else if (parent.left.kind === 'name') this.walked(access, parent.left.declaration);
          return;
        case 'unary':
          if (parent.operator === Punct.Exclamation) this.report(access, 'zero');
          if (parent.operator === Punct.Star && type.kind === 'pointer') this.report(access, 'pointer', true);
          return;
        case 'index':
          if (parent.base === value && type.kind === 'pointer' && !this.isValue(parent))
            this.report(access, 'pointer', true);
          return;
        case 'member':
          if (parent.arrow && type.kind === 'pointer') this.report(access, 'pointer', true);
          return;
        case 'call':
          this.passes(access, value, parent, isCast);
          return;
        default:
          return;
      }
    }
  }

  /** A pointer that the code has of its own, as a word of this type holds it: a number holds that of one. */
  private isPlainValue(value: Expression, type: CType): boolean {
    if (type.kind !== 'integer') return this.isPlainPointer(value);
    return value.kind === 'cast' && strip(value.type).kind === 'integer' && this.isPlainPointer(value.operand);
  }

  /** Whether a pointer is made of a sum: so many bytes, tags and all, behind something else. */
  private isFollowedSum(sum: Expression & { kind: 'binary' }, value: Expression): boolean {
    if (isLowConstant(sum.left === value ? sum.right : sum.left, this.globals)) return false;
    let parent = this.parents.get(sum);
    while (parent?.kind === 'cast' && !isFollowable(parent.type)) parent = this.parents.get(parent);
    return parent?.kind === 'cast';
  }

  /** A pointer that the code has of its own: no constant, no copy of a word, nothing that a call has made. */
  private isPlainPointer(value: Expression): boolean {
    if (value.kind === 'cast') return strip(value.type).kind === 'pointer' && this.isPlainPointer(value.operand);
    if (value.kind === 'unary' && value.operator === Punct.Ampersand) return true;
    // `current`: what is asked for nothing in particular.
    if (value.kind === 'call') return value.arguments.length === 0 && isFollowable(typeOf(value, this.globals));
    if (value.kind === 'name' && strip(typeOf(value, this.globals)).kind === 'function') return true;
    if (value.kind !== 'name' || !value.declaration || this.isCopy(value)) return false;
    const given = this.values.get(value.declaration);
    // rcu_assign_pointer() keeps the pointer as an integer on its way.
    if (strip(value.declaration.type).kind === 'integer' && given?.length === 1 && given[0].kind === 'cast')
      return this.isPlainPointer(given[0].operand);
    return isFollowable(value.declaration.type) && !given?.some((one) => this.comesOfWord(one));
  }

  /** Whether a value is made of the word in some way, or handed out by a call. */
  private comesOfWord(value: Expression): boolean {
    return value.kind === 'call' || this.isValue(value) || partsOf(value).some((part) => this.comesOfWord(part));
  }

  /** The value of the word is given to a name, or returned. */
  private gives(access: Expression, value: Expression, given: Declaration | 'returned'): void {
    if (given !== 'returned') {
      if (takesPointer(given.type, value, this.globals)) this.report(access, 'pointer', true);
      else this.walked(access, given);
      return;
    }
    const bare = strip(this.declaration.type);
    if (bare.kind === 'function' && takesPointer(bare.returns, value, this.globals))
      this.report(access, 'pointer', true);
  }

  /** The word begins a walk: a local is given it, and other pointers on the way, and is followed as it is. */
  private walked(access: Expression, local: Declaration | undefined): void {
    if (!local || strip(typeOf(access, this.globals)).kind !== 'pointer' || !isFollowable(local.type)) return;
    if (this.holding.has(local) || !this.values.get(local)?.some((value) => isNextOf(value, local))) return;
    if (!isMadeInteger(local, this.all)) this.report(access, 'pointer', true);
  }

  private passes(access: Expression, value: Expression, call: Expression & { kind: 'call' }, isCast: boolean): void {
    let called = strip(typeOf(call.callee, this.globals));
    if (called.kind === 'pointer') called = strip(called.to);
    const at = call.arguments.indexOf(value);
    const name = call.callee.kind === 'name' ? call.callee.name.replace(/^__builtin_/, '') : '';
    const mayFollow = this.word.isFollowing?.(name, at) === true;
    // The compiler's own have no declaration.
    if (called.kind !== 'function' && mayFollow) this.report(access, 'pointer', !isCast, call);
    if (called.kind !== 'function') return;
    // A pointer to a function is followed by calling it.
    if (call.callee === value) this.report(access, 'pointer', true);
    const parameter = called.parameters[at];
    if (!parameter) return;
    const isFollowed = mayFollow && isOfOneType(parameter.type, strip(typeOf(access, this.globals)));
    if (isFollowed || this.word.isFreeing?.(name) || takesPointer(parameter.type, value, this.globals))
      this.report(access, 'pointer', !isCast, call);
    else if (isCast && strip(parameter.type).kind === 'pointer') this.report(access, 'pointer', false, call);
  }

  private assigned(access: Expression, { operator, right }: Expression & { kind: 'assign' }): void {
    // A low constant that is stored is a tag alone; one that is put in or taken out changes the tags.
    if (isLowConstant(right, this.globals)) this.report(access, 'bits', false, undefined, right);
    else if (operator === Punct.Equal && access.kind !== 'name')
      if (
        isPutTogether(right, access, this.composed, this.values, this.globals) ||
        (this.word.isPreserved === true && this.isPlainValue(right, strip(typeOf(access, this.globals))))
      )
        this.report(access, 'store', false, undefined, right);
  }

  /** A bit operation on the word's address: its number stands beside it. */
  private bitCall(call: Expression & { kind: 'call' }): void {
    const address = call.arguments.find((argument) => this.isAddress(argument));
    if (!address) return;
    const isBit = call.arguments.some((argument) => {
      if (argument === address) return false;
      const bit = evaluate(argument, this.globals);
      return !isUnknownValue(bit) && bit.value >= 0n && bit.value <= BigInt(this.word.highest);
    });
    let named = address;
    while (named.kind === 'cast') named = named.operand;
    if (isBit) this.report(named.kind === 'unary' ? named.operand : named, 'bits');
  }
}
