/** The rules' pages in docs/rules: one a rule from its own words, and a table of all. */
import type { RuleMetadata } from '../analysis/rule';
import { shippedFacts } from '../packs/facts';

const NEEDS: Readonly<Record<RuleMetadata['needs'], string>> = {
  layout: 'the layout of records',
  types: 'the types of expressions',
  flow: 'the flow of each function',
};

/** A rule's page: its name, how loud it is by default, and what it says of itself. Markdown. */
export function rulePage(rule: RuleMetadata): string {
  const state = rule.defaultOn ? 'on by default' : 'off by default; `--rule` or the setting `rules` turns it on';
  const costs =
    rule.defaultOn && rule.isCostly
      ? ' It reads the headers of many files: a run over more than 500 files leaves it out unless `--rule`, `--all-rules` or overlint.json asks for it.'
      : '';
  const facts = `**${capital(rule.severity)}**, ${state}. Goes by ${NEEDS[rule.needs]}.${costs}`;
  return `# ${rule.id}\n\n${capital(rule.summary)}.\n\n${facts}\n\n${rule.doc.trim()}\n${exemptFiles(rule.id)}`;
}

/** The files that packs exempt from a rule, with the reason where they give one. */
function exemptFiles(id: string): string {
  const { exempt, resets, tails, typestates, encoded } = shippedFacts;
  const own = [...resets, ...tails, ...typestates].flatMap((one) => (one.rule === id ? (one.exempt ?? []) : []));
  const words = encoded.flatMap((one) => (one.rule === id ? (one.exempt?.files ?? []) : []));
  const others = [...new Set([...own, ...words])];
  const lines = exempt
    .filter(({ rules }) => rules.includes(id))
    .map(({ files, because }) => `- ${files.map((file) => `\`${file}\``).join(', ')}: ${because}`);
  if (others.length > 0) lines.push(`- ${others.map((file) => `\`${file}\``).join(', ')}: they do this on purpose`);
  return lines.length > 0 ? `\n**Exempt** are, from the kernel folder:\n\n${lines.join('\n')}\n` : '';
}

/** The table of all rules, those that are on by default first, each part by name. Markdown. */
export function rulesIndex(rules: readonly RuleMetadata[]): string {
  const sorted = [...rules].sort(
    (a, b) => Number(b.defaultOn) - Number(a.defaultOn) || (a.id < b.id ? -1 : Number(a.id > b.id)),
  );
  const rows = sorted.map(
    ({ id, severity, defaultOn, summary }) =>
      `| [\`${id}\`](${id}.md) | ${severity} | ${defaultOn ? 'on' : 'off'} | ${summary.replaceAll('|', '\\|')} |`,
  );
  return [
    '# Rules',
    '',
    '`overlint rules` prints this list, `overlint explain RULE` a page. A comment `/* overlint: allow(RULE) why */` on a line, or',
    'above a statement, allows a finding there; the reason is required. What reads the headers of many files is left out of a run over',
    'folders unless it is asked for; the pages say so.',
    '',
    '| rule | severity | default | what it reports |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function capital(text: string): string {
  // A name in C keeps its letters.
  return /^\w*(?:_|->|\()/.test(text) ? text : text[0].toUpperCase() + text.slice(1);
}
