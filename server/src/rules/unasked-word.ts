/** `unasked-word`: a word that may be of several kinds is taken for a pointer, though its header offers the question. */
import type { FileAnalysis } from '../analysis/analysis';
import { ChainEnds, type UnaskedEnd } from '../analysis/chain-ends';
import { writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { numberEnds } from '../analysis/number-ends';
import { type Rule, WITH_FUNCTIONS } from '../analysis/rule';
import { uncast } from '../analysis/stored-value';
import { rawGivers } from '../facts/conversions';
import type { PToken } from '../preprocessor/ptoken';
import type { SourceFile } from '../preprocessor/source';
import { Punct } from '../text/tokens';
import type { Declaration, Expression } from '../types/ast';
import { recordBehind, strip } from '../types/model';
import { initializing, walkExpression, walkStatement } from '../types/walk';

const ID = 'unasked-word';

export const unaskedWord: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'flow',
  defaultOn: false,
  isCostly: true,
  parsesAll: true,
  takesHeaders: true,
  summary: 'a word that may be no pointer is followed, and nothing was asked of it',
  words: WITH_FUNCTIONS,
  doc: `
Some functions give words of several kinds as \`void *\`: pointers, numbers, marks for "look again". Their header has a function that
asks, given the same cursor and the word. Where a function follows the word, or hands it on as a pointer to a record, and never asks
anything of it, a word of another kind is taken for an object.

The pointers of some chains end in an odd number: their header has a question of the pointer itself. There is always something, so that a
test for NULL asks nothing.

Other chains end in a link that holds a small number where the others hold a pointer, and a function of the header tells it by that number's
value: a loop that goes on until NULL follows the number.

**Kernel source of the rule**: a header that declares \`bool question(struct cursor *, const void *)\` beside \`void *get(struct cursor *)\`,
or a question whose kernel-doc says "pointer returned by get", as radix_tree_deref_retry() has it,
or whose \`question(struct node *node)\` returns a low bit of the pointer, as \`is_a_nulls()\` does in include/linux/list_nulls.h;
commit 37020bbb71d9 ("erofs: fix missing xas_retry() in fscache mode").

**Gate**: both are declared in one header.

**Bad**

\`\`\`c
folio = xas_load(xas);
if (folio)
        folio_unlock(folio);
\`\`\`

**Good**

\`\`\`c
folio = xas_load(xas);
if (folio && !xas_retry(xas, folio))
        folio_unlock(folio);
\`\`\`

**Fix**: none; what to do with a word of another kind only the author knows.

**Silent on** words of which anything was asked, be it by comparing them or by handing them to a function that takes \`void *\`, and in functions
that take the lock of the cursor, or of what it was made of (\`xas_lock()\`, \`xa_lock()\`), as then nobody changes what it walks over.

**Off by default**, as whose caller holds the lock, or has stored pointers alone, need not ask.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const { globals } = file;
    const givers = new Map(globals.files.flatMap((one) => (one.path === file.main.path ? [] : [...giversOf(one)])));
    const ends = new ChainEnds(file);
    for (const item of globals.mainTable.items) {
      if (!item.isFunction) continue;
      const { declarations, tokens } = file.parsedWhole(globals.unit.main, item);
      for (const declaration of declarations) {
        const { body } = declaration;
        if (!body) continue;
        const told = new Set<number>();
        for (const end of [...ends.in(declaration), ...numberEnds(file, declaration)]) {
          const finding = reportEnd(file, end, tokens);
          if (!finding || told.has(finding.start)) continue;
          told.add(finding.start);
          yield finding;
        }
        if (givers.size === 0) continue;
        const uses = new WordUses(file, givers);
        walkStatement(body, (part) => uses.visit(part));
        for (const use of uses.unasked()) {
          const finding = report(file, use, tokens);
          if (finding) yield finding;
        }
      }
    }
  },
};

const known = new WeakMap<SourceFile, ReadonlyMap<string, string>>();

function giversOf(file: SourceFile): ReadonlyMap<string, string> {
  let found = known.get(file);
  if (!found) known.set(file, (found = rawGivers(file.text)));
  return found;
}

/** Functions that take a lock. */
const LOCKING = /(?:^|_)lock(?:_|$)/;

interface UnaskedUse {
  readonly at: Expression;
  readonly variable: Declaration;
  readonly giver: string;
  readonly question: string;
  /** The function that is given the word; undefined where it is followed. */
  readonly by: string | undefined;
}

interface Given {
  readonly giver: string;
  readonly question: string;
  /** What the cursor is made of: variables, and members of them. */
  readonly cursor: ReadonlySet<string>;
}

/** What one function does with words that it was given. */
class WordUses {
  private readonly given = new Map<Declaration, Given>();
  /** The cursors whose lock is taken: nobody changes what they walk over. */
  private readonly locked = new Set<string>();
  /** The members that are stored in cursors: `xas.xa = &cache->reqs`. */
  private readonly madeOf = new Map<string, readonly string[]>();
  private readonly asked = new Set<Declaration>();
  private readonly uses = new Map<Declaration, { readonly at: Expression; readonly by: string | undefined }>();

  constructor(
    private readonly file: FileAnalysis,
    private readonly givers: ReadonlyMap<string, string>,
  ) {}

  *unasked(): Iterable<UnaskedUse> {
    for (const [variable, { giver, question, cursor }] of this.given) {
      const use = this.uses.get(variable);
      const isLocked = [...cursor].some(
        (one) => this.locked.has(one) || this.madeOf.get(one)?.some((of) => this.locked.has(of)),
      );
      if (use && !isLocked && !this.asked.has(variable)) yield { variable, giver, question, ...use };
    }
  }

  visit(part: Expression): void {
    switch (part.kind) {
      case 'name':
        if (part.declaration?.initializer && part.declaration.initializer.kind !== 'list')
          this.put(part.declaration, part.declaration.initializer);
        break;
      case 'assign':
        this.assigned(part.left, part.right);
        break;
      case 'call':
        this.called(part);
        break;
      case 'member':
        if (part.arrow) this.use(part.base, part, undefined);
        break;
      case 'unary':
        if (part.operator === Punct.Star) this.use(part.operand, part, undefined);
        else if (part.operator !== Punct.Exclamation) this.ask(part.operand);
        break;
      case 'binary':
        this.compared(part);
        break;
    }
  }

  private compared({ operator, left, right }: Expression & { kind: 'binary' }): void {
    // Whether there is a word at all says nothing of its kind.
    if (operator === Punct.AndAnd || operator === Punct.OrOr || operator === Punct.Comma) return;
    if (isZero(left) || isZero(right)) return;
    this.ask(left);
    this.ask(right);
  }

  private assigned(left: Expression, right: Expression): void {
    const variable = variableOf(left);
    if (variable) this.put(variable, right);
    if (left.kind === 'member' && left.base.kind === 'name') {
      const members = [...partsNamedIn([right])].filter((part) => part.includes('->'));
      this.madeOf.set(left.base.name, [...(this.madeOf.get(left.base.name) ?? []), ...members]);
    }
    this.ask(right);
  }

  private put(variable: Declaration, value: Expression): void {
    const call = uncast(value);
    const giver = call.kind === 'call' && call.callee.kind === 'name' ? call.callee.name : undefined;
    const question = giver === undefined ? undefined : this.givers.get(giver);
    if (call.kind === 'call' && giver !== undefined && question !== undefined)
      this.given.set(variable, { giver, question, cursor: cursorIn(call.arguments) });
    else if (!isZero(value)) this.asked.add(variable);
  }

  private called(call: Expression & { kind: 'call' }): void {
    const name = call.callee.kind === 'name' && !call.callee.declaration ? call.callee.name : undefined;
    if (name !== undefined && LOCKING.test(name)) for (const one of partsNamedIn(call.arguments)) this.locked.add(one);
    const declared = name === undefined ? undefined : this.file.globals.ordinary(name)?.type;
    const type = declared && strip(declared);
    for (const [index, argument] of call.arguments.entries()) {
      const parameter = type?.kind === 'function' ? type.parameters[index]?.type : undefined;
      const isObject = parameter && strip(parameter).kind === 'pointer' && recordBehind(strip(parameter));
      // Whoever answers yes or no may ask for the kind.
      const answers = type?.kind === 'function' && strip(type.returns).kind !== 'void';
      if (isObject && (!answers || !this.isQuestion(name))) this.use(argument, call, name);
      else this.ask(argument);
    }
  }

  private isQuestion(name: string | undefined): boolean {
    return name !== undefined && /(?:^|_)(?:is|test|retry|has|can|may|same)(?:_|$)/i.test(name);
  }

  private use(expression: Expression, at: Expression, by: string | undefined): void {
    const variable = variableOf(expression);
    const known = variable && this.uses.get(variable);
    if (variable && (!known || at.first < known.at.first)) this.uses.set(variable, { at, by });
  }

  private ask(expression: Expression): void {
    const variable = variableOf(expression);
    if (variable) this.asked.add(variable);
  }
}

/** The variables and members that expressions name. */
function partsNamedIn(expressions: readonly Expression[]): Set<string> {
  const found = new Set<string>();
  for (const expression of expressions)
    walkExpression(expression, (part) => {
      if (part.kind === 'name' && part.declaration) found.add(part.name);
      if (part.kind === 'member' && part.base.kind === 'name') found.add(`${part.base.name}->${part.name}`);
    });
  return found;
}

/** What a cursor is: a variable, with the members that it was made of, or a member. */
function cursorIn(expressions: readonly Expression[]): ReadonlySet<string> {
  const found = partsNamedIn(expressions);
  for (const expression of expressions)
    walkExpression(expression, (part) => {
      if (part.kind === 'member' && part.base.kind === 'name') found.delete(part.base.name);
      const { initializer } = (part.kind === 'name' && part.declaration) || {};
      if (initializer?.kind !== 'list') return;
      for (const made of partsNamedIn([...initializing(initializer)])) if (made.includes('->')) found.add(made);
    });
  return found;
}

function variableOf(expression: Expression): Declaration | undefined {
  const core = uncast(expression);
  if (core.kind !== 'name') return undefined;
  const kind = core.declaration?.kind;
  return kind === 'variable' || kind === 'parameter' ? core.declaration : undefined;
}

function isZero(expression: Expression): boolean {
  const core = uncast(expression);
  return core.kind === 'number' && /^0[uUlL]*$/.test(core.text);
}

function report(file: FileAnalysis, use: UnaskedUse, tokens: readonly PToken[]): Finding | undefined {
  const { at, variable, giver, question, by } = use;
  const place = writtenPlace(tokens, at);
  const asks = file.offers(question);
  if (place.path !== file.main.path || !asks) return undefined;
  const what = by === undefined ? `${variable.name} is followed` : `${by}() is given ${variable.name}`;
  return {
    rule: ID,
    severity: 'warning',
    ...place,
    message: `${what} as ${giver}() returned it, which may be no pointer: nothing here asks ${question}() (${file.lineOf(asks)}) or another question. Ask first.`,
    related: [{ ...asks, message: `${question}() is declared here` }],
    fixes: [],
  };
}

function reportEnd(
  file: FileAnalysis,
  { at, member, question, isFollowed }: UnaskedEnd,
  tokens: readonly PToken[],
): Finding | undefined {
  const place = writtenPlace(tokens, at);
  const asks = file.offers(question);
  if (place.path !== file.main.path || !asks) return undefined;
  const what = isFollowed
    ? `a pointer that was read from ${member} is followed, which may be the end of a chain`
    : `a pointer that was read from ${member} is tested for NULL, though the end of its chain is another number`;
  return {
    rule: ID,
    severity: 'warning',
    ...place,
    message: `${what}: nothing here asks ${question}() (${file.lineOf(asks)}). Ask first.`,
    related: [{ ...asks, message: `${question}() is declared here` }],
    fixes: [],
  };
}
