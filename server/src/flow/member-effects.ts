/** What functions in sight do to the members of the records that they are given, in the order in which they do it. */
import type { MemberUses } from '../packs/flow';
import type { UnitGlobals } from '../parser/globals';
import { Punct } from '../text/tokens';
import type { Declaration, Expression, Statement } from '../types/ast';
import { qualifiersOf } from '../types/conversions';
import { recordBehind, strip, VOID } from '../types/model';
import { statementsIn } from '../types/walk';
import { type MemberOfObject, ObjectPaths } from './object-paths';
import { type Call, isZeroValue, type MemberUse, UseWalker } from './use-walker';

/** What happens to a member of an argument's record; to all of it where no member is named. */
export interface MemberEvent {
  readonly does: 'reads' | 'tests' | 'stores' | 'loses';
  readonly member?: Omit<MemberOfObject, 'object'>;
  /** It happens on every way through the function, as far as the text says. */
  readonly isCertain: boolean;
  readonly isZero: boolean;
  /** Others use what was stored, later. */
  readonly isPending?: boolean;
}

/** What a function does to memory of which it is given the address, whatever it holds: `list_del(&x->list)`. */
type Doing = 'reads' | 'stores' | 'nothing' | 'unknown';

/** Calls inside of calls are followed so deep. */
const DEEPEST = 4;

export class MemberEffects {
  private readonly known = new Map<string, readonly MemberEvent[] | undefined>();
  private readonly open = new Set<string>();

  constructor(
    private readonly globals: UnitGlobals,
    private readonly uses: readonly MemberUses[],
  ) {}

  /** Undefined where it can't be told. */
  ofObject(name: string, argument: number): readonly MemberEvent[] | undefined {
    const key = `${name} ${argument}`;
    if (this.known.has(key)) return this.known.get(key);
    if (this.open.has(key)) {
      // What a function does by calling itself it does by itself, too.
      this.asked.add(key);
      return [];
    }
    if (this.open.size > DEEPEST) return undefined;
    this.open.add(key);
    const found = this.said(name, argument) ?? this.read(name, argument);
    this.open.delete(key);
    this.asked.delete(key);
    // What rests on a function that is still being read is not the last word.
    if (this.asked.size === 0) this.known.set(key, found);
    return found;
  }

  /** Functions that are being read and were met again meanwhile. */
  private readonly asked = new Set<string>();

  ofField(name: string, argument: number): Doing {
    const events = this.ofObject(name, argument);
    if (!events) return 'unknown';
    const first = events.find(({ does }) => does !== 'loses');
    if (first) return first.does === 'stores' ? 'stores' : 'reads';
    if (events.length > 0) return 'unknown';
    return this.answersOf(name, argument) ? 'reads' : 'nothing';
  }

  /** Whether a function keeps the memory that it is given the address of for others to use later. */
  isPending(name: string, argument: number): boolean {
    return this.ofObject(name, argument)?.some((event) => event.isPending === true && !event.member) === true;
  }

  /** Whether a function gives a value, and must not change what it is given the address of: it reads it, by whatever arithmetic. */
  private answersOf(name: string, argument: number): boolean {
    const type = strip(this.globals.ordinary(name)?.type ?? VOID);
    const taken =
      type.kind === 'function' && type.parameters[argument] ? strip(type.parameters[argument].type) : undefined;
    const isConst = taken?.kind === 'pointer' && strip(taken.to).kind === 'integer' && qualifiersOf(taken.to).isConst;
    return isConst && type.kind === 'function' && strip(type.returns).kind === 'integer';
  }

  /** The member by which a function last used the object that it returns: what a list held it by. */
  ofReturned(name: string): MemberEvent | undefined {
    const key = `${name} returned`;
    if (!this.known.has(key)) this.known.set(key, this.readReturned(name));
    return this.known.get(key)?.at(-1);
  }

  /** Whether a function is given more than one pointer, so that one may come to be known by way of another. */
  links(name: string): boolean {
    const type = this.globals.ordinary(name)?.type;
    const parameters = type?.kind === 'function' ? type.parameters : [];
    return parameters.filter((one) => one.type.kind === 'pointer').length !== 1;
  }

  /** Whether it is known what a function does and calls: its body is there, or a pack says that it only reads what it is given. */
  isInSight(name: string): boolean {
    const isSaid = this.uses.some(({ call, does, record }) => call.includes(name) && does === 'reads' && !record);
    return isSaid || this.globals.definitionOf(name) !== undefined;
  }

