/** The edit that lends a word to the statement that needs it: its owner is cleared in front, and restored behind where that may be. */

import type { Broken } from '../flow/check';
import type { Typestate } from '../packs/flow';
import { writtenAt } from '../preprocessor/ptoken';
import type { Expression, Statement } from '../types/ast';
import { declare } from '../types/typename';
import { findMember } from '../types/typer';
import { statementsIn, walkExpression } from '../types/walk';
import type { FileAnalysis } from './analysis';
import type { Fix } from './finding';

/** @param object as it is written where the member is used */
export function lendFix(file: FileAnalysis, { violation, of }: Broken, object: string): Fix[] {
  const { typestate, data } = violation.forbidden;
  const { lend, overlaid } = typestate;
  if (!lend || !overlaid || data.touch === undefined || violation.inside || !/^\w+$/.test(object)) return [];
  const found = of.declaration.body && statementAround(of.declaration.body, undefined, violation.expression);
  const member = findMember(file.globals.record('struct', typestate.record), overlaid[1]);
  if (!found || !member) return [];
  const { statement, parent } = found;
  const first = writtenAt(of.tokens[statement.first]);
  const last = writtenAt(of.tokens[statement.end - 1]);
  const { text, path } = file.main;
  if (first.file !== file.main || last.file !== file.main || text[last.end - 1] !== ';') return [];
  const indent = /[ \t]*$/.exec(text.slice(0, first.start))![0];
  if (indent.length < first.start && text[first.start - indent.length - 1] !== '\n') return [];
  const restores = !isBarred(typestate, lend.set, statement.expression!);
  const isWrapped = restores || parent?.kind !== 'block';
  const inner = isWrapped ? `${indent}\t` : indent;
  const saved = restores ? `${declare(member.type, overlaid[1])} = ${lend.get}(${object});\n\n${inner}` : '';
  const before = `${isWrapped ? `{\n${inner}` : ''}${saved}${lend.clear}(${object});\n${inner}`;
  const after = `${restores ? `\n${inner}${lend.set}(${object}, ${overlaid[1]});` : ''}${isWrapped ? `\n${indent}}` : ''}`;
  const edits = [{ path, start: first.start, end: first.start, text: before }];
  if (after) edits.push({ path, start: last.end, end: last.end, text: after });
  const title = `Clear ${overlaid[1]} before it${restores ? ', and restore it afterwards' : ''}`;
  return [{ title, safe: false, edits }];
}

/** Whether what the statement does, putting the object on a list, forbids that the owner is set right behind it. */
function isBarred({ forbids, moves }: Typestate, set: string, expression: Expression): boolean {
  const called = new Set<string>();
  walkExpression(expression, (part) => {
    if (part.kind === 'call' && part.callee.kind === 'name') called.add(part.callee.name);
  });
  const bars = forbids.filter(({ call }) => call?.includes(set));
  return moves.some(
    ({ call, dimension, to }) =>
      call?.some((name) => called.has(name)) &&
      bars.some(({ when }) => when.dimension === dimension && to !== undefined && when.states.includes(to)),
  );
}

interface Enclosing {
  readonly statement: Statement & { kind: 'expression' };
  readonly parent: Statement | undefined;
}

function statementAround(
  statement: Statement,
  parent: Statement | undefined,
  { first, end }: Expression,
): Enclosing | undefined {
  if (statement.first > first || statement.end < end) return undefined;
  if (statement.kind === 'expression' && statement.expression) return { statement, parent };
  for (const inner of statementsIn(statement)) {
    const found = statementAround(inner, statement, { first, end } as Expression);
    if (found) return found;
  }
  return undefined;
}
