/** `wrong-union-state`: a member of a union is read where the path has tested the state that makes it another member's. */
import type { FileAnalysis } from '../analysis/analysis';
import { areSame, contradicting, isAkin, isMet, isOfAnother } from '../analysis/contradictions';
import { accessPlace, writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { inferredStates, isArm, placeOfRecord } from '../analysis/inferred-states';
import { wordedState } from '../analysis/kind-words';
import { namedState } from '../analysis/named-states';
import { preparedIn } from '../analysis/prepared-members';
import { refusedIn } from '../analysis/refusals';
import { type Rule, WITH_FUNCTIONS } from '../analysis/rule';
import { statesSaid } from '../analysis/said-states';
import type { ValidWhen } from '../facts/valid-state';
import { type Answer, answerInWords, joined } from '../flow/answers';
import { type AnswerTransfer, areInOneUnion, followAnswers } from '../flow/known-answers';
import { MemberEffects } from '../flow/member-effects';
import { isNumeral } from '../flow/test-constants';
import type { Call } from '../flow/use-walker';
import type { PToken } from '../preprocessor/ptoken';
import type { Place } from '../text/text';
import { visitDeclarations } from '../types/accesses';
import type { Declaration, MemberExpression, Statement } from '../types/ast';
import { type RecordDeclaration, recordBehind, strip } from '../types/model';
import { baseRecord, findMember, typeOf } from '../types/typer';
import { walkStatement } from '../types/walk';

const ID = 'wrong-union-state';

export const wrongUnionState: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'flow',
  defaultOn: false,
  isCostly: true,
  parsesAll: true,
  takesHeaders: true,
  summary: "a member of a union is read where a test has said that its bytes are another member's",
  words: WITH_FUNCTIONS,
  doc: `
Which member of a union is valid is often written beside it: "only used if JOB_SPECIAL is set". Where a test on the path has just said that
the flag is clear, or that the object is of another kind, the member's bytes are those of another one.

**Kernel source of the rule**: the comments and the kernel-doc of every record that the file sees: "only valid if FLAG is set", "used
when ->kind is KIND", "for KIND_A | KIND_B", "offset in the file, when kind == KIND_A", "KIND_A only", "must only be used if is_kind()"; and what a function's comment says, as "Only full sockets have sk->sk_flags" does, where it asks sk_fullsock(). Plain words do where a flag, a question or a kind
is made of the same: "for polled jobs" beside \`JOB_POLLED\`, "once bound" beside \`job_is_bound()\`. Comments at the values of
an enum, at macros and at flags say it as well, by the names of members: "@u.timer runs", "wings when set, bar when clear". \`overlint: not-derived(valid-when) why\` at the member takes it back. Where no comment
says anything, the functions of the record's own header do: if nearly all of them read a member behind the same answer, none behind the
opposite one, and another member of the union is read behind that, this answer is the state; the message says how many reads there are. Where
they read each member behind values of its own of one kind, these values are: only a value behind which another member is read contradicts. So do functions that store
a member together with a constant, where another one stores another member with another constant. Last, names: \`VALUE_IS_FILE\` is of the
member \`file\` where \`VALUE_IS_STRING\` is of \`string\`; and of an enum with one value for each member, any other value is another
member's. docs/headers.md has all shapes that are read.

**Gate**: the comment names a constant or a function, and the member stands in a union.

**Bad**

\`\`\`c
struct job {
        unsigned long flags;
        union {
                struct list_head entry;
                unsigned long special; /* only valid if JOB_SPECIAL is set */
        };
};
#define JOB_SPECIAL 4UL

unsigned long price(struct job *job)
{
        if (!(job->flags & JOB_SPECIAL))
                return job->special;
        return 0;
}
\`\`\`

**Good**

\`\`\`c
struct job {
        unsigned long flags;
        union {
                struct list_head entry;
                unsigned long special; /* only valid if JOB_SPECIAL is set */
        };
};
#define JOB_SPECIAL 4UL

unsigned long price(struct job *job)
{
        if (job->flags & JOB_SPECIAL)
                return job->special;
        return 0;
}
\`\`\`

**Fix**: none; whether the test or the member is wrong only the author knows.

**Silent on** members that hold the same at the place that is read, a length or a kind, where names alone tell them apart; stores, which may prepare the other state, unless
the comment says when the member may be set, or the path has met another member's kind and nothing in the function changes it; where nothing on the path has asked; behind a call that may have changed
the object.

**Off by default**, as comments describe states in more ways than are understood.

**Misses** states that a comment describes without a name of the code.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const { globals } = file;
    const known = new Map<RecordDeclaration, RecordStates>();
    const effects = new MemberEffects(globals, file.facts.memberUses);
    /** The members that a function in sight surely uses of what the path knows something about. */
    const usedBy = function* (call: Call, answers: AnswerTransfer): Iterable<UsedState> {
      const { callee } = call;
      if (callee.kind !== 'name' || callee.declaration) return;
      for (const [index, argument] of call.arguments.entries()) {
        const object = answers.pointedAt(argument);
        if (object === undefined || [...answers.of(object)].length === 0) continue;
        const record = recordBehind(typeOf(argument, globals));
        const said = record ? statesOfRecord(file, record, known).said : [];
        if (said.length === 0) continue;
        for (const { member, does, isCertain } of effects.ofObject(callee.name, index) ?? []) {
          const names = isCertain && does !== 'stores' ? (member?.path.split('.') ?? []) : [];
          for (const state of said) if (names.includes(state.member)) yield { state, object, home: record?.place };
        }
      }
    };
    for (const item of globals.mainTable.items) {
      if (!item.isFunction) continue;
      const { declarations, tokens } = file.parsedWhole(globals.unit.main, item);
      for (const declaration of declarations) {
        if (!declaration.body || !isConcerned(file, declaration, known)) continue;
        const found: Finding[] = [];
        const told = new Set<number>();
        const refused = refusedIn(declaration.body);
        const prepared = preparedIn(declaration.body, effects);
        const skipped = followAnswers(declaration, tokens, globals, file.facts, {
          member(expression, use, answers) {
            if (told.has(expression.first) || refused.has(expression)) return;
            // Low bits of a pointer tell what it is; those of a number are its value.
            if ((use === 'test' || use === 'bits') && strip(typeOf(expression, globals)).kind !== 'integer') return;
            const object = answers.objectOf(expression);
            for (const { state, answer } of wrongStates(file, expression, object, answers, known)) {
              // What the test itself has read may be read again: by it all are told apart.
              const path = pathOf(file, expression);
              if (told.has(expression.first) || answer.equals === path.names.join('.')) continue;
              if (isOfAnother(answer, path)) continue;
              if ((use === 'store' || prepared.has(expression)) && !isKeptFrom(declaration.body!, state, answer))
                continue;
              told.add(expression.first);
              const record = baseRecord(expression, globals);
              const home = 'reason' in record ? undefined : placeOfRecord(record);
              const finding = report(file, expression, home, state, answer, tokens);
              if (finding) found.push(finding);
            }
          },
          call(call, answers) {
            if (told.has(call.first)) return;
            for (const { state, object, home } of usedBy(call, answers)) {
              const answer = contradicting(file, state, object, answers);
              if (!answer || told.has(call.first) || isAkin(answer, state, [])) continue;
              told.add(call.first);
              const finding = report(file, call, home, state, answer, tokens);
              if (finding) found.push(finding);
            }
          },
        });
        if (skipped) file.count(`flow.skipped: ${skipped}`);
        yield* found;
      }
    }
  },
};

/**
 * Whether a member must not even be stored: the comment says so, or the kind of the object is another member's, and nothing in the
 * function makes it another one.
 */
function isKeptFrom(body: Statement, state: ValidWhen, { holds, equals }: Answer): boolean {
  if (state.limitsStores) return true;
  if (!state.isExclusive || !holds || equals === undefined || state.asked === '0') return false;
  const [path] = equals.split(' ');
  const kind = path.slice(path.lastIndexOf('.') + 1);
  let isStored = false;
  walkStatement(body, (part) => {
    if (part.kind === 'assign')
      isStored ||= part.left.kind === 'unary' || (part.left.kind === 'member' && part.left.name === kind);
  });
  return !isStored;
}

/** The states that a member asks for and an answer contradicts; names alone are asked last. */
function* wrongStates(
  file: FileAnalysis,
  expression: MemberExpression,
  object: string | undefined,
  answers: AnswerTransfer,
  known: Map<RecordDeclaration, RecordStates>,
): Iterable<{ readonly state: ValidWhen; readonly answer: Answer }> {
  const states = statesOf(file, expression, known);
  const { records, names } = pathOf(file, expression);
  const [record] = records;
  const said = record ? statesOfRecord(file, record, known).said : [];
  for (const state of states) {
    const answer = contradicting(file, state, object, answers);
    if (!answer || areSame(file, answer, state) || isAkin(answer, state, said)) continue;
    if (!records.some((one) => isAlike(one, state, answer, said))) yield { state, answer };
  }
  if (object === undefined || !record) return;
  const converted = answers.convertedIn(expression);
  const before = converted && recordBehind(typeOf(converted, file.globals));
  const beside = before ? [...said, ...statesOfRecord(file, before, known).said] : said;
  const own = states.filter(({ holds }) => holds);
  const isOwn = (state: ValidWhen): boolean => own.some(({ asked, others }) => asked === state.asked || others);
  const sure = own.length > 0 ? beside.filter((state) => state.isAlways && !isOwn(state)) : beside;
  yield* statesBeside(records, names, object, answers, sure);
  if (states.length > 0) return;
  const all = [...answers.of(object)];
  for (const answer of all) {
    // What the kind is says more than what it is not.
    if (!answer.holds && all.some(({ holds, equals }) => holds && equals === answer.equals)) continue;
    const ruledOut = all.filter(({ holds, equals }) => !holds && equals === answer.equals).map(({ asked }) => asked);
    const state = wordedState(file, record, names, answer) ?? namedState(file, record, names, answer, ruledOut);
    if (state) yield { state, answer };
  }
  for (const choices of answers.choicesOf(object)) {
    // One value that is another member's will do where none is this one's.
    const isOwn = ({ asked }: Answer): boolean =>
      names.some((name) => asked.toLowerCase().endsWith(name.toLowerCase()));
    const state = choices.map((answer) => namedState(file, record, names, answer)).find((one) => one !== undefined);
    const isItsKind = state !== undefined && choices.some(({ asked }) => asked === state.asked);
    if (state && !isItsKind && !choices.some(isOwn)) yield { state, answer: joined(choices) };
  }
}

/** Whether the member that goes with an answer has the same record as the one that a state is of: two kinds of one layout. */
function isAlike(
  record: RecordDeclaration,
  { member }: ValidWhen,
  answer: Answer,
  said: readonly ValidWhen[],
): boolean {
  const own = findMember(record, member)?.type;
  const tag = own && recordBehind(own)?.tag;
  if (!answer.holds || tag === undefined || isNumeral(answer.asked)) return false;
  return said.some((one) => {
    const type = [one.asked, ...(one.others ?? [])].includes(answer.asked) && findMember(record, one.member)?.type;
    return one.member !== member && type && recordBehind(type)?.tag === tag;
  });
}

/** The states of other members of the union that the path is in, where these are valid in them alone. */
function* statesBeside(
  records: readonly RecordDeclaration[],
  names: readonly string[],
  object: string,
  answers: AnswerTransfer,
  said: readonly ValidWhen[],
): Iterable<{ readonly state: ValidWhen; readonly answer: Answer }> {
  for (const state of said) {
    if (!state.isExclusive || names.includes(state.member)) continue;
    const isBeside = (record: RecordDeclaration, name: string): boolean =>
      [name, state.member].every((one) => findMember(record, one)) && areInOneUnion(record, name, state.member);
    if (!records.some((record) => names.some((name) => isBeside(record, name)))) continue;
    for (const answer of answers.of(object)) if (isMet(answer, state)) yield { state, answer };
  }
}

/** A member that a function uses, with the state that it must be in. */
interface UsedState {
  readonly state: ValidWhen;
  readonly object: string;
  /** Where the record is declared. */
  readonly home: Place | undefined;
}

function isConcerned(file: FileAnalysis, declaration: Declaration, known: Map<RecordDeclaration, RecordStates>) {
  let isConcerned = false;
  visitDeclarations([declaration], ({ expression }) => {
    isConcerned ||= statesOf(file, expression, known).length > 0 || isInUnion(file, expression);
    const [record] = isConcerned ? [] : pathOf(file, expression).records;
    isConcerned ||= record !== undefined && statesOfRecord(file, record, known).said.some((one) => one.isExclusive);
  });
  if (declaration.body && !isConcerned)
    walkStatement(declaration.body, (part) => {
      if (part.kind === 'call' && !isConcerned)
        isConcerned = part.arguments.some((argument) => {
          const record = recordBehind(typeOf(argument, file.globals));
          return record !== undefined && statesOfRecord(file, record, known).said.length > 0;
        });
    });
  return isConcerned;
}

/** What is known of a record's members; what its header's functions say of them only once somebody asked. */
interface RecordStates {
  readonly said: readonly ValidWhen[];
  inferred: readonly ValidWhen[] | undefined;
}

function statesOfRecord(
  file: FileAnalysis,
  record: RecordDeclaration,
  known: Map<RecordDeclaration, RecordStates>,
): RecordStates {
  let states = known.get(record);
  if (!states) known.set(record, (states = { said: statesSaid(file, record), inferred: undefined }));
  return states;
}

/** What is asked for before the member that an access names is used. */
function statesOf(
  file: FileAnalysis,
  expression: MemberExpression,
  known: Map<RecordDeclaration, RecordStates>,
): readonly ValidWhen[] {
  const { records, names } = pathOf(file, expression);
  const [record] = records;
  if (!record) return [];
  const own = statesOfRecord(file, record, known).said.filter(({ member }) => names.includes(member));
  // What a comment says of a member counts more than what can be inferred, which takes reading the header's functions.
  const inferred = records.flatMap((one) => {
    const open = names.filter((name) => isArm(one, name) && !own.some(({ member }) => member === name));
    if (open.length === 0) return [];
    const states = statesOfRecord(file, one, known);
    states.inferred ??= inferredStates(file, one);
    return states.inferred.filter(({ member }) => open.includes(member));
  });
  return [...own, ...inferred];
}

interface AccessPath {
  /** The records on the way, the outermost first. */
  readonly records: readonly RecordDeclaration[];
  readonly names: readonly string[];
}

function pathOf({ globals }: FileAnalysis, expression: MemberExpression): AccessPath {
  const names: string[] = [];
  const records: RecordDeclaration[] = [];
  for (let at: MemberExpression = expression; ; at = at.base) {
    names.unshift(at.name);
    const record = baseRecord(at, globals);
    if (!('reason' in record)) records.unshift(record);
    if (at.arrow || at.base.kind !== 'member') break;
  }
  return { records, names };
}

function isInUnion(file: FileAnalysis, expression: MemberExpression): boolean {
  const record = baseRecord(expression, file.globals);
  return !('reason' in record) && (record.kind === 'union' || isArm(record, expression.name));
}

function report(
  file: FileAnalysis,
  expression: MemberExpression | Call,
  home: Place | undefined,
  state: ValidWhen,
  answer: Answer,
  tokens: readonly PToken[],
): Finding | undefined {
  const whole = writtenPlace(tokens, expression);
  if (whole.path !== file.main.path || !home) return undefined;
  const place = (expression.kind === 'member' && accessPlace(file, tokens, expression)) || whole;
  const said = { path: home.path, start: state.start, end: state.end };
  const tested = writtenPlace(tokens, { ...expression, first: answer.site, end: answer.site + 1 });
  const line = file.lineNumber(tested);
  return {
    rule: ID,
    severity: 'warning',
    ...place,
    message: `${file.written(place)} is used where ${answerInWords(answer)} (tested at line ${line}): "${state.quote}" (${file.lineOf(said)}). Use it on the other branch.`,
    related: [
      { ...tested, message: 'the state is tested here' },
      { ...said, message: `this says when ${state.member} is valid` },
    ],
    fixes: [],
  };
}
