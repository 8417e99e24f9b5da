/** The pipeline, in order: text, preprocessing, types, layouts, rules. Pure: files come through the project's reader. */

import { type AllowedRule, allowsOf, type Suppressed, sift } from './analysis/allow';
import { FileAnalysis } from './analysis/analysis';
import { asCompiled } from './analysis/compiled';
import { byPlace, type Finding } from './analysis/finding';
import { programOf } from './analysis/ioctl-sizes';
import { type LevelSettings, Levels } from './analysis/levels';
import { Needs } from './analysis/needs';
import type { ProgramTree } from './analysis/program-tree';
import { hasRivals } from './analysis/rival-declarations';
import type { Review, Rule } from './analysis/rule';
import type { Theme } from './drawing/hover-colours';
import { C_ASSERTS } from './facts/assert-macros';
import { areWordsAsked, type Depth, type Derived, NOTHING_DERIVED, takenBackBy } from './facts/derived';
import { DerivedFacts } from './facts/derived-facts';
import { LocalHeaders } from './facts/local-headers';
import { SourcesBeside } from './facts/sources-beside';
import { TreeOffers } from './facts/tree-offers';
import type { CompileFlags } from './kbuild/flags';
import { layoutOracle } from './layout/oracle';
import { type Target, type TargetName, target, targetName } from './layout/target';
import { type Facts, factsWith } from './packs/facts';
import type { Pack } from './packs/pack';
import type { EvaluatedConfiguration } from './preprocessor/config';
import type { TracedTree } from './preprocessor/notes';
import type { Lexer } from './preprocessor/source';
import { PreprocessedTree } from './preprocessor/tree';
import { type Description, describe } from './queries/describe';
import { type NamedRecord, nameAt } from './queries/named-at';
import { rules } from './rules/index';
import type { WordNeed } from './search/word-search';
import type { SourceReader, SourceText } from './text/text';

/** A kernel tree with what its layouts are for. Paths are absolute. */
export interface Project {
  /** The source tree (or a distribution's split `-common` headers). */
  readonly kernel: string;
  /** The O= folder with `.config` and `include/generated`; often the kernel folder itself. */
  readonly build: string;
  /** As under arch/: `x86`, `arm64`, `powerpc`; 32-bit x86 is `i386`. */
  readonly arch: string;
  /** Which of the architecture's data models counts; undefined for its first one, and where there is none. */
  readonly target?: TargetName;
  /** A `.config` given by the user in place of the build folder's. */
  readonly configFile?: string;
  /** The folder of a module that is built out of the tree, where one is looked at. */
  readonly module?: string;
  readonly reader: SourceReader;
  /** The configuration, where it was worked out; else it is read from the file or the build folder. */
  readonly configuration?: EvaluatedConfiguration;
  /** What makes tokens of headers; it may remember them. The plain lexer where there is none. */
  readonly lex?: Lexer;
  /** What single files are compiled with beyond what all are. */
  readonly compile?: CompileFlags;
  /** The names in a folder; none where there is no disk to ask. */
  readonly list?: (folder: string) => readonly string[];
  /** Packs beside those that ship, already checked. */
  readonly packs?: readonly Pack[];
  /** The same tree for a target whose programs this one's kernel runs, too; worked out when asked for. */
  readonly onTarget?: (name: string) => Project | undefined;
  /** What the tree's headers say of their members; undefined where that was not worked out. */
  readonly derived?: Derived;
}

export interface LintOptions {
  /** Only these rules, and everywhere; undefined means those that `levels` and the defaults say. */
  readonly rules?: ReadonlySet<string>;
  /** What the user said of rules and of files; plain data. */
  readonly levels?: LevelSettings;
  /** Also report what newer kernels moved behind an accessor that this tree lacks. */
  readonly ahead: boolean;
}

/** Of one file no more findings are given: nobody reads them, and no editor shows them. */
export const MOST_FINDINGS = 1000;

/** The counter of those that go beyond it. */
export const LEFT_OUT = 'findings.leftOut';

/** Counters by name, added up over files: `files`, `accesses.resolved`, `accesses.unresolved: REASON` … */
export type Stats = Record<string, number>;

