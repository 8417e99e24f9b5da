/** One file under the rules' eyes: its unit, its types, and the member accesses that rules ask for; worked out lazily. */
import { assertsOf, matchesOf } from '../facts/asserts';
import type { DerivedReserved, DerivedTag, TakenBack } from '../facts/derived';
import { DerivedFacts } from '../facts/derived-facts';
import type { LayoutAssert } from '../facts/layout-assert';
import { type HeaderScope, placeOf, type TreeOffer, type TreeOffers } from '../facts/tree-offers';
import { layoutRecord, type RecordLayout } from '../layout/record';
import type { Target } from '../layout/target';
import { type Facts, shippedFacts } from '../packs/facts';
import { UnitGlobals } from '../parser/globals';
import type { ParsedItem } from '../parser/parser';
import { type EvaluatedConfiguration, titleOf } from '../preprocessor/config';
import { countersOf } from '../preprocessor/inclusion-budget';
import type { Item } from '../preprocessor/items';
import { isActive, type Reading } from '../preprocessor/reading';
import { type MacroDefinition, type SourceFile, StepKind } from '../preprocessor/source';
import type { PreprocessedTree } from '../preprocessor/tree';
import type { Unit } from '../preprocessor/unit';
import { nameId } from '../text/names';
import { postfixStart } from '../text/postfix';
import type { Place, SourceText } from '../text/text';
import { TokenKind, tokenAt } from '../text/tokens';
import type { Access, AccessMode } from '../types/accesses';
import type { Member, RecordDeclaration } from '../types/model';
import type { LayoutOracle } from '../types/scope';
import { baseRecord, findMember } from '../types/typer';
import { isMemberName, type Observation, observe } from './observe';
import type { FindProgram } from './program-tree';

/** A member access as it is written in a file. */
export interface AccessSite {
  readonly name: string;
  /** The file in which it is spelled: the one linted, or the header whose macro was expanded. */
  readonly file: SourceFile;
  /** Token index of the member's name in that file. */
  readonly nameToken: number;
  /** Token index where the whole expression starts; -1 where it can't be told. */
  readonly firstToken: number;
  readonly mode: AccessMode;
  readonly partial: boolean;
  readonly access: Access;
  /** The record that the base is of, or points to. */
  readonly record: RecordDeclaration;
  /** Undefined where the record has no such member (any more). */
  readonly member: Member | undefined;
  /** The function, and the macros from outside in, that it is spelled in. */
  readonly within: readonly string[];
}

/** Counters by name. */
export type Counters = Record<string, number>;

/** Strongest first: what is kept where a macro's argument is expanded more than once. */
const MODE_ORDER: readonly AccessMode[] = ['write', 'update', 'address', 'read', 'none'];

/** Code under conditions that do not hold is read in at most so many other ways for one file. */
const MOST_VARIANTS = 64;

export class FileAnalysis {
  private lexed: SourceFile | undefined;
  counters: Counters = {};
  private walked: { unit: Unit; globals: UnitGlobals } | undefined;

  constructor(
    readonly document: SourceText,
    readonly tree: PreprocessedTree,
    readonly target: Target,
    /** The kernel folder, to name files by. */
    readonly kernel: string,
    private readonly oracle: LayoutOracle,
    /** What the project's packs say. */
    readonly facts: Facts = shippedFacts,
    readonly configuration?: EvaluatedConfiguration,
    /** What the tree's headers say. */
    readonly derived = new DerivedFacts(),
    readonly program: FindProgram = () => undefined,
    /** What other headers of the tree offer. */
    private readonly others?: TreeOffers,
  ) {}

  /** The file itself, cut into tokens when the first rule asks for them. */
  get main(): SourceFile {
    this.lexed ??= this.tree.source(this.document.path, this.document.text) as SourceFile;
    return this.lexed;
  }

  get unit(): Unit {
    return this.walk().unit;
  }

  /** The main file as its unit reads it; undefined where nobody has asked for the unit. */
  get walkedMain(): Reading | undefined {
    return this.walked?.unit.main;
  }

  get globals(): UnitGlobals {
    return this.walk().globals;
  }

