/** The request `overlint/uses`: every access to the bytes that a member shares, with progress, until it is cancelled. */
import os from 'node:os';
import path from 'node:path';
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type Range,
  ResponseError,
} from 'vscode-languageserver';
import { workerScript } from '../files/entry-points';
import { findTree } from '../project/tree';
import { readable } from '../text/text';
import { Cancelled } from '../workers/cancelled';
import type { Threads } from '../workers/threads';
import { findUses, type LocatedUse, NoSuchMember } from '../workers/uses-run';
import type { Checks } from './checks';
import type { Configuration } from './configuration';
import type { OpenDocuments } from './documents';
import type { KnownUses } from './lenses';
import type { Places } from './places';
import { inWordsOfSettings, treeRequest } from './projects';
import { recordNamed } from './record-name';
import { pathOf } from './uri';

interface UsesParams {
  /** Any file of the tree that is meant. */
  readonly uri: string;
  /** `page`, or `struct page`. */
  readonly record: string;
  /** A path from the record: `lru`, `lru.next`. */
  readonly member: string;
  readonly workDoneToken?: string | number;
}

export interface UsesResult {
  readonly uses: readonly {
    readonly uri: string;
    readonly range: Range;
    readonly mode: 'read' | 'write' | 'address';
    readonly record: string;
    readonly member: string;
    readonly within: string;
    readonly text: string;
  }[];
  /** Places of the same names whose record is not known. */
  readonly unresolved: number;
}

/** Serves the request; worker threads do the work, so that the server goes on answering. */
export class Uses {
  /** What was counted, by tree and record, in this generation of what is known. */
  private readonly counted = new Map<string, Map<string, number>>();
  private generation = -1;

  constructor(
    private readonly connection: Connection,
    private readonly configuration: Configuration,
    private readonly documents: OpenDocuments,
    private readonly places: Places,
    private readonly checks: Checks,
    /** Told when `known` has more to say. */
    private readonly onCounted: () => void,
    private readonly threads: Threads = { script: workerScript(), jobs: os.availableParallelism() },
  ) {}

  listen(): void {
    this.connection.onRequest('overlint/uses', (params: UsesParams, token: CancellationToken) =>
      this.find(params, token),
    );
  }

  /** How many uses of a record's members were found, in the tree of a file (absolute path). */
  readonly known = (file: string, record: string): KnownUses[] => {
    if (this.generation !== this.checks.generation || this.counted.size === 0) return [];
    const { tree } = this.checks.treeOf(path.posix.dirname(file));
    return [...(this.counted.get(`${tree?.kernel} ${record}`) ?? [])].map(([member, count]) => ({ member, count }));
  };

  private async find(params: UsesParams, token: CancellationToken): Promise<UsesResult> {
    await this.configuration.pending;
    const { generation } = this.checks;
    const file = pathOf(params?.uri);
    const record = recordNamed(params?.record);
    if (file === undefined || !record || typeof params.record !== 'string' || !isText(params.member))
      throw failed('overlint/uses takes {uri, record, member}.');
    const { tree, errors } = findTree(treeRequest(file, this.configuration.settingsFor(file)));
    if (!tree) throw failed(errors.map(inWordsOfSettings).join(' '));
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const progress = this.connection.window.attachWorkDoneProgress(params.workDoneToken);
    progress.begin(`Overlint: uses of ${record.name}.${params.member}`, 0, '', true);
    try {
      const { query, uses, stats } = await findUses({
        tree,
        record,
        member: params.member,
        cache: true,
        threads: this.threads,
        texts: new Map(this.documents.all().map((document) => [document.path, document.text])),
        signal: stop.signal,
        onProgress: (done, total) => progress.report((100 * done) / Math.max(1, total), `${done} of ${total} files`),
      });
      const located = uses.flatMap((use) => this.located(use));
      this.remember(generation, `${tree.kernel} ${query.record}`, params.member, located.length);
      return {
        uses: located,
        unresolved: Object.entries(stats).reduce(
          (sum, [counter, n]) => (counter.startsWith('unresolved') ? sum + n : sum),
          0,
        ),
      };
    } catch (error) {
      if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
      throw error instanceof NoSuchMember ? failed(error.message) : error;
    } finally {
      progress.done();
    }
  }

  private located({ path: file, start, end, mode, record, member, within, text }: LocatedUse): UsesResult['uses'] {
    const range = this.places.positionsOf(file)?.rangeOf({ start, end });
    if (!range) return [];
    return [{ uri: this.places.uriOf(file), range, mode, record, member, within, text: readable(text.trim()) }];
  }

  private remember(generation: number, record: string, member: string, count: number): void {
    if (generation !== this.checks.generation) return;
    if (generation !== this.generation) this.counted.clear();
    this.generation = generation;
    const members = this.counted.get(record) ?? new Map<string, number>();
    this.counted.set(record, members.set(member, count));
    this.onCounted();
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function failed(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
