/** Reads from the disk what the macros that a file can see look like: those of the tree's headers and of its folder. */
import path from 'node:path';
import { mineShapes } from '../syntax/mining';
import { Shapes } from '../syntax/shapes';
import type { SourceText } from '../syntax/text';
import { archFolder } from './arch';
import { Disk } from './disk';
import { listSources } from './listing';
import type { Tree } from './tree';

export class DiskShapes {
  private readonly disk: Disk;
  private readonly ofTree: Shapes;
  private readonly ofFolders = new Map<string, Shapes>();

  constructor(private readonly tree: Tree) {
    this.disk = new Disk(tree.roots);
    const { kernel, build, arch } = tree;
    const folders = ['include', `arch/${archFolder(arch)}/include`];
    const headers = [kernel, build].flatMap((root) => folders.map((folder) => path.join(root, folder)));
    this.ofTree = new Shapes(mineShapes(this.headersBelow(headers)));
  }

  /** The shapes for a file: headers beside it hide those of the tree. */
  seenFrom(file: string): Shapes {
    const folder = path.dirname(file);
    let shapes = this.ofFolders.get(folder);
    if (!shapes) {
      const beside = [...this.headersBelow([folder])].filter((header) => path.dirname(header.path) === folder);
      this.ofFolders.set(folder, (shapes = this.ofTree.under(mineShapes(beside))));
    }
    return shapes;
  }

  private *headersBelow(folders: readonly string[]): Generator<SourceText> {
    for (const file of listSources(this.tree, folders).files) {
      if (!file.endsWith('.h')) continue;
      const text = this.disk.read(file);
      if (text !== undefined) yield { path: file, text };
    }
  }
}
