/** The file scope of a unit, read lazily: a name is looked up in the item tables, and only its items are parsed. */
import type { Dialect } from '../preprocessor/dialect';
import type { expand } from '../preprocessor/expand';
import { itemText, outside } from '../preprocessor/item-text';
import type { Item, ItemTable } from '../preprocessor/items';
import { type Leaves, LeftBodies } from '../preprocessor/left-bodies';
import type { CallSite } from '../preprocessor/nameindex';
import type { PToken } from '../preprocessor/ptoken';
import type { Reading } from '../preprocessor/reading';
import type { SourceFile } from '../preprocessor/source';
import type { Unit } from '../preprocessor/unit';
import { nameId } from '../text/names';
import type { Declaration } from '../types/ast';
import { type EnumDeclaration, isIncompleteArray, type RecordDeclaration, strip } from '../types/model';
import { comparedTypedef, declaredTwice } from '../types/redeclared';
import type { Globals, LayoutOracle } from '../types/scope';
import { TaggedRecord } from '../types/tagged';
import { expanded } from './expanded';
import { faultsOf } from './file-faults';
import type { Declaring, ItemTables, Listed } from './listed-items';
import { isFilledByMacros, type MadeNames, madeNames } from './made-names';
import { ParsedBodies } from './parsed-bodies';
import { MOST_TOKENS, type ParsedItem, parseItem } from './parser';
import { Redeclarations } from './redeclarations';
import { TagTable } from './tag-table';
import { DEEPEST, TooDeep } from './too-deep';
import { mayDiffer } from './typedef-items';

export class UnitGlobals implements Globals {
  /** The globals that answer for records made before the last edit; shared along a chain of edits. */
  private owner: { globals: UnitGlobals } = { globals: this };
  private readonly tags: TagTable;
  readonly conflict: NonNullable<Globals['conflict']>;
  private readonly names = new Map<string, Declaration>();
  private readonly parsed = new Set<Item>();
  /** Items that are being parsed now, each perhaps for the sake of the one before. */
  private readonly active = new Set<Item>();
  /** Of these, how many are nested in each other on the stack; the others wait to be begun again. */
  private depth = 0;
  /** What calls at file scope expand to, as far as that was asked for. */
  private made = new WeakMap<Item, MadeNames>();
  /** Where the item that is parsed now notes the files that it takes names from. */
  private rests: Set<string> | undefined;
  private readonly bodies = new ParsedBodies();
  /** Tags that the file of the item which is parsed now mentions as things of several kinds. */
  private mixedTags: ReadonlySet<number> | undefined;
  private readonly restsOf = new WeakMap<RecordDeclaration, ReadonlySet<string>>();
  /** Names that were looked for everywhere. */
  private readonly missing = new Set<string>();
  /** Enumerators of whose names all declarations in their files were read. */
  private readonly compared = new Set<string>();
  private readonly redeclarations = new Redeclarations();
  private readonly listed: Listed[] = [];
  private readonly places = new Map<ItemTable, { readonly reading: Reading; readonly order: number }>();

  constructor(
    readonly unit: Unit,
    private readonly itemTables: ItemTables,
    readonly oracle: LayoutOracle,
    /** Globals of a unit with the same headers, whose main file differed in function bodies alone. */
    like?: UnitGlobals,
  ) {
    const owner = like?.owner ?? this.owner;
    this.tags = new TagTable((tag, isFound, all) => owner.globals.searchTag(tag, isFound, all));
    this.conflict = (name, path) => owner.globals.conflictIn(name, path);
    if (like) {
      this.adopt(like);
      return;
    }
    // The main file comes first: what it declares hides what nobody else may see.
    const { readings, main } = unit;
    for (const reading of [main, ...readings.filter((other) => other !== main)]) {
      const table = itemTables.tableOf(reading);
      this.listed.push({ table, reading });
      if (!this.places.has(table)) this.places.set(table, { reading, order: this.places.size });
    }
  }

  /**
   * Whether globals of `like` serve for a unit that was made of its: the headers are the same, and so is all of the main
   * file but the bodies of functions.
   */
  static fits(like: UnitGlobals, unit: Unit, tables: ItemTables): boolean {
    const { readings, main } = unit;
    const old = like.unit;
    if (old.readings.length !== readings.length || old.main.file.path !== main.file.path) return false;
    if (!readings.every((reading, index) => reading === main || reading === old.readings[index])) return false;
    const before = like.mainTable;
    const after = tables.tableOf(main);
    if (before.items.length !== after.items.length) return false;
    return before.items.every((item, index) => outside(before, item) === outside(after, after.items[index]));
  }

