/**
 * Results of files between runs. Each is kept with the digest of its file, and with all questions that it asked of the
 * tree and their answers; it is given again only where file and answers are the same. Results of several states of a
 * file stand side by side, so that a switch of branches and back finds them.
 *
 * A few hundred files share one entry of the store, since their questions are mostly the same. Each entry holds all that
 * it speaks of: two runs that write at once lose results at worst, and never mix them.
 */
import crypto from 'node:crypto';
import { type Cache, cacheKey } from './cache';
import { ALL, type Share } from './share';

/** To be raised with every change to what an entry holds. */
const FORMAT = 1;

const SHARDS = 16;

/** The most results of one file that are kept: states of it, of its headers and of the configuration. */
const MOST_STATES = 6;

/** The most that one entry may hold, in characters of results and of their questions' marks. */
const MOST_CHARACTERS = 8 << 20;

/** A question of a tree and its answer. */
export type Fact = readonly [question: string, answer: string];

interface Kept {
  readonly file: string;
  readonly digest: string;
  /** A bit for each of the shard's facts that the result rests on, base64. */
  readonly rests: string;
  readonly result: string;
}

interface Shard {
  readonly facts: readonly Fact[];
  /** Oldest first. */
  readonly results: readonly Kept[];
}

interface Fresh {
  readonly file: string;
  readonly digest: string;
  readonly facts: readonly number[];
  readonly result: string;
}

const EMPTY: Shard = { facts: [], results: [] };

export class ResultShards {
  private readonly shards = new Map<number, Opened>();
  private readonly fresh = new Map<number, Fresh[]>();

  /** @param key Stands for all that every result depends on: the product, the rules, the configuration. */
  constructor(
    private readonly cache: Cache,
    private readonly key: string,
  ) {}

  /** Whether a result of a file was kept, of whatever state. */
  hasSome(file: string): boolean {
    return this.openedFor(file).hasSome(file);
  }

  /** @param answer What the tree answers to a question now. */
  recall(file: string, digest: string, answer: (question: string) => string): string | undefined {
    return this.openedFor(file).find(file, digest, answer);
  }

  private openedFor(file: string): Opened {
    const index = shardOf(file);
    let opened = this.shards.get(index);
    if (!opened) this.shards.set(index, (opened = new Opened(this.stored(index))));
    return opened;
  }

  /** @param rests Numbers of the facts that the result rests on; they mean the same for all results of one run. */
  add(file: string, digest: string, rests: readonly number[], result: string): void {
    const index = shardOf(file);
    const fresh = this.fresh.get(index);
    const one = { file, digest, facts: rests, result };
    if (fresh) fresh.push(one);
    else this.fresh.set(index, [one]);
  }

  /** Puts what was added into the store; to be called when a run has ended. @param factOf A fact by its number. */
  keep(factOf: (id: number) => Fact, share: Share = ALL): void {
    for (const [index, fresh] of this.fresh) {
      if (index % share.count !== share.index) continue;
      const { facts, results } = joined(this.stored(index), fresh, factOf);
      this.cache.put(this.keyOf(index), Buffer.from(JSON.stringify([facts, results]), 'utf8'));
      this.fresh.delete(index);
    }
    this.cache.trim();
  }

  /** What another product left under the key, or this one by a mistake, is as good as nothing. */
  private stored(index: number): Shard {
    const bytes = this.cache.get(this.keyOf(index));
    if (!bytes) return EMPTY;
    try {
      const [facts, results] = JSON.parse(bytes.toString('utf8')) as [Fact[], Kept[]];
      return Array.isArray(facts) && Array.isArray(results) ? { facts, results } : EMPTY;
    } catch {
      return EMPTY;
    }
  }

  private keyOf(index: number): string {
    return cacheKey(['results', `${FORMAT}`, this.key, `${index}`]);
  }
}

/** A shard that is asked for results. */
class Opened {
  private readonly byFile = new Map<string, Kept[]>();
  /** A bit for each fact that was asked for, and one for each that holds. */
  private readonly asked: Uint8Array;
  private readonly holding: Uint8Array;

  constructor(private readonly shard: Shard) {
    const bytes = (shard.facts.length + 7) >> 3;
    this.asked = new Uint8Array(bytes);
    this.holding = new Uint8Array(bytes);
    for (const kept of shard.results) {
      const known = this.byFile.get(kept.file);
      if (known) known.push(kept);
      else this.byFile.set(kept.file, [kept]);
    }
  }

  hasSome(file: string): boolean {
    return this.byFile.has(file);
  }

