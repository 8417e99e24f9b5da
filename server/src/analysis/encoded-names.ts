/**
 * Tells by tokens alone where no value of a type can be that marks tagged pointers: what looks for such values parses only
 * the rest. Each comes from a name that is declared with the type, so that names are what is followed.
 */

import type { UnitGlobals } from '../parser/globals';
import type { Item, ItemTable } from '../preprocessor/items';
import { type SourceFile, StepKind } from '../preprocessor/source';
import { nameId } from '../text/names';
import { Punct, TokenKind, type TokenList } from '../text/tokens';
import { TYPEOF } from '../types/specifiers';

/** Words between a type and the name that is declared with it. */
const QUALIFIERS = new Set(
  ['const', 'volatile', 'restrict', '__restrict', '__restrict__', 'static', 'inline', '__inline'].map(nameId),
);
const TYPEDEF = nameId('typedef');
const STATEMENT_ENDS = new Set([Punct.Semicolon, Punct.LeftBrace, Punct.RightBrace]);
const TYPEOF_IDS = new Set([...TYPEOF].map(nameId));

/** Declarations are read so far, in tokens; in a unit that takes more, each name counts as declared with the type. */
const MOST_READ = 1 << 20;
const ALL = Number.POSITIVE_INFINITY;

export class EncodedNames {
  /** Name ids of the types and of all that is declared with them: functions, members, variables, further types. */
  private readonly names = new Set<number>();
  private readonly macros = new Map<number, boolean>();
  /** Tokens of declarations that were read. */
  private read = 0;

