/** Reads the corpus: parses a file of it against the fixtures' headers, and lints it with the rule under test. */

import { FileAnalysis } from '../../../server/src/analysis/analysis';
import { layoutOracle } from '../../../server/src/layout/oracle';
import { target } from '../../../server/src/layout/target';
import { Linter, type Project } from '../../../server/src/linter';
import type { ParsedItem } from '../../../server/src/parser/parser';
import { PreprocessedTree } from '../../../server/src/preprocessor/tree';
import { parseFixture, TREE } from '../../../server/src/testing/fixture';
import { lineAt, lineStarts } from '../../../server/src/text/text';
import type { Code } from './interpreter';

const HEADERS = '//- /include/linux/mm.h +page +folio +owner_ops\n';
/** What the headers of the fixtures lack. */
const WARN_ON = '#define WARN_ON(condition) ({ int warned = !!(condition); warned; })\n';

export interface Parsed extends Code {
  /** The file's functions, with the items that hold them. */
  readonly functions: ReadonlyMap<string, { item: ParsedItem; isRoot: boolean }>;
  readonly text: string;
}

const empty = parseFixture(`${HEADERS}int nothing;`);
const path = empty.files[0].path;
const project: Project = { kernel: TREE, build: TREE, arch: 'x86', reader: empty.reader };
const linter = new Linter(project, { ahead: false, rules: new Set(['lru-while-owned']) });
const x86 = target('x86_64', new PreprocessedTree({ ...project, target: 'x86_64' }).compiler.name);

/** Lines that `prepared` puts above a corpus file. */
export const LINES_ABOVE = 2;

/** The text of a corpus file as it is linted: with the includes above it. */
export function prepared(source: string): string {
  return `#include <linux/mm.h>\n${WARN_ON}${source}`;
}

/** Lines (from 1) on which the rule reports something. */
export function reportedLines(text: string): number[] {
  const starts = lineStarts(text);
  return linter.lint({ path, text }).findings.map((finding) => lineAt(starts, finding.start) + 1);
}

export function parse(text: string): Parsed {
  const tree = new PreprocessedTree({ ...project, target: 'x86_64' });
  const analysis = new FileAnalysis({ path, text }, tree, x86, TREE, layoutOracle(x86));
  const { globals } = analysis;
  const starts = lineStarts(text);
  const functions = new Map<string, { item: ParsedItem; isRoot: boolean }>();
  for (const { isFunction, first } of globals.mainTable.items) {
    const item = isFunction ? analysis.parsedAt(first) : undefined;
    const declaration = item?.declarations.find((one) => one.body);
    if (item && declaration) functions.set(declaration.name, { item, isRoot: !declaration.isStatic });
  }
  return {
    text,
    globals,
    functions,
    function(name) {
      const item = functions.get(name)?.item;
      const declaration = item?.declarations.find((one) => one.name === name);
      if (!item || !declaration) return undefined;
      const line = ({ first }: { first: number }): number => {
        let token = item.tokens[first];
        while (token.via) token = token.via.at;
        return lineAt(starts, token.start) + 1;
      };
      return { declaration, line };
    },
  };
}
