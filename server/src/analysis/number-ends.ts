/**
 * Finds loops that follow a chain until NULL, though its last link holds a number in the place of the pointer, and a function of the header
 * tells that by the number's value.
 */
import { Punct } from '../text/tokens';
import type { Declaration, Expression, MemberExpression, Statement } from '../types/ast';
import { recordBehind, strip } from '../types/model';
import { baseRecord, typeOf } from '../types/typer';
import { statementsIn, walkExpression, walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';
import type { UnaskedEnd } from './chain-ends';
import { inferredStates, isArm } from './inferred-states';
import { uncast } from './stored-value';

/** The steps of such loops in a function that neither asks nor reads the number. */
export function numberEnds(file: FileAnalysis, { body }: Declaration): readonly UnaskedEnd[] {
  return body ? [...endsIn(file, body, body)] : [];
}

function* endsIn(file: FileAnalysis, body: Statement, statement: Statement): Iterable<UnaskedEnd> {
  const variable = statement.kind === 'while' || statement.kind === 'for' ? testedIn(statement.test) : undefined;
  for (const step of variable ? stepsIn(statement, variable) : []) {
    const record = baseRecord(step, file.globals);
    if ('reason' in record || !isArm(record, step.name)) continue;
    const type = strip(typeOf(step, file.globals));
    if (type.kind !== 'pointer' || recordBehind(type) !== record) continue;
    const told = inferredStates(file, record).filter(({ isByValue }) => isByValue);
    const own = told.find(({ member }) => member === step.name);
    const question = own?.asked.slice(0, -2);
    const numbers = told.flatMap(({ member, asked }) => (asked === own?.asked && member !== step.name ? [member] : []));
    if (question !== undefined && !isNamed(body, [question, ...numbers]))
      yield { at: step, member: step.name, question, isFollowed: false };
  }
  for (const inner of statementsIn(statement)) yield* endsIn(file, body, inner);
}

/** The variable of which a test only asks whether it is NULL. */
function testedIn(test: Expression | undefined): Declaration | undefined {
  const core = test && uncast(test);
  if (core?.kind === 'binary' && core.operator === Punct.ExclamationEqual) return testedIn(core.left);
  return core?.kind === 'name' ? core.declaration : undefined;
}

/** `x = x->next`, as the members that are read. */
function stepsIn(statement: Statement, variable: Declaration): readonly MemberExpression[] {
  const found: MemberExpression[] = [];
  walkStatement(statement, (part) => {
    if (part.kind !== 'assign' || part.left.kind !== 'name' || part.left.declaration !== variable) return;
    const from = uncast(part.right);
    const base = from.kind === 'member' && from.arrow ? uncast(from.base) : undefined;
    if (from.kind === 'member' && base?.kind === 'name' && base.declaration === variable) found.push(from);
  });
  return found;
}

function isNamed(body: Statement, names: readonly string[]): boolean {
  let found = false;
  walkStatement(body, (whole) =>
    walkExpression(whole, (part) => {
      found ||= (part.kind === 'member' || part.kind === 'name') && names.includes(part.name);
      found ||= part.kind === 'call' && part.callee.kind === 'name' && names.includes(part.callee.name);
    }),
  );
  return found;
}
