/** The files of a run: those of a whole tree are worked on while the rest are still listed. */
import { createHash } from 'node:crypto';
import { type Listing, listInParts, relativeTo } from '../project/listing';
import type { Tree } from '../project/tree';

/** A share of a tree's files, from 0, of so many. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** So many files are worth it to keep what a scan found, and to have few workers read headers. */
const FEW = 500;

export function isLarge(files: number): boolean {
  return files > FEW;
}

/** Whether a run over these files and folders is one over many files; no path means the whole tree. */
export function isOverMany(tree: Tree, paths: readonly string[]): boolean {
  const roots = paths.length > 0 ? paths : [tree.module ?? tree.kernel];
  return isLarge(new Sources(tree, roots, undefined).count);
}

type Told = Omit<Listing, 'files'>;

export class Sources {
  private readonly listed: Generator<readonly string[], Told>;
  private readonly first: string[] = [];
  private told: Told | undefined;

  /** How many are known so far. */
  count = 0;

  /** @param paths Absolute paths of files and folders. */
  constructor(
    private readonly tree: Tree,
    paths: readonly string[],
    private readonly shard: Shard | undefined,
  ) {
    this.listed = listInParts(tree, paths);
    while (!this.told && !isLarge(this.count)) this.first.push(...(this.next() ?? []));
  }

  /** Whether all are known: more than a few are listed only as they are asked for. */
  get isAll(): boolean {
    return this.told !== undefined;
  }

  /** The files, folder by folder; to be gone through once. */
  *parts(): Generator<readonly string[]> {
    yield this.first;
    for (let part = this.next(); part; part = this.next()) yield part;
  }

  /** What is to be told of the listing; lists those that nobody asked for. */
  listing(): Told {
    while (!this.told) this.next();
    return this.told;
  }

  private next(): readonly string[] | undefined {
    if (this.told) return undefined;
    const { done, value } = this.listed.next();
    if (done) {
      this.told = value;
      return undefined;
    }
    const { shard } = this;
    const own = shard ? value.filter((file) => isOfShard(relativeTo(this.tree, file), shard)) : value;
    this.count += own.length;
    return own;
  }
}

/** A file is of the same shard wherever the tree stands and whatever else is in it. */
function isOfShard(name: string, { index, count }: Shard): boolean {
  return createHash('sha256').update(name).digest().readUInt32BE() % count === index;
}