  private adopt(like: UnitGlobals): void {
    const main = this.unit.main.file.path;
    const isMain = (place: { readonly path: string } | undefined): boolean => place?.path === main;
    // What headers say stays as it is; what the main file defines is read again, as its places may have moved.
    this.owner = like.owner;
    this.owner.globals = this;
    this.tags.adopt(like.tags, isMain);
    this.redeclarations.adopt(like.redeclarations, isMain);
    for (const [name, declaration] of like.names) if (!isMain(declaration.place)) this.names.set(name, declaration);
    const { table: oldMain } = like.listed[0];
    const mainItems = new Set(oldMain.items);
    for (const item of like.parsed) if (!mainItems.has(item)) this.parsed.add(item);
    this.made = like.made;
    for (const listed of like.listed) {
      const entry =
        listed.table === oldMain ? { table: this.itemTables.tableOf(this.unit.main), reading: this.unit.main } : listed;
      this.listed.push(entry);
      if (!this.places.has(entry.table))
        this.places.set(entry.table, { reading: entry.reading, order: this.places.size });
    }
  }

  /** Those of some tables that belong to this unit, in the order in which it reads them. */
  private own(tables: readonly ItemTable[]): Listed[] {
    const found: { table: ItemTable; reading: Reading; order: number }[] = [];
    for (const table of tables) {
      const place = this.places.get(table);
      if (place) found.push({ table, ...place });
    }
    return found.length > 1 ? found.sort((a, b) => a.order - b.order) : found;
  }

  ordinary(name: string): Declaration | undefined {
    const found = this.find(name);
    if (found?.place) this.rests?.add(found.place.path);
    return found;
  }

  isDeclaredAgain(name: string): boolean {
    return [...this.declaring(name)].length > 1;
  }

  private conflictIn(name: string, path: string): string | undefined {
    const id = nameId(name);
    for (const table of this.itemTables.names.ordinaryTables(id)) {
      const reading = table.file.path === path ? this.places.get(table)?.reading : undefined;
      if (reading && table.ordinary.isRepeated(id))
        for (const index of table.ordinary.get(id))
          if (!this.active.has(table.items[index])) this.declare(reading, table.items[index]);
    }
    return this.redeclarations.conflict(name, path, this.oracle);
  }

  private find(name: string): Declaration | undefined {
    const known = this.names.get(name);
    let enumerator = known?.kind === 'enumerator' && !this.compared.has(name) ? known : undefined;
    const isSettled = known && !enumerator && !isIncompleteArray(known.type);
    if (isSettled || this.missing.has(name) || name.startsWith('__builtin_')) return known;
    let isTypedef = false;
    for (const { reading, item } of this.declaring(name)) {
      // An item that is being parsed asks for its own names: they are declared elsewhere, or not yet.
      if (this.active.has(item)) continue;
      if (isTypedef && !mayDiffer(itemText(reading.file, item), name)) continue;
      // What its own file says again is refused.
      if (enumerator !== undefined && enumerator.place?.path !== reading.file.path) continue;
      this.declare(reading, item);
      const found = this.names.get(name);
      isTypedef = found?.kind === 'typedef';
      enumerator = found?.kind === 'enumerator' ? found : undefined;
      // Another declaration may give the length that `extern T name[]` leaves open.
      if (found && !isTypedef && !enumerator && !isIncompleteArray(found.type)) return found;
    }
    if (enumerator) this.compared.add(name);
    for (const sites of [this.itemTables.names.callsFor(name), this.itemTables.names.filled])
      if (this.names.get(name) === undefined) this.parseMade(name, sites);
    const found = this.names.get(name);
    if (!found && this.active.size === 0) this.missing.add(name);
    return found;
  }

  record(kind: 'struct' | 'union', tag: string): RecordDeclaration {
    return this.tags.record(kind, tag);
  }

  enumeration(tag: string): EnumDeclaration {
    return this.tags.enumeration(tag);
  }

