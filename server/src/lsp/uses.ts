/** The request `overlint/uses`: every access to the bytes that a member shares, with progress, until it is cancelled. */
import os from 'node:os';
import {
  type CancellationToken,
  type Connection,
  LSPErrorCodes,
  type Range,
  ResponseError,
} from 'vscode-languageserver';
import { fromByteString } from '../syntax/text';
import { usesScript } from '../workspace/entry-points';
import { findTree } from '../workspace/tree';
import { Cancelled, findUses, NoSuchMember, type UsesStaff } from '../workspace/uses-run';
import type { Configuration } from './configuration';
import type { OpenDocuments } from './documents';
import type { Places } from './places';
import { treeRequest } from './projects';
import { pathOf } from './uri';

export interface UsesParams {
  /** Any file of the tree that is meant. */
  readonly uri: string;
  /** A tag, as in `page`. */
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
export function serveUses(
  connection: Connection,
  configuration: Configuration,
  documents: OpenDocuments,
  places: Places,
  staff: UsesStaff = { script: usesScript(), jobs: os.availableParallelism() },
): void {
  connection.onRequest('overlint/uses', async (params: UsesParams, token: CancellationToken): Promise<UsesResult> => {
    const path = pathOf(params?.uri);
    if (path === undefined || typeof params.record !== 'string' || typeof params.member !== 'string')
      throw failed('overlint/uses takes {uri, record, member}.');
    const { tree, errors } = findTree(treeRequest(path, configuration.settingsFor(path)));
    if (!tree) throw failed(errors.join(' '));
    const stop = new AbortController();
    token.onCancellationRequested(() => stop.abort());
    const progress = connection.window.attachWorkDoneProgress(params.workDoneToken);
    progress.begin(`Overlint: uses of ${params.record}.${params.member}`, 0, '', true);
    try {
      const { uses, stats } = await findUses({
        tree,
        record: { name: params.record },
        member: params.member,
        cache: true,
        staff,
        texts: new Map(documents.all().map((document) => [document.path, document.text])),
        signal: stop.signal,
        onProgress: (done, total) => progress.report((100 * done) / Math.max(1, total), `${done} of ${total} files`),
      });
      return {
        uses: uses.flatMap(({ path: file, start, end, mode, record, member, within, text }) => {
          const range = places.positionsOf(file)?.rangeOf({ start, end });
          if (!range) return [];
          return [{ uri: places.uriOf(file), range, mode, record, member, within, text: fromByteString(text.trim()) }];
        }),
        unresolved: Object.entries(stats).reduce(
          (sum, [name, n]) => (name.startsWith('unresolved') ? sum + n : sum),
          0,
        ),
      };
    } catch (error) {
      if (error instanceof Cancelled) throw new ResponseError(LSPErrorCodes.RequestCancelled, error.message);
      throw error instanceof NoSuchMember ? failed(error.message) : error;
    } finally {
      progress.done();
    }
  });
}

function failed(message: string): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.RequestFailed, message);
}
