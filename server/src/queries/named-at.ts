/** What a name in a text means to whoever asks about layouts: a record, a member, what holds a record, or a function. */

import type { FileAnalysis } from '../analysis/analysis';
import { declarationsIn } from '../facts/accessor-masks';
import { flatten } from '../facts/overlay';
import { anonymousRecord } from '../layout/member';
import { title } from '../layout/record';
import type { ParsedItem } from '../parser/parser';
import { nameId, nameText } from '../text/names';
import type { Span } from '../text/text';
import { TokenKind, tokenAt } from '../text/tokens';
import type { Declaration, Expression, Statement } from '../types/ast';
import { type CType, type Member, type RecordDeclaration, recordBehind, strip } from '../types/model';
import { baseRecord, findMember } from '../types/typer';
import { walkExpression, walkInitializer, walkStatement } from '../types/walk';
import { type Hidden, hiddenBy, hiddenByMacro } from './accessor-facts';

const RECORD_WORDS = new Set(['struct', 'union'].map(nameId));

/** What a name in a text means. */
export interface NamedRecord {
  /** `struct page` */
  readonly record: string;
  /** `lru`; undefined where the record itself is named. */
  readonly member?: string;
}

export type Found = Span & { readonly record: RecordDeclaration } & (
    | { readonly kind: 'record' }
    /** `path` leads from the record to the member. */
    | { readonly kind: 'member'; readonly path: string }
    /** What is declared as a record, or as a pointer to it. */
    | { readonly kind: 'variable'; readonly name: string; readonly type: CType }
    /** A function or macro through which members are to be used. */
    | { readonly kind: 'accessor'; readonly name: string; readonly hidden: readonly Hidden[] }
  );

type Unplaced = Found extends infer One ? (One extends Span ? Omit<One, keyof Span> : never) : never;

/** The record with a tag, and maybe the member, that is named at a byte offset of the file. */
export function nameAt(file: FileAnalysis, offset: number): NamedRecord | undefined {
  const found = foundAt(file, offset);
  if (found?.record.tag === undefined) return undefined;
  const member = found.kind === 'member' ? found.path : found.kind === 'accessor' ? found.hidden[0].member : undefined;
  return { record: title(found.record), ...(member !== undefined && { member }) };
}

/** Undefined where the name at a byte offset is none of these, or the record is not defined. */
export function foundAt(file: FileAnalysis, offset: number): Found | undefined {
  const { tokens } = file.main;
  let token = tokenAt(tokens, offset);
  // At the end of a word the word before the cursor is meant.
  if (token > 0 && tokens.ends[token - 1] === offset && tokens.kinds[token] !== TokenKind.Identifier) token--;
  if (token >= tokens.count || tokens.starts[token] > offset || tokens.kinds[token] !== TokenKind.Identifier)
    return undefined;
  const found = recordNamed(file, token) ?? namedInCode(file, token);
  if (!found?.record.members) return undefined;
  return { start: tokens.starts[token], end: tokens.ends[token], ...found } as Found;
}

/** `struct page`, at either word. */
function recordNamed(file: FileAnalysis, token: number): Unplaced | undefined {
  const { kinds, ids } = file.main.tokens;
  const tag = RECORD_WORDS.has(ids[token]) ? token + 1 : token;
  if (tag === 0 || kinds[tag - 1] !== TokenKind.Identifier || !RECORD_WORDS.has(ids[tag - 1])) return undefined;
  if (kinds[tag] !== TokenKind.Identifier) return undefined;
  const kind = nameText(ids[tag - 1]) as 'struct' | 'union';
  const record = file.globals.record(kind, nameText(ids[tag]));
  return {
    kind: 'record',
    record: record.members ? record : file.globals.record(kind, nameText(renamed(file, ids[tag]))),
  };
}

/** So many macros may rename a record in turn. */
const MOST_ALIASES = 4;

