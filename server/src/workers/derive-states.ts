/** What headers say of when members of unions are valid, for whoever lists it: rules read that of the headers of each file. */
import { FileAnalysis } from '../analysis/analysis';
import { Disk } from '../files/disk';
import { layoutOracle } from '../layout/oracle';
import { factsWith } from '../packs/facts';
import type { Tree } from '../project/tree';
import { FileGroups } from '../project/tree-files';
import { modelOf } from '../project/tree-project';
import { maySayStates, type SaidState, statesOfHeader } from '../queries/header-states';
import { HeaderIndex } from '../store/header-index';
import { ResultMemory } from '../store/result-memory';
import { TracedFiles } from '../store/trace';
import { headersAt, kernelAlone } from './derive';

/** What was kept under, beside the tree. */
const QUESTION = ['derived states'];

/** So many headers are read as one file includes them. */
const TOGETHER = 40;

/**
 * What the headers of a tree say; from an earlier run where that may be asked for and still holds.
 *
 * @param where A header, or a folder, which alone is asked about.
 */
export function derivedStates(of: Tree, isKept: boolean, where?: string): readonly SaidState[] {
  const tree = where === undefined ? kernelAlone(of) : of;
  if (tree.target === undefined) return [];
  const memory = isKept && where === undefined ? new ResultMemory(tree) : undefined;
  const known = memory?.recall<readonly SaidState[]>(QUESTION);
  if (known) return known;
  const files = new TracedFiles(new Disk(tree.roots), new FileGroups(tree), tree.kernel);
  const index = isKept ? new HeaderIndex() : undefined;
  const { preprocessed, target } = modelOf(tree, files, index?.lex);
  const facts = factsWith(tree.packs);
  const found: SaidState[] = [];
  const headers = headersAt(tree, files, where).filter((path) => maySayStates(files.listedText(path)));
  for (let at = 0; at < headers.length; at += TOGETHER) {
    const some = headers.slice(at, at + TOGETHER);
    const text = some.map((path) => `#include "${path}"\n`).join('');
    const document = { path: `${some[0]}.c`, text: `${preprocessed.assumedText()}${text}` };
    const file = new FileAnalysis(document, preprocessed, target, tree.kernel, layoutOracle(target), facts);
    for (const path of some) found.push(...statesOfHeader(file, path));
    preprocessed.release(document.path);
  }
  index?.keep();
  memory?.keep(QUESTION, files.trace(), found);
  return found;
}
