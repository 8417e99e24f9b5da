/** Functions that take a pointer and go to what lies there only through packed records, or as bytes: any address will do for them. */
import { alignOf } from '../layout/record';
import { Punct } from '../text/tokens';
import type { Declaration, Expression, Statement } from '../types/ast';
import { type CType, strip } from '../types/model';
import { typeOf } from '../types/typer';
import { declaredIn, partsOf, walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';

/** Whether a function in sight takes its argument at any address, as what reads by `get_unaligned()` does. */
export function takesAnyAddress(file: FileAnalysis, name: string, index: number): boolean {
  const definition = file.globals.definitionOf(name);
  if (!definition) return false;
  // An item may only look as if it declared the name: a parameter of a function may have it.
  const { declarations } = file.globals.parseWhole(definition.reading, definition.item);
  const found = declarations.find((one) => one.name === name);
  const parameter = found?.parameters?.[index];
  return found?.body !== undefined && parameter !== undefined && new Uses(file, parameter).areCareful(found.body);
}

/** What a function does with a pointer that it was given, and with its copies. */
class Uses {
  private readonly same: Set<Declaration>;

  constructor(
    private readonly file: FileAnalysis,
    parameter: Declaration,
  ) {
    this.same = new Set([parameter]);
  }

  /** Whether each place that names the pointer is known to go to nothing that has to be aligned. */
  areCareful(body: Statement): boolean {
    for (let before = 0; before !== this.same.size; ) {
      before = this.same.size;
      this.followCopies(body);
    }
    let named = 0;
    let careful = this.copies(body).length;
    walkStatement(body, (part) => {
      if (this.isPointer(part)) named++;
      for (const child of partsOf(part)) if (this.isPointer(child) && this.isCareful(part, child)) careful++;
      // `*at++` follows what `at++` gives.
      for (const child of partsOf(part)) if (isStep(child) && this.isPointer(child.operand) && follows(part)) named++;
    });
    return named > 0 && named === careful;
  }

  /** Local variables that are given the pointer lead to the same. */
  private followCopies(body: Statement): void {
    for (const copy of this.copies(body)) this.same.add(copy);
    walkStatement(body, (part) => {
      if (part.kind !== 'assign' || part.operator !== Punct.Equal || !this.isPointer(part.right)) return;
      const to = part.left.kind === 'name' ? part.left.declaration : undefined;
      if (to?.kind === 'variable') this.same.add(to);
    });
  }

  private copies(body: Statement): Declaration[] {
    return [...declaredIn(body)].filter(
      ({ initializer }) => initializer && initializer.kind !== 'list' && this.isPointer(initializer),
    );
  }

  private isPointer(expression: Expression): boolean {
    return expression.kind === 'name' && expression.declaration !== undefined && this.same.has(expression.declaration);
  }

  /** Whether what stands around the pointer goes to nothing through it, or at any address. */
  private isCareful(around: Expression, pointer: Expression): boolean {
    switch (around.kind) {
      case 'cast':
        return this.isLoose(around.type);
      case 'call':
        return this.isLoose(this.takenBy(around, pointer));
      case 'assign':
        return around.operator !== Punct.Equal || around.left === pointer || this.isPointer(around.left);
      case 'unary':
        return isStep(around) || around.operator === Punct.Exclamation;
      case 'binary':
        return !(around.operator === Punct.Plus || around.operator === Punct.Minus || around.operator === Punct.Comma);
      case 'conditional':
        return around.test === pointer;
      default:
        return around.kind === 'sizeof';
    }
  }

  private takenBy({ callee, arguments: given }: Expression & { kind: 'call' }, pointer: Expression): CType | undefined {
    const type = strip(typeOf(callee, this.file.globals));
    const called = type.kind === 'pointer' ? strip(type.to) : type;
    return called.kind === 'function' ? called.parameters[given.indexOf(pointer)]?.type : undefined;
  }

  /** Whether a type is a pointer to what may lie anywhere. */
  private isLoose(type: CType | undefined): boolean {
    const bare = type && strip(type);
    if (bare?.kind !== 'pointer') return false;
    return strip(bare.to).kind === 'void' || alignOf(bare.to, this.file.target) === 1;
  }
}

function isStep(expression: Expression): expression is Expression & { kind: 'unary' } {
  if (expression.kind !== 'unary') return false;
  return expression.operator === Punct.PlusPlus || expression.operator === Punct.MinusMinus;
}

function follows(around: Expression): boolean {
  if (around.kind === 'unary') return around.operator === Punct.Star;
  return around.kind !== 'cast' && around.kind !== 'binary';
}
