/** The member accesses of one item, remembered by its text: most items are the same after a keystroke as before it. */

import type { UnitGlobals } from '../parser/globals';
import type { ParsedItem } from '../parser/parser';
import { itemText } from '../preprocessor/item-text';
import type { Item } from '../preprocessor/items';
import type { Reading } from '../preprocessor/reading';
import type { SourceFile } from '../preprocessor/source';
import { nameText } from '../text/names';
import { apart } from '../text/text';
import { Punct, TokenKind, type TokenList } from '../text/tokens';
import { type Access, visitDeclarations } from '../types/accesses';

export interface Observation {
  readonly access: Access;
  /** Where the member's name is spelled: a header, if a header's macro brings it in; undefined for the item's own file. */
  readonly header: SourceFile | undefined;
  /** Offset of the name: from the item's start, or, in a header, from the file's. */
  readonly offset: number;
  /** The function or variable whose definition it stands in, then the macros from inside out. */
  readonly within: readonly string[];
}

/** So many items are remembered for one file; then all are forgotten. */
const MOST_REMEMBERED = 2000;

const remembered = new WeakMap<object, Map<string, readonly Observation[]>>();

/** Every member access in an item, in the order of its preprocessed tokens. */
export function observe(
  globals: UnitGlobals,
  reading: Reading,
  item: Item,
  parsed: (reading: Reading, item: Item) => ParsedItem,
): readonly Observation[] {
  const start = reading.file.tokens.starts[item.first];
  // Code that is not active is read under conditions of its own.
  const isPlain = reading === globals.unit.main;
  const text = isPlain ? itemText(reading.file, item) : '';
  let memory = remembered.get(globals.lineage);
  if (!memory) remembered.set(globals.lineage, (memory = new Map()));
  const known = isPlain ? memory.get(text) : undefined;
  if (known) return known;
  const found: Observation[] = [];
  let isOwn = isPlain;
  const { declarations, tokens } = parsed(reading, item);
  for (const declaration of declarations) {
    visitDeclarations([declaration], (access) => {
      const spelled = tokens[access.expression.nameToken];
      const within = [declaration.name];
      for (let via = spelled.via; via; via = via.at.via) within.push(nameText(via.macro.id));
      const header = spelled.file === reading.file ? undefined : spelled.file;
      // A macro of the same file is spelled elsewhere in it, and may move on its own.
      if (!header && spelled.via) isOwn = false;
      found.push({ access, header, offset: header ? spelled.start : spelled.start - start, within });
    });
  }
  if (isOwn) {
    if (memory.size >= MOST_REMEMBERED) memory.clear();
    memory.set(apart(text), found);
  }
  return found;
}

/** Whether a token names a member. */
export function isMemberName({ kinds, ids }: TokenList, token: number): boolean {
  if (token === 0 || kinds[token - 1] !== TokenKind.Punctuator) return false;
  const before = ids[token - 1];
  if (before === Punct.Arrow) return true;
  if (before !== Punct.Dot || token < 2) return false;
  // `.name =` after a brace or comma designates in an initializer.
  return (
    kinds[token - 2] === TokenKind.Identifier ||
    ids[token - 2] === Punct.RightParen ||
    ids[token - 2] === Punct.RightBracket
  );
}