  /** What packs say of a function whose body is elsewhere. */
  private said(name: string, argument: number): readonly MemberEvent[] | undefined {
    const fact = this.uses.find((one) => one.call.includes(name) && (one.argument ?? 0) === argument);
    if (!fact) return undefined;
    const event = { does: fact.does, isCertain: true, isZero: false, isPending: fact.isPending };
    if (!fact.record) return [event];
    const record = this.globals.record('struct', fact.record);
    return (fact.members ?? []).map((path) => ({ ...event, member: { record, path, isElement: false } }));
  }

  private read(name: string, argument: number): readonly MemberEvent[] | undefined {
    const declaration = this.definition(name);
    const parameter = declaration?.parameters?.[argument];
    if (!declaration?.body || !parameter) return undefined;
    const walker = new BodyWalker(this.globals, this, parameter);
    walker.walk(declaration.body);
    // What functions do adds up with each that calls them, and would grow without end.
    return walker.events.length > MOST_EVENTS ? undefined : walker.events;
  }

  private readReturned(name: string): readonly MemberEvent[] | undefined {
    const body = this.definition(name)?.body;
    const last = body?.items.at(-1);
    if (!body || last?.kind !== 'return' || last.value?.kind !== 'name' || !last.value.declaration) return undefined;
    if (!recordBehind(last.value.declaration.type)) return undefined;
    const walker = new BodyWalker(this.globals, this, last.value.declaration);
    walker.walk(body);
    const { events } = walker;
    return events.at(-1)?.does === 'stores' && events.at(-1)?.member ? events : undefined;
  }

  private definition(name: string): Declaration | undefined {
    const definition = this.globals.definitionOf(name);
    if (!definition) return undefined;
    const parsed = this.globals.parseWhole(definition.reading, definition.item);
    return parsed.declarations.find((one) => one.name === name && one.body);
  }
}

/** A function that does more than this to an object is taken for one that may do anything. */
const MOST_EVENTS = 200;

/** Gathers what a body does to what one of its variables points to. */
class BodyWalker extends UseWalker {
  readonly events: MemberEvent[] = [];
  private readonly object: string;
  private conditions = 0;
  private hasLeft = false;

  constructor(
    globals: UnitGlobals,
    private readonly effects: MemberEffects,
    private readonly variable: Declaration,
  ) {
    super(new ObjectPaths(globals));
    this.object = `*(${this.paths.variable(variable)})`;
  }

  walk(statement: Statement): void {
    switch (statement.kind) {
      case 'expression':
        if (statement.expression) this.visit(statement.expression);
        break;
      case 'declaration':
        for (const { initializer } of statement.declarations) if (initializer) this.initializer(initializer);
        break;
      case 'if':
        this.visit(statement.test);
        this.eitherWay(statement);
        break;
      case 'do':
        for (const inner of statementsIn(statement)) this.walk(inner);
        this.visit(statement.test);
        break;
      case 'while':
      case 'for':
      case 'switch':
        if (statement.kind === 'for') {
          if (statement.start?.kind === 'declaration') this.walk(statement.start);
          else if (statement.start) this.visit(statement.start);
          if (statement.test) this.visit(statement.test);
        } else this.visit(statement.kind === 'switch' ? statement.value : statement.test);
        this.perhaps(statement);
        break;
      case 'return':
        if (statement.value) this.visit(statement.value);
        this.hasLeft = true;
        break;
      case 'goto':
        this.hasLeft = true;
        break;
      case 'asm':
        for (const output of statement.outputs) this.visit(output, 'address');
        break;
      case 'broken':
        this.note({ does: 'loses' });
        break;
      default:
        for (const inner of statementsIn(statement)) this.walk(inner);
    }
  }

  /** What both branches do happens for certain. */
  private eitherWay(statement: Statement & { kind: 'if' }): void {
    const hadLeft = this.hasLeft;
    const start = this.events.length;
    this.conditions++;
    this.walk(statement.yes);
    const middle = this.events.length;
    if (statement.no) this.walk(statement.no);
    this.conditions--;
    if (statement.no && this.hasLeft === hadLeft) this.agree(start, middle);
  }

