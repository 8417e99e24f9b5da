/** Finds the functions of a unit that typestates have anything to say about, by the names in their text. */

import type { UnitGlobals } from '../parser/globals';
import type { Item } from '../preprocessor/items';
import type { PToken } from '../preprocessor/ptoken';
import { type Reading, rangeAt } from '../preprocessor/reading';
import { nameId, nameText } from '../text/names';
import { TokenKind } from '../text/tokens';
import type { Declaration } from '../types/ast';
import type { FlowFunction } from './callees';
import type { FlowGraph } from './graph';
import { buildGraph } from './lowering';
import type { Typestates } from './typestates';

/** A function that is ready to be analysed. */
export interface BuiltFunction extends FlowFunction {
  readonly body: Declaration['body'] & object;
  readonly graph: FlowGraph;
}

/** Names are followed so far through functions and macros that mention others. */
const DEEPEST_MENTION = 5;

export class Functions {
  private readonly built = new Map<string, BuiltFunction | undefined>();
  private readonly mentions = new Map<number, boolean>();
  private readonly words: ReadonlySet<number>;
  private readonly starters: ReadonlySet<number>;
  private readonly banned: ReadonlySet<number>;
  private readonly breaking = new Map<number, boolean>();
  private readonly starting = new Map<number, boolean>();
  private readonly changing = new Map<number, boolean>();
  private count = 0;

  constructor(
    readonly globals: UnitGlobals,
    private readonly typestates: Typestates,
    private readonly skipped: (reason: string) => void,
  ) {
    this.words = new Set(typestates.words.map(nameId));
    this.starters = new Set(typestates.starters.map(nameId));
    this.banned = new Set(typestates.banned.map(nameId));
  }

  /** The main file's functions in which an object may come into a state and break a forbidden, parsed. */
  *roots(): Iterable<BuiltFunction> {
    const { main } = this.globals.unit;
    for (const item of this.globals.mainTable.items) {
      if (!item.isFunction) continue;
      const names = namesIn(main, item);
      if (!names.some((id) => this.reaches(id, this.starters, this.starting, 0))) continue;
      if (!names.some((id) => this.reaches(id, this.banned, this.breaking, 0))) continue;
      for (const declaration of this.globals.parse(main, item).declarations) {
        const found = this.named(declaration.name);
        if (found) yield found;
      }
    }
  }

  /** Whether a function's text, or that of what it calls, names anything that a typestate asks about. */
  concerns(name: string): boolean {
    const id = nameId(name);
    return this.reaches(id, this.words, this.mentions, 0);
  }

  /** Whether a function may change states in ways that nobody sees: by its own name, or by that of one that it calls. */
  mayChange(name: string): boolean {
    return this.changes(nameId(name), 0);
  }

  private changes(id: number, depth: number): boolean {
    const memo = this.changing.get(id);
    if (memo !== undefined) return memo;
    this.changing.set(id, false);
    const inside = depth > DEEPEST_MENTION ? undefined : this.textOf(id);
    const changes = inside
      ? inside.some((other) => other !== id && this.changes(other, depth + 1))
      : this.typestates.mayChange(nameText(id));
    this.changing.set(id, changes);
    return changes;
  }

  /** Whether an object may come into a state there. */
  starts(name: string): boolean {
    return this.reaches(nameId(name), this.starters, this.starting, 0);
  }

  /** The function of a name whose body is in sight; undefined where there is none, or none that can be analysed. */
  named(name: string): BuiltFunction | undefined {
    if (this.built.has(name)) return this.built.get(name);
    // A function that is asked for while it is being read is not in sight.
    this.built.set(name, undefined);
    const found = this.build(name);
    this.built.set(name, found);
    return found;
  }

  private build(name: string): BuiltFunction | undefined {
    const definition = this.globals.definitionOf(name);
    if (!definition) return undefined;
    const parsed = this.globals.parseWhole(definition.reading, definition.item);
    const declaration = parsed.declarations.find((one) => one.name === name && one.body);
    if (!declaration?.body) return undefined;
    const graph = buildGraph(declaration.body, this.globals, { noreturn: this.typestates.noreturn });
    if ('skipped' in graph) {
      this.skipped(graph.skipped);
      return undefined;
    }
    const tokens: readonly PToken[] = parsed.tokens;
    return { id: this.count++, name, declaration, tokens, body: declaration.body, graph };
  }

  private reaches(id: number, wanted: ReadonlySet<number>, known: Map<number, boolean>, depth: number): boolean {
    if (wanted.has(id)) return true;
    const memo = known.get(id);
    if (memo !== undefined || depth > DEEPEST_MENTION) return memo ?? false;
    // A name that leads back to itself adds nothing.
    known.set(id, false);
    const inside = this.textOf(id) ?? [];
    const reaches = inside.some((other) => other !== id && this.reaches(other, wanted, known, depth + 1));
    known.set(id, reaches);
    return reaches;
  }

  /** The names in the body of the function or macro that a name means; undefined where none is in sight. */
  private textOf(id: number): readonly number[] | undefined {
    const { unit } = this.globals;
    const macro = unit.macro(id, unit.end);
    if (macro) return identifiers(macro.file.tokens, macro.bodyFirst, macro.bodyEnd);
    const definition = this.globals.definitionOf(nameText(id));
    return definition && namesIn(definition.reading, definition.item);
  }
}

interface Tokens {
  readonly kinds: ArrayLike<number>;
  readonly ids: ArrayLike<number>;
}

function identifiers(tokens: Tokens, first: number, end: number): number[] {
  const found = new Set<number>();
  for (let token = first; token < end; token++)
    if (tokens.kinds[token] === TokenKind.Identifier) found.add(tokens.ids[token]);
  return [...found];
}

/** The names in the active text of a function's body. */
function namesIn(reading: Reading, item: Item): number[] {
  const { ranges, file } = reading;
  const found = new Set<number>();
  for (let range = rangeAt(ranges, item.body); 2 * range < ranges.length; range++) {
    if (ranges[2 * range] >= item.end) break;
    const first = Math.max(item.body, ranges[2 * range]);
    const end = Math.min(item.end, ranges[2 * range + 1]);
    for (const id of identifiers(file.tokens, first, end)) found.add(id);
  }
  return [...found];
}