export interface LintResult {
  /** Sorted by place, then rule. A finding may stand in another file than the one linted (a macro's body). */
  readonly findings: readonly Finding[];
  /** Findings that a comment allows, in the same order. */
  readonly suppressed?: readonly Suppressed[];
  readonly stats: Stats;
  /** Numbers of the questions that the result rests on (see TracedTree); undefined where not all are known. */
  readonly asked?: readonly number[];
}

export type { Description, NamedRecord, Theme };

/** What the rules that may be on ask of what headers say by themselves. */
export function asksHeaders({ levels, rules: only }: LintOptions): Depth {
  const set = new Levels(levels, only);
  const asking = rules.filter((rule) => rule.derivedWords !== undefined && set.mayBeOn(rule));
  const isAboutAsserts = only !== undefined && rules.some(({ id, asksOfAsserts }) => asksOfAsserts && only.has(id));
  if (asking.length === 0) return isAboutAsserts ? 'asserts' : 'gates';
  return isAboutAsserts || asking.some(({ isThorough }) => isThorough) ? 'all' : 'words';
}

/**
 * Lints documents of one project. Keeps what it read of headers; `forget` drops what depends on a changed file.
 * Cannot fail: whatever could not be analysed is silent and counted.
 */
export class Linter {
  private readonly active: readonly Rule[];
  private readonly levels: Levels;
  protected readonly tree: PreprocessedTree;
  private readonly target: Target;
  private readonly facts: Facts;
  private needs: Needs;
  private readonly derived: DerivedFacts;
  private readonly local: LocalHeaders;
  private readonly beside: SourcesBeside;
  private readonly offers: TreeOffers;

  constructor(
    readonly project: Project,
    readonly options: LintOptions,
    /** The project's, where it is there already. */
    tree?: PreprocessedTree,
  ) {
    this.levels = new Levels(options.levels, options.rules);
    this.active = rules.filter((rule) => this.levels.mayBeOn(rule));
    this.facts = factsWith(project.packs);
    const isThorough = this.active.some((rule) => rule.isThorough);
    const asserts = [...C_ASSERTS, ...this.facts.buildBugs];
    const areOwnAsked = areWordsAsked(project.derived ?? NOTHING_DERIVED);
    // An architecture without a data model is read as the most common one: types do not depend on it, layouts do.
    const name = project.target ?? targetName(project.arch) ?? 'x86_64';
    this.tree = tree ?? new PreprocessedTree({ ...project, target: name });
    this.target = target(name, this.tree.compiler.name);
    const read = (path: string): string | undefined => project.reader.read(path);
    this.beside = new SourcesBeside(this.tree, layoutOracle(this.target), read);
    this.local = new LocalHeaders(this.tree, read, isThorough, asserts, areOwnAsked ? this.beside : undefined);
    this.derived = new DerivedFacts(
      project.derived,
      (path, text) => this.local.mayConcern(path, text),
      isThorough,
      takenBackBy(this.facts.notDerived, project.kernel),
      this.beside,
    );
    this.needs = this.needsNow();
    this.offers = new TreeOffers(this.tree, this.target, project.derived?.declared, project.derived?.folders);
  }

  /**
   * A linter that knows what the tree's headers say, too; what this one has read of files it need not read again.
   *
   * @param changed Paths of files that are not as they were when this was worked out.
   */
  told(derived: Derived, changed: Iterable<string>): Linter {
    return new Linter({ ...this.project, derived }, this.options, this.tree).withChanged(changed);
  }

  /** What was worked out of the headers does not know these files as they are. */
  protected withChanged(changed: Iterable<string>): this {
    for (const path of changed) this.offers.forget(path);
    return this;
  }

  /** What is wrong with the set-up, for people: a missing `.config`, a tree without its headers. */
  problems(): readonly string[] {
    return this.tree.problems;
  }

  /** What a file must hold for any active rule to have something to say about it: one of these needs, sorted. */
  candidateWords(): readonly WordNeed[] {
    const needs = new Map(this.active.flatMap((rule) => this.needs.of(rule)).map((need) => [String(need), need]));
    return [...needs.keys()].sort().map((key) => needs.get(key)!);
  }

