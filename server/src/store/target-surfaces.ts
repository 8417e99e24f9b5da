/** What headers show on another target than the tree is configured for, with texts laid over the disk; kept between runs. */
import { type Surface, surfaceOf } from '../facts/surface';
import { isUapi } from '../facts/uapi-names';
import { Buffers } from '../files/buffers';
import { Disk } from '../files/disk';
import uapi from '../packs/predefined/uapi.json';
import { folderOfTarget, treeFor } from '../project/other-target';
import type { Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { modelOf } from '../project/tree-project';
import { HeaderIndex } from './header-index';
import { KeptConfigurations } from './kept-configurations';
import { ResultMemory } from './result-memory';
import { TracedFiles } from './trace';

/** Byte strings by absolute path, over what the disk holds. */
type SideTexts = ReadonlyMap<string, string>;

/** Which targets a file is for: those of its architecture, or all that share it; of what no program includes, the tree's own. */
export function targetsFor(name: string, tree: Tree): string[] {
  const own = tree.target ?? 'x86_64';
  const program = (uapi.programs as Readonly<Record<string, string>>)[own];
  if (!isUapi(name)) return program === undefined ? [own] : [own, program];
  const folder = /^arch\/([^/]+)\//.exec(name)?.[1];
  if (folder === undefined) return [...new Set([own, ...uapi.targets])];
  const ofFolder = [own, ...uapi.targets].filter((target) => folderOfTarget(target) === folder);
  return [...new Set(ofFolder.length > 0 ? ofFolder : [folder])];
}

/**
 * The surfaces of some files (absolute paths) on one target, for each side in turn. A file that another side has, and this one
 * not, is not there; none are where the tree does not have the target.
 */
export function surfacesOn(
  target: string,
  files: readonly string[],
  sides: readonly SideTexts[],
  tree: Tree,
  cache: boolean,
): ReadonlyMap<string, Surface>[] {
  const on = treeFor(tree, target, cache ? new KeptConfigurations() : undefined);
  if (!on?.target) return [];
  const memory = cache ? new ResultMemory(on) : undefined;
  const question = ['surfaces', files, ...sides.map((side) => [...side].sort())];
  type Kept = [string, Surface][][];
  const known = memory?.recall<Kept>(question);
  if (known) return known.map((side) => new Map(side));
  const traced = new TracedFiles(new Disk(on.roots), new FileGroups(on), on.kernel);
  let [current] = sides;
  const changed = new Set(sides.flatMap((side) => [...side.keys()]));
  const texts = { has: (file: string) => changed.has(file), get: (file: string) => current.get(file) };
  const headers = cache ? new HeaderIndex() : undefined;
  const { preprocessed, target: model } = modelOf(on, new Buffers(traced, texts), headers?.lex);
  const found = sides.map((side) => {
    current = side;
    for (const file of changed) preprocessed.forget(file);
    const there = files.filter((file) => !changed.has(file) || side.has(file));
    return new Map(there.map((file) => [file, surfaceOf(preprocessed, model, file)]));
  });
  headers?.keep();
  const kept: Kept = found.map((side) => [...side]);
  memory?.keep(question, traced.trace(), kept);
  return found;
}