  find(file: string, digest: string, answer: (question: string) => string): string | undefined {
    for (const kept of this.byFile.get(file) ?? [])
      if (kept.digest === digest && this.hold(Buffer.from(kept.rests, 'base64'), answer)) return kept.result;
    return undefined;
  }

  private hold(rests: Uint8Array, answer: (question: string) => string): boolean {
    const { asked, holding } = this;
    for (let at = 0; at < rests.length; at++) {
      const open = rests[at] & ~asked[at];
      for (let bit = 0; bit < 8 && open >> bit > 0; bit++) if ((open >> bit) & 1) this.ask(at * 8 + bit, answer);
      if (rests[at] & ~holding[at]) return false;
    }
    return true;
  }

  private ask(index: number, answer: (question: string) => string): void {
    const [question, expected] = this.shard.facts[index];
    this.asked[index >> 3] |= 1 << (index & 7);
    if (answer(question) === expected) this.holding[index >> 3] |= 1 << (index & 7);
  }
}

/** The old results that are worth keeping, and the new ones, with the facts that they rest on and no others. */
function joined(old: Shard, fresh: readonly Fresh[], factOf: (id: number) => Fact): Shard {
  const facts = new Facts();
  const results: Kept[] = [];
  const isNew = new Set(fresh.map(({ file, digest }) => `${file}\0${digest}`));
  const states = new Map<string, number>();
  let characters = 0;
  const take = (file: string, digest: string, result: string, rests: () => string): void => {
    const count = states.get(file) ?? 0;
    if (count >= MOST_STATES || characters > MOST_CHARACTERS) return;
    states.set(file, count + 1);
    const marks = rests();
    characters += result.length + marks.length;
    results.push({ file, digest, rests: marks, result });
  };
  // The newest are taken first, while there is room.
  const numbers = new Map<number, number>();
  const numberOf = (id: number): number => {
    let number = numbers.get(id);
    if (number === undefined) numbers.set(id, (number = facts.add(factOf(id))));
    return number;
  };
  for (const { file, digest, facts: ids, result } of [...fresh].reverse())
    take(file, digest, result, () => facts.marks(ids.map(numberOf)));
  const oldNumbers: number[] = [];
  // Most results of a shard rest on the same facts, and each is looked up once.
  const numberOfOld = (at: number): number => (oldNumbers[at] ??= facts.numberOf(old.facts[at]));
  const count = facts.all.length;
  for (const { file, digest, rests, result } of [...old.results].reverse()) {
    const marks = Buffer.from(rests, 'base64');
    // A result of this run stands for an old one of the same state.
    const isSame = isNew.has(`${file}\0${digest}`) && numbersIn(marks).every((at) => facts.has(old.facts[at], count));
    if (!isSame) take(file, digest, result, () => facts.marks(numbersIn(marks).map(numberOfOld)));
  }
  return { facts: facts.all, results: results.reverse() };
}

function numbersIn(marks: Uint8Array): number[] {
  const numbers: number[] = [];
  for (let at = 0; at < marks.length * 8; at++) if ((marks[at >> 3] >> (at & 7)) & 1) numbers.push(at);
  return numbers;
}

function textOf([question, answer]: Fact): string {
  return `${question}\0\0${answer}`;
}

/** Facts by number, each once. */
class Facts {
  readonly all: Fact[] = [];
  /** Made when the first fact of another run comes. */
  private numbers: Map<string, number> | undefined;

  /** The number of a fact that is not among them yet. */
  add(fact: Fact): number {
    const number = this.all.push(fact) - 1;
    this.numbers?.set(textOf(fact), number);
    return number;
  }

  numberOf(fact: Fact): number {
    return this.find(fact) ?? this.add(fact);
  }

  /** Whether a fact is among the first so many. */
  has(fact: Fact, count: number): boolean {
    return (this.find(fact) ?? count) < count;
  }

  private find(fact: Fact): number | undefined {
    this.numbers ??= new Map(this.all.map((known, number) => [textOf(known), number]));
    return this.numbers.get(textOf(fact));
  }

  marks(numbers: readonly number[]): string {
    let bytes = 0;
    for (const number of numbers) bytes = Math.max(bytes, (number >> 3) + 1);
    const marks = Buffer.alloc(bytes);
    for (const number of numbers) marks[number >> 3] |= 1 << (number & 7);
    return marks.toString('base64');
  }
}

function shardOf(file: string): number {
  return crypto.createHash('sha256').update(file).digest()[0] % SHARDS;
}
