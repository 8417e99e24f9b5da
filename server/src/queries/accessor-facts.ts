/** Which members a function or macro of the headers stands for, so that code need not name them. */

import { speaksOf } from '../analysis/accessor-bodies';
import type { FileAnalysis } from '../analysis/analysis';
import type { ParsedItem } from '../parser/parser';
import { writtenAt } from '../preprocessor/ptoken';
import type { Expression, Statement } from '../types/ast';
import { type RecordDeclaration, recordBehind } from '../types/model';
import { baseRecord, findMember } from '../types/typer';
import { walkStatement } from '../types/walk';

/** A member that stays behind a function. */
export interface Hidden {
  readonly record: RecordDeclaration;
  readonly member: string;
}

/** A function that touches more members than these does some work of its own. */
const MOST_MEMBERS = 2;

/** The members that an inline function of a header uses of the record that it takes first; none where it does more. */
export function hiddenBy(file: FileAnalysis, name: string): readonly Hidden[] {
  const { globals } = file;
  const definition = globals.definitionOf(name);
  if (!definition?.reading.file.path.endsWith('.h')) return [];
  const { declarations } = globals.parseWhole(definition.reading, definition.item);
  const made = declarations.find((one) => one.name === name && one.body);
  const first = made?.parameters?.[0];
  const taken = first && recordBehind(first.type);
  if (!taken) return [];
  const found: Hidden[] = [];
  walkStatement(made.body as Statement, (part) => {
    if (speaksOf(part, first.name)) add(file, part, found);
  });
  return few(found);
}

/** The members that the body of a macro brings in where it is used at this byte of the file. */
export function hiddenByMacro(file: FileAnalysis, parsed: ParsedItem, start: number): readonly Hidden[] {
  const found: Hidden[] = [];
  const visit = (part: Expression): void => {
    if (part.kind !== 'member') return;
    const token = parsed.tokens[part.nameToken];
    if (!token?.via) return;
    const written = writtenAt(token);
    if (written.file === file.main && written.start === start) add(file, part, found);
  };
  for (const { body } of parsed.declarations) if (body) walkStatement(body as Statement, visit);
  return few(found);
}

function few(found: readonly Hidden[]): readonly Hidden[] {
  return found.length <= MOST_MEMBERS ? found : [];
}

function add(file: FileAnalysis, part: Expression, found: Hidden[]): void {
  // Of `page->lru.next`, the member of the page counts.
  if (part.kind !== 'member' || (!part.arrow && part.base.kind === 'member')) return;
  const record = baseRecord(part, file.globals);
  if ('reason' in record || record.tag === undefined || !findMember(record, part.name)) return;
  if (!found.some((one) => one.record === record && one.member === part.name))
    found.push({ record, member: part.name });
}
