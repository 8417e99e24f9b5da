/** The job of a search for uses: names the bytes that are meant, then looks through files, batch by batch. */

import { type Counters, FileAnalysis } from '../analysis/analysis';
import { contextLike } from '../facts/context';
import { flatten } from '../facts/overlay';
import { Disk } from '../files/disk';
import type { Problem } from '../files/problem';
import { Scanner } from '../files/scan';
import { layoutOracle } from '../layout/oracle';
import { title } from '../layout/record';
import { RecordFinder, type WantedRecord } from '../project/record-finder';
import type { Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { usesIn } from '../queries/use-search';
import { type Use, type UsesQuery, usesQuery } from '../queries/uses';
import { HeaderIndex } from '../store/header-index';
import { TracedFiles } from '../store/trace';
import { nearest } from '../text/nearest';
import { findMember } from '../types/typer';
import { crashed } from './crashed';
import type { Job } from './job';

/** Given to a worker as it starts; plain data. */
export interface UsesSetup {
  readonly tree: Tree;
  /** Whether what was read of headers may be kept on disk for later runs. */
  readonly cache: boolean;
  /** Byte strings that stand in place of what the disk holds: what an editor shows. */
  readonly texts: ReadonlyMap<string, string>;
}

export type UsesTask =
  | { readonly kind: 'name'; readonly record: WantedRecord; readonly member: string }
  | { readonly kind: 'search'; readonly query: UsesQuery; readonly files: readonly string[] };

/** The source line of a use, for people: a byte string without its end. */
export interface LocatedUse extends Use {
  /** From 1. */
  readonly line: number;
  /** In bytes, from 1. */
  readonly column: number;
  readonly text: string;
}

export interface UsesAnswer {
  readonly query?: UsesQuery;
  /** Why there is no query: a whole sentence. */
  readonly error?: string;
  readonly uses: readonly LocatedUse[];
  readonly counters: Counters;
  readonly problems: readonly Problem[];
  /** Files that were read, beyond the scan. */
  readonly read: number;
}

const NOTHING: UsesAnswer = { uses: [], counters: {}, problems: [], read: 0 };

/** A header that asserts at build time where members lie, in whatever macro. */
const ASSERTS_OFFSETS = /^(?=[\s\S]*\b_?_?[sS]tatic_assert\b)[\s\S]*\boffsetof\b/;

export class UsesJob implements Job<UsesTask, UsesAnswer> {
  private readonly disk: Disk;
  private readonly finder: RecordFinder;
  private readonly files: TracedFiles;
  private readonly groups: FileGroups;
  private scanner: Scanner | undefined;

  constructor(private readonly setup: UsesSetup) {
    const { tree, texts } = setup;
    this.disk = new Disk(tree.roots);
    this.groups = new FileGroups(tree);
    this.files = new TracedFiles(this.disk, this.groups, tree.kernel);
    const headers = setup.cache ? new HeaderIndex() : undefined;
    this.finder = new RecordFinder(tree, this.files, this.groups, { lex: headers?.lex, buffers: texts });
  }

  answer(task: UsesTask): UsesAnswer {
    if (task.kind === 'name') return { ...NOTHING, ...this.name(task.record, task.member) };
    return this.search(task.query, task.files);
  }

  private name(wanted: WantedRecord, member: string): Pick<UsesAnswer, 'query' | 'error'> {
    const { finder, setup } = this;
    const found = finder.find(wanted).find(({ layout }) => layout.record.tag !== undefined);
    if (!found)
      return { error: `No file in ${setup.tree.kernel} defines ${wanted.name}.${meant(wanted.name, finder.names())}` };
    const { kind, tag } = found.layout.record;
    const { files } = this;
    // Each header that ties the record to others by asserts makes them members of its family.
    const tying = ['module', 'headers', 'other headers'] as const;
    const asserting = tying
      .flatMap((group) => files.holding([tag!], files.list(group)))
      .filter((path) => ASSERTS_OFFSETS.test(files.listedText(path)));
    const includes = [...finder.facts.context.map((name) => `<${name}>`), ...asserting.map((path) => `"${path}"`)];
    const text = [...includes, `"${found.path}"`].map((name) => `#include ${name}\n`).join('');
    const { globals } = contextLike(finder.tree, finder.target, { path: '<uses>.c', text }, found.path);
    const record = globals.record(kind, tag!);
    const [first] = member.split(/[.[]/);
    if (!findMember(record, first)) {
      const known = flatten(found.layout).map(({ name }) => name);
      return { error: `${title(record)} has no member ${first}.${meant(first, known)}` };
    }
    const query = usesQuery(globals, record, member, finder.target, (path) => this.groups.groupOf(path) === 'headers');
    return 'unknown' in query
      ? { error: `The bytes of ${title(record)}.${member} are not known: ${query.unknown}.` }
      : { query };
  }

  private search(query: UsesQuery, files: readonly string[]): UsesAnswer {
    this.scanner ??= new Scanner(query.needs);
    const { candidates, problems } = this.scanner.scan(files);
    const uses: LocatedUse[] = [];
    const counters: Counters = {};
    const all = [...problems];
    for (const file of candidates) {
      try {
        this.searchFile(query, file, uses, counters);
      } catch (error) {
        all.push({ path: file, message: crashed(error) });
      }
    }
    return { uses, counters, problems: [...all, ...this.disk.refusals()], read: candidates.length };
  }

  private searchFile(query: UsesQuery, path: string, uses: LocatedUse[], counters: Counters): void {
    const text = this.finder.reader.read(path);
    if (text === undefined) return;
    const { tree, target } = this.finder;
    const file = new FileAnalysis(
      { path, text },
      tree,
      target,
      this.setup.tree.kernel,
      layoutOracle(target),
      this.finder.facts,
    );
    const found = usesIn(file, query);
    for (const use of found.uses) uses.push(located(use, file.textOf(use.path) ?? ''));
    for (const [name, count] of Object.entries(found.counters)) counters[name] = (counters[name] ?? 0) + count;
  }
}

function located(use: Use, text: string): LocatedUse {
  const start = text.lastIndexOf('\n', use.start - 1) + 1;
  const end = text.indexOf('\n', use.start);
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < use.start; at = text.indexOf('\n', at + 1)) line++;
  return {
    ...use,
    line,
    column: use.start - start + 1,
    text: text.slice(start, end < 0 ? undefined : end).replace(/\r$/, ''),
  };
}

function meant(given: string, names: readonly string[]): string {
  const name = nearest(given, names);
  return name === undefined ? '' : ` Did you mean ${name}?`;
}

/** Whether layouts, and so the bytes that a member shares, can be known for a tree. */
export function layoutsAreKnown(tree: Tree): boolean {
  return tree.target !== undefined;
}
