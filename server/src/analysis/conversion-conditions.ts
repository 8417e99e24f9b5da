/** Which conditions the functions and macros that a file calls have: what must hold of what they are given. */
import { assertedIn, type Condition, converterBeside, isInteger, predicateBeside } from '../facts/conversions';
import type { Answer } from '../flow/answers';
import type { AnswerTransfer } from '../flow/known-answers';
import { ObjectPaths } from '../flow/object-paths';
import { TestReader } from '../flow/test-answers';
import type { Call } from '../flow/use-walker';
import typeWords from '../packs/predefined/integer-words.json';
import { itemText } from '../preprocessor/item-text';
import type { PToken } from '../preprocessor/ptoken';
import { nameId, nameText } from '../text/names';
import type { Declaration, Expression } from '../types/ast';
import { type CType, type RecordDeclaration, recordBehind, strip, VOID } from '../types/model';
import { findMember } from '../types/typer';
import { walkStatement } from '../types/walk';
import type { FileAnalysis } from './analysis';
import {
  askedAbove,
  asksOf,
  convertedBy,
  convertersOf,
  functionType,
  kindLeft,
  kindsOfFamily,
  kindWords,
  macroOfOne,
  macrosOf,
  predicateNames,
  questionIn,
} from './converter-names';
import { implementsHeader } from './owners';

/** A cast to an integer that a pointer fits in. */
const TO_INTEGER = new RegExp(
  `\\(\\s*(?:unsigned\\s+)?(?:${typeWords.casts.map((cast) => cast.replace(/\W/g, '')).join('|')})\\s*\\)`,
);

/** The predicate that tells the kinds apart, and what it has to do with what is done. */
export interface Reason {
  readonly predicate: string;
  readonly why: string;
}

/** An answer by which a condition does not hold of an object. */
export function refuting(
  answers: AnswerTransfer,
  object: string,
  { predicate, holds, constant, others = [], isBit }: Condition,
): Answer | undefined {
  if (constant === undefined) return answers.refuting(object, predicate, holds);
  if (!isBit) return answers.refutingKind(object, predicate, [constant, ...others], holds);
  for (const answer of answers.of(object)) if (answer.asked === constant && answer.holds !== holds) return answer;
  return undefined;
}

/** A condition of a function; one that gives NULL where it does not hold may be called, and what it gives not be followed. */
type Known = Condition & Reason & { readonly givesNull?: boolean };

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
export class Conditions {
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

  private isByConverter(via: PToken['via']): boolean {
    for (let at = via; at; at = at.at.via) if (this.macroBody(nameText(at.macro.id)) !== undefined) return true;
    return false;
  }

  /** Whether a function calls one that has a condition, or a predicate that tells numbers. */
  concern({ body }: Declaration, tokens: readonly PToken[]): boolean {
    let isConcerned = false;
    if (body)
      walkStatement(body, (part) => {
        if (isConcerned || part.kind !== 'call' || part.callee.kind !== 'name' || part.callee.declaration) return;
        const { name } = part.callee;
        isConcerned = this.of(name).length > 0 || this.numberBehind(name) !== undefined || this.asksTag(name);
        isConcerned ||= this.memberAsked(name) !== undefined;
      });
    return isConcerned || tokens.some(({ via }) => this.isByConverter(via));
  }

  /** The conditions of a macro that gives the record around what it is given. @param from What it is given. */
  ofMacro(name: string, from: RecordDeclaration): readonly Known[] {
    const body = this.macroBody(name);
    if (body === undefined || from.tag === undefined) return [];
    const key = `${name} ${from.tag}`;
    let found = this.known.get(key);
    if (found) return found;
    const [, before, kind] = /^(?:(\w+)_)?to_(\w+)$/.exec(name) ?? [];
    const names =
      kind === undefined
        ? [...predicateNames(name), `${from.tag}_is_${kindLeft(name, from.tag)}`]
        : [...(before === undefined ? [] : [before, `${before}_is`]), from.tag, `${from.tag}_is`, '']
            .map((one) => `${one}_${kind}`)
            .flatMap((one) => (/_is_/.test(one) ? one : `is_${one.replace(/^_/, '')}`))
            .concat(predicateNames(name));
    const predicate = names.find((one) => asksOf(this.file.globals, one, from) && !body.includes(`${one}(`));
    const why = (asked: string): string => `${asked}() says when ${name}() may be used`;
    if (predicate !== undefined) found = [{ predicate, holds: true, why: why(predicate) }];
    else {
      const written = this.written(names, name, from);
      found = written ? [written] : this.kindNamedFor(name, from);
      if (found.length === 0) found = this.saidAbove(name, from);
    }
    this.known.set(key, found);
    return found;
  }