  /** Whether a file names what only headers beside it speak of, so that some rule may have to say something of it. */
  mayDerive(path: string, text: string): boolean {
    return (
      (this.active.some(({ derivedWords }) => derivedWords) && this.local.mayConcern(path, text)) ||
      (this.active.some(({ asksOfAsserts }) => asksOfAsserts) && this.local.mayAssert(path, text))
    );
  }

  /** Reads the headers that hold what rules and hovers ask for, and all that these include, one at each step. */
  readAhead(): Iterator<void> {
    const text = this.facts.context.map((name) => `#include <${name}>\n`).join('');
    return this.tree.readAhead(`${this.project.kernel}/<ahead>.c`, text);
  }

  /** Makes what every file takes: what the rules ask for, and the search for it. */
  getReady(): void {
    this.needs.getReady();
  }

  /** Reads a file that will be linted, with all that it includes: what the tree's headers say may still be looked up. */
  read(document: SourceText): void {
    void this.analyse(document).globals;
    // What it asked of the tree is to be told to whoever lints it.
    this.last = undefined;
  }

  lint(document: SourceText): LintResult {
    const { result, ids } = this.tree.notes.whole(() => this.lintNow(document));
    return { ...result, asked: ids };
  }

  /** As `lint`; undefined where that takes headers. */
  lintAlone(document: SourceText): LintResult | undefined {
    const result = this.tree.withoutHeaders(() => this.lint(document));
    if (!result) this.last = undefined;
    return result;
  }

  /** What the results rest on. */
  get traced(): TracedTree {
    return this.tree;
  }

  private lintNow(document: SourceText): LintResult {
    const analysis = this.analyse(document);
    analysis.restart();
    const here = this.active.filter(
      (rule) => this.levels.levelOf(rule, this.nameOf(analysis, document.path)) !== 'off',
    );
    const asked = here.filter((rule) => this.needs.maySpeak(rule, document));
    if (asked.some((rule) => rule.takesHeaders)) this.tree.needHeaders();
    const compiled = (finding: Finding): Finding[] => {
      const own = asCompiled(finding, analysis.main, analysis.walkedMain);
      return own === undefined || hasRivals(own, analysis) ? [] : [own];
    };
    const found = asked
      .flatMap((rule) => this.levelled(rule, rule.check(analysis, this.options), analysis))
      .flatMap(compiled);
    const { spoken, suppressed, used } = sift(found, (path) => analysis.source(path));
    if (suppressed.length > 0) analysis.counters['findings.allowed'] = suppressed.length;
    const reviewed = asked
      .flatMap((rule) =>
        rule.review ? this.levelled(rule, rule.review(analysis, this.reviewOf(analysis, here, used)), analysis) : [],
      )
      .flatMap(compiled);
    const all = [...spoken, ...reviewed].sort(byPlace);
    const findings = all.slice(0, MOST_FINDINGS);
    if (findings.length < all.length) analysis.counters[LEFT_OUT] = all.length - findings.length;
    const result = { findings, stats: { files: 1, ...analysis.counters } };
    return suppressed.length > 0 ? { ...result, suppressed } : result;
  }

  private levelled(rule: Rule, findings: Iterable<Finding>, analysis: FileAnalysis): Finding[] {
    const levelled = [...findings].map((one) => this.levels.apply(one, rule, this.nameOf(analysis, one.path)));
    return levelled.filter((one) => one !== undefined);
  }

  /** A name that allowed nothing may still be needed on a newer kernel; the rules are asked about that only here. */
  private reviewOf(analysis: FileAnalysis, here: readonly Rule[], used: ReadonlySet<AllowedRule>): Review {
    const idle = allowsOf(analysis.main).flatMap(({ rules: names }) => names.filter((name) => !used.has(name)));
    const named = here.filter(({ id }) => idle.some(({ name }) => name === id));
    const counted = { ...analysis.counters };
    const ahead = this.options.ahead ? [] : named.flatMap((rule) => [...rule.check(analysis, { ahead: true })]);
    analysis.counters = counted;
    return {
      used: new Set([...used, ...sift(ahead, (path) => analysis.source(path)).used]),
      active: new Set(here.map(({ id }) => id)),
      known: new Set(rules.map(({ id }) => id)),
      isComplete: !analysis.isForeign && !Object.keys(counted).some((name) => UNSURE.test(name)),
    };
  }

