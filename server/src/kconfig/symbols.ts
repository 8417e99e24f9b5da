/** What Kconfig files define: symbols, expressions over them, their properties, and the tree of menu entries. */
/** n, m and y as numbers, so that AND is the lesser and OR the greater of two. */
export type Tristate = 0 | 1 | 2;
export const NO = 0;
export const MODULE = 1;
export const YES = 2;

export type SymbolType = 'unknown' | 'bool' | 'tristate' | 'int' | 'hex' | 'string';

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

export interface SymbolReference extends Cached {
  readonly kind: 'symbol';
  readonly symbol: KconfigSymbol;
}

export interface Negation extends Cached {
  readonly kind: 'not';
  readonly operand: Expression;
}

export interface Connection extends Cached {
  readonly kind: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

export interface ComparisonOfSymbols extends Cached {
  readonly kind: Comparison;
  readonly left: KconfigSymbol;
  readonly right: KconfigSymbol;
}

/** The two ends of `range`. */
export interface Ends extends Cached {
  readonly kind: 'range';
  readonly left: KconfigSymbol;
  readonly right: KconfigSymbol;
}

export type Expression = SymbolReference | Negation | Connection | ComparisonOfSymbols | Ends;

/** What is remembered of an expression. */
interface Cached {
  readonly id: number;
  /** The identities of what it is made of, and the next expression with the same hash. */
  readonly first: number;
  readonly second: number;
  readonly sibling: Expression | undefined;
  /** The round of evaluation that the value is of. */
  validIn: number;
  value: Tristate;
  /** What simplification made of it. */
  transformed: Expression | undefined;
  withoutDuplicates: Expression | undefined;
}

/** Where something stands in Kconfig files. */
export interface KconfigPlace {
  readonly file: string;
  readonly line: number;
}

/**
 * A symbol: `config NAME`, a constant such as "y" or 0x10, or a choice, which has no name.
 *
 * One class for all, as the evaluator touches these members most of all.
 */
export class KconfigSymbol {
  type: SymbolType = 'unknown';
  /** A marked constant of the language (`"text"`), apart from symbols of the same name. */
  readonly isConstant: boolean;
  /** Kept for old configurations alone: read, never written. */
  isTransitional = false;
  readonly properties: Property[] = [];
  /** The places that define it, in the order of the files. */
  readonly entries: MenuEntry[] = [];

  /** What its definitions depend on; undefined where one of them depends on nothing that is known. */
  directDependency: Expression | undefined;
  /** What selects it, and what implies it. */
  selectedBy: Expression | undefined;
  impliedBy: Expression | undefined;

  /** What a configuration says of it. */
  hasUserValue = false;
  userState: Tristate = NO;
  userText: string | undefined;
  /** That is what the tools of another machine answered, and counts although no prompt asks for it. */
  isRecorded = false;

  /** The calculated value, and in which round of evaluation it was calculated. */
  state: Tristate = NO;
  text = '';
  validIn = -1;
  /** Whether a configuration has a line for it. */
  isWritten = false;
  visible: Tristate = NO;
  directState: Tristate = NO;
  selectedState: Tristate = NO;
  impliedState: Tristate = NO;

  /** The choice among whose members it is listed. */
  memberOf: MenuEntry | undefined;
  /** See `choiceOf`; null where it was looked for in vain. */
  choice: MenuEntry | null | undefined;
  hasBeenChecked = false;

  constructor(
    /** Unique among symbols and expressions of one set. */
    readonly id: number,
    readonly name: string | undefined,
    isConstant: boolean,
  ) {
    this.isConstant = isConstant;
  }

  /** A choice is a symbol without a name. */
  get isChoice(): boolean {
    return this.name === undefined;
  }
}

export type PropertyKind = 'prompt' | 'menu' | 'comment' | 'default' | 'select' | 'imply' | 'range';

/** One property of a symbol or a menu: what one line of a Kconfig file says. */
export interface Property extends KconfigPlace {
  kind: PropertyKind;
  readonly entry: MenuEntry;
  /** What a prompt, menu or comment says. */
  text: string | undefined;
  /** The value of a default, the target of a select, the two ends of a range. */
  readonly value: Expression | undefined;
  /** The condition as it was written behind `if`. */
  readonly condition: Expression | undefined;
  /** The condition together with what all around asks for. */
  visible: Expression | undefined;
}

/** One line `depends on`, `visible if` or `if`, as it was written. */
interface WrittenDependency extends KconfigPlace {
  readonly expression: Expression;
}

type EntryKind = 'root' | 'config' | 'choice' | 'menu' | 'if' | 'comment';

/** A node of the menu tree. */
export class MenuEntry implements KconfigPlace {
  parent: MenuEntry | undefined;
  next: MenuEntry | undefined;
  firstChild: MenuEntry | undefined;
  prompt: Property | undefined;
  /** What it depends on, with what all around it depends on once the tree is complete. */
  dependency: Expression | undefined;
  /** The dependencies line by line, for those who ask why. */
  readonly written: WrittenDependency[] = [];
  /** What `visible if` of a menu asks for. */
  visibility: Expression | undefined;
  /** The entry whose block it stands in, whatever the finished tree made of it. */
  readonly block: MenuEntry | undefined;
  hasHelp = false;
  /** Members of a choice: those that a configuration named last come first. */
  readonly members: KconfigSymbol[] = [];

  constructor(
    readonly kind: EntryKind,
    readonly symbol: KconfigSymbol | undefined,
    parent: MenuEntry | undefined,
    readonly file: string,
    readonly line: number,
  ) {
    this.parent = parent;
    this.block = parent;
  }
}

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

export function isComparison(expression: Expression): expression is ComparisonOfSymbols {
  return COMPARISONS.has(expression.kind);
}

/** All entries below one, in the order of the files: a parent before its children. */
export function* entriesBelow(root: MenuEntry): Generator<MenuEntry> {
  for (let entry = entryAfter(root, root); entry; entry = entryAfter(entry, root)) yield entry;
}

function entryAfter(entry: MenuEntry, root: MenuEntry): MenuEntry | undefined {
  if (entry.firstChild) return entry.firstChild;
  let at: MenuEntry | undefined = entry;
  while (at && at !== root && !at.next) at = at.parent;
  return at === root ? undefined : at?.next;
}

/** The entry of the choice that a symbol is a member of: the innermost symbol around the definition that has a prompt. */
export function choiceOf(symbol: KconfigSymbol): MenuEntry | undefined {
  if (symbol.choice === undefined) symbol.choice = findChoice(symbol) ?? null;
  return symbol.choice ?? undefined;
}

function findChoice(symbol: KconfigSymbol): MenuEntry | undefined {
  let entry = symbol.entries.find(({ prompt }) => prompt !== undefined)?.parent;
  while (entry && !entry.symbol) entry = entry.parent;
  return entry?.symbol?.isChoice ? entry : undefined;
}
