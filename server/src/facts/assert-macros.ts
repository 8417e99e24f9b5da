/** Which names of a unit assert: C's own words, the macros that packs name, and macros that come to nothing but asserts. */
import type { UnitGlobals } from '../parser/globals';
import { outside } from '../preprocessor/item-text';
import { bodyNames, type MacroDefinition, type SourceFile } from '../preprocessor/source';
import { nameId, nameText } from '../text/names';
import { Punct, TokenKind, type TokenList } from '../text/tokens';

/** How C writes an assert, and by which a macro's body shows that its calls assert. */
export const C_ASSERTS: readonly string[] = ['static_assert', '_Static_assert'];

const OF_LANGUAGE = new Set(C_ASSERTS.map(nameId));

/** What may stand around the asserts of a macro that holds nothing else. */
const AROUND = new Set(['do', 'void'].map(nameId));
const WHILE = nameId('while');
const IF = nameId('if');
const AROUND_PUNCTS = new Set<number>([
  Punct.LeftBrace,
  Punct.RightBrace,
  Punct.Semicolon,
  Punct.LeftParen,
  Punct.RightParen,
]);

/** So many macros may stand between a macro and the assert that it brings. */
const DEEPEST_MACRO = 1;

export class AssertMacros {
  private readonly named: ReadonlySet<number>;
  private readonly known = new Map<number, boolean>();
  private readonly bringing = new Map<number, boolean>();
  private readonly failing = new Map<number, boolean>();

  private constructor(
    private readonly globals: UnitGlobals,
    buildBugs: readonly string[],
  ) {
    this.named = new Set([...C_ASSERTS, ...buildBugs].map(nameId));
  }

  /** Those of a unit, with what was found out of its macros so far. */
  static of(globals: UnitGlobals, buildBugs: readonly string[]): AssertMacros {
    let ofUnit = known.get(globals);
    if (!ofUnit) known.set(globals, (ofUnit = new Map()));
    const key = buildBugs.join();
    let macros = ofUnit.get(key);
    if (!macros) ofUnit.set(key, (macros = new AssertMacros(globals, buildBugs)));
    return macros;
  }

  /** Whether a name asserts by C's own word or by a pack's: its first argument is what is asserted, or what is refused. */
  isNamed(id: number): boolean {
    return this.named.has(id);
  }

  /** Whether a name is C's own word for it: what is asserted is to be true. */
  isOfLanguage(id: number): boolean {
    return OF_LANGUAGE.has(id);
  }

  /** Whether what a name stands for asserts, and does nothing else. */
  isAssert(id: number): boolean {
    if (this.named.has(id)) return true;
    let answer = this.known.get(id);
    if (answer === undefined) {
      this.known.set(id, false);
      // A match macro is undefined behind its last use: any of its definitions will do.
      const asserts = (name: number): boolean => this.isAssert(name) || this.failsBuild(name);
      answer = this.globals.unit.definitions(id).some((macro) => isPureAssert(macro, asserts));
      this.known.set(id, answer);
    }
    return answer;
  }

  /** Whether an assert stands in a macro's body, or in those of the few macros that it is made of. */
  brings(id: number, depth = 0): boolean {
    if (this.isAssert(id)) return true;
    if (depth > DEEPEST_MACRO) return false;
    let answer = depth === 0 ? this.bringing.get(id) : undefined;
    answer ??= this.globals.unit
      .definitions(id)
      .some((macro) => bodyNames(macro, (name) => this.brings(name, depth + 1)));
    if (depth === 0) this.bringing.set(id, answer);
    return answer;
  }

  /** Whether a file defines a macro. */
  isOf(file: SourceFile, id: number): boolean {
    return this.globals.unit.definitions(id).some((macro) => macro.file === file);
  }

  /** Whether a function is declared whose calls a compiler refuses. */
  failsBuild(id: number): boolean {
    let answer = this.failing.get(id);
    if (answer === undefined) this.failing.set(id, (answer = this.isRefused(nameText(id))));
    return answer;
  }

  private isRefused(name: string): boolean {
    // By the attribute, or by the macro that stands for it.
    for (const { table, item } of this.globals.declaring(name))
      if (outside(table, item).includes('error')) return this.globals.ordinary(name)?.isBuildError === true;
    return false;
  }
}

/**
 * Whether a macro is asserts, one behind another, in braces, and in `do … while (0)`; or an `if` over a call that fails the build.
 *
 * @param asserts Whether a name does nothing but assert, or fail the build.
 */
export function isPureAssert({ file, bodyFirst, bodyEnd }: MacroDefinition, asserts: (id: number) => boolean): boolean {
  const { kinds, ids } = file.tokens;
  const isPunct = (at: number, punct: Punct): boolean =>
    at < bodyEnd && kinds[at] === TokenKind.Punctuator && ids[at] === punct;
  // A bit-field of negative width.
  for (let at = bodyFirst; at < bodyEnd; at++)
    if (isPunct(at, Punct.Colon) && refusesWidth(isPunct, at + 1)) return true;
  let count = 0;
  for (let at = bodyFirst; at < bodyEnd; at++) {
    const id = ids[at];
    if (kinds[at] === TokenKind.Punctuator && AROUND_PUNCTS.has(id)) continue;
    if (kinds[at] !== TokenKind.Identifier) return false;
    if (AROUND.has(id)) continue;
    if (!isPunct(at + 1, Punct.LeftParen)) return false;
    if (id !== WHILE && id !== IF) {
      if (!asserts(id)) return false;
      count++;
    }
    at = closeOf(file.tokens, at + 1, bodyEnd);
  }
  return count > 0;
}

/** `-!!`, maybe in a parenthesis, behind a bit-field's colon. */
function refusesWidth(isPunct: (at: number, punct: Punct) => boolean, at: number): boolean {
  while (isPunct(at, Punct.LeftParen)) at++;
  return isPunct(at, Punct.Minus) && isPunct(at + 1, Punct.Exclamation) && isPunct(at + 2, Punct.Exclamation);
}

const known = new WeakMap<UnitGlobals, Map<string, AssertMacros>>();

function closeOf({ kinds, ids }: TokenList, open: number, end: number): number {
  let depth = 0;
  for (let at = open; at < end; at++) {
    if (kinds[at] !== TokenKind.Punctuator) continue;
    if (ids[at] === Punct.LeftParen) depth++;
    else if (ids[at] === Punct.RightParen && --depth === 0) return at;
  }
  return end;
}