  /** The macros that an expression is written by, from inside out, if they may convert. */
  *macrosAt(tokens: readonly PToken[], { first }: Expression): Iterable<string> {
    for (let via = tokens[first]?.via; via; via = via.at.via) {
      const name = nameText(via.macro.id);
      if (this.macroBody(name) !== undefined) yield name;
    }
  }

  private readonly bodies = new Map<string, string | undefined>();

  /** The body of a macro of one parameter whose name says that it converts, and that gives a record's type to another one. */
  private macroBody(name: string): string | undefined {
    if (this.bodies.has(name)) return this.bodies.get(name);
    const found = macroOfOne(this.file.globals, name);
    let body: string | undefined;
    if (found) {
      const isNamed = /(?:^|_)to_/.test(name) && /\w\([^;]*,\s*struct\s+\w+\s*,/.test(found.body);
      if (isNamed || convertedBy(found.body, found.parameter) !== undefined) body = found.body;
    }
    this.bodies.set(name, body);
    return body;
  }

  /** What a macro asks that is a question, or its opposite, under another name: `#define part_is_leaf(p) (!part_is_twig(p))`. */
  private questionOf(name: string, record: RecordDeclaration): Condition | undefined {
    const found = macroOfOne(this.file.globals, name);
    if (!found) return undefined;
    const { parameter, body } = found;
    const asked = questionIn(body, parameter);
    if (asked?.isBit) return { ...asked, predicate: name };
    if (asked && findMember(record, asked.predicate)) return asked;
    const [, not, predicate, given] = /^[(\s]*(!?)\s*(\w+)\(\s*\(?(\w+)\)?\s*\)[)\s]*$/.exec(body) ?? [];
    if (given !== parameter || !asksOf(this.file.globals, predicate, record)) return undefined;
    return { predicate, holds: not === '' };
  }

  /**
   * The constant that has a converter's name, among those that a function gives of the record that is converted, or a member of it has:
   * `PART_LEAF` of `part_kind()` is for `part_to_leaf()`.
   */
  private kindNamedFor(name: string, from: RecordDeclaration): readonly Known[] {
    const text = this.file.globals.files.find(({ path }) => path === from.place?.path)?.text;
    if (text === undefined || from.tag === undefined) return [];
    const giving = new RegExp(
      String.raw`\benum\s+\w+\s+(\w+)\(\s*(?:const\s+)?struct\s+${from.tag}\s*\*\s*\w+\s*\)`,
      'g',
    );
    const functions = [...text.matchAll(giving)].map(
      ([, one]) => [one, functionType(this.file.globals, one)?.returns] as const,
    );
    const members = (from.members ?? []).map((one) => [one.name, one.type] as const);
    const enums = [...functions, ...members].flatMap(([predicate, type]) => {
      const bare = type && strip(type);
      const names = bare?.kind === 'enum' ? (bare.enumeration.enumerators ?? []).map((one) => one.name) : [];
      return predicate !== undefined && names.length > 0 ? [{ predicate, names }] : [];
    });
    const kinds = kindWords(name, from.tag);
    const asked = enums.flatMap(({ predicate, names }) => {
      const [constant, ...more] = names.filter((one) => kinds.some((kind) => `_${one}_`.includes(`_${kind}_`)));
      const isOne = kinds.some((kind) => constant?.endsWith(`_${kind}`)) && more.length === 0;
      return isOne ? [{ predicate, constant, others: [] as readonly string[] }] : [];
    });
    if (asked.length === 0) {
      const body = from.place ? text.slice(from.place.start, from.place.end) : '';
      for (const { predicate, names } of [...enums, ...macrosOf(body, text)]) {
        const [constant, ...others] = kindsOfFamily(name, convertersOf(text, from.tag), names);
        if (constant !== undefined) asked.push({ predicate, constant, others });
      }
    }
    const constants = new Set(asked.map(({ constant }) => constant));
    if (constants.size !== 1) return [];
    return asked.map((one) => {
      const named = [one.constant, ...one.others].join(' or ');
      return { ...one, holds: true, why: `${name}() has the name of ${named}` };
    });
  }

  /** What a macro among some names asks. */
  private written(names: readonly string[], converter: string, from: RecordDeclaration): Known | undefined {
    for (const one of names) {
      const said = this.questionOf(one, from);
      if (said) return { ...said, why: `${one}() says when ${converter}() may be used` };
    }
    return undefined;
  }

  /** What the comment above a converter asks for: `/* Only for parts that part_is_leaf() is true of *\/`. */
  private saidAbove(name: string, from: RecordDeclaration): readonly Known[] {
    const { globals } = this.file;
    const macro = globals.unit.definitions(nameId(name)).at(-1);
    const definition = globals.definitionOf(name);
    const place = globals.ordinary(name)?.place;
    const text = macro?.file.text ?? definition?.reading.file.text;
    const at = macro ? macro.file.tokens.starts[macro.bodyFirst] : place?.start;
    const said = text === undefined || at === undefined ? undefined : askedAbove(text, at);
    if (!said) return [];
    const why = `the comment above ${name}() asks for it`;
    if ('predicate' in said) {
      const isKnown = asksOf(this.file.globals, said.predicate, from);
      const asked = isKnown ? { predicate: said.predicate, holds: true } : this.questionOf(said.predicate, from);
      return asked ? [{ ...asked, why }] : [];
    }
    const { constant, member } = said;
    return [{ predicate: member ?? constant, constant, isBit: member === undefined, holds: true, why }];
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
    // `is_part_leaf()` beside `part_to_leaf()`.
    const ofBoth = converter.replace(/^(\w+)_to_(\w+)$/, 'is_$1_$2');
    if (ofBoth !== converter && isDeclared(ofBoth)) return ofBoth;
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
    const type = functionType(this.file.globals, converter);
    const [from] = type?.parameters ?? [];
    const to = type && recordBehind(type.returns);
    const record = from && recordBehind(from.type);
    if (!record || !to || to === record || strip(type.returns).kind !== 'pointer' || type.parameters.length !== 1)
      return undefined;
    // A cast, or a call that is given the record that holds it, as a type.
    const converts = new RegExp(`\\(\\s*struct\\s|\\w\\([^;]*,\\s*struct\\s+${to.tag}\\s*,`);
    if (!converts.test(bodyOf(this.textOf(converter) ?? ''))) return undefined;
    const words = converter.replace(/^to_/, '').split('_');
    const names = predicateNames(converter);
    // `part_is_leaf()` beside `leaf_part()` and `to_leaf()`.
    const kind = words.join('_').replace(new RegExp(`_${record.tag}$`), '');
    // `part_is_leaf()` beside `to_part_leaf_node()` or `leaf_of_part()`: what is left of the name without the words of the record's.
    const left = kindLeft(converter, record.tag ?? '');
    const shorter = left === '' || left === words.join('_') ? [] : [`${record.tag}_is_${left}`];
    for (const name of [...names, `${record.tag}_is_${kind}`, ...shorter]) {
      const question = functionType(this.file.globals, name);
      const [asked, ...more] = question?.parameters ?? [];
      if (question && strip(question.returns).kind === 'pointer') continue;
      if (asked && more.length === 0 && recordBehind(asked.type) === record) return name;
    }
    return undefined;
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
    if (predicate === undefined) {
      const [from, ...more] = bare.parameters;
      const record = from && recordBehind(from.type);
      if (!record || more.length > 0 || asserted.length > 0 || !converts(bare.returns, record, text)) return asserted;
      const written = this.written(predicateNames(name), name, record);
      const named = written ? [written] : this.kindNamedFor(name, record);
      return named.length > 0 ? named : this.saidAbove(name, record);
    }
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

/** Whether a function gives the record that holds what it is given, by a call that is given this record as a type. */
function converts(returns: CType, from: RecordDeclaration, text: string): boolean {
  const to = recordBehind(returns);
  if (!to || to === from || strip(returns).kind !== 'pointer') return false;
  return new RegExp(`\\w\\([^;]*,\\s*struct\\s+${to.tag}\\s*,`).test(bodyOf(text));
}
