/**
 * Runs the corpus: C over a small memory, every choice that the text leaves open taken each way. It knows the typestate
 * by its own rules and shares nothing with the flow analysis but the parser, so that it can say who is right.
 */
import { Punct } from '../../../server/src/text/tokens';
import type { Declaration, Expression, Statement } from '../../../server/src/types/ast';
import { genericBranch } from '../../../server/src/types/evaluate';
import { type CType, strip } from '../../../server/src/types/model';
import type { Globals } from '../../../server/src/types/scope';
import { typeOf } from '../../../server/src/types/typer';
import { Abandoned, Breach } from './endings';
import { INTRINSICS, type Machine } from './intrinsics';
import {
  isPointer,
  type ListState,
  newFolio,
  type Pointer,
  samePlace,
  type Thing,
  thing,
  truthOf,
  type Value,
} from './memory';

export interface Code {
  readonly globals: Globals;
  function(name: string): { declaration: Declaration; line(expression: { first: number }): number } | undefined;
}

type Frame = {
  readonly variables: Map<Declaration, Thing>;
  readonly line: (at: { first: number }) => number;
  readonly outer: Frame | undefined;
};

/** How a statement ends: goes on, or leaves. */
type Ending =
  | { kind: 'on' }
  | { kind: 'break' | 'continue' }
  | { kind: 'goto'; label: string }
  | { kind: 'return'; value: Value };
const ON: Ending = { kind: 'on' };
const MOST_STEPS = 3000;

export class Interpreter implements Machine {
  private frame!: Frame;
  private readonly places: { readonly line: number; readonly frame: Frame }[] = [];
  private steps = 0;

  constructor(
    private readonly code: Code,
    /** Picks one of 0 … count-1. */
    readonly pick: (count: number) => number,
  ) {}

  /** Runs a function. @throws Breach, Abandoned */
  run(name: string, given: readonly Value[]): Value {
    const found = this.code.function(name);
    if (!found?.declaration.body) throw new Error(`${name} has no body`);
    const outer = this.frame;
    this.frame = { variables: new Map(), line: found.line, outer };
    (found.declaration.parameters ?? []).forEach((parameter, index) => {
      this.variable(parameter).fields.set('', given[index] ?? this.unknown(parameter.type, parameter.name));
    });
    let ending = this.statement(found.declaration.body);
    // A label is looked for from the top; everything before it is skipped.
    while (ending.kind === 'goto') ending = this.from(found.declaration.body, ending.label);
    this.frame = outer;
    return ending.kind === 'return' ? ending.value : 0;
  }

  leave(): never {
    throw new Abandoned();
  }

  /** The calls that run now. */
  get running(): ReadonlySet<object> {
    const frames = new Set<object>();
    for (let frame: Frame | undefined = this.frame; frame; frame = frame.outer) frames.add(frame);
    return frames;
  }

  breach(since: ReadonlySet<object> | undefined): never {
    const { places } = this;
    throw new Breach((places.findLast(({ frame }) => since?.has(frame)) ?? places[0]).line);
  }

  private variable(declaration: Declaration): Thing {
    let found = this.frame.variables.get(declaration);
    if (!found) this.frame.variables.set(declaration, (found = thing(declaration.name, true)));
    return found;
  }

  /** Some value of a type, where the text does not say which. */
  unknown(type: CType, what: string): Value {
    const bare = strip(type);
    if (bare.kind !== 'pointer') return bare.kind === 'void' ? 0 : [0, -1, 1][this.pick(3)];
    const to = strip(bare.to);
    const tag = to.kind === 'record' ? to.record.tag : undefined;
    if (tag === 'folio' || tag === 'page') return { thing: newFolio(this.pick(2) === 1), path: '' };
    if (tag === 'folio_owner_ops') return { opaque: 'ops' };
    return { thing: thing(what, false), path: '' };
  }

  listAt({ thing: home, path }: Pointer): ListState {
    let list = home.lists.get(path);
    if (!list) {
      home.lists.set(path, (list = { entries: [] }));
      const count = home.isLocal ? 0 : this.pick(3);
      for (let entry = 0; entry < count; entry++) {
        const folio = newFolio(false);
        folio.folio!.list = { home: list, head: { thing: home, path } };
        list.entries.push({ thing: folio, path: '.lru' });
      }
    }
    return list;
  }

  // Statements.

  /** Goes on from a label that stands somewhere in a statement. */
  private from(statement: Statement, label: string): Ending {
    if (statement.kind === 'label' && statement.name === label)
      return statement.body ? this.statement(statement.body) : ON;
    if (statement.kind !== 'block') throw new Error('the corpus jumps to labels of the outermost block only');
    const start = statement.items.findIndex((item) => item.kind === 'label' && item.name === label);
    if (start < 0) throw new Error(`no label ${label}`);
    return this.items(statement.items.slice(start));
  }