  defineRecord(tag: string, definition: RecordDeclaration): void {
    const taken = this.tags.defineRecord(tag, definition);
    if (taken && this.rests) this.restsOf.set(taken, this.rests);
  }

  isOfSeveralKinds(tag: string): boolean {
    return this.mixedTags?.has(nameId(tag)) ?? false;
  }

  /** The files that the item which defines a record takes macros and names from. */
  filesBehind(record: RecordDeclaration): ReadonlySet<string> {
    const definition = record instanceof TaggedRecord ? record.definition : record;
    return (definition && this.restsOf.get(definition)) ?? new Set();
  }

  /** Every record that a parsed item defined under a tag. */
  get defined(): RecordDeclaration[] {
    return this.tags.defined;
  }

  defineEnumeration(tag: string, definition: EnumDeclaration): void {
    this.tags.defineEnumeration(tag, definition);
  }

  define(declaration: Declaration): void {
    const known = this.names.get(declaration.name);
    if (known) this.redeclarations.note(known, declaration);
    const twice = known && declaredTwice(known, declaration);
    // A function's definition says no more of its type than its first declaration, but has the body.
    // An array's definition gives the length that `extern T name[]` left open, a constant's its value.
    const isNumber = declaration.type.isConst && strip(declaration.type).kind === 'integer';
    const isFuller = (declaration.body && !known?.body) || (isNumber && declaration.initializer && !known?.initializer);
    if (twice) this.names.set(declaration.name, twice);
    else if (!known || isFuller || declaration.isConstexpr || isIncompleteArray(known.type))
      this.names.set(declaration.name, declaration);
    else if (known.kind === 'typedef')
      this.names.set(declaration.name, comparedTypedef(known, declaration, this.oracle));
  }

  /** The tokens of an item, or of a part of one, macros expanded, but for those that are to stay as they are written. */
  tokensOf(reading: Reading, range: Pick<Item, 'first' | 'end'>, stays?: Leaves['stays']): readonly PToken[] {
    return expanded(this.unit, reading, range, { rests: this.rests, stays }).tokens;
  }

  /** Takes in what an item of a reading declares, once. Its tokens, which take most of the memory, are not kept. */
  declare(reading: Reading, item: Item): void {
    if (!this.parsed.has(item)) this.parse(reading, item);
  }

  /** Parses what an item of a reading declares, made anew each time; bodies of functions are left out. */
  parse(reading: Reading, item: Item): ParsedItem {
    if (this.depth > 0) {
      if (this.depth >= DEEPEST) throw new TooDeep(reading, item);
      return this.parseNow(reading, item);
    }
    // What was too deep is parsed from here, and those that wanted it once more.
    const waiting: { readonly reading: Reading; readonly item: Item }[] = [{ reading, item }];
    for (;;) {
      const { reading, item } = waiting[waiting.length - 1];
      try {
        const parsed = this.parseNow(reading, item);
        waiting.pop();
        if (waiting.length === 0) return parsed;
      } catch (error) {
        if (!(error instanceof TooDeep)) {
          for (const { item } of waiting) this.active.delete(item);
          throw error;
        }
        this.active.add(item);
        waiting.push(error);
      }
    }
  }

  private parseNow(reading: Reading, item: Item): ParsedItem {
    const { rests: outer, mixedTags } = this;
    this.active.add(item);
    this.depth++;
    try {
      this.rests = new Set();
      const faults = faultsOf(this.itemTables.tableOf(reading), reading);
      this.mixedTags = faults?.mixedTags;
      const junk = faults?.besideJunk.get(item);
      const end = item.isFunction && !item.isCall ? item.body : item.end;
      const { path } = reading.file;
      let doubt = this.unit.doubtIn(path, item.first, item.end);
      if (junk !== undefined) doubt ??= `${junk} stands beside it`;
      const made = expanded(
        this.unit,
        reading,
        { first: item.first, end },
        {
          rests: this.rests,
          most: MOST_TOKENS,
          doubtful: (reason) => {
            doubt ??= reason;
          },
        },
      );
      const parsed = parseItem(made.tokens, this, { bodies: false, pack: this.packOf(reading, item, made), doubt });
      this.parsed.add(item);
      return parsed;
    } finally {
      this.depth--;
      this.rests = outer;
      this.mixedTags = mixedTags;
      this.active.delete(item);
    }
  }

