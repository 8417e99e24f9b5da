/** `wrong-kind-conversion`: something is converted, or followed, where a test has said that it is of another kind. */

import type { FileAnalysis } from '../analysis/analysis';
import { Conditions, type Reason, refuting } from '../analysis/conversion-conditions';
import { writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { type Rule, WITH_FUNCTIONS } from '../analysis/rule';
import { uncast } from '../analysis/stored-value';
import { ToldRecords } from '../analysis/told-records';
import { type Answer, answerInWords } from '../flow/answers';
import { type AnswerTransfer, followAnswers } from '../flow/known-answers';
import type { PToken } from '../preprocessor/ptoken';
import { callEnd } from '../text/postfix';
import type { Expression } from '../types/ast';
import { recordBehind } from '../types/model';
import { typeOf } from '../types/typer';

const ID = 'wrong-kind-conversion';

export const wrongKindConversion: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'flow',
  defaultOn: false,
  isCostly: true,
  takesHeaders: true,
  summary: 'something is converted to a kind that a test on the path has ruled out',
  words: WITH_FUNCTIONS,
  doc: `
Where a header has \`part_is_leaf()\` beside \`part_to_leaf()\`, the one says when the other may be called. The same holds for a
function that asserts a test of its argument, and for a word that a test has said to be a number: it is no pointer. \`part_is_leaf()\`
stands beside \`part_leaf()\`, \`leaf_part()\` and \`to_leaf()\` as well, where these give the record that holds the part. Kinds may be
told by the table that a pointer leads to: \`part->ops == &leaf_ops\`. A macro that gives the record around what it is given is a converter
like a function, and a macro that tests a bit of it a question; \`part_to_leaf()\` is for \`PART_LEAF\` where a function or a member of the record has such a constant
for its kind. A comment right above a converter may name its question, or its constant. Where a question says that something is part of one record, it is
not converted to another one, unless one of the two holds the other.

**Kernel source of the rule**: the declarations of both functions, the assertion in the converting one, or the comment above it.

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

**Silent on** conversions that ask by themselves, unless the NULL that they give is followed at once, and where nothing on the path has asked.

**Off by default**, until it was read over more trees.

**Misses** macros whose names do not say that they convert.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const { globals } = file;
    const conditions = new Conditions(file);
    const records = new ToldRecords(file);
    for (const item of globals.mainTable.items) {
      if (!item.isFunction) continue;
      const { declarations, tokens } = file.parsedWhole(globals.unit.main, item);
      for (const declaration of declarations) {
        if (!declaration.body || !conditions.concern(declaration, tokens)) continue;
        const found = new Map<number, Finding>();
        const add = (at: Expression, what: string, answer: Answer, { predicate, why }: Reason): void => {
          const finding = report(file, at, what, answer, { predicate, why }, tokens);
          if (finding && !found.has(at.first)) found.set(at.first, finding);
        };
        const skipped = followAnswers(declaration, tokens, globals, file.facts, {
          call(call, answers) {
            if (call.callee.kind !== 'name' || call.arguments.length === 0) return;
            const { name } = call.callee;
            const from = recordBehind(typeOf(call.arguments[0], globals));
            for (const object of answers.objectsGiven(call.arguments[0])) {
              for (const condition of conditions.of(name)) {
                if (condition.givesNull) continue;
                const answer = refuting(answers, object, condition);
                if (answer) add(call, `${name}() is called`, answer, condition);
              }
              const apart = from && records.apart(answers, object, name, from);
              if (apart) add(call, `${name}() is called`, apart.answer, apart);
            }
            for (const argument of conditions.objectsAmong(call))
              for (const answer of noPointers(argument, answers))
                if (!conditions.isOwner(answer.predicate))
                  add(call, `${name}() is given a pointer`, answer.answer, answer);
          },
          declared(value, answers) {
            const from = recordBehind(typeOf(value, globals)) ?? recordBehind(typeOf(uncast(value), globals));
            for (const name of from ? conditions.macrosAt(tokens, value) : [])
              for (const object of answers.objectsGiven(value)) {
                for (const condition of conditions.ofMacro(name, from!)) {
                  const answer = refuting(answers, object, condition);
                  if (answer) add(value, `${name}() is used`, answer, condition);
                }
                const apart = records.apart(answers, object, name, from!);
                if (apart) add(value, `${name}() is used`, apart.answer, apart);
              }
          },
          follow(pointer, at, answers) {
            for (const one of taggedMembers(pointer, answers, conditions))
              add(at, 'a pointer is followed', one.answer, one);
            for (const answer of noPointers(pointer, answers, conditions)) {
              const given = givenBehind(pointer, answers, answer.answer);
              if (given) add(given, 'a word is given to a pointer that is followed', answer.answer, answer);
              else add(at, 'a pointer is followed', answer.answer, answer);
            }
            for (const [given, condition] of conditions.nullsAmong(answers.valuesOf(pointer)))
              for (const object of answers.objectsGiven(given)) {
                const answer = refuting(answers, object, condition);
                if (answer) add(at, 'the result is followed', answer, condition);
              }
          },
        });
        if (skipped) file.count(`flow.skipped: ${skipped}`);
        yield* found.values();
      }
    }
  },
};

/**
 * What the path has said of a value that is used as a pointer, by which it is none.
 *
 * @param conditions Undefined where only tags count: what takes a pointer may know what to do with an error.
 */
function* noPointers(
  pointer: Expression,
  answers: AnswerTransfer,
  conditions?: Conditions,
): Iterable<Reason & { readonly answer: Answer }> {
  for (const object of answers.objectsGiven(pointer))
    for (const answer of answers.of(object)) {
      if (!answer.holds || !answer.isOfValue || !answer.asked.endsWith('()')) continue;
      const predicate = answer.asked.slice(0, -2);
      const number = conditions?.numberBehind(predicate);
      if (number !== undefined) yield { answer, predicate, why: `${number}() makes a number of such a word` };
      else if (answers.asksTag(predicate))
        yield { answer, predicate, why: `${predicate}() asks for a tag in its low bits` };
    }
}

/** What the path has said of the record that a pointer is read from, by which the member's low bits say that it is another one. */
function* taggedMembers(
  pointer: Expression,
  answers: AnswerTransfer,
  conditions: Conditions,
): Iterable<Reason & { readonly answer: Answer }> {
  const core = uncast(pointer);
  if (core.kind !== 'member') return;
  for (const answer of answers.of(answers.objectOf(core))) {
    const predicate = answer.asked.endsWith('()') ? answer.asked.slice(0, -2) : '';
    if (answer.holds && predicate !== '' && conditions.memberAsked(predicate) === core.name)
      yield { answer, predicate, why: `${predicate}() asks for a tag in the low bits of ${core.name}` };
  }
}

/** The value that a pointer was given behind the test, where it has another type: what is wrong is done there. */
function givenBehind(pointer: Expression, answers: AnswerTransfer, { site }: Answer): Expression | undefined {
  const [own, given] = answers.valuesOf(pointer);
  return own && given && given.kind !== 'call' && own.first > given.first && given.first > site ? given : undefined;
}

function report(
  file: FileAnalysis,
  at: Expression,
  what: string,
  answer: Answer,
  { predicate, why }: Reason,
  tokens: readonly PToken[],
): Finding | undefined {
  const written = writtenPlace(tokens, at);
  if (written.path !== file.main.path) return undefined;
  // What a macro brings is written as a call of it.
  const place = tokens[at.first].via ? { ...written, end: callEnd(file.main.tokens, written.start) } : written;
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
