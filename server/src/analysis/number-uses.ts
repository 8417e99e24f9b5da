/**
 * Says what a function does with the whole of a word that holds several numbers: compares it, switches on it, counts with it, takes
 * bits out of it by numerals. The word is followed through locals that only hold it, and through what only reads it.
 */
import type { UnitGlobals } from '../parser/globals';
import { Punct } from '../text/tokens';
import type { BinaryExpression, Declaration, Expression, IfStatement, Statement, SwitchStatement } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, strip } from '../types/model';
import { partsOf, statementsIn, walkStatement } from '../types/walk';
import { readBy } from './word-operators';

/** What is done with the whole word. */
export type NumberDeed = 'compares' | 'orders' | 'switches' | 'indexes' | 'bits' | 'counts' | 'stores';

export interface NumberUse {
  /** The expression that names the word, or a local that holds it. */
  readonly at: Expression;
  readonly deed: NumberDeed;
  /** The other operand: what it is compared with, masked by, counted with. */
  readonly other?: Expression;
  /** Of masks: `&`, `>>` or `%`. */
  readonly operator?: Punct;
  /** An `if` asks whether it is above something: what other bits hold makes it so, and is refused with it. */
  readonly isBound?: boolean;
  /** The constants of the cases that it is switched by; undefined among them where one is not known. */
  readonly cases?: readonly (bigint | undefined)[];
}

/** Which expressions name the word in place. */
type NumberTest = (expression: Expression) => boolean;

/** Orderings by which the left operand is the greater one. */
const ABOVE = new Set<number>([Punct.Greater, Punct.GreaterEqual]);
const ORDERING = new Set<number>([Punct.Less, Punct.Greater, Punct.LessEqual, Punct.GreaterEqual]);
const EQUALITY = new Set<number>([Punct.EqualEqual, Punct.ExclamationEqual]);
const MASKING = new Set<number>([Punct.Ampersand, Punct.ShiftRight, Punct.Percent]);
const COUNTING = new Set<number>([Punct.Plus, Punct.Minus, Punct.Star, Punct.Slash]);
const COUNTING_ON = new Set<number>([Punct.PlusEqual, Punct.MinusEqual]);

/** What a definition does with the whole of a word. */
export function numberUsesIn(globals: UnitGlobals, declaration: Declaration, is: NumberTest): readonly NumberUse[] {
  return declaration.body ? new NumberUses(globals, is).find(declaration.body) : [];
}

/** The word of which an expression is the address. */
function memberBehind(address: Expression, is: NumberTest): Expression | undefined {
  if (address.kind === 'cast') return memberBehind(address.operand, is);
  const isAddress = address.kind === 'unary' && address.operator === Punct.Ampersand;
  return isAddress && is(address.operand) ? address.operand : undefined;
}

class NumberUses {
  private readonly parents = new Map<Expression, Expression>();
  private readonly switches = new Map<Expression, SwitchStatement>();
  /** By what decides in them. */
  private readonly ifs = new Map<Expression, IfStatement>();
  private readonly all: Expression[] = [];
  /** What each local is given. */
  private readonly values = new Map<Declaration, Expression[]>();
  private readonly changed = new Set<Declaration>();
  private readonly holding = new Set<Declaration>();
  private readonly uses: NumberUse[] = [];

  constructor(
    private readonly globals: UnitGlobals,
    private readonly is: NumberTest,
  ) {}

  find(body: Statement): readonly NumberUse[] {
    walkStatement(body, this.visit);
    this.statements(body);
    this.learnLocals();
    for (const part of this.all) if (this.isValue(part)) this.climb(part);
    return this.uses;
  }

  private readonly visit = (part: Expression): void => {
    for (const child of partsOf(part)) this.parents.set(child, part);
    if (part.kind === 'statement') {
      const last = part.body.items.at(-1);
      if (last?.kind === 'expression' && last.expression) this.parents.set(last.expression, part);
      this.statements(part.body);
    }
    this.all.push(part);
  };

  private statements(statement: Statement): void {
    if (statement.kind === 'if') this.ifs.set(statement.test, statement);
    if (statement.kind === 'switch') this.switches.set(statement.value, statement);
    if (statement.kind === 'declaration')
      for (const local of statement.declarations)
        if (local.initializer && local.initializer.kind !== 'list') this.give(local, local.initializer);
    for (const inner of statementsIn(statement)) this.statements(inner);
  }

  private give(local: Declaration, value: Expression): void {
    const known = this.values.get(local);
    if (known) known.push(value);
    else this.values.set(local, [value]);
  }

  private learnLocals(): void {
    for (const part of this.all) {
      const target = part.kind === 'assign' ? part.left : part.kind === 'unary' ? part.operand : undefined;
      if (target?.kind !== 'name' || !target.declaration) continue;
      if (part.kind === 'assign' && part.operator === Punct.Equal) this.give(target.declaration, part.right);
      else if (part.kind === 'assign' || CHANGING.has((part as { operator: Punct }).operator))
        this.changed.add(target.declaration);
    }
    for (let grown = true; grown; ) {
      grown = false;
      for (const [local, values] of this.values) {
        const isHeld = local.kind === 'variable' && !local.isStatic && !this.changed.has(local);
        if (this.holding.has(local) || !isHeld || !values.every((value) => this.isCopy(value))) continue;
        this.holding.add(local);
        grown = true;
      }
    }
  }

