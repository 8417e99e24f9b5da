/** The places of a file where code takes a tagged member apart, follows it or puts it together. */
import { isStoring } from '../facts/accessor-roles';
import type { EncodedUse, EncodedWord } from '../packs/encoded';
import type { Facts } from '../packs/facts';
import type { ParsedItem } from '../parser/parser';
import { itemText } from '../preprocessor/item-text';
import type { Item } from '../preprocessor/items';
import { writtenAt } from '../preprocessor/ptoken';
import type { SourceFile } from '../preprocessor/source';
import { nameId, nameText } from '../text/names';
import { callEnd } from '../text/postfix';
import { textsRemembered } from '../text/remembered-texts';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { Expression } from '../types/ast';
import { evaluate } from '../types/evaluate';
import { isUnknownValue, type RecordDeclaration } from '../types/model';
import { baseRecord } from '../types/typer';
import type { AccessSite, FileAnalysis } from './analysis';
import { callTokens } from './call-tokens';
import { accessPlace, writtenPlace } from './expressions';
import { uncast } from './stored-value';
import type { TaggedWord } from './tagged-word';
import type { WordTest } from './word-test';
import { wordUsesIn } from './word-uses';
import { followedIn, type Wrappers, wrappersOf } from './word-wrappers';

interface RawUse {
  readonly place: Place;
  readonly use: EncodedUse;
  readonly isImplicit: boolean;
  /** The function, and the macros from inside out. */
  readonly within: readonly string[];
}

/** @param sites Accesses to members of the word's name; the code around them is looked at, and that around initializers. */
export function* rawUses(file: FileAnalysis, word: TaggedWord, sites: readonly AccessSite[]): Iterable<RawUse> {
  const tokens = new Set(sites.filter((site) => site.file === file.main).map((site) => site.nameToken));
  for (const token of initializing(file, word)) tokens.add(token);
  const seen = new Set<Item>();
  const wrappers = wrappersOf(file, word, testOf(file, word, new Set()));
  const returning = new Set<string>(wrappers.whole);
  const given = new Set([...wrappers.whole, ...wrappers.followable]);
  if (given.size > 0) for (const token of callTokens(file, given)) tokens.add(token);
  // Functions that hand on the word are found in the first turn, those that use them in the next.
  for (let turn = 0; turn < MOST_TURNS && tokens.size > 0; turn++) {
    const before = new Set(returning);
    yield* usesAround(file, word, tokens, seen, returning, wrappers);
    const found = new Set([...returning].filter((name) => !before.has(name)));
    tokens.clear();
    if (found.size > 0) for (const token of callTokens(file, found)) tokens.add(token);
    // What was looked at may call what was not known then.
    if (tokens.size > 0) seen.clear();
  }
}

/** So many functions may hand on a word one to another. */
const MOST_TURNS = 3;

function* usesAround(
  file: FileAnalysis,
  word: TaggedWord,
  tokens: ReadonlySet<number>,
  seen: Set<Item>,
  returning: Set<string>,
  wrappers: Wrappers,
): Iterable<RawUse> {
  // Texts of items in which nothing is done with the word, which is put together anew for every state of a file.
  const without = textsRemembered(file.globals.lineage, `uses of ${JSON.stringify(word)}`);
  const test = testOf(file, word, returning);
  for (const token of tokens) {
    const { reading, item } = file.itemAt(token);
    if (!item || seen.has(item)) continue;
    seen.add(item);
    const text = itemText(file.main, item);
    // Of code that is not active, the directive before it says under which conditions it is read.
    const known = reading === file.unit.main ? text : `${stepsBefore(file.main, token)} ${text}`;
    if (returning.size === 0 && without.has(known)) continue;
    const parsed = file.parsedWhole(reading, item);
    let isPlain = returning.size === 0 && wrappers.followable.size === 0;
    for (const declaration of parsed.declarations) {
      const { uses: own, isReturned } = wordUsesIn(file.globals, declaration, test);
      const uses = [...own, ...followedIn(file, declaration, word, wrappers, test)];
      if (uses.length > 0 || isReturned) isPlain = false;
      if (isReturned) returning.add(declaration.name);
      for (const { at, user, use, isImplicit, mask } of uses) {
        const isNamed = mask !== undefined && isSpelledByName(parsed, mask);
        // Where no function stores the word, whoever does puts the header's own flag in.
        if (isNamed && use === 'store' && isStoredByNobody(word) && hasFlag(parsed, mask)) continue;
        if (isNamed && use !== 'store' && isLeftToCallers(file, word, mask)) continue;
        const place = placeOf(file, parsed, at, user);
        if (place) yield { place, use, isImplicit, within: [declaration.name, ...macrosAt(parsed, at)] };
      }
    }
    if (isPlain) without.add(known);
  }
}

