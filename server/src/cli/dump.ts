/** `overlint dump`: what the pipeline has made of a file after a step, for developers. */
import { fromByteString } from '../syntax/text';
import { parse, type SyntaxTree } from '../syntax/tree';
import { Disk } from '../workspace/disk';
import { listSources, pathNamed } from '../workspace/listing';
import { DiskShapes } from '../workspace/macro-shapes';
import { findTree, type Tree } from '../workspace/tree';
import type { Stage } from './choices';
import { pathFrom, withoutControls } from './printable';
import { EXIT, type ExitCode, type Surroundings, UsageError } from './surroundings';

export interface DumpFlags {
  readonly after: Stage;
  readonly kernel?: string;
  readonly build?: string;
  readonly arch?: string;
  readonly config?: string;
  readonly stats?: boolean;
}

/** Prints the syntax tree of each file or, with `--stats`, how many functions hold a syntax error. */
export function dump(paths: readonly string[], flags: DumpFlags, surroundings: Surroundings): ExitCode {
  const { folder, out, err } = surroundings;
  const { kernel, build, arch, config } = flags;
  const { tree, errors } = findTree({ folder, paths, kernel, build, arch, config });
  if (!tree) throw new UsageError(errors.join('\n'));
  const nameOf = pathFrom(folder, tree.kernel);
  const listing = listSources(
    tree,
    paths.map((name) => pathNamed(name, folder, tree.kernel)),
  );
  const problems = [...listing.problems];
  const count: ErrorCount = { files: 0, functions: 0, broken: 0, outside: 0 };
  for (const [file, parsed] of parsedFiles(listing.files, tree)) {
    if ('problem' in parsed) problems.push({ path: file, message: parsed.problem });
    else if (!flags.stats) out.write(fromByteString(parsed.dump()));
    else for (const line of countErrors(parsed, count)) out.write(`${nameOf(file)}:${line}\n`);
  }
  if (flags.stats) out.write(inWords(count));
  for (const { path, message } of problems) err.write(`overlint: ${nameOf(path)}: ${withoutControls(message)}\n`);
  return problems.length > 0 ? EXIT.trouble : EXIT.clean;
}

interface ErrorCount {
  files: number;
  functions: number;
  /** Functions with a syntax error. */
  broken: number;
  /** Syntax errors that stand in no function. */
  outside: number;
}

function* parsedFiles(
  files: readonly string[],
  tree: Tree,
): Generator<[file: string, SyntaxTree | { readonly problem: string }]> {
  const disk = new Disk(tree.roots);
  const shapes = new DiskShapes(tree);
  for (const file of files) {
    const loaded = disk.load(file);
    yield [file, 'problem' in loaded ? loaded : parse(loaded.text, shapes.seenFrom(file))];
  }
}

/** Adds a file to the count; gives a line for each function with an error. */
function countErrors(tree: SyntaxTree, count: ErrorCount): string[] {
  const functions = tree.functions();
  const broken = functions.filter((one) => one.hasError);
  count.files++;
  count.functions += functions.length;
  count.broken += broken.length;
  count.outside += tree.issues().filter(({ start }) => tree.enclosingFunction(start) === undefined).length;
  return broken.map(({ name, start }) => {
    const line = tree.text.slice(0, start).split('\n').length;
    return `${line}: syntax error in ${fromByteString(name) || 'a function without a name'}`;
  });
}

function inWords({ files, functions, broken, outside }: ErrorCount): string {
  const share = functions === 0 ? 0 : (100 * broken) / functions;
  return (
    `${broken} of ${functions} functions in ${files} files hold a syntax error (${share.toFixed(2)} %); ` +
    `${outside} errors stand outside of functions\n`
  );
}