  /** @param types Tags and typedefs. */
  constructor(
    private readonly globals: UnitGlobals,
    types: readonly string[],
  ) {
    const open = types.map(nameId);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (this.names.has(id)) continue;
      this.names.add(id);
      for (const { table } of globals.tables)
        for (const token of mentionsIn(table.file, id)) open.push(...this.declaredAt(table, token));
    }
  }

  /** Whether one of the names stands among the tokens [first, end) of a file, or in what macros bring there. */
  mayStandIn({ kinds, ids }: TokenList, first: number, end: number): boolean {
    if (this.read > MOST_READ) return true;
    for (let at = first; at < end; at++)
      if (kinds[at] === TokenKind.Identifier && (this.names.has(ids[at]) || this.isBroughtBy(ids[at]))) return true;
    return false;
  }

  /** Whether a macro's body has one of the names, or those of the macros that it names, and so on. */
  private isBroughtBy(macro: number): boolean {
    const known = this.macros.get(macro);
    if (known !== undefined) return known;
    const seen = new Set([macro]);
    for (const id of seen) {
      const brings = this.globals.unit.definitions(id).some(({ file: { tokens }, bodyFirst, bodyEnd }) => {
        for (let at = bodyFirst; at < bodyEnd; at++) {
          if (tokens.kinds[at] !== TokenKind.Identifier) continue;
          const named = tokens.ids[at];
          if (this.names.has(named) || this.macros.get(named)) return true;
          if (!this.macros.has(named)) seen.add(named);
        }
        return false;
      });
      if (!brings) continue;
      this.macros.set(macro, true);
      return true;
    }
    for (const id of seen) this.macros.set(id, false);
    return false;
  }

  /** Takes in what is declared with a type that stands at a token. @returns Name ids of what stands for the type itself. */
  private declaredAt({ file, items }: ItemTable, token: number): readonly number[] {
    if (this.read > MOST_READ) return [];
    const { tokens, steps } = file;
    const step = steps[lastFrom(steps.length, (index) => steps[index].directive.firstToken <= token)];
    if (step && token < step.directive.endToken) {
      const { firstToken, endToken } = step.directive;
      // What a macro puts together has a name that stands nowhere.
      for (let at = firstToken; at < endToken; at++)
        if (tokens.kinds[at] === TokenKind.Punctuator && tokens.ids[at] === Punct.HashHash) this.read = ALL;
      return step.kind === StepKind.Define ? [step.nameId] : [];
    }
    const item = items[lastFrom(items.length, (index) => items[index].first <= token)];
    if (!item || token >= item.end || (item.body >= 0 && token > item.body)) return [];
    const from = this.startOfNames(tokens, item, token);
    if (from < 0) return [];
    const declared = this.namesFrom(tokens, from, item.end);
    if (tokens.ids[item.first] === TYPEDEF) return declared;
    for (const id of declared) this.names.add(id);
    return [];
  }

  /** Where the names begin that are declared with the type at a token; -1 where it is only a parameter's. */
  private startOfNames({ kinds, ids }: TokenList, item: Item, token: number): number {
    if (item.isCall) return token + 1;
    let depth = 0;
    let from = token + 1;
    for (let at = token - 1; at >= item.first; at--, this.read++) {
      if (kinds[at] !== TokenKind.Punctuator) continue;
      if (STATEMENT_ENDS.has(ids[at])) break;
      if (ids[at] === Punct.RightParen) depth++;
      if (ids[at] !== Punct.LeftParen || depth-- > 0) continue;
      depth = 0;
      if (kinds[at - 1] === TokenKind.Identifier && TYPEOF_IDS.has(ids[at - 1])) {
        from = closing(kinds, ids, token, item.end) + 1;
        this.read += from - token;
      } else if (kinds[at - 1] === TokenKind.Identifier || ids[at - 1] === Punct.RightParen) return -1;
    }
    return from;
  }

  /** Name ids in the declarators from a token on. More may be given than are declared: attributes by the names of macros. */
  private namesFrom({ kinds, ids }: TokenList, first: number, end: number): number[] {
    const found: number[] = [];
    let depth = 0;
    let isName = true;
    for (let at = first; at < end; at++, this.read++) {
      if (kinds[at] === TokenKind.Identifier) {
        if (isName && !QUALIFIERS.has(ids[at])) found.push(ids[at]);
        continue;
      }
      if (kinds[at] !== TokenKind.Punctuator) continue;
      switch (ids[at]) {
        case Punct.Semicolon:
          return found;
        case Punct.Comma:
          isName ||= depth === 0;
          break;
        case Punct.Star:
          break;
        case Punct.LeftParen:
          // `(*name)(…)`: the name stands in the parentheses that open before it.
          if (isName && ids[at + 1] === Punct.Star) break;
          isName = false;
          depth++;
          break;
        case Punct.LeftBrace:
        case Punct.LeftBracket:
          isName = false;
          depth++;
          break;
        case Punct.RightParen:
        case Punct.RightBrace:
        case Punct.RightBracket:
          depth = Math.max(0, depth - 1);
          break;
        default:
          isName = false;
      }
    }
    return found;
  }
}

/** Index of the last of so many for which something holds that holds for all before it; -1 for none. */
function lastFrom(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The parenthesis that closes around a token; `end` where none does. */
function closing(kinds: Uint8Array, ids: Int32Array, token: number, end: number): number {
  let depth = 0;
  for (let at = token; at < end; at++) {
    if (kinds[at] !== TokenKind.Punctuator) continue;
    if (ids[at] === Punct.LeftParen) depth++;
    else if (ids[at] === Punct.RightParen && depth-- === 0) return at;
  }
  return end;
}

const known = new WeakMap<SourceFile, Map<number, readonly number[]>>();

/** Indices of the tokens of a file that are a name. */
function mentionsIn(file: SourceFile, id: number): readonly number[] {
  let byName = known.get(file);
  if (!byName) known.set(file, (byName = new Map()));
  let found = byName.get(id);
  if (!found) {
    const { kinds, ids } = file.tokens;
    const all: number[] = [];
    for (let at = ids.indexOf(id); at >= 0; at = ids.indexOf(id, at + 1))
      if (kinds[at] === TokenKind.Identifier) all.push(at);
    byName.set(id, (found = all));
  }
  return found;
}