/** The id of the tag that macros make of a name. */
function renamed(file: FileAnalysis, id: number): number {
  let tag = id;
  for (let turn = 0; turn < MOST_ALIASES; turn++) {
    const macro = file.unit.macro(tag, file.unit.end);
    if (!macro || macro.parameters || macro.bodyEnd - macro.bodyFirst !== 1) break;
    tag = macro.file.tokens.ids[macro.bodyFirst];
  }
  return tag;
}

function namedInCode(file: FileAnalysis, token: number): Unplaced | undefined {
  const parsed = file.parsedAt(token);
  if (!parsed) return undefined;
  const start = file.main.tokens.starts[token];
  const name = nameText(file.main.tokens.ids[token]);
  return (
    usedAt(file, parsed, start) ??
    declaredAt(file, start, name) ??
    variableDeclaredAt(parsed, start, file) ??
    accessorOf(name, hiddenBy(file, name)) ??
    accessorOf(name, hiddenByMacro(file, parsed, start))
  );
}

/** Members and variables of an item that are used by a token that is spelled here (maybe as a macro's argument). */
function usedAt(file: FileAnalysis, parsed: ParsedItem, start: number): Unplaced | undefined {
  const isHere = hereIn(file, parsed, start);
  let found: Unplaced | undefined;
  const visit = (part: Expression): void => {
    if (found) return;
    if (part.kind === 'member' && isHere(part.nameToken)) {
      const record = baseRecord(part, file.globals);
      if (!('reason' in record) && findMember(record, part.name)) found = { kind: 'member', record, path: part.name };
    } else if (part.kind === 'offsetof') {
      const type = strip(part.type);
      const steps: string[] = [];
      for (const step of part.path) {
        if (step.kind !== 'member') break;
        steps.push(step.name);
        if (isHere(step.token) && type.kind === 'record')
          found = { kind: 'member', record: type.record, path: steps.join('.') };
      }
    } else if (part.kind === 'name' && isHere(part.first))
      found = variable(part.declaration ?? file.globals.ordinary(part.name));
  };
  for (const { initializer, body } of parsed.declarations) {
    if (initializer) walkInitializer(initializer, visit);
    if (body) walkStatement(body as Statement, visit);
  }
  for (const { condition } of parsed.asserts) walkExpression(condition, visit);
  return found;
}

function hereIn(file: FileAnalysis, { tokens }: ParsedItem, start: number): (token: number) => boolean {
  return (index) => tokens[index]?.start === start && tokens[index].file === file.main;
}

/** A parameter or variable that is declared here. */
function variableDeclaredAt(parsed: ParsedItem, start: number, file: FileAnalysis): Unplaced | undefined {
  const isHere = hereIn(file, parsed, start);
  for (const declaration of parsed.declarations) {
    const { parameters = [], body } = declaration;
    const inside = body ? declarationsIn(body as Statement) : [];
    const own = [declaration, ...parameters, ...inside].find(({ nameToken }) => isHere(nameToken));
    if (own) return variable(own);
  }
  return undefined;
}

function variable(declaration: Declaration | undefined): Unplaced | undefined {
  if (declaration?.kind !== 'variable' && declaration?.kind !== 'parameter') return undefined;
  const { name, type } = declaration;
  const record = recordBehind(type);
  return record?.members && { kind: 'variable', record, name, type };
}

function accessorOf(name: string, hidden: readonly Hidden[]): Unplaced | undefined {
  return hidden.length === 0 ? undefined : { kind: 'accessor', record: hidden[0].record, name, hidden };
}

/** A member that is declared here. */
function declaredAt(file: FileAnalysis, start: number, name: string): Unplaced | undefined {
  const isHere = (member: Member): boolean => member.place?.start === start && member.place.path === file.main.path;
  for (const record of file.globals.defined) {
    const { place } = record;
    if (!place || place.path !== file.main.path || start < place.start || start > place.end) continue;
    const flat = flatten(file.layout(record)).find(({ member }) => isHere(member));
    if (flat) return { kind: 'member', record, path: flat.name };
    if (record.members?.some((member) => isHere(member) || anonymousRecord(member))) {
      const member = findMember(record, name);
      if (member && isHere(member)) return { kind: 'record', record };
    }
  }
  return undefined;
}