  /** The word itself, where it lies, or as a local holds it, or as it is read. */
  private isValue(part: Expression): boolean {
    if (part.kind === 'name') return part.declaration !== undefined && this.holding.has(part.declaration);
    if (part.kind === 'unary' && part.operator === Punct.Star) return memberBehind(part.operand, this.is) !== undefined;
    return (part.kind === 'member' && this.is(part)) || (part.kind === 'call' && this.isRead(part));
  }

  /** `atomic_read(&word)`: who is given the address of what it does not change, and nothing else, gives the word. */
  private isRead({ callee, arguments: given }: Expression & { kind: 'call' }): boolean {
    const [address] = given;
    if (given.length !== 1 || !memberBehind(address, this.is)) return false;
    const read = readBy(callee, this.globals);
    return read !== undefined && strip(read).kind === 'integer';
  }

  private isCopy(part: Expression): boolean {
    if (this.isValue(part)) return true;
    if (part.kind === 'cast') return strip(part.type).kind === 'integer' && this.isCopy(part.operand);
    if (part.kind !== 'statement') return false;
    const last = part.body.items.at(-1);
    return last?.kind === 'expression' && last.expression !== undefined && this.isCopy(last.expression);
  }

  private report(at: Expression, deed: NumberDeed, more: Omit<NumberUse, 'at' | 'deed'> = {}): void {
    this.uses.push({ at, deed, ...more });
  }

  private climb(access: Expression): void {
    let value = access;
    for (let parent = this.parents.get(value); ; value = parent, parent = this.parents.get(value)) {
      if (!parent) {
        const statement = this.switches.get(value);
        if (statement) this.report(access, 'switches', { cases: this.casesOf(statement.body) });
        return;
      }
      switch (parent.kind) {
        case 'cast':
          if (strip(parent.type).kind !== 'integer') return;
          continue;
        case 'statement':
        case 'generic':
          continue;
        case 'conditional':
          return;
        case 'binary': {
          if (parent.operator === Punct.Comma && parent.right === value) continue;
          const other = parent.left === value ? parent.right : parent.left;
          const { operator } = parent;
          if (EQUALITY.has(operator)) this.report(access, 'compares', { other });
          else if (ORDERING.has(operator))
            this.report(access, 'orders', { other, isBound: this.isBound(parent, parent.left === value, other) });
          else if (MASKING.has(operator) && (parent.left === value || operator === Punct.Ampersand))
            this.report(access, 'bits', { other, operator });
          else if (COUNTING.has(operator)) this.report(access, 'counts', { other });
          return;
        }
        case 'assign':
          if (parent.left === value && parent.operator === Punct.Equal && access.kind === 'member')
            this.report(access, 'stores', { other: parent.right });
          else if (parent.left === value && COUNTING_ON.has(parent.operator) && access.kind !== 'name')
            this.report(access, 'counts', { other: parent.right });
          else if (parent.right === value && COUNTING_ON.has(parent.operator))
            this.report(access, 'counts', { other: parent.left });
          return;
        case 'unary':
          if ((parent.operator === Punct.PlusPlus || parent.operator === Punct.MinusMinus) && access.kind !== 'name')
            this.report(access, 'counts');
          return;
        case 'index':
          if (parent.index === value) this.report(access, 'indexes');
          return;
        default:
          return;
      }
    }
  }

  /** Whether an `if` asks for the word being above a value; of a constant, only where that is an error. */
  private isBound(comparison: BinaryExpression, isLeft: boolean, other: Expression): boolean {
    if (ABOVE.has(comparison.operator) !== isLeft) return false;
    let test: Expression = comparison;
    for (let parent = this.parents.get(test); parent; parent = this.parents.get(test)) {
      if (parent.kind === 'call' || parent.kind === 'assign') return false;
      test = parent;
    }
    const statement = this.ifs.get(test);
    return statement !== undefined && (this.constant(other) === undefined || this.fails(statement.yes));
  }

  /** Whether a statement ends with an error: it returns a negative number, or goes to where others do. */
  private fails(statement: Statement): boolean {
    const last = statement.kind === 'block' ? statement.items.at(-1) : statement;
    if (last?.kind === 'return') return last.value !== undefined && (this.constant(last.value) ?? 0n) < 0n;
    return last?.kind === 'goto';
  }

  /** What a switch's own cases ask for. */
  private casesOf(statement: Statement): (bigint | undefined)[] {
    if (statement.kind === 'switch') return [];
    const inner = statementsIn(statement).flatMap((one) => this.casesOf(one));
    if (statement.kind !== 'case' || !statement.low) return inner;
    return [this.constant(statement.low), ...inner];
  }

  private constant(expression: Expression): bigint | undefined {
    const value = evaluate(expression, this.globals);
    return isUnknownValue(value) ? undefined : value.value;
  }
}

const CHANGING = new Set<number>([Punct.PlusPlus, Punct.MinusMinus, Punct.Ampersand]);
