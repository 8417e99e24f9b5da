/** A tree as another target has it: the same sources, with that architecture's own default configuration. */
import { Disk } from '../files/disk';
import { archFolder, archNamed } from './arch';
import { type ConfigurationMemory, hasKconfig } from './configuration';
import { whyUnfit } from './fitting';
import { findTree, type Tree } from './tree';

/** A folder that holds no build: what no configuration was found for hangs on options that are undecided. */
const NO_BUILD = '/nonexistent/build';

/** The tree itself where it is for this target; undefined where the tree does not have the architecture. */
export function treeFor(tree: Tree, name: string, memory?: ConfigurationMemory): Tree | undefined {
  if (tree.target === name) return tree;
  const { kernel } = tree;
  const request = { folder: kernel, paths: [], kernel, arch: name, memory };
  const answer = findTree(hasKconfig(kernel) ? { ...request, config: 'defconfig' } : { ...request, isBare: true });
  const found = answer.tree;
  if (!found) return undefined;
  const own = { ...found, target: found.target, packs: tree.packs };
  if (!found.configuration || whyUnfit(own, new Disk(own.roots)) !== undefined)
    return { ...own, build: NO_BUILD, configFile: undefined, configuration: undefined };
  return own;
}

/** The folder under arch/ that holds a target's own headers. */
export function folderOfTarget(name: string): string {
  return archFolder(archNamed(name));
}