  /** The tagged words that headers tell of. */
  get derivedTags(): readonly DerivedTag[] {
    return this.derived.tagsFor(this.globals);
  }

  /** Those of the headers that any file may include, which are known without reading the file's. */
  get treeReserved(): readonly DerivedReserved[] {
    return this.derived.tree.reserved;
  }

  /** As `treeReserved`; undefined where nothing was worked out. */
  get treeTags(): readonly DerivedTag[] | undefined {
    const { folders, tags } = this.derived.tree;
    return folders.length > 0 ? tags : undefined;
  }

  /** The comments of headers that take back what headers say of tags; undefined where that was not worked out. */
  get treeTakenBack(): readonly TakenBack[] | undefined {
    return this.derived.tree.takenBack;
  }

  /** The headers in the file's folder. */
  *textsBeside(): Iterable<readonly [path: string, text: string]> {
    const { path } = this.main;
    for (const other of this.tree.headersIn(path.slice(0, path.lastIndexOf('/'))))
      yield [other, this.tree.plainText(other) ?? ''];
  }

  /** Whether the file names what only headers beside it speak of, as far as texts tell. */
  get isConcernedByLocalHeaders(): boolean {
    return this.derived.isLocal(this.main.path, this.main.text);
  }

  /** The members that headers ask to leave to others. */
  get derivedReserved(): readonly DerivedReserved[] {
    return this.derived.reservedFor(this.globals);
  }

  /** Whether a file is one of the headers that any file may include: what it does with a word is its owners' doing. */
  isGeneralHeader(path: string): boolean {
    return this.derived.tree.folders.some((folder) => path.startsWith(folder));
  }

  /** Members that are declared with a tag or typedef that marks tagged pointers. */
  holdersOf(type: string): readonly string[] {
    return this.derived.tree.holders[type] ?? [];
  }

  layout(record: RecordDeclaration): RecordLayout {
    return layoutRecord(record, this.target);
  }

  /** Counts from zero again: the same file is linted once more. */
  restart(): void {
    this.counters = this.walked ? countersOf(this.walked.unit) : {};
  }

  count(counter: string, by = 1): void {
    this.counters[counter] = (this.counters[counter] ?? 0) + by;
  }

