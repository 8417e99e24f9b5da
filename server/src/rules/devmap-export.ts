/** `devmap-export`: an internal of device memory is exported to every module, not to GPL ones alone. */

import type { FileAnalysis } from '../analysis/analysis';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import type { Facts } from '../packs/facts';
import type { ExportedNames } from '../packs/members';
import { nameId } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';

const ID = 'devmap-export';

export const devmapExport: Rule = {
  id: ID,
  severity: 'info',
  needs: 'types',
  defaultOn: false,
  summary: 'an internal of device memory is exported with EXPORT_SYMBOL',
  words: (facts) => mine(facts).flatMap(({ names, macro }) => names.map((name) => [name, macro])),
  doc: `
The names behind struct dev_pagemap are internals of memory management: inline functions of headers use them on behalf of
modules, and they change as it does. Their reviewers ask for \`EXPORT_SYMBOL_GPL()\`.

**Kernel source of the rule**: Dan Williams's remark on "mm: devmap: refactor 1-based refcounting for ZONE_DEVICE pages"; packs
name the symbols (\`exports\`).

**Gate**: the file exports one of the symbols.

**Bad**

\`\`\`c
EXPORT_SYMBOL(devmap_managed_key);
\`\`\`

**Good**

\`\`\`c
EXPORT_SYMBOL_GPL(devmap_managed_key);
\`\`\`

**Fix**: none; how a symbol is exported is for its maintainers to say.

**Misses** exports that nobody uses: that takes the whole tree.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of mine(file.facts)) yield* exportsIn(file, fact);
  },
};

function mine(facts: Facts): readonly ExportedNames[] {
  return facts.exports.filter(({ rule }) => rule === ID);
}

function* exportsIn(file: FileAnalysis, { names, macro, instead }: ExportedNames): Iterable<Finding> {
  const ours = new Set(names.map(nameId));
  const { kinds, ids, starts, ends, text, count } = file.main.tokens;
  const wanted = nameId(macro);
  for (let token = 0; token + 3 < count; token++) {
    if (kinds[token] !== TokenKind.Identifier || ids[token] !== wanted || ids[token + 1] !== Punct.LeftParen) continue;
    if (!ours.has(ids[token + 2]) || ids[token + 3] !== Punct.RightParen) continue;
    const name = text.slice(starts[token + 2], ends[token + 2]);
    const message = `${name} is an internal of device memory, exported to every module. Use ${instead}(${name}).`;
    const place = { path: file.main.path, start: starts[token], end: ends[token + 3] };
    yield { rule: ID, severity: 'info', ...place, message, related: [], fixes: [] };
  }
}