/** Whether a mask is written as names alone: `word & ~BOX_FULL`. */
function isSpelledByName({ tokens }: ParsedItem, { first, end }: Expression): boolean {
  let isNamed = false;
  for (let at = first; at < end; at++) {
    const { kind } = writtenAt(tokens[at]);
    if (kind === TokenKind.Number) return false;
    isNamed ||= kind === TokenKind.Identifier;
  }
  return isNamed;
}

/** Whether none of the word's functions stores it, as far as their names tell. */
function isStoredByNobody({ derived, accessors }: TaggedWord): boolean {
  return derived !== undefined && !accessors.write && !derived.accessors.some(({ name }) => isStoring(name));
}

/** Whether a value is put together with a constant in capitals. */
function hasFlag({ tokens }: ParsedItem, { first, end }: Expression): boolean {
  return tokens.slice(first, end).some((token) => {
    // What WRITE_ONCE() and its like bring is no flag.
    if (token.via?.macro.parameters) return false;
    const { kind, id } = writtenAt(token);
    return kind === TokenKind.Identifier && /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(nameText(id));
  });
}

/** Whether no accessor does what a named mask does: asks for these tags, or takes off some tags of several. */
function isLeftToCallers({ globals }: FileAnalysis, { derived }: TaggedWord, mask: Expression): boolean {
  if (!derived) return false;
  if (derived.isNamed) return true;
  const constant = evaluate(uncast(mask), globals);
  if (isUnknownValue(constant) || !derived.asked) return false;
  const isOff = BigInt.asIntN(64, constant.value) < 0n;
  const named = isOff ? ~constant.value : constant.value;
  const meant = derived.bits.filter((bit) => (named >> BigInt(bit)) & 1n);
  if (meant.length === 0 || (isOff && meant.length === derived.bits.length)) return false;
  return !meant.some((bit) => derived.asked?.includes(bit));
}

/** How many directives of a file stand before a token. */
function stepsBefore({ steps }: SourceFile, token: number): number {
  let [from, to] = [0, steps.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (steps[middle].directive.firstToken < token) from = middle + 1;
    else to = middle;
  }
  return from;
}

function testOf(file: FileAnalysis, word: TaggedWord, returning: ReadonlySet<string>): WordTest {
  const isRecord = ({ tag, place }: RecordDeclaration): boolean =>
    tag === word.record && place !== undefined && file.relative(place.path) === word.header;
  const is = (expression: Expression): boolean => {
    if (expression.kind === 'index') return is(expression.base);
    if (expression.kind !== 'member') return false;
    let at = expression;
    for (let path = at.name; ; path = `${at.name}.${path}`) {
      if (path === word.member) {
        const record = baseRecord(at, file.globals);
        return !('reason' in record) && isRecord(record);
      }
      if (at.arrow || at.base.kind !== 'member' || !word.member?.endsWith(path)) return false;
      at = at.base;
    }
  };
  const accessors: readonly (string | undefined)[] = Object.values(word.accessors);
  return {
    is,
    isMember: (record, name) => name === word.member && isRecord(record),
    isReturnedBy: (name) => returning.has(name),
    isFreeing: (name) =>
      (FREEING.test(name) || (word.derived?.kind === 'void' && UNMAPPING.test(name))) && !accessors.includes(name),
    isFollowing: (name, at) =>
      (word.derived?.kind === 'pointer' && isFollowing(file, word, name, at)) ||
      ((word.derived?.kind === 'void' || word.derived?.kind === 'integer') && reachesBytes(file.facts, name, at)),
    highest: Math.max(...word.bits),
    isPreserved: word.derived?.isPreserved,
    // `void *` may be anything to whoever compares it.
    isCompared: word.derived !== undefined && word.derived.kind !== 'void' && !word.derived.isAsked,
  };
}

/**
 * Whether a function follows a pointer that it is given: its body does, or it is declared where nobody knows of the word's tags. Accessors
 * of the word take it with its tags.
 */