  /** Where a member of a record is declared; of a path, its first step. */
  memberPlace(record: RecordDeclaration, path: string): Place | undefined {
    return findMember(record, path.split(/[.[]/)[0])?.place;
  }

  /** Where a function or macro of this name is declared, as far as this file sees; undefined where it sees none. */
  declares(name: string): Place | undefined {
    return placeOf(this.globals, name);
  }

  /** As `declares`; where this file sees none, in a header that it could include. */
  offers(name: string): Place | undefined {
    return this.declares(name) ?? this.offerOf(name)?.place;
  }

  /** What declares a name in a header that this file does not include, as the tree is configured. */
  offerOf(name: string): TreeOffer | undefined {
    return this.isForeign || this.declares(name) ? undefined : this.others?.find(name, this.main.path);
  }

  /** Where a name is to be looked up: in this file's own scope, or in that of the header that offers it. */
  scopeOf(name: string): UnitGlobals {
    return this.offerOf(name)?.globals ?? this.globals;
  }

  /** A header of this name (`page_ref.h`) with what it declares: one that this file includes, else one that it could. */
  headerNamed(name: string): HeaderScope | undefined {
    const own = this.globals.files.find(({ path }) => path.endsWith(`/${name}`));
    if (own) return { header: own.path, globals: this.globals };
    const other = this.isForeign ? undefined : this.others?.headerNamed(name);
    return other === undefined ? undefined : this.others?.scope(other);
  }

  /**
   * Whether this file, or a header that it may include, spells a name: where none does, `offers` would find nothing either,
   * but for names that a macro puts together and headers beside the file that it leaves alone. Much cheaper, as long as nobody
   * has asked for the unit.
   */
  mayOffer(name: string): boolean {
    const isSpelled = this.isForeign ? undefined : this.others?.isSpelled(name);
    if (isSpelled) return true;
    if (this.walked) return this.declares(name) !== undefined;
    const { path, text } = this.document;
    return isSpelled === false ? this.tree.mentionsBeside(name, path, text) : this.tree.mayMention(name, path, text);
  }

  /** A path as people read it: from the kernel folder where it lies below. */
  relative(path: string): string {
    return path.startsWith(`${this.kernel}/`) ? path.slice(this.kernel.length + 1) : path;
  }

  /** `include/linux/mm_types.h:130` */
  lineOf(place: Place): string {
    return `${this.relative(place.path)}:${this.lineNumber(place)}`;
  }

  /** The line, from 1, of a place in any file of the unit. */
  lineNumber(place: Place): number {
    const text = this.textOf(place.path) ?? '';
    let line = 1;
    for (let at = text.indexOf('\n'); at >= 0 && at < place.start; at = text.indexOf('\n', at + 1)) line++;
    return line;
  }

  textOf(path: string): string | undefined {
    return this.source(path)?.text;
  }

  /** The code at a place, on one line. */
  written({ path, start, end }: Place): string {
    return (this.textOf(path) ?? '').slice(start, end).replace(/\s+/g, ' ');
  }

  /** A file of the unit, in tokens; undefined where it can't be read. */
  source(path: string): SourceFile | undefined {
    return path === this.main.path ? this.main : this.tree.source(path);
  }

  /**
   * The accesses to members of these names whose base has a known record. Those with an unknown base are counted with
   * the reason, and are not given out: rules stay silent on them.
   */
  accesses(names: readonly string[]): AccessSite[] {
    const wanted = new Set(names.map(nameId));
    const candidates = this.candidates(wanted);
    if (candidates.length === 0) return [];
    const found = new Map<string, AccessSite>();
    const seen = new Set<number>();
    const done = new Set<object>();
    let variants = 0;
    for (const token of candidates) {
      let reading = this.unit.main;
      if (!isActive(reading, token)) {
        if (seen.has(token) || variants++ >= MOST_VARIANTS) continue;
        reading = this.unit.readingWith(token);
      }
      const table = this.tree.tableOf(reading);
      const item = table.items.find((other) => other.first <= token && token < other.end);
      if (!item || done.has(item)) continue;
      done.add(item);
      const start = this.main.tokens.starts[item.first];
      for (const observation of observe(this.globals, reading, item, (...of) => this.parsedWhole(...of))) {
        if (wanted.has(nameId(observation.access.expression.name))) this.addSite(observation, start, found, seen);
      }
    }
    for (const token of candidates) {
      if (isMemberName(this.main.tokens, token) && !seen.has(token)) this.count('accesses.unresolved: not parsed');
    }
    return [...found.values()];
  }

  /** The item around a token of the file, parsed whole; code that is not active is read as if its conditions held. */
  parsedAt(token: number): ParsedItem | undefined {
    const { reading, item } = this.itemAt(token);
    return item && this.parsedWhole(reading, item);
  }

  /** An item of the file, parsed whole; once, however many ask: a function whose end is missing holds the rest of the file. */
  parsedWhole(reading: Reading, item: Item): ParsedItem {
    let parsed = this.parsed.get(item);
    if (!parsed) this.parsed.set(item, (parsed = this.globals.parseWhole(reading, item)));
    return parsed;
  }

  private readonly parsed = new Map<Item, ParsedItem>();

  /** The build-time asserts that the file writes. */
  get asserts(): readonly LayoutAssert[] {
    return (this.asserted ??= this.gather(assertsOf));
  }

  /** Those that say two members lie at one place: functions that name no offset are not parsed for them. */
  get matches(): readonly LayoutAssert[] {
    return (this.matched ??= this.gather(matchesOf));
  }

  private gather(from: typeof assertsOf): readonly LayoutAssert[] {
    return from(this.globals, this.main.path, this.facts.buildBugs, (...of) => this.parsedWhole(...of));
  }

  private asserted: readonly LayoutAssert[] | undefined;
  private matched: readonly LayoutAssert[] | undefined;

  /** The tokens of the function or other item around one of the file's tokens: the first, and the one behind the last. */
  functionAround(token: number): readonly [number, number] {
    const item = token < 0 ? undefined : this.itemAt(token).item;
    return item ? [item.first, item.end] : [0, 0];
  }

  /** The item around a token, in the reading in which the token is active. */
  itemAt(token: number): { readonly reading: Reading; readonly item: Item | undefined } {
    const { main } = this.unit;
    const reading = isActive(main, token) ? main : this.unit.readingWith(token);
    const item = this.tree.tableOf(reading).items.find((other) => other.first <= token && token < other.end);
    return { reading, item };
  }

  /** The file belongs to another architecture than the layouts are for. */
  get isForeign(): boolean {
    return this.tree.isForeign(this.document.path);
  }

  /** What layouts are for, in a picture's heading; with the configuration where that was worked out. */
  get targetNote(): string {
    return titleOf(this.configuration) ?? this.target.name;
  }

  /** Tokens of these names that may be member accesses, and uses of the macros whose bodies hold such. */
  private candidates(wanted: ReadonlySet<number>): number[] {
    const { tokens, steps } = this.main;
    const words = new Set(wanted);
    const found: number[] = [];
    let isMember = false;
    const definedIn = (token: number): MacroDefinition | undefined =>
      steps.find(
        (step) =>
          step.kind === StepKind.Define && step.directive.firstToken <= token && token < step.directive.endToken,
      )?.definition;
    const take = (ids: ReadonlySet<number>): Set<number> => {
      const macros = new Set<number>();
      for (let token = 0; token < tokens.count; token++) {
        if (tokens.kinds[token] !== TokenKind.Identifier || !ids.has(tokens.ids[token])) continue;
        found.push(token);
        isMember ||= isMemberName(this.main.tokens, token);
        const macro = definedIn(token);
        if (macro && macro.start !== tokens.starts[token] && !words.has(macro.id)) macros.add(macro.id);
      }
      for (const id of macros) words.add(id);
      return macros;
    };
    for (let ids: ReadonlySet<number> = wanted; ids.size > 0; ) ids = take(ids);
    return isMember ? found.sort((a, b) => a - b) : [];
  }

  private addSite(observation: Observation, start: number, found: Map<string, AccessSite>, seen: Set<number>): void {
    const { access, within } = observation;
    const file = observation.header ?? this.main;
    const spelled = observation.header ? observation.offset : start + observation.offset;
    const nameToken = tokenAt(file.tokens, spelled);
    const isFirst = file !== this.main || !seen.has(nameToken);
    if (file === this.main) seen.add(nameToken);
    const record = baseRecord(access.expression, this.globals);
    if ('reason' in record) {
      if (isFirst) this.count(`accesses.unresolved: ${record.reason}`);
      return;
    }
    if (isFirst) this.count('accesses.resolved');
    const key = `${file.path}:${spelled}:${record.tag ?? ''}`;
    const known = found.get(key);
    if (known && MODE_ORDER.indexOf(known.mode) <= MODE_ORDER.indexOf(access.mode)) return;
    found.set(key, {
      name: access.expression.name,
      file,
      nameToken,
      firstToken: postfixStart(file.tokens, nameToken - 1, access.expression.base.kind === 'call'),
      mode: access.mode,
      partial: access.partial,
      access,
      record,
      member: findMember(record, access.expression.name),
      within,
    });
  }

  private walk(): { unit: Unit; globals: UnitGlobals } {
    if (!this.walked) {
      const unit = this.tree.unit(this.document.path, this.document.text);
      const last = lastGlobals.get(this.tree);
      const like = last && last.oracle === this.oracle && UnitGlobals.fits(last, unit, this.tree) ? last : undefined;
      const globals = new UnitGlobals(unit, this.tree, this.oracle, like);
      lastGlobals.set(this.tree, globals);
      this.walked = { unit, globals };
      Object.assign(this.counters, countersOf(unit));
    }
    return this.walked;
  }
}

/** The globals made last for each tree: most often the next ones are of the same file, a keystroke later. */
const lastGlobals = new WeakMap<PreprocessedTree, UnitGlobals>();
