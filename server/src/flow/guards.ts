/** Finds calls that come before the test that should guard them, or after one that says no. */
import type { PToken } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import { Punct } from '../text/tokens';
import type { Declaration, Expression, Initializer } from '../types/ast';
import { initializing, partsOf } from '../types/walk';
import type { FlowGraph, Step } from './graph';
import type { Lattice, Transfer } from './lattice';
import { solve } from './solver';

type Call = Expression & { readonly kind: 'call' };

/** What is known of a pointer variable; what is not in the map is unknown. */
interface Pointer {
  /** It was tested, or followed, and is not NULL. */
  readonly isSet: boolean;
  /** The test that said that it is NULL, or is not of the kind that the call is for. */
  readonly refused: Expression | undefined;
  /** Guarded calls that were made while nothing was known. */
  readonly early: readonly Call[];
}

type Pointers = ReadonlyMap<Declaration, Pointer>;
const NOTHING: Pointer = { isSet: false, refused: undefined, early: [] };

/** A guarded call with the test that it comes before, or that refused it. */
export interface Unguarded {
  readonly call: Call;
  readonly test: Expression;
  readonly isRefused: boolean;
}

interface GuardQuestion {
  /** The function that wants its first argument tested. */
  readonly call: string;
  /** Tests that it asserts itself: where one of them is false, it must not be called. */
  readonly asserted: ReadonlySet<string>;
  readonly tokens: readonly PToken[];
  /** Macros that hand on a test as it is. */
  readonly transparent: ReadonlySet<string>;
}

export function unguardedCalls(graph: FlowGraph, question: GuardQuestion): Unguarded[] {
  const transfer = new GuardTransfer(question);
  const { before, complete } = solve(graph, LATTICE, transfer);
  if (!complete) return [];
  const found = new Map<Call, Unguarded>();
  transfer.onFound = (unguarded) => {
    const known = found.get(unguarded.call);
    if (!known || unguarded.test.first < known.test.first) found.set(unguarded.call, unguarded);
  };
  for (const [block, pointers] of before) {
    const after = transfer.steps(pointers, block.steps);
    const test = block.steps[block.steps.length - 1];
    if (test?.kind === 'test') for (const holds of [true, false]) transfer.branch(after, test, holds);
  }
  return [...found.values()].sort((a, b) => a.call.first - b.call.first);
}

const LATTICE: Lattice<Pointers> = {
  initial: () => new Map(),
  equals(one, other) {
    if (one.size !== other.size) return false;
    for (const [variable, pointer] of one) {
      const second = other.get(variable);
      if (!second || second.isSet !== pointer.isSet || second.refused !== pointer.refused) return false;
      if (second.early.length !== pointer.early.length) return false;
    }
    return true;
  },
  merge(one, other) {
    const merged = new Map<Declaration, Pointer>();
    for (const variable of new Set([...one.keys(), ...other.keys()])) {
      const first = one.get(variable) ?? NOTHING;
      const second = other.get(variable) ?? NOTHING;
      // A test below a join may be meant for the other way in: only a call on every way is early.
      const early = first.early.filter((call) => second.early.includes(call));
      const refused = first.refused === second.refused ? first.refused : undefined;
      const both = { isSet: first.isSet && second.isSet, refused, early };
      if (both.isSet || both.refused || early.length > 0) merged.set(variable, both);
    }
    return merged;
  },
};

class GuardTransfer implements Transfer<Pointers, Step> {
  private pointers!: Map<Declaration, Pointer>;
  onFound: ((unguarded: Unguarded) => void) | undefined;

  constructor(private readonly question: GuardQuestion) {}

  steps(pointers: Pointers, steps: readonly Step[]): Pointers {
    this.pointers = new Map(pointers);
    for (const step of steps) this.step(step);
    return this.pointers;
  }

  private step(step: Step): void {
    switch (step.kind) {
      case 'evaluate':
      case 'test':
        this.visit(step.expression);
        break;
      case 'hold':
        if (typeof step.value === 'object') this.visit(step.value);
        break;
      case 'declare':
        if (step.declaration.initializer) this.visitInitializer(step.declaration.initializer);
        this.pointers.delete(step.declaration);
        break;
      case 'return':
        if (step.value) this.visit(step.value);
        break;
      case 'outputs':
        for (const expression of step.expressions) this.assigned(expression);
        break;
      case 'unknown':
        this.pointers.clear();
        break;
    }
  }

