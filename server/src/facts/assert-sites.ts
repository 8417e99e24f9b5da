/** Finds what fails a build in parsed code: static asserts, calls that a compiler refuses, bit-fields of negative width. */
import type { ParsedItem } from '../parser/parser';
import { Punct } from '../text/tokens';
import type {
  BlockStatement,
  Declaration,
  Expression,
  Initializer,
  SizeofExpression,
  Statement,
  SwitchStatement,
} from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, type Member, strip } from '../types/model';
import type { Globals } from '../types/scope';
import { initializing, partsOf } from '../types/walk';
import { truthOf } from './assert-values';

export interface AssertSite {
  /** Index of a token that stands in what asserts. */
  readonly token: number;
  readonly condition?: Expression;
  /** The build fails where the condition is this. */
  readonly failsIf: boolean;
  /** Where a bit-field's width stands for the condition. */
  readonly width?: Member['bitWidth'];
  /** Whether the code may be dropped before it fails anything: what stands around it is not known. */
  readonly isUncertain: boolean;
}

/** Of an item parsed whole; code that a constant condition drops is left out, where that spares the build. */
export function sitesIn(item: ParsedItem, globals: Globals): AssertSite[] {
  const found: AssertSite[] = item.asserts.map(({ condition, first }) => ({
    ...{ condition, token: first, failsIf: false, isUncertain: false },
  }));
  const walk = new SiteWalk(globals, found);
  for (const { body, initializer } of item.declarations) {
    if (body) walk.body(body);
    if (initializer) walk.initializer(initializer);
  }
  return found;
}

/** Whether code is reached: 'perhaps' where a condition around it depends on what is known at run time. */
type Reach = 'always' | 'perhaps' | 'never';

class SiteWalk {
  private reach: Reach = 'always';

  constructor(
    private readonly globals: Globals,
    private readonly found: AssertSite[],
  ) {}

  body(block: BlockStatement): void {
    this.block(block.items);
  }

  initializer(initializer: Initializer): void {
    for (const expression of initializing(initializer)) this.expression(expression);
  }

  private within(reach: Reach, walk: () => void): void {
    const outer = this.reach;
    if (outer === 'never' || reach === 'never') this.reach = 'never';
    else if (reach === 'perhaps') this.reach = 'perhaps';
    walk();
    this.reach = outer;
  }