function isFollowing(file: FileAnalysis, { derived, header }: TaggedWord, name: string, at: number): boolean {
  const accessors = derived?.accessors ?? [];
  if (name === '' || accessors.some((one) => one.name === name)) return false;
  const definition = file.globals.definitionOf(name);
  if (!definition) {
    const declared = file.offers(name)?.path;
    const isTheirs =
      declared !== undefined && (file.relative(declared) === header || accessors.some(({ path }) => path === declared));
    return declared !== undefined && declared !== file.main.path && !isTheirs;
  }
  const { declarations } = file.globals.parseWhole(definition.reading, definition.item);
  const parameter = declarations.find((one) => one.name === name && one.body)?.parameters?.[at]?.name;
  const text = itemText(definition.reading.file, definition.item);
  return (
    parameter !== undefined &&
    new RegExp(`\\b${parameter}->`).test(text) &&
    !new RegExp(`\\)\\s*${parameter}\\b`).test(text)
  );
}

/** What frees says so by its name. */
export const FREEING = /free/i;

/** So does what takes a mapping away by its address. */
const UNMAPPING = /unmap/i;

/** Whether a function reads or stores the bytes that an argument leads to, whatever it points to, as packs say. */
function reachesBytes({ bytes }: Facts, name: string, at: number): boolean {
  return bytes.some(
    ({ stores = [], sinks = [] }) =>
      stores.some(({ call, to, from }) => call.includes(name) && (at === to || at === from)) ||
      sinks.some(({ call, object }) => call?.includes(name) && at === object),
  );
}

/** Tokens of initializers that may give the member its value: `.member =`, and `(struct record){` for those without names. */
function initializing(file: FileAnalysis, { record, member }: EncodedWord): number[] {
  if (record === undefined || member === undefined) return [];
  const { kinds, ids, count } = file.main.tokens;
  const [tag, name] = [nameId(record), nameId(member)];
  const isPunct = (at: number, punct: Punct): boolean => kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  const found: number[] = [];
  for (let at = 1; at < count; at++) {
    if (kinds[at] !== TokenKind.Identifier) continue;
    if (ids[at] === name && isPunct(at - 1, Punct.Dot) && isPunct(at + 1, Punct.Equal)) found.push(at);
    if (ids[at] !== tag) continue;
    if (isPunct(at + 1, Punct.RightParen) && isPunct(at + 2, Punct.LeftBrace)) found.push(at);
    else if (kinds[at + 1] === TokenKind.Identifier && isPunct(at + 2, Punct.Equal) && isPunct(at + 3, Punct.LeftBrace))
      found.push(at);
  }
  return found;
}

/**
 * Where a use is written: the member as it is accessed, else the expression. Undefined where a header's macro spells it, but
 * for what a macro such as xchg() gives to what the file itself spells.
 */
function placeOf(file: FileAnalysis, parsed: ParsedItem, at: Expression, user?: Expression): Place | undefined {
  const { tokens } = parsed;
  let named = at;
  while (named.kind === 'index' || (named.kind === 'unary' && named.operator === Punct.Star)) {
    named = named.kind === 'index' ? named.base : named.operand;
    while (named.kind === 'cast') named = named.operand;
    if (named.kind === 'unary' && named.operator === Punct.Ampersand) named = named.operand;
  }
  const { path } = file.main;
  if (named.kind === 'member') return accessPlace(file, tokens, named);
  if (named.kind === 'name') {
    const spelled = tokens[named.first];
    if (spelled.file === file.main) return { path, start: spelled.start, end: spelled.end };
    // A macro's local is what the macro was given: `container_of(word, …)`.
    const given = named.declaration?.initializer;
    const value = given && given.kind !== 'list' ? comesTo(given) : undefined;
    const isRead = value?.kind === 'member' || (value?.kind === 'unary' && value.operator === Punct.Star);
    const found = isRead ? placeOf(file, parsed, value) : undefined;
    if (found || !user || tokens[user.first].file !== file.main) return found;
  }
  const place = writtenPlace(tokens, named);
  if (place.path !== path || writtenAt(tokens[named.first]).file !== file.main) return undefined;
  return named.kind === 'name' ? { ...place, end: callEnd(file.main.tokens, place.start) } : place;
}

/** What an expression comes to: behind its casts, and at the end of a statement expression, as READ_ONCE() is one. */
function comesTo(expression: Expression): Expression {
  const bare = uncast(expression);
  const last = bare.kind === 'statement' ? bare.body.items.at(-1) : undefined;
  return last?.kind === 'expression' && last.expression ? comesTo(last.expression) : bare;
}

function macrosAt({ tokens }: ParsedItem, { first }: Expression): string[] {
  const names: string[] = [];
  for (let via = tokens[first]?.via; via; via = via.at.via) names.push(nameText(via.macro.id));
  return names;
}