  /**
   * What stands at a byte offset, for a hover: record, offset, what shares the bytes, the picture; Markdown in Unicode.
   * @param theme What to draw the picture for; without it, it is text.
   */
  describe(document: SourceText, offset: number, theme?: Theme): Description | undefined {
    const analysis = this.analyse(document);
    let known = this.described.get(analysis);
    if (!known) this.described.set(analysis, (known = new Map()));
    const key = `${offset} ${theme}`;
    if (!known.has(key)) known.set(key, describe(analysis, offset, theme));
    return known.get(key);
  }

  /** The record, and maybe the member, that is named at a byte offset. */
  nameAt(document: SourceText, offset: number): NamedRecord | undefined {
    return nameAt(this.analyse(document), offset);
  }

  /** Asks something of a document as the rules see it, for an editor's sake. */
  inspect<T>(document: SourceText, ask: (file: FileAnalysis) => T): T {
    return ask(this.analyse(document));
  }

  /** Hovers come again and again while the mouse rests. */
  private readonly described = new WeakMap<FileAnalysis, Map<string, Description | undefined>>();

  /** The file changed on disk (or in an editor, for another file's sake). */
  forget(path: string): void {
    this.last = undefined;
    this.local.forget(path);
    this.beside.forget(path);
    this.offers.forget(path);
    this.needs = this.needsNow();
    this.tree.forget(path);
    if (this.programMade !== 'none') this.programMade?.tree.forget(path);
  }

  /** Lets go of a file that is done with; should it be asked for, it is read again. */
  release(path: string): void {
    this.last = undefined;
    this.tree.release(path);
    if (this.programMade !== 'none') this.programMade?.tree.release(path);
  }

  /** A path as the settings name it: from the kernel folder, or from that of the module. */
  private nameOf(analysis: FileAnalysis, path: string): string {
    const { module } = this.project;
    return module !== undefined && path.startsWith(`${module}/`)
      ? path.slice(module.length + 1)
      : analysis.relative(path);
  }

  /** Some rules read in headers what to look for. */
  private needsNow(): Needs {
    const { kernel, reader, derived } = this.project;
    const read = (path: string): string | undefined => reader.read(`${kernel}/${path}`);
    return new Needs(
      this.facts,
      read,
      this.active,
      derived,
      (path, text) => this.local.mayConcern(path, text),
      (path, text) => this.local.mayAssert(path, text),
    );
  }

  private last: FileAnalysis | undefined;

  private analyse(document: SourceText): FileAnalysis {
    const { last } = this;
    if (last && last.document.path === document.path && last.document.text === document.text) {
      // What it asked of the tree it asked then.
      this.tree.notes.spoil();
      return last;
    }
    const { tree, target, project, facts } = this;
    this.last = new FileAnalysis(
      document,
      tree,
      target,
      project.kernel,
      layoutOracle(target),
      facts,
      project.configuration,
      this.derived,
      () => this.program(),
      this.offers,
    );
    return this.last;
  }

  /** The tree as the 32-bit programs see it that its kernel runs. */
  private program(): ProgramTree | undefined {
    const name = programOf(this.target.name);
    if (this.programMade === undefined) {
      const project = name === undefined ? undefined : this.project.onTarget?.(name);
      const tree = project?.target && new PreprocessedTree({ ...project, target: project.target });
      this.programMade = tree ? { tree, target: target(project.target, tree.compiler.name) } : 'none';
    }
    return this.programMade === 'none' ? undefined : this.programMade;
  }

  private programMade: ProgramTree | 'none' | undefined;
}

/** Counters of what could not be worked out, so that a rule may have been silent for that alone. */
const UNSURE = /unresolved|unknown|skipped|problems/;
