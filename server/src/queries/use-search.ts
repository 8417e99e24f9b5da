/** Finds in one file the accesses that a query for uses asks for, and says how each touches the bytes. */

import type { Counters, FileAnalysis } from '../analysis/analysis';
import { flatten, intersection } from '../facts/overlay';
import { title } from '../layout/record';
import type { PToken } from '../preprocessor/ptoken';
import { isActive } from '../preprocessor/reading';
import { StepKind } from '../preprocessor/source';
import { nameId, nameText } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import { type Access, type AccessMode, visitDeclarations } from '../types/accesses';
import type { Declaration, Expression, MemberExpression, Statement } from '../types/ast';
import { type RecordDeclaration, strip } from '../types/model';
import { baseRecord } from '../types/typer';
import { walkInitializer, walkStatement } from '../types/walk';
import type { SharingMember, SharingRecord, Use, UseMode, UsesQuery } from './uses';

/** Code under conditions that do not hold is read in at most so many other ways for one file. */
const MOST_VARIANTS = 64;

/** What a name that several expansions use counts as: the strongest of what each does. */
const STRENGTH: readonly UseMode[] = ['write', 'read', 'address'];

interface FoundUses {
  readonly uses: readonly Use[];
  /** `unresolved: REASON`, for each place whose record is not known. */
  readonly counters: Counters;
}

/** The uses in a file, sorted by place. Cannot fail: what is not known is counted, and is no use. */
export function usesIn(file: FileAnalysis, query: UsesQuery): FoundUses {
  return new UseSearch(file, query).run();
}

class UseSearch {
  private readonly sharing: ReadonlyMap<string, SharingRecord>;
  private readonly names: ReadonlySet<string>;
  private readonly found = new Map<string, Use>();
  private readonly unresolved = new Map<string, string>();
  private readonly macros: readonly string[];

  constructor(
    private readonly file: FileAnalysis,
    query: UsesQuery,
  ) {
    this.sharing = new Map(query.sharing.map((one) => [`${one.kind} ${one.tag}`, one]));
    this.names = new Set(query.sharing.flatMap(({ members }) => members.map(({ name }) => name)));
    this.macros = query.macros;
  }

  run(): FoundUses {
    const { file } = this;
    const done = new Set<object>();
    let variants = 0;
    for (const token of this.candidates()) {
      let reading = file.unit.main;
      if (!isActive(reading, token)) {
        if (this.isSettled(token) || variants++ >= MOST_VARIANTS) continue;
        reading = file.unit.readingWith(token);
      }
      const item = file.tree.tableOf(reading).items.find((other) => other.first <= token && token < other.end);
      if (!item || done.has(item)) continue;
      done.add(item);
      const { declarations, tokens } = file.globals.parseWhole(reading, item);
      for (const declaration of declarations) this.visit(declaration, tokens);
    }
    const counters: Counters = {};
    for (const [key, reason] of this.unresolved) {
      if (this.found.has(key)) continue;
      counters[`unresolved: ${reason}`] = (counters[`unresolved: ${reason}`] ?? 0) + 1;
    }
    const uses = [...this.found.values()].sort((a, b) =>
      a.path === b.path ? a.start - b.start : a.path < b.path ? -1 : 1,
    );
    return { uses, counters };
  }

  /** Whether an expansion in active code has shown what a token is. */
  private isSettled(token: number): boolean {
    const { tokens, path } = this.file.main;
    const key = `${path}:${tokens.starts[token]}`;
    return this.found.has(key) || this.unresolved.has(key);
  }

  /** Tokens of the members' names, and of macros that hold such in their bodies. */
  private candidates(): number[] {
    const { tokens, steps } = this.file.main;
    const wanted = new Set([...this.names, ...this.macros].map(nameId));
    const definitions = steps.flatMap(({ kind, definition }) =>
      kind === StepKind.Define && definition ? [definition] : [],
    );
    for (let grew = true; grew; ) {
      grew = false;
      for (const { id, bodyFirst, bodyEnd } of definitions) {
        if (wanted.has(id)) continue;
        for (let token = bodyFirst; token < bodyEnd && !grew; token++)
          if (tokens.kinds[token] === TokenKind.Identifier && wanted.has(tokens.ids[token])) {
            wanted.add(id);
            grew = true;
          }
      }
    }
    const found: number[] = [];
    for (let token = 0; token < tokens.count; token++)
      if (tokens.kinds[token] === TokenKind.Identifier && wanted.has(tokens.ids[token])) found.push(token);
    return found;
  }

