/** `overlint dump`: what the product makes of a file after each of its steps, for people who work on it. */
import { Disk } from '../files/disk';
import { Linter } from '../linter';
import { listSources, pathNamed } from '../project/listing';
import { findTree } from '../project/tree';
import { projectOf } from '../project/tree-project';
import { dump as dumped, type Stage } from '../queries/dump';
import { type CommandContext, EXIT, type ExitCode } from './command-context';
import type { TreeFlags } from './layout';
import { noTree } from './no-tree';
import { pathFrom, withoutControls } from './printable';
import { settingsAround } from './settings-around';

export interface DumpFlags extends TreeFlags {
  readonly after: Stage;
}

/** Prints what a step made of each file. A file that can't be read is named, and the others are printed. */
export function dump(paths: readonly string[], flags: DumpFlags, context: CommandContext): ExitCode {
  const { folder, out, err } = context;
  const { kernel, build, arch, config } = { ...settingsAround(context).settings, ...flags };
  const { tree, errors } = findTree({ folder, paths, kernel, build, arch, config });
  if (!tree) throw noTree(errors, paths, folder);
  const disk = new Disk(tree.roots);
  const linter = new Linter(projectOf(tree, disk), { ahead: false });
  const named = paths.map((name) => pathNamed(name, folder, tree.kernel));
  const { files, problems: unlisted } = listSources(tree, named);
  const problems = [...unlisted];
  for (const path of files) {
    const loaded = disk.load(path);
    if ('problem' in loaded) problems.push({ path, message: loaded.problem });
    else
      linter.inspect({ path, text: loaded.text }, (file) => {
        for (const piece of dumped(file, flags.after)) out.writeBytes(piece);
      });
  }
  const nameOf = pathFrom(folder, tree.kernel);
  for (const { path, message } of problems) err.write(`overlint: ${nameOf(path)}: ${withoutControls(message)}\n`);
  return problems.length > 0 ? EXIT.trouble : EXIT.clean;
}