  private visitInitializer(initializer: Initializer): void {
    for (const expression of initializing(initializer)) this.visit(expression);
  }

  /** Parts first: `p = f(p)` calls before it stores. */
  private visit(expression: Expression): void {
    if (expression.kind === 'sizeof' || expression.kind === 'alignof' || expression.kind === 'statement') return;
    // What branches was a step of its own.
    if (expression.kind === 'conditional') return;
    for (const part of partsOf(expression)) this.visit(part);
    if (expression.kind === 'call') this.called(expression);
    else if (expression.kind === 'assign') this.assigned(expression.left);
    else if (expression.kind === 'unary') {
      const { operator, operand } = expression;
      // What has its address taken may change behind our back.
      if (operator === Punct.PlusPlus || operator === Punct.MinusMinus || operator === Punct.Ampersand)
        this.assigned(operand);
      else if (operator === Punct.Star) this.followed(operand);
    } else if (expression.kind === 'member' && expression.arrow) this.followed(expression.base);
  }

  private assigned(expression: Expression): void {
    const variable = variableOf(expression);
    if (variable) this.pointers.delete(variable);
  }

  private followed(expression: Expression): void {
    const variable = variableOf(expression);
    if (variable) this.pointers.set(variable, { ...(this.pointers.get(variable) ?? NOTHING), isSet: true });
  }

  private called(call: Call): void {
    const variable = call.arguments.length > 0 ? variableOf(call.arguments[0]) : undefined;
    if (!variable || call.callee.kind !== 'name' || call.callee.name !== this.question.call) return;
    const known = this.pointers.get(variable) ?? NOTHING;
    if (known.refused) this.onFound?.({ call, test: known.refused, isRefused: true });
    else if (!known.isSet && !known.early.includes(call))
      this.pointers.set(variable, { ...known, early: [...known.early, call] });
  }

  branch(pointers: Pointers, step: Step, holds: boolean): Pointers | undefined {
    if (step.kind !== 'test') return pointers;
    const tested = this.testedBy(step.expression);
    if (!tested) return pointers;
    const { variable, isNullTest } = tested;
    const known = pointers.get(variable) ?? NOTHING;
    const isYes = holds !== tested.negated;
    if (isNullTest && !known.isSet)
      for (const call of known.early) this.onFound?.({ call, test: step.expression, isRefused: false });
    const after = new Map(pointers);
    if (isYes) after.set(variable, { isSet: true, refused: undefined, early: isNullTest ? [] : known.early });
    else after.set(variable, { ...known, refused: step.expression, early: isNullTest ? [] : known.early });
    return after;
  }

  /** The variable that a test asks about: for NULL, or for what the guarded function asserts. */
  private testedBy(test: Expression): { variable: Declaration; isNullTest: boolean; negated: boolean } | undefined {
    if (!this.isWritten(test)) return undefined;
    if (test.kind === 'call' && test.callee.kind === 'name' && this.question.asserted.has(test.callee.name)) {
      const variable = test.arguments.length === 1 ? variableOf(test.arguments[0]) : undefined;
      return variable && { variable, isNullTest: false, negated: false };
    }
    if (test.kind === 'binary' && (test.operator === Punct.EqualEqual || test.operator === Punct.ExclamationEqual)) {
      const variable = isNull(test.right)
        ? variableOf(test.left)
        : isNull(test.left)
          ? variableOf(test.right)
          : undefined;
      return variable && { variable, isNullTest: true, negated: test.operator === Punct.EqualEqual };
    }
    const variable = test.kind === 'assign' ? undefined : variableOf(test);
    return variable && { variable, isNullTest: true, negated: false };
  }

  /** A test that a macro makes of its argument says nothing about what its caller expects. */
  private isWritten({ first }: Expression): boolean {
    for (let { via } = this.question.tokens[first]; via; via = via.at.via)
      if (!this.question.transparent.has(nameText(via.macro.id))) return false;
    return true;
  }
}

function variableOf(expression: Expression): Declaration | undefined {
  if (expression.kind !== 'name') return undefined;
  const { declaration } = expression;
  return declaration?.kind === 'variable' || declaration?.kind === 'parameter' ? declaration : undefined;
}

function isNull(expression: Expression): boolean {
  if (expression.kind === 'cast') return isNull(expression.operand);
  return expression.kind === 'number' && /^0+$/.test(expression.text);
}