  /** Parses an item whole, bodies and all. */
  parseWhole(reading: Reading, item: Item): ParsedItem {
    const parse = (): ParsedItem => {
      const made = expanded(this.unit, reading, item, { rests: this.rests, most: MOST_TOKENS });
      return parseItem(made.tokens, this, { bodies: true, pack: this.packOf(reading, item, made) });
    };
    return this.rests ? parse() : this.bodies.of(reading, item, parse);
  }

  /** The function of this name whose body is in sight: the main file's, or an inline one of a header. */
  definitionOf(name: string): Declaring | undefined {
    return [...this.declaring(name)].find(({ item }) => item.isFunction);
  }

  private packOf(reading: Reading, item: Item, made: ReturnType<typeof expand>): number | number[] {
    return this.unit.packs.limitsIn(reading, item, made, this.unit.end);
  }

  get dialect(): Dialect {
    return this.itemTables.dialect;
  }

  /** Stands for all globals along a chain of edits, for whoever remembers things about them. */
  get lineage(): object {
    return this.owner;
  }

  /** The item table of the main file. */
  get mainTable(): ItemTable {
    return this.listed[0].table;
  }

  /** Every reading with its items, the main file first. */
  get tables(): readonly Listed[] {
    return this.listed;
  }

  /** Files of the unit, for whoever asks what a result rests on. */
  get files(): readonly SourceFile[] {
    return this.listed.map(({ table }) => table.file);
  }

  /** @param all Only items whose text has the tag are read then. */
  private searchTag(tag: string, found: () => boolean, all = false): void {
    for (const { reading, item } of this.tagged(tag)) {
      this.declare(reading, item);
      if (found()) return;
    }
    if (!all) this.parseMade(tag, this.itemTables.names.callsFor(tag));
  }

  /** Items that define a tag; what is being parsed and what calls come to aside. */
  private *tagged(tag: string): Generator<{ readonly reading: Reading; readonly item: Item }, void> {
    const id = nameId(tag);
    for (const { table, reading } of this.own(this.itemTables.names.tagTables(id)))
      for (const index of table.tags.get(id))
        if (!this.active.has(table.items[index])) yield { reading, item: table.items[index] };
  }

  definesElsewhere(tag: string): boolean {
    return this.tagged(tag).next().done === false;
  }

  /** Macro calls may declare names that stand nowhere in the text. */
  private parseMade(name: string, sites: Iterable<CallSite>): void {
    for (const { reading, item } of this.making(name, sites, this.parsed)) {
      this.declare(reading, item);
      if (this.names.has(name)) return;
    }
  }

  /** The macro calls at file scope in whose expansions a name stands: those with an argument that is a part of it are expanded. */
  *making(name: string, sites = this.itemTables.names.callsFor(name), but?: ReadonlySet<Item>): Generator<Declaring> {
    for (const { table, item } of sites) {
      const reading = this.places.get(table)?.reading;
      if (!reading || this.active.has(item) || but?.has(item)) continue;
      if (this.madeBy(reading, item).names.has(nameId(name))) yield { reading, table, item };
    }
  }

  /** The items that may declare an ordinary name. */
  *declaring(name: string): Generator<Declaring> {
    const id = nameId(name);
    for (const { table, reading } of this.own(this.itemTables.names.ordinaryTables(id)))
      for (const index of table.ordinary.get(id)) yield { reading, table, item: table.items[index] };
  }

  /** What stands in the expansion of a macro call at file scope. */
  madeBy(reading: Reading, call: Item): MadeNames {
    let made = this.made.get(call);
    if (!made) {
      const { rests } = this;
      this.rests = undefined;
      const isEmpty = call.isFilled && !isFilledByMacros(this.unit, reading, call);
      this.made.set(call, (made = madeNames(isEmpty ? [] : this.declaredBy(reading, call), call.isCall)));
      this.rests = rests;
    }
    return made;
  }

  /** As `tokensOf`; where no function's body would tell what is declared, these are left as they are written. */
  private declaredBy(reading: Reading, item: Item): readonly PToken[] {
    const left = new LeftBodies();
    const { tokens } = expanded(this.unit, reading, item, { rests: undefined, left });
    return left.isSure(tokens) ? tokens : this.tokensOf(reading, item);
  }
}