  private items(items: readonly Statement[]): Ending {
    for (const item of items) {
      const ending = this.statement(item);
      if (ending.kind !== 'on') return ending;
    }
    return ON;
  }

  private statement(statement: Statement): Ending {
    if (++this.steps > MOST_STEPS) throw new Abandoned();
    switch (statement.kind) {
      case 'block':
        return this.items(statement.items);
      case 'expression':
        if (statement.expression) this.value(statement.expression);
        return ON;
      case 'declaration':
        for (const one of statement.declarations) this.declare(one);
        return ON;
      case 'if':
        if (truthOf(this.value(statement.test))) return this.statement(statement.yes);
        return statement.no ? this.statement(statement.no) : ON;
      case 'while':
        return this.loop(
          () => truthOf(this.value(statement.test)),
          statement.body,
          () => {},
        );
      case 'do': {
        let isFirst = true;
        const test = (): boolean => isFirst || truthOf(this.value(statement.test));
        return this.loop(
          () => [test(), (isFirst = false)][0],
          statement.body,
          () => {},
        );
      }
      case 'for': {
        const { start, test, step } = statement;
        if (start?.kind === 'declaration') this.statement(start);
        else if (start) this.value(start);
        return this.loop(
          () => !test || truthOf(this.value(test)),
          statement.body,
          () => step && this.value(step),
        );
      }
      case 'switch':
        return this.choose(statement);
      case 'case':
      case 'label':
        return statement.body ? this.statement(statement.body) : ON;
      case 'goto':
        return { kind: 'goto', label: statement.label ?? '' };
      case 'break':
      case 'continue':
        return { kind: statement.kind };
      case 'return':
        return { kind: 'return', value: statement.value ? this.value(statement.value) : 0 };
      default:
        throw new Error(`the corpus has a ${statement.kind}`);
    }
  }

  private loop(test: () => boolean, body: Statement, step: () => void): Ending {
    for (; test(); step()) {
      const ending = this.statement(body);
      if (ending.kind === 'break') return ON;
      if (ending.kind === 'goto' || ending.kind === 'return') return ending;
    }
    return ON;
  }

  private choose(statement: Statement & { kind: 'switch' }): Ending {
    this.value(statement.value);
    if (statement.body.kind !== 'block') throw new Error('a switch without a block');
    const { items } = statement.body;
    const cases = items.flatMap((item, index) => (item.kind === 'case' ? [index] : []));
    const ending = this.items(items.slice(cases[this.pick(cases.length)]));
    return ending.kind === 'break' ? ON : ending;
  }

  private declare(declaration: Declaration): void {
    const { fields, lists } = this.variable(declaration);
    fields.clear();
    lists.clear();
    const { initializer } = declaration;
    if (initializer && initializer.kind !== 'list') fields.set('', this.value(initializer));
  }

  // Expressions.

  value(expression: Expression): Value {
    switch (expression.kind) {
      case 'number':
        return Number(expression.text.replace(/[uUlL]+$/, ''));
      case 'string':
        return { opaque: 'text' };
      case 'name':
      case 'member':
      case 'index':
        return this.read(this.place(expression), expression);
      case 'cast':
        return this.value(expression.operand);
      case 'generic':
        return this.value(genericBranch(expression, this.code.globals) ?? expression.control);
      case 'offsetof':
        return { offset: expression.path.map((step) => (step.kind === 'member' ? `.${step.name}` : '')).join('') };
      case 'assign': {
        const value = this.value(expression.right);
        const { thing: home, path } = this.place(expression.left);
        home.fields.set(path, value);
        return value;
      }
      case 'conditional':
        return truthOf(this.value(expression.test))
          ? this.value(expression.yes ?? expression.test)
          : this.value(expression.no);
      case 'statement': {
        const { items } = expression.body;
        this.items(items.slice(0, -1));
        const last = items[items.length - 1];
        return last?.kind === 'expression' && last.expression ? this.value(last.expression) : 0;
      }
      case 'unary':
        return this.unary(expression);
      case 'binary':
        return this.binary(expression);
      case 'call':
        return this.call(expression);
      default:
        throw new Error(`the corpus has a ${expression.kind}`);
    }
  }

  private unary(expression: Expression & { kind: 'unary' }): Value {
    const { operand } = expression;
    switch (expression.operator) {
      case Punct.Ampersand:
        return this.place(operand);
      case Punct.Star:
        return this.read(this.place(expression), expression);
      case Punct.Exclamation:
        return truthOf(this.value(operand)) ? 0 : 1;
      case Punct.Minus:
        return -Number(this.value(operand));
      case Punct.PlusPlus:
      case Punct.MinusMinus: {
        const before = Number(this.value(operand));
        const after = expression.operator === Punct.PlusPlus ? before + 1 : before - 1;
        const { thing: home, path } = this.place(operand);
        home.fields.set(path, after);
        return expression.postfix ? before : after;
      }
      default:
        throw new Error('the corpus has an operator that is not known');
    }
  }

