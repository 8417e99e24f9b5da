/** `overlint rules` and `overlint explain`: what the registry says of the rules. */

import { Needs } from '../analysis/needs';
import type { RuleMetadata } from '../analysis/rule';
import { shippedFacts } from '../packs/facts';
import { RENAMED_RULES } from '../packs/renamed-rules';
import { rulePage } from '../queries/pages';
import { rules } from '../rules/index';
import { nearest } from '../text/nearest';
import type { ExplainFormat } from './choices';
import { type ColourFlags, type Colours, coloursFor } from './colours';
import { type CommandContext, UsageError } from './command-context';
import { paintedMarkdown } from './painted';

export interface ExplainFlags extends ColourFlags {
  readonly format: ExplainFormat;
}

/** Prints one line a rule. */
export function listRules(flags: ColourFlags, context: CommandContext): void {
  const colours = coloursFor(flags, context);
  const width = Math.max(0, ...rules.map((rule) => rule.id.length));
  for (const rule of rules) {
    const state = rule.defaultOn ? 'on ' : 'off';
    const severity = colours.severity(rule.severity, rule.severity.padEnd(7));
    context.out.write(`${rule.id.padEnd(width)}  ${severity}  ${state}  ${rule.summary}\n`);
  }
}

/** Prints the words of which a file must hold one for any rule that is on by default to look at it, one a line. */
export function listWords({ out }: CommandContext): void {
  const asked = new Needs(shippedFacts);
  const needs = rules.filter(({ defaultOn }) => defaultOn).flatMap((rule) => asked.of(rule));
  const words = needs.map((need) => (typeof need === 'string' ? need : need[0]).replace('.', ''));
  for (const word of [...new Set(words)].sort()) out.write(`${word}\n`);
}

/** Prints a rule's page: Markdown as it was written, the same without its marks, or what it is made of. Lists the rules without a name. */
export function explainRule(name: string | undefined, flags: ExplainFlags, context: CommandContext): void {
  const { out } = context;
  if (name === undefined) {
    listRules(flags, context);
    return;
  }
  const rule = ruleNamed(name);
  if (flags.format === 'json') {
    const { id, severity, defaultOn, needs, summary, doc } = rule;
    out.write(`${JSON.stringify({ id, severity, defaultOn, needs, summary, doc: doc.trim() })}\n`);
    return;
  }
  const page = rulePage(rule);
  const colours = coloursFor(flags, context);
  out.write(flags.format === 'markdown' ? paintedMarkdown(page, colours) : plain(page, colours));
}

/** Markdown as text: code keeps its lines, and loses its fences. */
function plain(markdown: string, colours: Colours): string {
  return markdown
    .replace(/^```\w*\n([\s\S]*?)^```$/gm, (_fence, code: string) => code.replace(/^(?=.)/gm, '    ').trimEnd())
    .replace(/^#+ (.*)$/gm, (_heading, text: string) => colours.strong(text))
    .replace(/\*\*(.+?)\*\*/g, (_bold, text: string) => colours.strong(text))
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/`([^`\n]+)`/g, '$1');
}

/** @throws UsageError that names the rule which was probably meant. */
export function ruleNamed(name: string): RuleMetadata {
  const rule = rules.find(({ id }) => id === name);
  if (rule) return rule;
  const now = RENAMED_RULES[name];
  if (now) throw new UsageError(`the rule "${name}" is now "${now}".`);
  const meant = nearest(
    name,
    rules.map(({ id }) => id),
  );
  throw new UsageError(
    `there is no rule "${name}".${meant ? ` Did you mean "${meant}"?` : ''} "overlint rules" lists them.`,
  );
}
