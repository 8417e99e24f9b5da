/** `wrong-kind-conversion`: something is converted, or followed, where a test has said that it is of another kind. */

import type { FileAnalysis } from '../analysis/analysis';
import { writtenPlace } from '../analysis/expressions';
import type { Finding } from '../analysis/finding';
import { implementsHeader } from '../analysis/owners';
import type { Rule } from '../analysis/rule';
import { uncast } from '../analysis/stored-value';
import { assertedIn, type Condition, converterBeside, isInteger, predicateBeside } from '../facts/conversions';
import { type AnswerTransfer, followAnswers } from '../flow/known-answers';
import { ObjectPaths } from '../flow/object-paths';
import { type Answer, answerInWords, TestReader } from '../flow/test-answers';
import type { Call } from '../flow/use-walker';
import typeWords from '../packs/predefined/integer-words.json';
import { itemText } from '../preprocessor/item-text';
import type { PToken } from '../preprocessor/ptoken';
import type { Declaration, Expression } from '../types/ast';
import { type CType, recordBehind, strip, VOID } from '../types/model';
import { walkStatement } from '../types/walk';

/** A cast to an integer that a pointer fits in. */
const TO_INTEGER = new RegExp(
  `\\(\\s*(?:unsigned\\s+)?(?:${typeWords.casts.map((cast) => cast.replace(/\W/g, '')).join('|')})\\s*\\)`,
);

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
function that asserts a test of its argument, and for a word that a test has said to be a number: it is no pointer. \`part_is_leaf()\`
stands beside \`part_leaf()\`, \`leaf_part()\` and \`to_leaf()\` as well, where these give the record that holds the part. Kinds may be
told by the table that a pointer leads to: \`part->ops == &leaf_ops\`.

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

**Silent on** conversions that ask by themselves, unless the NULL that they give is followed at once, and where nothing on the path has asked.

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
            for (const object of answers.objectsGiven(call.arguments[0]))
              for (const condition of conditions.of(name)) {
                if (condition.givesNull) continue;
                const answer = answers.refuting(object, condition.predicate, condition.holds);
                if (answer) add(call, `${name}() is called`, answer, condition);
              }
            for (const argument of conditions.objectsAmong(call))
              for (const answer of noPointers(argument, answers))
                if (!conditions.isOwner(answer.predicate))
                  add(call, `${name}() is given a pointer`, answer.answer, answer);
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
                const answer = answers.refuting(object, condition.predicate, condition.holds);
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

/** The predicate that tells the kinds apart, and what it has to do with what is done. */
interface Reason {
  readonly predicate: string;
  readonly why: string;
}

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

/** A condition of a function; one that gives NULL where it does not hold may be called, and what it gives not be followed. */
type Known = Condition & Reason & { readonly givesNull?: boolean };

type FunctionType = CType & { readonly kind: 'function' };

/** What stands in the braces of a function. */
function bodyOf(text: string): string {
  return text.slice(text.indexOf('{') + 1);
}

const INTEGER = typeWords.words.join('|');

/** What a predicate returns that asks for low bits of a member. */
const LOW_BITS = new RegExp(
  String.raw`^[\s(!]*\((?:\s*(?:${INTEGER})\b)+\s*\)\s*(\w+)->(\w+)\s*\)?\s*&\s*\w+[\s)]*(?:!=\s*0[\s)]*)?$`,
);

/** A function of one parameter and one return. */
const PREDICATE =
  /^[^{]*\b\w+\(\s*(?:const\s+)?struct\s+\w+\s*\*\s*(?:const\s+)?(\w+)\s*\)\s*\{\s*return\s([^;]*);\s*\}\s*$/;

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

  /**
   * The first argument of a call, where the function takes it for a pointer to a record, and does not look at it as a number itself.
   * What comes behind it may only be put somewhere; a function of the file may know of the tag, as the predicate's own source does.
   */
  *objectsAmong({ callee, arguments: [argument] }: Call): Iterable<Expression> {
    if (callee.kind !== 'name' || callee.declaration || !argument) return;
    const { globals, main } = this.file;
    const type = globals.ordinary(callee.name)?.type;
    const bare = type && strip(type);
    const taken = bare?.kind === 'function' ? bare.parameters[0]?.type : undefined;
    if (!taken || strip(taken).kind !== 'pointer' || !recordBehind(taken)?.members) return;
    if (globals.definitionOf(callee.name)?.reading.file !== main && !this.looksAtNumbers(callee.name)) yield argument;
  }

  /** The arguments of calls that give NULL where a condition does not hold. */
  *nullsAmong(values: Iterable<Expression>): Iterable<readonly [Expression, Known]> {
    for (const value of values) {
      if (value.kind !== 'call' || value.callee.kind !== 'name' || value.arguments.length !== 1) continue;
      for (const condition of this.of(value.callee.name))
        if (condition.givesNull) yield [value.arguments[0], condition];
    }
  }

  /** The member of its argument of which a predicate tests low bits, and nothing else: `((unsigned long)box->lid & LID_OPEN) != 0`. */
  memberAsked(predicate: string): string | undefined {
    const [, parameter, code] = PREDICATE.exec(this.textOf(predicate) ?? '') ?? [];
    if (parameter === undefined) return undefined;
    const asked = LOW_BITS.exec(code);
    return asked && asked[1] === parameter && (code.match(/!(?!=)/g) ?? []).length % 2 === 0 ? asked[2] : undefined;
  }

  /** Whether the file implements the header of a predicate. */
  isOwner(predicate: string): boolean {
    const place = this.file.globals.ordinary(predicate)?.place;
    return place === undefined || implementsHeader(this.file, place.path);
  }

  /** Whether a function in sight makes an integer of something: a question, or an accessor. */
  private looksAtNumbers(name: string): boolean {
    return TO_INTEGER.test(this.textOf(name) ?? '');
  }

  private textOf(name: string): string | undefined {
    const definition = this.file.globals.definitionOf(name);
    return definition && itemText(definition.reading.file, definition.item);
  }

  /** Whether a function calls one that has a condition, or a predicate that tells numbers. */
  concern({ body }: Declaration): boolean {
    let isConcerned = false;
    if (body)
      walkStatement(body, (part) => {
        if (isConcerned || part.kind !== 'call' || part.callee.kind !== 'name' || part.callee.declaration) return;
        const { name } = part.callee;
        isConcerned = this.of(name).length > 0 || this.numberBehind(name) !== undefined || this.asksTag(name);
        isConcerned ||= this.memberAsked(name) !== undefined;
      });
    return isConcerned;
  }

  /** The predicate whose name says that it is for a converter. */
  private predicateFor(converter: string): string | undefined {
    const beside = predicateBeside(converter);
    if (beside === undefined) return this.predicateNamedFor(converter);
    const { globals } = this.file;
    const isDeclared = (name: string): boolean => strip(globals.ordinary(name)?.type ?? VOID).kind === 'function';
    if (isDeclared(beside)) return beside;
    // `is_slot_entry()` beside `slot_entry_to_page()`.
    const ofWhole = converter.replace(/^(\w+)_to_\w+$/, 'is_$1');
    if (ofWhole !== converter && isDeclared(ofWhole)) return ofWhole;
    const asking = this.predicateNamedFor(converter);
    if (asking !== undefined) return asking;
    // `ring_is_frame_entry()` beside `ring_word_to_frame()`, if it asks for a tag.
    const [, prefix, kind] = /^([a-z]+)_\w*to_(\w+)$/.exec(converter) ?? [];
    const place = globals.ordinary(converter)?.place;
    const text = prefix === undefined ? undefined : globals.files.find(({ path }) => path === place?.path)?.text;
    const names = text?.match(new RegExp(`\\b${prefix}_is_${kind}_\\w+(?=\\()`, 'g')) ?? [];
    const [only, ...more] = new Set(names);
    return only !== undefined && more.length === 0 && this.asksTag(only) ? only : undefined;
  }

  /** `part_is_leaf()` beside `part_leaf()` or `to_part_leaf()`, which gives the record that holds what it is given. */
  private predicateNamedFor(converter: string): string | undefined {
    const type = this.functionType(converter);
    const [from] = type?.parameters ?? [];
    const to = type && recordBehind(type.returns);
    const record = from && recordBehind(from.type);
    if (!record || !to || to === record || strip(type.returns).kind !== 'pointer' || type.parameters.length !== 1)
      return undefined;
    // A cast, or a call that is given the record that holds it, as a type.
    const converts = new RegExp(`\\(\\s*struct\\s|\\w\\([^;]*,\\s*struct\\s+${to.tag}\\s*,`);
    if (!converts.test(bodyOf(this.textOf(converter) ?? ''))) return undefined;
    const words = converter.replace(/^to_/, '').split('_');
    const names = words.map((_, at) => [...words.slice(0, at), 'is', ...words.slice(at)].join('_'));
    // `part_is_leaf()` beside `leaf_part()` and `to_leaf()`.
    const kind = words.join('_').replace(new RegExp(`_${record.tag}$`), '');
    for (const name of [...names, `${record.tag}_is_${kind}`]) {
      const [asked, ...more] = this.functionType(name)?.parameters ?? [];
      if (asked && more.length === 0 && recordBehind(asked.type) === record) return name;
    }
    return undefined;
  }

  private functionType(name: string): FunctionType | undefined {
    const type = strip(this.file.globals.ordinary(name)?.type ?? VOID);
    return type.kind === 'function' ? type : undefined;
  }

  private asksTag(name: string): boolean {
    const { globals } = this.file;
    this.tests ??= new TestReader(new ObjectPaths(globals), globals, [], () => undefined);
    return this.tests.asksTag(name);
  }

  private tests: TestReader | undefined;

  private find(name: string): readonly Known[] {
    const { globals } = this.file;
    const type = globals.ordinary(name)?.type;
    const bare = type && strip(type);
    if (bare?.kind !== 'function' || strip(bare.returns).kind === 'void') return [];
    const text = this.textOf(name) ?? '';
    const asserted = assertedIn(text).map((one) => ({ ...one, why: `${name}() asserts it` }));
    const predicate = this.predicateFor(name);
    if (predicate === undefined) return asserted;
    // What asks by itself gives NULL where the answer is no.
    const asksItself = text.includes(`${predicate}(`);
    if (asksItself && !/\bNULL\b/.test(text)) return asserted;
    const asks = globals.ordinary(predicate)?.type;
    const question = asks && strip(asks);
    if (question?.kind !== 'function' || question.parameters.length !== 1) return asserted;
    if (asksItself)
      return [...asserted, { predicate, holds: true, why: `${name}() gives NULL there`, givesNull: true }];
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
