/** `unguarded-pgmap`: page_pgmap() is called above the test that should guard it, or where that test said no. */

import type { FileAnalysis } from '../analysis/analysis';
import { callTokens } from '../analysis/call-tokens';
import type { Finding } from '../analysis/finding';
import type { Rule } from '../analysis/rule';
import { type Unguarded, unguardedCalls } from '../flow/guards';
import { buildGraph } from '../flow/lowering';
import { type Facts, noreturnOf, oncePerFacts } from '../packs/facts';
import type { Guarded } from '../packs/pack';
import { type PToken, spelling, writtenAt } from '../preprocessor/ptoken';
import { nameText } from '../text/names';
import type { Place } from '../text/text';
import { Punct, TokenKind } from '../text/tokens';

const ID = 'unguarded-pgmap';

const mine = (facts: Facts): readonly Guarded[] => facts.guarded.filter((fact) => fact.rule === ID);
const transparentOf = oncePerFacts((facts) => new Set(facts.flow.flatMap((fact) => fact.transparent ?? [])));

export const unguardedPgmap: Rule = {
  id: ID,
  severity: 'warning',
  needs: 'flow',
  defaultOn: true,
  summary: 'page_pgmap() is called before its page is tested, or where the test said no',
  words: (facts) => mine(facts).map((fact) => fact.call),
  doc: `
\`page_pgmap()\` goes by \`page_folio()\`, which must not see NULL, and warns on a page that is not ZONE_DEVICE. A page that
is tested for NULL below the call may be NULL at the call, too.

**Kernel source of the rule**: include/linux/mmzone.h, page_pgmap() and the condition that it asserts;
include/linux/page-flags.h, page_folio().

**Gate**: the headers declare \`page_pgmap()\`.

**Bad**

\`\`\`c
page = vm_normal_page(vma, addr, pte);
pgmap = page_pgmap(page);
if (page && !is_device_coherent_page(page))
        goto next;
\`\`\`

**Good**

\`\`\`c
page = vm_normal_page(vma, addr, pte);
if (page && is_device_coherent_page(page)) {
        pgmap = page_pgmap(page);
}
\`\`\`

**Fix**: none; a call is never moved over a test.

**Silent on** code where nothing on any path speaks of the page; where the page was tested or followed above the call; on tests
that a macro makes of its argument.

**Misses** pages that are no plain variable (\`vmf->page\`), and tests made by called functions.
`,
  *check(file: FileAnalysis): Iterable<Finding> {
    const noreturn = noreturnOf(file.facts);
    const transparent = transparentOf(file.facts);
    for (const fact of mine(file.facts)) {
      const calls = callTokens(file, new Set([fact.call]));
      if (calls.length === 0 || !file.offers(fact.call)) continue;
      const asserted = assertedBy(file, fact.call);
      const done = new Set<number>();
      for (const token of calls) {
        const parsed = file.parsedAt(token);
        const fn = parsed?.declarations.find((declaration) => declaration.body);
        if (!parsed || !fn?.body || fn.name === fact.call) continue;
        const { tokens } = parsed;
        const start = tokens[0]?.start ?? 0;
        if (done.has(start)) continue;
        done.add(start);
        const graph = buildGraph(fn.body, file.globals, { noreturn });
        if ('skipped' in graph) file.count(`flow.skipped: ${graph.skipped}`);
        else
          for (const one of unguardedCalls(graph, { call: fact.call, asserted, tokens, transparent }))
            yield report(file, fact, one, tokens);
      }
    }
  },
};

/** The tests that a function asserts of its argument: `!test(argument)` in its body, as in VM_WARN_ON_ONCE_PAGE(). */
function assertedBy(file: FileAnalysis, name: string): ReadonlySet<string> {
  const found = new Set<string>();
  const definition = file.globals.definitionOf(name);
  if (!definition) return found;
  const { tokens } = definition.reading.file;
  for (let token = definition.item.body; token + 2 < definition.item.end; token++) {
    const isNot = tokens.kinds[token] === TokenKind.Punctuator && tokens.ids[token] === Punct.Exclamation;
    const isCall = tokens.kinds[token + 1] === TokenKind.Identifier && tokens.ids[token + 2] === Punct.LeftParen;
    if (isNot && isCall) found.add(nameText(tokens.ids[token + 1]));
  }
  return found;
}

function report(file: FileAnalysis, fact: Guarded, one: Unguarded, tokens: readonly PToken[]): Finding {
  const { call, test, isRefused } = one;
  const place = placeOf(tokens, call);
  const tested = placeOf(tokens, test);
  const [argument] = call.arguments;
  const written = spelling(tokens[argument.end - 1]) === ')' ? 'its page' : spelling(tokens[argument.end - 1]);
  const line = file.lineNumber(tested);
  const message = isRefused
    ? `${fact.call}(${written}) is called where the test at line ${line} has just said that ${written} is NULL or not of ` +
      `that kind: ${fact.because}. Call it on the other branch.`
    : `${fact.call}(${written}) is called before ${written} is tested for NULL (line ${line}): ${fact.because}. ` +
      'Call it behind the test.';
  const related = [{ ...tested, message: `${written} is tested here` }];
  const accessor = file.offers(fact.call);
  if (accessor) related.push({ ...accessor, message: `${fact.call}() is declared here` });
  return { rule: ID, severity: unguardedPgmap.severity, ...place, message, related, fixes: [] };
}

function placeOf(tokens: readonly PToken[], { first, end }: { first: number; end: number }): Place {
  const start = writtenAt(tokens[first]);
  const last = writtenAt(tokens[end - 1]);
  const isWhole = last.file === start.file && last.end > start.start;
  return { path: start.file.path, start: start.start, end: isWhole ? last.end : start.end };
}
