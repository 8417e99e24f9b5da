/** The places of a file where code takes a tagged member apart, follows it or puts it together. */
import type { EncodedUse, EncodedWord } from '../packs/encoded';
import type { ParsedItem } from '../parser/parser';
import { type Item, itemText } from '../preprocessor/items';
import { writtenAt } from '../preprocessor/ptoken';
import { nameId, nameText } from '../text/names';
import { postfixStart } from '../text/postfix';
import { apart, type Place } from '../text/text';
import { Punct, TokenKind, tokenAt } from '../text/tokens';
import type { Expression } from '../types/ast';
import type { RecordDeclaration } from '../types/model';
import { baseRecord } from '../types/typer';
import type { AccessSite, FileAnalysis } from './analysis';
import { writtenPlace } from './expressions';
import { type WordTest, wordUsesIn } from './word-uses';

interface RawUse {
  readonly place: Place;
  readonly use: EncodedUse;
  readonly isImplicit: boolean;
  /** The function, and the macros from inside out. */
  readonly within: readonly string[];
}

/** @param sites Accesses to members of the word's name; the code around them is looked at, and that around initializers. */
export function* rawUses(file: FileAnalysis, word: EncodedWord, sites: readonly AccessSite[]): Iterable<RawUse> {
  const tokens = new Set(sites.filter((site) => site.file === file.main).map((site) => site.nameToken));
  for (const token of initializing(file, word)) tokens.add(token);
  const seen = new Set<Item>();
  const without = itemsWithout(file, word);
  for (const token of tokens) {
    const { reading, item } = file.itemAt(token);
    if (!item || seen.has(item)) continue;
    seen.add(item);
    const text = reading === file.unit.main ? itemText(file.main, item) : undefined;
    if (text !== undefined && without.has(text)) continue;
    const parsed = file.parsedWhole(reading, item);
    let uses = 0;
    for (const declaration of parsed.declarations)
      for (const { at, use, isImplicit } of wordUsesIn(file.globals, declaration, testOf(file, word))) {
        uses++;
        const place = placeOf(file, parsed, at);
        if (place) yield { place, use, isImplicit, within: [declaration.name, ...macrosAt(parsed, at)] };
      }
    if (uses === 0 && text !== undefined && without.size < MOST_REMEMBERED) without.add(apart(text));
  }
}

/**
 * Texts of items in which nothing is done with a word, along a chain of edits that left all declarations as they were: after
 * a keystroke most functions are the same as before it.
 */
const remembered = new WeakMap<object, Map<EncodedWord, Set<string>>>();

const MOST_REMEMBERED = 2000;

function itemsWithout({ globals }: FileAnalysis, word: EncodedWord): Set<string> {
  let byWord = remembered.get(globals.lineage);
  if (!byWord) remembered.set(globals.lineage, (byWord = new Map()));
  let texts = byWord.get(word);
  if (!texts) byWord.set(word, (texts = new Set()));
  return texts;
}

function testOf(file: FileAnalysis, word: EncodedWord): WordTest {
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
  const highest = Math.max(...word.bits);
  return { is, isMember: (record, name) => name === word.member && isRecord(record), highest };
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

/** Where a use is written: the member as it is accessed, else the expression. Undefined where a header's macro spells it. */
function placeOf(file: FileAnalysis, { tokens }: ParsedItem, at: Expression): Place | undefined {
  let named = at;
  while (named.kind === 'index' || (named.kind === 'unary' && named.operator === Punct.Star)) {
    named = named.kind === 'index' ? named.base : named.operand;
    while (named.kind === 'cast') named = named.operand;
    if (named.kind === 'unary' && named.operator === Punct.Ampersand) named = named.operand;
  }
  const { path } = file.main;
  if (named.kind === 'member') {
    const spelled = tokens[named.nameToken];
    if (spelled.file !== file.main) return undefined;
    const name = tokenAt(file.main.tokens, spelled.start);
    const first = postfixStart(file.main.tokens, name - 1, named.base.kind === 'call');
    return first < 0 ? undefined : { path, start: file.main.tokens.starts[first], end: spelled.end };
  }
  if (named.kind === 'name') {
    const spelled = tokens[named.first];
    return spelled.file === file.main ? { path, start: spelled.start, end: spelled.end } : undefined;
  }
  const place = writtenPlace(tokens, named);
  return place.path === path && writtenAt(tokens[named.first]).file === file.main ? place : undefined;
}

function macrosAt({ tokens }: ParsedItem, { first }: Expression): string[] {
  const names: string[] = [];
  for (let via = tokens[first]?.via; via; via = via.at.via) names.push(nameText(via.macro.id));
  return names;
}
