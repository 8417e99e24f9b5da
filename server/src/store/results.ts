/** Results of linting, kept between runs: whoever lints adds them, and a run asks for them before it lints. */

import type { Derived } from '../facts/derived';
import type { Texts } from '../files/buffers';
import { Disk } from '../files/disk';
import { buildId } from '../files/entry-points';
import { problemsOf } from '../files/problem';
import type { LintOptions } from '../linter';
import type { TracedTree } from '../preprocessor/notes';
import type { Tree } from '../project/tree';
import type { WordNeed } from '../search/word-search';
import type { SourceReader } from '../text/text';
import { compareText } from '../text/text';
import { Cache, cacheKey } from './cache';
import { Contents, digestOf, TextHashes } from './contents';
import type { Linted } from './linted';
import { type Fact, ResultShards } from './result-shards';
import type { Share } from './share';

interface Kept {
  readonly findings: Linted['findings'];
  readonly suppressed?: Linted['suppressed'];
  readonly stats: Linted['stats'];
}

/** What linting gave, and the questions that it rests on. */
interface Result extends Kept {
  readonly file: string;
  readonly text: string;
  readonly asked?: readonly number[];
}

/** The side of those who lint. */
export class ResultKeeper {
  private readonly shards: ResultShards;
  private readonly facts: (Fact | undefined)[] = [];
  private isStopped = false;

  constructor(
    private readonly tree: TracedTree,
    key: string,
    /** Of files that were read for linting. */
    private readonly hashes = new TextHashes(),
  ) {
    this.shards = new ResultShards(new Cache(), key);
  }

  add({ file, text, findings, suppressed, stats, asked }: Result): void {
    if (this.isStopped || !asked || !asked.every((id) => this.isKnown(id))) return;
    const kept: Kept = { findings, suppressed, stats };
    this.shards.add(file, digestOf(text), asked, JSON.stringify(kept));
  }

  /** Whether a question was answered: what files read as must stay what it was then. */
  get hasAnswers(): boolean {
    return this.facts.length > 0;
  }

  /** Files read otherwise than they did from now on: nothing more is kept. */
  stop(): void {
    this.isStopped = true;
  }

  keep(share?: Share): void {
    this.shards.keep((id) => this.facts[id]!, share);
  }

  /** Answers a question as it was answered for the result, so that nothing that happened since gets in. */
  private isKnown(id: number): boolean {
    if (this.facts[id]) return true;
    let isRead = true;
    const asked = this.tree.question(id);
    const answered = this.tree.answer(asked, (path) => {
      const text = this.tree.readText(path);
      isRead = text !== null;
      return typeof text === 'string' ? this.hashes.digestOf(path, text) : '';
    });
    if (isRead) this.facts[id] = [asked, answered];
    return isRead;
  }
}

/** The side of a run. */
export class KeptResults {
  private readonly shards: ResultShards;
  private readonly contents: Contents;
  private readonly answers = new Map<string, string>();

  /**
   * @param traced Answers questions about the tree as it is now.
   * @param texts What files read as in place of what they hold.
   */
  constructor(
    private readonly traced: TracedTree,
    tree: Tree,
    key: string,
    private readonly texts: Texts = new Map(),
    cache: Cache = new Cache(),
  ) {
    this.shards = new ResultShards(cache, key);
    this.contents = new Contents(new Disk(tree.roots), cache, cacheKey(['contents', tree.kernel, tree.build]));
  }

  /** What linting a file would give, where that is known. Versions for fixes are left out. */
  recall(file: string): Linted | undefined {
    // What nothing was kept of need not be read.
    const digest = this.shards.hasSome(file) ? this.digestOf(file) : '';
    const result = digest && this.shards.recall(file, digest, this.answer);
    if (!result) return undefined;
    const { findings, suppressed, stats } = JSON.parse(result) as Kept;
    return { file, findings, suppressed, stats, stamps: {}, problems: problemsOf(file, stats), recalled: true };
  }

  /** What was found out about contents is kept for the next run. */
  keep(): void {
    this.contents.keep();
  }

  private readonly answer = (question: string): string => {
    let answer = this.answers.get(question);
    if (answer === undefined) this.answers.set(question, (answer = this.traced.answer(question, this.digest)));
    return answer;
  };

  private readonly digest = (file: string): string => {
    const made = this.traced.madeText(file);
    return made === undefined ? this.digestOf(file) : digestOf(made);
  };

  private digestOf(file: string): string {
    if (!this.texts.has(file)) return this.contents.digestOf(file);
    const text = this.texts.get(file);
    return text === undefined ? '' : digestOf(text);
  }
}

/**
 * Stands for all that the results of a run depend on beside the files that it reads: the product, what was asked, the configuration.
 *
 * @param derived What the headers of the tree say.
 * @param configuration That of the tree as its linter knows it.
 */
export function resultsKey(
  tree: Tree,
  options: LintOptions,
  words: readonly WordNeed[],
  configuration = configurationOf(tree),
  derived?: Derived,
): string {
  // Where in a header it stands is no matter: whoever reads the header rests on all of it.
  const isPlace = (name: string): boolean => name === 'start' || name === 'end' || name === 'at';
  const said = derived ? digestOf(JSON.stringify(derived, (name, value) => (isPlace(name) ? undefined : value))) : '';
  return cacheKey([buildId(), plain(tree), plain(options), plain(words), configuration, said]);
}

/** Stands for the configuration of a tree; a linter reads it once, when it is made. */
export function configurationOf(tree: Tree, reader: SourceReader = new Disk(tree.roots)): string {
  const config = reader.read(tree.configFile ?? `${tree.build}/.config`);
  const autoconf = reader.exists(`${tree.build}/include/generated/autoconf.h`);
  return `${config === undefined ? 'none' : digestOf(config)} ${autoconf}`;
}

/** Sets and the names in objects are sorted, as their order means nothing. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_key, inner) => {
    if (inner instanceof Set) return [...inner].sort();
    if (inner instanceof Map) return [...inner];
    const isObject = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return isObject ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => compareText(a, b))) : inner;
  });
}