  /** What stands behind a jump is not reached, up to the next label. */
  private block(items: readonly Statement[]): void {
    const outer = this.reach;
    for (const item of items) {
      if (item.kind === 'label' || item.kind === 'case') this.reach = outer;
      this.statement(item);
      if (this.leaves(item)) this.reach = 'never';
    }
    this.reach = outer;
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'block':
        this.block(statement.items);
        break;
      case 'expression':
        if (statement.expression) this.expression(statement.expression);
        break;
      case 'declaration':
        this.declared(statement.declarations);
        break;
      case 'if':
        this.conditional(statement.test, statement.yes, statement.no);
        break;
      case 'while':
        this.expression(statement.test);
        this.within(this.reachIf(statement.test, true), () => this.statement(statement.body));
        break;
      case 'do':
        this.statement(statement.body);
        this.expression(statement.test);
        break;
      case 'for': {
        const { start, test, step, body } = statement;
        if (start?.kind === 'declaration') this.declared(start.declarations);
        else if (start) this.expression(start);
        if (test) this.expression(test);
        this.within(test ? this.reachIf(test, true) : 'always', () => {
          this.statement(body);
          if (step) this.expression(step);
        });
        break;
      }
      case 'switch':
        this.expression(statement.value);
        this.switch(statement);
        break;
      case 'case':
      case 'label':
        if (statement.body) this.statement(statement.body);
        break;
      case 'return':
        if (statement.value) this.expression(statement.value);
        break;
    }
  }

  private declared(declarations: readonly Declaration[]): void {
    for (const { initializer } of declarations) if (initializer) this.initializer(initializer);
  }

  private conditional(test: Expression, yes: Statement, no: Statement | undefined): void {
    const refused = refusedCall(yes, this.globals);
    if (refused && !no) {
      if (this.reach !== 'never')
        this.found.push({
          token: refused.first,
          condition: test,
          failsIf: true,
          isUncertain: this.reach === 'perhaps',
        });
      return;
    }
    this.expression(test);
    this.within(this.reachIf(test, true), () => this.statement(yes));
    if (no) this.within(this.reachIf(test, false), () => this.statement(no));
  }

  private reachIf(test: Expression, wanted: boolean): Reach {
    const truth = truthOf(test, this.globals);
    if (isUnknownValue(truth)) return 'perhaps';
    return truth === wanted ? 'always' : 'never';
  }

  /** Only the cases that fit a constant are reached, and what they fall into. */
  private switch({ value, body }: SwitchStatement): void {
    const of = evaluate(value, this.globals);
    if (isUnknownValue(of) || body.kind !== 'block') {
      this.within('perhaps', () => this.statement(body));
      return;
    }
    const isFitting = (label: Statement): boolean | undefined => {
      if (label.kind !== 'case' || !label.low) return false;
      const low = evaluate(label.low, this.globals);
      const high = label.high ? evaluate(label.high, this.globals) : low;
      if (isUnknownValue(low) || isUnknownValue(high)) return undefined;
      return low.value <= of.value && of.value <= high.value;
    };
    const labels = body.items.flatMap(labelsOf);
    const isDefaultTaken = labels.every((label) => isFitting(label) === false);
    let live: Reach = 'never';
    for (const item of body.items) {
      for (const label of labelsOf(item)) {
        const fits = label.kind === 'case' && !label.low ? isDefaultTaken : isFitting(label);
        if (fits !== false && live === 'never') live = fits ? 'always' : 'perhaps';
      }
      if (item.kind === 'label') live = 'perhaps';
      this.within(live, () => this.statement(item));
      if (live !== 'never' && this.leaves(item)) live = 'never';
    }
  }

  private expression(expression: Expression): void {
    switch (expression.kind) {
      case 'sizeof':
      case 'alignof':
      case 'preferred':
        this.measured(expression);
        // Nothing of an operand is compiled.
        return;
      case 'conditional': {
        const { test, yes, no } = expression;
        this.expression(test);
        if (yes) this.within(this.reachIf(test, true), () => this.expression(yes));
        this.within(this.reachIf(test, false), () => this.expression(no));
        return;
      }
      case 'binary':
        if (expression.operator === Punct.AndAnd || expression.operator === Punct.OrOr) {
          this.expression(expression.left);
          const wanted = expression.operator === Punct.AndAnd;
          this.within(this.reachIf(expression.left, wanted), () => this.expression(expression.right));
          return;
        }
        break;
      case 'call': {
        const [test, yes, no] = expression.arguments;
        if (expression.callee.kind !== 'name' || expression.callee.name !== '__builtin_choose_expr' || !no) break;
        this.within(this.reachIf(test, true), () => this.expression(yes));
        this.within(this.reachIf(test, false), () => this.expression(no));
        return;
      }
      case 'statement':
        this.block(expression.body.items);
        return;
      case 'compound':
        this.initializer(expression.initializer);
        return;
    }
    for (const part of partsOf(expression)) this.expression(part);
  }

  /** `sizeof(struct { int: -!!(condition); })`, which is refused wherever it stands. */
  private measured({ type, first }: SizeofExpression): void {
    const bare = type && strip(type);
    if (bare?.kind !== 'record' || bare.record.tag !== undefined) return;
    for (const { name, bitWidth } of bare.record.members ?? [])
      if (name === undefined && bitWidth !== undefined)
        this.found.push({ token: first, failsIf: true, width: bitWidth, isUncertain: false });
  }

  /** Whether nothing behind a statement is reached from it. */
  private leaves(statement: Statement): boolean {
    switch (statement.kind) {
      case 'return':
      case 'goto':
      case 'break':
      case 'continue':
        return true;
      case 'block':
        return (
          statement.items.some((item) => this.leaves(item)) && !statement.items.some(({ kind }) => kind === 'label')
        );
      case 'case':
      case 'label':
        return statement.body !== undefined && this.leaves(statement.body);
      case 'if': {
        const truth = truthOf(statement.test, this.globals);
        const yes = this.leaves(statement.yes);
        const no = statement.no !== undefined && this.leaves(statement.no);
        return isUnknownValue(truth) ? yes && no : truth ? yes : no;
      }
      default:
        return false;
    }
  }
}

/** The labels in front of a statement of a switch, one behind another. */
function labelsOf(statement: Statement): Statement[] {
  if (statement.kind !== 'case') return [];
  return [statement, ...(statement.body ? labelsOf(statement.body) : [])];
}

/** The call of a function whose calls a compiler refuses, where a statement is nothing else. */
function refusedCall(statement: Statement, globals: Globals): Expression | undefined {
  if (statement.kind === 'block' && statement.items.length === 1) return refusedCall(statement.items[0], globals);
  const call = statement.kind === 'expression' ? statement.expression : undefined;
  if (call?.kind !== 'call' || call.callee.kind !== 'name') return undefined;
  const declaration = call.callee.declaration ?? globals.ordinary(call.callee.name);
  return declaration?.isBuildError ? call : undefined;
}
