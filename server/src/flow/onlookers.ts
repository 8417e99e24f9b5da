/** Which functions in sight change nothing: what is known of an object before such a call holds behind it. */
import type { UnitGlobals } from '../parser/globals';
import { Punct } from '../text/tokens';
import type { Expression, Statement } from '../types/ast';
import { statementsIn, walkStatement } from '../types/walk';

/** Functions of more tokens do more than look. */
const MOST_TOKENS = 200;
/** How deep functions that call others are looked into. */
const MOST_INNER = 3;

export class Onlookers {
  private readonly known = new Map<string, boolean>();

  constructor(private readonly globals: UnitGlobals) {}

  /** Whether a function stores to nothing but its own variables, and calls none that does. */
  has(name: string, depth = 0): boolean {
    const known = this.known.get(name);
    if (known !== undefined || depth > MOST_INNER) return known ?? false;
    // One that calls itself is not followed.
    this.known.set(name, false);
    const looks = this.find(name, depth);
    this.known.set(name, looks);
    return looks;
  }

  private find(name: string, depth: number): boolean {
    const definition = this.globals.definitionOf(name);
    if (!definition || definition.item.end - definition.item.first > MOST_TOKENS) return false;
    const { declarations } = this.globals.parseWhole(definition.reading, definition.item);
    const body = declarations.find((one) => one.name === name)?.body;
    if (!body || !isReadable(body)) return false;
    let looks = true;
    walkStatement(body, (part) => {
      if (part.kind === 'statement') looks &&= isReadable(part.body);
      else if (part.kind === 'assign') looks &&= isOwn(part.left);
      else if (part.kind === 'unary' && STEPPING.has(part.operator)) looks &&= isOwn(part.operand);
      else if (part.kind === 'call') looks &&= part.callee.kind === 'name' && this.mayCall(part.callee.name, depth);
    });
    return looks;
  }

  private mayCall(name: string, depth: number): boolean {
    return name.startsWith('__builtin_') || this.has(name, depth + 1);
  }
}

const STEPPING: ReadonlySet<Punct> = new Set([Punct.PlusPlus, Punct.MinusMinus]);

/** Whether a statement has neither assembly nor code that was not understood. */
function isReadable(statement: Statement): boolean {
  if (statement.kind === 'asm' || statement.kind === 'broken') return false;
  for (const inner of statementsIn(statement)) if (!isReadable(inner)) return false;
  return true;
}

function isOwn(place: Expression): boolean {
  return place.kind === 'name' && place.declaration !== undefined && !place.declaration.isStatic;
}
