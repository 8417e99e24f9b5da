/** Which tags a file mentions as things of several kinds in one scope: "defined as wrong kind of tag" (C11 6.7.2.3p2). */
import type { Item } from '../preprocessor/items';
import type { Reading } from '../preprocessor/reading';
import { nameId } from '../text/names';
import { Punct, TokenKind, type TokenList } from '../text/tokens';

const STRUCT = nameId('struct');
const UNION = nameId('union');
const ENUM = nameId('enum');

/** Name ids of such tags. */
export function tagsOfSeveralKinds(reading: Reading, items: readonly Item[]): ReadonlySet<number> {
  const suspects = suspectedIn(reading);
  return suspects.size > 0 ? confirmedOf(suspects, reading, items) : suspects;
}

/** Tags behind several words, wherever they stand. Most tags are of structs: only the others are looked for again. */
function suspectedIn({ file, ranges }: Reading): Set<number> {
  const { tokens } = file;
  const { ids } = tokens;
  const words = new Map<number, number>();
  const suspects = new Set<number>();
  for (let range = 0; range < ranges.length; range += 2)
    for (let token = ranges[range]; token < ranges[range + 1]; token++) {
      const word = ids[token];
      const tag = word === UNION || word === ENUM ? tagBehind(tokens, token) : -1;
      if (tag < 0) continue;
      if ((words.get(tag) ?? word) !== word) suspects.add(tag);
      words.set(tag, word);
    }
  for (let range = 0; range < ranges.length && words.size > 0; range += 2)
    for (let token = ranges[range]; token < ranges[range + 1]; token++)
      if (ids[token] === STRUCT && words.has(ids[token + 1]) && tagBehind(tokens, token) >= 0)
        suspects.add(ids[token + 1]);
  return suspects;
}

/** The tag behind the word at a token, which is to be struct, union or enum; -1 where there is none. */
function tagBehind({ kinds, ids }: TokenList, token: number): number {
  const isWord = ids[token] === STRUCT || ids[token] === UNION || ids[token] === ENUM;
  if (!isWord || kinds[token] !== TokenKind.Identifier) return -1;
  return kinds[token + 1] === TokenKind.Identifier ? ids[token + 1] : -1;
}

/** Those of some tags that meet at file scope, or are mentioned within a function where another kind of file scope is in sight. */
function confirmedOf(suspects: ReadonlySet<number>, { file, ranges }: Reading, items: readonly Item[]): Set<number> {
  const { tokens } = file;
  const { kinds, ids } = tokens;
  const outer = new Map<number, number>();
  const confirmed = new Set<number>();
  let range = 0;
  for (const item of items) {
    /** Declared anew in parentheses or a body: of a scope within. */
    const inner = new Set<number>();
    let parens = 0;
    for (let token = item.first; token < item.end; token++) {
      while (range < ranges.length && token >= ranges[range + 1]) range += 2;
      if (range >= ranges.length || token < ranges[range]) continue;
      const punct = kinds[token] === TokenKind.Punctuator ? ids[token] : -1;
      if (punct === Punct.LeftParen) parens++;
      else if (punct === Punct.RightParen) parens--;
      const tag = tagBehind(tokens, token);
      if (!suspects.has(tag)) continue;
      const isInner = parens > 0 || (item.isFunction && token > item.body);
      const known = outer.get(tag);
      if (isInner && declaresAt(tokens, token + 2)) inner.add(tag);
      else if (!isInner && known === undefined) outer.set(tag, ids[token]);
      else if (known !== undefined && known !== ids[token] && !inner.has(tag)) confirmed.add(tag);
    }
  }
  return confirmed;
}

/** Whether what stands behind a tag makes it one of its own scope. */
function declaresAt({ kinds, ids }: TokenList, at: number): boolean {
  return kinds[at] === TokenKind.Punctuator && (ids[at] === Punct.LeftBrace || ids[at] === Punct.Semicolon);
}
