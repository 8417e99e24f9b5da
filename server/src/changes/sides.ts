/** What the two sides of `overlint diff` name: folders, git revisions, configurations, architectures. */
import fs from 'node:fs';
import path from 'node:path';
import { Disk } from '../files/disk';
import { RecordFinder } from '../project/record-finder';
import { findTree, isKernelTree, type Tree, type TreeRequest } from '../project/tree';
import { FileGroups, type TreeFiles } from '../project/tree-files';
import { TracedFiles } from '../store/trace';
import { commitOf, GitProblem } from './git';
import { RevisionFiles } from './revision-files';

/** One side, ready to be asked. */
export interface Side {
  /** As the user named it. */
  readonly name: string;
  readonly tree: Tree;
  readonly finder: RecordFinder;
  readonly files: TreeFiles;
  /** Where it is a git revision: what stands for the content of each of its files. */
  readonly objects?: ReadonlyMap<string, string>;
  readonly warnings: readonly string[];
}

/** A side that means nothing; the message is a whole sentence. */
export class NoSide extends Error {}

interface Meaning {
  readonly request: TreeRequest;
  readonly revision?: string;
}

/**
 * @param name `arch:NAME`, `config:FILE` or `config:NAME`, `build:FOLDER`, `rev:REVISION` or `dir:FOLDER`, several of them joined by
 *   commas; or a bare folder, configuration or revision, whichever there is.
 * @param base What all sides have in common.
 * @param expected Names of records that will be asked for.
 * @throws NoSide where it names nothing that can be read.
 */
export function sideOf(name: string, base: TreeRequest, expected: readonly string[]): Side {
  const { request, revision } = meaningOf(name, base);
  const source = revision === undefined ? undefined : filesOf(name, request, revision);
  const { tree, errors, warnings } = findTree({ ...request, source });
  if (!tree) throw new NoSide(`${name}: ${errors.join(' ')}`);
  if (tree.target === undefined) throw new NoSide(`${name}: there is no data model for ${tree.arch}.`);
  const disk = new Disk(tree.roots);
  const groups = new FileGroups(tree);
  const files = source ? new RevisionFiles(tree, source.id, disk, source) : new TracedFiles(disk, groups, tree.kernel);
  const finder = new RecordFinder(tree, files, groups, { expected, takesAnyConfiguration: true });
  const objects = files instanceof RevisionFiles ? files.objects : undefined;
  return { name, tree, finder, files, objects, warnings };
}

/** A revision's files, of which its configuration is worked out. @throws NoSide */
function filesOf(name: string, request: TreeRequest, revision: string): RevisionFiles {
  const { tree, errors } = findTree({ ...request, isBare: true });
  if (!tree) throw new NoSide(`${name}: ${errors.join(' ')}`);
  return new RevisionFiles(tree, commitNamed(tree.kernel, revision), new Disk(tree.roots));
}

function commitNamed(kernel: string, revision: string): string {
  try {
    return commitOf(kernel, revision);
  } catch (error) {
    if (!(error instanceof GitProblem)) throw error;
    const reason = error.message ? ` (${error.message})` : '';
    throw new NoSide(`${revision} is neither a folder, nor a file, nor a revision of ${kernel}${reason}.`);
  }
}

function meaningOf(name: string, base: TreeRequest): Meaning {
  let meaning: Meaning = { request: base };
  for (const part of name.split(',')) meaning = withPart(meaning, part);
  return meaning;
}

function withPart({ request, revision }: Meaning, part: string): Meaning {
  const [, kind, value] = /^(?:(arch|config|build|rev|dir):)?(.*)$/s.exec(part)!;
  if (value === '')
    throw new NoSide('A side is a folder, a build folder, a configuration, an architecture or a git revision.');
  const absolute = path.resolve(request.folder, value);
  const status = fs.statSync(absolute, { throwIfNoEntry: false });
  if (kind === 'arch') return { request: { ...request, arch: value }, revision };
  if (kind === 'build') return { request: { ...request, build: absolute }, revision };
  if (kind === 'rev') return { request, revision: value };
  if (kind === 'config' || (!kind && status?.isFile())) return { request: { ...request, config: value }, revision };
  if (kind === 'dir' || (!kind && status?.isDirectory())) return { request: withFolder(request, absolute), revision };
  return { request, revision: value };
}

/**
 * A kernel tree takes the place of the kernel, any other folder that of the build, of the tree that is named or stood in; of neither,
 * the build folder itself says which tree it was made from.
 */
function withFolder(request: TreeRequest, folder: string): TreeRequest {
  const isBuild = fs.existsSync(path.join(folder, '.config')) && !isKernelTree(folder);
  const { tree } = isBuild ? findTree({ ...request, isBare: true }) : {};
  return tree ? { ...request, build: folder } : { ...request, kernel: folder };
}
