/** `open-coded-devmap`: an expression says word for word what an accessor returns. */

import { type AccessorBody, accessorBody, boundIn, conjuncts, isSame } from '../analysis/accessor-bodies';
import type { FileAnalysis } from '../analysis/analysis';
import { expressionsAt, type FoundExpression, placeOfExpression } from '../analysis/expressions';
import type { Finding, Fix } from '../analysis/finding';
import { withIncludes } from '../analysis/include-line';
import type { Rule } from '../analysis/rule';
import type { OpenCoded } from '../packs/members';
import { nameId } from '../text/names';
import { Punct, TokenKind } from '../text/tokens';
import type { Expression } from '../types/ast';

const ID = 'open-coded-devmap';

export const openCodedDevmap: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'types',
  defaultOn: true,
  summary: 'a test for a kind of device memory is spelled out where an accessor says it',
  words: (facts) => facts.openCoded.filter(({ rule }) => rule === ID).flatMap(({ words }) => words),
  doc: `
\`is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_PRIVATE\` is the body of \`is_device_private_page()\`. Where it is
spelled out, it stays behind when the accessor learns something new: that \`pgmap\` moved to the folio, or that a config option
rules the kind out.

**Kernel source of the rule**: the accessors' own bodies in include/linux/memremap.h. Packs name the accessors; what they return is
read from the tree, so that an expression is compared with what this tree's accessor says.

**Gate**: the accessor is defined in a header that the file sees.

**Bad**

\`\`\`c
if (is_zone_device_page(page) && page->pgmap->type == MEMORY_DEVICE_COHERENT)
        return;
\`\`\`

**Good**

\`\`\`c
if (is_device_coherent_page(page))
        return;
\`\`\`

**Fix**: in place. It is safe where the accessor says nothing more than the expression; one that also asks for a config option
needs \`--unsafe-fixes\`.

**Silent** in the accessors, on \`pgmap->type\` of a variable that is no page's, and on negated or partial tests.

**Misses** tests whose terms stand in another order, or in different statements.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    for (const fact of file.facts.openCoded.filter(({ rule }) => rule === ID)) {
      const tokens = wordTokens(file, fact);
      if (tokens.length === 0) continue;
      const accessors = fact.accessors
        .map((name) => accessorBody(file.scopeOf(name), name))
        .filter((body) => body !== undefined);
      const seen = new Set<Expression>();
      for (const token of tokens) {
        for (const found of expressionsAt(file, token)) {
          if (seen.has(found.expression)) continue;
          seen.add(found.expression);
          markInner(found.expression, seen);
          if (fact.accessors.includes(found.within.name)) continue;
          for (const accessor of accessors) {
            const finding = report(file, found, accessor);
            if (finding) yield finding;
          }
        }
      }
    }
  },
};

/** The inner chains of a chain of `&&` are seen with it. */
function markInner(expression: Expression, seen: Set<Expression>): void {
  if (expression.kind !== 'binary' || expression.operator !== Punct.AndAnd) return;
  for (const inner of [expression.left, expression.right]) {
    seen.add(inner);
    markInner(inner, seen);
  }
}

function report(
  file: FileAnalysis,
  { expression, tokens }: FoundExpression,
  accessor: AccessorBody,
): Finding | undefined {
  const chain = conjuncts(expression);
  const { terms } = accessor;
  for (let first = 0; first + terms.length <= chain.length; first++) {
    const bound = terms.map((term, index) => boundIn(term, accessor, chain[first + index], file.globals));
    const [argument] = bound;
    if (!argument || !bound.every((other) => other && isSame(argument, other))) continue;
    const start = placeOfExpression(tokens, chain[first]);
    const end = placeOfExpression(tokens, chain[first + terms.length - 1]);
    const written = placeOfExpression(tokens, argument);
    if (!start || !end || !written || start.path !== file.main.path || end.path !== start.path) return undefined;
    const place = { path: start.path, start: start.start, end: end.end };
    const declared = file.offers(accessor.name);
    if (!declared) return undefined;
    const call = `${accessor.name}(${file.main.text.slice(written.start, written.end)})`;
    const message = `This is ${call}, spelled out (${file.lineOf(declared)}). Call ${accessor.name}().`;
    const isAbove = declared.path !== place.path || declared.start < place.start;
    const made: Fix = { title: `Use ${accessor.name}()`, safe: accessor.isWhole, edits: [{ ...place, text: call }] };
    const fix = isAbove ? withIncludes(file, made, [accessor.name]) : undefined;
    const related = [{ ...declared, message: `${accessor.name}() returns the same` }];
    return { rule: ID, severity: 'warning', ...place, message, related, fixes: fix ? [fix] : [] };
  }
  return undefined;
}

/** The words where they may be part of a test: not what is stored as it is, and no label. */
function wordTokens(file: FileAnalysis, { words }: OpenCoded): number[] {
  const { kinds, ids, starts, ends, text, count } = file.main.tokens;
  const isPunct = (at: number, ...puncts: Punct[]): boolean =>
    kinds[at] === TokenKind.Punctuator && puncts.includes(ids[at]);
  const found: number[] = [];
  for (let token = 0; token < count; token++) {
    if (kinds[token] !== TokenKind.Identifier || !words.includes(text.slice(starts[token], ends[token]))) continue;
    const isValue = isPunct(token - 1, Punct.Equal) && isPunct(token + 1, Punct.Semicolon, Punct.Comma);
    const isLabel = ids[token - 1] === CASE && isPunct(token + 1, Punct.Colon);
    if (!isValue && !isLabel) found.push(token);
  }
  return found;
}

const CASE = nameId('case');
