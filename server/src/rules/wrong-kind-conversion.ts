/** `wrong-kind-conversion`: something is converted, or followed, where a test has said that it is of another kind. */
import type { FileAnalysis } from '../analysis/analysis';
import { writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import { assertedIn, type Condition, converterBeside, isInteger, predicateBeside } from '../facts/conversions';
import { followAnswers } from '../flow/known-answers';
import { type Answer, answerInWords } from '../flow/test-answers';
import type { PToken } from '../preprocessor/ptoken';
import type { Declaration, Expression } from '../types/ast';
import { strip } from '../types/model';
import { walkStatement } from '../types/walk';

const ID = 'wrong-kind-conversion';

export const wrongKindConversion: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'flow',
  defaultOn: false,
  isCostly: true,
  takesHeaders: true,
  summary: 'something is converted to a kind that a test on the path has ruled out',
  words: ['if', 'while', 'for', 'switch'],
  doc: `
Where a header has \`part_is_leaf()\` beside \`part_to_leaf()\`, the one says when the other may be called. The same holds for a
function that asserts a test of its argument, and for a word that a test has said to be a number: it is no pointer.

**Kernel source of the rule**: the declarations of both functions, or the assertion in the converting one.

**Gate**: the headers declare both functions.

**Bad**

\`\`\`c
struct leaf *part_to_leaf(struct part *part);
_Bool part_is_leaf(struct part *part);

struct leaf *first(struct part *part)
{
        if (!part_is_leaf(part))
                return part_to_leaf(part);
        return 0;
}
\`\`\`

**Good**

\`\`\`c
struct leaf *part_to_leaf(struct part *part);
_Bool part_is_leaf(struct part *part);

struct leaf *first(struct part *part)
{
        if (part_is_leaf(part))
                return part_to_leaf(part);
        return 0;
}
\`\`\`

**Fix**: none; whether the test or the conversion is wrong only the author knows.

**Silent on** conversions that ask by themselves, and where nothing on the path has asked.

**Off by default**, until it was read over more trees.

**Misses** converters that are macros.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const { globals } = file;
    const conditions = new Conditions(file);
    for (const item of globals.mainTable.items) {
      if (!item.isFunction) continue;
      const { declarations, tokens } = file.parsedWhole(globals.unit.main, item);
      for (const declaration of declarations) {
        if (!declaration.body || !conditions.concern(declaration)) continue;
        const found = new Map<number, Finding>();
        const add = (at: Expression, what: string, answer: Answer, { predicate, why }: Reason): void => {
          const finding = report(file, at, what, answer, { predicate, why }, tokens);
          if (finding && !found.has(at.first)) found.set(at.first, finding);
        };
        const skipped = followAnswers(declaration, tokens, globals, file.facts, {
          call(call, answers) {
            if (call.callee.kind !== 'name' || call.arguments.length === 0) return;
            const { name } = call.callee;
            const object = answers.pointedAt(call.arguments[0]);
            for (const condition of conditions.of(name)) {
              const answer = answers.refuting(object, condition.predicate, condition.holds);
              if (answer) add(call, `${name}() is called`, answer, condition);
            }
          },
          follow(pointer, at, answers) {
            for (const answer of answers.of(answers.pointedAt(pointer))) {
              const predicate = answer.asked.replace('()', '');
              const number = answer.holds && answer.isOfValue ? conditions.numberBehind(predicate) : undefined;
              const why = `${number}() makes a number of such a word`;
              if (number !== undefined) add(at, 'a pointer is followed', answer, { predicate, why });
            }
          },
        });
        if (skipped) file.count(`flow.skipped: ${skipped}`);
        yield* found.values();
      }
    }
  },
};

/** The predicate that tells the kinds apart, and what it has to do with what is done. */
interface Reason {
  readonly predicate: string;
  readonly why: string;
}

type Known = Condition & Reason;

/** Which conditions the functions that a file calls have. */
class Conditions {
  private readonly known = new Map<string, readonly Known[]>();

  constructor(private readonly file: FileAnalysis) {}

  of(name: string): readonly Known[] {
    let found = this.known.get(name);
    if (!found) this.known.set(name, (found = this.find(name)));
    return found;
  }

  /** The function that makes a number of a word of which a predicate holds. */
  numberBehind(predicate: string): string | undefined {
    const name = converterBeside(predicate);
    const type = name === undefined ? undefined : this.file.globals.ordinary(name)?.type;
    const bare = type && strip(type);
    return bare?.kind === 'function' && isInteger(bare.returns) ? name : undefined;
  }

  /** Whether a function calls one that has a condition, or a predicate that tells numbers. */
  concern({ body }: Declaration): boolean {
    let isConcerned = false;
    if (body)
      walkStatement(body, (part) => {
        if (isConcerned || part.kind !== 'call' || part.callee.kind !== 'name' || part.callee.declaration) return;
        const { name } = part.callee;
        isConcerned = this.of(name).length > 0 || this.numberBehind(name) !== undefined;
      });
    return isConcerned;
  }

  private find(name: string): readonly Known[] {
    const { globals } = this.file;
    const definition = globals.definitionOf(name);
    const type = globals.ordinary(name)?.type;
    const bare = type && strip(type);
    if (bare?.kind !== 'function' || strip(bare.returns).kind === 'void') return [];
    const { tokens } = definition?.reading.file ?? {};
    const text =
      definition && tokens
        ? tokens.text.slice(tokens.starts[definition.item.first], tokens.ends[definition.item.end - 1])
        : '';
    const asserted = assertedIn(text).map((one) => ({ ...one, why: `${name}() asserts it` }));
    const predicate = predicateBeside(name);
    if (predicate === undefined || text.includes(`${predicate}(`)) return asserted;
    const asks = globals.ordinary(predicate)?.type;
    const question = asks && strip(asks);
    if (question?.kind !== 'function' || question.parameters.length !== 1) return asserted;
    return [...asserted, { predicate, holds: true, why: `${predicate}() says when ${name}() may be called` }];
  }
}

function report(
  file: FileAnalysis,
  at: Expression,
  what: string,
  answer: Answer,
  { predicate, why }: Reason,
  tokens: readonly PToken[],
): Finding | undefined {
  const place = writtenPlace(tokens, at);
  if (place.path !== file.main.path) return undefined;
  const tested = writtenPlace(tokens, { ...at, first: answer.site, end: answer.site + 1 });
  const declared = file.offers(predicate);
  const related = [{ ...tested, message: 'the kind is tested here' }];
  if (declared) related.push({ ...declared, message: `${predicate}() is declared here` });
  const source = declared ? ` (${file.lineOf(declared)})` : '';
  return {
    rule: ID,
    severity: 'warning',
    ...place,
    message: `${what} where ${answerInWords(answer)} (tested at line ${file.lineNumber(tested)}): ${why}${source}. Do it on the other branch.`,
    related,
    fixes: [],
  };
}
