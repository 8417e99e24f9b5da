/** `unused-allow`: a comment that allows what nobody complains of, names no rule, or gives no reason. */

import { type Allow, type AllowedRule, allowsOf, takesBackIn } from '../analysis/allow';
import type { FileAnalysis } from '../analysis/analysis';
import type { Finding, Fix } from '../analysis/finding';
import type { Review, Rule } from '../analysis/rule';
import { takesBack } from '../analysis/taken-back';
import { DERIVED_KINDS, type DerivedKind } from '../facts/not-derived';
import { RENAMED_RULES } from '../packs/renamed-rules';
import { nearest } from '../text/nearest';
import type { Place } from '../text/text';

type TakesBack = Place & Pick<Allow, 'rules'>;

export const unusedAllow: Rule = {
  id: 'unused-allow',
  severity: 'warning',
  needs: 'types',
  defaultOn: true,
  summary: 'suppression comment is unused, names no rule, or lacks a reason',
  words: [
    ['overlint', 'allow'],
    ['overlint', 'derived'],
  ],
  doc: `
\`/* overlint: allow(RULE) why */\` on a line, or above a statement, keeps a rule from speaking there. A comment that outlives
its finding says something untrue about the code, and would hide the next finding in its place.

**Kernel source of the rule**: none; it is about Overlint's own comments. checkpatch and sparse have no such comments, so a
reviewer can't know why one stands there unless it says so: the reason is required.

**Bad**

\`\`\`c
pgmap = page_pgmap(page); /* overlint: allow(raw-pgmap) */
\`\`\`

**Good**

\`\`\`c
pgmap = page->pgmap; /* overlint: allow(raw-pgmap) order 0 by construction, see memremap_pages() */
\`\`\`

A comment \`/* overlint: not-derived(KIND) why */\` in a header (docs/headers.md) that takes nothing back is reported, too.

**Fix**: takes the comment, or the one name in it, away.

**Silent on** rules that did not run, files that could not be read in full, and macros' bodies in headers, whose findings come
up only where the macro is used. A comment without a reason allows nothing.
`,
  check: () => [],
  *review(file: FileAnalysis, review: Review): Iterable<Finding> {
    for (const allow of allowsOf(file.main)) yield* problemsOf(file, allow, review);
    for (const comment of takesBackIn(file.main)) yield* idleIn(file, comment, review);
  },
};

function* problemsOf(file: FileAnalysis, allow: Allow, { used, active, known, isComplete }: Review): Iterable<Finding> {
  const { path } = allow;
  if (allow.rules.length === 0) {
    yield finding(headOf(file, allow), 'This comment allows nothing. Write it as /* overlint: allow(RULE) why */.', []);
    return;
  }
  const all = [...known];
  for (const rule of allow.rules) {
    if (known.has(rule.name)) continue;
    const renamed = RENAMED_RULES[rule.name];
    const meant = renamed ?? nearest(rule.name, all);
    const hint = renamed
      ? ` It is now ${renamed}.`
      : meant
        ? ` Did you mean ${meant}?`
        : ' "overlint rules" lists them.';
    const fixes: Fix[] = meant
      ? [{ title: `Change to ${meant}`, safe: false, edits: [{ path, ...spanOf(rule), text: meant }] }]
      : [];
    yield finding({ path, ...spanOf(rule) }, `There is no rule ${rule.name}.${hint}`, fixes);
  }
  if (allow.reason === '') {
    const message = 'This comment gives no reason, and so it allows nothing. Say why, after the parentheses.';
    yield finding(headOf(file, allow), message, []);
    return;
  }
  if (isInMacro(file, allow) || !isComplete) return;
  for (const rule of allow.rules) {
    if (used.has(rule) || !active.has(rule.name)) continue;
    const place = allow.rules.length === 1 ? headOf(file, allow) : { path, ...spanOf(rule) };
    yield finding(place, `Nothing here is a case of ${rule.name}: this comment is not needed.`, [
      { title: 'Remove what is not needed', safe: true, edits: [{ path, ...removal(file, allow, rule), text: '' }] },
    ]);
  }
}

/** What a comment names that it does not take back. */
function* idleIn(file: FileAnalysis, comment: TakesBack, { isComplete }: Review): Iterable<Finding> {
  const kinds: readonly string[] = DERIVED_KINDS;
  if (comment.rules.length === 0) {
    const message = `This comment takes nothing back. Write it as /* overlint: not-derived(KIND) why */; KIND is ${ALL_KINDS}.`;
    yield finding(headOf(file, comment), message, []);
  }
  for (const rule of comment.rules) {
    const place = { path: comment.path, ...spanOf(rule) };
    if (!kinds.includes(rule.name)) {
      const meant = nearest(rule.name, kinds);
      yield finding(place, `Headers say nothing called ${rule.name}: it is ${ALL_KINDS}.`, [
        ...(meant ? [{ title: `Change to ${meant}`, safe: false, edits: [{ ...place, text: meant }] }] : []),
      ]);
    } else if (isComplete && takesBack(file, comment, rule.name as DerivedKind) === false) {
      const message = `Nothing here is derived as ${rule.name}: this comment takes nothing back.`;
      const edit = { path: comment.path, ...removal(file, comment, rule), text: '' };
      yield finding(comment.rules.length === 1 ? headOf(file, comment) : place, message, [
        { title: 'Remove what is not needed', safe: true, edits: [edit] },
      ]);
    }
  }
}

const ALL_KINDS = `${DERIVED_KINDS.slice(0, -1).join(', ')} or ${DERIVED_KINDS.at(-1)}`;

/** The comment up to the end of the line that has the names: one that is not closed yet swallows what follows. */
function headOf({ main: { text } }: FileAnalysis, { path, start, end, rules }: TakesBack): Place {
  const [line] = /^[^\r\n]*/.exec(text.slice(rules.at(-1)?.end ?? start, end))!;
  return { path, start, end: (rules.at(-1)?.end ?? start) + line.length };
}

function spanOf({ start, end }: AllowedRule): { start: number; end: number } {
  return { start, end };
}

function finding({ path, start, end }: Place, message: string, fixes: readonly Fix[]): Finding {
  return { rule: 'unused-allow', severity: 'warning', path, start, end, message, related: [], fixes };
}

function isInMacro({ main }: FileAnalysis, { start }: Allow): boolean {
  return main.tokens.directives.some((directive) => directive.start <= start && start < directive.end);
}

/** The whole comment with its line, or the space before it, where it names one rule; else the name with its comma. */
function removal(
  { main: { text } }: FileAnalysis,
  allow: TakesBack,
  rule: AllowedRule,
): { start: number; end: number } {
  if (allow.rules.length > 1) {
    const after = /^\s*,\s*/.exec(text.slice(rule.end))?.[0].length;
    if (after !== undefined) return { start: rule.start, end: rule.end + after };
    return {
      start: rule.start - (/\s*,\s*$/.exec(text.slice(Math.max(0, rule.start - 200), rule.start))?.[0].length ?? 0),
      end: rule.end,
    };
  }
  const lineStart = text.lastIndexOf('\n', allow.start - 1) + 1;
  const before = text.slice(lineStart, allow.start);
  const gap = /[ \t]*$/.exec(before)![0].length;
  const rest = /^[ \t]*(\r?\n|$)/.exec(text.slice(allow.end, allow.end + 200))?.[0];
  if (rest === undefined) return { start: allow.start, end: allow.end + (text[allow.end] === ' ' ? 1 : 0) };
  if (gap === before.length) return { start: lineStart, end: allow.end + rest.length };
  return { start: allow.start - gap, end: allow.end };
}
