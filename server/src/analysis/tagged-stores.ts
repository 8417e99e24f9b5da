/** Finds pointers that are stored, by hand or through a setter, in words whose tags the pointers' alignment does not leave free. */
import type { Derived } from '../facts/derived';
import type { WordNeed } from '../search/word-search';
import { nameId } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';
import type { Expression } from '../types/ast';
import { strip } from '../types/model';
import { baseRecord, typeOf } from '../types/typer';
import type { FileAnalysis } from './analysis';
import { callTokens } from './call-tokens';
import { isExempt, pointerNeeds, taggedBy } from './encoded-words';
import { expressionsAt, writtenPlace } from './expressions';
import { mayHaveBits, placeNamed, uncast } from './stored-value';
import type { TaggedWord } from './tagged-word';

interface TaggedStore {
  readonly word: TaggedWord;
  readonly place: Place;
  /** Why the value may have a tag's bit set. */
  readonly why: string;
}

/** What a file must hold for a pointer to be stored in a word of which headers tell. */
export function storeNeeds(derived: Derived): readonly WordNeed[] {
  return [
    ...pointerNeeds(derived),
    ...derived.tags.flatMap(({ write, setters = [] }) => [write, ...setters].flatMap((one) => one?.name ?? [])),
  ];
}

/** The stores to tagged words of which headers tell; `rule` is whose words they are. */
export function* taggedStores(file: FileAnalysis, rule: string): Iterable<TaggedStore> {
  // Of flags with names of their own, the header says what leaves room for more of them than alignment does.
  const words = taggedBy(file, rule).filter(({ derived }) => derived !== undefined && !derived.isNamed);
  const seen = new Set<Expression>();
  for (const token of storingTokens(file, words))
    for (const found of expressionsAt(file, token)) {
      const { expression, tokens, within } = found;
      if (seen.has(expression)) continue;
      seen.add(expression);
      for (const word of words) {
        const value = valueFor(file, word, expression);
        if (!value || !isPointer(file, value) || isExempt(file, word, file.main.path, [within.name])) continue;
        const why = mayHaveBits(file, found, value, word.bits);
        const place = writtenPlace(tokens, value);
        if (why !== undefined && place.path === file.main.path) yield { word, place, why };
      }
    }
}

/** Tokens that name the members, or the functions that store to them. */
function storingTokens(file: FileAnalysis, words: readonly TaggedWord[]): number[] {
  const { kinds, ids, count } = file.main.tokens;
  const members = new Set(words.flatMap(({ member }) => (member && !member.includes('.') ? [nameId(member)] : [])));
  const setters = new Set(
    words.flatMap(({ accessors, derived }) =>
      [accessors.write ?? [], derived?.setters?.map(({ name }) => name) ?? []].flat(),
    ),
  );
  const found = callTokens(file, setters);
  for (let token = 0; token < count; token++)
    if (kinds[token] === TokenKind.Identifier && members.has(ids[token])) found.push(token);
  return found;
}

/** What an expression stores in a word. */
function valueFor(file: FileAnalysis, word: TaggedWord, expression: Expression): Expression | undefined {
  if (expression.kind === 'assign') {
    const isStore = expression.operator === Punct.Equal && isWord(file, word, expression.left);
    return isStore ? expression.right : undefined;
  }
  if (expression.kind !== 'call' || expression.callee.kind !== 'name') return undefined;
  const { name } = expression.callee;
  const setter = word.derived?.setters?.find((one) => one.name === name);
  if (setter) return expression.arguments[setter.at];
  if (name !== word.accessors.write || expression.arguments.length < 2) return undefined;
  // The first pointer is to the record, unless the setter only makes the word.
  const pointers = expression.arguments.filter((argument) => isPointer(file, argument));
  return pointers.length === 2 ? pointers[1] : undefined;
}

function isWord(file: FileAnalysis, { member, derived }: TaggedWord, left: Expression): boolean {
  const core = placeNamed(left);
  if (core.kind !== 'member' || core.name !== member) return false;
  const record = baseRecord(core, file.globals);
  if ('reason' in record || record.tag !== derived?.record?.tag) return false;
  return record.place?.path === derived?.record?.path;
}

function isPointer(file: FileAnalysis, value: Expression): boolean {
  const { kind } = strip(typeOf(uncast(value), file.globals));
  return kind === 'pointer' || kind === 'function' || kind === 'array';
}
