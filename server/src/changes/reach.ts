/**
 * Files that a change leaves alone, and in which it may cause something all the same: all that a run over the tree looks at,
 * and those that name what it alters, where costly rules are asked, too.
 */
import fs from 'node:fs';
import { levelsOverMany } from '../analysis/levels';
import type { Texts } from '../files/buffers';
import { Disk } from '../files/disk';
import type { Problem } from '../files/problem';
import { Scanner } from '../files/scan';
import type { LintOptions } from '../linter';
import { listSources } from '../project/listing';
import type { Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { rules } from '../rules/index';
import { scan } from '../workers/candidates';
import { counter } from '../workers/counter';
import { derivedBy, memoryFor, workersFor } from '../workers/run';
import type { WorkRequest } from '../workers/run-request';
import { isLarge } from '../workers/sources';
import { changedNames, type NamedKinds, namesMadeFrom } from './changed-names';

/** So many files are asked about by rules that take long for each, and so many names are looked for. */
const MOST_NAMING = 400;
const MOST_NAMES = 300;

interface Reach {
  /** Files that name what the change alters. */
  readonly naming: readonly string[];
  /** The other files that some rule may speak of; those that take long are not asked there. */
  readonly others: readonly string[];
  readonly listed: number;
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
  /** Some of the files were not looked at, as the time was over. */
  readonly isLate: boolean;
}

export const NO_REACH: Reach = { naming: [], others: [], listed: 0, problems: [], notes: [], isLate: false };

interface Sides {
  readonly before: Texts;
  readonly after: Texts;
}

/** @param own The files of the change. */
export async function reachOf(own: readonly string[], sides: Sides, request: WorkRequest): Promise<Reach> {
  const { tree } = request;
  const mine = new Set(own);
  const all = listSources(tree, [tree.kernel]).files.filter((file) => !mine.has(file));
  const asked = await candidatesIn(all, request);
  const altered = alteredNames(own, sides, tree);
  const naming = altered.names.length > 0 ? new Scanner(altered.names).scan(asked.files).candidates : [];
  const looked = new Set(naming.slice(0, MOST_NAMING));
  const rest = asked.files.filter((file) => !looked.has(file));
  const left = naming.length - looked.size;
  const header = own.find((file) => file.endsWith('.h'))!;
  const notes = unaskedOf(left, altered.isCut).map((message) => ({ path: header, message }));
  return {
    naming: [...looked],
    others: rest,
    listed: all.length,
    problems: asked.problems,
    notes,
    isLate: asked.skipped > 0,
  };
}

/** What is not asked of the rules that take long, for people. @param left Files that name what the change alters. */
function unaskedOf(left: number, isCut: boolean): string[] {
  const file = left === 1 ? '1 more file names' : `${left} more files name`;
  const many = `what it changes stands in more than ${MOST_NAMES} other names: rules that take long look for the first of them`;
  return [
    ...(left > 0
      ? [`${file} what it changes than rules that take long are asked about: check their folders by name`]
      : []),
    ...(isCut ? [many] : []),
  ];
}

/** The options by which files are checked that the change reaches and does not name: those of a run over many files. */
export function withoutCostly(options: LintOptions): LintOptions {
  const costly = new Set(rules.filter(({ isCostly }) => isCostly).map(({ id }) => id));
  const { levels = { levels: {}, overrides: [] }, rules: only } = options;
  return {
    ...options,
    rules: only && new Set([...only].filter((id) => !costly.has(id))),
    levels: { ...levels, levels: { ...levels.levels, ...levelsOverMany(rules) } },
  };
}

async function candidatesIn(files: readonly string[], request: WorkRequest) {
  const workers = workersFor(request, () => files.length);
  const isOverMany = isLarge(files.length);
  try {
    const derived = await derivedBy(workers, request, isOverMany);
    const words = isOverMany ? memoryFor(request, undefined, derived)?.linter.candidateWords() : undefined;
    const scanned = await scan([files], { workers, words, onDone: counter('scan', files.length, request) });
    scanned.keep();
    return scanned;
  } finally {
    await workers.close();
  }
}

/** What the changed headers declare otherwise, and what shared headers make from that. */
function alteredNames(
  own: readonly string[],
  { before, after }: Sides,
  tree: Tree,
): { names: string[]; isCut: boolean } {
  const headers = own.filter((file) => file.endsWith('.h'));
  const names = new Map(headers.flatMap((file) => [...changedNames(before.get(file) ?? '', after.get(file) ?? '')]));
  const disk = new Disk(tree.roots);
  const folders = new FileGroups(tree).headerFolders().filter((folder) => fs.existsSync(folder));
  const shared = listSources(tree, folders).files;
  let fresh: NamedKinds = new Map(names);
  while (fresh.size > 0 && names.size <= MOST_NAMES) {
    const holding = new Scanner([...fresh.keys()]).scan(shared).candidates;
    const made = holding.flatMap((file) => [...namesMadeFrom(fresh, after.get(file) ?? disk.read(file) ?? '')]);
    fresh = new Map(made.filter(([name]) => !names.has(name)));
    for (const [name, kind] of fresh) names.set(name, kind);
  }
  return { names: [...names.keys()].slice(0, MOST_NAMES), isCut: names.size > MOST_NAMES };
}
