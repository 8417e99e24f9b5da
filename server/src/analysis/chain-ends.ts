/**
 * Finds where a pointer of a chain that ends in an odd number is followed, or compared with NULL, in a function that never asks
 * whether it is the end.
 */
import { isLink } from '../facts/asked-members';
import { askedPointers } from '../facts/conversions';
import type { SourceFile } from '../preprocessor/source';
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { recordBehind, strip } from '../types/model';
import { baseRecord, typeOf } from '../types/typer';
import { walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';
import { stem } from './exempt';
import { implementsHeader } from './owners';
import { placeNamed, uncast } from './stored-value';

export interface UnaskedEnd {
  readonly at: Expression;
  /** The member that the pointer was read from. */
  readonly member: string;
  readonly question: string;
  readonly isFollowed: boolean;
}

const known = new WeakMap<SourceFile, ReadonlyMap<string, string>>();

function askedIn(file: SourceFile): ReadonlyMap<string, string> {
  let found = known.get(file);
  if (!found) known.set(file, (found = askedPointers(file.text)));
  return found;
}

/** Whether a file implements a header, or is the source that a header for it alone is named for: `x.c` of `x_priv.h`. */
function isOwn(file: FileAnalysis, header: string): boolean {
  return implementsHeader(file, header) || stem(header).startsWith(`${stem(file.main.path)}_`);
}

/** A pointer as it was read from a member. */
interface Read {
  readonly member: string;
  readonly question: string;
}

/** A question, with the headers that it and the struct that is pointed to stand in. */
interface Question {
  readonly name: string;
  readonly headers: readonly (string | undefined)[];
}

export class ChainEnds {
  /** By the tag of the struct that is pointed to. */
  private readonly questions = new Map<string, Question>();

  constructor(private readonly file: FileAnalysis) {
    for (const one of file.globals.files) {
      if (one.path === file.main.path || isOwn(file, one.path)) continue;
      for (const [tag, name] of askedIn(one))
        if (isLink(file.globals.record('struct', tag)))
          this.questions.set(tag, { name, headers: [one.path, file.globals.record('struct', tag).place?.path] });
    }
  }

  get isEmpty(): boolean {
    return this.questions.size === 0;
  }

  in({ body }: Declaration): readonly UnaskedEnd[] {
    if (!body || this.isEmpty) return [];
    const parts: Expression[] = [];
    walkStatement(body, (part) => parts.push(part));
    const values = new Map<Declaration, Expression[]>();
    const give = (to: Declaration, value: Expression): void =>
      void (values.get(to)?.push(value) ?? values.set(to, [value]));
    const declared = new Set<Declaration>();
    for (const part of parts) {
      if (part.kind === 'assign' && part.left.kind === 'name' && part.left.declaration)
        give(part.left.declaration, part.right);
      if (part.kind !== 'name' || !part.declaration || declared.has(part.declaration)) continue;
      declared.add(part.declaration);
      const { initializer } = part.declaration;
      if (initializer && initializer.kind !== 'list') give(part.declaration, initializer);
    }
    // A function that is given the whole chain, or a link of it, may ask.
    const given = parts.flatMap((part) => (part.kind === 'call' ? part.arguments : []));
    const asked = new Set(given.flatMap((argument) => this.askableBy(argument)));
    return new EndsInFunction(parts, values, (expression) => this.readBy(expression), asked).find();
  }

  /** The questions that may be asked of a record of their header. */
  private askableBy(argument: Expression): string[] {
    const path = recordBehind(typeOf(uncast(argument), this.file.globals))?.place?.path;
    if (path === undefined) return [];
    return [...this.questions.values()].flatMap(({ name, headers }) => (headers.includes(path) ? [name] : []));
  }

  private readBy(expression: Expression): Read | undefined {
    if (expression.kind !== 'member') return undefined;
    const type = strip(typeOf(expression, this.file.globals));
    const to = type.kind === 'pointer' ? strip(type.to) : undefined;
    const record = baseRecord(expression, this.file.globals);
    if (to?.kind !== 'record' || to.record.tag === undefined || 'reason' in record) return undefined;
    const question = this.questions.get(to.record.tag);
    const isTheirs = record.place !== undefined && question?.headers.includes(record.place.path);
    return isTheirs ? { member: expression.name, question: question!.name } : undefined;
  }
}

class EndsInFunction {
  private readonly found: UnaskedEnd[] = [];

  constructor(
    private readonly parts: readonly Expression[],
    private readonly values: ReadonlyMap<Declaration, readonly Expression[]>,
    private readonly readBy: (expression: Expression) => Read | undefined,
    private readonly asked: Set<string>,
  ) {}

  find(): readonly UnaskedEnd[] {
    for (const part of this.parts) this.visit(part);
    return this.found.filter(({ question }) => !this.asked.has(question));
  }

  private visit(part: Expression): void {
    switch (part.kind) {
      case 'member':
        if (part.arrow) this.use(part.base, part, true);
        break;
      case 'unary':
        if (part.operator === Punct.Star) this.use(part.operand, part, true);
        else if (part.operator === Punct.Exclamation) this.use(part.operand, part, false);
        break;
      case 'binary':
        this.binary(part);
        break;
      case 'cast':
        if (strip(part.type).kind === 'integer') this.ask(part.operand);
        break;
    }
  }

  private binary(part: Expression & { kind: 'binary' }): void {
    const { operator, left, right } = part;
    if (operator === Punct.Minus) this.use(left, part, true);
    else if (operator === Punct.EqualEqual || operator === Punct.ExclamationEqual) {
      if (isZero(right)) this.use(left, part, false);
      else for (const side of [left, right]) this.ask(side);
    }
  }

  private use(pointer: Expression, at: Expression, isFollowed: boolean): void {
    const read = this.readIn(pointer, 0);
    if (read) this.found.push({ at, ...read, isFollowed });
  }

  private ask(expression: Expression): void {
    const read = this.readIn(expression, 0);
    if (read) this.asked.add(read.question);
  }

  /** The member that a value was read from: by itself, or as all that a variable is ever given. */
  private readIn(expression: Expression, depth: number): Read | undefined {
    if (depth > MOST_STEPS) return undefined;
    const core = placeNamed(expression);
    switch (core.kind) {
      case 'member':
        return this.readBy(core);
      case 'statement': {
        const last = core.body.items.at(-1);
        return last?.kind === 'expression' && last.expression ? this.readIn(last.expression, depth + 1) : undefined;
      }
      case 'name': {
        return core.declaration ? this.readByVariable(core.declaration, depth) : undefined;
      }
      default:
        return undefined;
    }
  }

  private readonly variables = new Map<Declaration, Read | undefined>();

  /** As `readIn`, of all that a variable is given; worked out once, as variables may be given each other many times. */
  private readByVariable(variable: Declaration, depth: number): Read | undefined {
    if (variable.kind === 'parameter' || this.variables.has(variable)) return this.variables.get(variable);
    this.variables.set(variable, undefined);
    let first: Read | undefined;
    for (const value of this.values.get(variable) ?? []) {
      const read = this.readIn(value, depth + 1);
      if (!read) return undefined;
      first ??= read;
    }
    this.variables.set(variable, first);
    return first;
  }
}

/** So many variables and wrappers stand between a pointer and the member. */
const MOST_STEPS = 6;

function isZero(expression: Expression): boolean {
  const core = uncast(expression);
  return core.kind === 'number' && /^0[uUlL]*$/.test(core.text);
}