  private perhaps(statement: Statement): void {
    this.conditions++;
    for (const inner of statementsIn(statement)) if (!isStart(statement, inner)) this.walk(inner);
    this.conditions--;
  }

  protected used(member: Expression & { kind: 'member' }, use: MemberUse, value?: Expression): void {
    const found = this.paths.memberOf(member);
    if (found?.object !== this.object) return;
    const isZero = value !== undefined && isZeroValue(value, this.paths);
    if (use === 'address') this.note({ does: 'loses', member: found });
    if (use === 'read' || use === 'update') this.note({ does: 'reads', member: found });
    if (use === 'test' || use === 'bits') this.note({ does: 'tests', member: found });
    if (use === 'store' || use === 'update') this.note({ does: 'stores', member: found, isZero });
  }

  protected called(call: Call): void {
    const name = call.callee.kind === 'name' && !call.callee.declaration ? call.callee.name : undefined;
    if (name?.startsWith('__builtin_')) {
      if (name === '__builtin_expect') this.visit(call.arguments[0]);
      return;
    }
    for (const [index, argument] of call.arguments.entries()) {
      const core = this.paths.core(argument);
      const member = core.kind === 'unary' && this.paths.core(core.operand);
      if (member && member.kind === 'member' && core.kind === 'unary' && core.operator === Punct.Ampersand) {
        this.place(member);
        const found = this.paths.memberOf(member);
        if (found?.object !== this.object) continue;
        const doing = name === undefined ? 'unknown' : this.effects.ofField(name, index);
        const isPending = name !== undefined && this.effects.isPending(name, index);
        if (doing !== 'nothing') this.note({ does: doing === 'unknown' ? 'loses' : doing, member: found, isPending });
      } else if (this.isObject(core)) {
        const events = name === undefined ? undefined : this.effects.ofObject(name, index);
        for (const event of events ?? [{ does: 'loses', isCertain: true, isZero: false } as const])
          this.note(event.isCertain ? event : { ...event, isCertain: false });
      } else this.visit(argument);
    }
  }

  protected stored(place: Expression): void {
    if (this.paths.placeOf(place) === this.object) this.note({ does: 'stores' });
  }

  protected escaped(value: Expression): void {
    if (this.isObject(this.paths.core(value))) this.note({ does: 'loses' });
  }

  protected branched(expression: Expression, use: MemberUse): void {
    if (expression.kind === 'statement') {
      for (const item of expression.body.items) {
        if (item.kind === 'expression' && item.expression) this.visit(item.expression, use);
        else this.walk(item);
      }
      return;
    }
    if (expression.kind === 'binary') this.visit(expression.left);
    if (expression.kind === 'conditional') this.visit(expression.test);
    this.conditions++;
    if (expression.kind === 'binary') this.visit(expression.right);
    if (expression.kind === 'conditional') {
      const start = this.events.length;
      if (expression.yes) this.visit(expression.yes, use);
      const middle = this.events.length;
      this.visit(expression.no, use);
      this.conditions--;
      this.agree(start, middle);
      return;
    }
    this.conditions--;
  }

  /** What both sides of `a ? b : c` do happens for certain; the sides' events stand from two places on. */
  private agree(start: number, middle: number): void {
    if (this.conditions > 0 || this.hasLeft) return;
    const [yes, no] = [this.events.slice(start, middle), this.events.slice(middle)];
    const happens = (one: MemberEvent, others: readonly MemberEvent[]): boolean =>
      others.some(({ does, member }) => {
        const isSame = member?.path === one.member?.path && member?.record === one.member?.record;
        return isSame && (does === one.does || one.does === 'loses');
      });
    const agreed = (side: readonly MemberEvent[], other: readonly MemberEvent[]): MemberEvent[] =>
      side.map((one) => (happens(one, other) ? { ...one, isCertain: true } : one));
    this.events.splice(start, yes.length + no.length, ...agreed(yes, no), ...agreed(no, yes));
  }

  private isObject(core: Expression): boolean {
    return core.kind === 'name' && core.declaration === this.variable;
  }

  private note(event: Partial<MemberEvent> & Pick<MemberEvent, 'does'>): void {
    const isCertain = event.isCertain !== false && this.conditions === 0 && !this.hasLeft;
    this.events.push({ isZero: false, ...event, isCertain });
  }
}

function isStart(statement: Statement, inner: Statement): boolean {
  return statement.kind === 'for' && statement.start === inner;
}
