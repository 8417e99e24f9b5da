/** Build-time asserts: found in whatever macro the kernel wraps them, evaluated, and read as families. */

import type { UnitGlobals } from '../parser/globals';
import type { ParsedItem } from '../parser/parser';
import { itemText } from '../preprocessor/item-text';
import type { Item } from '../preprocessor/items';
import { type PToken, spelling, writtenAt } from '../preprocessor/ptoken';
import { type Reading, rangeAt } from '../preprocessor/reading';
import type { SourceFile } from '../preprocessor/source';
import { callEnd } from '../text/postfix';
import { textsRemembered } from '../text/remembered-texts';
import { TokenKind } from '../text/tokens';
import { isUnknownValue } from '../types/model';
import { AssertMacros } from './assert-macros';
import { type AssertSite, sitesIn } from './assert-sites';
import { asksAtRunTime, isLiteral, truthOf } from './assert-values';
import type { LayoutAssert } from './layout-assert';
import { isOnePlace, matchesAlone, matchOf, mayMatch, positive } from './lone-matches';

/** Parses an item whole; the caller may have done it already. */
type ParseWhole = (reading: Reading, item: Item) => ParsedItem;

/**
 * The asserts that one file writes over what a compiler knows, in order.
 *
 * @param buildBugs Macros that assert, as packs name them; those in functions count.
 */
export function assertsOf(
  globals: UnitGlobals,
  path: string,
  buildBugs: readonly string[],
  parse?: ParseWhole,
): LayoutAssert[] {
  return gathered(globals, path, { macros: AssertMacros.of(globals, buildBugs), functions: true, parse });
}

/**
 * The asserts of one file that say two members lie at one place, in order.
 *
 * @param buildBugs As for `assertsOf`; without it what stands in functions is left out.
 */
export function matchesOf(
  globals: UnitGlobals,
  path: string,
  buildBugs: readonly string[] = [],
  parse?: ParseWhole,
): LayoutAssert[] {
  const macros = AssertMacros.of(globals, buildBugs);
  const wish = { macros, functions: buildBugs.length > 0, matches: true, parse };
  return gathered(globals, path, wish).filter(({ match }) => match !== undefined);
}

interface Wish {
  readonly macros: AssertMacros;
  readonly functions: boolean;
  /** In functions, what can't be a match is left out. */
  readonly matches?: boolean;
  readonly parse?: ParseWhole;
}

function gathered(globals: UnitGlobals, path: string, wish: Wish): LayoutAssert[] {
  const found: LayoutAssert[] = [];
  const atFileScope = AssertMacros.of(globals, []);
  // Texts of functions without an assert that fails.
  const holding = textsRemembered(globals.lineage, 'asserts');
  for (const { table, reading } of globals.tables) {
    if (table.file.path !== path) continue;
    for (const item of table.items) {
      if (item.isFunction && !wish.functions) continue;
      const text = item.isFunction && !wish.matches && reading === globals.unit.main ? itemText(table.file, item) : '';
      if (text !== '' && holding.has(text)) continue;
      const starts = assertingTokens(reading, item, wish.macros, atFileScope);
      if (starts.size === 0) {
        if (text !== '') holding.add(text);
        continue;
      }
      if (wish.matches && !item.isFunction && ![...starts].some((start) => mayMatch(globals, reading, start))) continue;
      if (item.isFunction && wish.matches) {
        const alone = matchesAlone(globals, reading, item, starts, wish.macros);
        if (alone) {
          found.push(...alone);
          continue;
        }
      }
      const parsed = !item.isFunction
        ? globals.parse(reading, item)
        : (wish.parse?.(reading, item) ?? globals.parseWhole(reading, item));
      const before = found.length;
      const isInline = item.isFunction && parsed.tokens.slice(0, 12).some((token) => INLINE.test(spelling(token)));
      for (const site of sitesIn(parsed, globals)) {
        const start = writtenAt(parsed.tokens[site.token]);
        if (start.file.path === path && starts.has(start.start)) add(found, globals, site, start, isInline, wish);
      }
      if (text !== '' && !found.slice(before).some(({ verdict }) => verdict === 'fails')) holding.add(text);
    }
  }
  return found.sort((one, other) => one.place.start - other.place.start);
}

const INLINE = /^(?:__)?inline(?:__)?$/;

/** The files of a unit that tie members by asserts at file scope. */
export function asserting(globals: UnitGlobals): SourceFile[] {
  const macros = AssertMacros.of(globals, []);
  const found = new Set<SourceFile>();
  for (const { table } of globals.tables) {
    const { ids, kinds } = table.file.tokens;
    const ties = table.items.some(
      ({ first, isCall }) => isCall && kinds[first] === TokenKind.Identifier && macros.brings(ids[first]),
    );
    if (ties) found.add(table.file);
  }
  return [...found];
}

/** Offsets of the names in an item that assert: of its own macros those that hold anything else, too. */
function assertingTokens(
  { file, ranges }: Reading,
  item: Item,
  macros: AssertMacros,
  atFileScope: AssertMacros,
): Set<number> {
  const { kinds, ids, starts } = file.tokens;
  const found = new Set<number>();
  for (let range = rangeAt(ranges, item.first); 2 * range < ranges.length; range++) {
    const from = Math.max(item.first, ranges[2 * range]);
    const to = Math.min(item.end, ranges[2 * range + 1]);
    if (from >= item.end) break;
    for (let token = from; token < to; token++) {
      if (kinds[token] !== TokenKind.Identifier) continue;
      const id = ids[token];
      const isCall = token === item.first && item.isCall;
      if (macros.isAssert(id) || (isCall && atFileScope.brings(id)) || (macros.isOf(file, id) && macros.brings(id, 1)))
        found.add(starts[token]);
    }
  }
  return found;
}

function add(
  found: LayoutAssert[],
  globals: UnitGlobals,
  site: AssertSite,
  start: PToken,
  isInline: boolean,
  { matches }: Wish,
): void {
  const { condition, failsIf, width } = site;
  if (matches && !condition) return;
  const place = { path: start.file.path, start: start.start, end: callEnd(start.file.tokens, start.start) };
  if (!condition) {
    if (width === undefined) return;
    const verdict = isUnknownValue(width) ? width : width >= 0 ? 'holds' : site.isUncertain ? DROPPED : 'fails';
    found.push({ place, verdict, holdsIfTrue: true });
    return;
  }
  // BUILD_BUG_ON(1) marks what no call is to reach; a static assert is asked wherever it stands.
  if (failsIf && isLiteral(condition)) return;
  const holdsIfTrue = !failsIf;
  const { plain, isNegated } = positive(condition);
  const asserted = { condition: plain, holdsIfTrue: holdsIfTrue !== isNegated };
  const match = matchOf(plain, globals, asserted.holdsIfTrue);
  if (matches) {
    if (!match) return;
    if (isOnePlace(match)) {
      found.push({ place, verdict: 'holds', ...asserted, match });
      return;
    }
  }
  const truth = truthOf(condition, globals);
  // What rests on a variable asks the optimizer, and not the layouts.
  if (isUnknownValue(truth) && asksAtRunTime(condition, globals)) return;
  if (isUnknownValue(truth)) found.push({ place, verdict: truth, ...asserted });
  else if (truth !== failsIf) found.push({ place, verdict: 'holds', ...asserted, match });
  else {
    const isDoubtful = (site.isUncertain && isInline) || (failsIf && asksAtRunTime(condition, globals));
    found.push({ place, verdict: isDoubtful ? DROPPED : 'fails', ...asserted, match });
  }
}

const DROPPED = { unknown: 'whether the code is compiled hangs on what the function is called with' };