  private visit(declaration: Declaration, tokens: readonly PToken[]): void {
    const modes = new Map<Expression, UseMode>();
    const parents = new Map<Expression, MemberExpression>();
    walk(declaration, (part) => {
      if (part.kind === 'member' && !part.arrow) parents.set(part.base, part);
      if (part.kind === 'assign') noteThrough(part.left, 'write', modes);
      noteThrough(part, 'read', modes);
      if (part.kind !== 'offsetof') return;
      const [step] = part.path;
      const type = strip(part.type);
      if (step?.kind !== 'member' || !this.names.has(step.name)) return;
      if (type.kind === 'record') this.add(type.record, step.name, 'address', tokens[step.token], declaration.name);
      else this.unknown(tokens[step.token], 'the type in an offsetof is not known');
    });
    visitDeclarations([declaration], (access) => this.access(access, modes, parents, tokens, declaration.name));
  }

  private access(
    { expression, mode }: Access,
    modes: ReadonlyMap<Expression, UseMode>,
    parents: ReadonlyMap<Expression, MemberExpression>,
    tokens: readonly PToken[],
    within: string,
  ): void {
    if (!this.names.has(expression.name)) return;
    const spelled = tokens[expression.nameToken];
    const record = baseRecord(expression, this.globals);
    if ('reason' in record) {
      if (mode !== 'none') this.unknown(spelled, record.reason);
      return;
    }
    const found = this.memberOf(record, expression.name);
    if (!found || !this.touches(expression, found, parents)) return;
    // READ_ONCE(x) is `*(const volatile T *)&(x)`: the address is only a way to the value.
    let whole: Expression = expression;
    for (let up = parents.get(whole); up; up = parents.get(whole)) whole = up;
    const through = modes.get(whole);
    if (mode !== 'none') this.add(record, expression.name, through ?? toUseMode(mode), spelled, within);
  }

  private get globals(): FileAnalysis['globals'] {
    return this.file.globals;
  }

  private memberOf(record: RecordDeclaration, name: string) {
    const sharing = this.sharing.get(`${record.kind} ${record.tag}`);
    if (!sharing || record.place?.path !== sharing.path) return undefined;
    const member = sharing.members.find((one) => one.name === name);
    return member && { sharing, member };
  }

  /** Whether what is accessed of a member in the end (`lru.prev`) still holds any of the bytes. */
  private touches(
    expression: MemberExpression,
    { sharing, member }: { sharing: SharingRecord; member: SharingMember },
    parents: ReadonlyMap<Expression, MemberExpression>,
  ): boolean {
    let { offsetBits, sizeBits } = member;
    for (let inner = parents.get(expression); inner; inner = parents.get(inner)) {
      const record = baseRecord(inner, this.globals);
      if ('reason' in record) break;
      const { name } = inner;
      const field = flatten(this.file.layout(record)).find((one) => one.name === name);
      if (!field) break;
      offsetBits += field.offsetBits;
      sizeBits = field.sizeBits;
    }
    return sizeBits === 0 || intersection({ offsetBits, sizeBits }, sharing.asked) !== undefined;
  }

  private add(record: RecordDeclaration, name: string, mode: UseMode, token: PToken, within: string): void {
    if (!token || token.made !== undefined || !this.memberOf(record, name)) return;
    let spelled = token;
    // A macro that is but another name (rcu_head for callback_head) stands for the member where it is used.
    while (spelled.via && spelled.via.macro.parameters === undefined) spelled = spelled.via.at;
    const key = `${spelled.file.path}:${spelled.start}`;
    const known = this.found.get(key);
    if (known && STRENGTH.indexOf(known.mode) <= STRENGTH.indexOf(mode)) return;
    this.found.set(key, {
      path: spelled.file.path,
      start: spelled.start,
      end: spelled.end,
      mode,
      record: title(record),
      member: name,
      within: spelled.via ? nameText(spelled.via.macro.id) : within,
    });
  }

  private unknown(spelled: PToken, reason: string): void {
    if (spelled) this.unresolved.set(`${spelled.file.path}:${spelled.start}`, reason);
  }
}

function toUseMode(mode: AccessMode): UseMode {
  if (mode === 'update') return 'write';
  return mode === 'none' ? 'read' : mode;
}

/** Notes what `*(T *)&x` does to x. */
function noteThrough(part: Expression, mode: UseMode, modes: Map<Expression, UseMode>): void {
  if (part.kind !== 'unary' || part.operator !== Punct.Star) return;
  let inner = part.operand;
  while (inner.kind === 'cast') inner = inner.operand;
  if (inner.kind !== 'unary' || inner.operator !== Punct.Ampersand) return;
  let whole = inner.operand;
  while (whole.kind === 'index') whole = whole.base;
  if (!modes.has(whole)) modes.set(whole, mode);
}

function walk(declaration: Declaration, visit: (part: Expression) => void): void {
  if (declaration.initializer) walkInitializer(declaration.initializer, visit);
  if (declaration.body) walkStatement(declaration.body as Statement, visit);
}