  private binary(expression: Expression & { kind: 'binary' }): Value {
    const { operator } = expression;
    const left = this.value(expression.left);
    if (operator === Punct.AndAnd) return truthOf(left) && truthOf(this.value(expression.right)) ? 1 : 0;
    if (operator === Punct.OrOr) return truthOf(left) || truthOf(this.value(expression.right)) ? 1 : 0;
    const right = this.value(expression.right);
    if (operator === Punct.Comma) return right;
    if (operator === Punct.EqualEqual) return samePlace(left, right) ? 1 : 0;
    if (operator === Punct.ExclamationEqual) return samePlace(left, right) ? 0 : 1;
    if (operator === Punct.Minus && isPointer(left) && typeof right === 'object' && 'offset' in right) {
      // A list's own head is taken for an entry when a walk ends; nobody looks into that one.
      const { path } = left;
      return {
        thing: left.thing,
        path: path.endsWith(right.offset) ? path.slice(0, -right.offset.length) : `${path}-lru`,
      };
    }
    if (isPointer(left)) return left;
    if (operator === Punct.Less) return Number(left) < Number(right) ? 1 : 0;
    if (operator === Punct.Greater) return Number(left) > Number(right) ? 1 : 0;
    throw new Error('the corpus has an operator that is not known');
  }

  private place(expression: Expression): Pointer {
    switch (expression.kind) {
      case 'name':
        if (!expression.declaration) throw new Error(`${expression.name} is no variable of the corpus`);
        return { thing: this.variable(expression.declaration), path: '' };
      case 'member': {
        const base = expression.arrow ? this.value(expression.base) : this.place(expression.base);
        if (!isPointer(base)) throw new Abandoned();
        if (expression.name === 'page' && base.thing.folio) return base;
        if (expression.name === 'lru') this.at(expression, () => this.touch(base));
        const ending = base.path.endsWith('-lru') && expression.name === 'lru';
        return { thing: base.thing, path: ending ? base.path.slice(0, -4) : `${base.path}.${expression.name}` };
      }
      case 'index': {
        const { base } = expression;
        const isArray = strip(typeOf(base, this.code.globals)).kind === 'array';
        const at = isArray ? this.place(base) : this.value(base);
        if (!isPointer(at)) throw new Abandoned();
        return { thing: at.thing, path: `${at.path}[${Number(this.value(expression.index))}]` };
      }
      case 'unary':
        if (expression.operator === Punct.Star) {
          const value = this.value(expression.operand);
          if (isPointer(value)) return value;
        }
    }
    throw new Abandoned();
  }

  private touch({ thing: home, path }: Pointer): void {
    const { folio } = home;
    if (!folio || path !== '' || folio.gone) return;
    if (folio.owned) this.breach(folio.ownerSince);
    if (folio.undone) {
      folio.undone = false;
      folio.lent = true;
      folio.ownerSince = this.running;
    }
  }

  private read({ thing: home, path }: Pointer, expression: Expression): Value {
    const next = /^(.*)\.(next|prev)$/.exec(path);
    if (next) return this.neighbour({ thing: home, path: next[1] }, next[2] === 'next' ? 1 : -1);
    let value = home.fields.get(path);
    if (value === undefined) {
      const type = typeOf(expression, this.code.globals);
      // A field that nobody has set may well be NULL.
      const isNull = path !== '' && strip(type).kind === 'pointer' && this.pick(2) === 0;
      value = isNull ? 0 : this.unknown(type, path);
      home.fields.set(path, value);
    }
    return value;
  }

  /** What `next` or `prev` of a list's head or entry points to. */
  private neighbour(link: Pointer, step: 1 | -1): Value {
    const on = link.path === '.lru' ? link.thing.folio?.list : undefined;
    const entries = on ? on.home.entries : this.listAt(link).entries;
    const head = on ? on.head : link;
    const at = on ? entries.findIndex((entry) => samePlace(entry, link)) : step > 0 ? -1 : entries.length;
    return entries[at + step] ?? head;
  }

  private at<T>(expression: { first: number }, run: () => T): T {
    this.places.push({ line: this.frame.line(expression), frame: this.frame });
    const result = run();
    this.places.pop();
    return result;
  }

  private call(expression: Expression & { kind: 'call' }): Value {
    const { callee } = expression;
    if (callee.kind !== 'name') throw new Error('the corpus calls through a pointer');
    const given = expression.arguments.map((argument) => this.value(argument));
    const intrinsic = INTRINSICS[callee.name];
    return this.at(expression, () => {
      if (intrinsic) return intrinsic(this, given);
      if (this.code.function(callee.name)) return this.run(callee.name, given);
      return this.unknown(typeOf(expression, this.code.globals), callee.name);
    });
  }
}
